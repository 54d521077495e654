#include "io/import/file_source.hpp"

#include <cerrno>
#include <cstring>

#include <sys/types.h>

namespace grekko::importing {
namespace {

Error failed(const std::filesystem::path& path, const char* doing, int error) {
    const auto code = error == ENOENT ? ErrorCode::not_found : ErrorCode::io_error;
    return make_error(code, path.string() + ": cannot " + doing + ": " + std::strerror(error) +
                                "; check the path and its permissions");
}

} // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return make_error(ErrorCode::invalid_input,
                          path.string() + " is a folder; name the files in it");
    }
    std::FILE* const file = std::fopen(path.c_str(), "rbe");
    if (file == nullptr) return failed(path, "open it", errno);
    const auto size = std::filesystem::file_size(path, error);
    return std::unique_ptr<FileSource>{new FileSource{path, file, error ? 0 : size}};
}

Result<std::size_t> FileSource::read(std::span<char> out) {
    const std::size_t count = std::fread(out.data(), 1, out.size(), file_.get());
    if (count < out.size() && std::ferror(file_.get()) != 0) return failed(path_, "read it", errno);
    consumed_ += count;
    return count;
}

Result<void> FileSource::seek(std::uint64_t offset) {
    if (::fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) != 0) {
        return failed(path_, "seek in it", errno);
    }
    return {};
}

} // namespace grekko::importing
