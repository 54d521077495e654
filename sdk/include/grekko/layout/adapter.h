/* Sizes and offsets of <grekko/adapter.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_ADAPTER_H
#define GREKKO_LAYOUT_ADAPTER_H

#include <grekko/adapter.h>

/* clang-format off */
#define GREKKO_LAYOUT_ADAPTER(SIZE, MEMBER) \
    SIZE(grekko_adapter, 56) \
    MEMBER(grekko_adapter, size, 0, 4) \
    MEMBER(grekko_adapter, version, 4, 4) \
    MEMBER(grekko_adapter, self, 8, 8) \
    MEMBER(grekko_adapter, market, 16, 8) \
    MEMBER(grekko_adapter, request, 24, 8) \
    MEMBER(grekko_adapter, next_report, 32, 8) \
    MEMBER(grekko_adapter, take_report, 40, 8) \
    MEMBER(grekko_adapter, destroy, 48, 8) \
    SIZE(grekko_adapter_factory, 24) \
    MEMBER(grekko_adapter_factory, size, 0, 4) \
    MEMBER(grekko_adapter_factory, reserved, 4, 4) \
    MEMBER(grekko_adapter_factory, descriptor, 8, 8) \
    MEMBER(grekko_adapter_factory, create, 16, 8)
/* clang-format on */

GREKKO_LAYOUT_ADAPTER(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
