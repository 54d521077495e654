// The parameters that a script declares and the values that it runs with: typed, bounded, on a grid
// of steps, with a check across them. The loader reads and checks them; the optimiser reads the
// table to know what it may vary. Values never change while an agent lives.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/script/settings.hpp"

namespace grekko::script {

enum class ParameterType : std::uint8_t { whole = 1, real, logarithmic, choice, flag };

struct Parameter {
    std::string name;
    ParameterType type{ParameterType::real};
    double min{0}, max{0}, step{0};   // of numbers; step 0: any value between
    std::vector<std::string> choices; // of a choice
    bool fixed{false};                // searches leave it alone
    ParameterValue fallback;
    ParameterValue value; // what the agent runs with
};

// Sets the values: defaults, then the overrides. The error names the parameter, what is allowed
// and, for an unknown name, the nearest known one.
Result<void> set_values(std::vector<Parameter>& parameters, const ParameterValues& overrides);

// "48", "3.5", "true", "1h": the shortest text of a value.
std::string to_text(const ParameterValue& value);
// SHA-256 over "name=value\n" in order of name.
std::string parameters_hash(const std::vector<Parameter>& parameters);

} // namespace grekko::script
