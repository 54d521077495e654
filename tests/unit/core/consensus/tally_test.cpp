#include "core/consensus/tally.hpp"

#include <gtest/gtest.h>

namespace grekko::consensus {
namespace {

Member member(std::uint16_t agent, Rate weight, Ballot ballot, Rate confidence, Rate max = 1_rate) {
    return {.agent = AgentId{agent},
            .group = agent,
            .ballot = ballot,
            .answered = true,
            .weight = weight,
            .confidence = confidence,
            .max = max};
}
Member silent(std::uint16_t agent, Rate weight) {
    return {.agent = AgentId{agent}, .group = agent, .weight = weight};
}

// Agent 1 proposes; the size is worth `value` of a NAV of 1000.
Ballots of(const std::vector<Member>& members, Notional value = 10_notional, Rate churn = {}) {
    return {.members = members,
            .proposer = AgentId{1},
            .proposer_group = 1,
            .nav = 1000_notional,
            .value = value,
            .churn = churn};
}
RoundOutcome outcome(const std::vector<Member>& members, Notional value = 10_notional) {
    return tally(of(members, value), Law{}).outcome;
}

TEST(Tally, PassesAtSixtyPercentAndFailsJustBelow) { // G105
    const auto vote = [](Rate approve, Rate reject) {
        return outcome({member(1, 0.25_rate, Ballot::approve, approve),
                        member(2, 0.25_rate, Ballot::approve, approve),
                        member(3, 0.5_rate, Ballot::reject, reject)});
    };
    EXPECT_EQ(vote(0.6_rate, 0.4_rate), RoundOutcome::passed);
    EXPECT_EQ(vote(0.601_rate, 0.399_rate), RoundOutcome::passed);
    EXPECT_EQ(vote(0.599_rate, 0.401_rate), RoundOutcome::rejected);
    EXPECT_EQ(vote(0.6_rate, 0.400000000000000001_rate), RoundOutcome::rejected);
    EXPECT_EQ(vote(0.599999999999999999_rate, 0.4_rate), RoundOutcome::rejected);
}

TEST(Tally, LargerIncreasesNeedMoreVotes) {
    const std::vector<Member> members{member(1, 0.5_rate, Ballot::approve, 0.5_rate)};
    const auto needed = [&](Notional value) { return threshold(of(members, value), Law{}, 1_d); };
    EXPECT_EQ(needed(50_notional), 0.60_rate);
    EXPECT_EQ(needed(50.000000000000000001_notional), 0.67_rate);
    EXPECT_EQ(needed(150_notional), 0.67_rate);
    EXPECT_EQ(needed(150.000000000000000001_notional), 0.75_rate);
    EXPECT_EQ(threshold(of(members, 300_notional), Law{}, 0.5_d), 0.67_rate);
    EXPECT_EQ(threshold(of(members, 10_notional, 0.10_rate), Law{}, 1_d), 0.70_rate);
    Ballots broke = of(members);
    broke.nav = -1_notional;
    EXPECT_EQ(threshold(broke, Law{}, 1_d), 0.75_rate);
}

// What is approved by those who answer needs half of the eligible weight to have answered: a
// rejection of more weight and little confidence can be what was missing. More confidence of the
// same rejection only works against.
TEST(Tally, ARejectionOfMoreWeightMayCompleteTheQuorumButNeverWinsTheVote) {
    const auto with = [](Rate weight, Rate confidence) {
        return tally(of({member(1, 0.2_rate, Ballot::approve, 0.9_rate),
                         member(2, 0.2_rate, Ballot::approve, 0.9_rate),
                         member(3, weight, Ballot::reject, confidence), silent(4, 0.5_rate)}),
                     Law{});
    };
    EXPECT_EQ(with(0.05_rate, 0.1_rate).outcome, RoundOutcome::no_quorum);
    EXPECT_EQ(with(0.1_rate, 0.1_rate).outcome, RoundOutcome::passed);
    EXPECT_EQ(with(2_rate, 0.1_rate).outcome, RoundOutcome::passed);
    EXPECT_EQ(with(2_rate, 0.9_rate).outcome, RoundOutcome::rejected);
    EXPECT_EQ(with(0.05_rate, 0.9_rate).outcome, RoundOutcome::no_quorum);
}

TEST(Tally, TheSizeShrinksToTheTierThatPasses) {
    // 65 % approve: enough for 5 % of N (0.60), not for 10 % (0.67).
    const std::vector<Member> members{member(1, 0.4_rate, Ballot::approve, 0.5_rate),
                                      member(2, 0.25_rate, Ballot::approve, 0.5_rate),
                                      member(3, 0.35_rate, Ballot::reject, 0.5_rate)};
    const Count count = tally(of(members, 100_notional), Law{});
    EXPECT_EQ(count.outcome, RoundOutcome::passed);
    EXPECT_EQ(count.fraction, 0.5_rate);
    EXPECT_EQ(count.threshold, 0.60_rate);
    EXPECT_EQ(count.approval, 0.65_rate);
    EXPECT_EQ(count.quorum, 1_rate);
    EXPECT_EQ(count.approvals, 2);
    EXPECT_EQ(count.rejections, 1);
}

TEST(Tally, AnApprovalWithAMaximumRejectsMore) {
    const std::vector<Member> members{member(1, 0.5_rate, Ballot::approve, 0.5_rate),
                                      member(2, 0.5_rate, Ballot::approve, 0.5_rate, 0.3_rate)};
    const Count count = tally(of(members), Law{});
    EXPECT_EQ(count.outcome, RoundOutcome::passed);
    EXPECT_EQ(count.fraction, 0.3_rate);
    EXPECT_EQ(outcome({member(1, 0.5_rate, Ballot::approve, 0.5_rate),
                       member(2, 0.5_rate, Ballot::approve, 0.5_rate, Rate{})}),
              RoundOutcome::rejected);
}

TEST(Tally, AVoteBelowFivePercentConfidenceIsAnAbstention) {
    EXPECT_EQ(outcome({member(1, 0.5_rate, Ballot::approve, 0.5_rate),
                       member(2, 0.5_rate, Ballot::approve, 0.05_rate)}),
              RoundOutcome::passed);
    const Count count = tally(of({member(1, 0.5_rate, Ballot::approve, 0.5_rate),
                                  member(2, 0.5_rate, Ballot::approve, 0.049_rate)}),
                              Law{});
    EXPECT_EQ(count.outcome, RoundOutcome::no_quorum);
    EXPECT_EQ(count.abstentions, 1);
}

TEST(Tally, AllAbstainingMakesNoQuorum) {
    const Count count =
        tally(of({member(1, 0.5_rate, Ballot::approve, 1_rate),
                  member(2, 0.25_rate, Ballot::abstain, 1_rate), silent(3, 0.25_rate)}),
              Law{});
    EXPECT_EQ(count.outcome, RoundOutcome::no_quorum);
    EXPECT_EQ(count.misses, 1);
    EXPECT_EQ(count.eligible, 3);
}

TEST(Tally, HalfOfTheWeightIsAQuorum) {
    EXPECT_EQ(outcome({member(1, 0.25_rate, Ballot::approve, 1_rate),
                       member(2, 0.25_rate, Ballot::approve, 1_rate), silent(3, 0.5_rate)}),
              RoundOutcome::passed);
    EXPECT_EQ(outcome({member(1, 0.25_rate, Ballot::approve, 1_rate),
                       member(2, 0.24_rate, Ballot::approve, 1_rate), silent(3, 0.51_rate)}),
              RoundOutcome::no_quorum);
}

TEST(Tally, CopiesOfTheProposerCannotApproveAlone) {
    std::vector<Member> members{member(1, 0.3_rate, Ballot::approve, 1_rate),
                                member(2, 0.3_rate, Ballot::approve, 1_rate),
                                member(3, 0.4_rate, Ballot::reject, 0.1_rate)};
    EXPECT_EQ(outcome(members), RoundOutcome::passed);
    members[1].group = 1;
    EXPECT_EQ(outcome(members), RoundOutcome::rejected);
}

TEST(Tally, AnUndecidedIntentSpeaksForASilentAgent) {
    std::vector<Member> members{member(1, 0.5_rate, Ballot::approve, 0.5_rate),
                                silent(2, 0.5_rate)};
    members[1].holds_intent = true;
    members[1].intent_confidence = 0.5_rate;
    members[1].intent_same_side = true;
    EXPECT_EQ(outcome(members), RoundOutcome::passed);
    members[1].intent_same_side = false;
    EXPECT_EQ(outcome(members), RoundOutcome::rejected);
    members[1].intent_confidence = 0.04_rate;
    EXPECT_EQ(outcome(members), RoundOutcome::no_quorum);
}

TEST(Tally, AVetoWinsAndAMissingHolderRefuses) {
    std::vector<Member> members{member(1, 0.4_rate, Ballot::approve, 1_rate),
                                member(2, 0.4_rate, Ballot::approve, 1_rate),
                                member(3, 0.2_rate, Ballot::veto, 0.01_rate)};
    EXPECT_EQ(outcome(members), RoundOutcome::passed) << "no right to veto";
    members[2].veto = true;
    EXPECT_EQ(outcome(members), RoundOutcome::vetoed);
    EXPECT_EQ(tally(of(members), Law{}).vetoed_by, AgentId{3});
    members[2].answered = false;
    EXPECT_EQ(outcome(members), RoundOutcome::veto_missing);
    Ballots lenient = of(members);
    lenient.veto_missing_refuses = false;
    EXPECT_EQ(tally(lenient, Law{}).outcome, RoundOutcome::passed);
}

TEST(Tally, AHolderOutsideTheElectorateHasAVetoAndNoWeight) {
    std::vector<Member> members{member(1, 0.5_rate, Ballot::approve, 1_rate),
                                member(2, 0.5_rate, Ballot::approve, 1_rate), silent(3, Rate{})};
    members[2].veto = members[2].outside = true;
    EXPECT_EQ(outcome(members), RoundOutcome::veto_missing);
    EXPECT_FALSE(settled(of(members), Law{}));
    members[2].answered = true;
    EXPECT_EQ(outcome(members), RoundOutcome::passed);
    EXPECT_EQ(tally(of(members), Law{}).eligible, 2);
    EXPECT_TRUE(settled(of(members), Law{}));
}

TEST(Tally, SettlesAsSoonAsNoVoteCanChangeIt) {
    std::vector<Member> members{member(1, 0.4_rate, Ballot::approve, 1_rate), silent(2, 0.4_rate),
                                silent(3, 0.2_rate)};
    EXPECT_FALSE(settled(of(members), Law{}));
    members[1] = member(2, 0.4_rate, Ballot::approve, 1_rate);
    EXPECT_TRUE(settled(of(members), Law{})) << "0.8 of 1.0 at worst";
}

TEST(Tally, DoesNotSettleWhileTheSizeIsOpen) {
    std::vector<Member> members{member(1, 0.4_rate, Ballot::approve, 1_rate),
                                member(2, 0.4_rate, Ballot::approve, 1_rate, 0.5_rate),
                                silent(3, 0.2_rate)};
    EXPECT_FALSE(settled(of(members), Law{})) << "full if 3 approves, half if it rejects";
}

TEST(Tally, SettlesWhenNoQuorumCanCome) {
    EXPECT_TRUE(settled(of({member(1, 0.3_rate, Ballot::approve, 1_rate),
                            member(2, 0.6_rate, Ballot::abstain, 1_rate), silent(3, 0.1_rate)}),
                        Law{}));
}

} // namespace
} // namespace grekko::consensus
