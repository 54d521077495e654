// The path of a trade, from the proposal to the fill: the nine steps of the requirements in their
// order, under one correlation id, within their limits in event time.
#include <algorithm>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

// Agents that need a quarter of a second for each thought, and a venue 200 ms away.
Floor::Setup slow() {
    Floor::Setup setup;
    setup.thinking = Duration::milliseconds(250);
    return setup;
}

class TradePath : public testing::Test {
protected:
    TradePath() : floor{slow()} {
        floor.venue.inner.delay = Duration::milliseconds(200);
        floor.open(agents.all());
        floor.warm_up();
    }
    // One entry from the tick that leads to it until everything has been told.
    void enter() {
        agents.wish.target = 0.05_d;
        floor.tick(Floor::swing(800));
        floor.run();
        asked_at = floor.now();
        floor.wait(Duration::seconds(5));
        ASSERT_EQ(floor.all<events::IntentProposed>().size(), 1U);
    }
    template <class Event>
    Recorded<Event> only() {
        const auto found = floor.all<Event>();
        EXPECT_EQ(found.size(), 1U);
        return found.empty() ? Recorded<Event>{} : found.front();
    }

    FiveAgents agents;
    Floor floor;
    Instant asked_at;
};

TEST_F(TradePath, GoesThroughItsNineStepsInOrderUnderOneCorrelation) {
    enter();
    const Sequence intent = only<events::IntentProposed>().head.sequence;
    std::vector<std::uint16_t> steps;
    floor.each([&](const RecordHead& head) {
        const bool own = head.sequence == intent || head.correlation == intent;
        const bool told = std::ranges::find(steps, head.tag) != steps.end();
        if (own && !told) steps.push_back(head.tag);
    });
    const std::vector<std::uint16_t> expected{
        events::IntentProposed::tag, // 1 propose
        events::RoundOpened::tag,    // 2 consensus
        events::VoteCast::tag,       //
        events::RoundClosed::tag,    // 3 its result
        events::RiskAssessed::tag,   // 4 risk assessment, 5 approved
        events::ParentOpened::tag,   // 6 execute
        events::OrderSubmitted::tag, // 7 submit
        events::OrderAccepted::tag,  // 8 confirmed by the venue
        events::OrderFilled::tag,    //
        events::FillAllocated::tag,  // 9 execution complete
    };
    std::vector<std::uint16_t> main_line;
    std::ranges::copy_if(steps, std::back_inserter(main_line), [&](std::uint16_t tag) {
        return std::ranges::find(expected, tag) != expected.end();
    });
    EXPECT_EQ(main_line, expected);
}

TEST_F(TradePath, TellsItsAgentTheResultTheApprovalAndTheFill) {
    enter();
    ASSERT_EQ(agents.proposer.decisions.size(), 1U);
    EXPECT_EQ(agents.proposer.decisions.front().status, DecisionStatus::accepted);
    ASSERT_EQ(agents.proposer.fills.size(), 1U);
    EXPECT_EQ(agents.proposer.fills.front().quantity, 0.05_quantity);
    EXPECT_EQ(floor.held(first_agent), 0.05_quantity);
}

TEST_F(TradePath, IsApprovedByRiskBeforeAnythingReachesTheVenue) {
    enter();
    const auto assessed = floor.all<events::RiskAssessed>();
    ASSERT_GE(assessed.size(), 2U); // the intent, and its child again
    ASSERT_EQ(floor.venue.placed.size(), 1U);
    for (const auto& one : assessed) {
        EXPECT_EQ(one.body.verdict, events::Verdict::approved);
        EXPECT_LT(one.head.sequence, only<events::OrderSubmitted>().head.sequence);
    }
}

