#include "core/portfolio/ledger.hpp"

#include <algorithm>

namespace grekko::portfolio {
namespace {

constexpr Duration quarter{Duration::minutes(15)};

void open_position(Ledger& ledger, Quantity quantity, Notional value, Instant at) {
    if (ledger.quantity.is_zero()) {
        ledger.since = at;
        ledger.opened_net = ledger.net();
        ledger.favourable_max = {};
        ledger.adverse_max = {};
    }
    ledger.quantity += quantity;
    ledger.cost += value;
}

std::int64_t number_of(Instant at) {
    return at.floor(quarter).nanoseconds() / quarter.count();
}

std::size_t index_of(std::int64_t number) {
    return static_cast<std::size_t>(((number % Turnover::count) + Turnover::count) %
                                    Turnover::count);
}

}  // namespace

Notional value_of(const InstrumentFacts& facts, Price price, Quantity quantity) {
    const Notional value = multiply(price, quantity, Rounding::half_even);
    if (facts.contract_size == 1_quantity) return value;
    return Notional{
        multiply(value.decimal(), facts.contract_size.decimal(), Rounding::half_even)};
}

std::optional<Notional> trade(Ledger& ledger, Quantity quantity, Notional value, Instant at) {
    const Quantity held = ledger.quantity;
    if (quantity.is_zero() || held.is_zero() || held.sign() == quantity.sign()) {
        open_position(ledger, quantity, value, at);
        return std::nullopt;
    }
    const bool turns = quantity.abs() > held.abs();
    const bool closes = quantity.abs() == held.abs();
    const Notional closing =
        turns ? multiply_divide(value, held.abs(), quantity.abs(), Rounding::half_even) : value;
    const Notional cost_out =
        turns || closes
            ? ledger.cost
            : multiply_divide(ledger.cost, quantity.abs(), held.abs(), Rounding::half_even);
    ledger.realised += -closing - cost_out;
    ledger.cost -= cost_out;
    if (!turns) {
        ledger.quantity += quantity;
    } else {
        ledger.quantity = {};
    }
    if (!turns && !closes) return std::nullopt;
    const Notional result = ledger.net() - ledger.opened_net;
    if (turns) open_position(ledger, quantity + held, value - closing, at);
    return result;
}

void correct(Ledger& ledger, Side side, Notional value) {
    if (ledger.quantity.sign() == grekko::sign(side)) {
        ledger.cost += value;
    } else {
        ledger.realised -= value;
    }
}

void widen(Ledger& ledger, Notional unrealised) {
    ledger.favourable_max = std::max(ledger.favourable_max, unrealised);
    ledger.adverse_max = std::min(ledger.adverse_max, unrealised);
}

void add_turnover(Turnover& turnover, Instant at, Notional traded, Notional fees) {
    const std::int64_t number = number_of(at);
    const std::int64_t first = std::max(turnover.newest + 1, number - Turnover::count + 1);
    for (std::int64_t n = first; n <= number; ++n) {
        turnover.traded[index_of(n)] = {};
        turnover.fees[index_of(n)] = {};
    }
    turnover.newest = std::max(turnover.newest, number);
    turnover.traded[index_of(number)] += traded;
    turnover.fees[index_of(number)] += fees;
}

Traded turnover_24h(const Turnover& turnover, Instant now) {
    Traded sum;
    const std::int64_t gone = std::max<std::int64_t>(number_of(now) - turnover.newest, 0);
    if (gone >= Turnover::count) return sum;
    const std::size_t first = index_of(turnover.newest + 1 + gone);
    const auto add = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (!turnover.traded[i].is_zero()) sum.value += turnover.traded[i];
            if (!turnover.fees[i].is_zero()) sum.fees += turnover.fees[i];
        }
    };
    const std::size_t last = index_of(turnover.newest);
    if (first <= last) {
        add(first, last + 1);
    } else {
        add(first, Turnover::count);
        add(0, last + 1);
    }
    return sum;
}

}  // namespace grekko::portfolio
