// Statistics: what the venue knows of an instrument's past when it prices an order's impact:
// volatility of a day (half-life 60 samples) and traded volume. Only the past goes in; a bar is
// added when it has closed. It prices nothing that has no size.
#pragma once

#include <vector>

#include "paper/config.hpp"

namespace grekko::paper {

class Statistics {
public:
    explicit Statistics(Decimal sigma_day) : sigma_default_{sigma_day} {}

    void traded(grekko_time at, Decimal quantity);
    // The first mid of a minute makes a sample against the first mid of an earlier one.
    void mid(grekko_time at, Decimal mid);
    void bar(const grekko_bar& bar);

    // Of one day, as a fraction; the default until there are ten samples.
    Decimal sigma_day() const;
    // Base units in the 24 hours before `now`, scaled up while less has been seen; 0: nothing.
    Decimal volume_day(grekko_time now) const;
    Decimal volume_5min(grekko_time now) const;
    // c · sigma(1 d) · sqrt(q / V) as a fraction of price; V unknown counts as 10 000 q.
    Decimal impact(Decimal factor, Decimal quantity, grekko_time now) const;
    // The largest quantity with that impact or less.
    Decimal quantity_within(Decimal factor, Decimal impact, grekko_time now) const;

private:
    static constexpr std::size_t buckets = 24 * 60;
    void sample(Decimal change, grekko_duration interval);
    Decimal volume(grekko_time now, std::size_t minutes) const;

    Decimal sigma_default_;
    std::vector<std::pair<grekko_time, Decimal>> minutes_; // by minute, modulo a day
    grekko_time first_{0};
    Decimal squares_, weights_;
    std::uint32_t samples_{0};
    grekko_duration interval_{minute};
    grekko_time mid_minute_{0};
    Decimal last_mid_, last_close_;
};

} // namespace grekko::paper
