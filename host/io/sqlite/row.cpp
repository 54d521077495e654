#include "io/sqlite/row.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "base/crc32c.hpp"

namespace grekko::sqlite {
namespace {

static_assert(std::endian::native == std::endian::little, "headers go to disk as they are");

Error broken(std::uint64_t sequence, const char* what) {
    return make_error(ErrorCode::corrupt,
                      "journal record " + std::to_string(sequence) + ": " + what +
                          "; nothing after it is used; restore the journal from a backup");
}

std::span<const std::byte> bytes_of_text(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}

} // namespace

RowHeader header_of(const ports::Batch& batch) {
    return {batch.first.value(), batch.last.value(), batch.at.nanoseconds(), batch.epoch,
            batch.payload.size()};
}

ports::Batch batch_of(const RowHeader& header, std::span<const std::byte> payload) {
    return {Sequence{header.first}, Sequence{header.last}, Instant::from_nanoseconds(header.at),
            header.epoch, payload};
}

std::span<const std::byte> bytes_of(const RowHeader& header) {
    return std::as_bytes(std::span{&header, 1});
}

std::uint32_t row_checksum(const RowHeader& header, std::span<const std::byte> payload) {
    return crc32c(bytes_of(header), frame_checksum(payload));
}

Hash first_link(Sha256& sha, std::string_view book, std::string_view created) {
    using namespace std::string_view_literals;
    return sha.of({bytes_of_text("grekko journal\n"sv), bytes_of_text(book), bytes_of_text("\n"sv),
                   bytes_of_text(created)});
}

Hash next_link(Sha256& sha, const Hash& previous, const RowHeader& header,
               std::span<const std::byte> payload) {
    return sha.of({previous, bytes_of(header), payload});
}

Result<void> ChainCheck::accept(const RowHeader& header, std::span<const std::byte> payload,
                                std::uint32_t checksum, std::span<const std::byte> chain) {
    if (header.first != last_ + 1) return broken(last_ + 1, "its batch is missing");
    if (header.last < header.first) return broken(header.first, "its batch ends before it begins");
    if (header.size != payload.size() || checksum != row_checksum(header, payload)) {
        return broken(header.first, "the checksum of its batch does not hold");
    }
    const Hash link = next_link(sha_, link_, header, payload);
    if (!std::ranges::equal(link, chain)) {
        return broken(header.first, "the hash chain breaks at its batch");
    }
    last_ = header.last;
    link_ = link;
    return {};
}

} // namespace grekko::sqlite
