// How often this test binary has allocated with operator new, which allocations.cpp replaces.
// It counts neither malloc nor aligned forms. Tests call it that promise that nothing allocates:
// they compare the count before and after.
#pragma once

#include <cstddef>

namespace grekko::tests {

std::size_t allocation_count();

} // namespace grekko::tests
