// The disaster stop (trading rules §6): one stop an instrument that rests at the venue for the net
// position and survives the death of the host. It lies beyond every host stop, so while the host
// lives it never fires first. A plan, not an order: the engine assesses and places it.
#pragma once

#include <optional>

#include "core/risk/stops.hpp"
#include "domain/instrument.hpp"
#include "domain/order.hpp"

namespace grekko::risk {

struct DisasterOrder {             // as it rests now, pending requests included
    OrderId id;
    Side side{Side::sell};
    Quantity quantity;             // unfilled
    Price trigger;
};

struct DisasterContext {
    InstrumentId instrument;
    Quantity net;                  // signed, at the venue
    Quantity exiting;              // > 0: exits at work or about to start, which need the base
    std::optional<DisasterOrder> resting;
    const Listing& listing;
    bool live{false};              // real money
    bool on_margin{false};         // a resting sell holds no base: exits need nothing released
    Instant now;
};

enum class DisasterAction : std::uint8_t { none = 1, place, replace, cancel, wait };
struct DisasterPlan {
    DisasterAction action{DisasterAction::none};
    Side side{Side::sell};
    OrderType type{OrderType::stop_limit};
    Quantity quantity;             // wanted
    Price trigger, limit;          // limit zero: a plain stop
    Instant at;                    // of wait: ask again then
    Quantity uncovered;            // net that no venue stop covers: increases wait until zero
};

// Wanted: |net| less what exits on spot, in lots, at 2 × the widest stop distance within 4–15 %,
// each measured from the mark that stop was set at; nothing where not configured, the venue has no
// stop orders, or the rest is below its minimum. Lowering is at once, growing and moving wait until
// changes have been quiet for 250 ms, at most 1 s.
DisasterPlan disaster(const Stops&, const StopSettings&, const DisasterContext&);

}  // namespace grekko::risk
