#include "app/report/output.hpp"

#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

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

} // namespace grekko::app
