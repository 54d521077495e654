// Reader: streams a tape file through mapped memory, whatever its size, and seeks in it by position
// and by time. It never gives a record out of a block that does not hold. It is not for a tape that
// is being written: that one ends, for it, where it ended when it was opened.
// Backtests, charts and verification read with it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

#include "io/tape/format.hpp"
#include "io/tape/metadata.hpp"
#include "ports/tape.hpp"

namespace grekko::tape {

enum class Unfinished : std::uint8_t { refuse, read_good_part };

struct ReadOptions {
    TapeCheck check{TapeCheck::all};
    Unfinished unfinished{Unfinished::refuse};
};

struct Info {
    Metadata metadata;
    bool finished{false}; // false: counts, span and hash are those of the good part, hash empty
    std::uint64_t records{0};
    std::uint64_t bytes{0}; // of the file
    Instant first_at, latest_at;
    KindCounts kinds{};
    std::string hash;
};

class Reader final : public ports::TapeReader {
public:
    ~Reader() override;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    Result<const MarketHead*> next() override {
        if (cursor_ == end_) {
            TRY(more, enter_block());
            if (!more) return static_cast<const MarketHead*>(nullptr);
        }
        const auto* record = reinterpret_cast<const MarketHead*>(cursor_);
        cursor_ += record->size;
        ++position_;
        return record;
    }
    // invalid_argument: the tape is shorter.
    Result<void> seek(TapePosition position) override;
    // The first record received at or after `at` comes next; the end where there is none.
    Result<void> seek(Instant at);
    TapePosition position() const override { return TapePosition{position_}; }
    std::string hash() const override { return info_.hash; }
    const Info& info() const { return info_; }
    // The metadata as it stands in the file.
    std::span<const std::byte> metadata_bytes() const { return metadata_bytes_; }

private:
    friend Result<std::unique_ptr<Reader>> open_tape(const std::filesystem::path& path,
                                                     const ReadOptions& options);
    Reader(const std::byte* file, std::size_t size, ReadOptions options)
        : file_{file},
          size_{size},
          options_{options} {}
    Result<void> read_header(const std::filesystem::path& path);
    Result<void> read_footer(const std::filesystem::path& path);
    Result<void> count_good_part();
    Result<bool> enter_block();
    Result<void> go_to_block(std::uint64_t block);
    const std::byte* block_at(std::uint64_t block) const {
        return file_ + first_block_ + block * block_bytes;
    }

    const std::byte* file_;
    std::size_t size_;
    ReadOptions options_;
    std::size_t first_block_{0}; // offset in the file
    std::uint64_t blocks_{0};
    std::uint64_t next_block_{0};
    const std::byte* cursor_{nullptr};
    const std::byte* end_{nullptr};
    std::uint64_t position_{0};
    std::span<const std::byte> metadata_bytes_;
    Info info_;
};

// Errors: not_found, invalid_input (not a tape), unsupported_version, corrupt (header or footer;
// not closed and Unfinished::refuse).
Result<std::unique_ptr<Reader>> open_tape(const std::filesystem::path& path,
                                          const ReadOptions& options = {});

// What a tape says about itself, read from header and footer alone; of an unfinished tape, counted.
Result<Info> tape_info(const std::filesystem::path& path);

// Reads all of a finished tape and compares counts, span and hash with the footer. corrupt: the
// first place that does not hold.
Result<Info> verify(const std::filesystem::path& path);

} // namespace grekko::tape
