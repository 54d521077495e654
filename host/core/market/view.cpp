// What Market shows: marks, views, touches, levels and bars. Reading only; the heavier figures are
// computed here, when somebody asks.
#include <algorithm>
#include <vector>

#include "core/market/market.hpp"
#include "core/market/mark.hpp"

namespace grekko::market {
namespace {

constexpr Duration day{Duration::days(1)};

// The volume of 24 h; while less has been seen, what it would be at the pace so far.
Quantity volume_24h(const InstrumentState& instrument, Instant now) {
    const bool recent = now - instrument.open.run.from < day;
    const Quantity open = recent ? instrument.open.run.volume : Quantity{};
    const Quantity seen = instrument.volume_24h.sum(now) + open;
    if (instrument.first_volume_at.is_none()) return seen;
    const Duration age = std::max(now - instrument.first_volume_at, Duration::minutes(5));
    if (age >= day) return seen;
    return Quantity{multiply_divide(seen.decimal(), Decimal::whole(day.count()),
                                    Decimal::whole(age.count()), Rounding::half_even)};
}

Quantity volume_5min(const InstrumentState& instrument, Instant now) {
    const Quantity kept = instrument.volume_5min.sum(now);
    const bool recent = now - instrument.open.run.from < Duration::minutes(5);
    return recent ? kept + instrument.open.run.volume : kept;
}

Price vwap(const InstrumentState& instrument, Instant now) {
    const Open& open = instrument.open;
    const Duration period = MeanPrice::period;
    const std::int64_t number = open.run.from.floor(period).nanoseconds() / period.count();
    return instrument.vwap.mean(now, {number, 0, open.run.volume, open.value});
}

Quantity depth(const Slot& slot, Side side, Price mark, Rate within) {
    const Price reach = multiply(mark, within, Rounding::toward_zero);
    const Price bound = side == Side::buy ? mark - reach : mark + reach;
    const auto inside = [&](Price price) {
        return side == Side::buy ? price >= bound : price <= bound;
    };
    const auto levels = slot.book.side(side);
    if (slot.book.empty()) {
        const bool bid = side == Side::buy;
        return inside(bid ? slot.bid : slot.ask) ? (bid ? slot.bid_quantity : slot.ask_quantity)
                                                 : Quantity{};
    }
    Quantity sum;
    for (auto level = levels.rbegin(); level != levels.rend() && inside(level->price); ++level) {
        sum += level->quantity;
    }
    return sum;
}

Price median_of(std::vector<Price> prices) {
    if (prices.empty()) return {};
    std::ranges::sort(prices);
    const std::size_t half = prices.size() / 2;
    if (prices.size() % 2 == 1) return prices[half];
    const Decimal sum = prices[half - 1].decimal() + prices[half].decimal();
    return Price{divide(sum, 2_d, Rounding::half_even)};
}

// Venue none and no book that gives the mark: the venue heard last.
VenueId venue_heard_last(const State& state, InstrumentId id) {
    VenueId best;
    Instant newest;
    for (std::uint64_t i = 1; i < state.venue_count; ++i) {
        const VenueId venue{static_cast<std::uint16_t>(i)};
        if (state.slot(id, venue).at > newest) {
            newest = state.slot(id, venue).at;
            best = venue;
        }
    }
    return best;
}

Touch touch_of(const Slot& slot, VenueId venue) {
    return {venue,   slot.bid,       slot.ask,     slot.bid_quantity, slot.ask_quantity,
            slot.at, slot.two_sided, slot.crossed, slot.gapped};
}

}  // namespace

Mark Market::mark(InstrumentId id, Instant now) const {
    if (id.is_none() || id.value() >= state_.instruments.size()) return {};
    return mark_of(state_, settings_, id, now).mark;
}

MarketView Market::view(InstrumentId id, VenueId asked, Instant now) const {
    if (id.is_none() || id.value() >= state_.instruments.size()) {
        MarketView nothing;
        nothing.instrument = id;
        nothing.now = now;
        return nothing;
    }
    Seen& seen = seen_[id.value()];
    if (seen.version != version_ || seen.view.now != now) {
        seen.view = make_view(id, VenueId{}, now);
        seen.version = version_;
    }
    const bool same = !asked || (!seen.view.bars_only && seen.view.best.venue == asked);
    return same ? seen.view : make_view(id, asked, now);
}

MarketView Market::make_view(InstrumentId id, VenueId asked, Instant now) const {
    MarketView view;
    view.instrument = id;
    view.now = now;
    const InstrumentState& instrument = state_.instruments[id.value()];
    const VenueMark marked = mark_of(state_, settings_, id, now);
    VenueId venue = asked ? asked : marked.venue;
    if (!venue) venue = venue_heard_last(state_, id);
    const bool known_venue = venue && venue.value() < state_.venue_count;
    view.mark = marked.mark;
    view.bar_interval = instrument.bar_interval;
    view.last_bar_close = instrument.bar_close;
    view.last_bar_volume = instrument.bar_volume;
    view.bars_only = instrument.source == Source::bars && !venue_heard_last(state_, id);
    view.sigma_1min = sigma_1min(instrument, settings_);
    view.sigma_1min_median_7d = instrument.sigma_median_7d;
    constexpr Rate root_of_60 = 7.745966692414833770_rate;
    view.sigma_1h_median_30d =
        multiply(instrument.sigma_median_30d, root_of_60, Rounding::half_even);
    view.spread_median_1h = instrument.spread_median;
    view.vwap_1min = vwap(instrument, now);
    view.volume_5min = volume_5min(instrument, now);
    view.volume_24h = volume_24h(instrument, now);
    view.median_other_venues = other_venues(id, venue, now);
    if (view.bars_only) {
        const VenueId traded = asked ? asked : instrument.bar_venue;
        view.spread = half_spread_of_bars(id, traded, view.mark.price) * 2;
        view.status = status(id, traded);
        return view;
    }
    if (!known_venue) return view;
    const Slot& slot = state_.slot(id, venue);
    view.best = touch_of(slot, venue);
    view.status = slot.status;
    if (slot.two_sided && slot.ask.is_positive()) {
        const Price sum = slot.bid + slot.ask;
        view.spread = ratio((slot.ask - slot.bid) * 2, sum, Rounding::half_even);
    }
    if (view.mark.known()) {
        const Rate within = settings_.depth_within;
        view.depth_bid_20bp = depth(slot, Side::buy, view.mark.price, within);
        view.depth_ask_20bp = depth(slot, Side::sell, view.mark.price, within);
    }
    return view;
}

Price Market::other_venues(InstrumentId id, VenueId except, Instant now) const {
    std::vector<Price> mids;
    for (std::uint64_t i = 1; i < state_.venue_count; ++i) {
        const VenueId venue{static_cast<std::uint16_t>(i)};
        const Slot& slot = state_.slot(id, venue);
        if (venue != except && slot.gives_mark(now)) mids.push_back(slot.mid);
    }
    return median_of(std::move(mids));
}

Touch Market::touch(InstrumentId id, VenueId venue) const {
    const Slot* slot = find_slot(id, venue);
    return slot == nullptr ? Touch{} : touch_of(*slot, venue);
}

Instant Market::touch_since(InstrumentId id, VenueId venue, Side side) const {
    const Slot* slot = find_slot(id, venue);
    if (slot == nullptr) return {};
    const bool bid = side == Side::buy;
    if ((bid ? slot->bid_quantity : slot->ask_quantity).is_zero()) return {};
    return bid ? slot->bid_since : slot->ask_since;
}

std::size_t Market::levels(InstrumentId id, VenueId venue, Side side, std::span<Level> out) const {
    const Slot* slot = find_slot(id, venue);
    if (slot == nullptr || slot->gapped || out.empty()) return 0;
    if (slot->book.empty()) {
        const bool bid = side == Side::buy;
        out[0] = {bid ? slot->bid : slot->ask, bid ? slot->bid_quantity : slot->ask_quantity};
        return out[0].quantity.is_zero() ? 0 : 1;
    }
    const auto levels = slot->book.side(side);
    const std::size_t size = std::min(levels.size(), out.size());
    std::copy_n(levels.rbegin(), size, out.begin());
    return size;
}

History Market::history(InstrumentId id, Duration interval) const {
    const Series* series = find_series(id, interval);
    return series == nullptr ? History{} : series->history();
}

std::optional<Bar> Market::forming(InstrumentId id, Duration interval) const {
    const Series* series = find_series(id, interval);
    if (series == nullptr) return std::nullopt;
    return series->forming(state_.instruments[id.value()].open.run);
}

Quantity Market::traded(InstrumentId id) const {
    if (id.value() >= state_.instruments.size()) return {};
    const InstrumentState& instrument = state_.instruments[id.value()];
    return instrument.traded + instrument.open.run.volume;
}

Heard Market::heard(InstrumentId id) const {
    if (id.is_none() || id.value() >= state_.instruments.size()) return {};
    const VenueId venue = venue_heard_last(state_, id);
    if (!venue) return {};
    const Slot& slot = state_.slot(id, venue);
    if (slot.earlier.is_none()) return {slot.at, Duration{}};
    return {slot.at, std::min(slot.at - slot.before, slot.before - slot.earlier)};
}

VolumeProfile Market::profile(InstrumentId id, Instant now) const {
    if (id.value() >= state_.instruments.size()) return {};
    return state_.instruments[id.value()].quarters.profile(now);
}

TradingStatus Market::status(InstrumentId id, VenueId venue) const {
    const Slot* slot = find_slot(id, venue);
    return slot == nullptr ? TradingStatus::trading : slot->status;
}

Rate Market::funding_rate(InstrumentId id) const {
    return id.value() < state_.instruments.size() ? state_.instruments[id.value()].funding : Rate{};
}

Duration Market::clock_offset(VenueId venue) const {
    if (venue.value() >= state_.clocks.size()) return {};
    const std::int64_t offset = state_.clocks[venue.value()].offset;
    return Duration::nanoseconds(offset == VenueClock::unknown ? 0 : offset);
}

InstrumentId Market::cluster(InstrumentId id) const {
    return id.value() < state_.instruments.size() ? state_.instruments[id.value()].cluster : id;
}

const Slot* Market::find_slot(InstrumentId id, VenueId venue) const {
    if (id.is_none() || id.value() >= state_.instruments.size()) return nullptr;
    if (venue.is_none() || venue.value() >= state_.venue_count) return nullptr;
    return &state_.slot(id, venue);
}

const Series* Market::find_series(InstrumentId id, Duration interval) const {
    if (id.value() >= state_.instruments.size()) return nullptr;
    const auto& all = state_.instruments[id.value()].series;
    const auto found = std::ranges::find(all, interval, &Series::interval);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace grekko::market
