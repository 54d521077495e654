#include "research/report/ballots.hpp"

#include <gtest/gtest.h>

namespace grekko::report {
namespace {

events::VoteCast vote(int agent, Ballot ballot, Rate confidence) {
    events::VoteCast e;
    e.round = IntentId{7};
    e.vote.agent = AgentId{static_cast<std::uint16_t>(agent)};
    e.vote.ballot = ballot;
    e.vote.confidence = confidence;
    return e;
}

events::RoundMember member(int agent, Rate weight) {
    events::RoundMember e;
    e.round = IntentId{7};
    e.agent = AgentId{static_cast<std::uint16_t>(agent)};
    e.weight = weight;
    return e;
}

events::VoteScored scored(int agent, Rate stated) {
    events::VoteScored e;
    e.round = IntentId{7};
    e.agent = AgentId{static_cast<std::uint16_t>(agent)};
    e.stated = stated;
    e.outcome = 0.5_rate;
    e.share = 1_rate;
    e.skill = 1.25_rate;
    return e;
}

Ballots one_round(events::RoundOutcome outcome) {
    Ballots ballots;
    events::RoundOpened opened;
    opened.round = IntentId{7};
    opened.value = 10'000_notional;
    ballots.add(opened);
    ballots.add(member(1, 0.75_rate));
    ballots.add(member(2, 0.25_rate));
    ballots.add(vote(1, Ballot::approve, 0.4_rate));
    ballots.add(vote(2, Ballot::reject, 0.8_rate));
    events::RoundObserved observed;
    observed.round = IntentId{7};
    observed.sigma = 0.02_rate;
    ballots.add(observed);
    events::RoundClosed closed;
    closed.round = IntentId{7};
    closed.outcome = outcome;
    closed.took = Duration::milliseconds(120);
    ballots.add(closed);
    ballots.add(scored(1, 0.4_rate));
    ballots.add(scored(2, Rate{-0.8_d}));
    return ballots;
}

// r = 2 · 0.02 · 0.5 = 2 %; weights · confidence 0.3 and 0.2; 10 000 · 2 % = 200 is shared so.
TEST(Ballots, TheValueOfAVoteIsItsShareOfTheOutcome) {
    const Ballots ballots = one_round(events::RoundOutcome::passed);
    const Voter& first = ballots.voters().at(AgentId{1});
    const Voter& second = ballots.voters().at(AgentId{2});
    ASSERT_EQ(first.values.size(), 1U);
    EXPECT_NEAR(first.values[0], 120.0, 1e-9);
    EXPECT_NEAR(second.values[0], -80.0, 1e-9);
    EXPECT_EQ(first.hits, 1U);
    EXPECT_EQ(second.hits, 0U);
    EXPECT_EQ(first.skill, 1.25);
    EXPECT_EQ(ballots.closing_ms(), std::vector<double>{120.0});
}

TEST(Ballots, ARejectedIntentIsJudgedToo) {
    const Ballots passed = one_round(events::RoundOutcome::passed);
    const Ballots rejected = one_round(events::RoundOutcome::rejected);
    EXPECT_EQ(passed.results_passed().size(), 1U);
    EXPECT_TRUE(passed.results_not_passed().empty());
    ASSERT_EQ(rejected.results_not_passed().size(), 1U);
    EXPECT_NEAR(rejected.results_not_passed()[0], 0.02, 1e-12);
}

TEST(Ballots, LateVotesMissesAndAbstentionsAreCountedApart) {
    Ballots ballots;
    events::VoteCast late = vote(1, Ballot::approve, 0.5_rate);
    late.late = true;
    late.counted = false;
    ballots.add(late);
    events::VoteCast weak = vote(1, Ballot::approve, 0.01_rate);
    weak.abstains = true;
    ballots.add(weak);
    ballots.add(vote(1, Ballot::veto, 0.9_rate));
    events::AttendanceChanged missed;
    missed.agent = AgentId{1};
    ballots.add(missed);
    const Voter& voter = ballots.voters().at(AgentId{1});
    EXPECT_EQ(voter.late, 1U);
    EXPECT_EQ(voter.approved, 0U);
    EXPECT_EQ(voter.abstained, 1U);
    EXPECT_EQ(voter.vetoed, 1U);
    EXPECT_EQ(voter.missed, 1U);
}

TEST(Ballots, WithoutAMarkAtTheExitNothingIsScored) {
    Ballots ballots = one_round(events::RoundOutcome::passed);
    events::VoteScored blind = scored(1, 0.4_rate);
    blind.share = Rate{};
    ballots.add(blind);
    EXPECT_EQ(ballots.voters().at(AgentId{1}).scored, 1U);
}

} // namespace
} // namespace grekko::report
