// Digest: 128 bits over a stream of values, to compare the state of two runs. The algorithm is
// MurmurHash3_x64_128 with seed 0 over the bytes as added, numbers as eight bytes lowest first, so
// that every machine gives the same. It is not cryptographic: chains and signatures are elsewhere.
// core/engine digests its state with it, tests and replay compare.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/strong_id.hpp"
#include "base/text.hpp"

namespace grekko {

struct DigestValue {
    std::uint64_t first{0};
    std::uint64_t second{0};
    auto operator<=>(const DigestValue&) const = default;
};

// 32 lower-case hexadecimal digits.
std::string to_string(DigestValue value);

class Digest {
public:
    // Eight bytes; signed numbers are extended by their sign, enumerations give their number.
    Digest& add(std::uint64_t word) {
        if ((used_ & 7U) != 0) return add_unaligned(word);
        length_ += 8;
        if (used_ == 0) {
            pending_[0] = word;
            used_ = 8;
        } else {
            mix(pending_[0], word);
            used_ = 0;
        }
        return *this;
    }
    template <std::integral Integer>
    Digest& add(Integer value) {
        return add(static_cast<std::uint64_t>(value));
    }
    template <class Enumeration>
        requires std::is_enum_v<Enumeration>
    Digest& add(Enumeration value) {
        return add(static_cast<std::underlying_type_t<Enumeration>>(value));
    }
    // The bit pattern: statistics alone hold doubles.
    template <std::same_as<double> Double>
    Digest& add(Double value) {
        return add(std::bit_cast<std::uint64_t>(value));
    }
    Digest& add(Decimal value) { // sixteen bytes: the raw number
        const auto raw = static_cast<UInt128>(value.raw());
        return add(limbs::low_word(raw)).add(limbs::high_word(raw));
    }
    template <class Tag>
    Digest& add(Amount<Tag> value) {
        return add(value.decimal());
    }
    template <class Tag, class Integer>
    Digest& add(StrongId<Tag, Integer> id) {
        return add(id.value());
    }
    Digest& add(Instant instant) { return add(instant.nanoseconds()); }
    Digest& add(Duration duration) { return add(duration.count()); }
    template <std::size_t N>
    Digest& add(const Text<N>& text) {
        return add(text.view());
    }
    // The bytes alone, no length: what is added in pieces equals what is added at once.
    Digest& add(std::span<const std::byte> bytes);
    // The length, the bytes and zeros up to a multiple of eight: texts do not run into each other.
    Digest& add(std::string_view text);

    DigestValue value() const; // of all that was added; adding may go on
    std::string hex() const { return to_string(value()); }

private:
    void mix(std::uint64_t word1, std::uint64_t word2) {
        hash1_ ^= scrambled1(word1);
        hash1_ = (std::rotl(hash1_, 27) + hash2_) * 5 + 0x52DCE729U;
        hash2_ ^= scrambled2(word2);
        hash2_ = (std::rotl(hash2_, 31) + hash1_) * 5 + 0x38495AB5U;
    }
    static std::uint64_t scrambled1(std::uint64_t word) {
        return std::rotl(word * factor1, 31) * factor2;
    }
    static std::uint64_t scrambled2(std::uint64_t word) {
        return std::rotl(word * factor2, 33) * factor1;
    }
    Digest& add_unaligned(std::uint64_t word);
    void add_byte(std::byte byte);

    static constexpr std::uint64_t factor1 = 0x87C37B91114253D5U;
    static constexpr std::uint64_t factor2 = 0x4CF5AD432745937FU;

    std::uint64_t hash1_{0};
    std::uint64_t hash2_{0};
    std::uint64_t length_{0};
    std::array<std::uint64_t, 2> pending_{}; // the bytes of the open block, lowest first
    std::uint32_t used_{0};                  // how many, 0 … 15
};

} // namespace grekko
