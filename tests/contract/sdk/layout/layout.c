/* Prints the real layout of the ABI, a struct and its members a line each, from the same lists that
 * the headers assert; with an argument the layout hash that the headers carry. layout_test.py
 * compares both with sdk/abi/layout.txt. */
#include <grekko/adapter.h>
#include <grekko/entry.h>
#include <grekko/ext/log.h>
#include <grekko/ext/metrics.h>
#include <grekko/ext/rng.h>
#include <grekko/ext/snapshot.h>
#include <grekko/ext/state.h>
#include <grekko/ext/thread_check.h>
#include <grekko/ext/timers.h>
#include <grekko/market_decoder.h>
#include <grekko/strategy.h>

#include <inttypes.h>
#include <stdio.h>

#define PRINT_SIZE(type, bytes) printf("%s %zu\n", #type, sizeof(type));
#define PRINT_MEMBER(type, member, offset, bytes)                                                  \
    printf("    %s %zu %zu\n", #member, offsetof(type, member), sizeof(((type*)0)->member));
#define PRINT(header)                                                                              \
    printf("# %s\n", #header);                                                                     \
    GREKKO_LAYOUT_##header(PRINT_SIZE, PRINT_MEMBER)

static void records(void) {
    PRINT(TYPES)
    PRINT(EVENTS)
    PRINT(ACTIONS)
    PRINT(STRATEGY_EVENTS)
    PRINT(STRATEGY_ACTIONS)
}

static void tables(void) {
    PRINT(HOST)
    PRINT(ENTRY)
    PRINT(PLUGIN)
    PRINT(STRATEGY)
    PRINT(ADAPTER)
    PRINT(MARKET_DECODER)
}

static void extensions(void) {
    PRINT(EXT_LOG)
    PRINT(EXT_METRICS)
    PRINT(EXT_RNG)
    PRINT(EXT_SNAPSHOT)
    PRINT(EXT_STATE)
    PRINT(EXT_THREAD_CHECK)
    PRINT(EXT_TIMERS)
}

int main(int count, char** words) {
    (void)words;
    if (count > 1) {
        printf("%016" PRIx64 "\n", GREKKO_ABI_LAYOUT_HASH);
        return 0;
    }
    printf("abi %u.%u\n", GREKKO_ABI_MAJOR, GREKKO_ABI_MINOR);
    records();
    tables();
    extensions();
    return 0;
}
