// FileSource: the bytes of a file as they are on disk, read with one buffer of the caller
// and seekable for archives. It unpacks nothing: the sources over it do. byte_source.cpp
// opens it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "io/import/byte_source.hpp"

namespace grekko::importing {

class FileSource final : public ByteSource {
public:
    // not_found, invalid_input (a folder), io_error.
    static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);

    Result<std::size_t> read(std::span<char> out) override;
    std::uint64_t consumed() const override { return consumed_; }
    // The next byte read is the one at `offset` from the start.
    Result<void> seek(std::uint64_t offset);
    std::uint64_t size() const { return size_; }
    const std::filesystem::path& path() const { return path_; }

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    FileSource(std::filesystem::path path, std::FILE* file, std::uint64_t size)
        : path_{std::move(path)},
          file_{file},
          size_{size} {}

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t size_;
    std::uint64_t consumed_{0};
};

} // namespace grekko::importing
