// ZipSource: unpacks one member of a zip archive (stored or deflated, zip64 too) and checks its
// length and CRC at its end. It reads the directory at the archive's end, so an archive cut short
// is refused before a row is read. byte_source.cpp lists members and opens them.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "io/import/file_source.hpp"

struct z_stream_s;

namespace grekko::importing {

struct ZipMember {
    std::string name;
    std::uint16_t method{0}; // 0 stored, 8 deflated
    std::uint16_t flags{0};
    std::uint32_t crc{0};
    std::uint64_t packed{0};
    std::uint64_t size{0};
    std::uint64_t offset{0}; // of its local header
};

// All members that are files, in the order of their names.
Result<std::vector<ZipMember>> zip_members(FileSource& file);

class ZipSource final : public ByteSource {
public:
    // invalid_input: encrypted, or packed by a method other than deflate.
    static Result<std::unique_ptr<ZipSource>> open(std::unique_ptr<FileSource> file,
                                                   const ZipMember& member);
    ~ZipSource() override;
    ZipSource(const ZipSource&) = delete;
    ZipSource& operator=(const ZipSource&) = delete;

    Result<std::size_t> read(std::span<char> out) override;
    std::uint64_t consumed() const override { return file_->consumed(); }

private:
    ZipSource(std::unique_ptr<FileSource> file, ZipMember member);
    Result<std::size_t> finish();
    Result<std::size_t> read_stored(std::span<char> out);
    Result<std::size_t> read_deflated(std::span<char> out);
    Result<void> refill();

    std::unique_ptr<FileSource> file_;
    ZipMember member_;
    std::unique_ptr<z_stream_s> stream_;
    std::array<char, 1U << 16U> packed_;
    std::uint64_t packed_left_;
    std::uint64_t produced_{0};
    std::uint32_t crc_{0};
    bool ended_{false};
};

} // namespace grekko::importing
