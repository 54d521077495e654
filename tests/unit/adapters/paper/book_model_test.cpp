// "Fills on a book" in the trading rules, by hand: tick 1, lot 0.001, book 99 / 101 unless said.
#include "stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grekko::paper::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Config on_book(QueueModel queue = QueueModel::risk_averse) {
    Config config = plain();
    config.fill = FillModel::book;
    config.queue = queue;
    return config;
}

Ask limit(grekko_side side, std::int64_t price, Decimal quantity = Decimal{1}) {
    return {.side = side, .quantity = quantity, .limit = Decimal{price}};
}
Ask market(grekko_side side, Decimal quantity = Decimal{1}) {
    return {.side = side, .type = GREKKO_MARKET, .quantity = quantity};
}

class BookModelTest : public testing::Test {
protected:
    BookModelTest() { show(stage); }
    static void show(Stage& on) {
        on.reset(t0);
        on.level(t0, GREKKO_BUY, Decimal{99}, Decimal{10});
        on.level(t0, GREKKO_BUY, Decimal{98}, Decimal{20});
        on.level(t0, GREKKO_SELL, Decimal{101}, Decimal{10});
        on.level(t0, GREKKO_SELL, Decimal{102}, Decimal{20});
        on.commit(t0);
    }
    void set(grekko_time at, grekko_side side, std::int64_t price, std::int64_t quantity) {
        stage.level(at, side, Decimal{price}, Decimal{quantity});
        stage.commit(at);
    }
    Stage stage{on_book()};
};

TEST_F(BookModelTest, WalksTheLevelsOfTheOtherSide) {
    stage.place(t0, market(GREKKO_BUY, Decimal{15}));
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "filled 1 10@101t", "filled 1 5@102t"));
}

TEST_F(BookModelTest, MatchesAgainstItsOwnVenueAlone) {
    grekko_book_level other{};
    other.head = {sizeof other, GREKKO_MARKET_BOOK_LEVEL, GREKKO_SELL, 2, 1, t0, t0};
    other.price = Decimal{100};
    other.quantity = Decimal{10};
    stage.market(other.head);
    stage.commit(t0);
    stage.place(t0, market(GREKKO_BUY, Decimal{1}));
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "filled 1 1@101t"));
}

TEST_F(BookModelTest, UsesUpWhatIsShownUntilTheLevelsNextUpdate) {
    stage.place(t0, market(GREKKO_SELL, Decimal{6}));
    (void)stage.told(t0);
    stage.place(t0 + 1, market(GREKKO_SELL, Decimal{6}));
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("accepted 2", "filled 2 4@99t", "filled 2 2@98t"));
    set(t0 + 2, GREKKO_BUY, 99, 10);
    stage.place(t0 + 3, market(GREKKO_SELL, Decimal{6}));
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("accepted 3", "filled 3 6@99t"));
}

TEST_F(BookModelTest, CancelsWhatTheBookDoesNotShowAndRefusesAnEmptyOne) {
    stage.place(t0, market(GREKKO_BUY, Decimal{40}));
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "filled 1 10@101t", "filled 1 20@102t",
                                            "cancelled 1 no_market"));
    stage.gap(t0 + 1);
    stage.place(t0 + 1, market(GREKKO_BUY));
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("rejected 2 no_market"));
}

TEST_F(BookModelTest, NeverPaysAMeanBetterThanHalfTheSpreadAndTheImpact) {
    Config config = on_book();
    config.impact = 0.7_dec;
    config.listings[0].sigma_day = 0.5_dec;
    Stage with{config};
    show(with);
    // Nothing is known of the volume, which counts as 10 000 times the order: 0.7 · 0.5 / 100 of
    // the mid of 100 is 0.35, and with half the spread 1.35: 101.35, rounded against it 102.
    with.place(t0, market(GREKKO_BUY));
    EXPECT_THAT(with.told(t0), ElementsAre("accepted 1", "filled 1 1@102t"));
    // A limit of 101 does not bear that: nothing is taken, it rests.
    with.place(t0, limit(GREKKO_BUY, 101));
    EXPECT_THAT(with.told(t0), ElementsAre("accepted 2"));
}

