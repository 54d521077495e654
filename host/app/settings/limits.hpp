// Risk limits as an operator writes and reads them: by the keys of the configuration, in its units
// and within its ranges. What may be set while a book runs is core/risk's to say.
// PaperRun reads what is asked by it, status_limits.cpp shows by it.
#pragma once

#include <string>
#include <string_view>

#include "core/risk/limits.hpp"
#include "io/config/schema.hpp"

namespace grekko::app {

// The key of a limit: "risk.heat_max" for "heat_max".
const config::Key& key_of(const risk::Limit& limit);

// "4 %" of "heat_max" (or "risk.heat_max") is 0.04. invalid_argument: no limit that may be set
// while a book runs; invalid_config, in the words of the configuration: outside of the key's range,
// or in contradiction to another limit as it is.
struct LimitValue {
    const risk::Limit* limit;
    Rate value; // durations in seconds
};
Result<LimitValue> read_limit(std::string_view name, const std::string& text,
                              const risk::Settings& in_force);

// As the configuration writes it: "0.04", "500ms".
std::string limit_text(const risk::Limit& limit, Decimal value);

} // namespace grekko::app
