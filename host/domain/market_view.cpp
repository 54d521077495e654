#include "domain/market_view.hpp"

namespace grekko {
namespace {

// √(horizon / 1 min), rounded down. Nearly always an hour or a day.
Decimal root_of_minutes(Duration horizon) {
    constexpr Decimal of_hour = 7.745966692414833770_d;
    constexpr Decimal of_day = 37.947331922020551983_d;
    if (horizon == Duration::days(1)) return of_day;
    if (horizon == Duration::hours(1)) return of_hour;
    return square_root(divide(Decimal::whole(horizon.count()),
                              Decimal::whole(Duration::minutes(1).count()), Rounding::half_even));
}

} // namespace

Rate MarketView::sigma(Duration horizon) const {
    if (sigma_1min.is_zero()) return {};
    return Rate{multiply(sigma_1min.decimal(), root_of_minutes(horizon), Rounding::half_even)};
}

} // namespace grekko
