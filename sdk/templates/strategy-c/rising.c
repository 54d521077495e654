/* Holds one lot of its first instrument after closes that rose several times in a row, and leaves
 * at the first that falls. */
#include <grekko/entry.h>
#include <grekko/ext/log.h>
#include <grekko/strategy.h>

#include <stdlib.h>
#include <string.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}
#define ONE UINT64_C(1000000000000000000) /* of an amount */

typedef struct rising {
    uint16_t instrument;
    grekko_decimal lot;
    uint64_t wanted; /* rises in a row */
    uint64_t rises;
    int32_t holds;
    grekko_decimal close; /* of the last bar, 0: none yet */
} rising;

static const grekko_parameter_spec parameters[] = {{sizeof(grekko_parameter_spec),
                                                    GREKKO_PARAMETER_WHOLE,
                                                    TEXT("rises"),
                                                    TEXT("rises in a row before it buys"),
                                                    {3 * ONE, 0},
                                                    {1 * ONE, 0},
                                                    {9 * ONE, 0}}};
static const grekko_descriptor descriptor = {sizeof(grekko_descriptor),
                                             GREKKO_BALANCED,
                                             TEXT("example.rising"),
                                             TEXT("1.0"),
                                             TEXT("buys after closes that rose in a row"),
                                             1,
                                             0,
                                             parameters};

static int is(grekko_string id, const char* text) {
    return id.size == strlen(text) && memcmp(id.data, text, (size_t)id.size) == 0;
}

static grekko_status fail(grekko_error* error, grekko_status status, const char* why) {
    const size_t size = strlen(why);
    error->size = size < error->capacity ? (uint32_t)size : error->capacity;
    memcpy(error->text, why, error->size);
    return status;
}

static int compare(grekko_decimal a, grekko_decimal b) {
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    return a.low == b.low ? 0 : a.low < b.low ? -1 : 1;
}

static int32_t subscription(void* self, uint32_t index, grekko_subscription* out) {
    const rising* me = self;
    const grekko_subscription all = {sizeof all, me->instrument, 0, INT64_C(3600000000000), 0};
    if (index > 0) return 0;
    *out = all;
    return 1;
}

static grekko_status start(void* self, grekko_error* error) {
    (void)self;
    (void)error;
    return GREKKO_OK;
}

static void stop(void* self) {
    (void)self;
}

/* 0 where the output has no room. */
static int append(grekko_output* output, const void* action, uint32_t size) {
    if (output->capacity - output->bytes < size) return 0;
    memcpy((unsigned char*)output->data + output->bytes, action, size);
    output->bytes += size;
    output->count += 1;
    return 1;
}

static int want(rising* me, const grekko_event* event, int32_t holds, grekko_output* output) {
    grekko_target target;
    memset(&target, 0, sizeof target);
    target.action.size = sizeof target;
    target.action.kind = GREKKO_ACTION_TARGET;
    target.action.ask = event->ask;
    target.instrument = me->instrument;
    target.sizing = GREKKO_SIZE_QUANTITY;
    target.confidence.low = ONE / 2;
    if (holds) target.amount = me->lot;
    me->holds = holds;
    return append(output, &target, sizeof target);
}

static int on_bar(rising* me, const grekko_event* event, const grekko_bar* bar,
                  grekko_output* output) {
    const grekko_decimal none = {0, 0};
    const int order = compare(bar->close, me->close);
    const int first = compare(me->close, none) == 0;
    me->close = bar->close;
    me->rises = !first && order > 0 ? me->rises + 1 : 0;
    if ((event->flags & GREKKO_EVENT_WARMUP) != 0) return 1;
    if (!me->holds && me->rises >= me->wanted) return want(me, event, 1, output);
    if (me->holds && !first && order < 0) return want(me, event, 0, output);
    return 1;
}

static grekko_status process(void* self, const grekko_batch* batch, grekko_output* output,
                             grekko_error* error) {
    const unsigned char* at = batch->data;
    uint64_t left = batch->bytes;
    for (uint32_t i = 0; i < batch->count; ++i) {
        grekko_event event;
        grekko_bar bar;
        if (left < sizeof event) return fail(error, GREKKO_ERROR_INVALID, "an event is cut");
        memcpy(&event, at, sizeof event);
        if (event.size < sizeof event || event.size > left)
            return fail(error, GREKKO_ERROR_INVALID, "an event has a wrong size");
        if (event.kind == GREKKO_EVENT_MARKET && event.size >= sizeof event + sizeof bar) {
            memcpy(&bar, at + sizeof event, sizeof bar);
            if (bar.head.kind == GREKKO_MARKET_BAR && !on_bar(self, &event, &bar, output))
                return fail(error, GREKKO_ERROR_FULL, "no room for an action");
        }
        at += event.size;
        left -= event.size;
    }
    return GREKKO_OK;
}

static const void* get_extension(void* self, grekko_string id) {
    (void)self;
    (void)id;
    return NULL;
}

static void destroy(void* self) {
    free(self);
}

static const grekko_descriptor* describe(uint32_t index) {
    return index == 0 ? &descriptor : NULL;
}

static grekko_status create(const grekko_host* host, const grekko_setup* setup,
                            grekko_strategy* out, grekko_error* error) {
    static const grekko_string log_id = TEXT(GREKKO_LOG);
    static const grekko_string hello = TEXT("rising is made");
    const grekko_log* log = host->get_extension(host->self, log_id);
    rising* me = NULL;
    if (!is(setup->id, "example.rising"))
        return fail(error, GREKKO_ERROR_UNSUPPORTED, "no strategy has this id");
    if (setup->instrument_count == 0)
        return fail(error, GREKKO_ERROR_INVALID, "it needs an instrument");
    me = calloc(1, sizeof *me);
    if (me == NULL) return fail(error, GREKKO_ERROR_INTERNAL, "no memory");
    me->instrument = setup->instruments[0].instrument;
    me->lot = setup->instruments[0].lot;
    me->wanted = 3;
    for (uint32_t i = 0; i < setup->parameter_count; ++i)
        if (is(setup->parameters[i].name, "rises"))
            me->wanted = setup->parameters[i].number.low / ONE; /* at most 9: one word */
    const grekko_strategy table = {sizeof table,  0,      me, subscription, start, stop, process,
                                   get_extension, destroy};
    memcpy(out, &table, out->size < sizeof table ? out->size : sizeof table);
    if (log != NULL) log->write(host->self, GREKKO_INFO, hello);
    return GREKKO_OK;
}

static grekko_status init(const grekko_host* host, grekko_error* error) {
    (void)host;
    (void)error;
    return GREKKO_OK;
}

static void fini(void) {}

static const void* get_factory(grekko_string id) {
    static const grekko_strategy_factory factory = {sizeof factory, 0, describe, create};
    return is(id, GREKKO_STRATEGY) ? &factory : NULL;
}

const grekko_entry* grekko_plugin_entry(void) {
    static const grekko_entry entry = {sizeof entry,
                                       GREKKO_ABI_MAGIC,
                                       GREKKO_ABI_MAJOR,
                                       GREKKO_ABI_MINOR,
                                       0,
                                       GREKKO_ABI_LAYOUT_HASH,
                                       TEXT(GREKKO_SDK_VERSION),
                                       TEXT(GREKKO_COMPILER),
                                       init,
                                       fini,
                                       get_factory,
                                       {0, 0, 0, 0}};
    return &entry;
}
