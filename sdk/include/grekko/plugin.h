/* What all plugins have in common, whatever they are: a description that a host can list, typed
 * parameters, and the set-up with which an instance is made. It declares no function: those are
 * in strategy.h and adapter.h. Factories fill descriptors, hosts fill set-ups. */
#ifndef GREKKO_PLUGIN_H
#define GREKKO_PLUGIN_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { /* kinds of a parameter */
       GREKKO_PARAMETER_WHOLE = 1,
       GREKKO_PARAMETER_NUMBER = 2,
       GREKKO_PARAMETER_FLAG = 3, /* 0 or 1 */
       GREKKO_PARAMETER_TEXT = 4
};

/* A parameter as its author declares it. The texts are static. */
typedef struct grekko_parameter_spec {
    uint32_t size;
    uint32_t kind;
    grekko_string name;    /* a-z, 0-9 and _, 1 to 31 bytes, once a plugin */
    grekko_string help;    /* one sentence */
    grekko_decimal normal; /* where nobody sets it; of text: empty */
    grekko_decimal min;    /* bounds, both included; equal: none */
    grekko_decimal max;
} grekko_parameter_spec;

/* A parameter as it is set, within its bounds. BORROWED until create returns. */
typedef struct grekko_parameter {
    uint32_t size;
    uint32_t kind;
    grekko_string name;
    grekko_decimal number; /* of all kinds but text */
    grekko_string text;    /* of text alone */
} grekko_parameter;

enum { GREKKO_AGGRESSIVE = 1, GREKKO_BALANCED = 2, GREKKO_CONSERVATIVE = 3 }; /* modes */

/* One kind of thing a library can make. The plugin's own static memory. */
typedef struct grekko_descriptor {
    uint32_t size;
    uint32_t mode;         /* of a strategy: GREKKO_BALANCED ...; of an adapter 0 */
    grekko_string id;      /* "example.breakout": a-z, 0-9, _ and dots, once a library */
    grekko_string version; /* of the plugin, for people */
    grekko_string help;    /* one sentence */
    uint32_t parameter_count;
    uint32_t reserved;
    const grekko_parameter_spec* parameters;
} grekko_descriptor;

/* What is traded, with the rules of its finest listing; a step of 0 is off. */
typedef struct grekko_instrument {
    uint32_t size;
    uint16_t instrument; /* its id in events and actions, from 1 */
    uint16_t venue;      /* 0: of no one venue */
    char symbol[24];     /* "BTC-USD" */
    char base[16];
    char quote[16];
    grekko_decimal tick;
    grekko_decimal lot;
    grekko_decimal notional_min;
} grekko_instrument;

/* With what an instance is made. All of it is the host's, BORROWED until create returns. */
typedef struct grekko_setup {
    uint32_t size;
    uint32_t mode;
    grekko_string id;         /* of the descriptor that is meant */
    grekko_string name;       /* the operator's name for this instance */
    uint32_t parameter_count; /* every declared parameter once */
    uint32_t instrument_count;
    const grekko_parameter* parameters;
    const grekko_instrument* instruments; /* what it may trade */
} grekko_setup;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/plugin.h>
#endif
