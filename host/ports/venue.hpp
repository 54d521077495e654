// Venue: where orders go. Real venues answer whenever they like; simulated ones are driven by the
// same clock as the engine. Requests never block and never fail here: whatever happens comes back
// as a VenueReport. Implemented over adapters by io/plugin; the runtime calls it.
#pragma once

#include <optional>

#include "domain/effect.hpp"
#include "domain/market.hpp"

namespace grekko::ports {

class Venue {
public:
    virtual ~Venue() = default;

    // [engine] `now` is the event time at which the host lets go of the request.
    virtual void place(const PlaceOrder& request, Instant now) = 0;
    virtual void replace(const ReplaceOrder& request, Instant now) = 0;
    virtual void cancel(const CancelOrder& request, Instant now) = 0;
    virtual void query(const QueryOrder& request, Instant now) = 0;
    virtual void snapshot(const QuerySnapshot& request, Instant now) = 0;
    // Simulated venues match against the tape; real ones ignore it. A bar is given at its opening
    // instant, before the engine sees it at its close.
    virtual void market(const MarketHead& record) = 0;
    // When the earliest waiting report is due; none: nothing waits.
    virtual std::optional<Instant> next_report() const = 0;
    // The earliest report due at or before `now`, with `at` its due time; false: none.
    virtual bool take_report(Instant now, VenueReport& report, Instant& at) = 0;
};

}  // namespace grekko::ports
