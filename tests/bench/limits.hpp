// Stamps and samples of the limits bench: CPU time of the host's thread and time of the wall
// between two points of a run, and the figures of the table that are made of them.
// It judges nothing: limits.py does.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/measure.hpp"

namespace grekko::bench {

struct Stamp {
    double cpu{0}, wall{0}; // nanoseconds
    static Stamp now() {
        const auto since = std::chrono::steady_clock::now().time_since_epoch();
        return {cpu_nanoseconds(), std::chrono::duration<double, std::nano>(since).count()};
    }
};

class Samples {
public:
    void add(const Stamp& from, const Stamp& to) {
        cpu_.push_back(to.cpu - from.cpu);
        wall_.push_back(to.wall - from.wall);
    }
    void add(const Stamp& from) { add(from, Stamp::now()); }
    std::size_t size() const { return cpu_.size(); }
    double mean_cpu() const {
        double sum = 0;
        for (const double one : cpu_)
            sum += one;
        return cpu_.empty() ? 0 : sum / static_cast<double>(cpu_.size());
    }
    // One line of JSON: milliseconds.
    void print(const char* name, double limit_ms) const {
        std::printf(R"({"name":"%s","limit_ms":%g,"samples":%zu,"cpu":%s,"wall":%s})"
                    "\n",
                    name, limit_ms, cpu_.size(), figures(cpu_).c_str(), figures(wall_).c_str());
    }

private:
    static std::string figures(std::vector<double> all) {
        std::ranges::sort(all);
        const auto at = [&](double share) {
            const double last = static_cast<double>(all.size() - 1);
            return all.empty() ? 0 : all[static_cast<std::size_t>(last * share)] / 1e6;
        };
        char text[128];
        std::snprintf(text, sizeof text, R"({"p50":%.6f,"p99":%.6f,"max":%.6f})", at(0.5), at(0.99),
                      at(1));
        return text;
    }
    std::vector<double> cpu_, wall_;
};

inline void print_rate(const char* name, double per_second, double least, std::size_t samples,
                       double share) {
    std::printf(R"({"name":"%s","least":%g,"samples":%zu,"per_second":%.0f,"share":%.5f})"
                "\n",
                name, least, samples, per_second, share);
}

} // namespace grekko::bench
