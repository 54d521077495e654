// The plain moving averages: SMA, EMA, Wilder's RMA, WMA. Built of these: averages_derived.hpp.
// Each is fed once a bar, is NaN until ready, and ignores and counts a non-finite or absurd input
// (input_max): then update() is false and nothing changes. Windows are in bars; 0 counts as 1.
// Native strategies and the registry use them. No allocation after construction.
#pragma once

#include "grekko/ta/bar.hpp"
#include "grekko/ta/window.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// Simple moving average: (x[0] + … + x[n-1]) / n. Warm-up n. TA-Lib SMA.
class Sma {
public:
    explicit Sma(std::size_t window) : sum_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        sum_.push(x);
        if (ready()) record_.set({sum_.mean()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return sum_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.sum_); }

private:
    Record<1> record_;
    SlidingSum sum_;
};

// An average of the form y += a (x - y), begun with the mean of the first n values: the common part
// of Ema (a = 2 / (n + 1)) and Rma (a = 1 / n). Not an indicator by itself.
class SeededDecay {
public:
    SeededDecay(std::size_t window, double share) : window_{window}, share_{share} {}

    // Feeds the x that was counted as number `seen` (from 1) and returns the average, NaN at first.
    double push(double x, std::uint64_t seen) {
        if (seen > window_) {
            value_ += share_ * (x - value_);
            return value_;
        }
        value_ += x;
        if (seen < window_) return not_ready;
        value_ /= static_cast<double>(window_);
        return value_;
    }
    std::size_t window() const { return window_; }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.window_});
        archive.same(self.share_);
        archive(self.value_);
    }

private:
    std::size_t window_;
    double share_;
    double value_ = 0.0;
};

// Exponential moving average: y += 2 / (n + 1) * (x - y), seeded with the SMA of the first n
// values. Warm-up n. TA-Lib EMA (classic seed, no unstable period).
class Ema {
public:
    explicit Ema(std::size_t window)
        : decay_{window == 0 ? 1 : window,
                 2.0 / (static_cast<double>(window == 0 ? 1 : window) + 1.0)} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        record_.set({decay_.push(x, record_.seen())});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return decay_.window(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.decay_); }

private:
    Record<1> record_;
    SeededDecay decay_;
};

// Wilder's running average (RMA, SMMA): y = (y (n - 1) + x) / n, seeded with the SMA of the first n
// values. Warm-up n. J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
class Rma {
public:
    explicit Rma(std::size_t window)
        : decay_{window == 0 ? 1 : window, 1.0 / static_cast<double>(window == 0 ? 1 : window)} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        record_.set({decay_.push(x, record_.seen())});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return decay_.window(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.decay_); }

private:
    Record<1> record_;
    SeededDecay decay_;
};

// Linearly weighted average: (n x[0] + (n-1) x[1] + … + 1 x[n-1]) / (n (n + 1) / 2), x[0] newest.
// Warm-up n. TA-Lib WMA. The weighted sum slides: it loses the plain sum, gains n x, and is formed
// anew once a window and whenever a far larger value has left.
class Wma {
public:
    explicit Wma(std::size_t window) : sum_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        const bool was_full = sum_.full();
        const double before = sum_.sum();
        const double leaving = was_full ? sum_.ring().oldest() : 0.0;
        sum_.push(x);
        const auto count = static_cast<double>(sum_.ring().size());
        weighted_ += count * x - (was_full ? before : 0.0);
        if (sum_.ring().wrapped() || std::abs(leaving) > 1e4 * std::abs(weighted_)) weigh_again();
        if (ready()) record_.set({weighted_ / (0.5 * count * (count + 1.0))});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return sum_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.sum_, self.weighted_);
    }

private:
    void weigh_again() {
        const Ring& ring = sum_.ring();
        weighted_ = 0.0;
        for (std::size_t age = 0; age < ring.size(); ++age) {
            weighted_ += static_cast<double>(ring.size() - age) * ring[age];
        }
    }

    Record<1> record_;
    SlidingSum sum_;
    double weighted_ = 0.0;
};

} // namespace grekko::ta
