#include "app/report/book_logs.hpp"

#include "io/report/trials.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

Result<void> make_folder_of(const fs::path& log) {
    std::error_code failed;
    if (log.has_parent_path()) fs::create_directories(log.parent_path(), failed);
    if (!failed) return {};
    return make_error(ErrorCode::io_error, log.parent_path().string() + " cannot be made: " +
                                               failed.message() + "; name another book.folder");
}

} // namespace

fs::path trials_log(const config::Config& config) {
    return fs::path{config.text("book.folder")} / "trials.jsonl";
}

fs::path look_ahead_log(const config::Config& config) {
    return fs::path{config.text("book.folder")} / "look-ahead.jsonl";
}

Result<void> recall(const config::Config& config, const std::vector<std::string>& agents,
                    ports::ReportHeader& header) {
    TRY(line, report::look_ahead_line(look_ahead_log(config), header, agents));
    header.look_ahead = line;
    if (header.kind != ports::RunKind::backtest) return {};
    return report::count_trials(trials_log(config), header);
}

Result<void> keep_trial(const config::Config& config, const ports::Report& report) {
    const fs::path log = trials_log(config);
    TRY(make_folder_of(log));
    return report::log_trial(log, report);
}

Result<void> keep_look_ahead(const config::Config& config,
                             const report::LookAheadVerdict& verdict) {
    const fs::path log = look_ahead_log(config);
    TRY(make_folder_of(log));
    return report::log_look_ahead(log, verdict);
}

} // namespace grekko::app
