#include "io/script/math/math.hpp"

#include <sleef.h>

#include <cmath>

// The names say it: `cinz` is the consistent-results build of SLEEF without FMA, `d1` one double,
// `u10` an error of at most 1.0 units in the last place, `purec` no vector extension beyond SSE2.
// Names without those parts (Sleef_sind1_u10) choose an implementation by CPU and must not be used.
namespace grekko::math {

double exp(double x) {
    return Sleef_cinz_expd1_u10purec(x);
}

double log(double x) {
    return Sleef_cinz_logd1_u10purec(x);
}

double log2(double x) {
    return Sleef_cinz_log2d1_u10purec(x);
}

double log10(double x) {
    return Sleef_cinz_log10d1_u10purec(x);
}

double pow(double x, double y) {
    return Sleef_cinz_powd1_u10purec(x, y);
}

double sin(double x) {
    return Sleef_cinz_sind1_u10purec(x);
}

double cos(double x) {
    return Sleef_cinz_cosd1_u10purec(x);
}

double tan(double x) {
    return Sleef_cinz_tand1_u10purec(x);
}

double asin(double x) {
    return Sleef_cinz_asind1_u10purec(x);
}

double acos(double x) {
    return Sleef_cinz_acosd1_u10purec(x);
}

double atan(double x) {
    return Sleef_cinz_atand1_u10purec(x);
}

double atan2(double y, double x) {
    return Sleef_cinz_atan2d1_u10purec(y, x);
}

double sinh(double x) {
    return Sleef_cinz_sinhd1_u10purec(x);
}

double cosh(double x) {
    return Sleef_cinz_coshd1_u10purec(x);
}

double tanh(double x) {
    return Sleef_cinz_tanhd1_u10purec(x);
}

double sqrt(double x) {
    return std::sqrt(x); // IEEE 754 demands the exact result, so every CPU agrees
}

double cbrt(double x) {
    return Sleef_cinz_cbrtd1_u10purec(x);
}

} // namespace grekko::math
