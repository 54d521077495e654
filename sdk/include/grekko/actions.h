/* Orders and reports: what the host asks of an adapter and what an adapter tells the host.
 * Flat, fixed size, no pointers; each begins with its size. An adapter answers every request with
 * at least one report, and repeats the host's order and client id in it.
 * Provisional until the first release of the plugin ABI. */
#ifndef GREKKO_ACTIONS_H
#define GREKKO_ACTIONS_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { /* order types */
    GREKKO_LIMIT = 1,
    GREKKO_MARKET = 2,
    GREKKO_STOP = 3,
    GREKKO_STOP_LIMIT = 4,
    GREKKO_TAKE_PROFIT = 5,
    GREKKO_TAKE_PROFIT_LIMIT = 6,
    GREKKO_TRAILING_STOP = 7
};
enum { GREKKO_GTC = 1, GREKKO_IOC = 2, GREKKO_FOK = 3, GREKKO_GTD = 4 };
enum { GREKKO_ORDER_POST_ONLY = 1, GREKKO_ORDER_REDUCE_ONLY = 2 };

enum { /* requests */
    GREKKO_REQUEST_PLACE = 1,
    GREKKO_REQUEST_CANCEL = 2,
    GREKKO_REQUEST_REPLACE = 3,
    GREKKO_REQUEST_QUERY = 4,    /* one order */
    GREKKO_REQUEST_SNAPSHOT = 5  /* open orders, fills, balances */
};

/* For replace: the new quantity (whole, not what is left), limit, trigger and client id.
 * trail: distance of a trailing stop as a fraction of price. linked: the other leg of an OCO. */
typedef struct grekko_request {
    uint16_t size;
    uint8_t kind;
    grekko_side side;
    uint8_t type;
    uint8_t time_in_force;
    uint8_t flags;
    uint8_t reserved;
    uint16_t venue;
    uint16_t instrument;
    uint32_t reserved2;
    uint64_t order;
    uint64_t linked;
    grekko_time at;         /* when the host let go of it */
    grekko_time expires_at; /* of GTD, 0: none; of a snapshot: fills from then on, 0: all */
    grekko_decimal quantity;
    grekko_decimal shown;   /* iceberg, 0: all */
    grekko_decimal limit;   /* 0: none */
    grekko_decimal trigger; /* of stop types */
    grekko_decimal trail;
    char client_id[40];
    char replaces[40];      /* replace: the client id of the order as it is */
} grekko_request;

enum { /* reports; the order of the host's ReportKind */
    GREKKO_REPORT_ACCEPTED = 1,
    GREKKO_REPORT_REJECTED,
    GREKKO_REPORT_FILLED,
    GREKKO_REPORT_CANCELLED,
    GREKKO_REPORT_EXPIRED,
    GREKKO_REPORT_CANCEL_REJECTED,
    GREKKO_REPORT_REPLACED,
    GREKKO_REPORT_REPLACE_REJECTED,
    GREKKO_REPORT_TRIGGERED,
    GREKKO_REPORT_AMBIGUOUS,
    GREKKO_REPORT_NOT_FOUND,
    GREKKO_REPORT_ORDER_STATE,
    GREKKO_REPORT_BALANCE,
    GREKKO_REPORT_SNAPSHOT_BEGIN,
    GREKKO_REPORT_SNAPSHOT_END,
    GREKKO_REPORT_CONNECTED,
    GREKKO_REPORT_DISCONNECTED,
    GREKKO_REPORT_PRIVATE_LOST,
    GREKKO_REPORT_PRIVATE_RESTORED,
    GREKKO_REPORT_CLOCK
};

enum { /* reasons of a rejection; the order of the host's RejectReason */
    GREKKO_REJECT_NONE = 0,
    GREKKO_REJECT_INSUFFICIENT_FUNDS,
    GREKKO_REJECT_POST_ONLY_WOULD_TAKE,
    GREKKO_REJECT_PRICE_OUT_OF_BAND,
    GREKKO_REJECT_SIZE_OUT_OF_RANGE,
    GREKKO_REJECT_UNKNOWN_INSTRUMENT,
    GREKKO_REJECT_NOT_TRADING,
    GREKKO_REJECT_DUPLICATE_CLIENT_ID,
    GREKKO_REJECT_TOO_MANY_ORDERS,
    GREKKO_REJECT_RATE_LIMITED,
    GREKKO_REJECT_WOULD_TRIGGER_IMMEDIATELY,
    GREKKO_REJECT_NO_MARKET,
    GREKKO_REJECT_SELF_TRADE,
    GREKKO_REJECT_REDUCE_ONLY,
    GREKKO_REJECT_INVALID,
    GREKKO_REJECT_OTHER
};

enum { /* status in an order_state report; the order of the host's OrderStatus */
    GREKKO_ORDER_SUBMITTED = 1,
    GREKKO_ORDER_ACCEPTED,
    GREKKO_ORDER_PARTLY_FILLED,
    GREKKO_ORDER_PENDING_CANCEL,
    GREKKO_ORDER_PENDING_REPLACE,
    GREKKO_ORDER_UNKNOWN,
    GREKKO_ORDER_FILLED,
    GREKKO_ORDER_CANCELLED,
    GREKKO_ORDER_REJECTED,
    GREKKO_ORDER_EXPIRED
};

enum { GREKKO_MAKER = 1, GREKKO_TAKER = 2 };
enum { GREKKO_REPORT_FOREIGN = 1, GREKKO_REPORT_INFERRED = 2 };

typedef struct grekko_report {
    uint16_t size;
    uint8_t kind;
    uint8_t reject;
    uint8_t status;
    grekko_side side;      /* of a fill */
    uint8_t liquidity;     /* of a fill */
    uint8_t flags;
    uint16_t venue;
    uint16_t instrument;
    uint32_t reserved;
    uint64_t order;        /* the host's, 0 where only the client id is known */
    grekko_time at;        /* when it reaches the host */
    grekko_time exchange_at;
    grekko_decimal cumulative; /* filled so far, where the venue says */
    grekko_decimal price;      /* of a fill */
    grekko_decimal quantity;   /* of a fill */
    grekko_decimal fee;        /* of a fill, positive = paid */
    grekko_decimal total;      /* of a balance; of a clock: offset in seconds */
    grekko_decimal held;       /* of a balance */
    char currency[16];         /* of the fee or balance */
    char client_id[40];
    char venue_order_id[48];
    char trade_id[48];
    char text[96];             /* the venue's own words */
} grekko_report;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/actions.h>
#endif
