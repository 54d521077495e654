// Measures of how far prices swing: true range, ATR, Bollinger bands, Keltner channel,
// exponentially weighted realised volatility. They are per bar: nothing here annualises; multiply
// by √bars. Std-only and deterministic, so returns are simple ones; a caller with a deterministic
// log passes its own. Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the
// registry use them.
#pragma once

#include "grekko/ta/averages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// max(high, previous close) - min(low, previous close). Warm-up 2: the first bar has no previous
// close. Wilder, 1978. TA-Lib TRANGE.
class TrueRange {
public:
    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        if (ready()) record_.set({std::max(bar.high, close_) - std::min(bar.low, close_)});
        close_ = bar.close;
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.close_); }

private:
    Record<1> record_;
    double close_ = 0.0;
};

// Average true range: Wilder average (RMA) of the true range. Warm-up n + 1. Wilder, 1978. TA-Lib
// ATR.
class Atr {
public:
    explicit Atr(std::size_t window) : average_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        range_.update(bar);
        if (range_.ready()) average_.update(range_.value());
        if (ready()) record_.set(average_.outputs());
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return average_.warmup() + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.range_, self.average_);
    }

private:
    Record<1> record_;
    TrueRange range_;
    Rma average_;
};

// Bollinger bands: middle = SMA(n), upper and lower = middle ± m population standard deviations,
// width = (upper - lower) / middle (0 if middle is 0), percent_b = (x - lower) / (upper - lower)
// (0.5 where the bands meet). Warm-up n. John Bollinger, 1980s. TA-Lib BBANDS with an SMA.
class Bbands {
public:
    explicit Bbands(std::size_t window = 20, double multiplier = 2.0)
        : moments_{window},
          multiplier_{multiplier} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        moments_.push(x);
        if (!ready()) return true;
        const double middle = moments_.mean();
        const double half = multiplier_ * moments_.deviation();
        record_.set({middle, middle + half, middle - half, ratio(2.0 * half, middle, 0.0),
                     ratio(x - (middle - half), 2.0 * half, 0.5)});
        return true;
    }
    double middle() const { return record_.outputs()[0]; }
    double upper() const { return record_.outputs()[1]; }
    double lower() const { return record_.outputs()[2]; }
    double width() const { return record_.outputs()[3]; }
    double percent_b() const { return record_.outputs()[4]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return moments_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 5>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.multiplier_);
        archive(self.record_, self.moments_);
    }

private:
    Record<5> record_;
    Moments moments_;
    double multiplier_;
};

// Keltner channel: middle = EMA(n) of the close, upper and lower = middle ± m ATR(atr_window).
// Warm-up max(n, atr_window + 1). Chester Keltner, 1960, in Linda Raschke's form. Not in TA-Lib.
class Keltner {
public:
    explicit Keltner(std::size_t window = 20, std::size_t atr_window = 10, double multiplier = 2.0)
        : middle_{window},
          atr_{atr_window},
          multiplier_{multiplier} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        middle_.update(bar.close);
        atr_.update(bar);
        const double middle = middle_.value();
        const double half = multiplier_ * atr_.value();
        if (ready()) record_.set({middle, middle + half, middle - half});
        return true;
    }
    double middle() const { return record_.outputs()[0]; }
    double upper() const { return record_.outputs()[1]; }
    double lower() const { return record_.outputs()[2]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return std::max(middle_.warmup(), atr_.warmup()); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 3>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.multiplier_);
        archive(self.record_, self.middle_, self.atr_);
    }

private:
    Record<3> record_;
    Ema middle_;
    Atr atr_;
    double multiplier_;
};

// x / before - 1; 0 if before is 0.
struct SimpleReturn {
    double operator()(double before, double x) const { return ratio(x, before, 1.0) - 1.0; }
};

// The weight that a step loses each bar so that it halves in `half_life` bars: 2^(-1/half_life),
// found by bisection with products alone, so that every CPU finds the same bits.
inline double half_life_decay(std::size_t half_life) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 80; ++i) {
        const double middle = 0.5 * (low + high);
        double power = 1.0;
        double square = middle;
        for (std::size_t n = std::max<std::size_t>(half_life, 1); n > 0; n /= 2) {
            if (n % 2 == 1) power *= square;
            square *= square;
        }
        (power < 0.5 ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

// Realised volatility per bar: √(Σ w r² / Σ w), r the return of a bar, w halving every `half_life`
// bars, around a mean of 0 (RiskMetrics, J.P. Morgan, 1996, with the weights normalised, so the
// start has no bias). Warm-up half_life + 1. A fraction, not percent. Return is a functor (before,
// x): pass one with a deterministic log for log returns; a return that is not acceptable() counts
// as 0.
template <class Return = SimpleReturn>
class RealisedVolatility {
public:
    explicit RealisedVolatility(std::size_t half_life = 60, Return of = {})
        : half_life_{std::max<std::size_t>(half_life, 1)},
          decay_{half_life_decay(half_life)},
          return_{of} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        if (record_.seen() > 1) {
            const double change = return_(before_, x);
            const double step = acceptable(change) ? change : 0.0;
            squares_ = decay_ * squares_ + step * step;
            weights_ = decay_ * weights_ + 1.0;
        }
        before_ = x;
        if (ready()) record_.set({std::sqrt(squares_ / weights_)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return half_life_ + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.half_life_});
        archive(self.record_, self.before_, self.squares_, self.weights_);
    }

private:
    Record<1> record_;
    std::size_t half_life_;
    double decay_;
    Return return_;
    double before_ = 0.0;
    double squares_ = 0.0;
    double weights_ = 0.0;
};

} // namespace grekko::ta
