// What the engine reads of its own parts: positions, money, marks and markets as others need them.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

// On margin a sell needs no base.
constexpr Quantity not_owned = 1'000'000'000'000_quantity;

Notional by_contract(Notional money, const Instrument& traded, Rounding mode) {
    if (traded.contract_size == 1_quantity) return money;
    return Notional{divide(money.decimal(), traded.contract_size.decimal(), mode)};
}

} // namespace

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

// How far a stable quote currency is from the money it stands for; zero for money itself, and where
// no mark of it is known.
Rate Engine::par_deviation(Currency quote) const {
    if (std::ranges::find(watch_.pegged, quote) == watch_.pegged.end()) return {};
    const auto value = portfolio::in_base(state_.portfolio, marks(at_), 1_d, quote);
    return value ? (Rate{value->decimal()} - 1_rate).abs() : Rate{};
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

VenueMarkets Engine::venue_markets(InstrumentId instrument) const {
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
        market.own_bid = risk::own_best(state_.risk.exposure, instrument, listing.venue, Side::buy);
        market.own_ask =
            risk::own_best(state_.risk.exposure, instrument, listing.venue, Side::sell);
        market.bids = fill_levels(out, instrument, listing.venue, Side::buy, depth);
        market.asks = fill_levels(out, instrument, listing.venue, Side::sell, depth);
        // Execution counts price × quantity: what is money is handed in by the contract.
        const Instrument& traded = universe_.instrument(instrument);
        const bool owned = traded.kind == InstrumentKind::spot && !settings_.shorts;
        const auto free = [&](Currency currency) {
            const Decimal rest = portfolio::balance(state_.portfolio, listing.venue, currency) -
                                 held_at(listing.venue, currency);
            return std::max(rest, Decimal{});
        };
        market.listing.notional_min = by_contract(listing.notional_min, traded, Rounding::ceiling);
        market.free_quote = by_contract(Notional{free(traded.quote)}, traded, Rounding::floor);
        market.free_base = owned ? Quantity{free(traded.base)} : not_owned;
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
    const auto held_by = [&](InstrumentId id, Quantity quantity) {
        const Decimal units =
            multiply(quantity.decimal(), universe_.instrument(id).contract_size.decimal(),
                     Rounding::away_from_zero);
        return multiply(market_.mark(id, at_).price.decimal(), units, Rounding::away_from_zero);
    };
    for (const auto& [key, open] : state_.execution.open) {
        if (universe_.instrument(key.instrument).quote != quote || open.buys.is_zero()) continue;
        held += held_by(key.instrument, open.buys);
    }
    const execution::ParentRecord* parent = state_.execution.parents.find(own);
    if (parent != nullptr && parent->parent.side == Side::buy) {
        held -= held_by(parent->parent.instrument, parent->rest());
    }
    return std::max(held, Decimal{});
}

// The same of the base. A stop or flatten is decided on what will be there when what is ending has
// ended; its children find out what is there by then.
Decimal Engine::held_base(const risk::Request& request) const {
    Quantity held;
    for (const auto& [key, open] : state_.execution.open) {
        if (key.instrument == request.instrument) held += open.sells - open.protective_sells;
    }
    const bool takes_over = request.kind == events::AssessmentKind::stop ||
                            request.kind == events::AssessmentKind::flatten;
    for (const ParentId id : state_.execution.open_parents) {
        const execution::ParentRecord& record = *state_.execution.parents.find(id);
        const Parent& parent = record.parent;
        const bool sells = parent.instrument == request.instrument && parent.side == Side::sell;
        const bool ends = takes_over && record.ending != events::ParentEnd{};
        if (sells && (ends || id == request.parent)) held -= record.rest();
    }
    return std::max(held, Quantity{}).decimal();
}

// What open orders hold of a currency by the venue's own rule: a sell its base, a buy what it would
// pay with the fee. On margin nothing is held.
Decimal Engine::held_at(VenueId venue, Currency currency) const {
    Decimal held;
    const auto add = [&](OrderId id) {
        const execution::OrderRecord* record = state_.execution.orders.find(id);
        if (record == nullptr || !record->open() || record->order.venue != venue) return;
        const Order& order = record->order;
        const Instrument& traded = universe_.instrument(order.instrument);
        const bool sells = order.side == Side::sell;
        if (traded.kind != InstrumentKind::spot || settings_.shorts) return;
        if ((sells ? traded.base : traded.quote) != currency) return;
        const Decimal units = multiply(record->fillable().decimal(), traded.contract_size.decimal(),
                                       Rounding::away_from_zero);
        if (sells) {
            held += units;
            return;
        }
        const Listing* listing = universe_.listing(order.instrument, venue);
        const Rate fee = listing == nullptr ? Rate{} : listing->taker_fee;
        const Price price =
            order.limit.is_zero() ? market_.mark(order.instrument, at_).price : order.limit;
        held += multiply(multiply(price, 1_rate + fee, Rounding::away_from_zero).decimal(), units,
                         Rounding::away_from_zero);
    };
    for (const ParentId id : state_.execution.open_parents) {
        for (const OrderId child : state_.execution.parents.find(id)->children)
            add(child);
    }
    for (const OrderId id : state_.execution.disaster_stops)
        add(id);
    return held;
}

std::optional<Quantity> Engine::traded_since(ParentId parent) const {
    const auto found = traded_at_open_.find(parent);
    if (found == traded_at_open_.end()) return std::nullopt;
    const execution::ParentRecord* record = state_.execution.parents.find(parent);
    return market_.traded(record->parent.instrument) - found->second;
}

// Less than the venue takes (§1).
bool Engine::is_dust(InstrumentId instrument, Quantity quantity) const {
    const Listing* listing = listing_for(instrument);
    if (quantity.is_zero() || listing == nullptr || quantity < listing->lot) return true;
    const Mark mark = market_.mark(instrument, at_);
    const Quantity units{multiply(quantity.decimal(),
                                  universe_.instrument(instrument).contract_size.decimal(),
                                  Rounding::half_even)};
    return mark.known() && multiply(mark.price, units, Rounding::half_even) < listing->notional_min;
}

// The least that checks 8 and 9 let out (§1), at the mark of now.
Quantity Engine::least_exit(InstrumentId instrument) const {
    const Listing* listing = listing_for(instrument);
    const Mark mark = market_.mark(instrument, at_);
    if (listing == nullptr || !mark.known()) return {};
    const Notional least = multiply(
        listing->notional_min, Rate::whole(1) + settings_.risk.notional_margin, Rounding::ceiling);
    const Price contract =
        multiply(mark.price, Rate{universe_.instrument(instrument).contract_size.decimal()},
                 Rounding::floor);
    if (!contract.is_positive()) return {};
    return std::max(
        {divide(least, contract, Rounding::ceiling), listing->lot, listing->quantity_min});
}

// A late fill of another order, or of the stop at the venue, has taken the position along.
bool Engine::has_nothing_to_leave(const execution::ParentRecord& record) const {
    const Parent& parent = record.parent;
    if (!reduces(parent.purpose) || !record.children.empty()) return false;
    std::set<AgentId> holders;
    for (const execution::Share& share : record.shares)
        holders.insert(share.allocation.agent);
    Quantity held;
    for (const AgentId agent : holders) {
        const Quantity position = position_of(agent, parent.instrument).quantity;
        held += std::max(parent.side == Side::sell ? position : -position, Quantity{});
    }
    return is_dust(parent.instrument, held);
}

bool Engine::has_open_work(AgentId agent, InstrumentId instrument) const {
    return std::ranges::any_of(state_.execution.open_parents, [&](ParentId id) {
        const Parent& parent = state_.execution.parents.find(id)->parent;
        return parent.agent == agent && parent.instrument == instrument;
    });
}

} // namespace grekko::engine
