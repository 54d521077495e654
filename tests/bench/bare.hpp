// The least that can decide: two averages, five votes and 41 comparisons with one product, and the
// fills that follow, for one instrument. It keeps no records and refuses nothing. The anchor of
// the benches of engine, backtest, risk and consensus.
#pragma once

#include <array>

#include "bench/engine_load.hpp"
#include "bench/measure.hpp"

namespace grekko::bench {

// What 41 checks cost if all of them were one comparison, with the one product that values the
// order.
struct BareRules {
    std::array<Notional, 41> limits;
    BareRules() { limits.fill(1'000'000_notional); }
    bool pass(Price price, Quantity quantity) {
        const Notional value = multiply(price, quantity, Rounding::half_even);
        bool good = true;
        for (const Notional& limit : limits)
            good &= value <= limit;
        return good;
    }
};

// The weighted count of five votes.
struct BareVotes {
    struct Vote {
        std::uint64_t weight{200'000'000}, confidence{500'000'000};
        bool approves{true};
    };
    std::array<Vote, 5> votes;
    bool pass() const {
        std::uint64_t approving = 0, all = 0;
        for (const Vote& vote : votes) {
            const std::uint64_t force = vote.weight * (500'000'000 + vote.confidence / 2);
            all += force;
            if (vote.approves) approving += force;
        }
        return approving / 6 >= all / 10;
    }
};

// In with one trade and out with the next: position, cash and fee as the host would book them.
struct BareBook {
    EmaCross averages;
    BareVotes votes;
    BareRules rules;
    Quantity held;
    Notional cash, fees;
    std::uint64_t orders{0};

    // True where it traded.
    bool trade(Price price, Quantity target) {
        const Quantity size = (target - held).abs();
        if (!votes.pass() || !rules.pass(price, size)) return false;
        const Notional value = multiply(price, target - held, Rounding::half_even);
        fees += multiply(value.abs(), 0.001_rate, Rounding::ceiling);
        cash -= value;
        held = target;
        ++orders;
        return true;
    }
};

} // namespace grekko::bench
