/* Sizes and offsets of <grekko/actions.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_ACTIONS_H
#define GREKKO_LAYOUT_ACTIONS_H

#include <grekko/actions.h>

/* clang-format off */
#define GREKKO_LAYOUT_ACTIONS(SIZE, MEMBER) \
    SIZE(grekko_request, 208) \
    MEMBER(grekko_request, size, 0, 2) \
    MEMBER(grekko_request, kind, 2, 1) \
    MEMBER(grekko_request, side, 3, 1) \
    MEMBER(grekko_request, type, 4, 1) \
    MEMBER(grekko_request, time_in_force, 5, 1) \
    MEMBER(grekko_request, flags, 6, 1) \
    MEMBER(grekko_request, reserved, 7, 1) \
    MEMBER(grekko_request, venue, 8, 2) \
    MEMBER(grekko_request, instrument, 10, 2) \
    MEMBER(grekko_request, reserved2, 12, 4) \
    MEMBER(grekko_request, order, 16, 8) \
    MEMBER(grekko_request, linked, 24, 8) \
    MEMBER(grekko_request, at, 32, 8) \
    MEMBER(grekko_request, expires_at, 40, 8) \
    MEMBER(grekko_request, quantity, 48, 16) \
    MEMBER(grekko_request, shown, 64, 16) \
    MEMBER(grekko_request, limit, 80, 16) \
    MEMBER(grekko_request, trigger, 96, 16) \
    MEMBER(grekko_request, trail, 112, 16) \
    MEMBER(grekko_request, client_id, 128, 40) \
    MEMBER(grekko_request, replaces, 168, 40) \
    SIZE(grekko_report, 384) \
    MEMBER(grekko_report, size, 0, 2) \
    MEMBER(grekko_report, kind, 2, 1) \
    MEMBER(grekko_report, reject, 3, 1) \
    MEMBER(grekko_report, status, 4, 1) \
    MEMBER(grekko_report, side, 5, 1) \
    MEMBER(grekko_report, liquidity, 6, 1) \
    MEMBER(grekko_report, flags, 7, 1) \
    MEMBER(grekko_report, venue, 8, 2) \
    MEMBER(grekko_report, instrument, 10, 2) \
    MEMBER(grekko_report, reserved, 12, 4) \
    MEMBER(grekko_report, order, 16, 8) \
    MEMBER(grekko_report, at, 24, 8) \
    MEMBER(grekko_report, exchange_at, 32, 8) \
    MEMBER(grekko_report, cumulative, 40, 16) \
    MEMBER(grekko_report, price, 56, 16) \
    MEMBER(grekko_report, quantity, 72, 16) \
    MEMBER(grekko_report, fee, 88, 16) \
    MEMBER(grekko_report, total, 104, 16) \
    MEMBER(grekko_report, held, 120, 16) \
    MEMBER(grekko_report, currency, 136, 16) \
    MEMBER(grekko_report, client_id, 152, 40) \
    MEMBER(grekko_report, venue_order_id, 192, 48) \
    MEMBER(grekko_report, trade_id, 240, 48) \
    MEMBER(grekko_report, text, 288, 96)
/* clang-format on */

GREKKO_LAYOUT_ACTIONS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