TEST_F(BookModelTest, TakesOnlyThePartWhoseImpactTheLimitBears) {
    Config config = on_book();
    config.impact = 1_dec;
    config.listings[0].sigma_day = 0.1_dec;
    Stage with{config};
    show(with);
    with.trade(t0, GREKKO_BUY, Decimal{101}, Decimal{1}); // 1 in a minute: 1 440 a day
    // Limit 102: room 1 of 100 beyond half the spread; q = 1440 · (0.01 / 0.1)² = 14.4.
    with.place(t0, limit(GREKKO_BUY, 102, Decimal{20}));
    EXPECT_THAT(with.told(t0), ElementsAre("accepted 1", "filled 1 10@102t", "filled 1 4.4@102t"));
}

TEST_F(BookModelTest, WaitsInTheQueueAndFillsWhatTradesBringBeyondIt) {
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{5}));
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{99}, Decimal{7});  // 10 ahead: 3 left
    stage.trade(t0 + 2, GREKKO_BUY, Decimal{101}, Decimal{50}); // the other side
    EXPECT_THAT(stage.told(t0 + 2), ElementsAre("accepted 1"));
    stage.trade(t0 + 3, GREKKO_SELL, Decimal{99}, Decimal{5}); // 3 ahead, 2 for us
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("filled 1 2@99m"));
    stage.trade(t0 + 4, GREKKO_SELL, Decimal{99}, Decimal{9});
    EXPECT_THAT(stage.told(t0 + 4), ElementsAre("filled 1 3@99m"));
}

TEST_F(BookModelTest, SharesATradeAmongOwnOrdersInTheirOrder) {
    set(t0, GREKKO_BUY, 99, 2);
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{3}));
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{3}));
    (void)stage.told(t0);
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{99}, Decimal{6});
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("filled 1 3@99m", "filled 2 1@99m"));
}

TEST_F(BookModelTest, FillsTheRestWhereTheTapeTradesOrTouchesBeyondThePrice) {
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{5}));
    stage.place(t0, limit(GREKKO_SELL, 103, Decimal{5}));
    (void)stage.told(t0);
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{98}, 0.001_dec);
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("filled 1 5@99m"));
    set(t0 + 2, GREKKO_BUY, 103, 1); // at it, not beyond
    EXPECT_THAT(stage.told(t0 + 2), IsEmpty());
    set(t0 + 3, GREKKO_BUY, 104, 1);
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("filled 2 5@103m"));
}

TEST_F(BookModelTest, MovesUpOnlyToTheLevelsSizeWhenItShrinksAndRisksAreAverse) {
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{5}));
    set(t0 + 1, GREKKO_BUY, 99, 4);  // ahead = min(10, 4)
    set(t0 + 2, GREKKO_BUY, 99, 40); // growth is behind us
    stage.trade(t0 + 3, GREKKO_SELL, Decimal{99}, Decimal{5});
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("accepted 1", "filled 1 1@99m"));
}

TEST_F(BookModelTest, MovesUpByProbabilityInTheModelProb) {
    Stage prob{on_book(QueueModel::prob)};
    show(prob);
    prob.place(t0, limit(GREKKO_BUY, 99, Decimal{5}));
    prob.level(t0 + 1, GREKKO_BUY, Decimal{99}, Decimal{20}); // 10 ahead, 10 behind
    prob.commit(t0 + 1);
    prob.level(t0 + 2, GREKKO_BUY, Decimal{99}, Decimal{16}); // p = 1/2: 10 - 2 = 8 ahead
    prob.commit(t0 + 2);
    prob.trade(t0 + 3, GREKKO_SELL, Decimal{99}, Decimal{9});
    EXPECT_THAT(prob.told(t0 + 3), ElementsAre("accepted 1", "filled 1 1@99m"));
}

