// Oscillators on one series: momentum, ROC, RSI, CMO, MACD. They measure speed, not direction over
// long spans, and say little in a quiet market: each names its value for a series that stands
// still. Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the registry use
// them.
#pragma once

#include "grekko/ta/averages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// x - x[n]. Warm-up n + 1. TA-Lib MOM.
class Momentum {
public:
    explicit Momentum(std::size_t window) : inputs_{std::max<std::size_t>(window, 1) + 1} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        inputs_.push(x);
        if (ready()) record_.set({x - inputs_.oldest()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.inputs_); }

private:
    Record<1> record_;
    Ring inputs_;
};

// Rate of change in percent: 100 (x / x[n] - 1), 0 if x[n] is 0. Warm-up n + 1. TA-Lib ROC.
class Roc {
public:
    explicit Roc(std::size_t window) : inputs_{std::max<std::size_t>(window, 1) + 1} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        inputs_.push(x);
        if (ready()) record_.set({100.0 * (ratio(x, inputs_.oldest(), 1.0) - 1.0)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.inputs_); }

private:
    Record<1> record_;
    Ring inputs_;
};

// Wilder averages of the rises and the falls from one value to the next: the common part of Rsi and
// Cmo. Not an indicator.
class Swings {
public:
    explicit Swings(std::size_t window) : rise_{window}, fall_{window} {}

    void push(double x, bool first) {
        if (!first) {
            const double change = x - before_;
            rise_.update(std::max(change, 0.0));
            fall_.update(std::max(-change, 0.0));
        }
        before_ = x;
    }
    double rise() const { return rise_.value(); }
    double fall() const { return fall_.value(); }
    std::size_t window() const { return rise_.warmup(); }

    static void visit(auto& self, auto& archive) { archive(self.rise_, self.fall_, self.before_); }

private:
    Rma rise_;
    Rma fall_;
    double before_ = 0.0;
};

// Relative strength index, 0 to 100: 100 rise / (rise + fall), Wilder averages over n steps; 50 for
// a series that stands still (TA-Lib RSI: 0). Warm-up n + 1. Wilder, 1978.
class Rsi {
public:
    explicit Rsi(std::size_t window) : swings_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        swings_.push(x, record_.seen() == 1);
        const double rise = swings_.rise();
        if (ready()) record_.set({100.0 * ratio(rise, rise + swings_.fall(), 0.5)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return swings_.window() + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.swings_); }

private:
    Record<1> record_;
    Swings swings_;
};

// Chande's momentum oscillator, -100 to 100: 100 (rise - fall) / (rise + fall); 0 for a series that
// stands still. As TA-Lib CMO it takes Wilder averages, where Tushar Chande and Stanley Kroll, The
// New Technical Trader, 1994, take plain sums of n steps: so it is 2 RSI - 100. Warm-up n + 1.
class Cmo {
public:
    explicit Cmo(std::size_t window) : swings_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        swings_.push(x, record_.seen() == 1);
        const double rise = swings_.rise();
        const double fall = swings_.fall();
        if (ready()) record_.set({100.0 * ratio(rise - fall, rise + fall, 0.0)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return swings_.window() + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.swings_); }

private:
    Record<1> record_;
    Swings swings_;
};

// Moving average convergence divergence: line = EMA(fast) - EMA(slow), signal = EMA of the line,
// histogram = line - signal. As in TA-Lib MACD both EMAs begin together: the fast one is seeded
// with the last `fast` of the first `slow` values. Warm-up slow + signal - 1. Gerald Appel, 1979.
class Macd {
public:
    // fast below slow; a fast above slow counts as slow.
    explicit Macd(std::size_t fast = 12, std::size_t slow = 26, std::size_t signal = 9)
        : fast_{std::min(fast, slow)},
          slow_{slow},
          signal_{signal} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        if (record_.seen() > slow_.warmup() - fast_.warmup()) fast_.update(x);
        slow_.update(x);
        if (!slow_.ready()) return true;
        const double line = fast_.value() - slow_.value();
        signal_.update(line);
        if (ready()) record_.set({line, signal_.value(), line - signal_.value()});
        return true;
    }
    double line() const { return record_.outputs()[0]; }
    double signal() const { return record_.outputs()[1]; }
    double histogram() const { return record_.outputs()[2]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return slow_.warmup() + signal_.warmup() - 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 3>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.fast_, self.slow_, self.signal_);
    }

private:
    Record<3> record_;
    Ema fast_;
    Ema slow_;
    Ema signal_;
};

} // namespace grekko::ta
