// Text across the boundary: grekko_string and the zero-padded fields of records as string_view and
// back, and the sentence of a grekko_error. It copies into what the caller owns and allocates
// nothing. Used by the C++ layer and by hosts.
#pragma once

#include <grekko/types.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace grekko::sdk {

constexpr grekko_string to_string(std::string_view text) {
    return {text.data(), text.size()};
}
constexpr std::string_view view(grekko_string text) {
    return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

// A field of a record up to its first zero.
template <std::size_t N>
std::string_view view(const char (&field)[N]) {
    return {field, static_cast<std::size_t>(std::find(field, field + N, '\0') - field)};
}
// Zero padded; what does not fit is cut at the last whole character.
template <std::size_t N>
void write(char (&field)[N], std::string_view text) {
    std::size_t size = std::min(text.size(), N);
    if (size < text.size())
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
            --size;
    std::memset(field, 0, N);
    std::memcpy(field, text.data(), size);
}

// The sentence of a failure; nothing where the caller wants none.
inline void write(grekko_error* error, std::string_view text) noexcept {
    if (error == nullptr) return;
    error->size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), error->capacity));
    if (error->size > 0) std::memcpy(error->text, text.data(), error->size);
}

} // namespace grekko::sdk
