#include "core/risk/mark.hpp"

#include <gtest/gtest.h>

#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

using events::BookState;
using events::StateCause;

MarkFindings found(const Scene& scene) {
    const Bounds limits = bounds(scene.settings, scene.book.limit_base);
    return on_mark(scene.state, scene.settings,
                   {scene.market, scene.instrument, scene.book, limits, scene.conditions.state});
}

TEST(OnMark, FindsNothingInACalmBook) {
    Scene scene;
    scene.position(agent_one, btc, 10_quantity);
    events::AgentRegistered registered;
    registered.agent = agent_one;
    registered.risk_tolerance = 0.5_rate;
    registered.allocation = 50'000_notional;
    scene.emit(registered);
    const MarkFindings result = found(scene);
    EXPECT_EQ(result.failed, 0U) << name(lowest(result.failed));
    EXPECT_EQ(result.wanted, BookState::active);
    EXPECT_FALSE(result.factor_changes);
}

TEST(LimitsKept, OfAnAgentEndWithTheLastOfItsAllocation) {
    Scene scene;
    scene.position(agent_one, btc, 10_quantity);
    const Notional gross = agent_gross(scene.state.valuation, agent_one);
    events::AgentRegistered registered;
    registered.agent = agent_one;
    registered.risk_tolerance = 1_rate;
    registered.allocation = gross;
    scene.emit(registered);
    const auto kept = [&] {
        return limits_kept(scene.state, scene.settings, scene.book.limit_base, agent_one);
    };
    EXPECT_TRUE(kept());
    registered.allocation = gross - 1_notional;
    scene.emit(registered);
    EXPECT_FALSE(kept());
    scene.settings.disabled = bit(Check::agent_gross);
    EXPECT_TRUE(kept());
}

TEST(OnMark, WantsTheStatesOfDayLossAndDrawdown) {
    struct Row {
        Rate day_return, drawdown;
        BookState wanted;
        StateCause cause;
        bool manual;
        Rate factor;
    };
    const Row rows[]{
        {-0.0299_rate, 0_rate, BookState::active, StateCause::none, false, 1_rate},
        {-0.03_rate, 0_rate, BookState::reducing, StateCause::day_loss, false, 1_rate},
        {-0.05_rate, 0_rate, BookState::halted, StateCause::day_loss, true, 1_rate},
        {0_rate, 0.0499_rate, BookState::active, StateCause::none, false, 1_rate},
        {0_rate, 0.05_rate, BookState::active, StateCause::none, false, 0.5_rate},
        {0_rate, 0.08_rate, BookState::reducing, StateCause::drawdown, true, 0.5_rate},
        {0_rate, 0.10_rate, BookState::halted, StateCause::drawdown, true, 0.5_rate},
        {-0.03_rate, 0.08_rate, BookState::reducing, StateCause::drawdown, true, 0.5_rate},
    };
    for (const Row& row : rows) {
        Scene scene;
        scene.book.day_return = row.day_return;
        scene.book.drawdown = row.drawdown;
        const MarkFindings result = found(scene);
        EXPECT_EQ(result.wanted, row.wanted) << row.day_return.to_string();
        EXPECT_EQ(result.cause, row.cause);
        EXPECT_EQ(result.manual, row.manual);
        EXPECT_EQ(result.factor, row.factor);
        scene.book.stale = true;
        EXPECT_EQ(found(scene).wanted, BookState::active) << "losses never move on a stale mark";
    }
}

TEST(OnMark, KeepsHalfSizeUntilTheDrawdownIsBelowFourPercent) {
    Scene scene;
    events::SizeFactorChanged half;
    half.factor = 0.5_rate;
    scene.emit(half);
    scene.book.drawdown = 0.04_rate;
    EXPECT_FALSE(found(scene).factor_changes);
    scene.book.drawdown = 0.0399_rate;
    EXPECT_TRUE(found(scene).factor_changes);
    EXPECT_EQ(found(scene).factor, 1_rate);
}

