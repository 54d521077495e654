#include <gtest/gtest.h>

#include "unit/core/consensus/table.hpp"

namespace grekko::consensus {
namespace {

TEST(Rounds, AnApprovedIncreasePassesWithItsFullRecord) { // G107
    Table table;
    const IntentId id = table.propose(table.increase(1));
    const Round* round = find_round(table.state, id);
    ASSERT_NE(round, nullptr);
    EXPECT_EQ(round->members.size(), 3U);
    EXPECT_TRUE(round->members[0].answered) << "the proposer approves its own";
    EXPECT_EQ(round->deadline, table.now() + Duration::milliseconds(500));
    EXPECT_FALSE(table.close(id));
    table.pass(Duration::milliseconds(20));
    table.cast(id, 2, Ballot::approve, 0.5_rate);
    EXPECT_FALSE(table.close(id)) << "a full rejection could still stop it";
    table.cast(id, 3, Ballot::abstain);
    const auto closed = table.close(id);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->outcome, RoundOutcome::passed);
    EXPECT_EQ(closed->quantity, 10_quantity);
    EXPECT_EQ(closed->took, Duration::milliseconds(20));
    EXPECT_EQ(closed->mark, 100_price);
    EXPECT_EQ(closed->abstentions, 1);
    EXPECT_TRUE(closed->quorate);
    EXPECT_EQ(success_rate(table.state), 1_rate);
}

TEST(Rounds, AreClosedExactlyOnce) { // G115
    Table table;
    const IntentId id = table.propose(table.increase(1));
    table.cast(id, 2, Ballot::approve);
    table.cast(id, 3, Ballot::approve);
    ASSERT_TRUE(table.close(id));
    for (const CloseCause cause : {CloseCause::vote, CloseCause::deadline, CloseCause::finalize}) {
        EXPECT_FALSE(table.close(id, cause));
    }
    EXPECT_FALSE(withdraw(table.state, table.settings, id, RoundOutcome::cancelled, table.market));
    const OpenContext context{.now = table.now(), .electorate = table.electors};
    EXPECT_FALSE(open_round(table.state, table.settings, id, context));
}

TEST(Rounds, CloseAtTheDeadlineWithTheVotesPresent) { // G114
    Table table;
    const IntentId id = table.propose(table.increase(1));
    table.cast(id, 2, Ballot::approve);
    table.pass(Duration::milliseconds(499));
    EXPECT_FALSE(table.close(id, CloseCause::deadline));
    EXPECT_TRUE(overdue(table.state, table.now()).empty());
    table.pass(Duration::milliseconds(1));
    EXPECT_EQ(overdue(table.state, table.now()), std::vector{id});
    const auto closed = table.close(id, CloseCause::deadline);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->outcome, RoundOutcome::passed);
    EXPECT_EQ(closed->misses, 1);
}

TEST(Rounds, TheDeadlineIsTheTtlWhereThatIsShorter) {
    Table table;
    Intent intent = table.increase(1);
    intent.ttl = Duration::milliseconds(100);
    const IntentId id = table.propose(intent);
    EXPECT_EQ(find_round(table.state, id)->deadline, table.now() + Duration::milliseconds(100));
}

TEST(Rounds, ALateVoteIsRecordedAndNotCounted) { // G114
    Table table;
    const IntentId id = table.propose(table.increase(1));
    table.pass(Duration::milliseconds(501));
    const auto late = table.cast(id, 2, Ballot::reject, 1_rate);
    ASSERT_TRUE(late);
    EXPECT_TRUE(late->late);
    EXPECT_FALSE(late->counted);
    const auto closed = table.close(id, CloseCause::deadline);
    EXPECT_EQ(closed->outcome, RoundOutcome::no_quorum);
    EXPECT_EQ(closed->misses, 2);
    const auto later = table.cast(id, 3, Ballot::approve);
    ASSERT_TRUE(later);
    EXPECT_TRUE(later->late);
    EXPECT_EQ(later->after, Duration::milliseconds(501));
    EXPECT_EQ(success_rate(table.state), Rate{});
}

TEST(Rounds, AVoteAfterAnEarlyCloseIsInTimeButNotCounted) {
    Table table(4);
    const IntentId id = table.propose(table.increase(1, 10_quantity, 1_rate));
    table.cast(id, 2, Ballot::approve, 1_rate);
    table.cast(id, 3, Ballot::approve, 1_rate);
    ASSERT_TRUE(table.close(id));
    const auto vote = table.cast(id, 4, Ballot::approve, 1_rate);
    ASSERT_TRUE(vote);
    EXPECT_FALSE(vote->late);
    EXPECT_FALSE(vote->counted);
}

