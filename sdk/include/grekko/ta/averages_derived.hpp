// Averages built of the plain ones: HMA, DEMA, TEMA, TRIX, and Kaufman's adaptive KAMA. They answer
// faster to a turn than an EMA of the same window, and overshoot; they are no filters with a proven
// lag. Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the registry use
// them.
#pragma once

#include "grekko/ta/averages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// Hull moving average: WMA(2 WMA(x, n/2) - WMA(x, n), √n), both window sizes rounded down, at least
// 1. Warm-up n + ⌊√n⌋ - 1. Alan Hull, 2005. Not in TA-Lib.
class Hma {
public:
    explicit Hma(std::size_t window)
        : half_{window / 2},
          full_{window},
          smooth_{root(std::max<std::size_t>(window, 1))} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        half_.update(x);
        full_.update(x);
        if (full_.ready()) smooth_.update(2.0 * half_.value() - full_.value());
        if (ready()) record_.set(smooth_.outputs());
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return full_.warmup() + smooth_.warmup() - 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.half_, self.full_, self.smooth_);
    }

private:
    static std::size_t root(std::size_t n) {
        std::size_t r = 1;
        while ((r + 1) * (r + 1) <= n) {
            ++r;
        }
        return r;
    }

    Record<1> record_;
    Wma half_;
    Wma full_;
    Wma smooth_;
};

// Up to three EMAs in a row, each fed by the one before once that is ready. Not an indicator.
class EmaChain {
public:
    explicit EmaChain(std::size_t window) : first_{window}, second_{window}, third_{window} {}

    void push(double x) {
        first_.update(x);
        if (first_.ready()) second_.update(first_.value());
        if (second_.ready()) third_.update(second_.value());
    }
    double first() const { return first_.value(); }
    double second() const { return second_.value(); }
    double third() const { return third_.value(); }
    std::size_t window() const { return first_.warmup(); }

    static void visit(auto& self, auto& archive) {
        archive(self.first_, self.second_, self.third_);
    }

private:
    Ema first_;
    Ema second_;
    Ema third_;
};

// Double EMA: 2 e1 - e2, e2 the EMA of e1. Warm-up 2n - 1. Patrick Mulloy, Stocks & Commodities,
// February 1994. TA-Lib DEMA.
class Dema {
public:
    explicit Dema(std::size_t window) : chain_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        chain_.push(x);
        if (ready()) record_.set({2.0 * chain_.first() - chain_.second()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2 * chain_.window() - 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.chain_); }

private:
    Record<1> record_;
    EmaChain chain_;
};

// Triple EMA: 3 e1 - 3 e2 + e3. Warm-up 3n - 2. Patrick Mulloy, 1994. TA-Lib TEMA.
class Tema {
public:
    explicit Tema(std::size_t window) : chain_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        chain_.push(x);
        if (ready()) {
            record_.set({3.0 * chain_.first() - 3.0 * chain_.second() + chain_.third()});
        }
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 3 * chain_.window() - 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.chain_); }

private:
    Record<1> record_;
    EmaChain chain_;
};

// One-bar rate of change of a triple-smoothed EMA, in percent: 100 (e3 / e3[1] - 1), 0 if e3[1] is
// 0. Warm-up 3n - 1. Jack Hutson, Stocks & Commodities, 1983. TA-Lib TRIX.
class Trix {
public:
    explicit Trix(std::size_t window) : chain_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        const double before = chain_.third();
        chain_.push(x);
        if (ready()) record_.set({100.0 * (ratio(chain_.third(), before, 1.0) - 1.0)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 3 * chain_.window() - 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.chain_); }

private:
    Record<1> record_;
    EmaChain chain_;
};

// Kaufman's adaptive average: y += c (x - y), c = (e (2/(fast+1) - 2/(slow+1)) + 2/(slow+1))², e
// the efficiency |x - x[n]| / Σ |x[i] - x[i+1]| over n steps, 1 where nothing moved. Starts from
// the n-th input. Warm-up n + 1. Perry Kaufman, Smarter Trading, 1995. TA-Lib KAMA (fast 2, slow
// 30).
class Kama {
public:
    explicit Kama(std::size_t window, std::size_t fast = 2, std::size_t slow = 30)
        : inputs_{std::max<std::size_t>(window, 1) + 1},
          path_{window},
          fast_share_{2.0 / (static_cast<double>(fast) + 1.0)},
          slow_share_{2.0 / (static_cast<double>(slow) + 1.0)} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        if (inputs_.size() > 0) path_.push(std::abs(x - inputs_[0]));
        const double before = inputs_.size() > 0 ? inputs_[0] : x;
        inputs_.push(x);
        if (!ready()) return true;
        if (record_.seen() == warmup()) average_ = before;
        const double net = std::abs(x - inputs_.oldest());
        const double efficiency = std::min(1.0, ratio(net, path_.sum(), 1.0));
        const double share = efficiency * (fast_share_ - slow_share_) + slow_share_;
        average_ += share * share * (x - average_);
        record_.set({average_});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.fast_share_);
        archive.same(self.slow_share_);
        archive(self.record_, self.inputs_, self.path_, self.average_);
    }

private:
    Record<1> record_;
    Ring inputs_;
    SlidingSum path_;
    double fast_share_;
    double slow_share_;
    double average_ = 0.0;
};

} // namespace grekko::ta
