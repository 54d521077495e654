#include "io/script/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "io/script/snapshot.hpp"
#include "io/script/suggest.hpp"

namespace grekko::script {

namespace {

Error wrong(const Parameter& parameter, const std::string& what, const ParameterValue& got) {
    return make_error(ErrorCode::invalid_config,
                      "params." + parameter.name + ": " + what + ", got " + to_text(got));
}

Result<ParameterValue> checked_number(const Parameter& parameter, const ParameterValue& given) {
    double value = NAN;
    if (const auto* whole = std::get_if<std::int64_t>(&given)) value = static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&given)) value = *real;
    const bool whole = parameter.type == ParameterType::whole;
    if (!std::isfinite(value) || (whole && value != std::floor(value))) {
        return wrong(parameter, whole ? "must be a whole number" : "must be a number", given);
    }
    if (value < parameter.min || value > parameter.max) {
        return wrong(parameter,
                     "must be from " + to_text(parameter.min) + " to " + to_text(parameter.max),
                     given);
    }
    if (parameter.step > 0) {
        const double steps = (value - parameter.min) / parameter.step;
        if (std::abs(steps - std::round(steps)) > 1e-9 * std::max(1.0, std::abs(steps))) {
            return wrong(parameter,
                         "must be " + to_text(parameter.min) + " plus a multiple of " +
                             to_text(parameter.step),
                         given);
        }
    }
    if (whole) return ParameterValue{static_cast<std::int64_t>(value)};
    return ParameterValue{value};
}

Result<ParameterValue> checked(const Parameter& parameter, const ParameterValue& given) {
    if (parameter.type == ParameterType::flag) {
        if (std::holds_alternative<bool>(given)) return given;
        return wrong(parameter, "must be true or false", given);
    }
    if (parameter.type != ParameterType::choice) return checked_number(parameter, given);
    const auto* text = std::get_if<std::string>(&given);
    if (text != nullptr && std::ranges::find(parameter.choices, *text) != parameter.choices.end()) {
        return given;
    }
    std::string list;
    for (const std::string& choice : parameter.choices)
        list += (list.empty() ? "" : ", ") + choice;
    return wrong(parameter, "must be one of " + list, given);
}

std::string double_text(double value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

} // namespace

std::string to_text(const ParameterValue& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value)) return double_text(*real);
    return std::get<std::string>(value);
}

Result<void> set_values(std::vector<Parameter>& parameters, const ParameterValues& overrides) {
    for (Parameter& parameter : parameters) {
        TRY(fallback, checked(parameter, parameter.fallback));
        parameter.fallback = fallback;
        parameter.value = fallback;
    }
    for (const auto& [name, given] : overrides) {
        const auto found = std::ranges::find(parameters, name, &Parameter::name);
        if (found == parameters.end()) {
            std::vector<std::string_view> known;
            for (const Parameter& parameter : parameters)
                known.push_back(parameter.name);
            return make_error(ErrorCode::invalid_config, "params." + name +
                                                             ": the agent has no such parameter" +
                                                             suggestion(name, known));
        }
        TRY(value, checked(*found, given));
        found->value = value;
    }
    return {};
}

std::string parameters_hash(const std::vector<Parameter>& parameters) {
    std::vector<std::string> lines;
    for (const Parameter& p : parameters)
        lines.push_back(p.name + "=" + to_text(p.value) + "\n");
    std::ranges::sort(lines);
    std::string all;
    for (const std::string& line : lines)
        all += line;
    return sha256(all);
}

} // namespace grekko::script
