#include "paper/desk.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

constexpr std::size_t fills_kept = 1'000;
constexpr Decimal market_cushion = 1.05_dec; // a market buy holds this much of its price

} // namespace

Desk::Desk(const Config& config) : config_{config}, orders_{config.closed_orders_max} {
    for (const auto& [currency, amount] : config.balances)
        ledger_.credit(ledger_.place(currency), amount);
    for (const Listing& listing : config.listings) {
        auto place = std::make_unique<Place>();
        place->rules = listing;
        place->status = listing.status;
        place->base = ledger_.place(listing.base);
        place->quote = ledger_.place(listing.quote);
        places_.push_back(std::move(place));
    }
}

std::size_t Desk::find_place(std::uint16_t instrument) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i]->rules.instrument == instrument) return i;
    }
    return places_.size();
}

std::size_t Desk::hold_place(const Order& order) const {
    return order.buys() ? places_[order.listing]->quote : places_[order.listing]->base;
}

Decimal Desk::requirement(const Order& order, Decimal price) {
    if (!order.open() || entry_of(order) != nullptr) return {};
    const Listing& rules = places_[order.listing]->rules;
    const Decimal base = multiply(order.rest(), rules.contract_size, Round::up);
    if (!order.buys()) return base;
    if (order.has_limit()) {
        price = order.limit();
    } else {
        price = multiply(std::max(price, order.trigger_price()), market_cushion, Round::up);
    }
    const Decimal cost = multiply(base, price, Round::up);
    if (rules.fee_currency == FeeCurrency::received) return cost;
    const Decimal fee = std::max(rules.taker_fee, rules.maker_fee);
    return cost + multiply(cost, fee, Round::up) + rules.fee_step;
}

// Two ways out of one position hold once: the second leg only what it needs beyond the first.
bool Desk::hold(Order& order, Decimal price) {
    Decimal wanted = requirement(order, price);
    const std::size_t where = hold_place(order);
    const Order* other = linked(order);
    if (other != nullptr && one_cancels_other(order, *other))
        wanted = std::max(wanted - other->held, Decimal{});
    const Decimal more = wanted - order.held;
    if (more.is_negative()) {
        ledger_.release(where, -more);
    } else if (!ledger_.hold(where, more)) {
        // The cushion of a market buy is no reason to refuse it: what it costs now must be there.
        const Decimal free = ledger_.at(where).free() + order.held;
        const Decimal least = divide(wanted, market_cushion, Round::up);
        if (!order.buys() || order.has_limit() || free < least) return false;
        const bool held = ledger_.hold(where, ledger_.at(where).free());
        order.held = held ? free : order.held;
        return held;
    }
    order.held = wanted;
    return true;
}

Order* Desk::linked(const Order& order) {
    Order* other = order.request.linked == 0 ? nullptr : orders_.by_host(order.request.linked);
    return other != nullptr && other->open() && other != &order ? other : nullptr;
}

const Order* Desk::entry_of(const Order& order) {
    if (!order.has(GREKKO_ORDER_REDUCE_ONLY)) return nullptr;
    const Order* other = linked(order);
    if (other != nullptr && one_cancels_other(order, *other)) other = linked(*other);
    if (other == nullptr || one_cancels_other(order, *other)) return nullptr;
    return other;
}

Decimal Desk::affordable(const Order& order, Decimal price) const {
    const Place& place = *places_[order.listing];
    const Decimal money = ledger_.at(hold_place(order)).free() + order.held;
    Decimal unit = place.rules.contract_size;
    if (order.buys()) {
        unit = multiply(unit, price, Round::up);
        if (place.rules.fee_currency == FeeCurrency::quote)
            unit += multiply(unit, place.rules.taker_fee, Round::up);
    }
    // A fee is rounded to its step: one step more than the exact fee must be there.
    const bool pays_fee = order.buys() && place.rules.fee_currency == FeeCurrency::quote;
    const Decimal spare = pays_fee ? place.rules.fee_step : Decimal{};
    const Decimal most = divide(money - spare, unit, Round::down);
    return std::max(round_to(most, place.rules.lot, Round::down), Decimal{});
}

grekko_report Desk::report(std::uint8_t kind, const Order& order, grekko_time at) {
    grekko_report out{};
    out.kind = kind;
    out.side = order.request.side;
    out.instrument = order.request.instrument;
    out.order = order.request.order;
    out.exchange_at = at;
    out.cumulative = order.filled;
    write_text(out.client_id, read_text(order.request.client_id));
    write_text(out.venue_order_id, "p" + std::to_string(order.number));
    return out;
}

void Desk::send(grekko_report report, Order& order, grekko_time at) {
    grekko_time due = std::max(at + order.response, cause_.due);
    if (cause_.exact) due = cause_.due;
    due = std::max(due, order.last_due);
    order.last_due = due;
    agenda_.postpone_report(order.event, due);
    agenda_.postpone_report(order.expiry, due);
    send(report, due);
}

void Desk::send(grekko_report report, grekko_time due) {
    report.size = sizeof report;
    report.venue = config_.venue;
    report.at = due;
    if (report.exchange_at == 0) report.exchange_at = due;
    outbox_.push(report);
}

void Desk::accept(Order& order, grekko_time at) {
    place(order).open.insert(order.number);
    order.accepted_at = at;
    send(report(GREKKO_REPORT_ACCEPTED, order, at), order, at);
}

