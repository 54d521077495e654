// The structures of a tape file, as docs/reference/tape-format.md describes them: header, block and
// footer, and the checks of each. It opens no file.
// Writer and reader of this folder use it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "domain/market.hpp"

namespace grekko::tape {

inline constexpr std::size_t block_bytes = 64U << 10U;
inline constexpr std::uint32_t format_version = 1;
inline constexpr std::uint64_t header_magic = 0x0A31455041544B47U; // "GKTAPE1\n"
inline constexpr std::uint64_t footer_magic = 0x444E455041544B47U; // "GKTAPEND"
inline constexpr std::uint32_t metadata_bytes_max = 64U << 20U;

struct FileHeader {
    std::uint64_t magic{header_magic};
    std::uint32_t version{format_version};
    std::uint32_t blocks{0};
    std::uint32_t metadata_bytes{0};
    std::uint32_t metadata_checksum{0};
    std::uint32_t checksum{0};
    std::uint32_t reserved{0};
};
static_assert(sizeof(FileHeader) == 32);

struct BlockHeader {
    std::uint32_t checksum{0};
    std::uint32_t used{0};
    std::uint64_t first_position{0};
    std::int64_t first_at{0};
    std::int64_t latest_at{0};
    std::uint32_t records{0};
    std::uint32_t reserved[7]{};
};
static_assert(sizeof(BlockHeader) == 64);

using KindCounts = std::array<std::uint64_t, 16>; // by MarketKind
using ContentHash = std::array<std::byte, 32>;

struct Footer {
    std::uint64_t magic{footer_magic};
    std::uint64_t blocks{0};
    std::uint64_t records{0};
    std::int64_t first_at{0};
    std::int64_t latest_at{0};
    KindCounts kinds{};
    ContentHash hash{};
    std::uint32_t checksum{0};
    std::uint32_t reserved[13]{};
};
static_assert(sizeof(Footer) == 256);

std::uint32_t checksum_of(const FileHeader& header);
std::uint32_t checksum_of(const Footer& footer);
// Of the used part of a block, its header included; `used` must be plausible.
std::uint32_t block_checksum(std::span<const std::byte> block);

enum class TapeCheck : std::uint8_t {
    all,      // checksum of each block and content of each record
    checksum, // of each block: for tapes whose content was checked when they were made
    none      // for a tape that was verified a moment ago
};

// corrupt with the reason: the block does not hold as one that begins with `position`.
Result<void> check_block(std::span<const std::byte> block, std::uint64_t position, TapeCheck check);

inline const BlockHeader& block_header(const std::byte* block) {
    return *reinterpret_cast<const BlockHeader*>(block);
}

} // namespace grekko::tape
