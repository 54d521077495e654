// Every indicator against values computed elsewhere: TA-Lib (talib.csv) and a naive implementation
// of the definitions (reference.csv). tests/golden/ta/README.md says how both were made.
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "unit/sdk/ta/series.hpp"

namespace grekko::tests {
namespace {

struct Column {
    ta::Any any;
    std::size_t output;
};

// "macd/12/26/9/signal"
Column column_of(const std::string& name) {
    const auto parts = split(name, '/');
    std::vector<double> arguments;
    for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
        arguments.push_back(number(parts[i]));
    }
    Column column{made(parts.front(), arguments), 0};
    const auto outputs = ta::find(parts.front())->outputs();
    while (column.output < outputs.size() && outputs[column.output] != parts.back()) {
        ++column.output;
    }
    EXPECT_LT(column.output, outputs.size()) << name << " is no output";
    return column;
}

// Differences are relative to the value, or to this where the value is smaller.
double scale_min(const std::string& file, const std::string& column) {
    // TA-Lib subtracts sums of squares of prices, which costs a correlation near 0 its last digits.
    return file == "talib.csv" && column.starts_with("correlation") ? 1.0 : 1e-3;
}

void compare(const Table& expected, std::size_t c, const std::vector<Step>& steps, double scale) {
    auto [any, output] = column_of(expected.names[c]);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        ASSERT_TRUE(feed(any, steps[i]));
        const double want = expected.rows[i][c];
        const double got = any.outputs()[output];
        ASSERT_EQ(std::isnan(want), std::isnan(got)) << expected.names[c] << " at bar " << i;
        if (std::isnan(want)) continue;
        ASSERT_NEAR(got, want, 1e-9 * std::max(std::abs(want), scale))
            << expected.names[c] << " at bar " << i;
    }
}

void compare_all(const std::string& file) {
    const auto steps = golden_steps();
    const auto expected = golden_table(file);
    ASSERT_EQ(expected.rows.size(), steps.size());
    for (std::size_t c = 0; c < expected.names.size(); ++c) {
        compare(expected, c, steps, scale_min(file, expected.names[c]));
    }
}

TEST(Golden, AgreesWithTaLib) {
    compare_all("talib.csv");
}

TEST(Golden, AgreesWithTheNaiveReference) {
    compare_all("reference.csv");
}

TEST(Golden, HoldsEveryOutputOfEveryEntry) {
    std::set<std::string> covered;
    for (const auto* file : {"talib.csv", "reference.csv"}) {
        for (const auto& name : golden_table(file).names) {
            const auto parts = split(name, '/');
            covered.insert(parts.front() + "." + parts.back());
        }
    }
    // The direction of the parabolic stop is tested by hand: TA-Lib does not give it.
    covered.insert("psar.direction");
    for (const auto& entry : ta::entries()) {
        for (const auto& output : entry.outputs()) {
            EXPECT_TRUE(covered.contains(std::string{entry.name} + "." + std::string{output}))
                << entry.name << " " << output;
        }
    }
}

} // namespace
} // namespace grekko::tests
