// How often this test binary has allocated with operator new, which allocations.cpp replaces. For
// tests that promise no allocation; array and aligned forms end in the counted one or are not used.
#pragma once

#include <cstddef>

namespace grekko::tests {

std::size_t allocation_count();

} // namespace grekko::tests
