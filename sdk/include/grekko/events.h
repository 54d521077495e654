/* Market records: what a venue's public data looks like to the host, to native agents and to
 * adapters. Each begins with its size and kind; a reader reads only what fits. The host's tape
 * stores the same bytes. Provisional until the first release of the plugin ABI. */
#ifndef GREKKO_EVENTS_H
#define GREKKO_EVENTS_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GREKKO_MARKET_TRADE = 1,
    GREKKO_MARKET_QUOTE = 2,
    GREKKO_MARKET_BOOK_RESET = 3,
    GREKKO_MARKET_BOOK_LEVEL = 4,
    GREKKO_MARKET_BOOK_COMMIT = 5,
    GREKKO_MARKET_BAR = 6,
    GREKKO_MARKET_GAP = 7,
    GREKKO_MARKET_STATUS = 8,
    GREKKO_MARKET_FUNDING = 9,
    GREKKO_MARKET_CLOCK = 10
};

enum { GREKKO_BAR_EMPTY = 1 };

/* 24 bytes. flags: side of a trade (aggressor) or book level; GREKKO_BAR_EMPTY of a bar. */
typedef struct grekko_market_head {
    uint16_t size;
    uint8_t kind;
    uint8_t flags;
    uint16_t venue;
    uint16_t instrument;
    grekko_time exchange_at;
    grekko_time received_at;
} grekko_market_head;

typedef struct grekko_trade {
    grekko_market_head head;
    grekko_decimal price;
    grekko_decimal quantity;
    uint64_t trade_id;
} grekko_trade;

typedef struct grekko_quote {
    grekko_market_head head;
    grekko_decimal bid, bid_quantity;
    grekko_decimal ask, ask_quantity;
    uint64_t update_id;
} grekko_quote;

/* The book is emptied; levels follow; a commit makes them visible at once. */
typedef struct grekko_book_reset {
    grekko_market_head head;
    uint64_t update_id;
} grekko_book_reset;

/* The whole quantity now shown at a price; zero removes the level. */
typedef struct grekko_book_level {
    grekko_market_head head;
    grekko_decimal price;
    grekko_decimal quantity;
    uint64_t update_id;
} grekko_book_level;

typedef struct grekko_book_commit {
    grekko_market_head head;
    uint64_t update_id;
} grekko_book_commit;

/* A closed bar: head.exchange_at is its opening, head.received_at when it became visible. */
typedef struct grekko_bar {
    grekko_market_head head;
    grekko_duration interval;
    grekko_decimal open, high, low, close;
    grekko_decimal volume;
    uint32_t missing; /* whole intervals missing before this one */
    uint32_t trades;  /* 0 where the source does not say */
    uint64_t reserved;
} grekko_bar;

typedef struct grekko_gap {
    grekko_market_head head;
    uint64_t missing;
} grekko_gap;

enum {
    GREKKO_TRADING = 1,
    GREKKO_LIMIT_ONLY = 2,
    GREKKO_POST_ONLY = 3,
    GREKKO_CANCEL_ONLY = 4,
    GREKKO_HALTED = 5,
    GREKKO_REMOVED = 6
};

typedef struct grekko_status_change {
    grekko_market_head head;
    uint8_t status;
    uint8_t reserved[7];
} grekko_status_change;

typedef struct grekko_funding {
    grekko_market_head head;
    grekko_decimal rate;
} grekko_funding;

typedef struct grekko_clock_tick {
    grekko_market_head head;
} grekko_clock_tick;

/* Room for any one record; head.kind says which member it is. 128 bytes. */
typedef union grekko_market_record_buffer {
    grekko_market_head head;
    grekko_trade trade;
    grekko_quote quote;
    grekko_book_reset reset;
    grekko_book_level level;
    grekko_book_commit commit;
    grekko_bar bar;
    grekko_gap gap;
    grekko_status_change status;
    grekko_funding funding;
    grekko_clock_tick clock;
} grekko_market_record_buffer;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/events.h>
#endif
