#include "app/progress.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace grekko::app {

Progress::Progress(std::string what, std::uint64_t total)
    : what_{std::move(what)},
      total_{total},
      terminal_{::isatty(STDERR_FILENO) != 0},
      begun_{std::chrono::steady_clock::now()},
      drawn_{begun_} {}

Progress::~Progress() {
    if (terminal_) std::fputs("\r\x1b[K", stderr);
}

std::string Progress::line(const std::string& what, std::uint64_t done, std::uint64_t total,
                           double seconds) {
    if (total == 0) return what + "  " + std::to_string(done);
    constexpr std::size_t width = 30;
    const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    const auto filled = static_cast<std::size_t>(part * width);
    std::string out = what + "  [" + std::string(filled, '#') + std::string(width - filled, '-') +
                      "]  " + std::to_string(static_cast<int>(part * 100)) + " %";
    if (part > 0.02 && part < 1) {
        out +=
            "  " + std::to_string(static_cast<int>(seconds / part * (1 - part) + 0.5)) + " s left";
    }
    return out;
}

void Progress::show(std::uint64_t done) {
    if (!terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < std::chrono::milliseconds(100)) return;
    drawn_ = now;
    const std::chrono::duration<double> since = now - begun_;
    std::fputs(("\r\x1b[K" + line(what_, done, total_, since.count())).c_str(), stderr);
    std::fflush(stderr);
}

} // namespace grekko::app
