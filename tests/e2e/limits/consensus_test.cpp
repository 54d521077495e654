// The consensus protocol between the agents of a book: who is asked, by when, what counts, and who
// hears what, in event time.
#include <algorithm>

#include <gtest/gtest.h>

#include "e2e/limits/floor.hpp"

namespace grekko::test {
namespace {

Floor::Setup thinking(Duration each) {
    Floor::Setup setup;
    setup.thinking = each;
    return setup;
}

struct Round {
    explicit Round(Duration each, Ballot with = Ballot::approve)
        : agents{with},
          floor{thinking(each)} {}
    void hold() {
        floor.open(agents.all());
        floor.warm_up();
        agents.wish.target = 0.05_d;
        floor.tick(Floor::swing(800));
        floor.run();
    }
    // Until everything of the round has happened.
    void finish() {
        hold();
        floor.wait(Duration::seconds(5));
    }
    FiveAgents agents;
    Floor floor;
};

TEST(Consensus, BroadcastsCollectsCountsPublishesAndReturnsTheDecision) {
    Round round{Duration::milliseconds(1)};
    round.finish();
    for (const auto& voter : round.agents.voters)
        EXPECT_EQ(std::ranges::count(voter->asked, AskKind::proposal), 1);
    const auto opened = round.floor.all<events::RoundOpened>();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened.front().body.members, 5);
    EXPECT_EQ(round.floor.all<events::RoundMember>().size(), 5U);
    const auto closed = round.floor.all<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed.front().body.outcome, events::RoundOutcome::passed);
    EXPECT_GE(closed.front().body.approval, 0.60_rate);
    ASSERT_EQ(round.agents.proposer.decisions.size(), 1U);
    EXPECT_EQ(round.agents.proposer.decisions.front().intent, closed.front().body.round);
}

TEST(Consensus, BroadcastsToEveryAgentThatVotesInTheInstantOfTheProposal) {
    FiveAgents agents;
    std::vector<Instant> asked;
    Floor floor{thinking(Duration::milliseconds(1))};
    std::vector<std::unique_ptr<ScriptedAgent>> many;
    std::vector<ports::Agent*> all{&agents.proposer};
    for (int i = 0; i < 60; ++i) {
        many.push_back(std::make_unique<ScriptedAgent>(
            "voter" + std::to_string(i), btc, std::vector<Duration>{},
            [&](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
                if (ask.head.kind != AskKind::proposal) return;
                asked.push_back(floor.now());
                votes(Ballot::approve)(ask, view, out);
            }));
        all.push_back(many.back().get());
    }
    floor.open(all);
    floor.warm_up();
    agents.wish.target = 0.05_d;
    floor.tick(Floor::swing(800));
    floor.run();
    floor.wait(Duration::seconds(5));
    const auto proposed = floor.all<events::IntentProposed>();
    ASSERT_EQ(proposed.size(), 1U);
    EXPECT_EQ(asked.size(), 60U);
    for (const Instant at : asked)
        EXPECT_LE(at - proposed.front().head.at, floor.setup.settings.consensus.distribute);
    EXPECT_LE(floor.setup.settings.consensus.distribute, Duration::milliseconds(200));
}

TEST(Consensus, CountsVotesThatUseTheirWholeBudgetAndClosesWithinTheLimit) {
    Round round{Duration::milliseconds(250)};
    round.finish();
    const auto closed = round.floor.all<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed.front().body.outcome, events::RoundOutcome::passed);
    EXPECT_LE(closed.front().body.took, Duration::milliseconds(500));
    Instant last_vote;
    for (const auto& vote : round.floor.all<events::VoteCast>()) {
        EXPECT_LE(vote.body.after, Duration::milliseconds(300));
        if (vote.head.sequence < closed.front().head.sequence) last_vote = vote.head.at;
    }
    EXPECT_LE(closed.front().head.at - last_vote, Duration::milliseconds(100));
    ASSERT_EQ(round.agents.proposer.decisions.size(), 1U);
}

TEST(Consensus, ClosesAtHalfASecondWhereNobodyAnswers) {
    Round round{Duration::milliseconds(1)};
    round.agents.voters.clear();
    for (const char* name : {"b", "c", "d", "e"})
        round.agents.voters.push_back(
            std::make_unique<ScriptedAgent>(name, btc, std::vector<Duration>{}, nullptr));
    round.finish();
    const auto closed = round.floor.all<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_NE(closed.front().body.outcome, events::RoundOutcome::passed);
    EXPECT_EQ(closed.front().body.took, Duration::milliseconds(500));
    EXPECT_EQ(closed.front().body.misses, 4);
    EXPECT_TRUE(round.floor.venue.placed.empty());
    ASSERT_EQ(round.agents.proposer.decisions.size(), 1U);
    EXPECT_EQ(round.agents.proposer.decisions.front().status, DecisionStatus::rejected);
}

