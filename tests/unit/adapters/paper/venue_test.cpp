// covers: adapters/paper/desk.cpp, adapters/paper/orders.cpp, adapters/paper/paper.cpp
// covers: adapters/paper/agenda.cpp, adapters/paper/outbox.cpp
// The venue around its models: latency, money, links, names, snapshots. Book 99 / 101.
#include "stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace grekko::paper::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Config on_book() {
    Config config = plain();
    config.fill = FillModel::book;
    return config;
}

Ask limit(grekko_side side, std::int64_t price, Decimal quantity = Decimal{1}) {
    return {.side = side, .quantity = quantity, .limit = Decimal{price}};
}
Ask market(grekko_side side, Decimal quantity = Decimal{1}) {
    return {.side = side, .type = GREKKO_MARKET, .quantity = quantity};
}

class VenueTest : public testing::Test {
protected:
    VenueTest() { show(stage); }
    static void show(Stage& on) {
        on.quote(t0, Decimal{99}, Decimal{100}, Decimal{101}, Decimal{100});
    }
    static std::vector<std::string> balances(Stage& on, grekko_time at) {
        on.snapshot(at);
        std::vector<std::string> found;
        for (const std::string& text : on.told(at)) {
            if (text.starts_with("balance")) found.push_back(text.substr(8));
        }
        return found;
    }
    Stage stage{on_book()};
};

TEST(Venue, ReportsItselfConnectedFirst) {
    grekko_adapter adapter = make_paper(plain());
    grekko_report report{};
    ASSERT_EQ(adapter.take_report(adapter.self, 0, &report), 1);
    EXPECT_EQ(report.kind, GREKKO_REPORT_CONNECTED);
    ASSERT_EQ(adapter.take_report(adapter.self, 0, &report), 1);
    EXPECT_EQ(report.kind, GREKKO_REPORT_PRIVATE_RESTORED);
    EXPECT_EQ(adapter.next_report(adapter.self), GREKKO_NO_REPORT);
    adapter.destroy(adapter.self);
}

TEST(Venue, RefusesAConfigurationThatMakesNoSense) {
    Config config = plain();
    config.listings[0].tick = {};
    EXPECT_THROW((void)make_paper(config), std::invalid_argument);
    config = plain();
    config.listings.push_back(config.listings[0]);
    EXPECT_THROW((void)make_paper(config), std::invalid_argument);
    config = plain();
    config.bar_share = 1.5_dec;
    EXPECT_THROW((void)make_paper(config), std::invalid_argument);
}

TEST_F(VenueTest, LetsRequestsAndReportsTravelAndMeetTheMarketOnArrival) {
    Config config = on_book();
    config.entry = {100 * ms, 0};
    config.response = {50 * ms, 0};
    Stage slow{config};
    show(slow);
    slow.place(t0, market(GREKKO_BUY));
    EXPECT_EQ(slow.next(), t0 + 150 * ms);
    slow.quote(t0 + 99 * ms, Decimal{109}, Decimal{1}, Decimal{110}, Decimal{100});
    slow.quote(t0 + 101 * ms, Decimal{99}, Decimal{1}, Decimal{101}, Decimal{100});
    EXPECT_THAT(slow.told(t0 + 149 * ms), IsEmpty());
    EXPECT_THAT(slow.told(t0 + 150 * ms), ElementsAre("accepted 1", "filled 1 1@110t"));
}

