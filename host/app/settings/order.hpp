// Keys that must ascend: a warning below its limit, a step below the next. One list, for what is
// loaded and for what is set while a book runs. Ranges of single keys stand beside them, in rows.
// settings.cpp and limits.cpp call it.
#pragma once

#include <functional>
#include <string>

#include "base/decimal.hpp"
#include "base/result.hpp"

namespace grekko::app {

// As it would be written in the configuration.
using TextOf = std::function<std::string(const char* path)>;

// invalid_config: two of the values contradict one another.
Result<void> check_order(const TextOf& text_of);

} // namespace grekko::app
