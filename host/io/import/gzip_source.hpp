// GzipSource: unpacks gzip, several members one after another included. It checks length
// and CRC of each (zlib does) and says where a stream is cut short. byte_source.cpp opens
// it over a file.
#pragma once

#include <array>
#include <memory>

#include "io/import/file_source.hpp"

struct z_stream_s;

namespace grekko::importing {

class GzipSource final : public ByteSource {
public:
    explicit GzipSource(std::unique_ptr<FileSource> file);
    ~GzipSource() override;
    GzipSource(const GzipSource&) = delete;
    GzipSource& operator=(const GzipSource&) = delete;

    Result<std::size_t> read(std::span<char> out) override;
    std::uint64_t consumed() const override { return file_->consumed(); }

private:
    Result<bool> refill(); // false: the file has ended

    std::unique_ptr<FileSource> file_;
    std::unique_ptr<z_stream_s> stream_;
    std::array<char, 1U << 16U> packed_;
    bool between_members_{true};
};

} // namespace grekko::importing