TEST(Rounds, TheFirstValidVoteCounts) {
    Table table;
    const IntentId id = table.propose(table.increase(1));
    EXPECT_FALSE(table.cast(id, 2, Ballot::approve, 1.1_rate)) << "no confidence is above 1";
    EXPECT_FALSE(table.cast(id, 2, Ballot::approve, 0.5_rate, -0.1_rate));
    EXPECT_FALSE(table.cast(id, 2, static_cast<Ballot>(9)));
    EXPECT_TRUE(table.cast(id, 2, Ballot::approve)->counted);
    EXPECT_FALSE(table.cast(id, 2, Ballot::reject)->counted);
    EXPECT_FALSE(table.cast(id, 1, Ballot::reject)->counted) << "the proposer has voted";
    EXPECT_FALSE(table.cast(id, 9, Ballot::reject)->counted) << "not eligible";
    EXPECT_FALSE(table.cast(IntentId{999}, 2, Ballot::reject)) << "no such round";
    EXPECT_EQ(find_round(table.state, id)->members[1].ballot, Ballot::approve);
}

TEST(Rounds, FinalizeClosesNowAndForcesNothing) {
    Table table;
    const IntentId id = table.propose(table.increase(1));
    const auto closed = table.close(id, CloseCause::finalize);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->outcome, RoundOutcome::no_quorum);
    EXPECT_EQ(closed->quantity, Quantity{});
}

TEST(Rounds, OfOneInstrumentAreDecidedInTheOrderOfOpening) {
    Table table;
    const IntentId first = table.propose(table.increase(1));
    const IntentId second = table.propose(table.increase(2));
    Intent elsewhere = table.increase(3);
    elsewhere.instrument = eth;
    const IntentId other = table.propose(elsewhere);
    table.cast(second, 1, Ballot::approve);
    table.cast(second, 3, Ballot::approve);
    table.cast(other, 1, Ballot::approve);
    table.cast(other, 2, Ballot::approve);
    EXPECT_FALSE(table.close(second));
    EXPECT_FALSE(table.close(second, CloseCause::finalize));
    EXPECT_TRUE(table.close(other)) << "another instrument does not wait";
    EXPECT_EQ(up_to(table.state, second), (std::vector{first, second}));
    EXPECT_EQ(front(table.state, btc), first);
    ASSERT_TRUE(table.close(first, CloseCause::finalize));
    EXPECT_EQ(front(table.state, btc), second);
    EXPECT_TRUE(table.close(second));
    EXPECT_FALSE(front(table.state, btc));
}

TEST(Rounds, ANewerIntentSupersedesAnUndecidedOne) {
    Table table;
    const IntentId first = table.propose(table.increase(1));
    table.pass(Duration::seconds(1));
    const IntentId second = table.propose(table.increase(1, 12_quantity));
    EXPECT_EQ(find_intent(table.state, first)->outcome, RoundOutcome::superseded);
    EXPECT_EQ(undecided(table.state, AgentId{1}, btc), second);
    EXPECT_EQ(undecided(table.state, AgentId{1}), std::vector{second});
    EXPECT_EQ(table.state.open.size(), 1U);
}

TEST(Rounds, AMoveAgainstTheAgentMakesThePriceStale) {
    const auto after = [](Price mark, auto change) {
        Table table;
        change(table);
        const IntentId id = table.propose(table.increase(1));
        table.cast(id, 2, Ballot::approve);
        table.cast(id, 3, Ballot::approve);
        table.move_mark(mark);
        return table.close(id)->outcome;
    };
    const auto nothing = [](Table&) {};
    EXPECT_EQ(after(100.05_price, nothing), RoundOutcome::passed) << "5 bp is tolerated";
    EXPECT_EQ(after(100.06_price, nothing), RoundOutcome::stale_price);
    EXPECT_EQ(after(90_price, nothing), RoundOutcome::passed) << "a better price is no reason";
    EXPECT_EQ(after(100.3_price, [](Table& t) { t.market.spread = 0.002_rate; }),
              RoundOutcome::passed);
    EXPECT_EQ(after(100.31_price, [](Table& t) { t.market.spread = 0.002_rate; }),
              RoundOutcome::stale_price);
    EXPECT_EQ(after(100.2_price, [](Table& t) { t.market.sigma_1min = 0.004_rate; }),
              RoundOutcome::passed);
    EXPECT_EQ(after(100.21_price, [](Table& t) { t.market.sigma_1min = 0.004_rate; }),
              RoundOutcome::stale_price);
}

TEST(Rounds, ADecisionThatComesTooLateIsExpired) {
    Table table;
    const IntentId id = table.propose(table.increase(1));
    table.cast(id, 2, Ballot::approve);
    table.pass(Duration::seconds(2));
    const IntentRecord record = *find_intent(table.state, id);
    EXPECT_EQ(freshness(table.settings, record, table.market), RoundOutcome::passed);
    table.pass(Duration::nanoseconds(1));
    EXPECT_EQ(freshness(table.settings, record, table.market), RoundOutcome::expired);
    EXPECT_EQ(table.close(id, CloseCause::deadline)->outcome, RoundOutcome::expired);
    EXPECT_EQ(find_intent(table.state, id)->decided, Quantity{});
}

