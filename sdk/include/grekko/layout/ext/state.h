/* Sizes and offsets of <grekko/ext/state.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_STATE_H
#define GREKKO_LAYOUT_EXT_STATE_H

#include <grekko/ext/state.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_STATE(SIZE, MEMBER) \
    SIZE(grekko_state, 24) \
    MEMBER(grekko_state, size, 0, 4) \
    MEMBER(grekko_state, schema, 4, 4) \
    MEMBER(grekko_state, save, 8, 8) \
    MEMBER(grekko_state, load, 16, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_STATE(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
