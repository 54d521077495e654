// A row of the journal: one commit batch with its checksum and its link in the hash chain, and the
// rules by which they are made and checked (docs/reference/journal-format.md). No SQL, no file.
// The journal seals rows with it, every reader checks them with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/ids.hpp"
#include "io/sqlite/sha256.hpp"
#include "ports/journal.hpp"

namespace grekko::sqlite {

// As it goes into checksum and chain, lowest byte first.
struct RowHeader {
    std::uint64_t first{0};
    std::uint64_t last{0};
    std::int64_t at{0};
    std::uint64_t epoch{0};
    std::uint64_t size{0}; // bytes of the payload
};
static_assert(sizeof(RowHeader) == 40);

struct Row {
    RowHeader header;
    std::vector<std::byte> payload;
    std::uint32_t checksum{0};
    Hash chain{};
};

RowHeader header_of(const ports::Batch& batch);
ports::Batch batch_of(const RowHeader& header, std::span<const std::byte> payload);
std::span<const std::byte> bytes_of(const RowHeader& header);

std::uint32_t row_checksum(const RowHeader& header, std::span<const std::byte> payload);
// What the chain of the first row builds on: the identity of the journal.
Hash first_link(Sha256& sha, std::string_view book, std::string_view created);
Hash next_link(Sha256& sha, const Hash& previous, const RowHeader& header,
               std::span<const std::byte> payload);

// Follows a journal row by row and says where it stops to hold.
class ChainCheck {
public:
    // Rows after `last` (0: from the first) build on `link`.
    ChainCheck(std::uint64_t last, const Hash& link) : last_{last}, link_{link} {}

    // corrupt, naming sequence and place: the sequence does not continue, size, checksum or chain
    // do not hold.
    Result<void> accept(const RowHeader& header, std::span<const std::byte> payload,
                        std::uint32_t checksum, std::span<const std::byte> chain);

    std::uint64_t last() const { return last_; }
    const Hash& link() const { return link_; }

private:
    Sha256 sha_;
    std::uint64_t last_;
    Hash link_;
};

} // namespace grekko::sqlite
