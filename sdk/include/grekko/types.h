/* Basic types that cross the boundary between the host and its plugins: plain C11, fixed widths,
 * no pointers inside structs. Provisional until the first release of the plugin ABI.
 * An amount is a signed 128-bit integer times 10^-18 in two 64-bit words, |x| < 10^20.
 * A time is nanoseconds since 1970-01-01T00:00:00Z. Text is UTF-8, zero padded, not terminated. */
#ifndef GREKKO_TYPES_H
#define GREKKO_TYPES_H

#include <stdint.h>

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
    GREKKO_ERROR_INTERNAL = 3
};

#ifdef __cplusplus
}
#endif
#endif
