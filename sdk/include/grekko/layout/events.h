/* Sizes and offsets of <grekko/events.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_EVENTS_H
#define GREKKO_LAYOUT_EVENTS_H

#include <grekko/events.h>

/* clang-format off */
#define GREKKO_LAYOUT_EVENTS(SIZE, MEMBER) \
    SIZE(grekko_market_head, 24) \
    MEMBER(grekko_market_head, size, 0, 2) \
    MEMBER(grekko_market_head, kind, 2, 1) \
    MEMBER(grekko_market_head, flags, 3, 1) \
    MEMBER(grekko_market_head, venue, 4, 2) \
    MEMBER(grekko_market_head, instrument, 6, 2) \
    MEMBER(grekko_market_head, exchange_at, 8, 8) \
    MEMBER(grekko_market_head, received_at, 16, 8) \
    SIZE(grekko_trade, 64) \
    MEMBER(grekko_trade, head, 0, 24) \
    MEMBER(grekko_trade, price, 24, 16) \
    MEMBER(grekko_trade, quantity, 40, 16) \
    MEMBER(grekko_trade, trade_id, 56, 8) \
    SIZE(grekko_quote, 96) \
    MEMBER(grekko_quote, head, 0, 24) \
    MEMBER(grekko_quote, bid, 24, 16) \
    MEMBER(grekko_quote, bid_quantity, 40, 16) \
    MEMBER(grekko_quote, ask, 56, 16) \
    MEMBER(grekko_quote, ask_quantity, 72, 16) \
    MEMBER(grekko_quote, update_id, 88, 8) \
    SIZE(grekko_book_reset, 32) \
    MEMBER(grekko_book_reset, head, 0, 24) \
    MEMBER(grekko_book_reset, update_id, 24, 8) \
    SIZE(grekko_book_level, 64) \
    MEMBER(grekko_book_level, head, 0, 24) \
    MEMBER(grekko_book_level, price, 24, 16) \
    MEMBER(grekko_book_level, quantity, 40, 16) \
    MEMBER(grekko_book_level, update_id, 56, 8) \
    SIZE(grekko_book_commit, 32) \
    MEMBER(grekko_book_commit, head, 0, 24) \
    MEMBER(grekko_book_commit, update_id, 24, 8) \
    SIZE(grekko_bar, 128) \
    MEMBER(grekko_bar, head, 0, 24) \
    MEMBER(grekko_bar, interval, 24, 8) \
    MEMBER(grekko_bar, open, 32, 16) \
    MEMBER(grekko_bar, high, 48, 16) \
    MEMBER(grekko_bar, low, 64, 16) \
    MEMBER(grekko_bar, close, 80, 16) \
    MEMBER(grekko_bar, volume, 96, 16) \
    MEMBER(grekko_bar, missing, 112, 4) \
    MEMBER(grekko_bar, trades, 116, 4) \
    MEMBER(grekko_bar, reserved, 120, 8) \
    SIZE(grekko_gap, 32) \
    MEMBER(grekko_gap, head, 0, 24) \
    MEMBER(grekko_gap, missing, 24, 8) \
    SIZE(grekko_status_change, 32) \
    MEMBER(grekko_status_change, head, 0, 24) \
    MEMBER(grekko_status_change, status, 24, 1) \
    MEMBER(grekko_status_change, reserved, 25, 7) \
    SIZE(grekko_funding, 40) \
    MEMBER(grekko_funding, head, 0, 24) \
    MEMBER(grekko_funding, rate, 24, 16) \
    SIZE(grekko_clock_tick, 24) \
    MEMBER(grekko_clock_tick, head, 0, 24) \
    SIZE(grekko_market_record_buffer, 128) \
    MEMBER(grekko_market_record_buffer, head, 0, 24) \
    MEMBER(grekko_market_record_buffer, trade, 0, 64) \
    MEMBER(grekko_market_record_buffer, quote, 0, 96) \
    MEMBER(grekko_market_record_buffer, reset, 0, 32) \
    MEMBER(grekko_market_record_buffer, level, 0, 64) \
    MEMBER(grekko_market_record_buffer, commit, 0, 32) \
    MEMBER(grekko_market_record_buffer, bar, 0, 128) \
    MEMBER(grekko_market_record_buffer, gap, 0, 32) \
    MEMBER(grekko_market_record_buffer, status, 0, 32) \
    MEMBER(grekko_market_record_buffer, funding, 0, 40) \
    MEMBER(grekko_market_record_buffer, clock, 0, 24)
/* clang-format on */

GREKKO_LAYOUT_EVENTS(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
