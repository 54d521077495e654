// Draws Decimals that hurt: every magnitude, powers of two and ten and their neighbours, the ends
// of the range and ties; and divides wide integers by the definition of each rounding mode. It is
// not an oracle for text. The decimal tests of this folder alone use it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

#include <boost/multiprecision/cpp_int.hpp>

#include "base/decimal.hpp"

namespace grekko::test {

using Big = boost::multiprecision::int512_t;

inline constexpr Rounding modes[] = {Rounding::toward_zero, Rounding::away_from_zero,
                                     Rounding::floor,       Rounding::ceiling,
                                     Rounding::half_even,   Rounding::half_up};

inline Big big(Decimal value) {
    const UInt128 magnitude = value.magnitude();
    const Big result = (Big{limbs::high_word(magnitude)} << 64) + limbs::low_word(magnitude);
    return value.is_negative() ? Big{-result} : result;
}

// dividend / divisor rounded by the definition of each mode: of the two neighbours, the one asked.
inline Big rounded_quotient(Big dividend, Big divisor, Rounding mode) {
    if (divisor < 0) {
        dividend = -dividend;
        divisor = -divisor;
    }
    Big below = dividend / divisor; // toward zero
    if (below * divisor > dividend) --below;
    const Big rest = dividend - below * divisor;
    if (rest == 0) return below;
    const Big above = below + 1;
    const bool negative = dividend < 0;
    const int half = Big{2 * rest}.compare(divisor);
    switch (mode) {
    case Rounding::toward_zero: return negative ? above : below;
    case Rounding::away_from_zero: return negative ? below : above;
    case Rounding::floor: return below;
    case Rounding::ceiling: return above;
    case Rounding::half_even: break;
    case Rounding::half_up:
        if (half == 0) return negative ? below : above;
        break;
    }
    if (half == 0) return below % 2 == 0 ? below : above;
    return half < 0 ? below : above;
}

inline bool in_range(const Big& raw) {
    return raw <= big(Decimal::max()) && raw >= big(Decimal::min());
}

// Pairs a mode; GREKKO_DECIMAL_CASES=10000000 for the long run.
inline std::uint64_t cases_per_mode() {
    const char* text = std::getenv("GREKKO_DECIMAL_CASES");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 100'000;
}

class Cases {
public:
    explicit Cases(std::uint64_t seed) : engine_{seed} {}

    std::uint64_t bits() { return engine_(); }
    Decimal any() {
        const UInt128 limit = static_cast<UInt128>(Decimal::raw_limit);
        const UInt128 magnitude = draw() % limit;
        const Int128 raw = static_cast<Int128>(magnitude);
        return Decimal::from_raw(bits() % 2 == 0 ? raw : -raw);
    }
    Decimal positive() {
        const Decimal value = any().abs();
        return value.is_zero() ? Decimal::from_raw(1) : value;
    }

private:
    UInt128 draw() {
        const UInt128 uniform = limbs::join(bits(), bits());
        const UInt128 power = decimal_scan::power_of_ten(static_cast<int>(bits() % 39));
        switch (bits() % 8) {
        case 0: return uniform;
        case 1: return (UInt128{1} << (bits() % 127)) + bits() % 5 - 2;
        case 2: return power + bits() % 5 - 2;
        case 3: return power / 2 * (bits() % 1000);
        case 4: return static_cast<UInt128>(Decimal::raw_limit) - 1 - bits() % 4;
        case 5: return static_cast<UInt128>(bits() % 1'000'000) * limbs::unit / 100;
        default: return uniform >> (bits() % 128);
        }
    }

    std::mt19937_64 engine_;
};

} // namespace grekko::test
