// Ledger: what the account owns and what is held for open orders, per currency. It is not a
// portfolio: no positions, prices or profit. A balance is never negative and never below what is
// held: whoever pays asks first. The desk is its only user.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "paper/config.hpp"

namespace grekko::paper {

class Ledger {
public:
    struct Balance {
        std::string currency;
        Decimal total, held;
        Decimal free() const { return total - held; }
    };

    // The place of a currency; made with zero where it is new.
    std::size_t place(std::string_view currency);
    const Balance& at(std::size_t place) const { return balances_[place]; }
    const std::vector<Balance>& balances() const { return balances_; }

    // False, and nothing done, where the free balance is smaller or the amount negative.
    [[nodiscard]] bool hold(std::size_t place, Decimal amount);
    void release(std::size_t place, Decimal amount); // at most what is held
    void credit(std::size_t place, Decimal amount);
    // False, and nothing done, where the free balance is smaller.
    [[nodiscard]] bool debit(std::size_t place, Decimal amount);

private:
    std::vector<Balance> balances_;
};

} // namespace grekko::paper
