/* What a strategy is told: flat events, one behind another in a batch, no pointers inside. Each
 * begins with grekko_event; market events carry a record of events.h as the tape holds it. An
 * event of unknown kind is skipped by its size; a longer one than known is read as far as known.
 * The host writes them, process of strategy.h reads them. Amounts are in the instrument's units:
 * prices in quote a base unit, quantities in base units or contracts, rates as fractions. */
#ifndef GREKKO_STRATEGY_EVENTS_H
#define GREKKO_STRATEGY_EVENTS_H

#include <grekko/events.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {                            /* kinds of an event and its struct */
       GREKKO_EVENT_MARKET = 1,   /* grekko_market_event: trade, quote, bar, book commit, status */
       GREKKO_EVENT_BARS = 2,     /* grekko_bars_event: all bars of this instant have been told */
       GREKKO_EVENT_PROPOSAL = 3, /* grekko_proposal: a vote is due */
       GREKKO_EVENT_DECISION = 4, /* grekko_decision: what became of an own intent */
       GREKKO_EVENT_ORDER = 5,    /* grekko_order_update: a change of an own order */
       GREKKO_EVENT_FILL = 6,     /* grekko_fill: the own share of a fill */
       GREKKO_EVENT_TIMER = 7,    /* grekko_timer_event: an own timer is due */
       GREKKO_EVENT_SIGNAL = 8    /* grekko_signal: a text from outside */
};

enum {                             /* flags of an event */
       GREKKO_EVENT_WARMUP = 1,    /* history: to learn from, not to act on; actions are refused */
       GREKKO_EVENT_SUPPRESSED = 2 /* a replay: actions are compared, never sent */
};

typedef struct grekko_event {
    uint32_t size; /* of the whole event, bytes, a multiple of 8 */
    uint16_t kind;
    uint16_t flags;
    uint64_t ask;         /* names the question; actions repeat it */
    grekko_time at;       /* the only now */
    grekko_time deadline; /* an answer after it is not taken; 0: none */
} grekko_event;

/* The record's own size and kind say which struct of events.h it is: read it as record. */
typedef struct grekko_market_event {
    grekko_event event;
    grekko_market_record_buffer record;
} grekko_market_event;

typedef struct grekko_bars_event {
    grekko_event event;
    grekko_duration interval;
    uint32_t bars;
    uint32_t missing; /* subscribed instruments without a bar at this instant */
} grekko_bars_event;

/* Another strategy's intent. Answer with a grekko_vote of the same round; none is to abstain. */
typedef struct grekko_proposal {
    grekko_event event;
    uint64_t round;
    uint16_t instrument;
    uint16_t proposer;
    grekko_side side;
    uint8_t mode;
    uint8_t reserved[2];
    grekko_decimal quantity;
    grekko_decimal weight_after; /* |position afterwards| x mark / NAV */
    grekko_decimal reference;    /* the mark at the proposal */
    grekko_decimal stop, take;   /* 0: none */
    grekko_decimal confidence;   /* 0 ... 1 */
    grekko_decimal cost;         /* of a round trip, fraction of price */
    grekko_duration horizon;
    char name[32];
    char reason[96];
} grekko_proposal;

enum { /* status of a decision; the order of the host's DecisionStatus */
       GREKKO_DECISION_ACCEPTED = 1,
       GREKKO_DECISION_REFUSED,
       GREKKO_DECISION_REJECTED,
       GREKKO_DECISION_DENIED,
       GREKKO_DECISION_EXPIRED,
       GREKKO_DECISION_SUPERSEDED,
       GREKKO_DECISION_CANCELLED
};

typedef struct grekko_decision {
    grekko_event event;
    uint64_t intent;
    uint16_t instrument;
    uint8_t status;
    grekko_side side;
    uint16_t approvals;
    uint16_t rejections;
    grekko_decimal requested;
    grekko_decimal quantity; /* what is allowed */
    char reason[64];         /* the name of the refusal, outcome or check */
} grekko_decision;

typedef struct grekko_order_update {
    grekko_event event;
    uint64_t order;
    uint16_t instrument;
    uint16_t venue;
    uint8_t status; /* GREKKO_ORDER_... of actions.h */
    grekko_side side;
    uint8_t reserved[2];
    grekko_decimal quantity;
    grekko_decimal filled;
    grekko_decimal limit;
    char reason[64];
} grekko_order_update;

typedef struct grekko_fill {
    grekko_event event;
    uint64_t order;
    uint16_t instrument;
    uint16_t venue;
    grekko_side side;
    uint8_t reserved[3];
    grekko_decimal quantity;
    grekko_decimal price;
    grekko_decimal fee; /* in the quote currency, positive: paid */
} grekko_fill;

typedef struct grekko_timer_event {
    grekko_event event;
    uint64_t timer; /* the number that the strategy gave it */
} grekko_timer_event;

/* event.size covers what of payload is used, rounded up to 8. */
typedef struct grekko_signal {
    grekko_event event;
    char name[32];
    uint32_t payload_bytes;
    uint32_t reserved;
    char payload[1024];
} grekko_signal;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/strategy_events.h>
#endif
