// covers: adapters/paper/bar_model.hpp
// Every row of "Fills on bars" in the trading rules, by hand: tick 1, half spread 1 (1 bp of
// 10 000), bars of a minute, so that the tolerance after an opening is 5 s.
#include "stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grekko::paper::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Told = std::vector<std::string>;
constexpr grekko_time t1 = t0 + minute;
constexpr grekko_time t2 = t1 + minute;
constexpr grekko_time t3 = t2 + minute;

class BarModelTest : public testing::Test {
protected:
    Stage stage{plain()};
    void calm(grekko_time at) { stage.bar(at, 10'000, 10'010, 9'990, 10'000); }
    Ask market(grekko_side side, Decimal quantity = Decimal{1}) {
        return {.side = side, .type = GREKKO_MARKET, .quantity = quantity};
    }
    Ask limit(grekko_side side, std::int64_t price, Decimal quantity = Decimal{1}) {
        return {.side = side, .quantity = quantity, .limit = Decimal{price}};
    }
    Ask stop(grekko_side side, std::int64_t price, Decimal quantity = Decimal{1}) {
        return {.side = side, .type = GREKKO_STOP, .quantity = quantity, .trigger = Decimal{price}};
    }
};

TEST_F(BarModelTest, FillsAMarketOrderNearTheOpeningAtThatOpenWithItsCosts) {
    calm(t0);
    stage.place(t0 + 5 * second, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t0 + 5 * second), ElementsAre("accepted 1", "filled 1 1@10001t"));
    stage.place(t0 + 5 * second, market(GREKKO_SELL));
    EXPECT_THAT(stage.told(t0 + 5 * second), ElementsAre("accepted 2", "filled 2 1@9999t"));
}

TEST_F(BarModelTest, FillsALaterMarketOrderAtTheNextOpenNeverInTheBarThatGaveTheSignal) {
    calm(t0);
    stage.place(t0 + 5 * second + 1, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t1 - 1), ElementsAre("accepted 1"));
    stage.bar(t1, 10'500, 10'600, 10'400, 10'500);
    EXPECT_THAT(stage.told(t1), ElementsAre("filled 1 1@10502t")); // 1.05 rounded against it
}

TEST_F(BarModelTest, TakesAtMostATenthOfABarAsTolerance) {
    stage.interval = 10 * second;
    stage.bar(t0, 10'000, 10'010, 9'990, 10'000);
    stage.place(t0 + second + 1, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t0 + 9 * second), ElementsAre("accepted 1"));
}

TEST_F(BarModelTest, PaysImpactByTheRootOfItsShareOfTheDay) {
    Config config = plain();
    config.impact = 0.7_dec;
    Stage with{config};
    with.bar(t0, 10'000, 10'010, 9'990, 10'000, Decimal{100});
    with.bar(t1, 10'000, 10'010, 9'990, 10'000, Decimal{100});
    // One bar of 100 seen in a minute is 144 000 a day: 0.7 · 0.04 · √(1/144000) · 10 000 = 0.738
    with.place(t1, market(GREKKO_BUY));
    EXPECT_THAT(with.told(t1), ElementsAre("accepted 1", "filled 1 1@10002t"));
    with.place(t1, market(GREKKO_BUY, Decimal{9})); // 2.21 + 1 = 3.21
    EXPECT_THAT(with.told(t1), ElementsAre("accepted 2", "filled 2 9@10004t"));
}

