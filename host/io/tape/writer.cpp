#include "io/tape/writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "base/assert.hpp"
#include "base/crc32c.hpp"

namespace grekko::tape {
namespace {

// Segments grow with the tape: small tapes stay small, long ones are mapped 64 MiB at a time.
constexpr std::size_t segment_blocks_first = 16;
constexpr std::size_t segment_blocks_max = 1024;

Result<void> write_all(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset,
                       const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const auto size =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (size <= 0) {
            const auto code = errno == ENOSPC ? ErrorCode::out_of_space : ErrorCode::io_error;
            return make_error(code, "cannot write " + path.string() + ": " + std::strerror(errno) +
                                        "; free space on its disk");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(size));
        offset += static_cast<std::uint64_t>(size);
    }
    return {};
}

} // namespace

// EFBIG: the process may write no larger file, which is a full disk to it.
Error Writer::failed(const char* doing, int error) const {
    const bool full = error == ENOSPC || error == EFBIG || error == EDQUOT;
    return make_error(full ? ErrorCode::out_of_space : ErrorCode::io_error,
                      std::string{doing} + " " + path_.string() + ": " + std::strerror(error) +
                          (full ? "; free space on its disk" : "; check its disk"));
}

Writer::Writer(std::filesystem::path path, int descriptor)
    : path_{std::move(path)},
      descriptor_{descriptor} {}

Result<std::unique_ptr<Writer>> Writer::create(const std::filesystem::path& path,
                                               const Metadata& metadata) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        const int error = errno;
        if (error == EEXIST) {
            return make_error(ErrorCode::already_exists,
                              path.string() + " is there already; name another file");
        }
        return make_error(ErrorCode::io_error, "cannot make " + path.string() + ": " +
                                                   std::strerror(error) + "; check the folder");
    }
    std::unique_ptr<Writer> writer{new Writer{path, descriptor}};
    TRY(writer->write_header(metadata));
    return writer;
}

Result<void> Writer::write_header(const Metadata& metadata) {
    const std::string json = to_json(metadata);
    if (json.size() > metadata_bytes_max) {
        return make_error(ErrorCode::limit_exceeded,
                          "the metadata of " + path_.string() + " is too large; fewer instruments");
    }
    const auto text = std::as_bytes(std::span{json.data(), json.size()});
    FileHeader header;
    header.metadata_bytes = static_cast<std::uint32_t>(json.size());
    header.metadata_checksum = crc32c(text);
    header.blocks =
        static_cast<std::uint32_t>((sizeof header + json.size() + block_bytes - 1) / block_bytes);
    header.checksum = checksum_of(header);
    std::vector<std::byte> bytes(header.blocks * block_bytes);
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + sizeof header, text.data(), text.size());
    TRY(write_all(descriptor_, bytes, 0, path_));
    offset_ = bytes.size();
    hasher_.add(text);
    return {};
}

Result<void> Writer::map_segment() {
    const std::size_t blocks =
        std::clamp(segment_blocks_ * 2, segment_blocks_first, segment_blocks_max);
    const std::size_t bytes = blocks * block_bytes;
    // Allocated before it is mapped: on a full disk a store into a hole would be a signal. With it
    // the place of the footer, so that a tape that cannot grow can still be closed.
    const int error = ::posix_fallocate(descriptor_, static_cast<off_t>(offset_),
                                        static_cast<off_t>(bytes + sizeof footer_));
    if (error != 0) return failed("cannot extend", error);
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_,
                          static_cast<off_t>(offset_));
    if (memory == MAP_FAILED) return failed("cannot map", errno);
    unmap_segment();
    segment_ = static_cast<std::byte*>(memory);
    segment_blocks_ = blocks;
    segment_used_ = 0;
    offset_ += bytes;
    return {};
}

void Writer::unmap_segment() {
    if (segment_ != nullptr) ::munmap(segment_, segment_blocks_ * block_bytes);
    segment_ = nullptr;
}

Result<void> Writer::open_block() {
    if (segment_ == nullptr || segment_used_ == segment_blocks_) TRY(map_segment());
    block_ = segment_ + segment_used_ * block_bytes;
    ++segment_used_;
    used_ = sizeof(BlockHeader);
    block_records_ = 0;
    return {};
}

void Writer::close_block() {
    if (block_ == nullptr) return;
    BlockHeader header;
    header.used = used_;
    header.first_position = footer_.records - block_records_ + 1;
    header.first_at =
        reinterpret_cast<const MarketHead*>(block_ + sizeof header)->received_at.nanoseconds();
    header.latest_at = footer_.latest_at;
    header.records = block_records_;
    std::memcpy(block_, &header, sizeof header);
    const std::uint32_t checksum = block_checksum({block_, block_bytes});
    std::memcpy(block_, &checksum, sizeof checksum);
    hasher_.add({block_ + sizeof header, used_ - sizeof header});
    ++footer_.blocks;
    block_ = nullptr;
}

Result<TapePosition> Writer::append(const MarketHead& record) {
    ASSERT(!closed_);
    ASSERT(record.size >= sizeof(MarketHead) && record.size <= market_record_bytes_max);
    ASSERT(record.size % 8 == 0);
    ASSERT(static_cast<std::size_t>(record.kind) < footer_.kinds.size());
    if (block_ != nullptr && used_ + record.size > block_bytes) close_block();
    if (block_ == nullptr) TRY(open_block());
    std::memcpy(block_ + used_, &record, record.size);
    used_ += record.size;
    ++block_records_;
    const std::int64_t at = record.received_at.nanoseconds();
    if (footer_.records == 0) footer_.first_at = footer_.latest_at = at;
    footer_.latest_at = std::max(footer_.latest_at, at);
    ++footer_.kinds[static_cast<std::size_t>(record.kind)];
    return TapePosition{++footer_.records};
}

Result<void> Writer::close() {
    if (closed_) return {};
    closed_ = true;
    close_block();
    const std::uint64_t unused = (segment_blocks_ - segment_used_) * block_bytes;
    unmap_segment();
    footer_.hash = hasher_.finish();
    footer_.checksum = checksum_of(footer_);
    const std::uint64_t end = offset_ - unused;
    TRY(write_all(descriptor_, std::as_bytes(std::span{&footer_, 1}), end, path_));
    if (::ftruncate(descriptor_, static_cast<off_t>(end + sizeof footer_)) != 0) {
        return failed("cannot end", errno);
    }
    return {};
}

Writer::~Writer() {
    static_cast<void>(close());
    ::close(descriptor_);
}

} // namespace grekko::tape
