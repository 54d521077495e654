/* grekko.snapshot/1, host side: what a strategy may read while it handles an event: the market and
 * its own affairs, all of one moment, that of the event. It changes nothing and never waits. What
 * is not known is 0 and its flag is absent. A strategy asks its host. */
#ifndef GREKKO_EXT_SNAPSHOT_H
#define GREKKO_EXT_SNAPSHOT_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_SNAPSHOT "grekko.snapshot/1"

enum { /* flags of a market view */
       GREKKO_MARKET_MARKED = 1,
       GREKKO_MARKET_STALE = 2,
       GREKKO_MARKET_TWO_SIDED = 4
};

typedef struct grekko_market_view {
    uint32_t size; /* what the caller has room for */
    uint16_t instrument;
    uint8_t flags;
    uint8_t status; /* GREKKO_TRADING ... of events.h */
    grekko_decimal mark;
    grekko_decimal bid, bid_quantity; /* of the best venue */
    grekko_decimal ask, ask_quantity;
    grekko_decimal volatility_1min; /* standard deviation of returns, fraction */
    grekko_decimal round_trip;      /* cost of a lot in and out, fraction of price */
    grekko_time marked_at;
} grekko_market_view;

typedef struct grekko_level {
    grekko_decimal price;
    grekko_decimal quantity;
} grekko_level;

enum {                             /* flags of a position */
       GREKKO_POSITION_FLAT = 1,   /* less than a lot or the least notional */
       GREKKO_POSITION_PENDING = 2 /* an undecided intent or a working order exists */
};

typedef struct grekko_position {
    uint32_t size;
    uint16_t instrument;
    uint16_t flags;
    grekko_decimal quantity;   /* signed */
    grekko_decimal target;     /* of the newest intent, signed */
    grekko_decimal entry;      /* average price */
    grekko_decimal stop;       /* of the armed stop */
    grekko_decimal unrealised; /* quote currency, as the rest */
    grekko_decimal realised;
    grekko_decimal fees;
    grekko_time since; /* opening of the present position */
} grekko_position;

typedef struct grekko_account {
    uint32_t size;
    uint32_t reserved;
    grekko_decimal nav;        /* of the book, base currency */
    grekko_decimal allocation; /* capital of this strategy */
    grekko_decimal equity;     /* of it, with what is open */
} grekko_account;

typedef struct grekko_snapshot {
    uint32_t size;
    uint32_t reserved;
    /* Fills as much of *view as its size says. venue 0: all venues together.
     * GREKKO_ERROR_UNSUPPORTED: no such instrument. [event & started] */
    grekko_status (*market)(void* self, uint16_t instrument, uint16_t venue,
                            grekko_market_view* view);
    /* Writes at most depth levels, best first, and how many into *count; 0: no book is known.
     * side: GREKKO_BUY the bids, GREKKO_SELL the asks. [event & started] */
    grekko_status (*book)(void* self, uint16_t instrument, uint16_t venue, grekko_side side,
                          grekko_level* levels, uint32_t depth, uint32_t* count);
    /* The strategy's own position. Errors as market. [event & started] */
    grekko_status (*position)(void* self, uint16_t instrument, grekko_position* position);
    /* [event & started] */
    grekko_status (*account)(void* self, grekko_account* account);
} grekko_snapshot;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/snapshot.h>
#endif
