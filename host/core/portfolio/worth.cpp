#include "core/portfolio/worth.hpp"

#include <array>
#include <map>

#include "core/portfolio/ledger.hpp"

namespace grekko::portfolio {
namespace {

// Open quantity at mark, in quote currency.
Worth at_mark(const State& state, const Marks& marks, InstrumentId id, Quantity quantity) {
    if (quantity.is_zero()) return {};
    const Mark mark = marks.of(id);
    if (!mark.known()) return {{}, false, true};
    return {value_of(state.facts(id), mark.price, quantity), true, mark.stale};
}

// Sums by currency. A book has few: those need no memory.
class ByCurrency {
public:
    Worth& operator[](Currency currency) {
        for (std::size_t i = 0; i < used_; ++i) {
            if (few_[i].first == currency) return few_[i].second;
        }
        if (used_ == few_.size()) return more_[currency];
        few_[used_].first = currency;
        return few_[used_++].second;
    }
    void for_each(auto&& visit) const {
        for (std::size_t i = 0; i < used_; ++i) visit(few_[i].first, few_[i].second);
        for (const auto& [currency, worth] : more_) visit(currency, worth);
    }

private:
    std::array<std::pair<Currency, Worth>, 4> few_;
    std::size_t used_{0};
    std::map<Currency, Worth> more_;
};

}  // namespace

void Worth::add(const Worth& other) {
    value += other.value;
    known = known && other.known;
    stale = stale || other.stale;
}

Worth convert(const State& state, const Marks& marks, Decimal amount, Currency currency) {
    if (amount.is_zero()) return {};
    const auto found = state.conversions.find(currency);
    if (found == state.conversions.end()) return {{}, false, true};
    Worth worth;
    for (std::uint8_t step = 0; step < found->second.steps; ++step) {
        const Mark mark = marks.of(found->second.instruments[step]);
        if (!mark.known() || mark.price.is_zero()) return {{}, false, true};
        worth.stale = worth.stale || mark.stale;
        amount = found->second.divides[step]
                     ? divide(amount, mark.price.decimal(), Rounding::half_even)
                     : multiply(amount, mark.price.decimal(), Rounding::half_even);
    }
    worth.value = Notional{amount};
    return worth;
}

std::map<InstrumentId, Quantity> held(const State& state) {
    std::map<InstrumentId, Quantity> sums;
    for (const auto& [key, ledger] : state.venues) sums[key.second] += ledger.quantity;
    return sums;
}

Worth worth_of(const State& state, const Marks& marks) {
    ByCurrency sums;
    for (const auto& [key, account] : state.accounts) {
        sums[key.second].value += Notional{account.cash};
    }
    const auto value = [&](InstrumentId id, Quantity quantity) {
        sums[state.facts(id).quote].add(at_mark(state, marks, id, quantity));
    };
    const bool one_venue = !state.venues.empty() && state.venues.begin()->first.first ==
                                                        state.venues.rbegin()->first.first;
    if (one_venue) {
        for (const auto& [key, ledger] : state.venues) value(key.second, ledger.quantity);
    } else {
        for (const auto& [id, quantity] : held(state)) value(id, quantity);
    }
    for (const auto& [key, ledger] : state.venues) {
        const InstrumentFacts& facts = state.facts(key.second);
        // A perpetual's cost never left the account.
        if (facts.kind != InstrumentKind::spot) sums[facts.quote].value -= ledger.cost;
    }
    Worth sum;
    sums.for_each([&](Currency currency, const Worth& worth) {
        // What nothing converts, a coin that was dropped there say, is no part of N: were N unknown
        // for its sake, limits on loss would never move again.
        if (!state.conversions.contains(currency)) return;
        sum.add({{}, worth.known, worth.stale});
        sum.add(convert(state, marks, worth.value.decimal(), currency));
    });
    return sum;
}

Worth results_of(const State& state, const Marks& marks, AgentId agent) {
    Worth sum;
    for (auto it = state.ledgers.lower_bound({agent, InstrumentId{}});
         it != state.ledgers.end() && it->first.first == agent; ++it) {
        const Ledger& ledger = it->second;
        Worth quote = at_mark(state, marks, it->first.second, ledger.quantity);
        quote.value += ledger.net() - (quote.known ? ledger.cost : Notional{});
        sum.add({{}, quote.known, quote.stale});
        sum.add(convert(state, marks, quote.value.decimal(), state.facts(it->first.second).quote));
    }
    return sum;
}

Rate per_unit(const State& state, Notional nav) {
    if (!state.units.is_positive()) return 1_rate;
    return Rate{divide(nav.decimal(), state.units, Rounding::half_even)};
}

}  // namespace grekko::portfolio
