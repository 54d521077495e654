/* Basic types that cross the boundary between the host and its plugins: plain C11, fixed widths.
 * Records hold no pointers; what does is an argument, borrowed until the call returns. Provisional
 * until the first release of the plugin ABI.
 * An amount is a signed 128-bit integer times 10^-18 in two 64-bit words, |x| < 10^20.
 * A time is nanoseconds since 1970-01-01T00:00:00Z, a duration is nanoseconds. Text inside a record
 * is UTF-8, zero padded, not terminated where it fills its field. */
#ifndef GREKKO_TYPES_H
#define GREKKO_TYPES_H

#include <grekko/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct grekko_decimal {
    uint64_t low;  /* bits 0..63 of the two's complement value */
    int64_t high;  /* bits 64..127 */
} grekko_decimal;

typedef int64_t grekko_time;
typedef int64_t grekko_duration;

typedef uint8_t grekko_side;
enum { GREKKO_BUY = 1, GREKKO_SELL = 2 };

typedef int32_t grekko_status;
enum {
    GREKKO_OK = 0,
    GREKKO_ERROR_INVALID = 1, /* an argument makes no sense */
    GREKKO_ERROR_FULL = 2,    /* a limit is reached; nothing was taken */
    GREKKO_ERROR_INTERNAL = 3,
    GREKKO_ERROR_UNSUPPORTED = 4, /* no such id, kind or extension here */
    GREKKO_ERROR_STATE = 5,       /* not in this state or not on this thread; nothing was done */
    GREKKO_ERROR_EXCEPTION = 6    /* an exception reached the boundary and was stopped there */
};

/* UTF-8 as an argument, not terminated; data may be null where size is 0. */
typedef struct grekko_string {
    const char* data;
    uint64_t size;
} grekko_string;

/* Where a function writes one sentence about its failure. The caller owns the memory: capacity
 * bytes at text, of which size are written; what does not fit is cut. */
typedef struct grekko_error {
    char* text;
    uint32_t capacity;
    uint32_t size;
} grekko_error;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/types.h>
#endif
