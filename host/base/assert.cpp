#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace grekko {

void assertion_failed(const char* condition, const char* file, int line,
                      const char* function) noexcept {
    std::fprintf(stderr, "assertion failed: %s\n  at %s:%d in %s\n", condition, file, line,
                 function);
    std::fflush(stderr);
    std::abort();
}

}  // namespace grekko
