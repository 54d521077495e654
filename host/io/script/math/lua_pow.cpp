#include "io/script/math/math.hpp"

// The operator `^` of scripts: Lua's library is linked so that it calls this instead of libm.
extern "C" double grekko_lua_pow(double base, double exponent);

extern "C" double grekko_lua_pow(double base, double exponent) {
    return grekko::math::pow(base, exponent);
}
