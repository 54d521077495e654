#include "paper/ledger.hpp"

#include <algorithm>

namespace grekko::paper {

std::size_t Ledger::place(std::string_view currency) {
    for (std::size_t i = 0; i < balances_.size(); ++i) {
        if (balances_[i].currency == currency) return i;
    }
    balances_.push_back({std::string{currency}, {}, {}});
    return balances_.size() - 1;
}

bool Ledger::hold(std::size_t place, Decimal amount) {
    Balance& balance = balances_[place];
    if (amount.is_negative() || balance.free() < amount) return false;
    balance.held += amount;
    return true;
}

void Ledger::release(std::size_t place, Decimal amount) {
    Balance& balance = balances_[place];
    balance.held -= std::clamp(amount, Decimal{}, balance.held);
}

void Ledger::credit(std::size_t place, Decimal amount) {
    balances_[place].total += std::max(amount, Decimal{});
}

bool Ledger::debit(std::size_t place, Decimal amount) {
    Balance& balance = balances_[place];
    if (amount.is_negative() || balance.free() < amount) return false;
    balance.total -= amount;
    return true;
}

} // namespace grekko::paper
