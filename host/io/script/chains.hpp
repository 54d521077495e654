// How many indexes follow one another in an expression of a source, as in a.b["c"][i].d: four. Lua
// 5.4.4 names the operand of an error by a function that calls itself once for each, so a long
// chain that fails takes the stack of the process. read_source refuses it before it is compiled.
#pragma once

#include <cstddef>
#include <string_view>

namespace grekko::script {

inline constexpr std::size_t chain_max = 200;

// Never less than the longest chain that Lua would see; more only for odd layouts.
std::size_t longest_chain(std::string_view source);

} // namespace grekko::script
