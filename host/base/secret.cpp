#include "base/secret.hpp"

namespace grekko {

void wipe(std::span<std::byte> bytes) noexcept {
    volatile std::byte* at = bytes.data();
    for (std::size_t i = 0; i < bytes.size(); ++i)
        at[i] = std::byte{0};
    // The memory counts as read: nothing before or after may assume that the zeros are unused.
    __asm__ volatile("" : : "r"(bytes.data()) : "memory");
}

bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b) noexcept {
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference = difference | static_cast<unsigned char>(a[i] ^ b[i]);
    }
    return difference == 0;
}

} // namespace grekko
