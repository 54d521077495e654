// covers: adapters/paper/synthetic/market.cpp, adapters/paper/synthetic/flow.cpp
// covers: adapters/paper/synthetic/history.cpp
#include "paper/synthetic/history.hpp"
#include "paper/synthetic/market.hpp"

#include <cmath>
#include <cstdint>
#include <map>

#include <gtest/gtest.h>

namespace grekko::paper::synthetic {
namespace {

constexpr grekko_time start = 20'000 * day;

Config three() {
    Config config;
    config.seed = 7;
    config.start = start;
    config.instruments.resize(3);
    for (std::uint16_t i = 0; i < 3; ++i)
        config.instruments[i].instrument = static_cast<std::uint16_t>(i + 1);
    config.instruments[1].price = Decimal{2'500};
    config.instruments[2].price = Decimal{150};
    return config;
}

std::string bytes(SyntheticMarket& market, int records) {
    std::string all;
    for (int i = 0; i < records; ++i) {
        grekko_market_record_buffer record{};
        market.next(record);
        all.append(reinterpret_cast<const char*>(&record), record.head.size);
    }
    return all;
}

// Logarithms of mids at the ends of minutes, from the flow alone: a week in a moment.
std::vector<double> minute_returns(std::uint64_t seed, int minutes) {
    Flow flow{Instrument{}, seed, 1, start};
    FlowTrade trade;
    std::vector<double> returns;
    double last = std::log(static_cast<double>(flow.mid()));
    for (int i = 1; i <= minutes; ++i) {
        while (flow.next_at() < start + i * minute)
            (void)flow.step(trade);
        const double now = std::log(static_cast<double>(flow.mid()));
        returns.push_back(now - last);
        last = now;
    }
    return returns;
}

double mean(const std::vector<double>& x) {
    double sum = 0;
    for (const double v : x)
        sum += v;
    return sum / static_cast<double>(x.size());
}

double correlation(const std::vector<double>& x, std::size_t lag) {
    const double m = mean(x);
    double variance = 0;
    double covariance = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        variance += (x[i] - m) * (x[i] - m);
        if (i >= lag) covariance += (x[i] - m) * (x[i - lag] - m);
    }
    return covariance / variance;
}

TEST(SyntheticMarket, GivesEqualBytesForEqualSeedsAndOthersForOthers) {
    SyntheticMarket a{three()};
    SyntheticMarket b{three()};
    Config other = three();
    other.seed = 8;
    SyntheticMarket c{other};
    const std::string of_a = bytes(a, 5'000);
    EXPECT_EQ(of_a, bytes(b, 5'000));
    EXPECT_NE(of_a, bytes(c, 5'000));
}

TEST(SyntheticMarket, NeverGoesBackInTime) {
    SyntheticMarket market{three()};
    grekko_time last = 0;
    for (int i = 0; i < 50'000; ++i) {
        grekko_market_record_buffer record{};
        market.next(record);
        ASSERT_GE(record.head.received_at, last);
        ASSERT_EQ(record.head.received_at - record.head.exchange_at, 5'000'000);
        last = record.head.received_at;
    }
    EXPECT_GT(last, start + minute);
}

TEST(SyntheticMarket, ShowsABookThatItsQuotesAndTradesAgreeWith) {
    Config config = three();
    config.instruments.resize(1);
    SyntheticMarket market{config};
    std::map<Decimal, Decimal> bids;
    std::map<Decimal, Decimal> asks;
    int trades = 0;
    for (int i = 0; i < 50'000; ++i) {
        grekko_market_record_buffer record{};
        market.next(record);
        if (record.head.kind == GREKKO_MARKET_BOOK_LEVEL) {
            auto& side = record.head.flags == GREKKO_BUY ? bids : asks;
            side[record.level.price] = record.level.quantity;
            if (Decimal{record.level.quantity}.is_zero()) side.erase(record.level.price);
        } else if (record.head.kind == GREKKO_MARKET_TRADE) {
            const bool buy = record.head.flags == GREKKO_BUY;
            const auto& [price, size] = buy ? *asks.begin() : *bids.rbegin();
            ASSERT_EQ(Decimal{record.trade.price}, price);
            ASSERT_LE(Decimal{record.trade.quantity}, size);
            ++trades;
        } else if (record.head.kind == GREKKO_MARKET_QUOTE) {
            ASSERT_LT(bids.rbegin()->first, asks.begin()->first);
            ASSERT_EQ(Decimal{record.quote.bid}, bids.rbegin()->first);
            ASSERT_EQ(Decimal{record.quote.ask}, asks.begin()->first);
            ASSERT_EQ(bids.size(), 10U);
            ASSERT_EQ(asks.size(), 10U);
        }
    }
    EXPECT_GT(trades, 1'000);
}

// The null: neither drift nor memory in the direction of returns, for several seeds.
TEST(SyntheticMarket, HasNoDriftAndNoMemoryInItsReturns) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const std::vector<double> returns = minute_returns(seed, 10'000);
        const double n = static_cast<double>(returns.size());
        double square = 0;
        double fourth = 0;
        for (const double r : returns) {
            square += r * r / n;
            fourth += r * r * r * r / n;
        }
        EXPECT_LT(std::abs(mean(returns)), 3 * std::sqrt(square / n)) << seed;
        // Under clustered volatility products of returns spread wider than 1/n by this factor.
        const double error = std::sqrt(fourth / (square * square) / n);
        for (const std::size_t lag : {1U, 2U, 3U, 5U, 10U, 60U})
            EXPECT_LT(std::abs(correlation(returns, lag)), 3 * error) << seed << " lag " << lag;
    }
}

TEST(SyntheticMarket, HasClusteredVolatility) {
    for (const std::uint64_t seed : {1U, 2U}) {
        std::vector<double> squares = minute_returns(seed, 10'000);
        for (double& r : squares)
            r *= r;
        for (const std::size_t lag : {1U, 5U, 20U})
            EXPECT_GT(correlation(squares, lag), 3 / std::sqrt(10'000.0)) << seed << " " << lag;
    }
}

TEST(SyntheticMarket, MovesAFewPercentADay) {
    const std::vector<double> returns = minute_returns(5, 10'000);
    double square = 0;
    for (const double r : returns)
        square += r * r;
    const double day_sigma = std::sqrt(square / 10'000.0 * 1'440.0);
    EXPECT_GT(day_sigma, 0.01);
    EXPECT_LT(day_sigma, 0.10);
}

// Who buys at the ask and sells a minute later at the bid loses the spread, who makes gets nothing:
// the mid after a trade is the price of the trade.
TEST(SyntheticMarket, PaysNeitherTakersNorMakersBeforeFees) {
    Flow flow{Instrument{}, 11, 1, start};
    FlowTrade trade;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < 60'000; ++i) {
        if (!flow.step(trade)) continue;
        const auto price = static_cast<double>(trade.price);
        const auto taker = trade.aggressor == GREKKO_BUY ? 1.0 : -1.0;
        FlowTrade later;
        for (int k = 0; k < 20; ++k)
            (void)flow.step(later);
        const double gain = taker * (static_cast<double>(flow.mid()) - price) / price;
        sum += gain;
        squares += gain * gain;
        ++count;
    }
    EXPECT_LT(std::abs(sum / count), 3 * std::sqrt(squares / count / count));
}

TEST(SyntheticMarket, MakesItsHistoryOfTheTradesBeforeTheStart) {
    SyntheticMarket market{three(), {{5 * second, 3 * 720}, {minute, 180}}};
    const auto& history = market.history();
    ASSERT_EQ(history.size(), 3U * (2'160 + 180));
    grekko_time last = 0;
    std::map<std::pair<std::uint16_t, grekko_time>, grekko_bar> minutes;
    Decimal volume[2];
    for (const grekko_bar& bar : history) {
        EXPECT_GE(bar.head.received_at, last);
        last = bar.head.received_at;
        EXPECT_EQ(bar.head.received_at, bar.head.exchange_at + bar.interval + 5'000'000);
        EXPECT_LE(Decimal{bar.low}, Decimal{bar.open});
        EXPECT_LE(Decimal{bar.close}, Decimal{bar.high});
        EXPECT_LT(bar.head.exchange_at + bar.interval, start + 1);
        volume[bar.interval == minute ? 0 : 1] += bar.volume;
    }
    EXPECT_EQ(volume[0], volume[1]); // the same trades
    grekko_market_record_buffer first{};
    market.next(first);
    EXPECT_EQ(first.head.exchange_at, start);
}

TEST(SyntheticMarket, GoesOnWhereItsHistoryEnds) {
    SyntheticMarket market{three(), {{minute, 60}}};
    Decimal close;
    for (const grekko_bar& bar : market.history()) {
        if (bar.head.instrument == 1) close = bar.close;
    }
    grekko_market_record_buffer record{};
    do
        market.next(record);
    while (record.head.kind != GREKKO_MARKET_QUOTE || record.head.instrument != 1);
    const Decimal mid =
        multiply(Decimal{record.quote.bid} + Decimal{record.quote.ask}, 0.5_dec, Round::down);
    EXPECT_EQ(mid, close); // the mid is where the last trade was
}

TEST(SyntheticMarket, RefusesInstrumentsThatMakeNoSense) {
    Config config = three();
    config.instruments[0].trades_per_second = 0;
    EXPECT_THROW(SyntheticMarket{config}, std::invalid_argument);
    config = three();
    config.instruments[0].price = 0.5_dec;
    EXPECT_THROW(SyntheticMarket{config}, std::invalid_argument);
}

TEST(BarSeries, GivesEmptyBarsAtTheLastPriceAndNoneBeforeTheFirst) {
    BarSeries series{minute, start, start + 4 * minute};
    series.trade(start + minute, Decimal{10}, Decimal{1});
    series.trade(start + minute + 1, Decimal{12}, Decimal{2});
    series.trade(start + 3 * minute, Decimal{9}, Decimal{1});
    const std::vector<grekko_bar> bars = series.finish();
    ASSERT_EQ(bars.size(), 3U);
    EXPECT_EQ(bars[0].head.exchange_at, start + minute);
    EXPECT_EQ(Decimal{bars[0].close}, Decimal{12});
    EXPECT_EQ(Decimal{bars[0].volume}, Decimal{3});
    EXPECT_EQ(bars[1].head.flags, GREKKO_BAR_EMPTY);
    EXPECT_EQ(Decimal{bars[1].open}, Decimal{12});
    EXPECT_EQ(Decimal{bars[2].open}, Decimal{9});
    EXPECT_EQ(bars[2].trades, 1U);
}

} // namespace
} // namespace grekko::paper::synthetic
