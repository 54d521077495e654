// Σ shares = the fill: quantity, value and fee, to the last digit, within the step that books it.
// An upgrade of an inferred fill shares out the difference. Nobody is given what did not fill.
// Trading rules §4.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Shares {
public:
    static constexpr std::string_view name = "shares";

    void on(const events::OrderFilled& event, const Scene&) {
        const Fill& fill = event.fill;
        quantity_ += fill.quantity;
        value_ += multiply(fill.price, fill.quantity, Rounding::half_even);
        fee_ += fill.fee;
    }
    void on(const events::FillUpgraded& event, const Scene&) {
        const Fill& fill = event.fill;
        value_ += multiply(fill.price, fill.quantity, Rounding::half_even) - event.booked;
        fee_ += fill.fee;
    }
    void on(const events::FillAllocated& event, const Scene&) {
        quantity_ -= event.quantity;
        value_ -= event.value;
        fee_ -= event.fee;
    }
    void after(const Look& look) {
        if (!quantity_.is_zero() || !value_.is_zero() || !fee_.is_zero()) {
            look.findings.add(name, "of the fills of this step nobody was given quantity " +
                                        quantity_.to_string() + ", value " + value_.to_string() +
                                        ", fee " + fee_.to_string());
        }
        quantity_ = {};
        value_ = {};
        fee_ = {};
    }

private:
    Quantity quantity_;
    Notional value_;
    Decimal fee_;
};

} // namespace grekko::sim::checks
