/* What a strategy answers: flat actions, one behind another, no pointers inside. None of them is
 * an order: a target becomes orders through consensus and risk alone; reducing is never voted.
 * A strategy writes them into the output of process, the host validates every field: a wrong one
 * is a fault of the strategy and drops all its actions of that call.
 * Amounts as in strategy_events.h; 0 means none unless said otherwise. */
#ifndef GREKKO_STRATEGY_ACTIONS_H
#define GREKKO_STRATEGY_ACTIONS_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {                                  /* kinds of an action and its struct */
       GREKKO_ACTION_TARGET = 1,        /* grekko_target */
       GREKKO_ACTION_CLOSE = 2,         /* grekko_close */
       GREKKO_ACTION_CANCEL = 3,        /* grekko_cancel: working orders, undecided intent */
       GREKKO_ACTION_VOTE = 4,          /* grekko_vote */
       GREKKO_ACTION_MANDATE = 5,       /* grekko_mandate */
       GREKKO_ACTION_QUOTE = 6,         /* grekko_place: an order inside the mandate */
       GREKKO_ACTION_CANCEL_QUOTES = 7, /* grekko_cancel */
       GREKKO_ACTION_STOP = 8           /* grekko_move_stop */
};

typedef struct grekko_action {
    uint32_t size; /* of the whole action, bytes, a multiple of 8 */
    uint16_t kind;
    uint16_t flags; /* 0 */
    uint64_t ask;   /* of the event that it answers */
} grekko_action;

enum {                           /* how amount of a target is meant */
       GREKKO_SIZE_QUANTITY = 1, /* signed, of the whole position */
       GREKKO_SIZE_NOTIONAL = 2, /* signed, quote currency */
       GREKKO_SIZE_WEIGHT = 3,   /* signed, fraction of NAV */
       GREKKO_SIZE_RISK = 4      /* fraction of NAV lost at the stop, which must be given; > 0 */
};
enum { GREKKO_PASSIVE = 1, GREKKO_NORMAL = 2, GREKKO_URGENT = 3 };
enum { GREKKO_TWAP = 1, GREKKO_VWAP = 2, GREKKO_ICEBERG = 3 };

/* The position that the strategy wants to hold in one instrument. */
typedef struct grekko_target {
    grekko_action action;
    uint16_t instrument;
    uint8_t sizing;    /* GREKKO_SIZE_... */
    grekko_side side;  /* of a risk target alone */
    uint8_t urgency;   /* 0: by the mode */
    uint8_t algorithm; /* 0: none */
    uint8_t slices;    /* 0: by rule */
    uint8_t reserved;
    grekko_decimal amount;
    grekko_decimal limit;      /* worst price */
    grekko_decimal stop;       /* on the losing side */
    grekko_decimal take;       /* on the winning side */
    grekko_decimal trail;      /* distance of a stop that follows, fraction of price */
    grekko_decimal confidence; /* 0 ... 1 */
    grekko_duration horizon;   /* when it is judged: 1 min to 7 d; 0: by the mode */
    grekko_duration ttl;       /* how long it stands: 10 ms to 10 min; 0: 2 s */
    grekko_duration over;      /* of TWAP and VWAP */
    char reason[96];           /* kept in the record */
} grekko_target;

typedef struct grekko_close {
    grekko_action action;
    uint16_t instrument;
    uint8_t urgency;
    uint8_t reserved[5];
    char reason[96];
} grekko_close;

typedef struct grekko_cancel {
    grekko_action action;
    uint16_t instrument; /* 0: all */
    uint8_t reserved[6];
} grekko_cancel;

enum { GREKKO_APPROVE = 1, GREKKO_REJECT = 2, GREKKO_ABSTAIN = 3, GREKKO_VETO = 4 };

typedef struct grekko_vote {
    grekko_action action;
    uint64_t round; /* of the proposal */
    uint8_t ballot;
    uint8_t reserved[7];
    grekko_decimal confidence; /* 0 ... 1 */
    grekko_decimal max;        /* approve up to this fraction of the size; 0: all */
    char reason[96];
} grekko_vote;

/* Asks for a standing permission to quote; voted as an intent of its full inventory. */
typedef struct grekko_mandate {
    grekko_action action;
    uint16_t instrument;
    uint8_t buys; /* 0 or 1 */
    uint8_t sells;
    uint8_t reserved[4];
    grekko_decimal inventory_min; /* signed bounds of the position */
    grekko_decimal inventory_max;
    grekko_decimal order_max;
    grekko_decimal stop;
    grekko_decimal confidence;
    grekko_time expires_at; /* at most 24 h ahead */
    char reason[96];
} grekko_mandate;

typedef struct grekko_place {
    grekko_action action;
    uint16_t instrument;
    grekko_side side;
    uint8_t reserved[5];
    grekko_decimal price;
    grekko_decimal quantity; /* > 0 */
} grekko_place;

/* Moves the stop of the present position; without a vote only nearer to the price. */
typedef struct grekko_move_stop {
    grekko_action action;
    uint16_t instrument;
    uint8_t reserved[6];
    grekko_decimal stop;
} grekko_move_stop;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/strategy_actions.h>
#endif
