#include <gtest/gtest.h>

#include "core/consensus/propose.hpp"
#include "unit/core/consensus/table.hpp"

namespace grekko::consensus {
namespace {

IntentRefusal refusal(const ProposalOutcome& outcome) {
    return outcome.accepted ? IntentRefusal::none : outcome.refused.reason;
}

TEST(Propose, TurnsATargetIntoADelta) {
    struct Row {
        Quantity position, working, target, delta;
        IntentRoute route;
        bool retarget;
        Quantity beyond;
    };
    const Row rows[] = {
        {{}, {}, 10_quantity, 10_quantity, IntentRoute::vote, false, {}},
        {4_quantity, {}, 10_quantity, 6_quantity, IntentRoute::vote, false, {}},
        {4_quantity, {}, 1_quantity, -3_quantity, IntentRoute::reduce, false, {}},
        {4_quantity, {}, {}, -4_quantity, IntentRoute::reduce, false, {}},
        {-4_quantity, {}, {}, 4_quantity, IntentRoute::reduce, false, {}},
        {{}, {}, -10_quantity, -10_quantity, IntentRoute::vote, false, {}},
        // A flip leaves first and keeps the rest for later.
        {4_quantity, {}, -6_quantity, -4_quantity, IntentRoute::reduce, false, -6_quantity},
        // Working orders count, and are cancelled before something else is placed.
        {{}, 10_quantity, 12_quantity, 12_quantity, IntentRoute::vote, true, {}},
        {{}, 10_quantity, 5_quantity, 5_quantity, IntentRoute::lower, true, {}},
        {5_quantity, 5_quantity, 5_quantity, {}, IntentRoute::lower, true, {}},
        {5_quantity, 5_quantity, 2_quantity, -3_quantity, IntentRoute::reduce, true, {}},
        // Rounded toward less risk.
        {{}, {}, 10.0009_quantity, 10_quantity, IntentRoute::vote, false, {}},
        {4.0005_quantity, {}, {}, -4_quantity, IntentRoute::reduce, false, {}},
        // Dust is flat: the way to the other side is an increase, not a flip.
        {0.0005_quantity, {}, -6_quantity, -6_quantity, IntentRoute::vote, false, {}},
    };
    for (const Row& row : rows) {
        Table table;
        table.context.position = row.position;
        table.context.working = row.working;
        const ProposalOutcome outcome = table.ask(table.increase(1, row.target));
        SCOPED_TRACE(row.position.to_string() + " " + row.working.to_string() + " to " +
                     row.target.to_string());
        ASSERT_TRUE(outcome.accepted) << name(outcome.refused.reason);
        EXPECT_EQ(outcome.proposed.intent.delta, row.delta);
        EXPECT_EQ(outcome.proposed.route, row.route);
        EXPECT_EQ(outcome.proposed.retarget, row.retarget);
        EXPECT_EQ(outcome.proposed.beyond, row.beyond);
        EXPECT_EQ(outcome.proposed.increase, row.route == IntentRoute::vote);
        EXPECT_EQ(outcome.proposed.intent.reference, 100_price);
    }
}

TEST(Propose, RepeatingAnIntentIsHarmless) {
    Table table;
    table.context.position = 4_quantity;
    table.context.working = 6_quantity;
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::nothing_to_do);
    table.context.working = 5.9995_quantity; // less than a lot away
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::nothing_to_do);
    table.context.notional_min = 10_notional;
    table.context.working = 5.901_quantity; // 9.9 in value
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::nothing_to_do);
    table.context.working = 5.9_quantity;
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::none);
}

TEST(Propose, ShorthandAddsToWhatIsHeldAndPending) {
    ProposalContext context;
    context.position = 4_quantity;
    context.working = 1_quantity;
    EXPECT_EQ(shorthand_target(context, Side::buy, 2_quantity), 7_quantity);
    EXPECT_EQ(shorthand_target(context, Side::sell, 2_quantity), 3_quantity);
    EXPECT_EQ(shorthand_target(context, Side::buy, Quantity::max()), Quantity::max());
}

TEST(Propose, FillsInStopHorizonAndTtl) {
    Table table;
    Intent intent = table.increase(1);
    intent.stop = {};
    intent.horizon = {};
    intent.ttl = {};
    const Intent filled = table.ask(intent).proposed.intent;
    EXPECT_EQ(filled.stop, 95_price);
    EXPECT_EQ(filled.horizon, Duration::hours(20));
    EXPECT_EQ(filled.ttl, Duration::seconds(2));
    intent.trail = 0.02_rate;
    EXPECT_EQ(table.ask(intent).proposed.intent.stop, 98_price);
    intent.target = -10_quantity;
    EXPECT_EQ(table.ask(intent).proposed.intent.stop, 102_price);
}

TEST(Propose, ADefaultStopIsRoundedTowardTheReference) {
    EXPECT_EQ(default_stop(Side::buy, 100.03_price, 0.05_rate, 0.1_price), 95.1_price);
    EXPECT_EQ(default_stop(Side::sell, 100.03_price, 0.05_rate, 0.1_price), 105_price);
    EXPECT_EQ(default_stop(Side::buy, 100_price, 0.05_rate, 10_price), 90_price);
    EXPECT_EQ(default_stop(Side::buy, 100_price, 1_rate, Price{}), Price{});
}

