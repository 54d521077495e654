// Numbers of a script as amounts of the domain: first snapped to the nearest lot or tick within
// 1e-9 relative (0.29 / 0.01 is 29), then rounded toward less risk. It checks nothing but that the
// number fits; fields.hpp has checked type and range. The actions use it.
#pragma once

#include <optional>

#include "base/decimal.hpp"
#include "domain/instrument.hpp"
#include "domain/market.hpp"

namespace grekko::script {

// None where the number is not finite or does not fit.
std::optional<Decimal> snapped(double value, Decimal step, Rounding otherwise);

// The finest tick and lot among the venues that list the instrument; the host rounds again for the
// venue it routes to.
struct Steps {
    Decimal tick, lot;
};
Steps steps_of(const Universe& universe, InstrumentId instrument);

// Toward less risk: a protective price of a long rounds up, of a short down; a worst price to pay
// rounds down, to receive up; a size always rounds to zero.
constexpr Rounding for_stop(Side position) {
    return position == Side::buy ? Rounding::ceiling : Rounding::floor;
}
constexpr Rounding for_take(Side position) {
    return position == Side::buy ? Rounding::floor : Rounding::ceiling;
}
constexpr Rounding for_limit(Side order) {
    return order == Side::buy ? Rounding::floor : Rounding::ceiling;
}

} // namespace grekko::script
