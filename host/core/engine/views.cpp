// What the engine reads of its own parts: positions, money, marks and markets as others need them.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {

// Marks of what is held or needed to value it; others are unknown here and not asked for.
portfolio::Marks Engine::marks(Instant now) const {
    marks_.resize(universe_.instruments.size());
    const auto refresh = [&](InstrumentId id) {
        if (!id.is_none()) marks_[id.value()] = market_.mark(id, now);
    };
    for (const auto& [key, ledger] : state_.portfolio.venues)
        refresh(key.second);
    for (const auto& [currency, conversion] : state_.portfolio.conversions) {
        for (std::uint8_t i = 0; i < conversion.steps; ++i)
            refresh(conversion.instruments[i]);
    }
    for (const auto& [id, intent] : state_.portfolio.intents)
        refresh(intent.instrument);
    return portfolio::Marks{marks_};
}

BookView Engine::book(Instant now) const {
    return portfolio::book(state_.portfolio, marks(now), now);
}

Position Engine::position_of(AgentId agent, InstrumentId instrument) const {
    return portfolio::position(state_.portfolio, agent, instrument);
}

// Signed rest of what works for the agent: what its intents have reserved and not yet filled.
Quantity Engine::working_quantity(AgentId agent, InstrumentId instrument) const {
    const execution::OpenQuantity open =
        execution::open_quantity(state_.execution, agent, instrument);
    return (open.buys - open.protective_buys) - (open.sells - open.protective_sells);
}

Rate Engine::quote_value(InstrumentId instrument) const {
    const Currency quote = universe_.instrument(instrument).quote;
    if (in_base_[instrument.value()] != 0) return 1_rate;
    const auto value = portfolio::in_base(state_.portfolio, marks(at_), 1_d, quote);
    return value ? Rate{value->decimal()} : Rate{};
}

Notional Engine::base_value(InstrumentId instrument, Quantity quantity, Price price) const {
    const Quantity contracts{multiply(quantity.decimal(),
                                      universe_.instrument(instrument).contract_size.decimal(),
                                      Rounding::half_even)};
    return multiply(multiply(price, contracts, Rounding::half_even), quote_value(instrument),
                    Rounding::half_even);
}

risk::Worth Engine::worth(InstrumentId instrument, const Mark& mark) const {
    const Instrument& traded = universe_.instrument(instrument);
    if (in_base_[instrument.value()] != 0) {
        return {mark.price, Rate{traded.contract_size.decimal()}};
    }
    return {mark.price, Rate{multiply(traded.contract_size.decimal(),
                                      quote_value(instrument).decimal(), Rounding::half_even)}};
}

const Listing* Engine::listing_for(InstrumentId instrument) const {
    const Listing* first = nullptr;
    for (const Listing& listing : universe_.listings) {
        if (listing.instrument != instrument) continue;
        if (first == nullptr) first = &listing;
        const auto venue = state_.execution.venues.find(listing.venue);
        if (venue != state_.execution.venues.end() && venue->second.reconciled) return &listing;
    }
    return first;
}

CostEstimate Engine::cost(InstrumentId instrument, Quantity quantity, Urgency urgency,
                          Instant now) const {
    const Listing* listing = listing_for(instrument);
    if (listing == nullptr) return {};
    return market_.cost(*listing, quantity, urgency, now);
}

// What an agent may still add on an instrument before checks 16 and 22 to 24 would say no.
Notional Engine::sizing_room(AgentId agent, InstrumentId instrument, Notional limit_base) const {
    const risk::Settings& limits = settings_.risk;
    const auto share = [&](Rate rate) { return multiply(limit_base, rate, Rounding::toward_zero); };
    const agents::Agent* found = agents::find(state_.agents, agent);
    const Rate tolerance = found == nullptr ? 0.5_rate : found->risk_tolerance;
    const Notional held = base_value(instrument, position_of(agent, instrument).quantity.abs(),
                                     market_.mark(instrument, at_).price);
    Notional room = share(limits.order_value_max);
    const Notional agent_max =
        multiply(share(limits.agent_gross_max), tolerance, Rounding::toward_zero);
    room = std::min(room, agent_max - risk::agent_gross(state_.risk.valuation, agent) + held);
    const bool major = universe_.instrument(instrument).major;
    const Notional instrument_max =
        share(major ? limits.instrument_major_max : limits.instrument_other_max);
    room = std::min(room,
                    instrument_max - risk::valued(state_.risk.valuation, instrument).worst + held);
    room = std::min(room, share(limits.book_gross_max) - state_.risk.valuation.gross + held);
    return std::max(room, Notional{});
}

