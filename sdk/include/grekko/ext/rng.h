/* grekko.rng/1, host side: chance that is the same in every run of the same tape. Seeded by run
 * and instance, and part of what the host saves. Not for keys.
 * A strategy asks its host. */
#ifndef GREKKO_EXT_RNG_H
#define GREKKO_EXT_RNG_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_RNG "grekko.rng/1"

typedef struct grekko_rng {
    uint32_t size;
    uint32_t reserved;
    /* 64 bits, evenly spread. [event & started, and in start] */
    uint64_t (*next)(void* self);
} grekko_rng;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/rng.h>
#endif
