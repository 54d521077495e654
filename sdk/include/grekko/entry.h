/* The entry of a plugin: what its one exported function returns, read before anything is called.
 * A host compares magic, size, version and layout hash first, and refuses with the name of the
 * field that differs; only then it calls init. It is not a strategy: those come from factories.
 * Whatever loads a library reads it; GREKKO_EXPORT_STRATEGY of strategy.hpp writes it. */
#ifndef GREKKO_ENTRY_H
#define GREKKO_ENTRY_H

#include <grekko/host.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {                              /* flags of an entry */
       GREKKO_ENTRY_KEEP_LOADED = 1 /* the library cannot be let go: it keeps threads or statics */
};

typedef struct grekko_entry {
    uint32_t size;      /* of this struct, bytes */
    uint32_t magic;     /* GREKKO_ABI_MAGIC */
    uint16_t abi_major; /* GREKKO_ABI_MAJOR of the headers it was built with */
    uint16_t abi_minor;
    uint32_t flags;            /* GREKKO_ENTRY_... */
    uint64_t layout_hash;      /* GREKKO_ABI_LAYOUT_HASH of the same headers */
    grekko_string sdk_version; /* static text */
    grekko_string compiler;    /* static text, for people */
    /* Once after loading, before anything else. May allocate and read the host's extensions; may
     * start no thread, install no signal or exit handler, and change no locale.
     * host: BORROWED until fini returns. error: BORROWED, filled where the status is not OK; then
     * no other function is called, fini neither. [init] */
    grekko_status (*init)(const grekko_host* host, grekko_error* error);
    /* Once, after the last instance is destroyed. [init] */
    void (*fini)(void);
    /* The factory of a kind of plugin: GREKKO_STRATEGY of strategy.h, GREKKO_ADAPTER of adapter.h.
     * The plugin's own static table; null where it makes none, and for every other id.
     * [any], between init and fini. */
    const void* (*get_factory)(grekko_string id);
    uint64_t reserved[4]; /* 0 */
} grekko_entry;

/* What a plugin exports. The struct is static: the same at each call, never null. [any] */
GREKKO_EXPORT const grekko_entry* grekko_plugin_entry(void);
typedef const grekko_entry* (*grekko_plugin_entry_function)(void);

#ifdef __cplusplus
}
#endif

#include <grekko/layout/entry.h>
#endif
