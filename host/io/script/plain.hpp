// Plain values of a script as bytes and back: nil, booleans, numbers, texts, and tables of them,
// with keys in the order of pairs so that equal values give equal bytes. Functions, handles and
// metatables are not plain. save.cpp uses it; the bytes may come from a damaged file.
#pragma once

#include <string>
#include <string_view>

#include <lua.hpp>

namespace grekko::script {

inline constexpr std::size_t plain_bytes_max = 1U << 20U;
inline constexpr int plain_depth_max = 32;

// Raises with the path of what cannot be saved: "state.levels[3]: a function cannot be saved".
std::string encode_plain(lua_State* state, int index, const std::string& path);

// Pushes the value; raises where the bytes do not hold exactly one.
void decode_plain(lua_State* state, std::string_view bytes);

} // namespace grekko::script
