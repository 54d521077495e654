// ZstdSource: unpacks zstd, several frames one after another included, with at most 128 MB
// of window, so that no file can ask for more memory. byte_source.cpp opens it over a
// file.
#pragma once

#include <memory>
#include <vector>

#include "io/import/file_source.hpp"

struct ZSTD_DCtx_s;

namespace grekko::importing {

class ZstdSource final : public ByteSource {
public:
    explicit ZstdSource(std::unique_ptr<FileSource> file);
    Result<std::size_t> read(std::span<char> out) override;
    std::uint64_t consumed() const override { return file_->consumed(); }

private:
    struct Free {
        void operator()(ZSTD_DCtx_s* context) const noexcept;
    };
    std::unique_ptr<FileSource> file_;
    std::unique_ptr<ZSTD_DCtx_s, Free> context_;
    std::vector<char> packed_;
    std::size_t packed_size_{0};
    std::size_t packed_at_{0};
    bool inside_frame_{false};
};

} // namespace grekko::importing
