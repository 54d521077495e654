#include "core/market/market.hpp"

#include <algorithm>
#include <numeric>

#include "core/market/clusters.hpp"
#include "core/market/mark.hpp"
#include "core/market/turn.hpp"

namespace grekko::market {
namespace {

void rank_symbols(State& state, const Universe& universe) {
    for (std::size_t id = 1; id < universe.instruments.size(); ++id) {
        state.by_symbol.push_back(static_cast<std::uint16_t>(id));
    }
    std::ranges::stable_sort(state.by_symbol, {}, [&](std::uint16_t id) {
        return universe.instruments[id].symbol;
    });
    state.rank.resize(universe.instruments.size());
    for (std::size_t i = 0; i < state.by_symbol.size(); ++i) {
        state.rank[state.by_symbol[i]] = static_cast<std::uint16_t>(i);
    }
}

// When the trade happened by our clock: the venue's stamp less what its clock is ahead. Never
// after it came in.
Instant traded_at(const MarketHead& head, const VenueClock& clock, Instant now) {
    if (head.exchange_at.is_none() || clock.offset == VenueClock::unknown) return now;
    return std::min(now, head.exchange_at - Duration::nanoseconds(clock.offset));
}

[[gnu::noinline]] void open_run(State& state, InstrumentState& instrument, VenueId venue,
                                Instant at) {
    fold_open(state, instrument);
    instrument.open.run.from = at.floor(instrument.step);
    instrument.open.until = instrument.open.run.from + instrument.step;
    instrument.open.venue = venue;
    instrument.source = Source::trades;
    state.live = true;
    if (instrument.first_volume_at.is_none()) instrument.first_volume_at = at;
}

void end_hole(InstrumentState& instrument, Instant now) {
    if (!instrument.hole.from.is_none() && instrument.hole.until.is_none()) {
        instrument.hole.until = now;
    }
}

}  // namespace

Market::Market(const Universe& universe, Settings settings)
    : universe_{universe}, settings_{settings} {
    const std::size_t instruments = universe.instruments.size();
    state_.venue_count = universe.venues.size();
    state_.instruments.resize(instruments);
    state_.slots.resize(instruments * state_.venue_count);
    seen_.resize(instruments);
    state_.clocks.resize(state_.venue_count);
    rank_symbols(state_, universe_);
    find_clusters(state_, settings_, universe_);
}

Market::Subscribed Market::subscribe(InstrumentId id, Duration interval) {
    if (id.is_none() || id.value() >= state_.instruments.size()) {
        return Subscribed::unknown_instrument;
    }
    ++version_;
    InstrumentState& instrument = state_.instruments[id.value()];
    const std::int64_t second = Duration::seconds(1).count();
    if (interval.count() < second || interval.count() % second != 0) {
        return Subscribed::bad_interval;
    }
    const std::int64_t finest = instrument.bar_interval.count();
    if (instrument.source == Source::bars && interval.count() % finest != 0) {
        return Subscribed::bad_interval;
    }
    const auto place = std::ranges::lower_bound(instrument.series, interval, {}, &Series::interval);
    if (place != instrument.series.end() && place->interval() == interval) {
        return Subscribed::already;
    }
    fold_open(state_, instrument);
    instrument.series.insert(place, Series{id, interval});
    instrument.step = Duration::nanoseconds(std::gcd(instrument.step.count(), interval.count()));
    const auto group =
        std::ranges::lower_bound(state_.groups, interval, {}, &IntervalGroup::interval);
    if (group == state_.groups.end() || group->interval != interval) {
        state_.groups.insert(group, {interval, {}});
        state_.next_due = {};  // the next record sets the group's first end
    }
    return Subscribed::yes;
}

void Market::set_band(InstrumentId id, Band band) {
    if (id.value() < state_.instruments.size()) state_.instruments[id.value()].band = band;
}

// Time first; then whether the record is about something known.
inline bool Market::begin(const MarketHead& head) {
    ++version_;
    if (head.received_at > state_.now) state_.now = head.received_at;
    if (!state_.closed.empty()) state_.closed.clear();
    if (state_.now >= state_.next_due) {
        turn(state_, settings_, universe_, state_.now, Arrival::record);
    }
    if (head.instrument.value() >= state_.instruments.size() || head.instrument.is_none() ||
        head.venue.value() >= state_.venue_count || head.venue.is_none()) {
        ++state_.counters.unknown;
        return false;
    }
    if (!head.exchange_at.is_none() && head.kind != MarketKind::bar) {
        VenueClock& clock = state_.clocks[head.venue.value()];
        const std::int64_t ahead = (head.exchange_at - state_.now).count();
        clock.minute_max = std::max(clock.minute_max, ahead);
        clock.offset = std::max(clock.offset, ahead);
    }
    return true;
}

inline bool Market::touched(const InstrumentState& instrument, const Slot& slot) const {
    return slot.sound && (slot.bid <= instrument.band.low || slot.ask >= instrument.band.high);
}

bool Market::on(const Trade& trade) {
    if (!begin(trade.head)) return false;
    InstrumentState& instrument = state_.instruments[trade.head.instrument.value()];
    instrument.trade_price = trade.price;
    instrument.trade_at = state_.now;
    const VenueClock& clock = state_.clocks[trade.head.venue.value()];
    const Instant at = traded_at(trade.head, clock, state_.now);
    Open& open = instrument.open;
    if (at < open.run.from || at >= open.until) {
        open_run(state_, instrument, trade.head.venue, at);
        end_hole(instrument, state_.now);
    }
    Run& run = open.run;
    if (!run.used) {
        run.used = true;
        run.open = run.high = run.low = trade.price;
    }
    if (trade.price > run.high) run.high = trade.price;
    if (trade.price < run.low) run.low = trade.price;
    run.close = trade.price;
    run.volume += trade.quantity;
    ++run.trades;
    add_wide(open.value, limbs::multiply(static_cast<UInt128>(trade.price.raw()),
                                         static_cast<UInt128>(trade.quantity.raw())));
    return trade.price <= instrument.band.low || trade.price >= instrument.band.high;
}

bool Market::on(const Quote& quote) {
    if (!begin(quote.head)) return false;
    InstrumentState& instrument = state_.instruments[quote.head.instrument.value()];
    Slot& slot = state_.slot(quote.head.instrument, quote.head.venue);
    state_.live = true;
    if (slot.gapped) {  // a quote is whole in itself
        slot.gapped = false;
        end_hole(instrument, state_.now);
    }
    write_bid(slot, quote.bid, quote.bid_quantity, state_.now);
    write_ask(slot, quote.ask, quote.ask_quantity, state_.now);
    judge_touch(slot, settings_, state_.now);
    return touched(instrument, slot);
}

bool Market::on(const BookReset& reset) {
    if (begin(reset.head)) state_.slot(reset.head.instrument, reset.head.venue).book.reset();
    return false;
}

bool Market::on(const BookLevel& level) {
    if (!begin(level.head)) return false;
    Slot& slot = state_.slot(level.head.instrument, level.head.venue);
    const bool lost_before = slot.book.lost();
    if (slot.book.stage(level, settings_.book_pending_max)) return false;
    if (lost_before) {
        ++state_.counters.unsynced;
    } else {
        ++state_.counters.lost_books;
        lose_touch(slot, state_.now);
    }
    return false;
}

bool Market::on(const BookCommit& commit) {
    if (!begin(commit.head)) return false;
    InstrumentState& instrument = state_.instruments[commit.head.instrument.value()];
    Slot& slot = state_.slot(commit.head.instrument, commit.head.venue);
    if (!slot.book.commit(settings_.book_levels_max)) {
        ++state_.counters.unsynced;
        return false;
    }
    state_.live = true;
    if (slot.gapped) {
        slot.gapped = false;  // only a reset makes a lost book commit again
        end_hole(instrument, state_.now);
    }
    const Level none;
    const auto bids = slot.book.side(Side::buy);
    const auto asks = slot.book.side(Side::sell);
    const Level& bid = bids.empty() ? none : bids.back();
    const Level& ask = asks.empty() ? none : asks.back();
    write_bid(slot, bid.price, bid.quantity, state_.now);
    write_ask(slot, ask.price, ask.quantity, state_.now);
    judge_touch(slot, settings_, state_.now);
    return touched(instrument, slot);
}

bool Market::on(const Bar& bar) {
    if (!begin(bar.head)) return false;
    InstrumentState& instrument = state_.instruments[bar.head.instrument.value()];
    const bool second = instrument.bar_venue && instrument.bar_venue != bar.head.venue;
    if (instrument.source == Source::trades || second || bar.interval.count() <= 0) {
        ++state_.counters.ignored_bars;
        return false;
    }
    instrument.source = Source::bars;
    instrument.bar_venue = bar.head.venue;
    if (instrument.bar_interval == Duration{} || bar.interval < instrument.bar_interval) {
        instrument.bar_interval = bar.interval;
        instrument.bar_close = {};
        instrument.volatility = {};
    }
    const bool newer = bar.opened_at() >= instrument.bar_close;
    Bar seen = bar;
    seen.head.received_at = state_.now;
    if (bar.interval == instrument.bar_interval && newer) count_bar(instrument, settings_, seen);
    state_.pending.push_back(seen);
    state_.next_due = std::min(state_.next_due, state_.now + Duration::nanoseconds(1));
    return bar.low <= instrument.band.low || bar.high >= instrument.band.high;
}

bool Market::on(const Gap& gap) {
    if (!begin(gap.head)) return false;
    InstrumentState& instrument = state_.instruments[gap.head.instrument.value()];
    Slot& slot = state_.slot(gap.head.instrument, gap.head.venue);
    slot.book.lose();
    lose_touch(slot, state_.now);
    if (instrument.hole.from.is_none() || !instrument.hole.until.is_none()) {
        instrument.hole = {state_.now, {}};
    }
    fold_open(state_, instrument);
    return false;
}

bool Market::on(const StatusChange& change) {
    if (!begin(change.head)) return false;
    state_.slot(change.head.instrument, change.head.venue).status = change.status;
    return false;
}

bool Market::on(const Funding& funding) {
    if (!begin(funding.head)) return false;
    state_.instruments[funding.head.instrument.value()].funding = funding.rate;
    return false;
}

bool Market::on(const ClockTick& tick) {
    ++version_;
    state_.now = std::max(state_.now, tick.head.received_at);
    state_.closed.clear();
    if (state_.now >= state_.next_due || !state_.pending.empty()) {
        turn(state_, settings_, universe_, state_.now, Arrival::tick);
    }
    return false;
}

}  // namespace grekko::market
