// "Did you mean …?": the known word nearest to a mistyped one. For error messages alone; it knows
// no grammar and corrects nothing by itself.
// The configuration and the command line ask it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace grekko::config {

// Letters to insert, drop, change or swap with a neighbour to get from one to the other.
std::size_t distance(std::string_view a, std::string_view b);

// The nearest of `known`, the first of equals; empty where none is near (a third of the letters,
// at least two).
std::string nearest(std::string_view word, std::span<const std::string> known);

// "; did you mean \"risk\"?", or empty.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

} // namespace grekko::config
