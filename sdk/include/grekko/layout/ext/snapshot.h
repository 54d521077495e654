/* Sizes and offsets of <grekko/ext/snapshot.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EXT_SNAPSHOT_H
#define GREKKO_LAYOUT_EXT_SNAPSHOT_H

#include <grekko/ext/snapshot.h>

/* clang-format off */
#define GREKKO_LAYOUT_EXT_SNAPSHOT(SIZE, MEMBER) \
    SIZE(grekko_market_view, 128) \
    MEMBER(grekko_market_view, size, 0, 4) \
    MEMBER(grekko_market_view, instrument, 4, 2) \
    MEMBER(grekko_market_view, flags, 6, 1) \
    MEMBER(grekko_market_view, status, 7, 1) \
    MEMBER(grekko_market_view, mark, 8, 16) \
    MEMBER(grekko_market_view, bid, 24, 16) \
    MEMBER(grekko_market_view, bid_quantity, 40, 16) \
    MEMBER(grekko_market_view, ask, 56, 16) \
    MEMBER(grekko_market_view, ask_quantity, 72, 16) \
    MEMBER(grekko_market_view, volatility_1min, 88, 16) \
    MEMBER(grekko_market_view, round_trip, 104, 16) \
    MEMBER(grekko_market_view, marked_at, 120, 8) \
    SIZE(grekko_level, 32) \
    MEMBER(grekko_level, price, 0, 16) \
    MEMBER(grekko_level, quantity, 16, 16) \
    SIZE(grekko_position, 128) \
    MEMBER(grekko_position, size, 0, 4) \
    MEMBER(grekko_position, instrument, 4, 2) \
    MEMBER(grekko_position, flags, 6, 2) \
    MEMBER(grekko_position, quantity, 8, 16) \
    MEMBER(grekko_position, target, 24, 16) \
    MEMBER(grekko_position, entry, 40, 16) \
    MEMBER(grekko_position, stop, 56, 16) \
    MEMBER(grekko_position, unrealised, 72, 16) \
    MEMBER(grekko_position, realised, 88, 16) \
    MEMBER(grekko_position, fees, 104, 16) \
    MEMBER(grekko_position, since, 120, 8) \
    SIZE(grekko_account, 56) \
    MEMBER(grekko_account, size, 0, 4) \
    MEMBER(grekko_account, reserved, 4, 4) \
    MEMBER(grekko_account, nav, 8, 16) \
    MEMBER(grekko_account, allocation, 24, 16) \
    MEMBER(grekko_account, equity, 40, 16) \
    SIZE(grekko_snapshot, 40) \
    MEMBER(grekko_snapshot, size, 0, 4) \
    MEMBER(grekko_snapshot, reserved, 4, 4) \
    MEMBER(grekko_snapshot, market, 8, 8) \
    MEMBER(grekko_snapshot, book, 16, 8) \
    MEMBER(grekko_snapshot, position, 24, 8) \
    MEMBER(grekko_snapshot, account, 32, 8)
/* clang-format on */

GREKKO_LAYOUT_EXT_SNAPSHOT(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
