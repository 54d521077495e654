// Writer: makes a tape file (docs/reference/tape-format.md) through mapped memory, block by block,
// without syncing. Until close it has no footer, and a reader takes it for unfinished.
// Recorders, importers and generators write with it; the runtime records the live market.
#pragma once

#include <filesystem>
#include <memory>

#include "io/tape/content_hash.hpp"
#include "io/tape/format.hpp"
#include "io/tape/metadata.hpp"
#include "ports/tape.hpp"

namespace grekko::tape {

class Writer final : public ports::TapeWriter {
public:
    // already_exists: a tape is never overwritten. out_of_space, io_error, limit_exceeded
    // (metadata too large).
    static Result<std::unique_ptr<Writer>> create(const std::filesystem::path& path,
                                                  const Metadata& metadata);
    ~Writer() override; // closes; an error then is lost, so call close
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // The record must be valid (ASSERTs its size). out_of_space: the disk is full; what was
    // appended stays.
    Result<TapePosition> append(const MarketHead& record) override;
    // Writes the footer. Nothing may be appended afterwards.
    Result<void> close() override;

private:
    Writer(std::filesystem::path path, int descriptor);
    Result<void> write_header(const Metadata& metadata);
    Result<void> map_segment();
    void unmap_segment();
    Result<void> open_block();
    void close_block();
    Error failed(const char* doing, int error) const;

    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t offset_{0};       // in the file, of the next segment
    std::size_t segment_blocks_{0}; // in the present segment
    std::size_t segment_used_{0};   // blocks begun in it
    std::byte* segment_{nullptr};
    std::byte* block_{nullptr}; // the open one
    std::uint32_t used_{0};     // bytes of it
    std::uint32_t block_records_{0};
    bool closed_{false};
    Footer footer_;
    ContentHasher hasher_;
};

} // namespace grekko::tape
