#pragma once

// Elementary functions that give the same bits on every x86-64 CPU, so that the same tape gives the
// same actions everywhere. They are what a script's math.exp, math.log … call. This is not libm:
// the platform's libm picks other code, with other last bits, on a CPU with FMA. Nor is it fast
// vector code. The script binding calls it; indicators do not (they need + - * / sqrt alone).

namespace grekko::math {

// All functions: [any] pure, no errno, no allocation, never fail. Angles are radians. Special
// values follow C99 Annex F (log(0) is -inf, log(-1) is NaN, pow(x, 0) is 1, atan2 keeps signed
// zeros). Error: at most 1 unit in the last place; sqrt is exact (IEEE 754). A result beyond
// e^709.78271114955 (2e-6 below the largest double) is infinity; for sinh and cosh that is already
// so of |x| there. The caller's rounding mode must be to nearest with denormals on, which is what a
// process starts with.
double exp(double x);
double log(double x);
double log2(double x);
double log10(double x);
double pow(double x, double y);
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double atan2(double y, double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double sqrt(double x);
double cbrt(double x);

} // namespace grekko::math