TEST(OnMark, BlocksIncreasesPastALimitAndReducesPastItsQuarterMore) {
    Scene scene;
    scene.position(agent_two, btc, 700_quantity);
    EXPECT_EQ(found(scene).failed & bit(Check::book_gross), 0U);
    EXPECT_TRUE(has(found(scene).failed, Check::instrument));
    scene.give_mark(btc, 115_price); // 80 500: past 80 %, by price alone
    EXPECT_TRUE(has(found(scene).failed, Check::book_gross));
    EXPECT_FALSE(has(found(scene).passed, Check::book_gross));
    scene.give_mark(btc, 143_price); // 100 100: past 1.25 x
    const MarkFindings result = found(scene);
    EXPECT_TRUE(has(result.passed, Check::book_gross));
    EXPECT_TRUE(has(result.passed, Check::instrument));
    EXPECT_EQ(result.wanted, BookState::reducing);
    EXPECT_EQ(result.cause, StateCause::limit_by_price);
    EXPECT_FALSE(result.manual);
}

TEST(OnMark, FindsTheSameUnderStricterBoundsUnlessOneOfThemFails) {
    Scene scene;
    scene.position(agent_one, btc, 10_quantity);
    events::AgentRegistered registered;
    registered.agent = agent_one;
    registered.risk_tolerance = 0.5_rate;
    registered.allocation = 50'000_notional;
    scene.emit(registered);
    const Bounds strict =
        bounds(scene.settings, multiply(scene.book.limit_base, 0.99_rate, Rounding::floor));
    const MarkContext context{scene.market, scene.instrument, scene.book, strict,
                              scene.conditions.state};
    const MarkFindings calm = on_mark(scene.state, scene.settings, context);
    EXPECT_FALSE(calm.limit_failed());
    EXPECT_EQ(calm.failed, found(scene).failed);
    EXPECT_EQ(calm.wanted, found(scene).wanted);
    scene.position(agent_one, btc, 1'000_quantity);
    EXPECT_TRUE(on_mark(scene.state, scene.settings, context).limit_failed());
}

TEST(OnMark, NamesTheAgentsPastTheirGross) {
    Scene scene;
    events::AgentRegistered registered;
    registered.agent = agent_two;
    registered.risk_tolerance = 0.5_rate;
    registered.allocation = 20'000_notional;
    scene.emit(registered);
    scene.position(agent_two, btc, 201_quantity);
    MarkFindings result = found(scene);
    ASSERT_EQ(result.agents.size(), 1U);
    EXPECT_EQ(result.agents[0].agent, agent_two);
    EXPECT_FALSE(result.agents[0].passed);
    scene.give_mark(btc, 130_price);
    result = found(scene);
    ASSERT_EQ(result.agents.size(), 1U);
    EXPECT_TRUE(result.agents[0].passed);
}

TEST(OnMark, LooksAtDataOnlyWhereSomethingIsExposed) {
    Scene scene;
    scene.market.best.gapped = true;
    scene.market.spread = 0.05_rate;
    scene.market.vwap_1min = 90_price;
    EXPECT_EQ(found(scene).failed, 0U);
    scene.position(house_agent, btc, 1_quantity);
    EXPECT_EQ(found(scene).failed,
              bit(Check::data_age) | bit(Check::book_sane) | bit(Check::collar));
}

TEST(OnMark, SaysWhatOfTheMarketForbidsIncreases) {
    Scene scene;
    EXPECT_EQ(market_failures(scene.settings, scene.market), 0U);
    scene.market.best.two_sided = false;
    EXPECT_EQ(market_failures(scene.settings, scene.market), bit(Check::book_sane));
    scene.market.vwap_1min = 90_price;
    EXPECT_EQ(market_failures(scene.settings, scene.market),
              bit(Check::book_sane) | bit(Check::collar));
    scene.settings.disabled = bit(Check::book_sane);
    EXPECT_EQ(market_failures(scene.settings, scene.market), bit(Check::collar));
}

TEST(OnMark, LeavesOutWhatIsDisabled) {
    Scene scene;
    scene.position(house_agent, btc, 900_quantity);
    scene.book.day_return = -0.06_rate;
    scene.book.drawdown = 0.2_rate;
    scene.settings.disabled = ~CheckSet{0};
    const MarkFindings result = found(scene);
    EXPECT_EQ(result.failed, 0U);
    EXPECT_EQ(result.wanted, BookState::active);
}

} // namespace
} // namespace grekko::risk::tests
