#include "io/import/zip_source.hpp"

#include <algorithm>
#include <cstring>

#include <zlib.h>

#include "base/assert.hpp"

namespace grekko::importing {
namespace {

constexpr std::uint32_t local_magic = 0x04034B50;
constexpr std::size_t local_bytes = 30;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t encrypted_flag = 1;

Error damaged(const std::string& what) {
    return make_error(ErrorCode::corrupt, "the zip member " + what + "; fetch the file again");
}

} // namespace

ZipSource::ZipSource(std::unique_ptr<FileSource> file, ZipMember member)
    : file_{std::move(file)},
      member_{std::move(member)},
      stream_{std::make_unique<z_stream_s>()},
      packed_left_{member_.packed} {
    const int status = inflateInit2(stream_.get(), -MAX_WBITS);
    ASSERT(status == Z_OK);
}

ZipSource::~ZipSource() {
    inflateEnd(stream_.get());
}

Result<std::unique_ptr<ZipSource>> ZipSource::open(std::unique_ptr<FileSource> file,
                                                   const ZipMember& member) {
    if ((member.flags & encrypted_flag) != 0) {
        return make_error(ErrorCode::invalid_input,
                          member.name + " in the archive is encrypted; unpack it first");
    }
    if (member.method != stored && member.method != deflated) {
        return make_error(ErrorCode::invalid_input,
                          member.name + " in the archive is packed by method " +
                              std::to_string(member.method) + "; unpack it first");
    }
    char header[local_bytes];
    TRY(file->seek(member.offset));
    TRY(count, file->read(header));
    std::uint32_t magic = 0;
    std::memcpy(&magic, header, sizeof magic);
    if (count != local_bytes || magic != local_magic) return damaged("has no header");
    std::uint16_t name = 0;
    std::uint16_t extra = 0;
    std::memcpy(&name, header + 26, sizeof name);
    std::memcpy(&extra, header + 28, sizeof extra);
    TRY(file->seek(member.offset + local_bytes + name + extra));
    return std::unique_ptr<ZipSource>{new ZipSource{std::move(file), member}};
}

Result<std::size_t> ZipSource::finish() {
    if (produced_ != member_.size) return damaged("has not the length its directory says");
    if (crc_ != member_.crc) return damaged("has a wrong checksum");
    return std::size_t{0};
}

Result<void> ZipSource::refill() {
    if (stream_->avail_in != 0) return {};
    const auto wanted = std::min<std::uint64_t>(packed_left_, packed_.size());
    TRY(count, file_->read(std::span{packed_}.first(wanted)));
    if (count == 0) return damaged("is cut short");
    packed_left_ -= count;
    stream_->next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_->avail_in = static_cast<uInt>(count);
    return {};
}

Result<std::size_t> ZipSource::read_stored(std::span<char> out) {
    if (packed_left_ == 0) return std::size_t{0};
    TRY(count, file_->read(out.first(std::min<std::uint64_t>(out.size(), packed_left_))));
    if (count == 0) return damaged("is cut short");
    packed_left_ -= count;
    return count;
}

Result<std::size_t> ZipSource::read_deflated(std::span<char> out) {
    stream_->next_out = reinterpret_cast<Bytef*>(out.data());
    stream_->avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30U));
    const uInt wanted = stream_->avail_out;
    while (!ended_ && stream_->avail_out == wanted) {
        TRY(refill());
        const int status = inflate(stream_.get(), Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            ended_ = true;
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            return damaged(std::string{"is damaged: "} +
                           (stream_->msg != nullptr ? stream_->msg : "bad data"));
        }
    }
    return static_cast<std::size_t>(wanted - stream_->avail_out);
}

Result<std::size_t> ZipSource::read(std::span<char> out) {
    TRY(count, member_.method == stored ? read_stored(out) : read_deflated(out));
    if (count == 0) return finish();
    const auto size = static_cast<uInt>(count);
    crc_ =
        static_cast<std::uint32_t>(crc32(crc_, reinterpret_cast<const Bytef*>(out.data()), size));
    produced_ += count;
    return count;
}

} // namespace grekko::importing
