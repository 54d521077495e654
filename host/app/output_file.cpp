#include "app/output_file.hpp"

#include <cerrno>
#include <cstring>

namespace grekko::app {

Error not_written(const std::filesystem::path& path) {
    const int error = errno;
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return make_error(full ? ErrorCode::out_of_space : ErrorCode::io_error,
                      path.string() + " cannot be written: " + std::strerror(error) +
                          (full ? "; free space and try again" : "; check folder and permissions"));
}

Result<void> close_file(std::ofstream& out, const std::filesystem::path& path) {
    errno = 0;
    out.close();
    if (out) return {};
    if (errno == 0) errno = EIO;
    return not_written(path);
}

} // namespace grekko::app
