// A progress bar on standard error, on a terminal alone: long work shows how far it is and how long
// it will take. Silent elsewhere, so that logs and pipes stay clean; it is no log.
// The commands make one.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace grekko::app {

class Progress {
public:
    // `total` 0: unknown, only counts.
    Progress(std::string what, std::uint64_t total);
    ~Progress(); // clears the line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // Redraws at most ten times a second.
    void show(std::uint64_t done);

    // "backtest  [######----]  60 %  12 s left"
    static std::string line(const std::string& what, std::uint64_t done, std::uint64_t total,
                            double seconds);

private:
    std::string what_;
    std::uint64_t total_;
    bool terminal_;
    std::chrono::steady_clock::time_point begun_, drawn_;
};

} // namespace grekko::app
