#include "app/report/output.hpp"

#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "app/report/journal_report.hpp"
#include "io/report/trials.hpp"

namespace grekko::app {

std::size_t terminal_width() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return report::terminal_width_max;
    return size.ws_col;
}

void print_report(const ports::Report& report) {
    std::cout << report::terminal(report, terminal_width()) << std::flush;
}

Result<void> keep_trial(const config::Config& config, const ports::Report& report) {
    const std::filesystem::path log = trials_log(config);
    std::error_code failed;
    if (log.has_parent_path()) std::filesystem::create_directories(log.parent_path(), failed);
    if (failed) {
        return make_error(ErrorCode::io_error, log.parent_path().string() + " cannot be made: " +
                                                   failed.message() + "; name another book.folder");
    }
    return report::log_trial(log, report);
}

} // namespace grekko::app