TEST_F(TradePath, KeepsEveryLimitWithSlowAgentsAndASlowVenue) {
    enter();
    const Instant proposed = only<events::IntentProposed>().head.at;
    const auto closed = only<events::RoundClosed>();
    EXPECT_EQ(closed.body.outcome, events::RoundOutcome::passed);
    EXPECT_LE(closed.head.at - proposed, Duration::milliseconds(500));
    const auto assessed = floor.all<events::RiskAssessed>();
    for (const auto& one : assessed)
        EXPECT_LE(one.head.at - closed.head.at, Duration::milliseconds(100));
    const Instant submitted = only<events::OrderSubmitted>().head.at;
    EXPECT_LE(submitted - closed.head.at, Duration::milliseconds(200));
    const Instant filled = only<events::OrderFilled>().head.at;
    EXPECT_LE(filled - submitted, Duration::seconds(1));
    EXPECT_LE(filled - proposed, Duration::milliseconds(1'600));
    EXPECT_LE(filled - asked_at, Duration::seconds(1)); // with the thinking before the proposal
}

TEST_F(TradePath, SubmitsAndTellsInTheInstantOfTheDecisionAndOfTheReport) {
    enter();
    EXPECT_EQ(floor.venue.placed.front().at, only<events::RoundClosed>().head.at);
    const auto filled = only<events::OrderFilled>();
    EXPECT_EQ(filled.head.at - floor.venue.placed.front().at, floor.venue.inner.delay);
    EXPECT_EQ(only<events::FillAllocated>().head.at, filled.head.at);
    EXPECT_EQ(only<events::StopArmed>().head.at, filled.head.at);
}

TEST_F(TradePath, IsDurableBeforeItLeaves) {
    std::vector<Sequence> durable;
    floor.venue.on_place = [&] { durable.push_back(floor.journal.durable()); };
    enter();
    ASSERT_EQ(durable.size(), 1U);
    EXPECT_GE(durable.front(), only<events::OrderSubmitted>().head.sequence);
}

// Two answers of one instant: the first places an order, which waits for the disk, the second takes
// it back: it never leaves, and no cancel overtakes it.
TEST(Cancel, OfAnOrderOfTheSameInstantKeepsItHere) {
    bool trading = false;
    ScriptedAgent agent{
        "a", btc, {}, [&](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (!trading) return;
            Action action = target(0.05_d, view.market(btc, VenueId{}).mark.price);
            action.working.urgency = Urgency::passive;
            if (ask.head.kind == AskKind::trade) action.kind = ActionKind::cancel;
            if (ask.head.kind == AskKind::quote || ask.head.kind == AskKind::trade)
                out.push_back(action);
        }};
    agent.mutable_description().subscriptions.front().quotes = true;
    Floor floor{{}};
    floor.open({&agent});
    floor.warm_up();
    std::string reached;
    floor.venue.inner.fills_resting = false;
    floor.venue.on_place = [&] { reached += 'p'; };
    floor.venue.on_cancel = [&] { reached += 'c'; };
    trading = true;
    floor.tick(Floor::swing(800));
    floor.run();
    trading = false;
    floor.wait(Duration::seconds(2));
    EXPECT_EQ(reached, "");
    EXPECT_EQ(floor.all<events::OrderSubmitted>().size(), 1U);
    EXPECT_EQ(floor.all<events::OrderCancelled>().size(), 1U);
}

// A day of entries and exits by venues 50 to 200 ms away: no path is above its limit.
TEST_F(TradePath, KeepsItsLimitOverHundredsOfTrades) {
    for (int i = 0; i < 300; ++i) {
        floor.venue.inner.delay = Duration::milliseconds(50 + i * 7 % 151);
        agents.wish.target = i % 2 == 0 ? 0.05_d : Decimal{};
        floor.tick(Floor::swing(800 + i));
        floor.run();
    }
    floor.wait(Duration::seconds(5));
    std::map<OrderId, Instant> submitted;
    for (const auto& one : floor.all<events::OrderSubmitted>())
        submitted[one.body.order.id] = one.head.at;
    const auto filled = floor.all<events::OrderFilled>();
    EXPECT_EQ(filled.size(), submitted.size());
    EXPECT_GE(filled.size(), 290U);
    for (const auto& one : filled)
        EXPECT_LE(one.head.at - submitted[one.body.fill.order], Duration::seconds(1));
    std::map<Sequence, Instant> proposed;
    for (const auto& one : floor.all<events::IntentProposed>())
        proposed[one.head.sequence] = one.head.at;
    for (const auto& one : floor.all<events::FillAllocated>())
        EXPECT_LE(one.head.at - proposed[one.head.correlation], Duration::milliseconds(1'600));
}

} // namespace
} // namespace grekko::test
