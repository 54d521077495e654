/* The host as a plugin sees it: a name, a version, and functions found by their id. It is a table
 * that the host owns. A library gets one in its entry's init, each instance gets its own in create:
 * the extensions of an instance must be asked of the instance's host.
 * Ids end in a revision ("grekko.log/1"); a revision never changes once it is released. */
#ifndef GREKKO_HOST_H
#define GREKKO_HOST_H

#include <grekko/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct grekko_host {
    uint32_t size;      /* of this struct, bytes */
    uint16_t abi_major; /* what the host speaks */
    uint16_t abi_minor;
    void* self;            /* the host's own; the first argument of its functions */
    grekko_string name;    /* "grekko"; lives as long as the host */
    grekko_string version; /* "0.1.0" */
    /* The table of an extension, or null where this host has none: a plugin must do without, or
     * refuse in create. The table is the host's and lives until destroy (of an instance) or fini
     * (of a library). Each extension's header names its struct and its id.
     * id: the whole id with its revision; anything else, one with more behind it too, is null.
     * [any], in every state. */
    const void* (*get_extension)(void* self, grekko_string id);
    uint64_t reserved[4]; /* 0 */
} grekko_host;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/host.h>
#endif
