#include <gtest/gtest.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

std::vector<Elector> electors(const Desk& desk) {
    std::vector<Elector> out;
    electorate(desk.state, desk.settings, btc, out);
    return out;
}

TEST(Votes, WeightIsParticipationTimesAttendanceTimesSkill) { // S9
    Agent agent;
    agent.participation = 0.5_rate;
    agent.attendance = 0.8_rate;
    EXPECT_EQ(weight(Settings{}, agent), 0.4_rate) << "skill starts at 1";
    agent.skill.denominator = 200_d; // β = 10 / 400
    EXPECT_EQ(weight(Settings{}, agent), 0.2_rate);
}

TEST(Votes, TheElectorateIsActiveListedAndOfSomeWeight) {
    Desk desk(5);
    desk.set_status(AgentId{2}, AgentStatus::absent);
    desk.set_status(AgentId{3}, AgentStatus::disabled);
    desk.emit(*change_setting(
        desk.state,
        {.kind = CommandKind::agent_participation, .agent = AgentId{4}, .value = Rate{}}));
    const std::vector<Elector> found = electors(desk);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].agent, AgentId{1});
    EXPECT_EQ(found[1].agent, AgentId{5});
    EXPECT_EQ(found[1].weight, 1_rate);
    EXPECT_EQ(found[1].group, 5);
}

TEST(Votes, AttendanceHalvesInFiftyMisses) {
    Desk desk(2);
    desk.settings.absent_after = 255;
    for (int i = 0; i < 50; ++i)
        desk.miss(desk.open_round());
    const Rate attendance = desk.agent(AgentId{2}).attendance;
    EXPECT_LE((attendance - 0.5_rate).abs(), 0.000000000000001_rate);
    EXPECT_EQ(desk.agent(AgentId{1}).attendance, 1_rate) << "nobody is asked about its own";
    for (int i = 0; i < 50; ++i)
        desk.vote(desk.open_round(), 2, Ballot::abstain);
    EXPECT_LE((desk.agent(AgentId{2}).attendance - 0.75_rate).abs(), 0.000000000000001_rate);
}

TEST(Votes, ThreeMissesMakeAbsentAndThreeAnswersBringBack) {
    Desk desk(3);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(desk.agent(AgentId{3}).status, AgentStatus::active);
        const IntentId round = desk.open_round();
        desk.vote(round, 2, Ballot::abstain);
        desk.miss(round);
        desk.close(round);
    }
    EXPECT_EQ(desk.agent(AgentId{3}).status, AgentStatus::absent);
    EXPECT_EQ(electors(desk).size(), 2U);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(desk.agent(AgentId{3}).status, AgentStatus::absent);
        const IntentId round = desk.open_round();
        EXPECT_EQ(asked(desk.state, round).size(), 2U) << "as a shadow";
        desk.vote(round, 3, Ballot::approve);
    }
    EXPECT_EQ(desk.agent(AgentId{3}).status, AgentStatus::active);
    EXPECT_EQ(electors(desk).size(), 3U);
}

TEST(Votes, AnAnswerAfterAnEarlyCloseIsNoMiss) {
    Desk desk(3);
    const IntentId round = desk.open_round();
    desk.vote(round, 2, Ballot::approve);
    desk.close(round);
    const events::VoteCast after{.round = round, .vote = {.agent = AgentId{3}}, .counted = false};
    desk.emit(after);
    desk.emit(answered(desk.state, desk.settings, after)->change);
    EXPECT_TRUE(missed(desk.state, desk.settings, round).empty());
    EXPECT_EQ(desk.agent(AgentId{3}).misses, 0);
    EXPECT_FALSE(answered(desk.state, desk.settings, after)) << "once a round";
}

TEST(Votes, ALateAnswerIsAMiss) {
    Desk desk(2);
    const IntentId round = desk.open_round();
    const events::VoteCast late{
        .round = round, .vote = {.agent = AgentId{2}}, .late = true, .counted = false};
    EXPECT_FALSE(answered(desk.state, desk.settings, late));
    desk.miss(round);
    EXPECT_EQ(desk.agent(AgentId{2}).misses, 1);
}

TEST(Votes, AWithdrawnRoundIsMissedByNobody) {
    Desk desk(2);
    const IntentId round = desk.open_round();
    desk.close(round, events::RoundOutcome::superseded);
    EXPECT_TRUE(missed(desk.state, desk.settings, round).empty());
}

TEST(Votes, AnAgentThatStopsIsNotWaitedFor) {
    Desk desk(2);
    const IntentId round = desk.open_round();
    desk.set_status(AgentId{2}, AgentStatus::disabled);
    EXPECT_TRUE(missed(desk.state, desk.settings, round).empty());
    EXPECT_TRUE(desk.state.waiting.empty());
}

} // namespace
} // namespace grekko::agents
