#include "domain/market_view.hpp"

namespace grekko {

Rate MarketView::sigma(Duration horizon) const {
    const Decimal minutes =
        divide(Decimal::whole(horizon.count()), Decimal::whole(Duration::minutes(1).count()),
               Rounding::half_even);
    return Rate{multiply(sigma_1min.decimal(), square_root(minutes), Rounding::half_even)};
}

}  // namespace grekko
