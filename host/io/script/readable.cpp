#include "io/script/readable.hpp"

namespace grekko::script {

std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t size = lead < 0xC2 || lead > 0xF4 ? 0U
                             : lead < 0xE0              ? 2U
                             : lead < 0xF0              ? 3U
                                                        : 4U;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    // Overlong forms, halves of surrogate pairs, and what is beyond the last code point.
    const bool wrong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
                       (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
    return wrong ? 0 : size;
}

std::string readable(std::string_view text, std::size_t bytes_max) {
    std::string out;
    while (!text.empty()) {
        const std::size_t size = character_bytes(text);
        if (out.size() + (size == 0 ? 1 : size) > bytes_max) break;
        const auto lead = static_cast<unsigned char>(text.front());
        if (size == 0) {
            out += '?';
        } else if (lead < ' ' || lead == 0x7F) {
            out += ' ';
        } else {
            out += text.substr(0, size);
        }
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

} // namespace grekko::script
