// Nanoseconds that the market model adds to a record, beside reading the record alone. Records are
// a millisecond apart, so the minute turns as often as it would; "closing" builds three candles.
#include <vector>

#include <benchmark/benchmark.h>

#include "base/random.hpp"
#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

constexpr std::size_t table_size = 4'096;

Price near(Random& random) { return Price{Decimal::from_units(random.between(5'990, 6'010), 1)}; }

std::vector<Trade> trades() {
    Random random{1};
    std::vector<Trade> result;
    for (std::size_t i = 0; i < table_size; ++i) {
        const Quantity quantity{Decimal::from_units(random.between(1, 500'000), -8)};
        result.push_back(trade(0, near(random), quantity));
    }
    return result;
}

std::vector<Quote> quotes() {
    Random random{2};
    std::vector<Quote> result;
    for (std::size_t i = 0; i < table_size; ++i) {
        const Price bid = near(random);
        result.push_back(quote(0, bid, bid + Price::whole(1)));
    }
    return result;
}

// A book of 200 levels a side that changes near the touch, as feeds do.
std::vector<BookLevel> levels() {
    Random random{3};
    std::vector<BookLevel> result;
    for (std::size_t i = 0; i < table_size; ++i) {
        const bool buy = random.between(0, 1) == 0;
        const auto distance = random.between(1, random.between(1, 200));
        const Price price = Price::whole(60'000 + (buy ? -distance : distance));
        const Quantity quantity = Quantity::whole(random.between(0, 3));
        result.push_back(level(0, buy ? Side::buy : Side::sell, price, quantity));
    }
    return result;
}

template <class Record, class Take>
void over(benchmark::State& state, std::vector<Record> records, Take&& take) {
    std::size_t i = 0;
    std::int64_t now = 0;
    for (auto _ : state) {
        Record& record = records[i];
        record.head.received_at = start + Duration::milliseconds(++now);
        record.head.exchange_at = record.head.received_at;
        benchmark::DoNotOptimize(take(record));
        i = (i + 1) % table_size;
    }
}

void trade_read(benchmark::State& state) {
    Price sum;
    over(state, trades(), [&](const Trade& t) { return sum = t.price; });
}
void trade_taken(benchmark::State& state) {
    Market market{universe(), {}};
    over(state, trades(), [&](const Trade& t) { return market.on(t); });
}
void trade_closing(benchmark::State& state) {
    Market market{universe(), {}};
    for (const std::int64_t seconds : {60, 300, 3'600}) {
        market.subscribe(btc, Duration::seconds(seconds));
    }
    over(state, trades(), [&](const Trade& t) { return market.on(t); });
}
void quote_read(benchmark::State& state) {
    Price sum;
    over(state, quotes(), [&](const Quote& q) { return sum = q.bid; });
}
void quote_taken(benchmark::State& state) {
    Market market{universe(), {}};
    over(state, quotes(), [&](const Quote& q) { return market.on(q); });
}
void level_and_commit(benchmark::State& state) {
    Market market{universe(), {}};
    market.on(record<BookReset>(0));
    BookCommit commit = record<BookCommit>(0);
    over(state, levels(), [&](const BookLevel& change) {
        market.on(change);
        commit.head.received_at = change.head.received_at;
        return market.on(commit);
    });
}

void mark_asked(benchmark::State& state) {
    Market market{universe(), {}};
    market.on(quote(0, 60'000_price, 60'001_price));
    for (auto _ : state) benchmark::DoNotOptimize(market.mark(btc, at(1)));
}
void view_asked(benchmark::State& state) {
    Market market{universe(), {}};
    for (const BookLevel& change : levels()) {
        if (change.update_id == 0) market.on(change);
    }
    market.on(quote(0, 60'000_price, 60'001_price));
    market.on(trade(0, 60'000_price, 1_quantity));
    for (auto _ : state) benchmark::DoNotOptimize(market.view(btc, first, at(1)));
}

BENCHMARK(trade_read);
BENCHMARK(trade_taken);
BENCHMARK(trade_closing);
BENCHMARK(quote_read);
BENCHMARK(quote_taken);
BENCHMARK(level_and_commit);
BENCHMARK(mark_asked);
BENCHMARK(view_asked);

} // namespace
} // namespace grekko::market::test
