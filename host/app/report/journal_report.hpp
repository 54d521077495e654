// A report made from what lies in a folder: journal, session file, tape. The same path for a
// finished backtest, a book on paper that was just stopped, and one that still runs. It writes
// nothing. `grekko run` and `grekko report` call it.
#pragma once

#include <filesystem>
#include <functional>

#include "app/session_file.hpp"
#include "ports/report.hpp"
#include "research/report/report.hpp"

namespace grekko::app {

// Told how many records of the journal were read; the total is in its head.
using ReadProgress = std::function<void(std::uint64_t records)>;

// not_found: no session file, or data or agents of it are gone; check_failed: the data are not
// those of the run; the errors of the journal.
Result<ports::Report> report_of_journal(const std::filesystem::path& journal,
                                        const SessionFile& session,
                                        const report::Companions& companions,
                                        const ReadProgress& progress);

// Whether the session is a book on paper rather than a backtest.
bool is_paper(const SessionFile& session);

// tape-1.tape, tape-2.tape, … of a book, one an epoch, in this order.
std::vector<std::filesystem::path> book_tapes(const std::filesystem::path& folder);

} // namespace grekko::app
