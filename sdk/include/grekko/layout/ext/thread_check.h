/* Sizes and offsets of <grekko/ext/thread_check.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_THREAD_CHECK_H
#define GREKKO_LAYOUT_EXT_THREAD_CHECK_H

#include <grekko/ext/thread_check.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_THREAD_CHECK(SIZE, MEMBER) \
    SIZE(grekko_thread_check, 16) \
    MEMBER(grekko_thread_check, size, 0, 4) \
    MEMBER(grekko_thread_check, reserved, 4, 4) \
    MEMBER(grekko_thread_check, is_event_thread, 8, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_THREAD_CHECK(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
