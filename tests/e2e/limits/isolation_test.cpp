// One part fails, the others go on: a breaker stops what is in its scope and nothing beside it, so
// that a fault of an agent, an instrument or its data is not the fault of the book.
#include <algorithm>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

constexpr InstrumentId one = btc, two{2};
constexpr AgentId ann{1}, bob{2};

// Two agents, each on an instrument of its own, and three that vote on both.
class Isolation : public testing::Test {
protected:
    Isolation() : floor{setup()} {
        std::vector<ports::Agent*> all{&first, &second};
        for (const char* name : {"c", "d", "e"}) {
            voters.push_back(std::make_unique<ScriptedAgent>(name, one, std::vector<Duration>{},
                                                             votes(Ballot::approve)));
            voters.back()->mutable_description().votes.push_back(two);
            all.push_back(voters.back().get());
        }
        floor.open(all);
        floor.warm_up();
        begin = floor.now();
    }
    static Floor::Setup setup() {
        Floor::Setup made;
        made.instruments = 2;
        made.settings.risk.venue_share_max = 2_rate;
        return made;
    }
    // Both want in, or out, of their instrument; data for those that are told. What is held has a
    // new book every five seconds: older than that it is stale, and its breaker opens (§5.3).
    void step(bool data_of_one = true) {
        wish_of_ann.target = floor.held(ann, one).is_zero() ? 0.05_d : Decimal{};
        wish_of_bob.target = floor.held(bob, two).is_zero() ? 0.05_d : Decimal{};
        if (data_of_one) floor.tick(Floor::swing(at), Duration::seconds(2), one);
        floor.tick(Floor::swing(at), Duration::seconds(2), two);
        ++at;
        floor.run();
        floor.wait(Duration::seconds(1));
    }
    void steps(int count) {
        for (int i = 0; i < count; ++i)
            step();
    }
    std::size_t entries_of(AgentId agent, Instant since) {
        const auto fills = floor.all<events::FillAllocated>();
        return static_cast<std::size_t>(std::ranges::count_if(fills, [&](const auto& fill) {
            return fill.body.agent == agent && fill.body.purpose == Purpose::increase &&
                   fill.head.at > since;
        }));
    }
    bool open(events::BreakerScope scope) const {
        return std::ranges::any_of(floor.engine.state().risk.breakers.all, [&](const auto& each) {
            return each.first.scope == scope && each.second.state == events::BreakerState::open;
        });
    }

    int at{800};
    Wish wish_of_ann, wish_of_bob;
    ScriptedAgent first{"ann", one, {}, wish_of_ann.proposer()};
    ScriptedAgent second{"bob", two, {}, wish_of_bob.proposer()};
    std::vector<std::unique_ptr<ScriptedAgent>> voters;
    Floor floor;
    Instant begin;
};

TEST_F(Isolation, BothTradeWhereNothingFails) {
    steps(12);
    EXPECT_GE(entries_of(ann, begin), 4U);
    EXPECT_GE(entries_of(bob, begin), 4U);
}

TEST_F(Isolation, AnAgentThatFaultsIsSwitchedOffAndTheOtherTradesOn) {
    for (int i = 0; i < 5; ++i) {
        AgentFault fault;
        fault.agent = ann;
        fault.kind = FaultKind::crash;
        fault.generation = floor.engine.generation(ann);
        fault.message = "agent.lua:1: a test";
        ASSERT_TRUE(floor.driver.input(Input{floor.now(), fault}).has_value());
    }
    const Instant since = floor.now();
    steps(12);
    EXPECT_EQ(entries_of(ann, since), 0U);
    EXPECT_GE(entries_of(bob, since), 4U);
    EXPECT_EQ(floor.state(), events::BookState::active);
}

TEST_F(Isolation, RejectsOfOneAgentsOrdersOpenItsBreakerThereAndNoOther) {
    floor.venue.inner.answer = ReportKind::rejected;
    for (int i = 0; i < 6; ++i) {
        wish_of_ann.target = 0.05_d + Decimal::from_units(i, -3);
        floor.tick(Floor::swing(at++), Duration::seconds(8), one);
        floor.run();
        floor.wait(Duration::seconds(1));
    }
    floor.venue.inner.answer = ReportKind::accepted;
    EXPECT_TRUE(open(events::BreakerScope::agent_instrument));
    EXPECT_FALSE(open(events::BreakerScope::venue));
    EXPECT_FALSE(open(events::BreakerScope::global));
    const Instant since = floor.now();
    steps(12);
    EXPECT_EQ(entries_of(ann, since), 0U);
    EXPECT_GE(entries_of(bob, since), 4U);
}

TEST_F(Isolation, AnInstrumentWithoutDataStopsAloneAndComesBack) {
    while (floor.held(ann, one).is_zero())
        step();
    const Instant since = floor.now();
    for (int i = 0; i < 30; ++i)
        step(false);
    EXPECT_TRUE(open(events::BreakerScope::instrument));
    EXPECT_EQ(entries_of(ann, since), 0U);
    EXPECT_GE(entries_of(bob, since), 10U);
    const Instant back = floor.now();
    steps(40);
    EXPECT_FALSE(open(events::BreakerScope::instrument));
    EXPECT_GE(entries_of(ann, back), 1U);
}

TEST_F(Isolation, AVoterThatIsSwitchedOffIsMissedByNobody) {
    for (const auto& voter : voters)
        voter->asked.clear();
    Command off;
    off.kind = CommandKind::agent_disable;
    off.agent = AgentId{3};
    floor.command(off);
    const Instant since = floor.now();
    steps(12);
    EXPECT_GE(entries_of(ann, since), 4U);
    EXPECT_GE(entries_of(bob, since), 4U);
    EXPECT_EQ(std::ranges::count(voters.front()->asked, AskKind::proposal), 0);
}

TEST_F(Isolation, ALostVenueStopsWhatGoesThereAndNothingIsSentUntilItIsReconciled) {
    floor.say(ReportKind::disconnected);
    const std::size_t before = floor.venue.placed.size();
    steps(6);
    EXPECT_EQ(floor.venue.placed.size(), before);
    floor.say(ReportKind::connected);
    floor.say(ReportKind::private_restored);
    const Instant back = floor.now();
    steps(60);
    EXPECT_GE(entries_of(ann, back), 1U);
    EXPECT_GE(entries_of(bob, back), 1U);
}

} // namespace
} // namespace grekko::test
