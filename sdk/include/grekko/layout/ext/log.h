/* Sizes and offsets of <grekko/ext/log.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_LOG_H
#define GREKKO_LAYOUT_EXT_LOG_H

#include <grekko/ext/log.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_LOG(SIZE, MEMBER) \
    SIZE(grekko_log, 16) \
    MEMBER(grekko_log, size, 0, 4) \
    MEMBER(grekko_log, reserved, 4, 4) \
    MEMBER(grekko_log, write, 8, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_LOG(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
