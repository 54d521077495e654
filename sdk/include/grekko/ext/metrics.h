/* grekko.metrics/1, host side: numbers for charts and dashboards. They are statistics, hence
 * binary fractions; no decision and no record depends on them.
 * A plugin asks its host. */
#ifndef GREKKO_EXT_METRICS_H
#define GREKKO_EXT_METRICS_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_METRICS "grekko.metrics/1"

typedef struct grekko_metrics {
    uint32_t size;
    uint32_t reserved;
    /* Sets a number. name: a-z, 0-9 and _, at most 48 bytes; others, NaN and infinities are
     * dropped and counted, as is all beyond 1000 a second. [any & started] */
    void (*gauge)(void* self, grekko_string name, double value);
    /* A point of a series at the event's time, drawn in reports. [event & started] */
    void (*plot)(void* self, grekko_string series, double value);
} grekko_metrics;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/ext/metrics.h>
#endif
