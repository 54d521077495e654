// A bench is a program with named cases. `bench_x CASE` does one of them once, in a process of its
// own, and prints what a unit of it costs: nanoseconds of CPU unless the case says otherwise.
// `bench_x list` names them. It judges nothing: run.py interleaves the processes, takes medians
// and compares each case with its anchor.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string_view>

namespace grekko::bench {

struct Case {
    std::string_view name;
    double (*run)();
};

inline double cpu_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// CPU time of `work()`, a unit.
template <class Work>
double cost(std::uint64_t units, Work&& work) {
    const double begin = cpu_nanoseconds();
    work();
    return (cpu_nanoseconds() - begin) / static_cast<double>(units);
}

// The compiler must take the value for used, and for changed.
template <class T>
void keep(T& value) {
    __asm__ volatile("" : "+m"(value) : : "memory");
}

// A case that does not do what it says must not be counted.
inline void require(bool done, const char* what) {
    if (done) return;
    std::fprintf(stderr, "bench: %s\n", what);
    std::exit(1);
}

inline int run_cases(int count, char** arguments, std::span<const Case> cases) {
    const std::string_view wanted = count == 2 ? arguments[1] : "list";
    for (const Case& one : cases) {
        if (wanted == "list") std::printf("%s\n", one.name.data());
        if (wanted != one.name) continue;
        std::printf("%.4f\n", one.run());
        return 0;
    }
    return wanted == "list" ? 0 : 2;
}

} // namespace grekko::bench