TEST_F(VenueTest, DrawsLatenciesFromALogNormalWithTheMedianOfTheConfiguration) {
    Config config = on_book();
    config.response = {};
    config.entry = {80 * ms, 400 * ms};
    Stage slow{config};
    int below = 0;
    for (int i = 0; i < 2'000; ++i) {
        const grekko_time at = t0 + i * minute;
        slow.place(at, market(GREKKO_BUY)); // rejected: no market
        const grekko_report report = slow.reports(at + minute - 1).at(0);
        below += report.exchange_at - at < 80 * ms ? 1 : 0;
    }
    EXPECT_NEAR(below, 1'000, 100);
}

TEST_F(VenueTest, KeepsTheRequestsAndTheReportsOfOneOrderInOrder) {
    Config config = on_book();
    config.entry = {80 * ms, 4'000 * ms};
    config.response = {80 * ms, 4'000 * ms};
    Stage slow{config};
    show(slow);
    for (int i = 0; i < 200; ++i) {
        const grekko_time at = t0 + i * minute;
        const std::uint64_t order = slow.place(at, limit(GREKKO_BUY, 90));
        slow.cancel(at + ms, order);
        const std::string n = std::to_string(order);
        EXPECT_THAT(slow.told(at + minute - 1), ElementsAre("accepted " + n, "cancelled " + n));
    }
}

TEST_F(VenueTest, HoldsMoneyOnAcceptanceAndReleasesItAtTheEnd) {
    stage.place(t0, limit(GREKKO_BUY, 90, Decimal{10}));
    stage.place(t0, limit(GREKKO_SELL, 110, Decimal{30}));
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1000000/900.00000001", "BTC 100/30"));
    stage.cancel(t0, 1);
    stage.cancel(t0, 2);
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1000000/0", "BTC 100/0"));
}

TEST_F(VenueTest, RefusesWhatTheFreeBalanceDoesNotCover) {
    stage.place(t0, limit(GREKKO_SELL, 110, Decimal{60}));
    stage.place(t0, limit(GREKKO_SELL, 110, Decimal{41}));
    stage.place(t0, market(GREKKO_BUY, Decimal{9'900}));
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "rejected 2 funds", "accepted 3",
                                            "filled 3 100@101t", "cancelled 3 no_market"));
    stage.place(t0, market(GREKKO_BUY, Decimal{10'001}));
    EXPECT_THAT(stage.told(t0), ElementsAre("rejected 4 funds"));
}

TEST_F(VenueTest, ChargesFeesPerFillInTheQuoteCurrency) {
    Config config = on_book();
    config.listings[0].taker_fee = 0.006_dec;
    config.listings[0].maker_fee = 0.004_dec;
    Stage fees{config};
    show(fees);
    fees.place(t0, market(GREKKO_BUY, Decimal{10})); // 1 010 and 6.06
    fees.place(t0, limit(GREKKO_SELL, 110, Decimal{10}));
    fees.trade(t0, GREKKO_BUY, Decimal{111}, Decimal{1}); // 1 100 less 4.40
    EXPECT_THAT(balances(fees, t0), ElementsAre("USD 1000079.54/0", "BTC 100/0"));
}

TEST_F(VenueTest, ChargesFeesInWhatIsReceivedWhereTheListingSaysSo) {
    Config config = on_book();
    config.listings[0].taker_fee = 0.001_dec;
    config.listings[0].fee_currency = FeeCurrency::received;
    Stage fees{config};
    show(fees);
    fees.place(t0, market(GREKKO_BUY, Decimal{10}));
    const grekko_report bought = fees.reports(t0).at(1);
    EXPECT_EQ(read_text(bought.currency), "BTC");
    EXPECT_EQ(Decimal{bought.fee}, 0.01_dec);
    fees.place(t0, market(GREKKO_SELL, Decimal{10})); // 990 less 0.99
    EXPECT_THAT(balances(fees, t0), ElementsAre("USD 999979.01/0", "BTC 99.99/0"));
}

TEST_F(VenueTest, RefusesAClientIdTwice) {
    stage.place(t0, limit(GREKKO_BUY, 90), 7);
    stage.place(t0, limit(GREKKO_BUY, 90), 7);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 7", "rejected 7 duplicate"));
    stage.cancel(t0, 7);
    stage.place(t0, limit(GREKKO_BUY, 90), 7);
    EXPECT_THAT(stage.told(t0), ElementsAre("cancelled 7", "rejected 7 duplicate"));
}

TEST_F(VenueTest, AnswersCancelsAndQueriesOfUnknownAndEndedOrders) {
    stage.cancel(t0, 5);
    stage.query(t0, 5);
    EXPECT_THAT(stage.told(t0), ElementsAre("cancel_rejected 5 other", "not_found 5"));
    stage.place(t0, market(GREKKO_BUY), 6);
    stage.cancel(t0, 6);
    stage.query(t0, 6);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 6", "filled 6 1@101t",
                                            "cancel_rejected 6 other", "state 6 7 1"));
}

TEST_F(VenueTest, ReplacesUnderANewNameAndRefusesWhatCannotBe) {
    stage.place(t0, limit(GREKKO_BUY, 90, Decimal{5}));
    stage.replace(t0, 1, limit(GREKKO_BUY, 91, Decimal{6}), "r1");
    stage.replace(t0, 1, limit(GREKKO_SELL, 91, Decimal{6}), "r2", "r1");
    stage.replace(t0, 1, limit(GREKKO_BUY, 91, Decimal{100'000}), "r3", "r1");
    stage.replace(t0, 9, limit(GREKKO_BUY, 91, Decimal{6}), "r4");
    const std::vector<grekko_report> reports = stage.reports(t0);
    ASSERT_EQ(reports.size(), 5U);
    EXPECT_EQ(text_of(reports[1]), "replaced 1");
    EXPECT_EQ(read_text(reports[1].client_id), "r1");
    EXPECT_EQ(text_of(reports[2]), "replace_rejected 1 invalid");
    EXPECT_EQ(text_of(reports[3]), "replace_rejected 1 funds");
    EXPECT_EQ(text_of(reports[4]), "replace_rejected 9 other");
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1000000/546.00000001", "BTC 100/0"));
}

// As real venues do: who cancels by the old name has cancelled nothing.
TEST_F(VenueTest, ForgetsTheNameThatAReplaceHasGivenUp) {
    stage.place(t0, limit(GREKKO_BUY, 90, Decimal{5}));
    stage.replace(t0, 1, limit(GREKKO_BUY, 91, Decimal{6}), "r1");
    stage.cancel(t0, 1);
    stage.query(t0, 1);
    stage.replace(t0, 1, limit(GREKKO_BUY, 92, Decimal{6}), "r2");
    stage.replace(t0, 1, limit(GREKKO_BUY, 92, Decimal{6}), "r3", "r1");
    EXPECT_THAT(stage.told(t0),
                ElementsAre("accepted 1", "replaced 1", "cancel_rejected 1 other", "not_found 1",
                            "replace_rejected 1 other", "replaced 1"));
}

TEST_F(VenueTest, TakesWhatAReplacedLimitReaches) {
    stage.place(t0, limit(GREKKO_BUY, 90, Decimal{5}));
    stage.replace(t0, 1, limit(GREKKO_BUY, 101, Decimal{5}), "r1");
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1", "replaced 1", "filled 1 5@101t"));
}

TEST_F(VenueTest, ExpiresGoodTillDateOrdersWithoutAnyMarketRecord) {
    Ask ask = limit(GREKKO_BUY, 90);
    ask.time_in_force = GREKKO_GTD;
    ask.expires_at = t0 + minute;
    stage.place(t0, ask);
    EXPECT_THAT(stage.told(t0), ElementsAre("accepted 1"));
    EXPECT_EQ(stage.next(), t0 + minute);
    EXPECT_THAT(stage.told(t0 + minute), ElementsAre("expired 1"));
}

TEST_F(VenueTest, CancelsOneLegWhenTheOtherFillsOrTriggersAndHoldsOnce) {
    Ask take = limit(GREKKO_SELL, 110, Decimal{100});
    take.linked = 2;
    Ask stop = {.side = GREKKO_SELL,
                .type = GREKKO_STOP,
                .quantity = Decimal{100},
                .trigger = Decimal{95},
                .linked = 1};
    stage.place(t0, take);
    stage.place(t0, stop); // all of the balance, twice
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1000000/0", "BTC 100/100"));
    stage.trade(t0, GREKKO_SELL, Decimal{95}, Decimal{1});
    EXPECT_THAT(stage.told(t0), ElementsAre("cancelled 1", "triggered 2", "filled 2 100@99t"));
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1009900/0", "BTC 0/0"));
}

TEST_F(VenueTest, CancelsAProtectiveOrderWhoseEntryEndsUnfilled) {
    Config config = on_book();
    config.balances = {{"USD", Decimal{1'000}}};
    Stage poor{config};
    show(poor);
    Ask entry = limit(GREKKO_BUY, 90);
    entry.linked = 2;
    Ask out = {.side = GREKKO_SELL,
               .type = GREKKO_STOP,
               .trigger = Decimal{85},
               .flags = GREKKO_ORDER_REDUCE_ONLY,
               .linked = 1};
    poor.place(t0, entry);
    poor.place(t0, out);
    poor.cancel(t0, 1);
    EXPECT_THAT(poor.told(t0),
                ElementsAre("accepted 1", "accepted 2", "cancelled 1", "cancelled 2"));
}

TEST_F(VenueTest, RefusesReduceOnlyWhereThereIsNothingToReduce) {
    Ask ask = limit(GREKKO_BUY, 90);
    ask.flags = GREKKO_ORDER_REDUCE_ONLY;
    stage.place(t0, ask);
    ask.side = GREKKO_SELL;
    ask.limit = Decimal{110};
    stage.place(t0, ask);
    EXPECT_THAT(stage.told(t0), ElementsAre("rejected 1 reduce_only", "accepted 2"));
}

// No spot venue knows what an order is for: what would sell holds its base.
TEST_F(VenueTest, HoldsTheBaseOfAReduceOnlySell) {
    Ask stop = {.side = GREKKO_SELL,
                .type = GREKKO_STOP,
                .quantity = Decimal{60},
                .trigger = Decimal{95},
                .flags = GREKKO_ORDER_REDUCE_ONLY};
    stage.place(t0, stop);
    EXPECT_THAT(balances(stage, t0), ElementsAre("USD 1000000/0", "BTC 100/60"));
    Ask exit = limit(GREKKO_SELL, 110, Decimal{50});
    exit.flags = GREKKO_ORDER_REDUCE_ONLY;
    stage.place(t0, exit);
    exit.quantity = Decimal{40};
    stage.place(t0, exit);
    EXPECT_THAT(stage.told(t0), ElementsAre("rejected 2 funds", "accepted 3"));
}

TEST_F(VenueTest, PreventsSelfTradesEachWay) {
    for (const SelfTrade mode :
         {SelfTrade::cancel_newest, SelfTrade::cancel_oldest, SelfTrade::cancel_both}) {
        Config config = on_book();
        config.self_trade = mode;
        Stage own{config};
        own.place(t0, limit(GREKKO_SELL, 100));
        own.place(t0, limit(GREKKO_BUY, 100));
        std::vector<std::string> wanted = {"accepted 1"};
        if (mode != SelfTrade::cancel_newest) wanted.push_back("cancelled 1 self_trade");
        wanted.push_back(mode == SelfTrade::cancel_oldest ? "accepted 2" : "rejected 2 self_trade");
        EXPECT_EQ(own.told(t0), wanted);
    }
}

TEST_F(VenueTest, ObeysTheProductsStatus) {
    stage.status(t0, GREKKO_LIMIT_ONLY);
    stage.place(t0, market(GREKKO_BUY));
    stage.status(t0, GREKKO_HALTED);
    stage.place(t0, limit(GREKKO_BUY, 90));
    stage.status(t0, GREKKO_TRADING);
    stage.place(t0, limit(GREKKO_BUY, 90));
    EXPECT_THAT(stage.told(t0),
                ElementsAre("rejected 1 not_trading", "rejected 2 not_trading", "accepted 3"));
}

TEST_F(VenueTest, LimitsOpenOrders) {
    Config config = on_book();
    config.listings[0].open_orders_max = 2;
    Stage few{config};
    show(few);
    for (int i = 0; i < 3; ++i)
        few.place(t0, limit(GREKKO_BUY, 90));
    EXPECT_THAT(few.told(t0), ElementsAre("accepted 1", "accepted 2", "rejected 3 too_many"));
}

TEST_F(VenueTest, TellsEverythingInASnapshot) {
    stage.place(t0, limit(GREKKO_BUY, 90));
    stage.place(t0, market(GREKKO_SELL));
    (void)stage.told(t0);
    stage.snapshot(t0 + ms);
    EXPECT_THAT(stage.told(t0 + ms),
                ElementsAre("begin", "clock", "state 1 2 0", "filled 2 1@99t",
                            "balance USD 1000099/90.00000001", "balance BTC 99/0", "end"));
}

TEST_F(VenueTest, ForgetsTheOldestClosedOrders) {
    Config config = on_book();
    config.closed_orders_max = 2;
    Stage few{config};
    show(few);
    for (int i = 0; i < 4; ++i)
        few.place(t0, market(GREKKO_BUY));
    (void)few.told(t0);
    few.query(t0, 1);
    few.query(t0, 4);
    EXPECT_THAT(few.told(t0), ElementsAre("not_found 1", "state 4 7 1"));
}

TEST_F(VenueTest, RefusesARequestThatIsNone) {
    grekko_request request{};
    EXPECT_EQ(stage.send(request), GREKKO_ERROR_INVALID);
    request.size = sizeof request;
    request.kind = 99;
    EXPECT_EQ(stage.send(request), GREKKO_ERROR_INVALID);
}

TEST(Venue, GivesTheSameReportBytesForTheSameSeedAndOthersForAnother) {
    const auto run = [](std::uint64_t seed) {
        Config config = on_book();
        config.seed = seed;
        config.entry = config.response = {80 * ms, 400 * ms};
        Stage stage{config};
        std::string bytes;
        for (int i = 0; i < 200; ++i) {
            const grekko_time at = t0 + i * second;
            stage.quote(at, Decimal{99 + i % 3}, Decimal{5}, Decimal{101 + i % 3}, Decimal{5});
            stage.place(at, limit(i % 2 == 0 ? GREKKO_BUY : GREKKO_SELL, 98 + i % 5));
            stage.trade(at + second / 2, GREKKO_SELL, Decimal{98 + i % 4}, Decimal{3});
            for (const grekko_report& report : stage.reports(at + second - 1))
                bytes.append(reinterpret_cast<const char*>(&report), sizeof report);
        }
        return bytes;
    };
    const std::string first = run(1);
    EXPECT_GT(first.size(), 200 * sizeof(grekko_report));
    EXPECT_EQ(first, run(1));
    EXPECT_NE(first, run(2));
}

// ---- Properties ----------------------------------------------------------------------------

struct Purse {
    Decimal usd{1'000'000}, btc{100};
    std::map<std::string, int> trades; // a snapshot tells fills again
    void apply(const grekko_report& r) {
        if (r.kind != GREKKO_REPORT_FILLED) return;
        if (trades[std::string{read_text(r.trade_id)}]++ > 0) return;
        const Decimal cost = multiply(r.price, r.quantity, Round::half_even);
        const bool buy = r.side == GREKKO_BUY;
        usd += buy ? -cost : cost;
        btc += buy ? Decimal{r.quantity} : -Decimal{r.quantity};
        (read_text(r.currency) == "USD" ? usd : btc) -= r.fee;
    }
};

Ask random_ask() {
    Ask ask;
    ask.side = *rc::gen::inRange(0, 2) == 0 ? GREKKO_BUY : GREKKO_SELL;
    ask.type = static_cast<std::uint8_t>(*rc::gen::inRange(1, 8));
    ask.quantity = Decimal::ratio(*rc::gen::inRange(1, 40'000), 3);
    ask.limit = Decimal{*rc::gen::inRange(90, 111)};
    ask.trigger = Decimal{*rc::gen::inRange(90, 111)};
    ask.trail = 0.03_dec;
    ask.time_in_force = static_cast<std::uint8_t>(*rc::gen::inRange(1, 4));
    ask.flags = static_cast<std::uint8_t>(*rc::gen::inRange(0, 10) == 0 ? 1 : 0);
    if (*rc::gen::inRange(0, 5) == 0) ask.shown = Decimal{1};
    if (ask.shown > ask.quantity) ask.shown = {};
    ask.linked = static_cast<std::uint64_t>(std::max(0, *rc::gen::inRange(-30, 30)));
    return ask;
}

void random_market(Stage& stage, bool bars, grekko_time at, int i) {
    const std::int64_t price = *rc::gen::inRange(92, 109);
    if (bars) {
        if (i % 4 != 0) return;
        stage.bar(t0 + (i / 4) * minute, price, price + *rc::gen::inRange(0, 6),
                  price - *rc::gen::inRange(0, 6), price, Decimal{*rc::gen::inRange(0, 500)});
    } else if (*rc::gen::inRange(0, 2) == 0) {
        const grekko_side side = *rc::gen::inRange(0, 2) == 0 ? GREKKO_BUY : GREKKO_SELL;
        stage.trade(at, side, Decimal{price}, Decimal{*rc::gen::inRange(1, 30)});
    } else {
        stage.quote(at, Decimal{price - 1}, Decimal{*rc::gen::inRange(1, 30)}, Decimal{price + 1},
                    Decimal{*rc::gen::inRange(1, 30)});
    }
}

// Balances are what the fills and fees of the reports make them, never negative, never below what
// is held; when all orders are gone nothing is held; every order that was accepted ends once.
void money_is_conserved(bool bars, FeeCurrency fees) {
    Config config = plain();
    config.fill = bars ? FillModel::bars : FillModel::book;
    config.impact = 0.7_dec;
    config.entry = {5 * second, 20 * second};
    config.response = {5 * second, 20 * second};
    config.listings[0].maker_fee = 0.00123_dec;
    config.listings[0].taker_fee = 0.00457_dec;
    config.listings[0].fee_currency = fees;
    Stage stage{config};
    Purse purse;
    std::map<std::uint64_t, int> open;
    std::vector<grekko_report> all;
    const auto note = [&](grekko_time now) {
        for (const grekko_report& r : stage.reports(now)) {
            purse.apply(r);
            if (r.kind == GREKKO_REPORT_ACCEPTED) ++open[r.order];
            if (r.kind == GREKKO_REPORT_CANCELLED || r.kind == GREKKO_REPORT_EXPIRED)
                --open[r.order];
            if (r.kind == GREKKO_REPORT_BALANCE) {
                RC_ASSERT(!Decimal{r.held}.is_negative());
                RC_ASSERT(Decimal{r.held} <= Decimal{r.total});
            }
            all.push_back(r);
        }
    };
    const int steps = *rc::gen::inRange(1, 80);
    std::uint64_t orders = 0;
    for (int i = 0; i < steps; ++i) {
        const grekko_time at = t0 + i * 15 * second;
        note(at - 1);
        random_market(stage, bars, at, i);
        const int kind = *rc::gen::inRange(0, 5);
        if (kind < 3) {
            orders = stage.place(at, random_ask());
        } else if (kind == 3 && orders > 0) {
            stage.cancel(at, *rc::gen::inRange<std::uint64_t>(1, orders + 1));
        } else if (orders > 0) {
            Ask ask = random_ask();
            stage.replace(at, *rc::gen::inRange<std::uint64_t>(1, orders + 1), ask,
                          "r" + std::to_string(i));
        }
        if (i % 10 == 0) stage.snapshot(at);
    }
    const grekko_time end = t0 + day;
    note(end);
    for (std::uint64_t order = 1; order <= orders; ++order)
        stage.query(end, order);
    const auto states = stage.reports(end + 10 * minute);
    for (const grekko_report& r : states) {
        if (r.kind != GREKKO_REPORT_ORDER_STATE || r.status >= GREKKO_ORDER_FILLED) continue;
        grekko_request cancel{};
        cancel.size = sizeof cancel;
        cancel.kind = GREKKO_REQUEST_CANCEL;
        cancel.instrument = 1;
        cancel.order = r.order;
        cancel.at = end + 20 * minute;
        stage.send(cancel);
    }
    note(end + 30 * minute);
    stage.snapshot(end + 40 * minute);
    for (const grekko_report& r : stage.reports(end + 50 * minute)) {
        if (r.kind != GREKKO_REPORT_BALANCE) continue;
        const bool usd = read_text(r.currency) == "USD";
        RC_ASSERT(Decimal{r.total} == (usd ? purse.usd : purse.btc));
        RC_ASSERT(Decimal{r.held}.is_zero());
    }
    for (const auto& [order, count] : open)
        RC_ASSERT(count == 0 || count == 1); // 1: ended by a fill
}

RC_GTEST_PROP(VenueMoney, IsConservedOnBooks, ()) {
    money_is_conserved(false, FeeCurrency::quote);
}
RC_GTEST_PROP(VenueMoney, IsConservedOnBars, ()) {
    money_is_conserved(true, FeeCurrency::quote);
}
RC_GTEST_PROP(VenueMoney, IsConservedWithFeesInWhatIsReceived, ()) {
    money_is_conserved(false, FeeCurrency::received);
}

} // namespace
} // namespace grekko::paper::tests