// The fee is rounded to its step and taken from what is paid or from what is received.
void Desk::money_moves(Order& order, Decimal price, Decimal quantity, Liquidity liquidity,
                       grekko_report& report) {
    Place& place = this->place(order);
    const Listing& rules = place.rules;
    const Decimal rate = liquidity == Liquidity::maker ? rules.maker_fee : rules.taker_fee;
    const Decimal base = multiply(quantity, rules.contract_size, Round::half_even);
    const Decimal cost = multiply(base, price, Round::half_even);
    const bool in_base = order.buys() && rules.fee_currency == FeeCurrency::received;
    Decimal fee = multiply(in_base ? base : cost, rate, Round::half_even);
    fee = round_to(fee, rules.fee_step, Round::half_even);
    const std::size_t pays = order.buys() ? place.quote : place.base;
    const std::size_t receives = order.buys() ? place.base : place.quote;
    ledger_.release(pays, order.held);
    order.held = {};
    Decimal debit = order.buys() ? cost : base;
    Decimal credit = order.buys() ? base : cost;
    if (order.buys() && !in_base) {
        debit += fee;
    } else {
        credit -= fee;
    }
    const bool paid = ledger_.debit(pays, debit); // always: the caller has asked affordable()
    if (paid) ledger_.credit(receives, credit);
    report.fee = fee;
    write_text(report.currency, in_base ? rules.base : rules.quote);
}

Decimal Desk::fill(Order& order, Decimal price, Decimal quantity, Liquidity liquidity,
                   grekko_time at) {
    if (Order* other = linked(order); other != nullptr && one_cancels_other(order, *other))
        cancel(*other, at, GREKKO_REJECT_NONE, "the other leg has filled");
    const Decimal wanted = std::min(quantity, order.rest());
    const Decimal most = affordable(order, price);
    const Decimal done = std::min(wanted, most);
    if (done.is_positive()) {
        grekko_report out = report(GREKKO_REPORT_FILLED, order, at);
        money_moves(order, price, done, liquidity, out);
        order.filled += done;
        order.value += multiply(price, done, Round::half_even);
        order.status = GREKKO_ORDER_PARTLY_FILLED;
        out.cumulative = order.filled;
        out.price = price;
        out.quantity = done;
        out.liquidity = static_cast<std::uint8_t>(liquidity);
        write_text(out.trade_id, config_.trade_prefix + std::to_string(++trades_));
        const bool generated = config_.fill == FillModel::synthetic;
        write_text(out.text, order.not_credible
                                 ? "not credible: more than a tenth of the level or of 5 minutes"
                             : generated ? "synthetic market"
                                         : "");
        fills_.push_back(out);
        if (fills_.size() > fills_kept) fills_.pop_front();
        send(out, order, at);
    }
    if (order.rest().is_zero()) {
        close(order, GREKKO_ORDER_FILLED, at);
    } else if (done < wanted) {
        cancel(order, at, GREKKO_REJECT_INSUFFICIENT_FUNDS, "the balance is used up");
    } else if (done.is_positive() && !hold(order, price)) {
        cancel(order, at, GREKKO_REJECT_INSUFFICIENT_FUNDS, "the balance does not hold the rest");
    }
    return done;
}

void Desk::trigger(Order& order, grekko_time at) {
    order.triggered = true;
    order.phase = Phase::pending;
    if (Order* other = linked(order); other != nullptr && one_cancels_other(order, *other))
        cancel(*other, at, GREKKO_REJECT_NONE, "the other leg has triggered");
    send(report(GREKKO_REPORT_TRIGGERED, order, at), order, at);
}

void Desk::cancel(Order& order, grekko_time at, std::uint8_t reject, std::string_view text) {
    if (!order.open()) return;
    close(order, GREKKO_ORDER_CANCELLED, at);
    grekko_report out = report(GREKKO_REPORT_CANCELLED, order, at);
    out.reject = reject;
    write_text(out.text, text);
    send(out, order, at);
    links_end(order, at);
}

void Desk::expire(Order& order, grekko_time at) {
    if (!order.open()) return;
    close(order, GREKKO_ORDER_EXPIRED, at);
    send(report(GREKKO_REPORT_EXPIRED, order, at), order, at);
    links_end(order, at);
}

void Desk::close(Order& order, std::uint8_t status, grekko_time) {
    unrest(order);
    ledger_.release(hold_place(order), order.held);
    order.held = {};
    order.phase = Phase::closed;
    order.status = status;
    agenda_.remove(order.expiry);
    agenda_.remove(order.event);
    order.expiry = order.event = 0;
    place(order).open.erase(order.number);
    if (Order* other = linked(order); other != nullptr && other->held.is_zero()) {
        // The hold that both shared is now the other one's; it was enough for either.
        const bool held = hold(*other, other->trigger_price());
        if (!held) other->held = {};
    }
    orders_.closed(order);
}

// Without its entry there is nothing to protect.
void Desk::links_end(Order& order, grekko_time at) {
    Order* other = linked(order);
    if (other == nullptr || one_cancels_other(order, *other)) return;
    const bool entry = other->has(GREKKO_ORDER_REDUCE_ONLY) && order.filled.is_zero();
    if (entry) cancel(*other, at, GREKKO_REJECT_NONE, "its entry has ended without a fill");
}

book::Tick Desk::tick_of(const Order& order) const {
    const Decimal tick = places_[order.listing]->rules.tick;
    return static_cast<book::Tick>(order.limit().raw() / tick.raw());
}

void Desk::rest(Order& order, Decimal ahead) {
    unrest(order);
    order.phase = Phase::resting;
    order.fresh = false;
    order.ahead = ahead;
    book::Resting resting;
    resting.shown = 1; // an index by price and time; quantities are the order's own
    resting.tag = order.number;
    const auto side = order.buys() ? book::Side::buy : book::Side::sell;
    order.handle = place(order).own.add(side, tick_of(order), resting);
}

void Desk::unrest(Order& order) {
    place(order).own.cancel(order.handle);
    order.handle = 0;
}

} // namespace grekko::paper