TEST_F(BookModelTest, TriggersStopsOnTradesAndFillsThemFromTheBook) {
    stage.place(t0, {.side = GREKKO_SELL, .type = GREKKO_STOP, .trigger = Decimal{98}});
    stage.place(t0, {.side = GREKKO_BUY,
                     .type = GREKKO_STOP_LIMIT,
                     .limit = Decimal{101},
                     .trigger = Decimal{103}});
    (void)stage.told(t0);
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{99}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 1), IsEmpty());
    stage.trade(t0 + 2, GREKKO_SELL, Decimal{98}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 2), ElementsAre("triggered 1", "filled 1 1@99t"));
    stage.trade(t0 + 3, GREKKO_BUY, Decimal{103}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("triggered 2", "filled 2 1@101t"));
}

TEST_F(BookModelTest, TriggersAReplacedStopAtItsNewPriceOnly) {
    Ask stop = {.side = GREKKO_SELL, .type = GREKKO_STOP, .trigger = Decimal{98}};
    stage.place(t0, stop);
    stop.trigger = Decimal{95};
    stage.replace(t0, 1, stop, "r1");
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{96}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("accepted 1", "replaced 1"));
    stage.trade(t0 + 2, GREKKO_SELL, Decimal{95}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 2), ElementsAre("triggered 1", "filled 1 1@99t"));
}

TEST_F(BookModelTest, TriggersTakeProfitsOnTheOtherSideOfThePrice) {
    stage.place(t0, {.side = GREKKO_SELL, .type = GREKKO_TAKE_PROFIT, .trigger = Decimal{103}});
    stage.place(t0, {.side = GREKKO_BUY,
                     .type = GREKKO_TAKE_PROFIT_LIMIT,
                     .limit = Decimal{97},
                     .trigger = Decimal{98}});
    (void)stage.told(t0);
    stage.trade(t0 + 1, GREKKO_BUY, Decimal{103}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("triggered 1", "filled 1 1@99t"));
    stage.trade(t0 + 2, GREKKO_SELL, Decimal{98}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 2), ElementsAre("triggered 2")); // rests at 97
}

TEST_F(BookModelTest, TrailsBehindTheBestTradeAndNeverGoesBack) {
    stage.place(t0, {.side = GREKKO_SELL, .type = GREKKO_TRAILING_STOP, .trail = 0.1_dec});
    (void)stage.told(t0);
    stage.trade(t0 + 1, GREKKO_BUY, Decimal{120}, Decimal{1}); // the stop is 108
    stage.trade(t0 + 2, GREKKO_SELL, Decimal{109}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 2), IsEmpty());
    stage.trade(t0 + 3, GREKKO_SELL, Decimal{108}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("triggered 1", "filled 1 1@99t"));
}

TEST_F(BookModelTest, RefusesStopsThatWouldTriggerAndPostOnlyOrdersThatWouldTake) {
    stage.trade(t0, GREKKO_BUY, Decimal{101}, Decimal{1});
    stage.place(t0, {.side = GREKKO_BUY, .type = GREKKO_STOP, .trigger = Decimal{101}});
    stage.place(t0, {.side = GREKKO_SELL, .type = GREKKO_TAKE_PROFIT, .trigger = Decimal{101}});
    Ask passive = limit(GREKKO_BUY, 101);
    passive.flags = GREKKO_ORDER_POST_ONLY;
    stage.place(t0, passive);
    EXPECT_THAT(stage.told(t0), ElementsAre("rejected 1 would_trigger", "rejected 2 would_trigger",
                                            "rejected 3 post_only"));
}

