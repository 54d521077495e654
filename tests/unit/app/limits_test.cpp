// Risk limits as an operator writes and reads them.
// covers: app/settings/limits.cpp, app/settings/order.cpp, app/status_limits.cpp
#include "app/settings/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/settings/settings.hpp"
#include "app/status_limits.hpp"
#include "io/config/config.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko::app {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

std::string refusal(std::string_view name, const std::string& text,
                    const risk::Settings& in_force = {}) {
    const auto read = read_limit(name, text, in_force);
    return read ? "accepted" : read.error().message;
}

TEST(RiskLimits, AreEveryNumberOfTheirSectionAndNothingElse) {
    for (const config::Key& key : schema().keys()) {
        if (!key.path.starts_with("risk.") || key.path.find('.', 5) != std::string::npos) continue;
        const bool number = key.type == config::Type::whole || key.type == config::Type::amount ||
                            key.type == config::Type::share || key.type == config::Type::duration;
        EXPECT_EQ(risk::find_limit(key.path.substr(5)) != nullptr, number) << key.path;
    }
    const risk::Settings settings;
    for (const risk::Limit& limit : risk::limits()) {
        EXPECT_EQ(limit_text(limit, risk::value_of(settings, limit)), key_of(limit).fallback)
            << limit.name;
    }
}

TEST(RiskLimits, AreReadInTheUnitsOfTheirKeys) {
    EXPECT_EQ(read_limit("heat_max", "3 %", {})->value, 0.03_rate);
    EXPECT_EQ(read_limit("risk.heat_max", "0.03", {})->value, 0.03_rate);
    EXPECT_EQ(read_limit("spread_max", "25bp", {})->value, 0.0025_rate);
    EXPECT_EQ(read_limit("book_age_max", "500ms", {})->value, 0.5_rate);
    EXPECT_EQ(read_limit("replaces_max", "7", {})->value, 7_rate);
    EXPECT_EQ(read_limit("order_value_cap", "25000", {})->value, Rate{25'000_d});
}

// What a configuration would be refused for is refused in the same words.
TEST(RiskLimits, AreRefusedInTheWordsOfTheConfiguration) {
    for (const auto& [name, text] : {std::pair{"heat_max", "1.5"},
                                     {"heat_max", "much"},
                                     {"book_age_max", "1ns"},
                                     {"book_age_max", "5"},
                                     {"replaces_max", "1.5"},
                                     {"heat_max", "-1"},
                                     {"day_loss_reducing", "0.06"},
                                     {"drawdown_recovered", "0.051"}}) {
        config::Sources sources;
        sources.built_in = config::built_in();
        sources.flags = {"risk." + std::string{name} + "=" + text};
        const auto loaded = config::Config::load(schema(), sources);
        std::string said = loaded ? "" : loaded.error().message;
        if (loaded) {
            const auto settings = make_settings(*loaded, test::one_market());
            ASSERT_FALSE(settings) << name;
            said = settings.error().message;
        }
        EXPECT_THAT(said, HasSubstr(refusal(name, text))) << name << " " << text;
    }
}

TEST(RiskLimits, AreComparedWithTheirNeighboursInForce) {
    risk::Settings wide;
    wide.day_loss_halted = 0.2_rate;
    EXPECT_EQ(refusal("day_loss_reducing", "0.06", wide), "accepted");
    EXPECT_THAT(refusal("day_loss_halted", "0.02", wide),
                HasSubstr("risk.day_loss_reducing = 0.03 lies above risk.day_loss_halted = 0.02"));
}

TEST(RiskLimits, ThatAreNoneAreNamed) {
    EXPECT_THAT(refusal("heat_maxx", "0.1"),
                testing::AllOf(HasSubstr("there is no limit \"heat_maxx\""),
                               HasSubstr("did you mean \"heat_max\"?")));
    EXPECT_THAT(refusal("margin", "true"), HasSubstr("by the configuration and a start alone"));
    EXPECT_THAT(refusal("stops.blind_after", "1s"), HasSubstr("by the configuration"));
}

TEST(RiskLimits, AreShownWhereTheyDifferFromTheConfiguration) {
    test::BookRun run;
    test::ScriptedAgent buyer{"buyer", test::btc, {Duration::hours(1)}, test::holds(0.02_d, 40, 0)};
    run.open({&buyer});
    const Tally tally;
    const Feed feed{test::one_market()};
    const StatusView view{run.engine, feed, tally, run.driver.now(), "a title"};
    EXPECT_TRUE(changed_limits(view).empty());
    Command command;
    command.kind = CommandKind::set_limit;
    command.name = "book_age_max";
    command.value = 0.5_rate;
    command.principal = "ann";
    command.reason = "a wild week";
    ASSERT_TRUE(run.driver.input(Input{run.driver.now(), command}));
    const Json rows = changed_limits(view);
    ASSERT_EQ(rows.size(), 1U);
    const auto lines = limit_lines(rows);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], testing::StartsWith("book_age_max 500ms, configured 2s; by ann since "));
    EXPECT_THAT(lines[0], HasSubstr(": a wild week"));
    const Json all = Json::parse(limits_json(view));
    EXPECT_EQ(all["limits"].size(), risk::limits().size());
    EXPECT_TRUE(all["disabled"].empty());
    EXPECT_EQ(limit_answer(*risk::find_limit("book_age_max"), 2_d, run.engine),
              "; book_age_max was 2s, is 500ms until it is set again");
    EXPECT_THAT(status_json(view), HasSubstr("a wild week"));
    EXPECT_THAT(status_screen(view), testing::Contains(HasSubstr("book_age_max 500ms")));
}

} // namespace
} // namespace grekko::app