TEST(Propose, RefusesWhatMakesNoSense) {
    const auto refused = [](auto change) {
        Table table;
        Intent intent = table.increase(1);
        change(intent);
        return refusal(table.ask(intent));
    };
    EXPECT_EQ(refused([](Intent& i) { i.stop = 100_price; }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.stop = 99.99_price; }), IntentRefusal::none);
    EXPECT_EQ(refused([](Intent& i) { i.take = 100_price; }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.take = 100.01_price; }), IntentRefusal::none);
    EXPECT_EQ(refused([](Intent& i) { i.confidence = 1.01_rate; }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.confidence = -0.01_rate; }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.horizon = Duration::seconds(59); }),
              IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.horizon = Duration::days(7); }), IntentRefusal::none);
    EXPECT_EQ(refused([](Intent& i) { i.horizon = Duration::days(8); }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.ttl = Duration::seconds(-1); }), IntentRefusal::invalid);
    EXPECT_EQ(refused([](Intent& i) { i.limit = -1_price; }), IntentRefusal::invalid);
}

TEST(Propose, RefusesATargetThatDoesNotFit) {
    Table table;
    table.context.position = -1_quantity;
    EXPECT_EQ(refusal(table.ask(table.increase(1, Quantity::max()))), IntentRefusal::invalid);
}

TEST(Propose, RefusesByWhoAsksWhereAndWhen) {
    const auto refused = [](auto change, Quantity target = 10_quantity) {
        Table table;
        change(table.context);
        return refusal(table.ask(table.increase(1, target)));
    };
    EXPECT_EQ(refused([](auto& c) { c.known = false; }), IntentRefusal::unknown_instrument);
    EXPECT_EQ(refused([](auto& c) { c.halted = true; }), IntentRefusal::halted);
    EXPECT_EQ(refused([](auto& c) { c.agent_active = false; }), IntentRefusal::agent_inactive);
    EXPECT_EQ(refused([](auto& c) { c.inside_proposal = true; }), IntentRefusal::reentrant);
    EXPECT_EQ(refused([](auto& c) { c.mark = {}; }), IntentRefusal::no_mark);
}

TEST(Propose, LeavingNeedsNoMarkNoVotersAndNoPause) {
    Table table(1);
    table.electors.clear();
    table.context.position = 4_quantity;
    table.context.mark = {};
    EXPECT_EQ(refusal(table.ask(table.increase(1, Quantity{}))), IntentRefusal::none);
}

TEST(Propose, OneIncreaseASecondForAgentAndInstrument) {
    Table table;
    const IntentId first = table.propose(table.increase(1));
    ASSERT_TRUE(first);
    table.pass(Duration::milliseconds(999));
    EXPECT_EQ(refusal(table.ask(table.increase(1, 11_quantity))), IntentRefusal::too_frequent);
    EXPECT_EQ(refusal(table.ask(table.increase(2))), IntentRefusal::none) << "another agent";
    Intent other = table.increase(1);
    other.instrument = eth;
    EXPECT_EQ(refusal(table.ask(other)), IntentRefusal::none) << "another instrument";
    table.context.position = 4_quantity;
    EXPECT_EQ(refusal(table.ask(table.increase(1, 1_quantity))), IntentRefusal::none) << "leaving";
    table.context.position = {};
    table.pass(Duration::milliseconds(1));
    EXPECT_EQ(refusal(table.ask(table.increase(1, 11_quantity))), IntentRefusal::none);
}

TEST(Propose, EightOpenRoundsABook) {
    Table table(10);
    for (std::uint16_t agent = 1; agent <= 8; ++agent) {
        ASSERT_TRUE(table.propose(table.increase(agent)));
    }
    EXPECT_EQ(refusal(table.ask(table.increase(9))), IntentRefusal::busy);
    table.pass(Duration::seconds(1));
    EXPECT_EQ(refusal(table.ask(table.increase(1, 11_quantity))), IntentRefusal::none)
        << "its own round makes place";
}

TEST(Propose, OneAgentAloneIsPassedOrRefused) {
    Table table(1);
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::solo_refused);
    table.settings.solo = Solo::pass;
    const IntentId id = table.propose(table.increase(1));
    ASSERT_TRUE(id);
    EXPECT_TRUE(find_intent(table.state, id)->undecided());
    table.emit(close_solo(table.state, table.settings, id, table.market));
    EXPECT_EQ(find_intent(table.state, id)->outcome, RoundOutcome::solo);
    EXPECT_EQ(find_intent(table.state, id)->decided, 10_quantity);
}

TEST(Propose, BelowTwoGroupsThereIsNoElectorate) {
    Table table(3);
    for (Elector& elector : table.electors)
        elector.group = 1;
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::no_electorate);
    table.electors[2].group = 3;
    EXPECT_EQ(refusal(table.ask(table.increase(1))), IntentRefusal::none);
}

TEST(Propose, OperatorsAreNotVotedOn) {
    Table table(1);
    table.context.by_operator = true;
    table.context.halted = true; // risk decides about it
    const ProposalOutcome outcome = table.ask(table.increase(1));
    ASSERT_TRUE(outcome.accepted);
    EXPECT_EQ(outcome.proposed.route, IntentRoute::operator_order);
    EXPECT_TRUE(outcome.proposed.increase);
}

TEST(Propose, TheIncreaseOfAFlipFollowsOnceUnlessReplaced) {
    Table table;
    table.context.position = 4_quantity;
    const IntentId id = table.propose(table.increase(1, -6_quantity));
    const auto next = follow_up(table.state, table.settings, id, table.now());
    ASSERT_TRUE(next);
    EXPECT_EQ(next->target, -6_quantity);
    EXPECT_EQ(next->stop, 105_price);
    EXPECT_FALSE(follow_up(table.state, table.settings, id, table.now() + Duration::minutes(2)));
    table.propose(table.increase(1, 1_quantity));
    EXPECT_FALSE(follow_up(table.state, table.settings, id, table.now()));
}

} // namespace
} // namespace grekko::consensus
