#include "paper/synthetic/market.hpp"

#include "paper/synthetic/history.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace grekko::paper::synthetic {
namespace {

Decimal times(Decimal step, std::int64_t count) {
    return Decimal::from_raw(step.raw() * count);
}

void check(const Instrument& instrument) {
    const bool steps = instrument.tick.is_positive() && instrument.lot.is_positive();
    const bool sizes =
        instrument.trade_size >= instrument.lot && instrument.level_size >= instrument.lot;
    const bool rates = instrument.trades_per_second > 0 && instrument.updates_per_second > 0 &&
                       instrument.half_spread > 0 && instrument.half_spread < 0.1;
    const bool levels = instrument.levels >= 1 && instrument.levels <= 50;
    if (!steps || !sizes || !rates || !levels ||
        instrument.price.raw() / instrument.tick.raw() < 100)
        throw std::invalid_argument{"a synthetic instrument needs positive steps, sizes and rates, "
                                    "1 to 50 levels and a price of at least 100 ticks"};
}

} // namespace

SyntheticMarket::SyntheticMarket(const Config& config, const std::vector<WarmUp>& warm_up)
    : config_{config} {
    grekko_time begin = config.start;
    for (const WarmUp& part : warm_up) {
        if (part.interval <= 0) throw std::invalid_argument{"a warm-up needs an interval"};
        begin = std::min(begin,
                         config.start / part.interval * part.interval - part.interval * part.count);
    }
    std::uint64_t stream = 0;
    for (const Instrument& instrument : config.instruments) {
        check(instrument);
        live_.push_back({instrument,
                         Flow{instrument, config.seed, ++stream, begin},
                         Random{config.seed, ++stream},
                         0,
                         {},
                         {},
                         0,
                         0});
        make_history(live_.back(), warm_up, begin);
    }
    std::sort(history_.begin(), history_.end(), [](const grekko_bar& a, const grekko_bar& b) {
        return std::tie(a.head.received_at, a.interval, a.head.instrument) <
               std::tie(b.head.received_at, b.interval, b.head.instrument);
    });
    for (Live& live : live_)
        open(live);
}

void SyntheticMarket::make_history(Live& live, const std::vector<WarmUp>& warm_up,
                                   grekko_time begin) {
    std::vector<BarSeries> series;
    for (const WarmUp& part : warm_up) {
        const grekko_time end = config_.start / part.interval * part.interval;
        series.emplace_back(part.interval, std::max(begin, end - part.interval * part.count), end);
    }
    FlowTrade trade;
    while (live.flow.next_at() < config_.start) {
        if (!live.flow.step(trade)) continue;
        ++live.trades;
        const Decimal price = times(live.instrument.tick, trade.price);
        const Decimal size = times(live.instrument.lot, trade.size);
        for (BarSeries& one : series)
            one.trade(trade.at, price, size);
    }
    for (BarSeries& one : series) {
        for (grekko_bar& bar : one.finish()) {
            const grekko_market_head& made = bar.head;
            bar.head = head(live, sizeof bar, GREKKO_MARKET_BAR, made.flags, made.exchange_at);
            bar.head.received_at += bar.interval;
            history_.push_back(bar);
        }
    }
}

grekko_market_head SyntheticMarket::head(const Live& live, std::size_t size, std::uint8_t kind,
                                         std::uint8_t flags, grekko_time at) const {
    return {static_cast<std::uint16_t>(size),
            kind,
            flags,
            config_.venue,
            live.instrument.instrument,
            at,
            at + config_.feed_latency};
}

void SyntheticMarket::next(grekko_market_record_buffer& record) {
    while (waiting_.empty()) {
        Live* first = nullptr;
        for (Live& live : live_) {
            if (first == nullptr || live.next_at() < first->next_at()) first = &live;
        }
        if (first == nullptr) { // no instruments: a clock, so that there is always a record
            grekko_market_record_buffer clock{};
            clock.head = {sizeof(grekko_clock_tick),
                          GREKKO_MARKET_CLOCK,
                          0,
                          config_.venue,
                          0,
                          config_.start,
                          config_.start};
            config_.start += second;
            put(clock);
            break;
        }
        turn(*first);
    }
    record = waiting_.front();
    waiting_.pop_front();
}

void SyntheticMarket::open(Live& live) {
    grekko_market_record_buffer record{};
    record.reset.head = head(live, sizeof record.reset, GREKKO_MARKET_BOOK_RESET, 0, config_.start);
    record.reset.update_id = ++live.updates;
    put(record);
    requote(live, config_.start);
    arrange_update(live, config_.start);
}

void SyntheticMarket::turn(Live& live) {
    if (live.next_update < live.flow.next_at()) {
        const grekko_time at = live.next_update;
        update_size(live, at);
        return arrange_update(live, at);
    }
    const grekko_time at = live.flow.next_at();
    FlowTrade trade;
    if (live.flow.step(trade)) show_trade(live, trade);
    requote(live, at);
}

