/* Sizes and offsets of <grekko/strategy_actions.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_STRATEGY_ACTIONS_H
#define GREKKO_LAYOUT_STRATEGY_ACTIONS_H

#include <grekko/strategy_actions.h>

/* clang-format off */
#define GREKKO_LAYOUT_STRATEGY_ACTIONS(SIZE, MEMBER) \
    SIZE(grekko_action, 16) \
    MEMBER(grekko_action, size, 0, 4) \
    MEMBER(grekko_action, kind, 4, 2) \
    MEMBER(grekko_action, flags, 6, 2) \
    MEMBER(grekko_action, ask, 8, 8) \
    SIZE(grekko_target, 240) \
    MEMBER(grekko_target, action, 0, 16) \
    MEMBER(grekko_target, instrument, 16, 2) \
    MEMBER(grekko_target, sizing, 18, 1) \
    MEMBER(grekko_target, side, 19, 1) \
    MEMBER(grekko_target, urgency, 20, 1) \
    MEMBER(grekko_target, algorithm, 21, 1) \
    MEMBER(grekko_target, slices, 22, 1) \
    MEMBER(grekko_target, reserved, 23, 1) \
    MEMBER(grekko_target, amount, 24, 16) \
    MEMBER(grekko_target, limit, 40, 16) \
    MEMBER(grekko_target, stop, 56, 16) \
    MEMBER(grekko_target, take, 72, 16) \
    MEMBER(grekko_target, trail, 88, 16) \
    MEMBER(grekko_target, confidence, 104, 16) \
    MEMBER(grekko_target, horizon, 120, 8) \
    MEMBER(grekko_target, ttl, 128, 8) \
    MEMBER(grekko_target, over, 136, 8) \
    MEMBER(grekko_target, reason, 144, 96) \
    SIZE(grekko_close, 120) \
    MEMBER(grekko_close, action, 0, 16) \
    MEMBER(grekko_close, instrument, 16, 2) \
    MEMBER(grekko_close, urgency, 18, 1) \
    MEMBER(grekko_close, reserved, 19, 5) \
    MEMBER(grekko_close, reason, 24, 96) \
    SIZE(grekko_cancel, 24) \
    MEMBER(grekko_cancel, action, 0, 16) \
    MEMBER(grekko_cancel, instrument, 16, 2) \
    MEMBER(grekko_cancel, reserved, 18, 6) \
    SIZE(grekko_vote, 160) \
    MEMBER(grekko_vote, action, 0, 16) \
    MEMBER(grekko_vote, round, 16, 8) \
    MEMBER(grekko_vote, ballot, 24, 1) \
    MEMBER(grekko_vote, reserved, 25, 7) \
    MEMBER(grekko_vote, confidence, 32, 16) \
    MEMBER(grekko_vote, max, 48, 16) \
    MEMBER(grekko_vote, reason, 64, 96) \
    SIZE(grekko_mandate, 208) \
    MEMBER(grekko_mandate, action, 0, 16) \
    MEMBER(grekko_mandate, instrument, 16, 2) \
    MEMBER(grekko_mandate, buys, 18, 1) \
    MEMBER(grekko_mandate, sells, 19, 1) \
    MEMBER(grekko_mandate, reserved, 20, 4) \
    MEMBER(grekko_mandate, inventory_min, 24, 16) \
    MEMBER(grekko_mandate, inventory_max, 40, 16) \
    MEMBER(grekko_mandate, order_max, 56, 16) \
    MEMBER(grekko_mandate, stop, 72, 16) \
    MEMBER(grekko_mandate, confidence, 88, 16) \
    MEMBER(grekko_mandate, expires_at, 104, 8) \
    MEMBER(grekko_mandate, reason, 112, 96) \
    SIZE(grekko_place, 56) \
    MEMBER(grekko_place, action, 0, 16) \
    MEMBER(grekko_place, instrument, 16, 2) \
    MEMBER(grekko_place, side, 18, 1) \
    MEMBER(grekko_place, reserved, 19, 5) \
    MEMBER(grekko_place, price, 24, 16) \
    MEMBER(grekko_place, quantity, 40, 16) \
    SIZE(grekko_move_stop, 40) \
    MEMBER(grekko_move_stop, action, 0, 16) \
    MEMBER(grekko_move_stop, instrument, 16, 2) \
    MEMBER(grekko_move_stop, reserved, 18, 6) \
    MEMBER(grekko_move_stop, stop, 24, 16)
/* clang-format on */

GREKKO_LAYOUT_STRATEGY_ACTIONS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
