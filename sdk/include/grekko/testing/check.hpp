// Checks for plugin tests that shall need no test library: cases by name, each with its own line,
// and an exit status for CTest. Not a framework: with GoogleTest or Catch leave it out, FakeHost
// throws what goes wrong. The templates use it.
#pragma once

#include <cstdio>
#include <exception>
#include <source_location>
#include <stdexcept>
#include <string>

namespace grekko::sdk::testing {

inline void check(bool good, std::source_location at = std::source_location::current()) {
    if (!good)
        throw std::runtime_error{std::string{at.file_name()} + ":" + std::to_string(at.line()) +
                                 ": the check does not hold"};
}

class Cases {
public:
    template <class Case>
    void run(const char* name, Case&& body) {
        try {
            body();
            std::printf("passed  %s\n", name);
        } catch (const std::exception& exception) {
            failed_ = true;
            std::printf("FAILED  %s\n        %s\n", name, exception.what());
        }
    }
    int status() const { return failed_ ? 1 : 0; } // of main

private:
    bool failed_{false};
};

} // namespace grekko::sdk::testing
