// "Did you mean …?": the known word nearest to a mistyped one. It guesses for error messages
// alone, never for what is done.
// The readers of declarations, parameters and fields use it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace grekko::script {

// "; did you mean 'quantity'?" or, where no word is near, "; known: a, b, c". Empty without words.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

} // namespace grekko::script
