// Keeps the last outputs of any indicator, so that ema[0] is the current value and ema[1] the one
// before. It is not a time series: an ignored input adds nothing, and what fell off the end is
// gone. Strategies wrap an indicator in it; the script layer wraps every Any.
#pragma once

#include "grekko/ta/bar.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace grekko::ta {

inline constexpr std::size_t history_depth_default = 512;

template <class Indicator>
class History {
public:
    explicit History(Indicator indicator, std::size_t depth = history_depth_default)
        : indicator_{std::move(indicator)},
          width_{indicator_.outputs().size()},
          depth_{std::max<std::size_t>(depth, 1)},
          rows_(width_ * depth_, not_ready) {}

    // Feeds the indicator; false if it ignored the input. Rows before it is ready hold NaN.
    template <class... Input>
    bool update(const Input&... input) {
        if (!indicator_.update(input...)) return false;
        const auto& outputs = indicator_.outputs();
        std::copy(outputs.begin(), outputs.end(),
                  rows_.begin() + static_cast<std::ptrdiff_t>(next_ * width_));
        next_ = next_ + 1 == depth_ ? 0 : next_ + 1;
        if (size_ < depth_) ++size_;
        return true;
    }

    // The first output `age` bars ago; NaN if there is none.
    double operator[](std::size_t age) const { return at(0, age); }

    // Output number `output` (in the order of outputs()) `age` bars ago; NaN if there is none.
    double at(std::size_t output, std::size_t age) const {
        if (output >= width_ || age >= size_) return not_ready;
        const std::size_t row = next_ > age ? next_ - 1 - age : next_ + depth_ - 1 - age;
        return rows_[row * width_ + output];
    }

    std::size_t size() const { return size_; }
    std::size_t depth() const { return depth_; }
    const Indicator& indicator() const { return indicator_; }
    Indicator& indicator() { return indicator_; }

    static void visit(auto& self, auto& archive) {
        archive.same(std::uint64_t{self.depth_});
        archive.same(std::uint64_t{self.width_});
        archive.bounded(self.next_, self.depth_ - 1);
        archive.bounded(self.size_, self.depth_);
        archive(self.rows_, self.indicator_);
    }

private:
    Indicator indicator_;
    std::size_t width_;
    std::size_t depth_;
    std::vector<double> rows_;
    std::size_t next_ = 0;
    std::size_t size_ = 0;
};

} // namespace grekko::ta
