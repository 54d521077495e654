/* Sizes and offsets of <grekko/types.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_TYPES_H
#define GREKKO_LAYOUT_TYPES_H

#include <grekko/types.h>

/* clang-format off */
#define GREKKO_LAYOUT_TYPES(SIZE, MEMBER) \
    SIZE(grekko_decimal, 16) \
    MEMBER(grekko_decimal, low, 0, 8) \
    MEMBER(grekko_decimal, high, 8, 8) \
    SIZE(grekko_string, 16) \
    MEMBER(grekko_string, data, 0, 8) \
    MEMBER(grekko_string, size, 8, 8) \
    SIZE(grekko_error, 16) \
    MEMBER(grekko_error, text, 0, 8) \
    MEMBER(grekko_error, capacity, 8, 4) \
    MEMBER(grekko_error, size, 12, 4)
/* clang-format on */

GREKKO_LAYOUT_TYPES(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
