// What a script says, made fit for a log line, a journal and JSON: one line of UTF-8 of limited
// length. It changes no word; what cannot be shown becomes '?', what would begin a new line ' '.
// Whoever hands on text of a script uses it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace grekko::script {

// Cut between characters to at most `bytes_max`.
std::string readable(std::string_view text, std::size_t bytes_max);

// Bytes of the valid UTF-8 character at the begin of a text that is not empty; 0: none is there.
std::size_t character_bytes(std::string_view text);

} // namespace grekko::script
