// The sliding windows that indicators are built of: last values, sum, mean and variance, extremes.
// They are not indicators: they check no input and have no notion of being ready. Nothing allocates
// after construction. Running sums are formed anew once a window, and at once when a value leaves
// that was far larger than what stays, so that rounding errors never pile up: O(1) amortised.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace grekko::ta {

// The last `capacity` values (0 counts as 1).
class Ring {
public:
    explicit Ring(std::size_t capacity) : values_(std::max<std::size_t>(capacity, 1), 0.0) {}

    // Stores x and returns the value that it replaces: the oldest, or 0 while the ring fills.
    double push(double x) {
        const double replaced = values_[next_];
        values_[next_] = x;
        next_ = next_ + 1 == values_.size() ? 0 : next_ + 1;
        if (size_ < values_.size()) ++size_;
        return replaced;
    }

    // `age` 0 is the newest; age < size().
    double operator[](std::size_t age) const {
        return values_[next_ > age ? next_ - 1 - age : next_ + values_.size() - 1 - age];
    }
    double oldest() const { return (*this)[size_ - 1]; }

    // All values, in the order of storage: for sums where the order in time does not matter.
    std::span<const double> stored() const { return {values_.data(), size_}; }

    std::size_t size() const { return size_; }
    std::size_t capacity() const { return values_.size(); }
    bool full() const { return size_ == values_.size(); }
    // True once a window: the next push goes to the first place again.
    bool wrapped() const { return next_ == 0; }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.values_.size()});
        archive.bounded(self.next_, self.values_.size() - 1);
        archive.bounded(self.size_, self.values_.size());
        archive(self.values_);
    }

private:
    std::vector<double> values_;
    std::size_t next_ = 0;
    std::size_t size_ = 0;
};

// The sum of the last `window` values.
class SlidingSum {
public:
    explicit SlidingSum(std::size_t window) : ring_{window} {}

    void push(double x) {
        const double replaced = ring_.push(x);
        sum_ = (sum_ - replaced) + x;
        if (ring_.wrapped() || std::abs(replaced) > 1e4 * std::abs(sum_)) sum_again();
    }

    double sum() const { return sum_; }
    double mean() const { return sum_ / static_cast<double>(ring_.size()); }
    bool full() const { return ring_.full(); }
    const Ring& ring() const { return ring_; }

    static void visit(auto& self, auto& archive) { archive(self.ring_, self.sum_); }

private:
    void sum_again() {
        sum_ = 0.0;
        for (const double x : ring_.stored()) {
            sum_ += x;
        }
    }

    Ring ring_;
    double sum_ = 0.0;
};

// A sum without a window, compensated after Neumaier (1974): the error does not grow with the
// count.
class RunningSum {
public:
    void push(double x) {
        const double next = sum_ + x;
        const bool sum_is_larger = std::abs(sum_) >= std::abs(x);
        lost_ += sum_is_larger ? (sum_ - next) + x : (x - next) + sum_;
        sum_ = next;
    }
    double total() const { return sum_ + lost_; }

    static void visit(auto& self, auto& archive) { archive(self.sum_, self.lost_); }

private:
    double sum_ = 0.0;
    double lost_ = 0.0;
};

// Mean and population variance of the last `window` values. Sums are taken of the distance from a
// value of the window itself, so a small variance on a large price keeps its digits and a constant
// series has a variance of exactly 0.
class Moments {
public:
    explicit Moments(std::size_t window) : ring_{window} {}

    void push(double x) {
        if (ring_.size() == 0) shift_ = x;
        const double leaving = ring_.full() ? ring_.oldest() - shift_ : 0.0;
        const double entering = x - shift_;
        ring_.push(x);
        first_ += entering - leaving;
        second_ += entering * entering - leaving * leaving;
        // The second test is variance < 1e-6 · mean², both about the shift, without a division.
        const bool digits_lost = leaving * leaving > 1e4 * std::abs(second_) ||
                                 second_ * count() < (1.0 + 1e-6) * first_ * first_;
        if (ring_.wrapped() || digits_lost) sum_again(x);
    }

    double mean() const { return shift_ + first_ / count(); }
    double variance() const {
        const double offset = first_ / count();
        return std::max(0.0, second_ / count() - offset * offset);
    }
    double deviation() const { return std::sqrt(variance()); }
    const Ring& ring() const { return ring_; }
    bool full() const { return ring_.full(); }

    static void visit(auto& self, auto& archive) {
        archive(self.ring_, self.shift_, self.first_, self.second_);
    }

private:
    double count() const { return static_cast<double>(ring_.size()); }

    void sum_again(double shift) {
        shift_ = shift;
        first_ = 0.0;
        second_ = 0.0;
        for (const double x : ring_.stored()) {
            first_ += x - shift_;
            second_ += (x - shift_) * (x - shift_);
        }
    }

    Ring ring_;
    double shift_ = 0.0;
    double first_ = 0.0;
    double second_ = 0.0;
};

enum class Side : std::uint8_t { highest, lowest };

// The extreme of the last `window` values and its age: a monotonic deque, O(1) amortised. Of equal
// extremes the latest counts.
class Extreme {
public:
    Extreme(std::size_t window, Side side)
        : values_(std::max<std::size_t>(window, 1), 0.0),
          stamps_(values_.size(), 0),
          sign_{side == Side::highest ? 1.0 : -1.0} {}

    void push(double x) {
        const double signed_x = sign_ * x;
        const bool full = size_ == values_.size();
        if (full || (size_ > 0 && stamps_[head_] + values_.size() <= now_)) {
            head_ = place(1);
            --size_;
        }
        while (size_ > 0 && values_[place(size_ - 1)] <= signed_x) {
            --size_;
        }
        values_[place(size_)] = signed_x;
        stamps_[place(size_)] = now_;
        ++size_;
        ++now_;
    }

    // After the first push only.
    double value() const { return sign_ * values_[head_]; }
    // Pushes since the extreme, 0 if it is the newest value.
    std::uint64_t age() const { return now_ - 1 - stamps_[head_]; }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.values_.size()});
        archive.same(self.sign_);
        archive.bounded(self.head_, self.values_.size() - 1);
        archive.bounded(self.size_, self.values_.size());
        archive(self.values_, self.stamps_, self.now_);
    }

private:
    std::size_t place(std::size_t offset) const {
        const std::size_t at = head_ + offset;
        return at < values_.size() ? at : at - values_.size();
    }

    std::vector<double> values_;
    std::vector<std::uint64_t> stamps_;
    double sign_;
    std::size_t head_ = 0;
    std::size_t size_ = 0;
    std::uint64_t now_ = 0;
};

} // namespace grekko::ta
