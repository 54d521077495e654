#include "io/tape/format.hpp"

#include <bit>
#include <string>

#include "base/crc32c.hpp"

namespace grekko::tape {
namespace {

static_assert(std::endian::native == std::endian::little, "the structures go to disk as they are");

Error broken(std::uint64_t position, const char* what) {
    return make_error(ErrorCode::corrupt, "tape record " + std::to_string(position) + ": " + what +
                                              "; what came before it is good");
}

Result<void> check_records(std::span<const std::byte> records, std::uint64_t position,
                           std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i, ++position) {
        if (records.size() < sizeof(MarketHead)) return broken(position, "it is cut off");
        const std::size_t size = reinterpret_cast<const MarketHead*>(records.data())->size;
        if (size % 8 != 0 || size > records.size() || !valid_market_record(records.data(), size)) {
            return broken(position, "it is no valid market record");
        }
        records = records.subspan(size);
    }
    if (!records.empty()) return broken(position, "its block holds more than it counts");
    return {};
}

} // namespace

std::uint32_t checksum_of(const FileHeader& header) {
    return crc32c(std::as_bytes(std::span{&header, 1}).first(offsetof(FileHeader, checksum)));
}

std::uint32_t checksum_of(const Footer& footer) {
    return crc32c(std::as_bytes(std::span{&footer, 1}).first(offsetof(Footer, checksum)));
}

std::uint32_t block_checksum(std::span<const std::byte> block) {
    const std::uint32_t used = block_header(block.data()).used;
    return frame_checksum(block.first(used).subspan(sizeof(BlockHeader::checksum)));
}

Result<void> check_block(std::span<const std::byte> block, std::uint64_t position,
                         TapeCheck check) {
    const BlockHeader& header = block_header(block.data());
    if (header.used < sizeof(BlockHeader) || header.used > block.size() || header.used % 8 != 0) {
        return broken(position, "the size of its block is impossible");
    }
    if (check != TapeCheck::none && header.checksum != block_checksum(block)) {
        return broken(position, "the checksum of its block does not hold");
    }
    if (header.first_position != position) return broken(position, "its block is missing");
    if (check != TapeCheck::all) return {};
    return check_records(block.first(header.used).subspan(sizeof header), position, header.records);
}

} // namespace grekko::tape
