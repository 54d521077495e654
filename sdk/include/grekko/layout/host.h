/* Sizes and offsets of <grekko/host.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_HOST_H
#define GREKKO_LAYOUT_HOST_H

#include <grekko/host.h>

/* clang-format off */
#define GREKKO_LAYOUT_HOST(SIZE, MEMBER) \
    SIZE(grekko_host, 88) \
    MEMBER(grekko_host, size, 0, 4) \
    MEMBER(grekko_host, abi_major, 4, 2) \
    MEMBER(grekko_host, abi_minor, 6, 2) \
    MEMBER(grekko_host, self, 8, 8) \
    MEMBER(grekko_host, name, 16, 16) \
    MEMBER(grekko_host, version, 32, 16) \
    MEMBER(grekko_host, get_extension, 48, 8) \
    MEMBER(grekko_host, reserved, 56, 32)
/* clang-format on */

GREKKO_LAYOUT_HOST(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
