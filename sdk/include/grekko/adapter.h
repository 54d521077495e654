/* An adapter as the host holds it: a table of functions over the adapter's own object. The host
 * calls them from one thread, one at a time; none may block, throw or keep a pointer it is given.
 * A simulated adapter matches against the market records it is fed; a real one ignores them.
 * Provisional until the first release of the plugin ABI. */
#ifndef GREKKO_ADAPTER_H
#define GREKKO_ADAPTER_H

#include <grekko/actions.h>
#include <grekko/events.h>
#include <grekko/host.h>
#include <grekko/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_ADAPTER "grekko.adapter/1" /* what get_factory of entry.h is asked for */
#define GREKKO_ADAPTER_VERSION 1u
#define GREKKO_NO_REPORT INT64_MAX

typedef struct grekko_adapter {
    uint32_t size;
    uint32_t version;
    void* self;
    /* [event] One market record, borrowed until return. */
    void (*market)(void* self, const grekko_market_head* record);
    /* [event] One request, borrowed until return. Whatever becomes of it is a report;
     * GREKKO_ERROR_FULL where the adapter cannot take it now. */
    grekko_status (*request)(void* self, const grekko_request* request);
    /* [event] When the earliest waiting report is due; GREKKO_NO_REPORT: none waits. */
    grekko_time (*next_report)(void* self);
    /* [event] Takes the earliest report due at or before `now`; 0: none. */
    int (*take_report)(void* self, grekko_time now, grekko_report* report);
    /* [fini] Frees the adapter; nothing is called after it. */
    void (*destroy)(void* self);
} grekko_adapter;

typedef struct grekko_adapter_factory {
    uint32_t size;
    uint32_t reserved;
    /* The index-th adapter of the library, from 0; null: no more. [any] */
    const grekko_descriptor* (*descriptor)(uint32_t index);
    /* Makes an adapter for the listings in setup. host is its own and BORROWED until destroy
     * returns; the rest until create returns. GREKKO_ERROR_UNSUPPORTED: no such id;
     * GREKKO_ERROR_INVALID: error names the parameter or listing. [event] */
    grekko_status (*create)(const grekko_host* host, const grekko_setup* setup,
                            grekko_adapter* adapter, grekko_error* error);
} grekko_adapter_factory;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/adapter.h>
#endif