TEST(Rounds, AFreshOppositeIncreaseNeedsTenPointsMore) {
    Table table;
    const IntentId bought = table.propose(table.increase(1));
    table.cast(bought, 2, Ballot::approve);
    table.cast(bought, 3, Ballot::approve);
    const auto closed = table.close(bought);
    EXPECT_EQ(closed->guard_until, table.now() + Duration::minutes(15)) << "a quarter of 1 h";
    const IntentId sold = table.propose(table.increase(2, -10_quantity));
    EXPECT_EQ(find_round(table.state, sold)->churn, 0.10_rate);
    EXPECT_EQ(find_round(table.state, table.propose(table.increase(3)))->churn, Rate{});
    table.pass(Duration::minutes(15));
    EXPECT_EQ(find_round(table.state, table.propose(table.increase(2, -11_quantity)))->churn,
              Rate{});
}

TEST(Rounds, AVetoNeedsARightAReasonAndIsCounted) {
    Table table;
    table.settings.vetoes = {{.agent = AgentId{3}, .instrument = btc}};
    table.settings.vetoes_per_day = 1;
    IntentId id = table.propose(table.increase(1));
    EXPECT_EQ(table.cast(id, 2, Ballot::veto)->vote.ballot, Ballot::reject) << "no right";
    EXPECT_EQ(table.cast(id, 3, Ballot::veto)->vote.ballot, Ballot::veto);
    const auto closed = table.close(id);
    EXPECT_EQ(closed->outcome, RoundOutcome::vetoed);
    EXPECT_EQ(closed->vetoed_by, AgentId{3});

    table.pass(Duration::seconds(1));
    id = table.propose(table.increase(1));
    EXPECT_EQ(table.cast(id, 3, Ballot::veto)->vote.ballot, Ballot::reject) << "one a day";
    table.close(id, CloseCause::finalize);
    table.pass(Duration::days(1));
    id = table.propose(table.increase(1));
    EXPECT_EQ(table.cast(id, 3, Ballot::veto, 0.5_rate, 1_rate, "")->vote.ballot, Ballot::reject)
        << "no reason";
    table.close(id, CloseCause::finalize);
    table.pass(Duration::seconds(1));
    id = table.propose(table.increase(1));
    EXPECT_EQ(table.cast(id, 3, Ballot::veto)->vote.ballot, Ballot::veto) << "a new day";
}

TEST(Rounds, AVetoHolderIsWaitedForAndItsSilenceRefuses) {
    Table table;
    table.settings.vetoes = {{.agent = AgentId{9}}}; // not in the electorate: absent
    const IntentId id = table.propose(table.increase(1));
    table.cast(id, 2, Ballot::approve);
    table.cast(id, 3, Ballot::approve);
    EXPECT_FALSE(table.close(id));
    table.pass(Duration::milliseconds(500));
    EXPECT_EQ(table.close(id)->outcome, RoundOutcome::veto_missing);
    table.pass(Duration::seconds(1));
    const IntentId other = table.propose(table.increase(1));
    table.cast(other, 2, Ballot::approve);
    table.cast(other, 3, Ballot::approve);
    EXPECT_TRUE(table.cast(other, 9, Ballot::abstain)->counted);
    EXPECT_EQ(table.close(other)->outcome, RoundOutcome::passed);
}

TEST(Rounds, AVetoCoversItsSideAndNotItsOwnProposal) {
    Table table;
    table.settings.vetoes = {{.agent = AgentId{1}}, {.agent = AgentId{2}, .buys = false}};
    const IntentId id = table.propose(table.increase(1));
    for (const Member& member : find_round(table.state, id)->members)
        EXPECT_FALSE(member.veto);
    const IntentId sells = table.propose(table.increase(3, -10_quantity));
    EXPECT_TRUE(find_round(table.state, sells)->members[0].veto);
    EXPECT_TRUE(find_round(table.state, sells)->members[1].veto);
}

TEST(Rounds, AnOwnIntentSpeaksForItsSilentAgentWhicheverOpenedFirst) {
    Table table;
    const IntentId first = table.propose(table.increase(1));
    const IntentId second = table.propose(table.increase(2));
    EXPECT_TRUE(find_round(table.state, first)->members[1].holds_intent);
    EXPECT_TRUE(find_round(table.state, second)->members[0].holds_intent);
    table.pass(Duration::milliseconds(500));
    EXPECT_EQ(table.close(first, CloseCause::deadline)->outcome, RoundOutcome::passed);
    const auto closed = table.close(second, CloseCause::deadline);
    EXPECT_EQ(closed->outcome, RoundOutcome::passed);
    EXPECT_EQ(closed->misses, 2);
}

} // namespace
} // namespace grekko::consensus
