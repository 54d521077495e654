/* Sizes and offsets of <grekko/ext/rng.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_RNG_H
#define GREKKO_LAYOUT_EXT_RNG_H

#include <grekko/ext/rng.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_RNG(SIZE, MEMBER) \
    SIZE(grekko_rng, 16) \
    MEMBER(grekko_rng, size, 0, 4) \
    MEMBER(grekko_rng, reserved, 4, 4) \
    MEMBER(grekko_rng, next, 8, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_RNG(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
