// Statistics of a sliding window: variance, standard deviation, z-score, median, percent rank,
// regression line, correlation. They describe the sample; none is an estimate with an error bar.
// Variance slides in O(1); regression, correlation, rank and median are O(window), exact each time.
// Rules for inputs, NaN and save/load as in averages.hpp. Strategies and the registry use them.
#pragma once

#include "grekko/ta/bar.hpp"
#include "grekko/ta/window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace grekko::ta {

// Population variance Σ (x - mean)² / n; exactly 0 for a constant series. Warm-up n. TA-Lib VAR.
class Variance {
public:
    explicit Variance(std::size_t window) : moments_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        moments_.push(x);
        if (ready()) record_.set({moments_.variance()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return moments_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.moments_); }

private:
    Record<1> record_;
    Moments moments_;
};

// Population standard deviation. Warm-up n. TA-Lib STDDEV.
class Stddev {
public:
    explicit Stddev(std::size_t window) : moments_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        moments_.push(x);
        if (ready()) record_.set({moments_.deviation()});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return moments_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.moments_); }

private:
    Record<1> record_;
    Moments moments_;
};

// (x - mean) / population standard deviation; 0 for a constant series. Warm-up n. Not in TA-Lib.
class Zscore {
public:
    explicit Zscore(std::size_t window) : moments_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        moments_.push(x);
        if (ready()) record_.set({ratio(x - moments_.mean(), moments_.deviation(), 0.0)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return moments_.ring().capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.moments_); }

private:
    Record<1> record_;
    Moments moments_;
};

// Middle value of the last n inputs, the mean of the two middle ones if n is even. Warm-up n.
class Median {
public:
    explicit Median(std::size_t window) : inputs_{window}, sorted_(inputs_.capacity(), 0.0) {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        replace(x + 0.0); // + 0.0 makes -0 a 0, so that equal means equal bits
        if (!ready()) return true;
        const std::size_t half = sorted_.size() / 2;
        const bool odd = sorted_.size() % 2 == 1;
        record_.set({odd ? sorted_[half] : 0.5 * (sorted_[half - 1] + sorted_[half])});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.inputs_);
        if constexpr (requires { self.sort_again(); }) {
            if (archive.stores()) self.sort_again();
        }
    }

private:
    void sort_again() {
        const auto stored = inputs_.stored();
        std::copy(stored.begin(), stored.end(), sorted_.begin());
        // A total order: bytes that were tampered with may hold NaN, where `<` is none.
        std::sort(sorted_.begin(), end_of_sorted(),
                  [](double a, double b) { return std::weak_order(a, b) < 0; });
    }

    std::vector<double>::iterator end_of_sorted() {
        return sorted_.begin() + static_cast<std::ptrdiff_t>(inputs_.size());
    }

    // Takes the oldest value out of the sorted ones, if they are full, and puts x in.
    void replace(double x) {
        auto hole = end_of_sorted();
        if (inputs_.full()) hole = std::lower_bound(sorted_.begin(), hole - 1, inputs_.oldest());
        inputs_.push(x);
        for (; hole != sorted_.begin() && *(hole - 1) > x; --hole) {
            *hole = *(hole - 1);
        }
        for (; hole + 1 < end_of_sorted() && *(hole + 1) < x; ++hole) {
            *hole = *(hole + 1);
        }
        *hole = x;
    }

    Record<1> record_;
    Ring inputs_;
    std::vector<double> sorted_;
};

// Percent of the n inputs before the newest that are at most as large, 0 to 100. Warm-up n + 1.
class PercentRank {
public:
    explicit PercentRank(std::size_t window) : inputs_{window} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        if (ready()) {
            const auto stored = inputs_.stored();
            const auto below = std::count_if(stored.begin(), stored.end(),
                                             [x](double before) { return before <= x; });
            record_.set({100.0 * static_cast<double>(below) / static_cast<double>(stored.size())});
        }
        inputs_.push(x);
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity() + 1; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.inputs_); }

private:
    Record<1> record_;
    Ring inputs_;
};

// Least-squares line through the last n inputs at 0 (oldest) to n - 1 (newest): value at the
// newest, slope per bar, intercept at the oldest, r2 (share of variance explained; 0 for a constant
// series). n at least 2. Warm-up n. TA-Lib LINEARREG, LINEARREG_SLOPE, LINEARREG_INTERCEPT.
class Linreg {
public:
    explicit Linreg(std::size_t window) : inputs_{std::max<std::size_t>(window, 2)} {}

    bool update(double x) {
        if (!record_.accepts(x)) return false;
        inputs_.push(x);
        if (ready()) fit(x);
        return true;
    }
    double slope() const { return record_.outputs()[1]; }
    double intercept() const { return record_.outputs()[2]; }
    double r2() const { return record_.outputs()[3]; }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return inputs_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 4>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.inputs_); }

private:
    // Inputs are taken relative to the newest and places relative to the middle one.
    void fit(double newest) {
        const auto count = static_cast<double>(inputs_.size());
        const double middle = 0.5 * (count - 1.0);
        double sum = 0.0;
        double cross = 0.0;
        for (std::size_t age = 0; age < inputs_.size(); ++age) {
            const double y = inputs_[age] - newest;
            sum += y;
            cross += (middle - static_cast<double>(age)) * y;
        }
        const double mean = sum / count;
        double squares = 0.0;
        for (const double x : inputs_.stored()) {
            const double y = (x - newest) - mean;
            squares += y * y;
        }
        const double places = count * (count * count - 1.0) / 12.0;
        const double slope = cross / places;
        const double explained = cross / std::sqrt(places);
        const double part = ratio(explained, std::sqrt(squares), 0.0);
        const double center = newest + mean;
        record_.set(
            {center + slope * middle, slope, center - slope * middle, std::min(1.0, part * part)});
    }

    Record<4> record_;
    Ring inputs_;
};

// Pearson correlation of two series over n bars, -1 to 1; 0 if one of them is constant. n at least
// 2. Warm-up n. TA-Lib CORREL.
class Correlation {
public:
    explicit Correlation(std::size_t window)
        : first_{std::max<std::size_t>(window, 2)},
          second_{first_.capacity()} {}

    bool update(double a, double b) {
        if (!record_.accepts(a, b)) return false;
        first_.push(a);
        second_.push(b);
        if (ready()) record_.set({correlate(a, b)});
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return first_.capacity(); }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) {
        archive(self.record_, self.first_, self.second_);
    }

private:
    static double mean_distance(const Ring& ring, double from) {
        double sum = 0.0;
        for (const double x : ring.stored()) {
            sum += x - from;
        }
        return sum / static_cast<double>(ring.size());
    }

    double correlate(double a, double b) const {
        const double mean_a = mean_distance(first_, a);
        const double mean_b = mean_distance(second_, b);
        double aa = 0.0;
        double bb = 0.0;
        double ab = 0.0;
        for (std::size_t age = 0; age < first_.size(); ++age) {
            const double x = (first_[age] - a) - mean_a;
            const double y = (second_[age] - b) - mean_b;
            aa += x * x;
            bb += y * y;
            ab += x * y;
        }
        return std::clamp(ratio(ab / std::sqrt(aa), std::sqrt(bb), 0.0), -1.0, 1.0);
    }

    Record<1> record_;
    Ring first_;
    Ring second_;
};

} // namespace grekko::ta
