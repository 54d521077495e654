/* Sizes and offsets of <grekko/strategy_events.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_STRATEGY_EVENTS_H
#define GREKKO_LAYOUT_STRATEGY_EVENTS_H

#include <grekko/strategy_events.h>

/* clang-format off */
#define GREKKO_LAYOUT_STRATEGY_EVENTS(SIZE, MEMBER) \
    SIZE(grekko_event, 32) \
    MEMBER(grekko_event, size, 0, 4) \
    MEMBER(grekko_event, kind, 4, 2) \
    MEMBER(grekko_event, flags, 6, 2) \
    MEMBER(grekko_event, ask, 8, 8) \
    MEMBER(grekko_event, at, 16, 8) \
    MEMBER(grekko_event, deadline, 24, 8) \
    SIZE(grekko_market_event, 160) \
    MEMBER(grekko_market_event, event, 0, 32) \
    MEMBER(grekko_market_event, record, 32, 128) \
    SIZE(grekko_bars_event, 48) \
    MEMBER(grekko_bars_event, event, 0, 32) \
    MEMBER(grekko_bars_event, interval, 32, 8) \
    MEMBER(grekko_bars_event, bars, 40, 4) \
    MEMBER(grekko_bars_event, missing, 44, 4) \
    SIZE(grekko_proposal, 296) \
    MEMBER(grekko_proposal, event, 0, 32) \
    MEMBER(grekko_proposal, round, 32, 8) \
    MEMBER(grekko_proposal, instrument, 40, 2) \
    MEMBER(grekko_proposal, proposer, 42, 2) \
    MEMBER(grekko_proposal, side, 44, 1) \
    MEMBER(grekko_proposal, mode, 45, 1) \
    MEMBER(grekko_proposal, reserved, 46, 2) \
    MEMBER(grekko_proposal, quantity, 48, 16) \
    MEMBER(grekko_proposal, weight_after, 64, 16) \
    MEMBER(grekko_proposal, reference, 80, 16) \
    MEMBER(grekko_proposal, stop, 96, 16) \
    MEMBER(grekko_proposal, take, 112, 16) \
    MEMBER(grekko_proposal, confidence, 128, 16) \
    MEMBER(grekko_proposal, cost, 144, 16) \
    MEMBER(grekko_proposal, horizon, 160, 8) \
    MEMBER(grekko_proposal, name, 168, 32) \
    MEMBER(grekko_proposal, reason, 200, 96) \
    SIZE(grekko_decision, 144) \
    MEMBER(grekko_decision, event, 0, 32) \
    MEMBER(grekko_decision, intent, 32, 8) \
    MEMBER(grekko_decision, instrument, 40, 2) \
    MEMBER(grekko_decision, status, 42, 1) \
    MEMBER(grekko_decision, side, 43, 1) \
    MEMBER(grekko_decision, approvals, 44, 2) \
    MEMBER(grekko_decision, rejections, 46, 2) \
    MEMBER(grekko_decision, requested, 48, 16) \
    MEMBER(grekko_decision, quantity, 64, 16) \
    MEMBER(grekko_decision, reason, 80, 64) \
    SIZE(grekko_order_update, 160) \
    MEMBER(grekko_order_update, event, 0, 32) \
    MEMBER(grekko_order_update, order, 32, 8) \
    MEMBER(grekko_order_update, instrument, 40, 2) \
    MEMBER(grekko_order_update, venue, 42, 2) \
    MEMBER(grekko_order_update, status, 44, 1) \
    MEMBER(grekko_order_update, side, 45, 1) \
    MEMBER(grekko_order_update, reserved, 46, 2) \
    MEMBER(grekko_order_update, quantity, 48, 16) \
    MEMBER(grekko_order_update, filled, 64, 16) \
    MEMBER(grekko_order_update, limit, 80, 16) \
    MEMBER(grekko_order_update, reason, 96, 64) \
    SIZE(grekko_fill, 96) \
    MEMBER(grekko_fill, event, 0, 32) \
    MEMBER(grekko_fill, order, 32, 8) \
    MEMBER(grekko_fill, instrument, 40, 2) \
    MEMBER(grekko_fill, venue, 42, 2) \
    MEMBER(grekko_fill, side, 44, 1) \
    MEMBER(grekko_fill, reserved, 45, 3) \
    MEMBER(grekko_fill, quantity, 48, 16) \
    MEMBER(grekko_fill, price, 64, 16) \
    MEMBER(grekko_fill, fee, 80, 16) \
    SIZE(grekko_timer_event, 40) \
    MEMBER(grekko_timer_event, event, 0, 32) \
    MEMBER(grekko_timer_event, timer, 32, 8) \
    SIZE(grekko_signal, 1096) \
    MEMBER(grekko_signal, event, 0, 32) \
    MEMBER(grekko_signal, name, 32, 32) \
    MEMBER(grekko_signal, payload_bytes, 64, 4) \
    MEMBER(grekko_signal, reserved, 68, 4) \
    MEMBER(grekko_signal, payload, 72, 1024)
/* clang-format on */

GREKKO_LAYOUT_STRATEGY_EVENTS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
