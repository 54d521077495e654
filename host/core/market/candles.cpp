#include "core/market/candles.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::market {
namespace {

constexpr std::uint8_t empty_bit = 1;
constexpr std::uint8_t incomplete_bit = 2;

std::uint32_t periods_between(Instant from, Instant to, Duration interval) {
    if (from.is_none() || to <= from) return 0;
    const std::int64_t periods = (to - from).count() / interval.count();
    return static_cast<std::uint32_t>(std::min<std::int64_t>(periods, UINT32_MAX));
}

Run run_of(const Bar& bar, Instant period) {
    Run run{period, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.trades, true, false, 0};
    run.incomplete = bar.incomplete() || bar.missing > 0;
    return run;
}

}  // namespace

void Run::merge(const Run& later) {
    high = std::max(high, later.high);
    low = std::min(low, later.low);
    close = later.close;
    volume += later.volume;
    trades += later.trades;
    incomplete = incomplete || later.incomplete;
}

const Bar& History::operator[](std::size_t back) const {
    ASSERT(back < size());
    return (*ring_)[(next_ + ring_->size() - 1 - back) % ring_->size()];
}

bool Hole::touches(Instant begin, Instant end) const {
    return !from.is_none() && from < end && (until.is_none() || until > begin);
}

bool Hole::covers(Instant begin, Instant end) const {
    return !from.is_none() && from <= begin && (until.is_none() || until >= end);
}

bool Series::fold(const Run& run, VenueId venue) {
    const Instant period = run.from.floor(interval_);
    if (period + interval_ <= closed_until_) return false;
    venue_ = venue;
    Run moved = run;
    moved.from = period;
    if (!forming_.used) {
        forming_ = moved;
    } else if (period == forming_.from) {
        forming_.merge(moved);
    } else if (following_.used && period == following_.from) {
        following_.merge(moved);
    } else if (!following_.used) {
        following_ = moved;
        if (following_.from < forming_.from) std::swap(forming_, following_);
    } else {
        return false;  // two periods are open already and this is neither
    }
    return true;
}

std::optional<Bar> Series::close(Instant end, Instant visible, const Hole& hole) {
    const Instant begin = end - interval_;
    if (end <= closed_until_) return std::nullopt;
    closed_until_ = end;
    if (forming_.used && forming_.from == begin) {
        forming_.incomplete = forming_.incomplete || hole.touches(begin, end);
        const Bar bar = finish(bar_of(forming_, visible));
        forming_ = following_;
        following_ = {};
        return bar;
    }
    if (last_close_.is_zero()) return std::nullopt;
    if (hole.covers(begin, end)) {
        ++missing_;
        return std::nullopt;
    }
    Run nothing{begin, last_close_, last_close_, last_close_, last_close_, {}, 0, true, false, 0};
    nothing.incomplete = hole.touches(begin, end);
    Bar bar = bar_of(nothing, visible);
    bar.head.flags |= empty_bit;
    return finish(bar);
}

void Series::skip(std::uint32_t periods, Instant end) {
    closed_until_ = std::max(closed_until_, end);
    if (!last_close_.is_zero()) missing_ += periods;
    if (forming_.used && forming_.from < end) forming_ = following_;
    if (following_.used && following_.from < end) following_ = {};
}

void Series::load(const Bar& bar, std::vector<Bar>& closed) {
    const Instant opened = bar.opened_at();
    const Instant ended = opened + bar.interval;
    const Instant period = opened.floor(interval_);
    if (opened < closed_until_) return;  // loaded twice, or by a longer bar already
    venue_ = bar.head.venue;
    if (forming_.used && forming_.from != period) {  // its last finer bars never came
        forming_.incomplete = true;
        closed_until_ = forming_.from + interval_;
        closed.push_back(finish(bar_of(forming_, bar.head.received_at)));
        forming_ = {};
    }
    missing_ += forming_.used ? 0 : periods_between(closed_until_, period, interval_);
    if (bar.interval == interval_) {
        missing_ = std::max(missing_, bar.missing);
        closed_until_ = ended;
        forming_ = {};
        Bar own = bar;
        own.head.instrument = instrument_;
        closed.push_back(finish(own));
        return;
    }
    if (forming_.used) {
        forming_.merge(run_of(bar, period));
    } else {
        forming_ = run_of(bar, period);
        if (opened != period) forming_.incomplete = true;
    }
    if (ended < period + interval_) return;
    closed_until_ = ended;
    Bar whole = bar_of(forming_, bar.head.received_at);
    if (whole.volume.is_zero() && whole.trades == 0) whole.head.flags |= empty_bit;
    forming_ = {};
    closed.push_back(finish(whole));
}

void Series::keep(const Bar& bar, std::uint32_t history_max) {
    if (bars_.size() < history_max) {
        bars_.push_back(bar);
        next_ = bars_.size() % history_max;
        return;
    }
    bars_[next_] = bar;
    next_ = (next_ + 1) % bars_.size();
}

std::optional<Bar> Series::forming(const Run& open) const {
    Run run = forming_;
    if (open.used && open.from + interval_ > closed_until_) {
        Run moved = open;
        moved.from = open.from.floor(interval_);
        if (!run.used) {
            run = moved;
        } else if (run.from == moved.from) {
            run.merge(moved);
        }
    }
    if (!run.used) return std::nullopt;
    return bar_of(run, {});
}

Bar Series::bar_of(const Run& run, Instant visible) const {
    Bar bar;
    bar.head = market_head<Bar, MarketKind::bar>();
    bar.head.flags = run.incomplete ? incomplete_bit : 0;
    bar.head.venue = venue_;
    bar.head.instrument = instrument_;
    bar.head.exchange_at = run.from;
    bar.head.received_at = visible;
    bar.interval = interval_;
    bar.open = run.open;
    bar.high = run.high;
    bar.low = run.low;
    bar.close = run.close;
    bar.volume = run.volume;
    bar.trades = run.trades;
    return bar;
}

Bar Series::finish(Bar bar) {
    bar.missing = missing_;
    missing_ = 0;
    last_close_ = bar.close;
    return bar;
}

}  // namespace grekko::market
