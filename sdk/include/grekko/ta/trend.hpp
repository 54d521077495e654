// Trend followers with a memory of direction: ADX with its directional indicators, supertrend,
// parabolic SAR. They hold a state machine, not a window: a late start gives other values for a
// while, so warm them up well beyond warmup() where that matters.
// Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the registry use them.
#pragma once

#include "grekko/ta/volatility.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// Average directional index: ±DI = 100 smoothed ±DM / smoothed TR, DX = 100 |+DI - -DI| / (+DI +
// -DI), ADX = Wilder average of DX; outputs adx, plus_di, minus_di. The smoothed sums begin with n
// - 1 steps and ADX with the mean of n values of DX, as in TA-Lib ADX. Where the true range is 0
// both DI are 0, and where both DI are 0 the ADX stands still. Warm-up 2n. Wilder, 1978.
class Adx {
public:
    explicit Adx(std::size_t window) : window_{std::max<std::size_t>(window, 1)} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const Bar before = before_;
        before_ = bar;
        if (record_.seen() > 1) step(before, bar);
        return true;
    }
    double adx() const { return record_.outputs()[0]; }
    double plus_di() const { return record_.outputs()[1]; }
    double minus_di() const { return record_.outputs()[2]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2 * window_; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 3>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.window_});
        archive(self.record_, self.before_.high, self.before_.low, self.before_.close);
        archive(self.plus_, self.minus_, self.range_, self.average_);
    }

private:
    void step(const Bar& before, const Bar& bar) {
        const double up = bar.high - before.high;
        const double down = before.low - bar.low;
        const double range = std::max(bar.high, before.close) - std::min(bar.low, before.close);
        const std::uint64_t steps = record_.seen() - 1;
        const bool smooths = steps >= window_;
        smooth(plus_, up > 0.0 && up > down ? up : 0.0, smooths);
        smooth(minus_, down > 0.0 && down > up ? down : 0.0, smooths);
        smooth(range_, range, smooths);
        if (smooths) average(steps - window_ + 1);
    }

    void smooth(double& sum, double x, bool smooths) const {
        if (smooths) sum -= sum / static_cast<double>(window_);
        sum += x;
    }

    // `count`: how many values of DX there are, from 1.
    void average(std::uint64_t count) {
        const auto window = static_cast<double>(window_);
        const double plus = 100.0 * ratio(plus_, range_, 0.0);
        const double minus = 100.0 * ratio(minus_, range_, 0.0);
        const bool directed = plus + minus != 0.0;
        const double index = directed ? 100.0 * (std::abs(plus - minus) / (plus + minus)) : 0.0;
        if (count <= window_) {
            average_ += index / window;
        } else if (directed) {
            average_ = (average_ * (window - 1.0) + index) / window;
        }
        if (count >= window_) record_.set({average_, plus, minus});
    }

    Record<3> record_;
    std::size_t window_;
    Bar before_;
    double plus_ = 0.0;
    double minus_ = 0.0;
    double range_ = 0.0;
    double average_ = 0.0;
};

// Supertrend: bands (high + low) / 2 ± m ATR(n); the lower one only rises and the upper one only
// falls until the close of the bar before crosses it; value is the band on the other side of the
// price, direction +1 up (value below the close) or -1 down. Begins down. Warm-up n + 1. Olivier
// Seban; the form common on charts, direction with the sign of the trend. Not in TA-Lib.
class Supertrend {
public:
    explicit Supertrend(std::size_t window = 10, double multiplier = 3.0)
        : atr_{window},
          multiplier_{multiplier} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        atr_.update(bar);
        if (ready()) step(bar);
        close_ = bar.close;
        return true;
    }
    double direction() const { return record_.outputs()[1]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return atr_.warmup(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 2>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.multiplier_);
        archive(self.record_, self.atr_, self.upper_, self.lower_, self.close_, self.up_);
    }

private:
    void step(const Bar& bar) {
        const bool first = record_.seen() == warmup();
        const double middle = 0.5 * (bar.high + bar.low);
        const double lower = middle - multiplier_ * atr_.value();
        const double upper = middle + multiplier_ * atr_.value();
        if (first || lower > lower_ || close_ < lower_) lower_ = lower;
        if (first || upper < upper_ || close_ > upper_) upper_ = upper;
        if (!first) up_ = up_ ? bar.close >= lower_ : bar.close > upper_;
        record_.set({up_ ? lower_ : upper_, up_ ? 1.0 : -1.0});
    }

    Record<2> record_;
    Atr atr_;
    double multiplier_;
    double upper_ = 0.0;
    double lower_ = 0.0;
    double close_ = 0.0;
    bool up_ = false;
};

// Parabolic stop and reverse: the stop moves toward the extreme of the trend by a share that begins
// at `acceleration` and grows by it at each new extreme up to `maximum`; it never enters the range
// of the last two bars, and a bar that touches it turns the trend. Outputs value (the stop for this
// bar) and direction (+1 long, -1 short, after this bar). The first direction is that of the larger
// move of the first two bars, as in TA-Lib SAR. Warm-up 2. Wilder, 1978.
class Psar {
public:
    explicit Psar(double acceleration = 0.02, double maximum = 0.2)
        : acceleration_{std::min(acceleration, maximum)},
          maximum_{maximum} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const Bar before = before_;
        before_ = bar;
        if (record_.seen() == 1) return true;
        if (record_.seen() == 2) begin(before, bar);
        step(record_.seen() == 2 ? bar : before, bar);
        return true;
    }
    double direction() const { return record_.outputs()[1]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 2>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive.same(self.acceleration_);
        archive.same(self.maximum_);
        archive(self.record_, self.before_.high, self.before_.low);
        archive(self.stop_, self.extreme_, self.share_, self.long_);
    }

private:
    void begin(const Bar& first, const Bar& second) {
        const double up = second.high - first.high;
        const double down = first.low - second.low;
        long_ = !(down > 0.0 && down > up);
        extreme_ = long_ ? second.high : second.low;
        stop_ = long_ ? first.low : first.high;
        share_ = acceleration_;
    }

    void step(const Bar& before, const Bar& bar) {
        const bool turns = long_ ? bar.low <= stop_ : bar.high >= stop_;
        if (turns) {
            long_ = !long_;
            stop_ = outside(extreme_, before, bar);
        }
        record_.set({stop_, long_ ? 1.0 : -1.0});
        const double reached = long_ ? bar.high : bar.low;
        if (turns) {
            share_ = acceleration_;
            extreme_ = reached;
        } else if (long_ ? reached > extreme_ : reached < extreme_) {
            share_ = std::min(share_ + acceleration_, maximum_);
            extreme_ = reached;
        }
        stop_ = outside(stop_ + share_ * (extreme_ - stop_), before, bar);
    }

    // The stop, moved out of the range of two bars to the side where it belongs.
    double outside(double stop, const Bar& before, const Bar& bar) const {
        return long_ ? std::min({stop, before.low, bar.low})
                     : std::max({stop, before.high, bar.high});
    }

    Record<2> record_;
    double acceleration_;
    double maximum_;
    Bar before_;
    double stop_ = 0.0;
    double extreme_ = 0.0;
    double share_ = 0.0;
    bool long_ = false;
};

} // namespace grekko::ta
