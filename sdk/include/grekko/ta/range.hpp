// Oscillators on the place of the price within its recent range: highest, lowest, Donchian channel,
// stochastic, Williams %R, CCI, Aroon. They know bars, not trades inside a bar. Extremes come from
// a monotonic deque: O(1) amortised whatever the window; CCI alone is O(window). Rules for inputs,
// NaN and save/load as in averages.hpp. Strategies and the registry use them.
#pragma once

#include "grekko/ta/averages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// The largest of the last n inputs. Warm-up n. TA-Lib MAX.
class Highest {
public:
    explicit Highest(std::size_t window)
        : window_{std::max<std::size_t>(window, 1)},
          extreme_{window, Side::highest} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        extreme_.push(x);
        if (ready()) record_.set({extreme_.value()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return window_; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.extreme_); }

private:
    Record<1> record_;
    std::size_t window_;
    Extreme extreme_;
};

// The smallest of the last n inputs. Warm-up n. TA-Lib MIN.
class Lowest {
public:
    explicit Lowest(std::size_t window)
        : window_{std::max<std::size_t>(window, 1)},
          extreme_{window, Side::lowest} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        extreme_.push(x);
        if (ready()) record_.set({extreme_.value()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return window_; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.extreme_); }

private:
    Record<1> record_;
    std::size_t window_;
    Extreme extreme_;
};

// The highest high and the lowest low of the last n bars: the common part of what follows. Not an
// indicator.
class HighLow {
public:
    explicit HighLow(std::size_t window)
        : window_{std::max<std::size_t>(window, 1)},
          high_{window, Side::highest},
          low_{window, Side::lowest} {}

    void push(const Bar& bar) {
        high_.push(bar.high);
        low_.push(bar.low);
    }
    const Extreme& high() const { return high_; }
    const Extreme& low() const { return low_; }
    std::size_t window() const { return window_; }
    // Where x lies: 0 at the lowest low, 1 at the highest high, 0.5 where these are equal.
    double place(double x) const {
        return ratio(x - low_.value(), high_.value() - low_.value(), 0.5);
    }

    static void visit(auto& self, auto& archive) { archive(self.high_, self.low_); }

private:
    std::size_t window_;
    Extreme high_;
    Extreme low_;
};

// Donchian channel: highest high and lowest low of the last n bars, the newest included, and the
// middle between them. Compare a close with the channel of the bar before for a breakout. Warm-up
// n. Richard Donchian. TA-Lib MAX(high), MIN(low), MIDPRICE.
class Donchian {
public:
    explicit Donchian(std::size_t window) : range_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        range_.push(bar);
        const double high = range_.high().value();
        const double low = range_.low().value();
        if (ready()) record_.set({0.5 * (high + low), high, low});
        return true;
    }
    double middle() const { return record_.outputs()[0]; }
    double upper() const { return record_.outputs()[1]; }
    double lower() const { return record_.outputs()[2]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return range_.window(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 3>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.range_); }

private:
    Record<3> record_;
    HighLow range_;
};

// Slow stochastic, 0 to 100: k = SMA(slowing) of 100 (close - lowest low) / (highest high - lowest
// low) over n bars, d = SMA(signal) of k; 50 where the range is 0 (TA-Lib STOCH: 0). Slowing 1 is
// the fast stochastic (STOCHF). Warm-up n + slowing + signal - 2. George Lane.
class Stochastic {
public:
    explicit Stochastic(std::size_t window = 14, std::size_t slowing = 3, std::size_t signal = 3)
        : range_{window},
          k_{slowing},
          d_{signal} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        range_.push(bar);
        if (record_.seen() < range_.window()) return true;
        k_.update(100.0 * range_.place(bar.close));
        if (k_.ready()) d_.update(k_.value());
        if (ready()) record_.set({k_.value(), d_.value()});
        return true;
    }
    double k() const { return record_.outputs()[0]; }
    double d() const { return record_.outputs()[1]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return range_.window() + k_.warmup() + d_.warmup() - 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 2>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.range_, self.k_, self.d_);
    }

private:
    Record<2> record_;
    HighLow range_;
    Sma k_;
    Sma d_;
};

// Williams %R, -100 to 0: -100 (highest high - close) / (highest high - lowest low) over n bars;
// -50 where the range is 0 (TA-Lib WILLR: 0). Warm-up n. Larry Williams, 1973.
class WilliamsR {
public:
    explicit WilliamsR(std::size_t window) : range_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        range_.push(bar);
        const double high = range_.high().value();
        const double low = range_.low().value();
        if (ready()) record_.set({-100.0 * ratio(high - bar.close, high - low, 0.5)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return range_.window(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.range_); }

private:
    Record<1> record_;
    HighLow range_;
};

// Commodity channel index: (p - SMA(p)) / (0.015 · mean |p[i] - SMA(p)|), p = (high + low + close)
// / 3, over n bars; 0 where p stands still. Warm-up n. Donald Lambert, Commodities, October 1980.
// TA-Lib CCI. The mean deviation has no sliding form: O(n).
class Cci {
public:
    explicit Cci(std::size_t window) : prices_{window} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        const double price = typical_price(bar);
        prices_.push(price);
        if (ready()) record_.set({index(price)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return prices_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.prices_); }

private:
    // Distances are taken from the newest price, so that equal prices give exactly 0.
    double index(double price) const {
        const auto count = static_cast<double>(prices_.size());
        double offset = 0.0;
        for (const double p : prices_.stored()) {
            offset += p - price;
        }
        offset /= count;
        double deviation = 0.0;
        for (const double p : prices_.stored()) {
            deviation += std::abs((p - price) - offset);
        }
        return ratio(-offset, 0.015 * (deviation / count), 0.0);
    }

    Record<1> record_;
    Ring prices_;
};

// Aroon: up = 100 (n - bars since the highest high) / n over n + 1 bars, down the same of the
// lowest low, oscillator = up - down; of equal extremes the latest counts. Warm-up n + 1. Tushar
// Chande, 1995. TA-Lib AROON, AROONOSC.
class Aroon {
public:
    explicit Aroon(std::size_t window) : range_{std::max<std::size_t>(window, 1) + 1} {}

    bool update(const Bar& bar) {
        if (!record_.accepts(bar)) return false;
        range_.push(bar);
        if (!ready()) return true;
        const auto span = static_cast<double>(range_.window() - 1);
        const double up = 100.0 * ((span - static_cast<double>(range_.high().age())) / span);
        const double down = 100.0 * ((span - static_cast<double>(range_.low().age())) / span);
        record_.set({up - down, up, down});
        return true;
    }
    double oscillator() const { return record_.outputs()[0]; }
    double up() const { return record_.outputs()[1]; }
    double down() const { return record_.outputs()[2]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return range_.window(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 3>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.range_); }

private:
    Record<3> record_;
    HighLow range_;
};

} // namespace grekko::ta
