// May this host call into that library? Compares an entry with what this SDK knows, before anything
// of the library but its entry function is called, and says which field differs, what the plugin
// has and what the host wants. It loads nothing. Loaders and the fake host ask it.
#pragma once

#include <grekko/entry.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace grekko::sdk {

// The layout hash of every minor of this major that a host still serves; the last is its own.
inline constexpr std::array layout_hashes{std::pair<std::uint16_t, std::uint64_t>{
    std::uint16_t{GREKKO_ABI_MINOR}, GREKKO_ABI_LAYOUT_HASH}};

namespace detail {

inline std::string mismatch(const char* field, std::uint64_t has, const std::string& wanted) {
    return std::string{"the plugin's entry has "} + field + " " + std::to_string(has) +
           ", the host wants " + wanted + "; build the plugin with this host's SDK";
}

} // namespace detail

// None: it may. Otherwise one sentence.
inline std::optional<std::string> entry_mismatch(const grekko_entry* entry) {
    if (entry == nullptr) return "the plugin's entry is null; return a static grekko_entry";
    // A shorter entry ends before what every revision has: nothing behind magic may be read.
    if (entry->magic != GREKKO_ABI_MAGIC)
        return detail::mismatch("magic", entry->magic, std::to_string(GREKKO_ABI_MAGIC));
    if (entry->size < sizeof(grekko_entry))
        return detail::mismatch("size", entry->size,
                                "at least " + std::to_string(sizeof(grekko_entry)));
    if (entry->abi_major != GREKKO_ABI_MAJOR)
        return detail::mismatch("abi_major", entry->abi_major, std::to_string(GREKKO_ABI_MAJOR));
    if (entry->abi_minor > GREKKO_ABI_MINOR)
        return detail::mismatch("abi_minor", entry->abi_minor,
                                "at most " + std::to_string(GREKKO_ABI_MINOR));
    for (const auto& [minor, hash] : layout_hashes) {
        if (minor != entry->abi_minor) continue;
        if (hash == entry->layout_hash) {
            const bool whole = entry->init && entry->fini && entry->get_factory;
            if (whole) return std::nullopt;
            return "the plugin's entry lacks init, fini or get_factory; set all three";
        }
        return detail::mismatch("layout_hash", entry->layout_hash, std::to_string(hash));
    }
    return detail::mismatch("abi_minor", entry->abi_minor, "one that it still serves");
}

} // namespace grekko::sdk