TEST_F(BookModelTest, ShowsAnIcebergInPartsEachAtTheBack) {
    Ask ask = limit(GREKKO_BUY, 99, Decimal{3});
    ask.shown = Decimal{1};
    stage.place(t0, ask);
    stage.trade(t0 + 1, GREKKO_SELL, Decimal{99}, Decimal{11}); // 10 ahead, 1 for us
    EXPECT_THAT(stage.told(t0 + 1), ElementsAre("accepted 1", "filled 1 1@99m"));
    set(t0 + 2, GREKKO_BUY, 99, 4); // the next part waits behind what is shown
    stage.trade(t0 + 3, GREKKO_SELL, Decimal{99}, Decimal{4});
    EXPECT_THAT(stage.told(t0 + 3), IsEmpty());
    stage.trade(t0 + 4, GREKKO_SELL, Decimal{99}, Decimal{1});
    EXPECT_THAT(stage.told(t0 + 4), ElementsAre("filled 1 1@99m"));
}

TEST_F(BookModelTest, FillsImmediateAndWholeOrdersOrCancelsThem) {
    Ask ask = limit(GREKKO_BUY, 101, Decimal{12});
    ask.time_in_force = GREKKO_FOK;
    stage.place(t0, ask);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "cancelled 1"));
    ask.time_in_force = GREKKO_IOC;
    stage.place(t0, ask);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 2", "filled 2 10@101t", "cancelled 2"));
}

TEST_F(BookModelTest, GoesToTheBackWhenReplacedUnlessItOnlyShrinks) {
    set(t0, GREKKO_BUY, 99, 2);
    stage.place(t0, limit(GREKKO_BUY, 99, Decimal{5}));
    set(t0 + 1, GREKKO_BUY, 99, 9);
    stage.replace(t0 + 2, 1, limit(GREKKO_BUY, 99, Decimal{4}), "r1");
    stage.trade(t0 + 3, GREKKO_SELL, Decimal{99}, Decimal{3});
    EXPECT_THAT(stage.told(t0 + 3), ElementsAre("accepted 1", "replaced 1", "filled 1 1@99m"));
    set(t0 + 3, GREKKO_BUY, 99, 9);
    stage.place(t0 + 4, limit(GREKKO_BUY, 99, Decimal{1})); // behind nine
    stage.replace(t0 + 5, 2, limit(GREKKO_BUY, 99, Decimal{2}), "r2");
    stage.trade(t0 + 6, GREKKO_SELL, Decimal{99}, Decimal{3}); // the first takes its three
    EXPECT_THAT(stage.told(t0 + 6), ElementsAre("accepted 2", "replaced 2", "filled 1 3@99m"));
}

TEST_F(BookModelTest, MarksOrdersThatAreTooLargeForTheMarketAsNotCredible) {
    stage.place(t0, market(GREKKO_BUY, 1.5_dec)); // of a level of 10
    const std::vector<grekko_report> reports = stage.reports(t0);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_TRUE(read_text(reports[1].text).starts_with("not credible"));
    stage.place(t0, market(GREKKO_BUY, Decimal{1}));
    EXPECT_EQ(read_text(stage.reports(t0)[1].text), "");
    stage.trade(t0, GREKKO_BUY, Decimal{101}, Decimal{5});
    stage.place(t0, market(GREKKO_BUY, Decimal{1})); // of 5 traded in 5 minutes
    EXPECT_TRUE(read_text(stage.reports(t0)[1].text).starts_with("not credible"));
}

TEST_F(BookModelTest, UsesQuotesWhereTheTapeHasNoLevels) {
    Stage quotes{on_book()};
    quotes.quote(t0, Decimal{99}, Decimal{1}, Decimal{101}, Decimal{1});
    quotes.place(t0, market(GREKKO_BUY, Decimal{2}));
    EXPECT_THAT(quotes.told(t0),
                ElementsAre("accepted 1", "filled 1 1@101t", "cancelled 1 no_market"));
    quotes.place(t0, limit(GREKKO_BUY, 100));
    quotes.quote(t0 + 1, Decimal{98}, Decimal{1}, Decimal{99}, Decimal{1});
    EXPECT_THAT(quotes.told(t0 + 1), ElementsAre("accepted 2", "filled 2 1@100m"));
}

} // namespace
} // namespace grekko::paper::tests
