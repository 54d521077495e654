// Where a command finds its journal: a file or folder that was named, else that of the configured
// book; and that journal as a port that only reads. It never opens one to write: wire.hpp does.
// The commands that read journals call it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/command_line.hpp"
#include "base/result.hpp"
#include "ports/journal.hpp"

namespace grekko::app {

// not_found: there is none, with what to do.
Result<std::filesystem::path> journal_path(const std::string& named, const Globals& globals);

// The port over a journal that may belong to a running process: reads alone, refuses to write.
Result<std::unique_ptr<ports::Journal>> open_to_read(const std::filesystem::path& path);

} // namespace grekko::app