// The tape never shows a trade larger than the level it met.
void SyntheticMarket::show_trade(Live& live, FlowTrade trade) {
    const auto& met = trade.aggressor == GREKKO_BUY ? live.asks : live.bids;
    trade.size = std::min(trade.size, met.front().size);
    grekko_market_record_buffer record{};
    record.trade.head =
        head(live, sizeof record.trade, GREKKO_MARKET_TRADE, trade.aggressor, trade.at);
    record.trade.price = times(live.instrument.tick, trade.price);
    record.trade.quantity = times(live.instrument.lot, trade.size);
    record.trade.trade_id = ++live.trades;
    put(record);
}

void SyntheticMarket::requote(Live& live, grekko_time at) {
    const std::int64_t mid = live.flow.mid();
    const std::int64_t half = live.flow.half();
    requote_side(live, live.bids, GREKKO_BUY, std::max<std::int64_t>(mid - half, 1), at);
    requote_side(live, live.asks, GREKKO_SELL, mid + half, at);
    put_commit_and_quote(live, at);
}

// Levels in front of the new best go, the best is shown, the far end is cut or filled up.
void SyntheticMarket::requote_side(Live& live, std::vector<Level>& levels, grekko_side side,
                                   std::int64_t best, grekko_time at) {
    const int sign = side == GREKKO_BUY ? -1 : 1; // away from the mid
    const auto in_front = [&](const Level& level) { return (level.price - best) * sign < 0; };
    while (!levels.empty() && in_front(levels.front())) {
        put_level(live, side, {levels.front().price, 0}, at);
        levels.erase(levels.begin());
    }
    if (levels.empty() || levels.front().price != best) {
        levels.insert(levels.begin(), {best, level_size(live)});
        put_level(live, side, levels.front(), at);
    }
    const auto wanted = static_cast<std::size_t>(live.instrument.levels);
    while (levels.size() > wanted) {
        put_level(live, side, {levels.back().price, 0}, at);
        levels.pop_back();
    }
    while (levels.size() < wanted) {
        const auto half = static_cast<std::uint64_t>(live.flow.half());
        const auto gap = static_cast<std::int64_t>(1 + live.book_random.below(half));
        const std::int64_t price = levels.back().price + sign * gap;
        if (price < 1) return;
        levels.push_back({price, level_size(live)});
        put_level(live, side, levels.back(), at);
    }
}

void SyntheticMarket::update_size(Live& live, grekko_time at) {
    const grekko_side side = (live.book_random.bits() >> 63) != 0 ? GREKKO_BUY : GREKKO_SELL;
    auto& levels = side == GREKKO_BUY ? live.bids : live.asks;
    Level& level = levels[live.book_random.below(levels.size())];
    level.size = level_size(live);
    put_level(live, side, level, at);
    put_commit_and_quote(live, at);
}

void SyntheticMarket::arrange_update(Live& live, grekko_time from) {
    const double seconds = live.book_random.exponential() / live.instrument.updates_per_second;
    live.next_update = from + 1 + static_cast<grekko_duration>(seconds * 1e9);
}

std::int64_t SyntheticMarket::level_size(Live& live) {
    const double median = live.instrument.level_size.to_double() / live.instrument.lot.to_double();
    const double drawn = live.book_random.log_normal(median, 0.7);
    return std::max<std::int64_t>(static_cast<std::int64_t>(std::min(drawn, 1e15)), 1);
}

void SyntheticMarket::put_level(Live& live, grekko_side side, const Level& level, grekko_time at) {
    grekko_market_record_buffer record{};
    record.level.head = head(live, sizeof record.level, GREKKO_MARKET_BOOK_LEVEL, side, at);
    record.level.price = times(live.instrument.tick, level.price);
    record.level.quantity = times(live.instrument.lot, level.size);
    record.level.update_id = ++live.updates;
    put(record);
}

void SyntheticMarket::put_commit_and_quote(Live& live, grekko_time at) {
    grekko_market_record_buffer commit{};
    commit.commit.head = head(live, sizeof commit.commit, GREKKO_MARKET_BOOK_COMMIT, 0, at);
    commit.commit.update_id = live.updates;
    put(commit);
    grekko_market_record_buffer record{};
    record.quote.head = head(live, sizeof record.quote, GREKKO_MARKET_QUOTE, 0, at);
    record.quote.bid = times(live.instrument.tick, live.bids.front().price);
    record.quote.bid_quantity = times(live.instrument.lot, live.bids.front().size);
    record.quote.ask = times(live.instrument.tick, live.asks.front().price);
    record.quote.ask_quantity = times(live.instrument.lot, live.asks.front().size);
    record.quote.update_id = live.updates;
    put(record);
}

} // namespace grekko::paper::synthetic
