// Random: a seeded generator for simulation, synthetic markets and tests, with equal draws on
// every machine (xoshiro256++ seeded by splitmix64). It is never for keys, ids of a live host or
// anything a stranger must not guess, and core and domain do not know it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace grekko {

// One step of splitmix64: well-mixed words from any seed, also a good hash of a word.
constexpr std::uint64_t splitmix64(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t word = state;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
    return word ^ (word >> 31);
}

class Random {
public:
    using State = std::array<std::uint64_t, 4>;

    // Equal seed and stream give equal draws; other streams of a seed are independent of it.
    explicit constexpr Random(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t mixer = stream;
        mixer = seed ^ splitmix64(mixer);
        for (std::uint64_t& word : state_)
            word = splitmix64(mixer);
    }
    // Goes on where state() was taken; ASSERT that not every word is zero.
    static Random from_state(const State& state);
    constexpr const State& state() const { return state_; }

    constexpr std::uint64_t bits() {
        const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    // Unbiased in 0 … bound-1; ASSERT bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Unbiased in low … high, both included; ASSERT low <= high.
    std::int64_t between(std::int64_t low, std::int64_t high);
    // A multiple of 2^-53 in [0, 1).
    double uniform();
    // True with this probability; never at 0, always at 1.
    bool chance(double probability);
    // Mean 0, deviation 1: Marsaglia's polar method on portable_log. |z| < 12.1.
    double normal();
    // Mean `mean` (ASSERT > 0).
    double exponential(double mean);
    // median · e^(sigma · z): half the draws are below `median` (ASSERT > 0, sigma in 0 … 20).
    double log_normal(double median, double sigma);

private:
    Random() = default;
    State state_{};
};

// The sigma of a log-normal with this median and 99th percentile (ASSERT 0 < median <= p99).
double log_normal_sigma(double median, double p99);

} // namespace grekko
