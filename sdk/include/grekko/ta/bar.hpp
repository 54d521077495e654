// What every indicator is fed, and what it keeps of it: a bar, the test that keeps poison out, the
// counts and the current outputs. It is not a bar builder; the host builds bars. Each indicator of
// this folder holds one Record. Deterministic: + - * / and sqrt only, which IEEE 754 fixes to the
// bit, provided the compiler does not fuse them (-ffp-contract=off, set by the CMake target `sdk`).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace grekko::ta {

// Prices in quote currency, volume in base currency.
struct Bar {
    double open = 0.0;
    double high = 0.0;
    double low = 0.0;
    double close = 0.0;
    double volume = 0.0;
};

// The value of an indicator that is not ready.
inline constexpr double not_ready = std::numeric_limits<double>::quiet_NaN();

// Larger magnitudes, infinities and NaN are refused: a sum of squares of what is accepted is
// finite, so one bad input cannot stay in a running sum for ever.
inline constexpr double input_max = 1e100;

inline bool acceptable(double x) {
    return std::abs(x) <= input_max;
}

inline bool acceptable(const Bar& bar) {
    return acceptable(bar.open) && acceptable(bar.high) && acceptable(bar.low) &&
           acceptable(bar.close) && acceptable(bar.volume);
}

inline double typical_price(const Bar& bar) {
    return (bar.high + bar.low + bar.close) / 3.0;
}

// a / b, or `otherwise` where that is not a finite number.
inline double ratio(double a, double b, double otherwise) {
    const double quotient = a / b;
    return std::isfinite(quotient) ? quotient : otherwise;
}

// The inputs seen and refused so far, and the N outputs, all NaN until the first `set`.
template <std::size_t N>
class Record {
public:
    Record() { outputs_.fill(not_ready); }

    // True and counted as seen, or false and counted as ignored: then the state must not change.
    bool accepts(double x) { return count(acceptable(x)); }
    bool accepts(double a, double b) { return count(acceptable(a) && acceptable(b)); }
    bool accepts(const Bar& bar) { return count(acceptable(bar)); }

    void set(const std::array<double, N>& outputs) { outputs_ = outputs; }

    const std::array<double, N>& outputs() const { return outputs_; }
    std::uint64_t seen() const { return seen_; }
    std::uint64_t ignored() const { return ignored_; }

    static void visit(auto& self, auto& archive) {
        archive(self.outputs_, self.seen_, self.ignored_);
    }

private:
    bool count(bool accepted) {
        ++(accepted ? seen_ : ignored_);
        return accepted;
    }

    std::array<double, N> outputs_{};
    std::uint64_t seen_ = 0;
    std::uint64_t ignored_ = 0;
};

} // namespace grekko::ta
