#include "io/import/gzip_source.hpp"

#include <algorithm>

#include <zlib.h>

#include "base/assert.hpp"

namespace grekko::importing {
namespace {

constexpr int gzip_format = 16 + MAX_WBITS;

} // namespace

GzipSource::GzipSource(std::unique_ptr<FileSource> file)
    : file_{std::move(file)},
      stream_{std::make_unique<z_stream_s>()} {
    const int status = inflateInit2(stream_.get(), gzip_format);
    ASSERT(status == Z_OK);
}

GzipSource::~GzipSource() {
    inflateEnd(stream_.get());
}

Result<bool> GzipSource::refill() {
    if (stream_->avail_in != 0) return true;
    TRY(count, file_->read(packed_));
    stream_->next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_->avail_in = static_cast<uInt>(count);
    return count != 0;
}

Result<std::size_t> GzipSource::read(std::span<char> out) {
    stream_->next_out = reinterpret_cast<Bytef*>(out.data());
    stream_->avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30U));
    const uInt wanted = stream_->avail_out;
    while (stream_->avail_out == wanted) {
        TRY(more, refill());
        if (!more) {
            if (between_members_) return std::size_t{0};
            return make_error(ErrorCode::corrupt, "the gzip stream is cut short after " +
                                                      std::to_string(file_->consumed()) +
                                                      " packed bytes; fetch the file again");
        }
        between_members_ = false;
        const int status = inflate(stream_.get(), Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            between_members_ = true;
            inflateReset(stream_.get());
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            const std::string why = stream_->msg != nullptr ? stream_->msg : "bad data";
            return make_error(ErrorCode::corrupt, "the gzip stream is damaged near packed byte " +
                                                      std::to_string(file_->consumed()) + ": " +
                                                      why + "; fetch the file again");
        }
    }
    return static_cast<std::size_t>(wanted - stream_->avail_out);
}

} // namespace grekko::importing
