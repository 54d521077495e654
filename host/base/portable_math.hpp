// Logarithm and exponential with the same bits on every machine: additions, multiplications and
// divisions in a fixed order, never fused, no C library. Not for money. Random draws from
// distributions with them; statistics that enter a digest use them too.
#pragma once

namespace grekko {

// ln(x) for finite x > 0 (ASSERT); error below 2 units in the last place, near 1 below 10^-16
// absolute.
double portable_log(double x);

// e^x for |x| <= 700 (ASSERT); relative error below 5·10^-16.
double portable_exp(double x);

} // namespace grekko
