// covers: core/risk/check.cpp core/risk/check.hpp
// The table of the trading rules §5.2 itself: number, name and columns of every check, and its
// entry in the documentation.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

struct Row {
    const char* name;
    const char* on;
};
// As printed there: I increase, X reduce or exit, R replace, S host stop.
constexpr Row rows[] = {
    {"state", "IXRS"},
    {"breaker", "IR"},
    {"authority", "IXR"},
    {"venue_ready", "IXRS"},
    {"permission", "IR"},
    {"tradable", "IXRS"},
    {"price_form", "IXRS"},
    {"size_form", "IXRS"},
    {"notional", "IXRS"},
    {"data_age", "IR"},
    {"book_sane", "IR"},
    {"collar", "IXR"},
    {"slippage", "IXR"},
    {"participation", "IXR"},
    {"volatility", "IR"},
    {"order_value", "IXR"},
    {"trade_risk", "IR"},
    {"stop_sane", "IR"},
    {"edge", "I"},
    {"repetition", "IR"},
    {"self_trade", "IXRS"},
    {"agent_gross", "IR"},
    {"instrument", "IR"},
    {"book_gross", "IR"},
    {"virtual_gross", "IR"},
    {"cluster", "IR"},
    {"leverage", "IR"},
    {"balance", "IXRS"},
    {"heat", "IR"},
    {"venue_share", "I"},
    {"quote_currency", "IR"},
    {"open_orders", "IR"},
    {"rate", "IR"},
    {"message_ratio", "IR"},
    {"replace_rate", "R"},
    {"turnover", "IR"},
    {"agent_loss", "IR"},
    {"day_loss", "IR"},
    {"drawdown", "IR"},
    {"losing_run", "I"},
    {"score", "I"},
};

bool listed(const Row& row, char column) {
    return std::string_view{row.on}.find(column) != std::string_view::npos;
}

TEST(Columns, SayWhichRequestsACheckAppliesTo) {
    ASSERT_EQ(std::size(rows), 41U);
    for (int i = 1; i <= 41; ++i) {
        const Row& row = rows[i - 1];
        const auto check = static_cast<Check>(i);
        EXPECT_EQ(risk::name(check), row.name);
        const auto on = [&](AssessmentKind kind, Purpose purpose) {
            return risk::has(risk::applicable(kind, purpose), check);
        };
        EXPECT_EQ(on(AssessmentKind::increase, Purpose::increase), listed(row, 'I')) << row.name;
        // "X warn" beside 10 and 11: they look at an exit without holding it back.
        const bool exits = listed(row, 'X') || i == 10 || i == 11;
        EXPECT_EQ(on(AssessmentKind::reduce, Purpose::reduce), exits) << row.name;
        // A flatten's escalation is its own collar, as a stop's is.
        EXPECT_EQ(on(AssessmentKind::flatten, Purpose::flatten), exits && check != Check::collar)
            << row.name;
        EXPECT_EQ(on(AssessmentKind::replace, Purpose::increase), listed(row, 'R')) << row.name;
        EXPECT_EQ(on(AssessmentKind::stop, Purpose::stop), listed(row, 'S')) << row.name;
        EXPECT_EQ(on(AssessmentKind::stop, Purpose::disaster_stop), listed(row, 'S')) << row.name;
    }
}

// An exit is warned by 10 and 11 and never held back: data that is old must not lock anyone in.
TEST(Columns, OldOrWideDataOnlyWarnsAnExit) {
    Plan plan;
    Desk desk{plan};
    take_position(desk, one, btc, 10_d, 100_price);
    desk.price(btc, 100_price);
    desk.advance(Duration::seconds(3));
    const RiskAssessed old = leave(desk, 5_d);
    EXPECT_EQ(old.verdict, Verdict::approved);
    EXPECT_TRUE(risk::has(old.warned, Check::data_age));
    desk.quote(btc, 99.5_price, 100.5_price);
    const RiskAssessed wide = leave(desk, 0_d);
    EXPECT_EQ(wide.verdict, Verdict::approved);
    EXPECT_TRUE(risk::has(wide.warned, Check::book_sane));
}

// "## 7 price_form", then its default, effect and columns, and its remedy.
TEST(Columns, AreDocumentedWithTheSameColumnsAndRemedy) {
    std::ifstream file{std::string{GREKKO_SOURCE_DIR} + "/docs/reference/risk-checks.md"};
    std::stringstream all;
    all << file.rdbuf();
    const std::string text = all.str();
    ASSERT_FALSE(text.empty());
    for (int i = 1; i <= 41; ++i) {
        const auto check = static_cast<Check>(i);
        const std::string heading =
            "\n## " + std::to_string(i) + " " + std::string{risk::name(check)} + "\n";
        const std::size_t begin = text.find(heading);
        ASSERT_NE(begin, std::string::npos) << heading;
        const std::string entry = text.substr(begin, text.find("\n## ", begin + 1) - begin);
        EXPECT_NE(entry.find(std::string{"| "} + rows[i - 1].on + " |"), std::string::npos)
            << heading;
        EXPECT_NE(entry.find("Remedy: " + std::string{risk::remedy(check)}), std::string::npos)
            << heading;
    }
}

} // namespace
} // namespace grekko::test
