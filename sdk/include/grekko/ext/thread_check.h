/* grekko.thread-check/1, host side: where a call comes from, so that both sides can tell a call
 * from the wrong thread and say whose it was. Threads here are turns: [event] may move between
 * system threads, never two at a time. For checks and tests, not for locking. */
#ifndef GREKKO_EXT_THREAD_CHECK_H
#define GREKKO_EXT_THREAD_CHECK_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_THREAD_CHECK "grekko.thread-check/1"

typedef struct grekko_thread_check {
    uint32_t size;
    uint32_t reserved;
    /* 1 where the caller runs in this instance's [event] turn, else 0. [any], every state */
    int32_t (*is_event_thread)(void* self);
} grekko_thread_check;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/thread_check.h>
#endif
