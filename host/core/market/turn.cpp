#include "core/market/turn.hpp"

#include <algorithm>
#include <tuple>

#include "core/market/clusters.hpp"
#include "core/market/mark.hpp"

namespace grekko::market {
namespace {

constexpr Duration minute{Duration::minutes(1)};
constexpr Duration nanosecond{Duration::nanoseconds(1)};

std::uint64_t sample_of(Rate rate) {
    return static_cast<std::uint64_t>(std::clamp<Int128>(rate.raw(), 1, UINT64_MAX));
}

Rate rate_of(std::uint64_t sample) { return Rate::from_raw(static_cast<Int128>(sample)); }

void sample_sigma(InstrumentState& instrument, const Settings& settings, Instant at) {
    const Rate sigma = sigma_1min(instrument, settings);
    if (sigma.is_zero()) return;
    const std::uint64_t sample = sample_of(sigma);
    if (instrument.sigma_7d.add(at, sample)) {
        instrument.sigma_median_7d =
            rate_of(instrument.sigma_7d.median(settings.median_samples_min));
    }
    if (instrument.sigma_30d.add(at, sample)) {
        instrument.sigma_median_30d =
            rate_of(instrument.sigma_30d.median(settings.median_samples_min));
    }
}

void sample_spread(InstrumentState& instrument, const Settings& settings, const Slot& slot,
                   Instant at) {
    const Rate spread = ratio(slot.ask - slot.bid, slot.mid, Rounding::half_even);
    instrument.spread_1h.add(at, sample_of(spread));
    instrument.spread_median = rate_of(instrument.spread_1h.median(settings.median_samples_min));
}

void turn_minute_of(State& state, const Settings& settings, InstrumentId id, Instant at) {
    InstrumentState& instrument = state.instruments[id.value()];
    if (instrument.source == Source::bars) return;
    const auto [mark, venue] = mark_of(state, settings, id, at);
    if (mark.stale) {
        instrument.minute_price = {};
        return;
    }
    if (!instrument.minute_price.is_zero()) {
        instrument.volatility.add(instrument.minute_price, mark.price, settings.sigma_decay);
    }
    instrument.minute_price = mark.price;
    sample_sigma(instrument, settings, at);
    if (venue) sample_spread(instrument, settings, state.slot(id, venue), at);
    if (at.floor(Duration::hours(1)) == at) add_hourly_return(instrument, mark.price, at);
}

void turn_venue(VenueClock& clock, Instant at) {
    const auto number = static_cast<std::size_t>(at.nanoseconds() / minute.count());
    clock.minutes[number % clock.minutes.size()] = clock.minute_max;
    clock.minute_max = VenueClock::unknown;
    clock.offset = *std::max_element(clock.minutes.begin(), clock.minutes.end());
}

// After a silence only the first minutes can matter: marks go stale and clocks are forgotten.
void turn_minutes(State& state, const Settings& settings, const Universe& universe, Instant at) {
    const Instant from = state.next_minute;
    const std::int64_t turns_max =
        std::max<std::int64_t>(11, settings.trade_age_max.count() / minute.count() + 2);
    for (std::int64_t i = 0; i < turns_max && state.next_minute <= at; ++i) {
        for (std::size_t id = 1; state.live && id < state.instruments.size(); ++id) {
            turn_minute_of(state, settings, InstrumentId{static_cast<std::uint16_t>(id)},
                           state.next_minute);
        }
        for (VenueClock& clock : state.clocks) turn_venue(clock, state.next_minute);
        state.next_minute = state.next_minute + minute;
    }
    state.next_minute = at.floor(minute) + minute;
    const Duration day = Duration::days(1);
    if ((from - nanosecond).floor(day) != at.floor(day)) find_clusters(state, settings, universe);
}

void publish(State& state, const Settings& settings, Series& series, const Bar& bar) {
    series.keep(bar, settings.history_bars);
    state.closed.push_back(bar);
}

void close_group(State& state, const Settings& settings, const IntervalGroup& group) {
    const Instant end = group.next_end;
    for (const std::uint16_t id : state.by_symbol) {
        InstrumentState& instrument = state.instruments[id];
        if (instrument.source != Source::trades) continue;
        for (Series& series : instrument.series) {
            if (series.interval() != group.interval) continue;
            if (instrument.open.run.used && instrument.open.run.from < end) {
                fold_open(state, instrument);
            }
            const auto bar = series.close(end, end + settings.bar_grace, instrument.hole);
            if (bar) publish(state, settings, series, *bar);
        }
    }
}

void skip_group(State& state, IntervalGroup& group, std::int64_t periods) {
    group.next_end = group.next_end + group.interval * periods;
    for (InstrumentState& instrument : state.instruments) {
        if (instrument.source != Source::trades) continue;
        for (Series& series : instrument.series) {
            if (series.interval() != group.interval) continue;
            series.skip(static_cast<std::uint32_t>(std::min<std::int64_t>(periods, UINT32_MAX)),
                        group.next_end - group.interval);
        }
    }
}

void close_bars(State& state, const Settings& settings, Instant at) {
    const Instant reached = at - settings.bar_grace;
    while (!state.groups.empty()) {
        const auto due_first =
            std::ranges::min_element(state.groups, {}, &IntervalGroup::next_end);
        IntervalGroup& group = *due_first;
        if (group.next_end > reached) return;
        close_group(state, settings, group);
        group.next_end = group.next_end + group.interval;
        const std::int64_t due = (reached - group.next_end).count() / group.interval.count() + 1;
        const std::int64_t surplus = due - settings.empty_bars_max;
        if (group.next_end <= reached && surplus > 0) skip_group(state, group, surplus);
    }
}

// All series take the bars of the instant first, then they are handed out in order.
void release_loaded(State& state, const Settings& settings) {
    std::vector<Bar> closed;
    for (const Bar& bar : state.pending) {
        InstrumentState& instrument = state.instruments[bar.head.instrument.value()];
        for (Series& series : instrument.series) {
            const bool own = series.interval() == bar.interval;
            const bool builds = bar.interval == instrument.bar_interval &&
                                series.interval().count() % bar.interval.count() == 0;
            if (!own && !builds) continue;
            closed.clear();
            series.load(bar, closed);
            for (const Bar& whole : closed) publish(state, settings, series, whole);
        }
    }
    state.pending.clear();
    const auto place = [&](const Bar& bar) {
        return std::tuple{bar.head.received_at, bar.interval,
                          state.rank[bar.head.instrument.value()]};
    };
    std::ranges::stable_sort(state.closed, {}, place);
}

}  // namespace

void turn(State& state, const Settings& settings, const Universe& universe, Instant at,
          Arrival arrival) {
    if (state.next_minute.is_none()) {
        state.next_minute = at.floor(minute) + minute;
    }
    for (IntervalGroup& group : state.groups) {
        if (group.next_end.is_none()) group.next_end = at.floor(group.interval) + group.interval;
    }
    if (!state.pending.empty()) {
        const Instant loaded = state.pending.front().head.received_at;
        if (loaded < at || arrival == Arrival::tick) release_loaded(state, settings);
    }
    if (state.next_minute <= at) turn_minutes(state, settings, universe, at);
    close_bars(state, settings, at);
    state.next_due = state.next_minute;
    if (!state.pending.empty()) {
        state.next_due = std::min(state.next_due,
                                  state.pending.front().head.received_at + nanosecond);
    }
    for (const IntervalGroup& group : state.groups) {
        state.next_due = std::min(state.next_due, group.next_end + settings.bar_grace);
    }
}

void fold_open(State& state, InstrumentState& instrument) {
    Open& open = instrument.open;
    if (!open.run.used) return;
    instrument.volume_5min.add(open.run.from, open.run.volume);
    instrument.volume_24h.add(open.run.from, open.run.volume);
    instrument.vwap.add(open.run.from, open.run.volume, open.value);
    instrument.quarters.add(open.run.from, open.run.volume);
    instrument.traded += open.run.volume;
    bool late = false;
    for (Series& series : instrument.series) late |= !series.fold(open.run, open.venue);
    if (late) state.counters.late_trades += open.run.trades;
    open.run = {};
    open.value = {};
    open.until = {};
}

void count_bar(InstrumentState& instrument, const Settings& settings, const Bar& bar) {
    const Instant end = bar.opened_at() + bar.interval;
    const bool follows = instrument.bar_close == bar.opened_at() && bar.missing == 0;
    if (follows && !instrument.bar_price.is_zero()) {
        instrument.volatility.add(instrument.bar_price, bar.close, settings.sigma_decay);
    }
    instrument.bar_price = bar.close;
    instrument.bar_at = bar.head.received_at;
    instrument.bar_close = end;
    instrument.bar_volume = bar.volume;
    if (instrument.first_volume_at.is_none()) instrument.first_volume_at = bar.opened_at();
    instrument.volume_5min.add(end - nanosecond, bar.volume);
    instrument.volume_24h.add(end - nanosecond, bar.volume);
    instrument.quarters.add(bar.opened_at(), bar.interval, bar.volume);
    instrument.traded += bar.volume;
    sample_sigma(instrument, settings, end);
    if (end.floor(Duration::hours(1)) == end) add_hourly_return(instrument, bar.close, end);
}

}  // namespace grekko::market
