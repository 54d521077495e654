#include "core/market/mark.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::market {
namespace {

constexpr Duration tick{Duration::nanoseconds(1)};

// (ask - bid) / mid <= max_bp / 10 000, without a division.
bool narrow(Price bid, Price ask, std::int64_t max_bp) {
    const Int128 gap = ask.raw() - bid.raw();
    const Int128 sum = ask.raw() + bid.raw();
    constexpr Int128 product_max = static_cast<Int128>(1) << 112;  // times 20 000 still fits
    if (gap > product_max || sum > product_max) return gap / max_bp <= sum / 20'000;
    return gap * 20'000 <= sum * max_bp;
}

Price middle(Price bid, Price ask) {
    const Int128 sum = bid.raw() + ask.raw();
    const Int128 half = sum / 2;
    return Price::from_raw(half + ((sum & 1) != 0 ? half & 1 : 0));  // half a digit: to even
}

Instant bar_until(const InstrumentState& instrument, const Settings& settings) {
    return instrument.bar_at + instrument.bar_interval * settings.bar_age_max_percent / 100;
}

// Of all that ever gave a mark, what was the mark last.
Mark previous(const State& state, const Settings& settings, InstrumentId id) {
    const InstrumentState& instrument = state.instruments[id.value()];
    Mark best;
    Instant best_until;
    const auto consider = [&](Price price, Instant at, Instant until) {
        if (price.is_zero() || (best.known() && until <= best_until)) return;
        best = {price, MarkSource::previous, true, at};
        best_until = until;
    };
    for (std::uint64_t venue = 1; venue < state.venue_count; ++venue) {
        const Slot& slot = state.slot(id, VenueId{static_cast<std::uint16_t>(venue)});
        consider(slot.mid, std::min(slot.at, slot.mid_until), slot.mid_until);
    }
    consider(instrument.trade_price, instrument.trade_at,
             instrument.trade_at + settings.trade_age_max);
    consider(instrument.bar_price, instrument.bar_at, bar_until(instrument, settings));
    return best;
}

}  // namespace

VenueMark mark_of(const State& state, const Settings& settings, InstrumentId id, Instant now) {
    ASSERT(id.value() < state.instruments.size());
    const InstrumentState& instrument = state.instruments[id.value()];
    for (std::uint64_t i = 1; i < state.venue_count; ++i) {
        const VenueId venue{static_cast<std::uint16_t>(i)};
        const Slot& slot = state.slot(id, venue);
        if (slot.gives_mark(now)) return {{slot.mid, MarkSource::book, false, slot.at}, venue};
    }
    if (!instrument.trade_price.is_zero() && now - instrument.trade_at <= settings.trade_age_max) {
        return {{instrument.trade_price, MarkSource::trade, false, instrument.trade_at}, {}};
    }
    if (!instrument.bar_price.is_zero() && now <= bar_until(instrument, settings)) {
        return {{instrument.bar_price, MarkSource::bar, false, instrument.bar_at}, {}};
    }
    return {previous(state, settings, id), {}};
}

void judge_touch(Slot& slot, const Settings& settings, Instant at) {
    if (at > slot.at) {
        slot.earlier = slot.before;
        slot.before = slot.at;
    }
    slot.at = at;
    slot.two_sided = slot.bid_quantity.is_positive() && slot.ask_quantity.is_positive();
    slot.crossed = slot.two_sided && slot.bid >= slot.ask;
    const bool sound = slot.two_sided && !slot.crossed && !slot.gapped &&
                       narrow(slot.bid, slot.ask, settings.spread_max_bp);
    if (sound) {
        slot.mid = middle(slot.bid, slot.ask);
        slot.mid_until = at + settings.book_age_max;
    } else if (slot.sound) {
        slot.mid_until = std::min(slot.mid_until, at - tick);
    }
    slot.sound = sound;
}

void lose_touch(Slot& slot, Instant at) {
    if (slot.sound) slot.mid_until = std::min(slot.mid_until, at - tick);
    slot.sound = false;
    slot.gapped = true;
}

Rate sigma_1min(const InstrumentState& instrument, const Settings& settings) {
    const Rate sigma = instrument.volatility.sigma(settings.sigma_returns_min);
    if (instrument.source != Source::bars || sigma.is_zero()) return sigma;
    const Decimal steps = divide(Decimal::whole(Duration::minutes(1).count()),
                                 Decimal::whole(instrument.bar_interval.count()),
                                 Rounding::half_even);
    return multiply(sigma, Rate{square_root(steps)}, Rounding::half_even);
}

}  // namespace grekko::market
