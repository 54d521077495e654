#include "io/script/amounts.hpp"

namespace grekko::script {

std::optional<Decimal> snapped(double value, Decimal step, Rounding otherwise) {
    const std::optional<Decimal> exact = Decimal::from_double(value);
    if (!exact || !step.is_positive()) return exact;
    const std::optional<Decimal> nearest = checked_round_to(*exact, step, Rounding::half_even);
    if (!nearest) return std::nullopt;
    const Decimal difference = (*nearest - *exact).abs();
    const Decimal tolerance = multiply(exact->abs(), 0.000000001_d, Rounding::floor);
    if (difference <= tolerance) return nearest;
    return checked_round_to(*exact, step, otherwise);
}

Steps steps_of(const Universe& universe, InstrumentId instrument) {
    Steps steps;
    for (const Listing& listing : universe.listings) {
        if (listing.instrument != instrument) continue;
        const Decimal tick = listing.tick.decimal();
        const Decimal lot = listing.lot.decimal();
        if (steps.tick.is_zero() || (tick.is_positive() && tick < steps.tick)) steps.tick = tick;
        if (steps.lot.is_zero() || (lot.is_positive() && lot < steps.lot)) steps.lot = lot;
    }
    return steps;
}

} // namespace grekko::script
