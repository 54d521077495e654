#include "io/import/row_errors.hpp"

namespace grekko::importing {

std::string to_string(const BadRow& row) {
    return row.file + ":" + std::to_string(row.line) + ": " + row.reason;
}

Result<void> RowErrors::bad(std::uint64_t line, std::string reason, ErrorCode code) {
    return bad_in(report_.file, line, std::move(reason), code);
}

Result<void> RowErrors::bad_in(const std::string& file, std::uint64_t line, std::string reason,
                               ErrorCode code) {
    BadRow row{file, line, std::move(reason)};
    if (bad_rows_ == BadRows::stop) {
        return make_error(code, to_string(row) +
                                    "; mend it, or ask to keep the good rows and leave it out");
    }
    ++report_.skipped;
    if (report_.bad_rows.size() < SourceReport::bad_rows_kept) {
        report_.bad_rows.push_back(std::move(row));
    }
    return {};
}

} // namespace grekko::importing
