// planted: bugs put here on purpose, to show that the simulation finds such bugs. An ordinary build
// holds none of them: planted() is then the constant false and the branch is gone. They exist where
// GREKKO_PLANTED_BUGS is defined, which tests/sim does for a second copy of the files concerned.
// Sources ask planted(Bug::…) at the place; tests/sim/README.md lists the bugs.
#pragma once

#include <cstdint>
#include <string_view>

namespace grekko {

enum class Bug : std::uint8_t {
    none = 0,
    fill_booked_twice,      // a doubled report is booked again
    cancel_is_final,        // an order counts as ended once its cancel is asked for
    unknown_resent,         // an order without an answer is forgotten and sent again
    unsent_not_counted,     // a parent reserves only what it has sent
    stop_not_resized,       // a stop keeps its quantity when the position grows
    increase_after_halt,    // the state of the book is not looked at
    client_id_reused,       // client ids come round again
    remainder_lost,         // shares of money are rounded to cents, the rest is dropped
    fee_booked_twice,       // a fill that was inferred first pays its fee twice
    sent_before_durable,    // orders leave before their record is on disk
    increase_after_restart, // work decided before a crash goes on after it
    sold_twice,             // an exit does not count those already on their way
    stale_price_traded,     // checks 10 and 11 pass whatever the book
    replay_forgets,         // one event is applied live and not in replay
    full_disk_ignored       // the engine is never told that the journal's disk is full
};
inline constexpr Bug last_bug = Bug::full_disk_ignored;

#ifdef GREKKO_PLANTED_BUGS
// Which one is awake: one at a time, chosen once before the run.
extern Bug planted_bug;
inline bool planted(Bug bug) {
    return planted_bug == bug;
}
#else
constexpr bool planted(Bug) {
    return false;
}
#endif

// "fill_booked_twice"; none for a name that is no bug's.
Bug planted_named(std::string_view name);
std::string_view name(Bug bug);

} // namespace grekko
