#include "base/digest.hpp"

namespace grekko {
namespace {

constexpr std::uint64_t finished(std::uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDU;
    hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53U;
    return hash ^ (hash >> 33);
}

} // namespace

std::string to_string(DigestValue value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t word : {value.first, value.second}) {
        for (int shift = 60; shift >= 0; shift -= 4)
            text += digits[(word >> shift) & 15U];
    }
    return text;
}

void Digest::add_byte(std::byte byte) {
    const std::uint32_t slot = used_ / 8;
    const std::uint32_t shift = 8 * (used_ % 8);
    if (shift == 0) pending_[slot] = 0;
    pending_[slot] |= static_cast<std::uint64_t>(byte) << shift;
    ++length_;
    if (++used_ == 16) {
        mix(pending_[0], pending_[1]);
        used_ = 0;
    }
}

Digest& Digest::add_unaligned(std::uint64_t word) {
    for (int shift = 0; shift < 64; shift += 8) {
        add_byte(static_cast<std::byte>((word >> shift) & 0xFFU));
    }
    return *this;
}

Digest& Digest::add(std::span<const std::byte> bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if ((used_ & 7U) != 0 || at + 8 > bytes.size()) {
            add_byte(bytes[at++]);
            continue;
        }
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            word |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
        }
        add(word);
        at += 8;
    }
    return *this;
}

Digest& Digest::add(std::string_view text) {
    add(text.size());
    add(std::as_bytes(std::span{text}));
    for (std::size_t size = text.size(); size % 8 != 0; ++size)
        add_byte(std::byte{0});
    return *this;
}

DigestValue Digest::value() const {
    std::uint64_t hash1 = hash1_;
    std::uint64_t hash2 = hash2_;
    if (used_ > 8) hash2 ^= scrambled2(pending_[1]);
    if (used_ > 0) hash1 ^= scrambled1(pending_[0]);
    hash1 ^= length_;
    hash2 ^= length_;
    hash1 += hash2;
    hash2 += hash1;
    hash1 = finished(hash1);
    hash2 = finished(hash2);
    hash1 += hash2;
    hash2 += hash1;
    return {hash1, hash2};
}

} // namespace grekko
