// How help looks: lines folded at the width of a terminal, descriptions under one another.
// It knows no command and no parser.
// program.cpp hands the parser's text to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grekko::app {

inline constexpr std::size_t help_width = 80;

// Folds each line that is longer at a blank; what follows an option stays in its column.
std::string fold_help(std::string_view text, std::size_t width = help_width);

// "a, b or c".
std::string words_or(const std::vector<std::string>& words);

// Characters, not bytes, of UTF-8.
std::size_t columns(std::string_view text);

} // namespace grekko::app
