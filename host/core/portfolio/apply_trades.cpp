// Fills, crosses, dust and funding: what moves positions and, with them, cash.
#include "core/portfolio/apply.hpp"

#include <optional>

#include "core/portfolio/ledger.hpp"
#include "core/portfolio/lots.hpp"

namespace grekko::portfolio {
namespace {

struct Booking {
    AgentId agent;
    IntentId intent;
    InstrumentId instrument;
    VenueId venue;
    Side side{Side::buy};
    Quantity quantity;          // signed; zero: a correction of the value alone
    Notional value;             // signed by the side
    Decimal fee;
    Currency fee_currency;
    Notional fee_quote;
    Price mark;
    Instant at;
};

enum class FeeIn : std::uint8_t { quote, base, elsewhere };

FeeIn fee_in(const InstrumentFacts& facts, Currency currency) {
    if (currency == facts.quote || currency.empty()) return FeeIn::quote;
    const bool spot = facts.kind == InstrumentKind::spot;
    return spot && currency == facts.base ? FeeIn::base : FeeIn::elsewhere;
}

Quantity signed_by(Side side, Quantity quantity) {
    return side == Side::buy ? quantity : -quantity;
}

// Positive unless it corrects downwards.
Notional unsigned_value(const Booking& b) { return b.side == Side::buy ? b.value : -b.value; }

// What arrives: the fill less what the venue kept of the base as its fee.
Quantity received(const InstrumentFacts& facts, const Fill& fill) {
    const Quantity quantity = signed_by(fill.side, fill.quantity);
    if (fee_in(facts, fill.fee_currency) != FeeIn::base) return quantity;
    return quantity - Quantity{fill.fee};
}

void end_round_trip(State& state, AgentId agent, const std::optional<Notional>& result) {
    const auto found = state.agents.find(agent);
    if (!result || found == state.agents.end()) return;
    found->second.losing_run = result->is_negative() ? found->second.losing_run + 1 : 0;
}

// The same trade in an agent's ledger and in its venue's. A fee in base is units that leave for
// what they are worth.
void book_ledger(State& state, Ledger& ledger, const Booking& b, std::optional<AgentId> agent) {
    const FeeIn fee = fee_in(state.facts(b.instrument), b.fee_currency);
    // A round trip pays for its way in too: it begins before the fee of the fill that opens it.
    const bool opens = ledger.quantity.is_zero();
    const Notional before = ledger.net();
    ledger.fees += b.fee_quote;
    if (fee == FeeIn::elsewhere) ledger.fees_elsewhere += b.fee_quote;
    if (b.quantity.is_zero()) {
        correct(ledger, b.side, b.value);
    } else {
        const auto result = trade(ledger, b.quantity, b.value, b.at);
        if (opens) ledger.opened_net = before;
        if (agent) end_round_trip(state, *agent, result);
    }
    if (fee != FeeIn::base || b.fee.is_zero()) return;
    const auto after_fee = trade(ledger, Quantity{-b.fee}, -b.fee_quote, b.at);
    if (agent) end_round_trip(state, *agent, after_fee);
}

void book_cash(State& state, const Booking& b, Notional realised) {
    const InstrumentFacts& facts = state.facts(b.instrument);
    Account& quote = state.accounts[{b.venue, facts.quote}];
    quote.cash += facts.kind == InstrumentKind::spot ? -b.value.decimal() : realised.decimal();
    switch (fee_in(facts, b.fee_currency)) {
        case FeeIn::quote: quote.cash -= b.fee_quote.decimal(); break;
        case FeeIn::base: break;  // in the position
        case FeeIn::elsewhere:
            state.accounts[{b.venue, b.fee_currency}].cash -= b.fee;
            state.fees_elsewhere[b.fee_currency] += b.fee;
            break;
    }
}

void book_intent(State& state, const Booking& b) {
    const auto found = state.intents.find(b.intent);
    if (found != state.intents.end()) {
        found->second.filled += b.quantity.abs();
        found->second.value += unsigned_value(b);
    }
    const AgentKey key{b.agent, b.instrument};
    book_lots(state, {key, b.intent, b.quantity, b.value, b.mark});
    flow_of(state, b.intent, b.instrument).fees += b.fee_quote;
    const bool in_base =
        fee_in(state.facts(b.instrument), b.fee_currency) == FeeIn::base;
    if (!in_base || b.fee.is_zero()) return;
    book_lots(state, {key, b.intent, Quantity{-b.fee}, -b.fee_quote, b.mark});
}

void book_fill(State& state, const Booking& b) {
    const InstrumentFacts& facts = state.facts(b.instrument);
    Ledger& own = state.ledgers[{b.agent, b.instrument}];
    if (!own.quantity.is_zero()) {
        widen(own, value_of(facts, b.mark, own.quantity) - own.cost);
    }
    book_ledger(state, own, b, b.agent);
    Ledger& venue = state.venues[{b.venue, b.instrument}];
    const Notional before = venue.realised;
    book_ledger(state, venue, b, std::nullopt);
    book_cash(state, b, venue.realised - before);
    book_intent(state, b);
    add_turnover(state.turnover[facts.quote], b.at, unsigned_value(b), b.fee_quote);
}

// One agent's side of a move inside the book: no venue, no cash, no fee.
void book_move(State& state, const Piece& piece, Instant at) {
    const auto [agent, instrument] = piece.key;
    Ledger& ledger = state.ledgers[piece.key];
    if (!ledger.quantity.is_zero()) {
        const InstrumentFacts& facts = state.facts(instrument);
        widen(ledger, value_of(facts, piece.mark, ledger.quantity) - ledger.cost);
    }
    end_round_trip(state, agent, trade(ledger, piece.quantity, piece.value, at));
    const auto found = state.intents.find(piece.intent);
    if (found != state.intents.end()) {
        found->second.filled += piece.quantity.abs();
        found->second.value += piece.value.abs();
    }
    book_lots(state, piece);
}

// Where a payment lands that names no venue: where the position is.
VenueId venue_holding(const State& state, InstrumentId instrument) {
    for (const auto& [key, ledger] : state.venues) {
        if (key.second == instrument && !ledger.quantity.is_zero()) return key.first;
    }
    return {};
}

}  // namespace

void apply(State& state, const events::FillAllocated& e, const RecordHead& head) {
    const InstrumentFacts& facts = state.facts(e.instrument);
    const Quantity quantity = signed_by(e.side, e.quantity);
    const bool in_quote = fee_in(facts, e.fee_currency) == FeeIn::quote;
    const bool in_base = fee_in(facts, e.fee_currency) == FeeIn::base;
    Booking b{e.agent, e.intent, e.instrument, e.venue, e.side, quantity, e.value, e.fee,
              e.fee_currency, e.fee_quote, e.mark.is_zero() ? e.price : e.mark, head.at};
    if (in_quote) b.fee_quote = Notional{e.fee};
    if (e.side == Side::sell) b.value = -e.value;
    book_fill(state, b);
    Quantity& open = state.unallocated[{e.venue, e.instrument}];
    open -= in_base ? quantity - Quantity{e.fee} : quantity;
    if (open.is_zero()) state.unallocated.erase({e.venue, e.instrument});
}

void apply(State& state, const events::OrderFilled& e, const RecordHead&) {
    const Fill& fill = e.fill;
    const InstrumentFacts& facts = state.facts(fill.instrument);
    Quantity& open = state.unallocated[{fill.venue, fill.instrument}];
    open += received(facts, fill);
    if (open.is_zero()) state.unallocated.erase({fill.venue, fill.instrument});
}

// The quantity was booked when it was inferred; what a fee in base takes is known only now.
void apply(State& state, const events::FillUpgraded& e, const RecordHead&) {
    const Fill& fill = e.fill;
    if (fee_in(state.facts(fill.instrument), fill.fee_currency) != FeeIn::base) return;
    Quantity& open = state.unallocated[{fill.venue, fill.instrument}];
    open -= Quantity{fill.fee};
    if (open.is_zero()) state.unallocated.erase({fill.venue, fill.instrument});
}

void apply(State& state, const events::ForeignFill& e, const RecordHead& head) {
    const Fill& fill = e.fill;
    const InstrumentFacts& facts = state.facts(fill.instrument);
    const Quantity quantity = signed_by(fill.side, fill.quantity);
    Booking b{house_agent, {}, fill.instrument, fill.venue, fill.side, quantity,
              value_of(facts, fill.price, quantity), fill.fee, fill.fee_currency,
              {}, fill.price, head.at};
    if (fee_in(facts, fill.fee_currency) == FeeIn::quote) b.fee_quote = Notional{fill.fee};
    if (fee_in(facts, fill.fee_currency) == FeeIn::base) {
        b.fee_quote = value_of(facts, fill.price, Quantity{fill.fee});
    }
    book_fill(state, b);
}

void apply(State& state, const events::InternalCross& e, const RecordHead& head) {
    const AgentKey buyer{e.buyer, e.instrument};
    const AgentKey seller{e.seller, e.instrument};
    book_move(state, {seller, e.sell_intent, -e.quantity, -e.value, e.price}, head.at);
    book_move(state, {buyer, e.buy_intent, e.quantity, e.value, e.price}, head.at);
}

void apply(State& state, const events::DustSwept& e, const RecordHead& head) {
    const InstrumentFacts& facts = state.facts(e.instrument);
    const Notional value = value_of(facts, e.price, e.quantity);
    book_move(state, {{e.agent, e.instrument}, {}, -e.quantity, -value, e.price}, head.at);
    book_move(state, {{house_agent, e.instrument}, {}, e.quantity, value, e.price}, head.at);
}

void apply(State& state, const events::FundingPaid& e, const RecordHead&) {
    const InstrumentFacts& facts = state.facts(e.instrument);
    const VenueId venue = e.venue ? e.venue : venue_holding(state, e.instrument);
    state.ledgers[{e.agent, e.instrument}].funding += e.amount;
    state.venues[{venue, e.instrument}].funding += e.amount;
    state.accounts[{venue, facts.quote}].cash -= e.amount.decimal();
    share_funding(state, {e.agent, e.instrument}, e.amount);
}

}  // namespace grekko::portfolio
