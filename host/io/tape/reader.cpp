#include "io/tape/reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc32c.hpp"
#include "io/tape/content_hash.hpp"

namespace grekko::tape {
namespace {

Error damaged(const std::filesystem::path& path, const std::string& what) {
    return make_error(ErrorCode::corrupt,
                      path.string() + ": " + what + "; record or import it again");
}

struct Mapping {
    const std::byte* bytes;
    std::size_t size;
};

Result<Mapping> map_file(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_error;
        return make_error(code, "cannot open the tape " + path.string() + ": " +
                                    std::strerror(errno) + "; check its path");
    }
    struct stat status{};
    const bool known = ::fstat(descriptor, &status) == 0;
    const auto size = static_cast<std::size_t>(status.st_size);
    void* memory = known && size >= block_bytes
                       ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
                       : MAP_FAILED;
    ::close(descriptor);
    if (memory == MAP_FAILED) {
        return make_error(ErrorCode::invalid_input,
                          path.string() + " is too short for a tape; name another file");
    }
    return Mapping{static_cast<const std::byte*>(memory), size};
}

template <class T>
T read_at(const std::byte* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

} // namespace

Reader::~Reader() {
    ::munmap(const_cast<std::byte*>(file_), size_);
}

Result<void> Reader::read_header(const std::filesystem::path& path) {
    const auto header = read_at<FileHeader>(file_);
    if (header.magic != header_magic) {
        return make_error(ErrorCode::invalid_input, path.string() + " is not a tape");
    }
    if (header.version > format_version) {
        return make_error(ErrorCode::unsupported_version,
                          path.string() + " is a tape of format " + std::to_string(header.version) +
                              ", this program reads up to " + std::to_string(format_version) +
                              "; use a newer one");
    }
    if (header.checksum != checksum_of(header) || header.reserved != 0) {
        return damaged(path, "its header does not hold");
    }
    first_block_ = std::size_t{header.blocks} * block_bytes;
    if (first_block_ > size_ || sizeof header + header.metadata_bytes > first_block_) {
        return damaged(path, "it ends in its header");
    }
    const std::span text{file_ + sizeof header, header.metadata_bytes};
    if (crc32c(text) != header.metadata_checksum) {
        return damaged(path, "its metadata does not hold");
    }
    TRY(metadata, parse_metadata({reinterpret_cast<const char*>(text.data()), text.size()}));
    metadata_bytes_ = text;
    info_.metadata = std::move(metadata);
    info_.bytes = size_;
    return {};
}

Result<void> Reader::read_footer(const std::filesystem::path& path) {
    const std::size_t body = size_ - first_block_;
    if (body >= sizeof(Footer)) {
        const auto footer = read_at<Footer>(file_ + size_ - sizeof(Footer));
        if (footer.magic == footer_magic && footer.checksum == checksum_of(footer) &&
            footer.blocks == (body - sizeof footer) / block_bytes) {
            blocks_ = footer.blocks;
            info_.finished = true;
            info_.records = footer.records;
            info_.first_at = Instant::from_nanoseconds(footer.first_at);
            info_.latest_at = Instant::from_nanoseconds(footer.latest_at);
            info_.kinds = footer.kinds;
            info_.hash = hex(footer.hash);
            return {};
        }
    }
    if (options_.unfinished == Unfinished::read_good_part) return count_good_part();
    return damaged(path, "the tape was not closed or its end is cut off; its good part can be read "
                         "on request");
}

// The blocks up to the first that does not hold, looking at all of them.
Result<void> Reader::count_good_part() {
    const std::uint64_t whole = (size_ - first_block_) / block_bytes;
    for (; blocks_ < whole; ++blocks_) {
        const std::span block{block_at(blocks_), block_bytes};
        if (!check_block(block, info_.records + 1, TapeCheck::all)) break;
        const BlockHeader& header = block_header(block.data());
        if (blocks_ == 0) info_.first_at = Instant::from_nanoseconds(header.first_at);
        info_.latest_at = Instant::from_nanoseconds(header.latest_at);
        info_.records += header.records;
        const std::byte* record = block.data() + sizeof header;
        for (std::uint32_t i = 0; i < header.records; ++i) {
            const auto& head = *reinterpret_cast<const MarketHead*>(record);
            ++info_.kinds[static_cast<std::size_t>(head.kind)];
            record += head.size;
        }
    }
    return {};
}

Result<bool> Reader::enter_block() {
    if (next_block_ == blocks_) return false;
    TRY(go_to_block(next_block_));
    return true;
}

Result<void> Reader::go_to_block(std::uint64_t block) {
    const std::byte* const bytes = block_at(block);
    const BlockHeader& header = block_header(bytes);
    // Seeking sets position_ to what the block says; reading on demands what comes next.
    TRY(check_block({bytes, block_bytes}, position_ + 1, options_.check));
    cursor_ = bytes + sizeof header;
    end_ = bytes + header.used;
    next_block_ = block + 1;
    return {};
}

Result<void> Reader::seek(TapePosition position) {
    if (position.value() > info_.records) {
        return make_error(ErrorCode::invalid_argument,
                          "position " + std::to_string(position.value()) +
                              " is beyond the tape's " + std::to_string(info_.records) +
                              " records; name an earlier one");
    }
    cursor_ = end_ = nullptr;
    position_ = 0;
    next_block_ = 0;
    const std::uint64_t wanted = position.value() + 1; // the record that comes next
    std::uint64_t low = 0;
    for (std::uint64_t high = blocks_; high - low > 1;) {
        const std::uint64_t middle = low + (high - low) / 2;
        (block_header(block_at(middle)).first_position <= wanted ? low : high) = middle;
    }
    if (blocks_ == 0) return {};
    position_ = block_header(block_at(low)).first_position - 1;
    next_block_ = low;
    while (position_ < position.value())
        TRY(next());
    return {};
}

Result<void> Reader::seek(Instant at) {
    std::uint64_t low = 0;
    for (std::uint64_t high = blocks_; low < high;) {
        const std::uint64_t middle = low + (high - low) / 2;
        const bool before = block_header(block_at(middle)).latest_at < at.nanoseconds();
        (before ? low : high) = before ? middle + 1 : middle;
    }
    cursor_ = end_ = nullptr;
    next_block_ = low;
    position_ = low == blocks_ ? info_.records : block_header(block_at(low)).first_position - 1;
    for (;;) {
        TRY(record, next());
        if (record == nullptr) return {};
        if (record->received_at < at) continue;
        cursor_ -= record->size;
        --position_;
        return {};
    }
}

Result<std::unique_ptr<Reader>> open_tape(const std::filesystem::path& path,
                                          const ReadOptions& options) {
    TRY(file, map_file(path));
    std::unique_ptr<Reader> reader{new Reader{file.bytes, file.size, options}};
    TRY(reader->read_header(path));
    TRY(reader->read_footer(path));
    return reader;
}

Result<Info> tape_info(const std::filesystem::path& path) {
    TRY(reader, open_tape(path, {TapeCheck::all, Unfinished::read_good_part}));
    return reader->info();
}

Result<Info> verify(const std::filesystem::path& path) {
    TRY(reader, open_tape(path));
    const Info& info = reader->info();
    ContentHasher hasher;
    hasher.add(reader->metadata_bytes());
    Info found;
    for (;;) {
        TRY(record, reader->next());
        if (record == nullptr) break;
        hasher.add({reinterpret_cast<const std::byte*>(record), record->size});
        if (found.records++ == 0) found.first_at = found.latest_at = record->received_at;
        found.latest_at = std::max(found.latest_at, record->received_at);
        ++found.kinds[static_cast<std::size_t>(record->kind)];
    }
    if (found.records != info.records || found.kinds != info.kinds ||
        found.first_at != info.first_at || found.latest_at != info.latest_at) {
        return damaged(path, "its records are not those its footer counts");
    }
    if (hex(hasher.finish()) != info.hash) return damaged(path, "its content hash does not hold");
    return info;
}

} // namespace grekko::tape
