/* grekko.state/1, plugin side: an instance's memory as bytes, for reloads, restarts and rollbacks.
 * Positions and orders do not belong into it: they are the host's truth. The host asks the
 * strategy's get_extension for it; a strategy without it is warmed up from history again. */
#ifndef GREKKO_EXT_STATE_H
#define GREKKO_EXT_STATE_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_STATE "grekko.state/1"
#define GREKKO_STATE_BYTES_MAX 1048576u

typedef struct grekko_state {
    uint32_t size;
    uint32_t schema; /* of what save writes, from 1; grows when the meaning of the bytes changes */
    /* Writes the state into bytes[0 .. capacity) and its length into *used. GREKKO_ERROR_FULL: it
     * needs more, *used says how much; the host calls again or gives up. Equal states give equal
     * bytes; no pointers, no padding. [event], every state */
    grekko_status (*save)(void* self, uint8_t* bytes, uint64_t capacity, uint64_t* used,
                          grekko_error* error);
    /* Takes over a state of this schema or an earlier one. Whatever the bytes are, it must not
     * crash: not OK, with GREKKO_ERROR_INVALID for bytes that make no sense, leaves the instance as
     * create made it. bytes: BORROWED.
     * [event & created] */
    grekko_status (*load)(void* self, uint32_t schema, const uint8_t* bytes, uint64_t size,
                          grekko_error* error);
} grekko_state;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/state.h>
#endif
