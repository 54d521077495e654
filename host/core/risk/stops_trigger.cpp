// When a stop exits, and how a trailing one follows.
#include <algorithm>

#include "core/risk/money.hpp"
#include "core/risk/stops_parts.hpp"

namespace grekko::risk {

using namespace stop_parts;
using events::StopTriggerCause;

namespace {

// What of the market may trigger now; zero: nothing.
struct Seen {
    Price bid, ask;                // of a fresh, sane book
    Price low, high;               // traded
    Price median;                  // of other venues, where this market has gone silent
    bool book() const { return bid.is_positive(); }
    bool anything() const { return book() || low.is_positive() || median.is_positive(); }
    Price lowest() const { return least(least(bid, low), median); }
    Price highest() const { return std::max({ask, high, median}); }

private:
    static Price least(Price a, Price b) {
        if (!a.is_positive()) return b;
        return b.is_positive() ? std::min(a, b) : a;
    }
};

bool fresh_and_sane(const StopSettings& settings, const MarketView& view) {
    const Touch& touch = view.best;
    if (view.bars_only || !touch.two_sided || touch.crossed || touch.gapped) return false;
    if (view.now - touch.at > settings.book_age_max || !touch.bid.is_positive()) return false;
    const Rate usual =
        scaled(view.spread_median_1h, settings.spread_median_factor, Rounding::floor);
    return view.spread <= std::max(settings.spread_max, usual);
}

bool silent(const StopSettings& settings, const MarketView& view) {
    if (!view.mark.known()) return true;
    Duration most = settings.blind_after;
    if (view.bars_only) {
        const Decimal interval = Decimal::from_raw(view.bar_interval.count());
        const Decimal late =
            product(interval, settings.bar_age_max.decimal(), Rounding::ceiling);
        most = std::max(most, Duration::nanoseconds(static_cast<std::int64_t>(late.raw())));
    }
    return view.now - view.mark.at > most;
}

Seen look_at(const StopSettings& settings, const StopLook& look) {
    Seen seen;
    if (fresh_and_sane(settings, look.view)) {
        seen.bid = look.view.best.bid;
        seen.ask = look.view.best.ask;
    }
    seen.low = look.traded_low;
    seen.high = look.traded_high;
    if (!seen.anything() && silent(settings, look.view)) {
        seen.median = look.view.median_other_venues;
    }
    return seen;
}

constexpr bool at_or_below(Price seen, Price line) {
    return seen.is_positive() && seen <= line;
}
constexpr bool at_or_above(Price seen, Price line) {
    return seen.is_positive() && seen >= line;
}

bool stop_reached(const StopRecord& stop, const Seen& seen) {
    if (!stop.stop.is_positive()) return false;
    if (is_long(stop)) {
        return at_or_below(seen.bid, stop.stop) || at_or_below(seen.low, stop.stop) ||
               at_or_below(seen.median, stop.stop);
    }
    return at_or_above(seen.ask, stop.stop) || at_or_above(seen.high, stop.stop) ||
           at_or_above(seen.median, stop.stop);
}

// A trade cannot promise what the touch does not offer.
bool take_reached(const StopRecord& stop, const Seen& seen) {
    if (!stop.take.is_positive()) return false;
    if (is_long(stop)) {
        return seen.book() ? seen.bid >= stop.take
                           : at_or_above(std::max(seen.high, seen.median), stop.take);
    }
    return seen.book() ? seen.ask <= stop.take
                       : at_or_below(seen.lowest(), stop.take);
}

events::StopTriggered trigger(const StopRecord& stop, StopTriggerCause cause, Price mark) {
    events::StopTriggered event;
    event.id = stop.id;
    event.cause = cause;
    event.attempt = stop.attempts == UINT8_MAX ? stop.attempts
                                               : static_cast<std::uint8_t>(stop.attempts + 1U);
    event.mark = mark;
    return event;
}

Instant ready_at(const StopSettings& settings, const StopRecord& stop) {
    if (stop.tried_at.is_none()) return Instant{};
    return stop.tried_at + settings.retry_after * (stop.attempts > 1 ? 2 : 1);
}

bool ready(const StopSettings& settings, const StopRecord& stop, Instant now) {
    return !stop.exiting() && now >= ready_at(settings, stop);
}

// It has decided to leave, and what it did about it has failed or was refused.
bool insists(const StopRecord& stop) {
    return stop.attempts > 0 && !stop.exiting() && stop.cause != StopTriggerCause::take;
}

// A bar that fills a limit entry ends before the entry is known; what it reached came before (§8).
bool in_entry_bar(const StopRecord& stop, const MarketView& view) {
    return view.bars_only && !view.last_bar_close.is_none() &&
           stop.armed_at >= view.last_bar_close;
}

template <class Each>
void each_stop_line(const InstrumentStops& instrument, const Each& each) {
    for (const std::set<Line>* lines : {&instrument.below, &instrument.above}) {
        for (const Line& line : *lines) {
            if (line.kind == LineKind::stop) each(line.id);
        }
    }
}

// Ids of the lines within reach and of stops that try again, each once, oldest first.
std::vector<StopId> to_look_at(const Stops& stops, const InstrumentStops& instrument,
                               const Seen& seen) {
    std::vector<StopId> ids;
    each_stop_line(instrument, [&](StopId id) {
        if (insists(*find(stops, id))) ids.push_back(id);
    });
    const Price lowest = seen.lowest();
    for (auto it = instrument.below.rbegin(); it != instrument.below.rend(); ++it) {
        if (it->at < lowest) break;
        ids.push_back(it->id);
    }
    const Price highest = seen.highest();
    for (const Line& line : instrument.above) {
        if (line.at > highest) break;
        ids.push_back(line.id);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace

StopFindings triggered(const Stops& stops, const StopSettings& settings, const StopLook& look) {
    StopFindings findings;
    const MarketView& view = look.view;
    const InstrumentStops& instrument = of(stops, view.instrument);
    if (instrument.below.empty() && instrument.above.empty()) return findings;
    const Seen seen = look_at(settings, look);
    findings.blind = !seen.anything() && silent(settings, view);
    for (const StopId id : to_look_at(stops, instrument, seen)) {
        const StopRecord& stop = *find(stops, id);
        if (!ready(settings, stop, view.now)) continue;
        const bool new_born = stop.armed_at == view.now;
        if (stop_reached(stop, seen)) {
            const auto cause = new_born ? StopTriggerCause::at_once : StopTriggerCause::stop;
            findings.triggered.push_back(trigger(stop, cause, view.mark.price));
        } else if (insists(stop)) {
            findings.triggered.push_back(trigger(stop, stop.cause, view.mark.price));
        } else if (!new_born && !in_entry_bar(stop, view) && take_reached(stop, seen)) {
            findings.triggered.push_back(trigger(stop, StopTriggerCause::take, view.mark.price));
        }
    }
    return findings;
}

Instant retry_at(const Stops& stops, const StopSettings& settings, InstrumentId instrument,
                 Quantity least) {
    Instant first;
    each_stop_line(of(stops, instrument), [&](StopId id) {
        const StopRecord& stop = *find(stops, id);
        if (!insists(stop) || stop.quantity < least) return;
        const Instant at = ready_at(settings, stop);
        if (first.is_none() || at < first) first = at;
    });
    return first;
}

std::vector<events::StopTriggered> exit_at_once(const Stops& stops, InstrumentId instrument,
                                                Side position_side, Price mark) {
    std::vector<events::StopTriggered> all;
    for (const auto& [id, stop] : stops.all) {
        if (stop.instrument != instrument || stop.side != position_side || stop.exiting()) {
            continue;
        }
        all.push_back(trigger(stop, StopTriggerCause::at_once, mark));
    }
    return all;
}

// ---- Trailing --------------------------------------------------------------------------------

namespace {

// Behind the best price by its distance, in ticks toward the market, never at the market itself.
Price behind(const StopRecord& stop, Price best, Price tick) {
    const Price distance = scaled(best, stop.trail, Rounding::floor);
    const Price price = is_long(stop) ? best - distance : best + distance;
    if (!tick.is_positive()) return price;
    const auto nearer = is_long(stop) ? Rounding::ceiling : Rounding::floor;
    const Price rounded = round_to(price, tick, nearer);
    const bool through = is_long(stop) ? rounded >= best : rounded <= best;
    return through ? stop.stop : rounded;
}

bool worth_moving(const StopRecord& stop, Price to, Price tick) {
    const Price gained = is_long(stop) ? to - stop.stop : stop.stop - to;
    return gained.is_positive() && gained >= tick;
}

}  // namespace

std::vector<events::StopMoved> trailed(const Stops& stops, const StopSettings& settings,
                                       const StopLook& look) {
    std::vector<events::StopMoved> moved;
    const MarketView& view = look.view;
    const InstrumentStops& instrument = of(stops, view.instrument);
    const bool marked = view.mark.known() && !view.mark.stale && view.mark.price.is_positive();
    Price high = marked ? view.mark.price : Price{};
    Price low = high;
    if (view.bars_only && look.traded_low.is_positive()) {
        high = std::max(high, look.traded_high);
        low = low.is_positive() ? std::min(low, look.traded_low) : look.traded_low;
    }
    if (!low.is_positive()) return moved;
    const auto follow = [&](const Line& line, Price best) {
        if (line.kind != LineKind::trail) return;
        const StopRecord& stop = *find(stops, line.id);
        if (!stop.moved_at.is_none() && view.now - stop.moved_at < settings.trail_each) return;
        const Price to = behind(stop, best, look.tick);
        if (worth_moving(stop, to, look.tick)) moved.push_back({stop.id, to, best, stop.quantity});
    };
    for (const Line& line : instrument.above) {
        if (line.at > high) break;
        follow(line, high);
    }
    for (auto it = instrument.below.rbegin(); it != instrument.below.rend(); ++it) {
        if (it->at < low) break;
        follow(*it, low);
    }
    return moved;
}

}  // namespace grekko::risk
