#include "core/risk/valuation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

TEST(Valuation, StaysWithinOneAndAQuarterBasisPointsAboveTheMark) {
    Scene scene;
    scene.position(agent_one, btc, 1_quantity);
    for (int i = 1; i < 2'000; ++i) {
        const Price price{Decimal::from_units(i * 7'919, -3)};
        scene.give_mark(btc, price);
        const Notional value = scene.state.valuation.gross;
        EXPECT_GE(value.decimal(), price.decimal());
        EXPECT_LE(value.decimal(), multiply(price.decimal(), 1.000125_d, Rounding::ceiling));
    }
}

TEST(Valuation, ChangesNothingWhileTheMarkStaysInItsCell) {
    Scene scene;
    scene.position(agent_one, btc, 1_quantity);
    EXPECT_FALSE(mark(scene.state, btc, {100_price, 1_rate}));
    EXPECT_FALSE(mark(scene.state, btc, {100.0001_price, 1_rate}));
    EXPECT_TRUE(mark(scene.state, btc, {100.1_price, 1_rate}));
    EXPECT_TRUE(mark(scene.state, btc, {100.1_price, 0.99_rate})) << "the currency moved";
    EXPECT_FALSE(mark(scene.state, btc, {Price{}, 1_rate})) << "no mark is no news";
}

TEST(Valuation, KeepsTheScaleItKnewWhereTheQuoteCurrencyHasNoMark) {
    Scene scene;
    scene.position(agent_one, btc, 1_quantity);
    EXPECT_FALSE(mark(scene.state, btc, {100_price, Rate{}}));
    EXPECT_TRUE(mark(scene.state, btc, {200_price, Rate{}}));
    EXPECT_GE(scene.state.valuation.gross, 200_notional);
}

// After a restart what has not been marked yet counted as nothing, for every limit.
TEST(Valuation, CountsWhatIsHeldWithoutAMark) {
    Scene scene;
    scene.position(agent_one, btc, 1_quantity);
    scene.position(agent_one, eth, 1_quantity);
    EXPECT_EQ(scene.state.valuation.unpriced, 0U);
    State loaded;
    ASSERT_TRUE(archive_load(loaded, archive_save(scene.state)));
    assign_clusters(loaded, universe(), scene.settings);
    mark(loaded, btc, {100_price, 1_rate});
    EXPECT_EQ(loaded.valuation.unpriced, 1U);
    mark(loaded, eth, {100_price, Rate{}});
    EXPECT_EQ(loaded.valuation.unpriced, 1U) << "a scale of zero is none";
    mark(loaded, eth, {100_price, 1_rate});
    EXPECT_EQ(loaded.valuation.unpriced, 0U);
    EXPECT_EQ(loaded.valuation.gross, scene.state.valuation.gross);
}

TEST(Valuation, SumsHeatFromMarkToStops) {
    Scene scene;
    scene.arm_stop(agent_one, 10_quantity, 95_price);
    EXPECT_GE(scene.state.valuation.heat, 50_notional);
    EXPECT_LE(scene.state.valuation.heat, 50.2_notional);
    scene.give_mark(btc, 90_price);
    EXPECT_TRUE(scene.state.valuation.heat.is_zero());
}

TEST(Valuation, CountsPendingIncreasesToTheirStops) {
    Scene scene;
    events::IntentProposed proposed;
    proposed.id = IntentId{1};
    proposed.intent.agent = agent_one;
    proposed.intent.instrument = btc;
    proposed.intent.reference = 100_price;
    proposed.intent.stop = 97_price;
    scene.emit(proposed);
    const ParentId parent = scene.open_parent(agent_one, Side::buy, Purpose::increase, 10_quantity);
    EXPECT_EQ(scene.state.valuation.heat, 30_notional);
    events::ParentClosed closed;
    closed.parent = parent;
    scene.emit(closed);
    EXPECT_TRUE(scene.state.valuation.heat.is_zero());
}

TEST(Valuation, MovesAnInstrumentBetweenClusters) {
    Scene scene;
    scene.position(agent_one, btc, 1_quantity);
    const Notional worst = scene.state.valuation.gross;
    EXPECT_EQ(cluster_gross(scene.state.valuation, 1), worst);
    set_cluster(scene.state.valuation, btc, 7);
    EXPECT_TRUE(cluster_gross(scene.state.valuation, 1).is_zero());
    EXPECT_EQ(cluster_gross(scene.state.valuation, 7), worst);
}

TEST(Valuation, LeavesStablecoinsOutOfTheClusterOfCoins) {
    Universe universe = tests::universe();
    universe.instruments[2].base = "USDC";
    const State state = initial_state(universe, Settings{});
    EXPECT_EQ(valued(state.valuation, btc).cluster, 1);
    EXPECT_EQ(valued(state.valuation, eth).cluster, 0);
}

// However it came about, the valuation is what the state and the last marks make of it.
RC_GTEST_PROP(Valuation, DependsOnTheLatestMarksAlone, ()) {
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(rc::gen::tuple(
        rc::gen::inRange(0, 3), rc::gen::inRange(0, 4), rc::gen::inRange(-50, 50)));
    Scene scene;
    Price marks[3]{{}, 100_price, 100_price};
    for (const auto& [kind, pick, size] : steps) {
        const InstrumentId id = pick % 2 == 0 ? btc : eth;
        if (kind == 0) {
            marks[id.value()] = Price{Decimal::from_units(10'000 + size * 7, -2)};
            scene.give_mark(id, marks[id.value()]);
        } else {
            scene.position(pick < 2 ? agent_one : agent_two, id, Quantity::whole(size));
        }
    }
    State fresh = initial_state(universe(), Settings{});
    RC_ASSERT(archive_load(fresh, archive_save(scene.state)));
    assign_clusters(fresh, universe(), Settings{});
    mark(fresh, btc, {marks[1], 1_rate});
    mark(fresh, eth, {marks[2], 1_rate});
    const Valuation& a = scene.state.valuation;
    const Valuation& b = fresh.valuation;
    RC_ASSERT(a.gross == b.gross);
    RC_ASSERT(a.long_net == b.long_net);
    RC_ASSERT(a.short_net == b.short_net);
    RC_ASSERT(agent_gross(a, agent_one) == agent_gross(b, agent_one));
    RC_ASSERT(cluster_gross(a, 1) == cluster_gross(b, 1));
}

}  // namespace
}  // namespace grekko::risk::tests