TEST(Consensus, RecordsVotesThatComeAfterTheLimitAndDoesNotCountThem) {
    Round round{Duration::milliseconds(600)};
    round.finish();
    const auto closed = round.floor.all<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_NE(closed.front().body.outcome, events::RoundOutcome::passed);
    std::size_t late = 0;
    for (const auto& vote : round.floor.all<events::VoteCast>()) {
        if (vote.body.vote.agent == first_agent) continue; // the proposer's own comes with it
        EXPECT_TRUE(vote.body.late);
        EXPECT_FALSE(vote.body.counted);
        ++late;
    }
    EXPECT_EQ(late, 4U);
    EXPECT_EQ(round.floor.all<events::RoundClosed>().size(), 1U);
    EXPECT_TRUE(round.floor.venue.placed.empty());
}

// What is private goes to its owner alone, and nobody speaks for another.
TEST(Consensus, TellsDecisionsOrdersAndFillsToTheirOwnerAlone) {
    Round round{Duration::milliseconds(1)};
    round.finish();
    const auto heard = [](const ScriptedAgent& agent, AskKind kind) {
        return std::ranges::count(agent.asked, kind);
    };
    EXPECT_EQ(heard(round.agents.proposer, AskKind::decision), 1);
    EXPECT_GE(heard(round.agents.proposer, AskKind::order), 1);
    EXPECT_EQ(heard(round.agents.proposer, AskKind::fill), 1);
    EXPECT_EQ(heard(round.agents.proposer, AskKind::proposal), 0);
    for (const auto& voter : round.agents.voters) {
        EXPECT_EQ(heard(*voter, AskKind::decision), 0);
        EXPECT_EQ(heard(*voter, AskKind::order), 0);
        EXPECT_EQ(heard(*voter, AskKind::fill), 0);
    }
}

TEST(Consensus, ShowsAnAgentItsOwnPositionsAndNoVotesOfOthers) {
    FiveAgents agents;
    Floor floor{thinking(Duration::milliseconds(1))};
    std::vector<Quantity> seen;
    ScriptedAgent curious{"curious",
                          btc,
                          {},
                          [&](const Ask& ask, const ports::AgentView& view, std::vector<Action>&) {
                              if (ask.head.kind == AskKind::trade)
                                  seen.push_back(
                                      view.position(ask.head.agent, btc).position.quantity);
                          }};
    std::vector<ports::Agent*> all = agents.all();
    all.push_back(&curious);
    floor.open(all);
    floor.warm_up();
    agents.wish.target = 0.05_d;
    floor.tick(Floor::swing(800));
    floor.tick(Floor::swing(801));
    floor.run();
    floor.tick(Floor::swing(802));
    floor.run();
    EXPECT_EQ(floor.held(first_agent), 0.05_quantity);
    ASSERT_FALSE(seen.empty());
    EXPECT_TRUE(seen.back().is_zero());
}

TEST(Consensus, TakesAVoteInTheNameOfTheAgentThatAnsweredAndOfNoOther) {
    // One agent that answers its own question six times over: one vote of its own counts.
    FiveAgents agents{Ballot::reject};
    Floor floor{thinking(Duration::milliseconds(1))};
    ScriptedAgent shouts{
        "shouts", btc, {}, [](const Ask& ask, const ports::AgentView&, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::proposal) return;
            for (int i = 0; i < 6; ++i)
                out.push_back(ballot(ask, Ballot::approve, 1_rate));
        }};
    std::vector<ports::Agent*> all = agents.all();
    all.insert(all.begin() + 1, &shouts);
    floor.open(all);
    floor.warm_up();
    agents.wish.target = 0.05_d;
    floor.tick(Floor::swing(800));
    floor.run();
    floor.wait(Duration::seconds(5));
    std::map<AgentId, int> counted;
    for (const auto& vote : floor.all<events::VoteCast>())
        counted[vote.body.vote.agent] += vote.body.counted ? 1 : 0;
    EXPECT_EQ(counted[AgentId{2}], 1);
    for (const auto& [agent, votes] : counted)
        EXPECT_LE(votes, 1);
    const auto closed = floor.all<events::RoundClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed.front().body.outcome, events::RoundOutcome::rejected);
}

} // namespace
} // namespace grekko::test
