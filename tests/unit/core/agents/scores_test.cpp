#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

const Skill& skill_of(const Desk& desk, std::uint16_t agent) {
    return desk.agent(AgentId{agent}).skill;
}

TEST(Scores, FollowTheFormula) {
    Desk desk(2);
    // r = 0.5 %, 2σ = 2 %: r̃ = 0.25, x = 0.4, u = 1.
    desk.judge(desk.observed(2, Ballot::approve, 0.4_rate), 100.5_price);
    EXPECT_EQ(skill_of(desk, 2).numerator, 0.1_d);
    EXPECT_EQ(skill_of(desk, 2).denominator, 0.16_d);
    EXPECT_EQ(slope(desk.settings, skill_of(desk, 2)),
              divide(10.1_d, 200.16_d, Rounding::half_even));
    EXPECT_EQ(skill_of(desk, 2).votes, 1U);
    EXPECT_EQ(skill_of(desk, 2).hits, 1U);
    // x̂ = 0.05 · 0.4 = 0.02; 2 · 0.02 · 0.25 − 0.02².
    EXPECT_EQ(skill_of(desk, 2).quadratic, 0.0096_d);
    desk.judge(desk.observed(2, Ballot::reject, 0.4_rate), 100.5_price);
    EXPECT_EQ(skill_of(desk, 2).numerator,
              multiply(0.1_d, desk.settings.skill_decay, Rounding::half_even) - 0.1_d);
    EXPECT_EQ(skill_of(desk, 2).hits, 1U);
}

TEST(Scores, ForgetHalfIn500Votes) {
    Decimal left = 1_d;
    for (int i = 0; i < 500; ++i)
        left = multiply(left, Settings{}.skill_decay, Rounding::half_even);
    EXPECT_LE((left - 0.5_d).abs(), 0.000000000000001_d);
}

TEST(Scores, CountTheCostAndTheSide) {
    Desk desk(2);
    const IntentId round = desk.open_round();
    desk.vote(round, 2, Ballot::approve, 1_rate);
    const Intent sell{.instrument = btc,
                      .delta = -1_quantity,
                      .stop = 105_price,
                      .horizon = Duration::minutes(1)};
    const auto seen = observe(desk.state, round, sell,
                              {.now = desk.now(), .market = Desk::market(), .cost = 0.002_rate});
    EXPECT_EQ(seen->exit_at, desk.now() + Duration::minutes(1));
    desk.emit(*seen);
    const auto scored = score(desk.state, desk.settings, round, Desk::mark(99_price));
    ASSERT_EQ(scored.size(), 1U);
    EXPECT_EQ(scored[0].outcome, 0.4_rate) << "(1 % − 0.2 %) / 2 %";
    EXPECT_EQ(score(desk.state, desk.settings, round, Desk::mark(150_price))[0].outcome, -1_rate);
}

TEST(Scores, OverlappingVotesShareOneObservation) {
    Desk desk(2);
    const IntentId first = desk.observed(2, Ballot::approve, 1_rate);
    const IntentId second = desk.observed(2, Ballot::approve, 1_rate);
    const auto share = [&](IntentId round) {
        return score(desk.state, desk.settings, round, Desk::mark(101_price))[0].share;
    };
    EXPECT_EQ(share(first), 0.5_rate);
    desk.judge(first, 101_price);
    EXPECT_EQ(share(second), 1_rate);
}

TEST(Scores, AGapScoresNothing) {
    Desk desk(2);
    const IntentId round = desk.observed(2, Ballot::approve, 1_rate);
    for (const auto& event : score(desk.state, desk.settings, round, Mark{}))
        desk.emit(event);
    EXPECT_EQ(skill_of(desk, 2).votes, 0U);
    EXPECT_TRUE(desk.state.observed.empty());
    EXPECT_TRUE(desk.state.unresolved.empty());
    EXPECT_TRUE(next_exit(desk.state).is_none());
}

TEST(Scores, AbstentionsAreNotJudged) {
    Desk desk(3);
    const IntentId round = desk.open_round();
    desk.vote(round, 2, Ballot::abstain, 1_rate);
    desk.vote(round, 3, Ballot::approve, 0.049_rate);
    const Intent intent{.instrument = btc, .delta = 1_quantity, .horizon = Duration::minutes(1)};
    desk.emit(*observe(desk.state, round, intent, {.now = desk.now(), .market = Desk::market()}));
    desk.close(round);
    EXPECT_TRUE(desk.state.observed.empty());
    EXPECT_TRUE(desk.state.stated.empty());
}

TEST(Scores, WithoutMarkOrVolatilityNothingIsObserved) {
    const Intent intent{.instrument = btc, .delta = 1_quantity, .horizon = Duration::minutes(1)};
    ObserveContext context{.market = Desk::market()};
    EXPECT_TRUE(observe(State{}, IntentId{1}, intent, context));
    context.market.sigma_1min = {};
    EXPECT_FALSE(observe(State{}, IntentId{1}, intent, context));
    context.market = Desk::market();
    context.market.mark = {};
    EXPECT_FALSE(observe(State{}, IntentId{1}, intent, context));
}

