/* A strategy: the factory of a library and the table of one instance. Batches of flat events go
 * in, batches of flat actions come out, so that one library runs in the host's process or in a
 * worker's. It places no orders and opens no files or sockets. Hosts call it; strategy.hpp is the
 * same in C++20.
 *
 * States: create -> [created] -> start -> [started] -> stop -> [stopped] -> destroy. Start may
 * follow stop. All functions of one instance are called one at a time, none may block, throw or
 * keep what it is given; two instances may be called at the same time. */
#ifndef GREKKO_STRATEGY_H
#define GREKKO_STRATEGY_H

#include <grekko/host.h>
#include <grekko/plugin.h>
#include <grekko/strategy_actions.h>
#include <grekko/strategy_events.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_STRATEGY "grekko.strategy/1" /* what get_factory of entry.h is asked for */

enum { /* what to be told of an instrument, beside bars */
       GREKKO_TELL_TRADES = 1,
       GREKKO_TELL_QUOTES = 2,
       GREKKO_TELL_BOOKS = 4,
       GREKKO_TELL_PROPOSALS = 8 /* it votes on this instrument */
};

typedef struct grekko_subscription {
    uint32_t size;
    uint16_t instrument;
    uint16_t tell;                /* GREKKO_TELL_... */
    grekko_duration bar_interval; /* 1 s to 7 d; 0: no bars */
    uint64_t warmup;              /* bars of history before the first event that may be acted on */
} grekko_subscription;

/* Events in: count of them in bytes bytes at data, each where the one before it ends. The host's
 * memory, aligned to 8, never written to, BORROWED until process returns. */
typedef struct grekko_batch {
    uint32_t size;
    uint32_t count;
    uint64_t bytes;
    const void* data;
} grekko_batch;

/* Actions out: the host gives capacity bytes at data, aligned to 8; the strategy appends whole
 * actions and counts them in count and bytes. BORROWED until process returns. */
typedef struct grekko_output {
    uint32_t size;
    uint32_t count;
    uint64_t bytes;
    uint64_t capacity;
    void* data;
} grekko_output;

typedef struct grekko_strategy {
    uint32_t size;
    uint32_t reserved;
    void* self; /* the plugin's own; the first argument of its functions */
    /* The index-th subscription, from 0: 1 and filled, or 0: no more. The same answers until
     * destroy. [event], every state */
    int32_t (*subscription)(void* self, uint32_t index, grekko_subscription* subscription);
    /* From now on events come. Not OK: the instance is destroyed next.
     * [event & created, stopped] */
    grekko_status (*start)(void* self, grekko_error* error);
    /* No events from now on; state may still be saved. [event & started] */
    void (*stop)(void* self);
    /* Takes all events of the batch in their order and appends what it answers. Not OK: the call
     * is a fault of the strategy and its actions are dropped. GREKKO_ERROR_FULL: the output has no
     * room; the host calls no second time, it counts. Equal events give equal actions.
     * [event & started] */
    grekko_status (*process)(void* self, const grekko_batch* batch, grekko_output* output,
                             grekko_error* error);
    /* What the strategy offers beyond this: GREKKO_STATE of ext/state.h. The plugin's static
     * table, or null. [any], every state */
    const void* (*get_extension)(void* self, grekko_string id);
    /* Frees the instance; nothing is called after it. [event & created, stopped] */
    void (*destroy)(void* self);
} grekko_strategy;

typedef struct grekko_strategy_factory {
    uint32_t size;
    uint32_t reserved;
    /* The index-th strategy of the library, from 0; null: no more. [any] */
    const grekko_descriptor* (*descriptor)(uint32_t index);
    /* Makes an instance into strategy, whose size says how much of it the host knows. host is this
     * instance's and BORROWED until destroy returns; the rest until create returns. May read
     * extensions, must not act. GREKKO_ERROR_UNSUPPORTED: no such id; GREKKO_ERROR_INVALID: error
     * names the parameter. [event] */
    grekko_status (*create)(const grekko_host* host, const grekko_setup* setup,
                            grekko_strategy* strategy, grekko_error* error);
} grekko_strategy_factory;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/strategy.h>
#endif
