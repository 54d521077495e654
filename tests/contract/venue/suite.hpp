// The contract of ports::Venue as tests: what the host relies on whatever venue it trades on. Each
// implementation gives a Case that makes a venue with one listing and moves its market; the suite
// in venue_contract_test.cpp runs on every case that it lists at its end.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "ports/venue.hpp"

namespace grekko::tests {

// Instrument 1 on venue 1: tick 1, lot 0.001, notional at least 10; 100 000 of quote currency and
// 100 of base; no fees. The market starts empty.
struct VenueCase {
    std::string name;
    std::function<std::unique_ptr<ports::Venue>()> make;
    // A market of these prices from `at` on, ten at each side.
    std::function<void(ports::Venue&, Instant at, int bid, int ask)> quote;
    // Sellers take everything at `price` and beyond it.
    std::function<void(ports::Venue&, Instant at, int price)> sell_through;
};

inline void PrintTo(const VenueCase& value, std::ostream* out) {
    *out << value.name;
}

} // namespace grekko::tests
