// Money is conserved: each account is what transfers and fills make it, and the change of NAV is
// the sum of its attribution and the transfers, to the last digit.
// Trading rules §4, §12.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Money {
public:
    static constexpr std::string_view name = "money";

    void on(const events::TransferBooked& event, const Scene&) {
        accounts_[{event.venue, event.currency}] += event.amount;
        moved_ = true;
    }
    void on(const events::OrderFilled& event, const Scene& scene) { trade(event.fill, scene); }
    void on(const events::ForeignFill& event, const Scene& scene) { trade(event.fill, scene); }
    void on(const events::FillUpgraded& event, const Scene& scene) {
        const Fill& fill = event.fill;
        const Currency quote = scene.plan.universe.instrument(fill.instrument).quote;
        const Notional more =
            multiply(fill.price, fill.quantity, Rounding::half_even) - event.booked;
        const bool buys = fill.side == Side::buy;
        accounts_[{fill.venue, quote}] += buys ? -more.decimal() : more.decimal();
        if (!fill.fee.is_zero()) accounts_[{fill.venue, fill.fee_currency}] -= fill.fee;
        moved_ = true;
    }
    void after(const Look& look) {
        if (!moved_) return;
        moved_ = false;
        for (const auto& [key, expected] : accounts_) {
            const Decimal booked =
                portfolio::balance(look.engine.state().portfolio, key.first, key.second);
            if (booked == expected) continue;
            look.findings.add(name, "venue " + text(key.first) + " should hold " +
                                        expected.to_string() + " " + key.second.string() +
                                        ", booked is " + booked.to_string());
        }
        const portfolio::Attribution parts =
            portfolio::attribution(look.engine.state().portfolio, look.engine.marks(look.now));
        const Notional sum =
            parts.transfers + parts.closed + parts.open + parts.loose + parts.currency;
        if (sum == parts.nav) return;
        look.findings.add(name, "NAV " + parts.nav.to_string() +
                                    " is not the sum of its attribution " + sum.to_string());
    }

private:
    void trade(const Fill& fill, const Scene& scene) {
        const Instrument& traded = scene.plan.universe.instrument(fill.instrument);
        const Decimal value = multiply(fill.price, fill.quantity, Rounding::half_even).decimal();
        const Decimal quantity = fill.quantity.decimal();
        const bool buys = fill.side == Side::buy;
        accounts_[{fill.venue, traded.quote}] += buys ? -value : value;
        accounts_[{fill.venue, traded.base}] += buys ? quantity : -quantity;
        if (!fill.fee.is_zero()) accounts_[{fill.venue, fill.fee_currency}] -= fill.fee;
        moved_ = true;
    }

    std::map<AccountKey, Decimal> accounts_;
    bool moved_{false};
};

} // namespace grekko::sim::checks
