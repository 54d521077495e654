/* Sizes and offsets of <grekko/entry.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_ENTRY_H
#define GREKKO_LAYOUT_ENTRY_H

#include <grekko/entry.h>

/* clang-format off */
#define GREKKO_LAYOUT_ENTRY(SIZE, MEMBER) \
    SIZE(grekko_entry, 112) \
    MEMBER(grekko_entry, size, 0, 4) \
    MEMBER(grekko_entry, magic, 4, 4) \
    MEMBER(grekko_entry, abi_major, 8, 2) \
    MEMBER(grekko_entry, abi_minor, 10, 2) \
    MEMBER(grekko_entry, flags, 12, 4) \
    MEMBER(grekko_entry, layout_hash, 16, 8) \
    MEMBER(grekko_entry, sdk_version, 24, 16) \
    MEMBER(grekko_entry, compiler, 40, 16) \
    MEMBER(grekko_entry, init, 56, 8) \
    MEMBER(grekko_entry, fini, 64, 8) \
    MEMBER(grekko_entry, get_factory, 72, 8) \
    MEMBER(grekko_entry, reserved, 80, 32)
/* clang-format on */

GREKKO_LAYOUT_ENTRY(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
