// Reads what a script passes: arguments and fields of tables, by raw access, each checked for type
// and range. What is wrong becomes a Lua error that names the field, what is allowed and what came.
// The API functions use it; no value of a script reaches the domain without it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <lua.hpp>

#include "base/instant.hpp"

namespace grekko::script {

struct Range {
    double min, max;
};

// Raises "where: what". The parts may be of any length.
[[noreturn]] void raise(lua_State* state, std::string_view where, std::string_view what);

// The value at `index`, which is called `name` in an error.
double check_number(lua_State* state, int index, const std::string& name, Range range);
std::string_view check_text(lua_State* state, int index, const std::string& name);
bool check_flag(lua_State* state, int index, const std::string& name);
// "48h", "90s" or a number of seconds.
Duration check_duration(lua_State* state, int index, const std::string& name, Duration min,
                        Duration max);
// Position of a text in `known`, from 0.
std::size_t check_choice(lua_State* state, int index, const std::string& name,
                         std::span<const std::string_view> known);

// A table argument with a fixed set of fields.
class Fields {
public:
    // Raises where the value is no table or has a key that is not in `known`.
    Fields(lua_State* state, int index, std::string what, std::span<const std::string_view> known);

    bool has(std::string_view name) const;
    double number(std::string_view name, Range range) const; // must be there
    std::optional<double> optional_number(std::string_view name, Range range) const;
    std::string_view text(std::string_view name) const; // must be there
    std::string_view text_or(std::string_view name, std::string_view fallback) const;
    bool flag_or(std::string_view name, bool fallback) const;
    std::optional<Duration> duration(std::string_view name, Duration min, Duration max) const;
    std::optional<std::size_t> choice(std::string_view name,
                                      std::span<const std::string_view> known) const;
    // Pushes the field.
    int push(std::string_view name) const;
    std::string path(std::string_view name) const { return what_ + "." + std::string(name); }
    const std::string& what() const { return what_; }

private:
    lua_State* state_;
    int index_;
    std::string what_;
};

} // namespace grekko::script
