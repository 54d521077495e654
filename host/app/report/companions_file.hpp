// reruns.json: what the re-runs of a backtest came to, kept beside its journal, so that a report
// made again from the journal has them without running anything. It is no report of its own.
// `grekko backtest` and `grekko report` write and read it.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "research/report/report.hpp"

namespace grekko::app {

// io_error: names the file.
Result<void> write_companions(const std::filesystem::path& folder,
                              const report::Companions& companions);

// None where the file is missing. invalid_input: it is no such file, with what to do.
Result<report::Companions> read_companions(const std::filesystem::path& folder);

} // namespace grekko::app
