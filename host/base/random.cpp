// Needs -ffp-contract=off of the build: a fused multiply-add would change the last bit.
#include "base/random.hpp"

#include <cmath>

#include "base/assert.hpp"
#include "base/limbs.hpp"
#include "base/portable_math.hpp"

namespace grekko {

Random Random::from_state(const State& state) {
    ASSERT((state[0] | state[1] | state[2] | state[3]) != 0);
    Random random;
    random.state_ = state;
    return random;
}

std::uint64_t Random::below(std::uint64_t bound) {
    ASSERT(bound > 0);
    // The high word of bits * bound, refusing the low words that occur once too often.
    const std::uint64_t surplus = (0 - bound) % bound;
    for (;;) {
        const UInt128 product = limbs::multiply_words(bits(), bound);
        if (limbs::low_word(product) >= surplus) return limbs::high_word(product);
    }
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    ASSERT(low <= high);
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t offset = width + 1 == 0 ? bits() : below(width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

double Random::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1p-53;
}

bool Random::chance(double probability) {
    return uniform() < probability;
}

double Random::normal() {
    for (;;) {
        const double x = 2.0 * uniform() - 1.0;
        const double y = 2.0 * uniform() - 1.0;
        const double square = x * x + y * y;
        if (square >= 1.0 || square == 0.0) continue;
        // The square root is exactly rounded by IEEE 754. The second value y would give is
        // dropped: the state stays four words.
        return x * std::sqrt(-2.0 * portable_log(square) / square);
    }
}

double Random::exponential(double mean) {
    ASSERT(mean > 0);
    return -mean * portable_log(1.0 - uniform());
}

double Random::log_normal(double median, double sigma) {
    ASSERT(median > 0);
    ASSERT(sigma >= 0);
    ASSERT(sigma <= 20);
    return median * portable_exp(sigma * normal());
}

double log_normal_sigma(double median, double p99) {
    ASSERT(median > 0);
    ASSERT(median <= p99);
    constexpr double z99 = 2.3263478740408408; // 99 % of a normal lie below
    return portable_log(p99 / median) / z99;
}

} // namespace grekko