TEST(Scores, EndAtTheHorizonOrAtTheFirstMarkAtTheStop) {
    Desk desk(2);
    const IntentId near = desk.observed(2, Ballot::approve, 1_rate, 98_price);
    desk.pass(Duration::seconds(1));
    const IntentId far = desk.observed(2, Ballot::approve, 1_rate, 90_price);
    EXPECT_FALSE(touched(desk.state, btc, 98.01_price));
    EXPECT_TRUE(touched(desk.state, btc, 98_price));
    EXPECT_FALSE(touched(desk.state, eth, 1_price));
    EXPECT_EQ(due(desk.state, btc, 98_price), std::vector{near});
    EXPECT_EQ(due(desk.state, btc, 90_price), (std::vector{near, far}));
    EXPECT_TRUE(due(desk.state, desk.now()).empty());
    EXPECT_EQ(next_exit(desk.state), desk.now() + Duration::seconds(59));
    EXPECT_EQ(due(desk.state, desk.now() + Duration::seconds(59)), std::vector{near});
    EXPECT_EQ(due(desk.state, desk.now() + Duration::seconds(60)), (std::vector{near, far}));
    desk.judge(near, 98_price);
    EXPECT_FALSE(touched(desk.state, btc, 98_price));
    EXPECT_TRUE(touched(desk.state, btc, 90_price));
}

TEST(Scores, NewCodeKeepsHalf) {
    Desk desk(2);
    desk.judge(desk.observed(2, Ballot::approve, 0.4_rate), 100.5_price);
    desk.start(AgentId{2}, "code of 2", CutKind::reload);
    EXPECT_EQ(skill_of(desk, 2).numerator, 0.1_d) << "the same code";
    desk.start(AgentId{2}, "other", CutKind::reload);
    EXPECT_EQ(skill_of(desk, 2).numerator, 0.05_d);
    EXPECT_EQ(skill_of(desk, 2).denominator, 0.08_d);
}

TEST(Scores, SkillStaysBetweenAQuarterAndFour) {
    EXPECT_EQ(skill(Settings{}, Skill{}), 1_rate);
    EXPECT_EQ(skill(Settings{}, {.numerator = -100_d, .denominator = 100_d}), 0.25_rate);
    EXPECT_EQ(skill(Settings{}, {.numerator = 100_d, .denominator = 100_d}), 4_rate);
}

// 1 000 votes without information end near half weight, 300 wrong ones at the floor.
TEST(Scores, AreAsSlowAsTheyShallBe) {
    const auto after = [](int votes, auto exit) {
        Desk desk(2);
        for (int i = 0; i < votes; ++i) {
            desk.judge(desk.observed(2, Ballot::approve, 0.5_rate), exit(i));
        }
        return skill(desk.settings, desk.agent(AgentId{2}).skill);
    };
    const Rate idle = after(1000, [](int i) { return i % 2 == 0 ? 101_price : 99_price; });
    EXPECT_GT(idle, 0.45_rate);
    EXPECT_LT(idle, 0.75_rate);
    EXPECT_EQ(after(300, [](int) { return 99.8_price; }), 0.25_rate);
    EXPECT_GT(after(1000, [](int) { return 100.3_price; }), 1.5_rate);
}

// Twice the confidence halves the slope before shrinking; the prior lets a part of it through.
TEST(Scores, ShoutingIsRecalibrated) {
    const auto after = [](Rate confidence, int votes) {
        Desk desk(2);
        for (int i = 0; i < votes; ++i) {
            desk.judge(desk.observed(2, Ballot::approve, confidence), 100.4_price);
        }
        return desk.agent(AgentId{2}).skill;
    };
    const Skill low = after(0.45_rate, 1500), high = after(0.9_rate, 1500);
    const auto unshrunk = [](const Skill& skill) {
        return divide(skill.numerator, skill.denominator, Rounding::half_even);
    };
    EXPECT_LE((multiply(unshrunk(high), 2) - unshrunk(low)).abs(), 0.000000000001_d);
    const auto share = [&](int votes) {
        return divide(slope(Settings{}, after(0.9_rate, votes)),
                      slope(Settings{}, after(0.45_rate, votes)), Rounding::half_even);
    };
    EXPECT_GT(share(10), 0.98_d) << "few votes: the prior rules";
    EXPECT_LT(share(1500), share(300));
    // 631.6 votes are remembered: (10 + 113.7) / (200 + 511.6) against (10 + 56.8) / (200 + 127.9).
    EXPECT_GT(share(1500), 0.852_d);
    EXPECT_LT(share(1500), 0.854_d);
}

TEST(Scores, FiguresShowHitsAndTValue) {
    Desk desk(2);
    for (int i = 0; i < 100; ++i) {
        desk.judge(desk.observed(2, Ballot::approve, 0.5_rate),
                   i % 4 == 0 ? 99.5_price : 100.5_price);
    }
    const Figures shown = figures(desk.settings, desk.agent(AgentId{2}).skill);
    EXPECT_EQ(shown.votes, 100U);
    EXPECT_EQ(shown.hit_rate, 0.75_rate);
    EXPECT_GT(shown.effective, 90_d);
    EXPECT_LT(shown.effective, 100_d);
    EXPECT_GT(shown.t_value, 2_d);
    EXPECT_GT(shown.quadratic, 0_d);
    EXPECT_EQ(figures(desk.settings, Skill{}).t_value, 0_d);
}

} // namespace
} // namespace grekko::agents
