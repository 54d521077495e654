/* Sizes and offsets of <grekko/strategy.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_STRATEGY_H
#define GREKKO_LAYOUT_STRATEGY_H

#include <grekko/strategy.h>

/* clang-format off */
#define GREKKO_LAYOUT_STRATEGY(SIZE, MEMBER) \
    SIZE(grekko_subscription, 24) \
    MEMBER(grekko_subscription, size, 0, 4) \
    MEMBER(grekko_subscription, instrument, 4, 2) \
    MEMBER(grekko_subscription, tell, 6, 2) \
    MEMBER(grekko_subscription, bar_interval, 8, 8) \
    MEMBER(grekko_subscription, warmup, 16, 8) \
    SIZE(grekko_batch, 24) \
    MEMBER(grekko_batch, size, 0, 4) \
    MEMBER(grekko_batch, count, 4, 4) \
    MEMBER(grekko_batch, bytes, 8, 8) \
    MEMBER(grekko_batch, data, 16, 8) \
    SIZE(grekko_output, 32) \
    MEMBER(grekko_output, size, 0, 4) \
    MEMBER(grekko_output, count, 4, 4) \
    MEMBER(grekko_output, bytes, 8, 8) \
    MEMBER(grekko_output, capacity, 16, 8) \
    MEMBER(grekko_output, data, 24, 8) \
    SIZE(grekko_strategy, 64) \
    MEMBER(grekko_strategy, size, 0, 4) \
    MEMBER(grekko_strategy, reserved, 4, 4) \
    MEMBER(grekko_strategy, self, 8, 8) \
    MEMBER(grekko_strategy, subscription, 16, 8) \
    MEMBER(grekko_strategy, start, 24, 8) \
    MEMBER(grekko_strategy, stop, 32, 8) \
    MEMBER(grekko_strategy, process, 40, 8) \
    MEMBER(grekko_strategy, get_extension, 48, 8) \
    MEMBER(grekko_strategy, destroy, 56, 8) \
    SIZE(grekko_strategy_factory, 24) \
    MEMBER(grekko_strategy_factory, size, 0, 4) \
    MEMBER(grekko_strategy_factory, reserved, 4, 4) \
    MEMBER(grekko_strategy_factory, descriptor, 8, 8) \
    MEMBER(grekko_strategy_factory, create, 16, 8)
/* clang-format on */

GREKKO_LAYOUT_STRATEGY(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