TEST_F(BarModelTest, FillsARestingLimitOnlyWhereTheBarTradesThroughIt) {
    calm(t0);
    stage.place(t0 + 10 * second, limit(GREKKO_BUY, 9'900));
    stage.bar(t1, 10'000, 10'000, 9'900, 9'950);
    EXPECT_THAT(stage.told(t2 - 1), ElementsAre("accepted 1"));
    stage.bar(t2, 9'950, 9'950, 9'899, 9'900);
    EXPECT_THAT(stage.told(t3 - 1), IsEmpty()); // known at the close
    EXPECT_THAT(stage.told(t3), ElementsAre("filled 1 1@9900m"));
}

TEST_F(BarModelTest, GivesALimitNoBetterPriceWhereTheBarOpensBeyondIt) {
    calm(t0);
    stage.place(t0, limit(GREKKO_SELL, 10'050));
    stage.bar(t1, 10'200, 10'300, 10'100, 10'200);
    EXPECT_THAT(stage.told(t2), ElementsAre("accepted 1", "filled 1 1@10050m"));
}

TEST_F(BarModelTest, FillsAMarketableLimitAsATakerWithinItsLimit) {
    calm(t0);
    stage.place(t0, limit(GREKKO_BUY, 10'001));
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "filled 1 1@10001t"));
    stage.place(t0, limit(GREKKO_BUY, 10'000)); // its costs are beyond the limit: it rests
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 2"));
    EXPECT_THAT(stage.told(t1), ElementsAre("filled 2 1@10000m"));
}

TEST_F(BarModelTest, FillsAStopAtTheWorseOfOpenAndStopWithItsCosts) {
    calm(t0);
    stage.place(t0, stop(GREKKO_BUY, 10'100));
    stage.place(t0, stop(GREKKO_SELL, 9'900));
    (void)stage.told(t0);
    stage.bar(t1, 10'050, 10'150, 10'050, 10'140); // 10 100 + 1.005 + 5
    EXPECT_THAT(stage.told(t2), ElementsAre("triggered 1", "filled 1 1@10107t"));
    stage.bar(t2, 9'800, 9'900, 9'700, 9'800); // opens beyond: 9 800 - 0.98 - 10
    EXPECT_THAT(stage.told(t3), ElementsAre("triggered 2", "filled 2 1@9789t"));
}

// The host looks at its stop when the bar has closed: what has come back by then is no gain.
TEST_F(BarModelTest, FillsTheExitOfAHostStopAtTheWorseOfOpenAndStop) {
    stage.bar(t0, 10'000, 10'000, 9'800, 9'990); // through 9 900 and back
    stage.bar(t1, 9'990, 10'010, 9'980, 10'000);
    Ask exit = limit(GREKKO_SELL, 9'801);
    exit.time_in_force = GREKKO_IOC;
    exit.trigger = Decimal{9'900};
    stage.place(t1, exit);
    EXPECT_THAT(stage.told(t1), ElementsAre("accepted 1", "filled 1 1@9889t")); // - 0.999 - 10
    stage.bar(t2, 9'850, 9'860, 9'840, 9'850);
    exit.trigger = Decimal{9'860};
    stage.place(t2, exit);
    EXPECT_THAT(stage.told(t2), ElementsAre("accepted 2", "filled 2 1@9847t")); // - 0.985 - 1.5
    Ask cover = market(GREKKO_BUY);
    cover.trigger = Decimal{9'900};
    stage.place(t2, cover);
    EXPECT_THAT(stage.told(t2), ElementsAre("accepted 3", "filled 3 1@9903t"));
}

TEST_F(BarModelTest, TakesTheStopWhereOneBarHitsBothLegs) {
    calm(t0);
    Ask take = limit(GREKKO_SELL, 10'100);
    take.linked = 2;
    Ask out = stop(GREKKO_SELL, 9'900);
    out.linked = 1;
    stage.place(t0, take);
    stage.place(t0, out);
    (void)stage.told(t0);
    stage.bar(t1, 10'000, 10'200, 9'800, 10'000); // 9 900 - 1 - 20
    EXPECT_THAT(stage.told(t2), ElementsAre("cancelled 1", "triggered 2", "filled 2 1@9879t"));
}

TEST_F(BarModelTest, StopsALimitEntryInTheBarThatFillsItAndLooksAtNoTakeProfitThere) {
    Config config = plain();
    config.balances = {{"USD", Decimal{1'000'000}}};
    Stage poor{config};
    poor.bar(t0, 10'000, 10'010, 9'990, 10'000);
    Ask entry = limit(GREKKO_BUY, 9'950);
    entry.linked = 2;
    Ask out = stop(GREKKO_SELL, 9'900);
    out.linked = 1;
    out.flags = GREKKO_ORDER_REDUCE_ONLY;
    Ask take = limit(GREKKO_SELL, 10'100);
    take.linked = 2;
    take.flags = GREKKO_ORDER_REDUCE_ONLY;
    poor.place(t0, entry);
    poor.place(t0, out);
    poor.place(t0, take);
    (void)poor.told(t0);
    poor.bar(t1, 10'000, 10'200, 9'800, 10'000);
    EXPECT_THAT(poor.told(t2), ElementsAre("filled 1 1@9950m", "triggered 2", "filled 2 1@9879t"));
}

TEST_F(BarModelTest, LooksAtBothLegsInTheBarOfAMarketEntryStopFirst) {
    Config config = plain();
    config.balances = {{"USD", Decimal{1'000'000}}};
    Stage poor{config};
    poor.bar(t0, 10'000, 10'010, 9'990, 10'000);
    poor.place(t0 + 30 * second, market(GREKKO_BUY)); // fills at the next open
    Ask take = limit(GREKKO_SELL, 10'100);
    take.linked = 1;
    take.flags = GREKKO_ORDER_REDUCE_ONLY;
    poor.place(t0 + 30 * second, take);
    (void)poor.told(t1 - 1);
    poor.bar(t1, 10'000, 10'200, 9'995, 10'100);
    EXPECT_THAT(poor.told(t2), ElementsAre("filled 1 1@10001t", "filled 2 1@10100m"));
}

TEST_F(BarModelTest, TrailsFromTheExtremesUpToThePreviousBar) {
    calm(t0);
    stage.place(t0, {.side = GREKKO_SELL, .type = GREKKO_TRAILING_STOP, .trail = 0.01_dec});
    (void)stage.told(t0);
    // High 10 010 of the bar it came in: the stop of the next is 9 909. Its own high of 10 500
    // would have been a stop of 10 395, which its low passes.
    stage.bar(t1, 10'000, 10'500, 9'950, 10'400);
    EXPECT_THAT(stage.told(t2), IsEmpty());
    stage.bar(t2, 10'400, 10'400, 10'300, 10'350); // 10 395 - 1.04 - 5
    EXPECT_THAT(stage.told(t3), ElementsAre("triggered 1", "filled 1 1@10388t"));
}

TEST_F(BarModelTest, GivesATenthOfTheBarAndLeavesTheRestToLaterBars) {
    calm(t0);
    stage.bar(t1, 10'000, 10'010, 9'990, 10'000, Decimal{20});
    stage.place(t1, market(GREKKO_BUY, Decimal{3}));
    EXPECT_THAT(stage.told(t1), ElementsAre("accepted 1", "filled 1 2@10001t"));
    stage.bar(t2, 10'000, 10'010, 9'990, 10'000, Decimal{});
    EXPECT_THAT(stage.told(t3 - 1), IsEmpty()); // volume 0: nothing
    stage.bar(t3, 10'000, 10'010, 9'990, 10'000, Decimal{500});
    EXPECT_THAT(stage.told(t3), ElementsAre("filled 1 1@10001t"));
}

TEST_F(BarModelTest, CancelsMarketOrdersInAGapAndFillsStopsAtTheFirstOpenAfterIt) {
    calm(t0);
    stage.place(t0, stop(GREKKO_SELL, 9'900));
    stage.place(t0 + 30 * second, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t1 + 5 * second),
                ElementsAre("accepted 1", "accepted 2", "cancelled 2 no_market"));
    stage.place(t2, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t2), ElementsAre("rejected 3 no_market"));
    stage.bar(t3, 9'500, 9'510, 9'490, 9'500, Decimal{1'000}, 2); // 9 500 - 0.95 - 1
    EXPECT_THAT(stage.told(t3 + minute), ElementsAre("triggered 1", "filled 1 1@9498t"));
}

TEST_F(BarModelTest, FillsOrCancelsImmediateOrdersAtTheOpen) {
    stage.bar(t0, 10'000, 10'010, 9'990, 10'000, Decimal{500});
    Ask ask = limit(GREKKO_BUY, 10'001, Decimal{60});
    ask.time_in_force = GREKKO_IOC;
    stage.place(t0, ask);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "filled 1 50@10001t", "cancelled 1"));
    ask.side = GREKKO_SELL;
    ask.limit = Decimal{9'999};
    ask.time_in_force = GREKKO_FOK;
    stage.place(t0, ask); // no 60 in this bar: nothing
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 2", "cancelled 2"));
}

TEST_F(BarModelTest, ForgetsTheFillOfAnOrderThatIsCancelledBeforeTheClose) {
    calm(t0);
    stage.place(t0, limit(GREKKO_BUY, 9'995));
    stage.cancel(t0 + 30 * second, 1);
    EXPECT_THAT(stage.told(t1), ElementsAre("accepted 1", "cancelled 1"));
}

TEST_F(BarModelTest, UsesTheFinestIntervalOnTheTape) {
    stage.interval = 60 * minute;
    stage.bar(t0, 10'000, 12'000, 8'000, 10'000);
    stage.interval = minute;
    calm(t0);
    stage.place(t0, limit(GREKKO_BUY, 9'000));
    EXPECT_THAT(stage.told(t1), ElementsAre("accepted 1"));
}

} // namespace
} // namespace grekko::paper::tests
