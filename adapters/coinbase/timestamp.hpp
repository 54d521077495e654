// Reads the one form of time that Coinbase sends: RFC 3339 in UTC with 0 to 9 digits of
// fraction, "2026-08-09T21:05:48.228568804Z". It reads no offset and no other calendar.
// The codec calls it.
#pragma once

#include <grekko/types.h>

#include <optional>
#include <string_view>

namespace grekko::coinbase {

// None: not such a time, or before 1970 or after 2200.
std::optional<grekko_time> parse_timestamp(std::string_view text);

} // namespace grekko::coinbase
