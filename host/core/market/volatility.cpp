#include "core/market/volatility.hpp"

#include <algorithm>

namespace grekko::market {

void Volatility::add(Price before, Price price, Rate decay) {
    // A return beyond tenfold says that the price was wrong; it must not leave the range either.
    constexpr Decimal bound = 10_d;
    const std::optional<Decimal> growth =
        checked_divide(price.decimal(), before.decimal(), Rounding::half_even);
    const Decimal change = growth ? std::min(*growth - 1_d, bound) : bound;
    squares_ = multiply(squares_, decay.decimal(), Rounding::half_even) +
               multiply(change, change, Rounding::half_even);
    weights_ = multiply(weights_, decay.decimal(), Rounding::half_even) + 1_d;
    sigma_ = Rate{square_root(divide(squares_, weights_, Rounding::half_even))};
    ++count_;
}

}  // namespace grekko::market
