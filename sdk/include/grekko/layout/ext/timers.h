/* Sizes and offsets of <grekko/ext/timers.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_TIMERS_H
#define GREKKO_LAYOUT_EXT_TIMERS_H

#include <grekko/ext/timers.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_TIMERS(SIZE, MEMBER) \
    SIZE(grekko_timers, 32) \
    MEMBER(grekko_timers, size, 0, 4) \
    MEMBER(grekko_timers, reserved, 4, 4) \
    MEMBER(grekko_timers, set, 8, 8) \
    MEMBER(grekko_timers, every, 16, 8) \
    MEMBER(grekko_timers, cancel, 24, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_TIMERS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
