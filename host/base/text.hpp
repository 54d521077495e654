// Text<N>: up to N-1 bytes of UTF-8 inside the struct that holds it, zero padded, so that messages
// stay flat and equal values have equal bytes. It is not a string class for building text.
// Longer input is cut at a character boundary and marked by the caller if that matters.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace grekko {

template <std::size_t N>
class Text {
public:
    constexpr Text() = default;
    constexpr Text(std::string_view text) {  // NOLINT: implicit on purpose, it is a value of text
        std::size_t size = std::min(text.size(), N - 1);
        if (size < text.size()) {
            while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
        }
        std::copy_n(text.begin(), size, bytes_.begin());
    }
    constexpr Text(const char* text) : Text(std::string_view(text)) {}  // NOLINT

    constexpr std::string_view view() const {
        const auto end = std::find(bytes_.begin(), bytes_.end(), '\0');
        return {bytes_.data(), static_cast<std::size_t>(end - bytes_.begin())};
    }
    std::string string() const { return std::string(view()); }
    constexpr bool empty() const { return bytes_[0] == '\0'; }
    static constexpr std::size_t capacity() { return N - 1; }
    constexpr auto operator<=>(const Text&) const = default;
    constexpr bool operator==(const Text&) const = default;
    constexpr bool operator==(std::string_view other) const { return view() == other; }
    constexpr bool operator==(const char* other) const { return view() == other; }

private:
    std::array<char, N> bytes_{};
};

}  // namespace grekko
