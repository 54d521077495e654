// RowErrors: the one place that decides what a bad row does: stop with file, line and
// reason, or leave it out and count it. It does not find errors. csv_source and
// capture_source ask it.
#pragma once

#include "io/import/record_source.hpp"

namespace grekko::importing {

class RowErrors {
public:
    RowErrors(std::string file, BadRows bad_rows) : bad_rows_{bad_rows} {
        report_.file = std::move(file);
    }
    // Error (of the code given) under BadRows::stop, else the row is counted and kept.
    Result<void> bad(std::uint64_t line, std::string reason,
                     ErrorCode code = ErrorCode::invalid_input);
    // The same where a source reads several files.
    Result<void> bad_in(const std::string& file, std::uint64_t line, std::string reason,
                        ErrorCode code = ErrorCode::invalid_input);
    SourceReport& report() { return report_; }
    const SourceReport& report() const { return report_; }

private:
    BadRows bad_rows_;
    SourceReport report_;
};

} // namespace grekko::importing
