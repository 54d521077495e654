// covers: adapters/paper/ledger.cpp, adapters/paper/random.cpp, adapters/paper/random.hpp
// covers: adapters/paper/rules.cpp, adapters/paper/rules.hpp, adapters/paper/shown_book.cpp
// covers: adapters/paper/statistics.cpp
#include "paper/ledger.hpp"
#include "paper/random.hpp"
#include "paper/rules.hpp"
#include "paper/shown_book.hpp"
#include "paper/statistics.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace grekko::paper {
namespace {

TEST(Ledger, NeverHoldsOrPaysMoreThanIsFree) {
    Ledger ledger;
    const std::size_t usd = ledger.place("USD");
    EXPECT_EQ(ledger.place("USD"), usd);
    ledger.credit(usd, Decimal{10});
    EXPECT_TRUE(ledger.hold(usd, Decimal{6}));
    EXPECT_FALSE(ledger.hold(usd, Decimal{5}));
    EXPECT_FALSE(ledger.debit(usd, Decimal{5}));
    EXPECT_FALSE(ledger.debit(usd, Decimal{-1}));
    EXPECT_TRUE(ledger.debit(usd, Decimal{4}));
    ledger.release(usd, Decimal{100});
    EXPECT_EQ(ledger.at(usd).total, Decimal{6});
    EXPECT_EQ(ledger.at(usd).held, Decimal{});
}

TEST(Random, RepeatsItselfForASeedAndAStream) {
    Random a{1, 1};
    Random b{1, 1};
    Random c{1, 2};
    const std::uint64_t first = a.bits();
    EXPECT_EQ(first, b.bits());
    EXPECT_NE(first, c.bits());
}

TEST(Random, GivesTheSameBitsOnEveryMachine) {
    Random random{42, 1};
    double sum = 0;
    for (int i = 0; i < 1'000; ++i)
        sum += random.normal() + random.exponential();
    Random again{42, 1};
    double same = 0;
    for (int i = 0; i < 1'000; ++i)
        same += again.normal() + again.exponential();
    EXPECT_EQ(sum, same);
    EXPECT_NEAR(sum / 1'000, 1.0, 0.2);
}

TEST(Random, HasLogarithmAndExponentialOfItsOwn) {
    for (double x = 1e-9; x < 1e9; x *= 1.7)
        EXPECT_NEAR(portable_log(x), std::log(x), 1e-13 * std::max(1.0, std::abs(std::log(x))));
    for (double x = -50; x < 50; x += 0.37)
        EXPECT_NEAR(portable_exp(x) / std::exp(x), 1.0, 1e-13);
    EXPECT_NEAR(log_normal_sigma(80, 400), std::log(5.0) / 2.3263478740408408, 1e-12);
}

TEST(Random, DrawsEvenlyBelowABound) {
    Random random{3, 1};
    int count[5] = {};
    for (int i = 0; i < 10'000; ++i)
        ++count[random.below(5)];
    for (const int n : count)
        EXPECT_NEAR(n, 2'000, 200);
}

grekko_request good() {
    grekko_request r{};
    r.side = GREKKO_BUY;
    r.type = GREKKO_LIMIT;
    r.time_in_force = GREKKO_GTC;
    r.quantity = Decimal{1};
    r.limit = Decimal{100};
    return r;
}

Listing strict() {
    Listing listing;
    listing.tick = 0.5_dec;
    listing.lot = 0.1_dec;
    listing.market_lot = Decimal{1};
    listing.quantity_min = 0.2_dec;
    listing.quantity_max = Decimal{10};
    listing.notional_min = Decimal{30};
    listing.price_min = Decimal{50};
    listing.price_max = Decimal{200};
    listing.band_up = listing.band_down = 0.1_dec;
    return listing;
}

int reason(const grekko_request& request, std::uint8_t status = GREKKO_TRADING) {
    return check_rules(strict(), request, status, Decimal{100}).reason;
}

TEST(Rules, PassARequestThatObeysThem) {
    EXPECT_EQ(reason(good()), GREKKO_REJECT_NONE);
}

TEST(Rules, RefuseFormsThatMakeNoSense) {
    const auto broken = [](auto change) {
        grekko_request r = good();
        change(r);
        return reason(r);
    };
    EXPECT_EQ(broken([](auto& r) { r.side = 3; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.type = 9; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.time_in_force = 0; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.time_in_force = GREKKO_GTD; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.limit = Decimal{}; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.type = GREKKO_STOP; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.type = GREKKO_TRAILING_STOP; }), GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) {
                  r.flags = GREKKO_ORDER_POST_ONLY;
                  r.time_in_force = GREKKO_IOC;
              }),
              GREKKO_REJECT_INVALID);
    EXPECT_EQ(broken([](auto& r) { r.limit = 100.3_dec; }), GREKKO_REJECT_INVALID);
}

TEST(Rules, RefusePricesAndSizesOutOfBounds) {
    const auto priced = [](Decimal price) {
        grekko_request r = good();
        r.limit = price;
        return reason(r);
    };
    const auto sized = [](Decimal quantity, std::uint8_t type = GREKKO_LIMIT) {
        grekko_request r = good();
        r.type = type;
        r.quantity = quantity;
        return reason(r);
    };
    EXPECT_EQ(priced(Decimal{49}), GREKKO_REJECT_PRICE_OUT_OF_BAND);
    EXPECT_EQ(priced(Decimal{111}), GREKKO_REJECT_PRICE_OUT_OF_BAND);
    EXPECT_EQ(priced(Decimal{89}), GREKKO_REJECT_PRICE_OUT_OF_BAND);
    EXPECT_EQ(priced(Decimal{110}), GREKKO_REJECT_NONE);
    EXPECT_EQ(sized(0.15_dec), GREKKO_REJECT_SIZE_OUT_OF_RANGE);
    EXPECT_EQ(sized(0.1_dec), GREKKO_REJECT_SIZE_OUT_OF_RANGE);
    EXPECT_EQ(sized(0.2_dec), GREKKO_REJECT_SIZE_OUT_OF_RANGE); // a value of 20
    EXPECT_EQ(sized(Decimal{11}), GREKKO_REJECT_SIZE_OUT_OF_RANGE);
    EXPECT_EQ(sized(Decimal{}), GREKKO_REJECT_SIZE_OUT_OF_RANGE);
    EXPECT_EQ(sized(1.5_dec, GREKKO_MARKET), GREKKO_REJECT_SIZE_OUT_OF_RANGE);
    EXPECT_EQ(sized(Decimal{2}, GREKKO_MARKET), GREKKO_REJECT_NONE);
}

TEST(Rules, ObeyTheProductsStatus) {
    grekko_request post = good();
    post.flags = GREKKO_ORDER_POST_ONLY;
    EXPECT_EQ(reason(good(), GREKKO_LIMIT_ONLY), GREKKO_REJECT_NONE);
    EXPECT_EQ(reason(good(), GREKKO_POST_ONLY), GREKKO_REJECT_NOT_TRADING);
    EXPECT_EQ(reason(post, GREKKO_POST_ONLY), GREKKO_REJECT_NONE);
    EXPECT_EQ(reason(good(), GREKKO_CANCEL_ONLY), GREKKO_REJECT_NOT_TRADING);
    EXPECT_EQ(reason(good(), GREKKO_REMOVED), GREKKO_REJECT_NOT_TRADING);
}

grekko_book_level level(grekko_side side, std::int64_t price, std::int64_t quantity) {
    grekko_book_level record{};
    record.head.flags = side;
    record.price = Decimal{price};
    record.quantity = Decimal{quantity};
    return record;
}

TEST(ShownBook, ShowsNothingBeforeTheCommit) {
    ShownBook book;
    book.reset();
    book.level(level(GREKKO_BUY, 99, 5));
    EXPECT_FALSE(book.best_bid().is_positive());
    EXPECT_EQ(book.commit().size(), 1U);
    EXPECT_EQ(book.best_bid(), Decimal{99});
    EXPECT_TRUE(book.mid().is_zero());
}

TEST(ShownBook, TellsWhatBecameOfEveryLevelAcrossAReset) {
    ShownBook book;
    book.level(level(GREKKO_BUY, 99, 5));
    book.level(level(GREKKO_BUY, 98, 6));
    (void)book.commit();
    book.traded(GREKKO_SELL, Decimal{99}, Decimal{2});
    book.take(GREKKO_BUY, Decimal{99}, Decimal{1});
    book.reset();
    book.level(level(GREKKO_BUY, 99, 3));
    const std::vector<LevelChange> changes = book.commit();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].before.shown, Decimal{5});
    EXPECT_EQ(changes[0].before.traded, Decimal{2});
    EXPECT_EQ(changes[0].after, Decimal{3});
    EXPECT_EQ(changes[1].price, Decimal{98});
    EXPECT_EQ(changes[1].after, Decimal{});
    EXPECT_EQ(book.bids().begin()->second.left(), Decimal{3}); // the update gives it back
}

TEST(Statistics, UsesTheDefaultVolatilityUntilTenSamples) {
    Statistics statistics{0.05_dec};
    EXPECT_EQ(statistics.sigma_day(), 0.05_dec);
    for (int i = 0; i < 40; ++i)
        statistics.mid(i * minute, i % 2 == 0 ? Decimal{100} : Decimal{101});
    // A percent a minute: √1440 = 37.9 percent a day.
    EXPECT_NEAR(statistics.sigma_day().to_double(), 0.01 * std::sqrt(1'440.0), 0.01);
}

TEST(Statistics, ScalesTheVolumeOfADayUpWhileLessWasSeen) {
    Statistics statistics{0.05_dec};
    const grekko_time start = 100 * day;
    EXPECT_TRUE(statistics.volume_day(start).is_zero());
    for (int i = 0; i < 60; ++i)
        statistics.traded(start + i * minute, Decimal{1});
    EXPECT_EQ(statistics.volume_day(start + 60 * minute), Decimal{1'440});
    EXPECT_EQ(statistics.volume_5min(start + 59 * minute), Decimal{5});
    EXPECT_TRUE(statistics.volume_day(start + 3 * day).is_zero());
}

TEST(Statistics, CountsAllBarsThatClosedInTheLast24Hours) {
    Statistics statistics{0.05_dec};
    const grekko_time start = 100 * day;
    for (int i = 0; i < 30; ++i) { // hourly bars; the newest closes as the next opens
        grekko_bar bar{};
        bar.head.exchange_at = start + i * 60 * minute;
        bar.interval = 60 * minute;
        bar.close = Decimal{100};
        bar.volume = Decimal{1};
        statistics.bar(bar);
        const grekko_time now = start + (i + 1) * 60 * minute;
        EXPECT_EQ(statistics.volume_day(now), Decimal{24}) << i; // scaled up, then counted
    }
    grekko_bar daily{};
    daily.head.exchange_at = start + 40 * day;
    daily.interval = day;
    daily.close = Decimal{100};
    daily.volume = Decimal{7};
    statistics.bar(daily);
    EXPECT_EQ(statistics.volume_day(start + 41 * day), Decimal{7});
}

TEST(Statistics, PricesImpactByTheRootAndInvertsIt) {
    Statistics statistics{0.04_dec};
    const grekko_time at = 100 * day;
    statistics.traded(at, Decimal{1});                              // 1 440 a day
    const Decimal share = statistics.impact(0.7_dec, 14.4_dec, at); // 0.7 · 0.04 · 0.1
    EXPECT_NEAR(share.to_double(), 0.0028, 1e-12);
    EXPECT_NEAR(statistics.quantity_within(0.7_dec, share, at).to_double(), 14.4, 1e-9);
    EXPECT_TRUE(statistics.quantity_within(0.7_dec, Decimal{-1}, at).is_zero());
}

} // namespace
} // namespace grekko::paper
