// Exact arithmetic for SQL on amounts, which are texts: decimal_add(a, b), decimal_subtract(a, b)
// and the aggregate decimal_sum(a). SQL's own sum would go through binary fractions.
// The views use them, and whoever queries through this program may.
#pragma once

#include "base/result.hpp"
#include "io/sqlite/connection.hpp"

namespace grekko::sqlite {

// NULL counts as 0; a text that is no amount, or a sum out of range, is an error of the statement.
Result<void> add_decimal_functions(Connection& connection);

} // namespace grekko::sqlite
