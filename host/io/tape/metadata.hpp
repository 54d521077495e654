// What a tape says about itself: where it comes from and what the ids in its records mean, as JSON
// in its header. Counts, span and hash are not here: they are known at the end, in the footer.
// The writer stores it, whoever opens a tape reads it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/instrument.hpp"

namespace grekko::tape {

struct Metadata {
    std::string source;  // in words
    std::string created; // RFC 3339
    bool synthetic{false};
    Universe universe;
};

// The same metadata gives the same bytes.
std::string to_json(const Metadata& metadata);
// invalid_input: not such a JSON, ids that are not dense from 1, an amount that is none.
Result<Metadata> parse_metadata(std::string_view json);

} // namespace grekko::tape
