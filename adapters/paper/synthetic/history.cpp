#include "paper/synthetic/history.hpp"

#include <algorithm>

namespace grekko::paper::synthetic {

BarSeries::BarSeries(grekko_duration interval, grekko_time begin, grekko_time end)
    : interval_{interval},
      opening_{begin},
      end_{end} {}

void BarSeries::trade(grekko_time at, Decimal price, Decimal quantity) {
    if (at >= end_) return;
    if (at >= opening_) {
        close_until(at / interval_ * interval_);
        if (!traded_) {
            traded_ = true;
            bar_ = {};
            bar_.open = bar_.high = bar_.low = price;
        }
        bar_.high = std::max(Decimal{bar_.high}, price);
        bar_.low = std::min(Decimal{bar_.low}, price);
        bar_.close = price;
        bar_.volume = Decimal{bar_.volume} + quantity;
        ++bar_.trades;
    }
    last_ = price;
}

// Closes the open bar and the empty ones after it, so that the bar at `opening` is the open one.
void BarSeries::close_until(grekko_time opening) {
    for (; opening_ < opening; opening_ += interval_) {
        if (!traded_) {
            bar_ = {};
            bar_.open = bar_.high = bar_.low = bar_.close = last_;
            bar_.head.flags = GREKKO_BAR_EMPTY;
        }
        bar_.head.exchange_at = opening_;
        bar_.interval = interval_;
        if (Decimal{bar_.open}.is_positive()) bars_.push_back(bar_);
        traded_ = false;
    }
}

std::vector<grekko_bar> BarSeries::finish() {
    close_until(end_);
    return std::move(bars_);
}

} // namespace grekko::paper::synthetic
