// The end of a file that a command writes: whether all of it reached the disk.
// It opens nothing and knows no format.
// The commands that write summaries, sessions and exports call it.
#pragma once

#include <filesystem>
#include <fstream>

#include "base/result.hpp"

namespace grekko::app {

// Flushes and closes. out_of_space: the disk is full; io_error: it cannot be written.
Result<void> close_file(std::ofstream& out, const std::filesystem::path& path);

// The error of a file that could not be opened or written, by errno.
Error not_written(const std::filesystem::path& path);

} // namespace grekko::app
