// Inputs for the tests of indicators: the golden CSV files, and bars drawn from a seed. Not a test
// itself; the tests of this folder include it.
// The same seed draws the same bars on every machine.
#pragma once

#include <grekko/ta/bar.hpp>
#include <grekko/ta/registry.hpp>

#include <charconv>
#include <cstdint>
#include <cstring>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "support/golden.hpp"

namespace grekko::tests {

// A bar and the value of a second series at the same time.
struct Step {
    ta::Bar bar;
    double other = 0.0;
};

struct Table {
    std::vector<std::string> names;
    std::vector<std::vector<double>> rows; // an empty cell is NaN
};

inline std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

inline double number(const std::string& text) {
    double value = ta::not_ready;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

inline Table golden_table(const std::string& name) {
    std::istringstream lines{read_file(golden_path("ta/" + name))};
    Table table;
    std::string line;
    std::getline(lines, line);
    table.names = split(line, ',');
    while (std::getline(lines, line)) {
        auto& row = table.rows.emplace_back();
        for (const auto& cell : split(line, ',')) {
            row.push_back(number(cell));
        }
    }
    return table;
}

inline std::vector<Step> golden_steps() {
    std::vector<Step> steps;
    for (const auto& row : golden_table("bars.csv").rows) {
        steps.push_back({{row[0], row[1], row[2], row[3], row[4]}, row[5]});
    }
    return steps;
}

// The same steps for the same seed on every machine: prices near 100, volumes below 1000.
inline std::vector<Step> drawn_steps(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 generator{seed};
    const auto unit = [&] { return static_cast<double>(generator() >> 11U) * 0x1p-53; };
    std::vector<Step> steps;
    double close = 100.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double open = close;
        close += (unit() - 0.5) - 0.001 * (close - 100.0);
        const double high = std::max(open, close) + 0.3 * unit();
        const double low = std::min(open, close) - 0.3 * unit();
        const double volume = static_cast<double>(generator() % 1000);
        steps.push_back({{open, high, low, close, volume}, 100.0 + unit()});
    }
    return steps;
}

inline std::vector<Step> constant_steps(std::size_t count, double price) {
    return std::vector<Step>(count, {{price, price, price, price, 5.0}, price});
}

// Feeds one step in the way that the entry wants.
inline bool feed(ta::Any& any, const Step& step) {
    switch (ta::find(any.name())->input) {
    case ta::Input::source: return any.update(step.bar.close);
    case ta::Input::pair: return any.update(step.bar.close, step.other);
    case ta::Input::bar: return any.update(step.bar);
    }
    return false;
}

inline ta::Any made(const std::string& name, const std::vector<double>& arguments = {}) {
    auto made = ta::make(name, arguments);
    EXPECT_TRUE(made.any.has_value()) << made.error;
    return std::move(made.any).value();
}

inline bool same_bits(std::span<const double> a, std::span<const double> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

// Small whole parameters that every entry accepts.
inline std::vector<double> smallest_arguments(const ta::Entry& entry) {
    std::vector<double> arguments;
    for (const auto& parameter : entry.parameters()) {
        const bool slow = parameter.name == "slow";
        arguments.push_back(parameter.whole ? std::max(parameter.min, slow ? 2.0 : parameter.min)
                                            : parameter.fallback);
    }
    return arguments;
}

} // namespace grekko::tests
