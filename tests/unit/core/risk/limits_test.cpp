// covers: limits_table.cpp
#include "core/risk/limits.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/journal.hpp"

namespace grekko::risk::tests {
namespace {

const Settings configured;

struct Desk : Journal {
    LimitDecision set(std::string_view name, Decimal value, std::string_view reason = "because") {
        Command command;
        command.kind = CommandKind::set_limit;
        command.principal = "ada";
        command.reason = reason;
        command.name = name;
        command.value = Rate{value};
        const LimitDecision decision = on_set_limit(configured, state.limits, command);
        if (decision.event) emit(*decision.event);
        return decision;
    }
    Settings now_in_force() const { return in_force(configured, state.limits); }
};

TEST(Limits, AreNamedOnceAndReadBackAsTheyWereSet) {
    std::set<std::string_view> names;
    for (const Limit& limit : limits()) {
        EXPECT_TRUE(names.insert(limit.name).second) << limit.name;
        EXPECT_EQ(find_limit(limit.name), &limit);
        Settings settings;
        const Decimal next = value_of(settings, limit) + 1_d;
        ASSERT_TRUE(set_value(settings, limit, next)) << limit.name;
        EXPECT_EQ(value_of(settings, limit), next) << limit.name;
        EXPECT_FALSE(set_value(settings, limit, -1_d)) << limit.name;
        EXPECT_EQ(value_of(settings, limit), next) << "a refused value changes nothing";
    }
    EXPECT_EQ(find_limit("margin"), nullptr) << "by configuration alone";
    EXPECT_EQ(find_limit(""), nullptr);
}

TEST(Limits, TakeNoValueThatIsNone) {
    Settings settings;
    EXPECT_FALSE(set_value(settings, *find_limit("replaces_max"), 0.5_d));
    EXPECT_FALSE(set_value(settings, *find_limit("replaces_max"), Decimal::whole(1LL << 32)));
    EXPECT_FALSE(set_value(settings, *find_limit("book_age_max"), Decimal::from_units(1, -10)));
    EXPECT_FALSE(set_value(settings, *find_limit("book_age_max"), Decimal::max()));
    EXPECT_FALSE(set_value(settings, *find_limit("heat_max"), 1'001_d));
    EXPECT_TRUE(set_value(settings, *find_limit("book_age_max"), 1.5_d));
    EXPECT_EQ(settings.book_age_max, Duration::milliseconds(1'500));
}

TEST(Limits, DifferUntilTheyAreAsConfigured) {
    Desk desk;
    EXPECT_TRUE(desk.set("heat_max", 0.03_d).event);
    EXPECT_TRUE(desk.set("heat_max", 0.05_d).event);
    EXPECT_EQ(desk.state.limits.at("heat_max").configured, 0.04_d);
    EXPECT_EQ(desk.state.limits.at("heat_max").principal, "ada");
    EXPECT_EQ(desk.state.limits.at("heat_max").since, desk.now);
    EXPECT_EQ(desk.now_in_force().heat_max, 0.05_rate);
    EXPECT_EQ(desk.now_in_force().cluster_max, configured.cluster_max);
    EXPECT_EQ(desk.set("heat_max", 0.05_d).refusal, "it is so already");
    EXPECT_TRUE(desk.set("heat_max", 0.04_d).event->configured);
    EXPECT_TRUE(desk.state.limits.empty());
    EXPECT_FALSE(desk.set("heat_max", 0.03_d, "").event);
    EXPECT_FALSE(desk.set("heat", 0.03_d).event);
    EXPECT_TRUE(desk.replays());
}

TEST(Limits, GoBackToTheConfigurationWhereItsKeyHasBeenChanged) {
    Desk desk;
    desk.set("heat_max", 0.03_d);
    desk.set("agent_rate", 1_d);
    EXPECT_FALSE(back_to_configuration(configured, desk.state.limits));
    Settings other = configured; // of the next start
    other.agent_rate = 7;
    const auto back = back_to_configuration(other, desk.state.limits);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->name, "agent_rate");
    EXPECT_EQ(back->to, 7_d);
    EXPECT_TRUE(back->configured);
    EXPECT_TRUE(back->principal.empty());
    desk.emit(*back);
    EXPECT_FALSE(back_to_configuration(other, desk.state.limits));
    EXPECT_EQ(desk.state.limits.size(), 1U);
    EXPECT_TRUE(desk.replays());
}

TEST(Limits, AreLooserWhereMoreExposureIsAllowed) {
    for (const char* name :
         {"agent_gross_max", "instrument_major_max", "instrument_other_max", "book_gross_max",
          "book_net_max", "virtual_gross_factor", "cluster_max", "leverage_max", "heat_max"}) {
        Settings more = configured;
        const Limit& limit = *find_limit(name);
        ASSERT_TRUE(set_value(more, limit, value_of(configured, limit) + 0.01_d));
        EXPECT_TRUE(looser(configured, more)) << name;
        EXPECT_FALSE(looser(more, configured)) << name;
    }
    EXPECT_FALSE(looser(configured, configured));
    Settings other = configured;
    other.agent_rate = 100;
    EXPECT_FALSE(looser(configured, other)) << "no price passes it";
}

TEST(Limits, LoosenedLeaveTheirBreakersToAnOperator) {
    Desk desk;
    const BreakerSettings settings;
    const InstrumentId btc{1}, eth{2};
    desk.emit_all(
        on_limit_by_price(desk.state.breakers, settings, btc, bit(Check::instrument), desk.now));
    desk.emit_all(on_data(desk.state.breakers, settings, {eth, {}, {}, {}, true}, desk.now));
    const auto changes = on_loosened(desk.state.breakers, settings, desk.now);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].instrument, btc);
    EXPECT_TRUE(changes[0].manual);
    desk.emit_all(changes);
    EXPECT_TRUE(waiting(desk.state.breakers).size() == 1) << "that of the data alone";
    EXPECT_TRUE(on_loosened(desk.state.breakers, settings, desk.now).empty());
    EXPECT_TRUE(desk.replays());
}

// Whatever is asked: what is in force is the configuration but for what the state names.
RC_GTEST_PROP(LimitsProperty, AreTheConfigurationAndWhatWasChanged, ()) {
    Desk desk;
    const auto steps = *rc::gen::container<std::vector<std::pair<std::size_t, int>>>(
        rc::gen::pair(rc::gen::inRange<std::size_t>(0, limits().size()), rc::gen::inRange(-2, 9)));
    for (const auto& [place, value] : steps)
        desk.set(limits()[place].name, Decimal::whole(value));
    const Settings now = desk.now_in_force();
    for (const Limit& limit : limits()) {
        const auto found = desk.state.limits.find(LimitName{limit.name});
        const bool changed = found != desk.state.limits.end();
        RC_ASSERT(value_of(now, limit) ==
                  (changed ? found->second.value : value_of(configured, limit)));
        RC_ASSERT(changed == (value_of(now, limit) != value_of(configured, limit)));
        if (changed) RC_ASSERT(found->second.configured == value_of(configured, limit));
    }
    RC_ASSERT(desk.replays());
}

} // namespace
} // namespace grekko::risk::tests
