// The log of look-ahead tests, a line a run of `grekko check --look-ahead`, so that a report can
// say whether its agents as they were had passed (trading rules §9, the header). It tests nothing.
// check appends to it, whoever makes a report reads it. [any thread]
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ports/report.hpp"

namespace grekko::report {

struct LookAheadVerdict {
    std::string tape;                // as tape_key of a report's header
    std::vector<std::string> agents; // "name code_hash parameters_hash"
    bool passed{false};
    std::string summary; // "passed (50 cuts, …)"
};

// Appends a verdict. io_error where the file cannot be written.
Result<void> log_look_ahead(const std::filesystem::path& log, const LookAheadVerdict& verdict);

// What the header of a report says about `agents` on its tapes. The newest verdict about an agent
// counts, and one about the same tape before one about another; an agent with other code or other
// parameters was never tested. A missing file is an empty log; a damaged line is `corrupt`.
Result<std::string> look_ahead_line(const std::filesystem::path& log,
                                    const ports::ReportHeader& header,
                                    const std::vector<std::string>& agents);

} // namespace grekko::report