Engine::VenueMarkets Engine::venue_markets(InstrumentId instrument) const {
    constexpr std::size_t depth = 50;
    VenueMarkets out;
    for (const Listing& listing : universe_.listings) {
        if (listing.instrument != instrument) continue;
        execution::VenueMarket& market = out.markets.emplace_back();
        market.listing = listing;
        market.touch = market_.touch(instrument, listing.venue);
        market.bid_since = market_.touch_since(instrument, listing.venue, Side::buy);
        market.ask_since = market_.touch_since(instrument, listing.venue, Side::sell);
        market.latency = universe_.venue(listing.venue).latency;
        market.maker_fee = listing.maker_fee;
        market.taker_fee = listing.taker_fee;
        market.bids = fill_levels(out, instrument, listing.venue, Side::buy, depth);
        market.asks = fill_levels(out, instrument, listing.venue, Side::sell, depth);
        const Instrument& traded = universe_.instrument(instrument);
        market.free_quote =
            Notional{portfolio::balance(state_.portfolio, listing.venue, traded.quote)};
        market.free_base =
            Quantity{portfolio::balance(state_.portfolio, listing.venue, traded.base)};
        if (!market.touch.two_sided) assume_touch(market, instrument);
        const auto venue = state_.execution.venues.find(listing.venue);
        market.ready = venue != state_.execution.venues.end() && venue->second.connected &&
                       venue->second.reconciled && venue->second.private_alive;
    }
    return out;
}

// Where only bars are known, a touch half a spread around the mark stands in for the book (§8).
void Engine::assume_touch(execution::VenueMarket& market, InstrumentId instrument) const {
    const Mark mark = market_.mark(instrument, at_);
    if (!mark.known() || mark.source != MarkSource::bar) return;
    const bool major = universe_.instrument(instrument).major;
    const Rate half =
        major ? settings_.market.bar_half_spread_major : settings_.market.bar_half_spread;
    const Price half_tick{divide(market.listing.tick.decimal(), 2_d, Rounding::half_even)};
    const Price away = std::max(multiply(mark.price, half, Rounding::half_even), half_tick);
    const Touch touch{market.listing.venue,
                      round_to(mark.price - away, market.listing.tick, Rounding::floor),
                      round_to(mark.price + away, market.listing.tick, Rounding::ceiling),
                      1_quantity,
                      1_quantity,
                      mark.at,
                      true,
                      false,
                      false};
    market.touch = touch;
}

std::span<const execution::PriceLevel> Engine::fill_levels(VenueMarkets& out,
                                                           InstrumentId instrument, VenueId venue,
                                                           Side side, std::size_t depth) const {
    levels_.resize(depth);
    const std::size_t size = market_.levels(instrument, venue, side, levels_);
    std::vector<execution::PriceLevel>& kept = out.levels.emplace_back();
    kept.reserve(size);
    for (std::size_t i = 0; i < size; ++i)
        kept.push_back({levels_[i].price, levels_[i].quantity});
    return kept;
}

std::vector<execution::Holder> Engine::holders_of(InstrumentId instrument, Side exit) const {
    std::vector<execution::Holder> holders;
    for (const auto& [key, ledger] : state_.portfolio.ledgers) {
        if (key.second != instrument || ledger.quantity.is_zero()) continue;
        if (ledger.quantity.is_positive() != (exit == Side::sell)) continue;
        holders.push_back({key.first, ledger.quantity.abs()});
    }
    return holders;
}

// Quote currency that open buys of instruments in that currency may need, the parent's own rest
// left out.
Decimal Engine::held_quote(Currency quote, ParentId own) const {
    Decimal held;
    for (const auto& [key, open] : state_.execution.open) {
        if (universe_.instrument(key.instrument).quote != quote || open.buys.is_zero()) continue;
        held += multiply(market_.mark(key.instrument, at_).price.decimal(), open.buys.decimal(),
                         Rounding::away_from_zero);
    }
    const execution::ParentRecord* parent = state_.execution.parents.find(own);
    if (parent != nullptr && parent->parent.side == Side::buy) {
        const Price mark = market_.mark(parent->parent.instrument, at_).price;
        held -= multiply(mark.decimal(), parent->rest().decimal(), Rounding::toward_zero);
    }
    return std::max(held, Decimal{});
}

Decimal Engine::held_base(InstrumentId instrument, ParentId own) const {
    Quantity held;
    for (const auto& [key, open] : state_.execution.open) {
        if (key.instrument == instrument) held += open.sells - open.protective_sells;
    }
    const execution::ParentRecord* parent = state_.execution.parents.find(own);
    if (parent != nullptr && parent->parent.side == Side::sell) held -= parent->rest();
    return std::max(held, Quantity{}).decimal();
}

std::optional<Quantity> Engine::traded_since(ParentId parent) const {
    const auto found = traded_at_open_.find(parent);
    if (found == traded_at_open_.end()) return std::nullopt;
    const execution::ParentRecord* record = state_.execution.parents.find(parent);
    return market_.traded(record->parent.instrument) - found->second;
}

bool Engine::has_open_work(AgentId agent, InstrumentId instrument) const {
    return std::ranges::any_of(state_.execution.open_parents, [&](ParentId id) {
        const Parent& parent = state_.execution.parents.find(id)->parent;
        return parent.agent == agent && parent.instrument == instrument;
    });
}

} // namespace grekko::engine
