/* Sizes and offsets of <grekko/ext/metrics.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_METRICS_H
#define GREKKO_LAYOUT_EXT_METRICS_H

#include <grekko/ext/metrics.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_METRICS(SIZE, MEMBER) \
    SIZE(grekko_metrics, 24) \
    MEMBER(grekko_metrics, size, 0, 4) \
    MEMBER(grekko_metrics, reserved, 4, 4) \
    MEMBER(grekko_metrics, gauge, 8, 8) \
    MEMBER(grekko_metrics, plot, 16, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_METRICS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
