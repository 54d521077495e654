/* What every header of the ABI shares: its version, the symbol that a plugin exports, and the
 * assertions that pin each size and offset. It declares no type and no function.
 * Plain C11, or C++11 and later; every other header includes it. The rules are in
 * docs/reference/plugin-abi.md.
 *
 * Tags on functions. Thread: [init] while a library is loaded or let go, no other call runs;
 * [event] the one thread, or turn of a thread, that serves an instance; [any] every thread, at the
 * same time. State: created, started, stopped, as in strategy.h. Pointers are BORROWED until the
 * call returns unless the text says otherwise; nobody frees what the other side allocated. */
#ifndef GREKKO_ABI_H
#define GREKKO_ABI_H

#include <stddef.h>
#include <stdint.h>

/* Equal major: the same structs. A host serves plugins of its own minor and of every earlier one.
 * Major 0 promises nothing yet: the layout hash must be the host's to the bit. */
#define GREKKO_ABI_MAJOR 0u
#define GREKKO_ABI_MINOR 1u
#define GREKKO_ABI_MAGIC 0x4b4b5247u /* "GRKK" in memory */
/* FNV-1a, 64 bits, of sdk/abi/layout.txt; contract_sdk_layout compares it with the real layout. */
#define GREKKO_ABI_LAYOUT_HASH UINT64_C(0x5d42d74beaaffa32)
#define GREKKO_SDK_VERSION "0.1.0"

/* The one symbol of a plugin; grekko_add_plugin() hides every other. */
#define GREKKO_ENTRY_SYMBOL "grekko_plugin_entry"
#define GREKKO_EXPORT __attribute__((visibility("default")))

#if defined(__clang__)
#define GREKKO_COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define GREKKO_COMPILER "gcc " __VERSION__
#else
#error "the plugin ABI is defined for gcc and clang"
#endif

#if defined(__cplusplus)
#define GREKKO_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define GREKKO_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* What a list in layout/ is applied to: type and bytes; type, member, offset and bytes. */
#define GREKKO_ASSERT_SIZE(type, bytes)                                                            \
    GREKKO_STATIC_ASSERT(sizeof(type) == (bytes), #type " has another size");
#define GREKKO_ASSERT_MEMBER(type, member, offset, bytes)                                          \
    GREKKO_STATIC_ASSERT(offsetof(type, member) == (offset), #type "." #member " has moved");      \
    GREKKO_STATIC_ASSERT(sizeof(((type*)0)->member) == (bytes), #type "." #member " has changed");

GREKKO_STATIC_ASSERT(sizeof(void*) == 8, "the plugin ABI is defined for 64-bit machines");
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the plugin ABI is defined for little-endian machines"
#endif

#endif
