// Value: one configured value, checked against its key and kept in a canonical text, so that equal
// settings have equal text however they were written. It does not know where it stood: config.hpp
// does. The loader makes them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "io/config/schema.hpp"

namespace grekko::config {

using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

// As it was written. `untyped` comes from the environment or a flag and may become any type.
struct Raw {
    enum class Kind : std::uint8_t { text = 1, whole, real, flag, list, date, untyped, other };
    Kind kind{Kind::untyped};
    std::string text;
    std::vector<std::string> items; // of a list
};

struct Value {
    std::string text;               // canonical; items of a list joined by ", "
    std::vector<std::string> items; // of a list
    ParameterValue parameter;       // of a parameter
};

// invalid_config: the message names the path, the value, what is legal; it never repeats a value
// that looks like a secret.
Result<Value> check(const Key& key, std::string_view path, const Raw& raw);

// "0 … 1, of N", or empty: the legal range in words.
std::string range_text(const Key& key);

// Whether a name is one that people give to secrets: key, token, password.
bool sounds_secret(std::string_view name);

} // namespace grekko::config
