// What all plans share: the parent at hand with what may still be sent, and the ways to send it:
// taking through the router, resting at the touch, crossing at the end. Not a plan: when to do
// which is in the work_*.cpp files. They alone use it.
#pragma once

#include <cstdint>

#include "core/execution/router.hpp"
#include "core/execution/work.hpp"

namespace grekko::execution {

// Slices from here on are the crosses at the end of a plan.
inline constexpr std::uint32_t first_cross_slice = 100;

struct Job {
    const State& state;
    const Settings& settings;
    const ParentRecord& record;
    const WorkContext& now;
    Quantity open; // Σ fillable of the children
    Quantity left; // decided − filled − open − placed so far
    Price bound;   // worst price for this parent now, zero: none
    Plan plan;

    const Parent& parent() const { return record.parent; }
    bool buy() const { return parent().side == Side::buy; }
    bool idle() const { return record.children.empty(); }
};

// Worst price: the parent's limit and the protection that stands in for "market".
Price bound_of(const Settings& settings, const ParentRecord& record, const WorkContext& now);
// The venue as it is now; null: not one of the parent's instrument.
const VenueMarket* venue_of(const Job& job, VenueId id);
// As it is where the listing has no tick.
Price to_tick(const Listing& listing, Price price, Rounding mode);
// The stricter of two limits for the side; zero is none.
Price stricter(Side side, Price a, Price b);
// A price moved through the touch (against us) by a fraction.
Price through(Side side, Price price, Rate fraction);
Price touch_price(const Touch& touch, Side side);          // where an own passive order would rest
Price opposite_price(const Touch& touch, Side side);       // where it would take
std::uint64_t draw(ParentId parent, std::uint64_t number); // chance that replay repeats
bool usable(const Touch& touch);

// A child order without price and kind; the quantity is taken off what is left.
Order& add_child(Job& job, VenueId venue, Quantity quantity, std::uint32_t slice);
// IOC through the router; false where nothing could be placed.
bool take(Job& job, Quantity quantity, Price limit, std::uint32_t slice);
// Post-only at the touch of the best venue; shown zero: all. False where nothing could be placed.
bool rest_at_touch(Job& job, Quantity quantity, std::uint32_t slice, Quantity shown = {});
// The last step of a plan: IOC within the bound, again for what is left over, then the end.
void cross_rest(Job& job);
// Cancels every child that is not being cancelled already.
void cancel_children(Job& job);
// Ends the plan: cancels what is open, or says `end` where nothing is.
void finish(Job& job, events::ParentEnd end);
// The earlier of two instants, none being never.
Instant sooner(Instant a, Instant b);

void work_urgency(Job& job);
void work_schedule(Job& job);
void work_iceberg(Job& job);
void work_exit(Job& job);
// On spot a resting sell holds the base: frees it from the disaster stop where it is needed.
void release_base(Job& job);

} // namespace grekko::execution
