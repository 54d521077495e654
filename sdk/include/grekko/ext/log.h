/* grekko.log/1, host side: lines into the host's log, named after the plugin that wrote them.
 * Not for records: what must be kept belongs into an action's reason.
 * A plugin asks its host. */
#ifndef GREKKO_EXT_LOG_H
#define GREKKO_EXT_LOG_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_LOG "grekko.log/1"

enum { GREKKO_DEBUG = 1, GREKKO_INFO = 2, GREKKO_WARNING = 3, GREKKO_ERROR = 4 };

typedef struct grekko_log {
    uint32_t size;
    uint32_t reserved;
    /* Writes one line of UTF-8, at most 1024 bytes, more is cut; control characters are shown as
     * escapes. Never blocks: beyond 100 lines a second they are dropped and counted.
     * self: grekko_host.self. level: GREKKO_DEBUG ... [any], every state */
    void (*write)(void* self, uint32_t level, grekko_string line);
} grekko_log;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/log.h>
#endif
