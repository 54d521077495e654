/* Sizes and offsets of <grekko/market_decoder.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_MARKET_DECODER_H
#define GREKKO_LAYOUT_MARKET_DECODER_H

#include <grekko/market_decoder.h>

/* clang-format off */
#define GREKKO_LAYOUT_MARKET_DECODER(SIZE, MEMBER) \
    SIZE(grekko_frame, 56) \
    MEMBER(grekko_frame, size, 0, 4) \
    MEMBER(grekko_frame, kind, 4, 1) \
    MEMBER(grekko_frame, reserved, 5, 3) \
    MEMBER(grekko_frame, received_at, 8, 8) \
    MEMBER(grekko_frame, text, 16, 8) \
    MEMBER(grekko_frame, text_bytes, 24, 8) \
    MEMBER(grekko_frame, readable, 32, 8) \
    MEMBER(grekko_frame, url, 40, 8) \
    MEMBER(grekko_frame, url_bytes, 48, 8) \
    SIZE(grekko_market_request, 32) \
    MEMBER(grekko_market_request, size, 0, 4) \
    MEMBER(grekko_market_request, kind, 4, 1) \
    MEMBER(grekko_market_request, reserved, 5, 3) \
    MEMBER(grekko_market_request, symbol, 8, 24) \
    SIZE(grekko_listing, 192) \
    MEMBER(grekko_listing, size, 0, 4) \
    MEMBER(grekko_listing, instrument, 4, 2) \
    MEMBER(grekko_listing, status, 6, 1) \
    MEMBER(grekko_listing, reserved, 7, 1) \
    MEMBER(grekko_listing, symbol, 8, 24) \
    MEMBER(grekko_listing, base, 32, 16) \
    MEMBER(grekko_listing, quote, 48, 16) \
    MEMBER(grekko_listing, tick, 64, 16) \
    MEMBER(grekko_listing, lot, 80, 16) \
    MEMBER(grekko_listing, market_lot, 96, 16) \
    MEMBER(grekko_listing, quantity_min, 112, 16) \
    MEMBER(grekko_listing, quantity_max, 128, 16) \
    MEMBER(grekko_listing, price_min, 144, 16) \
    MEMBER(grekko_listing, price_max, 160, 16) \
    MEMBER(grekko_listing, notional_min, 176, 16) \
    SIZE(grekko_market_statistics, 56) \
    MEMBER(grekko_market_statistics, size, 0, 4) \
    MEMBER(grekko_market_statistics, reserved, 4, 4) \
    MEMBER(grekko_market_statistics, frames, 8, 8) \
    MEMBER(grekko_market_statistics, malformed, 16, 8) \
    MEMBER(grekko_market_statistics, ignored, 24, 8) \
    MEMBER(grekko_market_statistics, duplicates, 32, 8) \
    MEMBER(grekko_market_statistics, gaps, 40, 8) \
    MEMBER(grekko_market_statistics, books, 48, 8) \
    SIZE(grekko_market_decoder, 72) \
    MEMBER(grekko_market_decoder, size, 0, 4) \
    MEMBER(grekko_market_decoder, version, 4, 4) \
    MEMBER(grekko_market_decoder, self, 8, 8) \
    MEMBER(grekko_market_decoder, frame, 16, 8) \
    MEMBER(grekko_market_decoder, next_record, 24, 8) \
    MEMBER(grekko_market_decoder, last_refusal, 32, 8) \
    MEMBER(grekko_market_decoder, next_request, 40, 8) \
    MEMBER(grekko_market_decoder, listing, 48, 8) \
    MEMBER(grekko_market_decoder, statistics, 56, 8) \
    MEMBER(grekko_market_decoder, destroy, 64, 8)
/* clang-format on */

GREKKO_LAYOUT_MARKET_DECODER(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
