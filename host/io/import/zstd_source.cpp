#include "io/import/zstd_source.hpp"

#include <zstd.h>

#include "base/assert.hpp"

namespace grekko::importing {

void ZstdSource::Free::operator()(ZSTD_DCtx_s* context) const noexcept {
    ZSTD_freeDCtx(context);
}

ZstdSource::ZstdSource(std::unique_ptr<FileSource> file)
    : file_{std::move(file)},
      context_{ZSTD_createDCtx()},
      packed_(ZSTD_DStreamInSize()) {
    ASSERT(context_ != nullptr);
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 27);
}

Result<std::size_t> ZstdSource::read(std::span<char> out) {
    ZSTD_outBuffer target{out.data(), out.size(), 0};
    while (target.pos == 0) {
        if (packed_at_ == packed_size_) {
            TRY(count, file_->read(packed_));
            packed_size_ = count;
            packed_at_ = 0;
            if (count == 0) {
                if (!inside_frame_) return std::size_t{0};
                return make_error(ErrorCode::corrupt, "the zstd stream is cut short after " +
                                                          std::to_string(file_->consumed()) +
                                                          " packed bytes; fetch the file again");
            }
        }
        ZSTD_inBuffer source{packed_.data(), packed_size_, packed_at_};
        const std::size_t status = ZSTD_decompressStream(context_.get(), &target, &source);
        packed_at_ = source.pos;
        if (ZSTD_isError(status) != 0) {
            return make_error(ErrorCode::corrupt, "the zstd stream is damaged near packed byte " +
                                                      std::to_string(file_->consumed()) + ": " +
                                                      ZSTD_getErrorName(status) +
                                                      "; fetch the file again");
        }
        inside_frame_ = status != 0;
    }
    return target.pos;
}

} // namespace grekko::importing
