// Whether one series has just crossed another. They answer for the newest bar only and know no
// tolerance: two series that touch and part cross once, on parting. A series that crosses a
// constant is the same with the constant as second input. Strategies and the registry use them.
#pragma once

#include "grekko/ta/bar.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace grekko::ta {

// 1 on the bar where a rises above b: a > b now, and before a <= b; else 0. Warm-up 2.
class Crossover {
public:
    bool update(double a, double b) {
        if (!record_.accepts(a, b)) return false;
        if (ready()) record_.set({a > b && !above_ ? 1.0 : 0.0});
        above_ = a > b;
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.above_); }

private:
    Record<1> record_;
    bool above_ = false;
};

// 1 on the bar where a falls below b: a < b now, and before a >= b; else 0. Warm-up 2.
class Crossunder {
public:
    bool update(double a, double b) {
        if (!record_.accepts(a, b)) return false;
        if (ready()) record_.set({a < b && !below_ ? 1.0 : 0.0});
        below_ = a < b;
        return true;
    }

    bool ready() const { return record_.seen() >= warmup(); }
    double value() const { return record_.outputs()[0]; }
    std::size_t warmup() const { return 2; }
    std::uint64_t ignored() const { return record_.ignored(); }
    const std::array<double, 1>& outputs() const { return record_.outputs(); }

    static void visit(auto& self, auto& archive) { archive(self.record_, self.below_); }

private:
    Record<1> record_;
    bool below_ = false;
};

} // namespace grekko::ta
