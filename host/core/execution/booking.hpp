// What a report says about filled quantity, turned into events: real fills once, gaps in the
// cumulative quantity as inferred fills, inferred ones upgraded when the real one comes. It holds
// the order's sums as they will be after each event of the same report. Not the order's fate:
// report.cpp decides that and uses this.
#pragma once

#include "core/execution/outcome.hpp"
#include "core/execution/state.hpp"

namespace grekko::execution {

class Booking {
public:
    Booking(const State& state, const OrderRecord& record);

    // A fill with its trade id: new, an upgrade, or known already. `cumulative` zero: not told.
    void real(const Fill& fill, Quantity cumulative, Outcome& outcome);
    // The venue has filled `cumulative` in all, at `mean` (zero: unknown): books what is missing.
    void infer(Quantity cumulative, Price mean, const VenueReport& report, Outcome& outcome);

    Quantity filled() const { return filled_; }
    OrderStatus status() const { return status_; }
    Quantity whole() const { return whole_; } // filled up to here, the order is filled
    bool booked() const { return booked_; }

private:
    void book(Fill fill, Outcome& outcome);
    void upgrade(Fill fill, Outcome& outcome);

    const State& state_;
    const OrderRecord& record_;
    Quantity whole_, filled_, inferred_;
    Notional value_, inferred_value_;
    OrderStatus status_;
    bool booked_{false};
};

// Positive price and quantity, and a value that sums of them can hold.
bool valid_fill(const Fill& fill);

} // namespace grekko::execution
