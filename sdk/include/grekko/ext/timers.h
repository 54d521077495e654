/* grekko.timers/1, host side: events at a time. A timer is a number that the strategy chooses; it
 * comes back as grekko_timer_event in event time, so a backtest's timers are a live run's. Not a
 * clock: the only now is the event's. A strategy asks its host. */
#ifndef GREKKO_EXT_TIMERS_H
#define GREKKO_EXT_TIMERS_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_TIMERS "grekko.timers/1"
#define GREKKO_TIMERS_MAX 64u

typedef struct grekko_timers {
    uint32_t size;
    uint32_t reserved;
    /* One event at `at`, or with the next one where that is past; setting a number again moves it.
     * GREKKO_ERROR_FULL: GREKKO_TIMERS_MAX are set. [event & started, and in start] */
    grekko_status (*set)(void* self, uint64_t timer, grekko_time at);
    /* Events at every whole multiple of interval since 1970, interval >= 1 ms.
     * GREKKO_ERROR_INVALID, GREKKO_ERROR_FULL as above. [event & started, and in start] */
    grekko_status (*every)(void* self, uint64_t timer, grekko_duration interval);
    /* Forgets a timer; one that is not set is no error. [event & started, and in start] */
    void (*cancel)(void* self, uint64_t timer);
} grekko_timers;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/timers.h>
#endif
