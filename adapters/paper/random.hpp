// Random: seeded draws with the same bits on every machine (xoshiro256++ seeded by splitmix64), and
// the logarithm and exponential that its distributions need, without the C library. It is never for
// keys or for anything a stranger must not guess. Latencies and the synthetic market draw from it.
#pragma once

#include <bit>
#include <cstdint>

namespace grekko::paper {

// ln(x) for finite x > 0 and e^x for |x| <= 700, errors below 10^-14 relative. Nothing is fused:
// the build sets -ffp-contract=off.
double portable_log(double x);
double portable_exp(double x);

class Random {
public:
    // Equal seed and stream give equal draws; streams of one seed are independent.
    Random(std::uint64_t seed, std::uint64_t stream) {
        std::uint64_t mixer = stream;
        mixer = seed ^ mixed(mixer);
        for (std::uint64_t& word : state_)
            word = mixed(mixer);
    }

    std::uint64_t bits() {
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
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; } // [0, 1)
    // Unbiased in 0 … bound - 1; bound > 0.
    std::uint64_t below(std::uint64_t bound);
    double normal();                                                // mean 0, deviation 1
    double exponential() { return -portable_log(1.0 - uniform()); } // mean 1
    double log_normal(double median, double sigma);                 // median > 0

private:
    static std::uint64_t mixed(std::uint64_t& state) {
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t word = state;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
        return word ^ (word >> 31);
    }
    std::uint64_t state_[4]{};
};

// The sigma of a log-normal with this median and 99th percentile, 0 < median <= p99.
double log_normal_sigma(double median, double p99);

} // namespace grekko::paper
