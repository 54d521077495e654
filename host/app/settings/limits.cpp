#include "app/settings/limits.hpp"

#include <vector>

#include "app/settings/order.hpp"
#include "app/settings/settings.hpp"
#include "base/assert.hpp"
#include "io/config/suggest.hpp"
#include "io/config/value.hpp"

namespace grekko::app {
namespace {

constexpr std::string_view section = "risk.";
constexpr int nanosecond = 9; // decimals of a second

std::string_view without_section(std::string_view name) {
    return name.starts_with(section) ? name.substr(section.size()) : name;
}

Error no_such(std::string_view name) {
    std::vector<std::string> known;
    for (const risk::Limit& each : risk::limits())
        known.emplace_back(each.name);
    const bool configured = schema().find(name) != nullptr ||
                            schema().find(std::string{section} + std::string{name}) != nullptr;
    const std::string given = "\"" + std::string{name} + "\"";
    return make_error(ErrorCode::invalid_argument,
                      (configured ? given + " is changed by the configuration and a start alone"
                                  : "there is no limit " + given) +
                          "; `grekko limit list` shows those that may be set" +
                          config::did_you_mean(std::string{without_section(name)}, known));
}

// The canonical text of a value → the number that a command carries.
Result<Decimal> number_of(const config::Key& key, const std::string& text) {
    if (key.type != config::Type::duration) return Decimal::parse(text);
    TRY(duration, parse_duration(text));
    return Decimal::from_units(duration.count(), -nanosecond);
}

} // namespace

const config::Key& key_of(const risk::Limit& limit) {
    const config::Key* key = schema().find(std::string{section} + std::string{limit.name});
    ASSERT(key != nullptr);
    return *key;
}

Result<LimitValue> read_limit(std::string_view name, const std::string& text,
                              const risk::Settings& in_force) {
    const risk::Limit* limit = risk::find_limit(without_section(name));
    if (limit == nullptr) return no_such(name);
    const config::Key& key = key_of(*limit);
    const config::Raw raw{config::Raw::Kind::untyped, text, {}};
    TRY(value, config::check(key, key.path, raw));
    TRY(number, number_of(key, value.text));
    risk::Settings tried = in_force;
    if (!risk::set_value(tried, *limit, number)) {
        return make_error(ErrorCode::invalid_config, key.path + " = " + text + ": is no value");
    }
    // Other keys than limits are as they were loaded, and those ascend.
    const auto text_of = [&](const char* path) -> std::string {
        const std::string_view at{path};
        const risk::Limit* other =
            at.starts_with(section) ? risk::find_limit(at.substr(section.size())) : nullptr;
        return other == nullptr ? "0" : risk::value_of(tried, *other).to_string();
    };
    TRY(check_order(text_of));
    return LimitValue{limit, Rate{number}};
}

std::string limit_text(const risk::Limit& limit, Decimal value) {
    risk::Settings settings;
    const auto* duration = std::get_if<Duration risk::Settings::*>(&limit.member);
    if (duration == nullptr || !risk::set_value(settings, limit, value)) return value.to_string();
    return to_string(settings.*(*duration));
}

} // namespace grekko::app
