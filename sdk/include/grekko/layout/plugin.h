/* Sizes and offsets of <grekko/plugin.h>, written once:
 * asserted here, printed by the test that compares them with sdk/abi/layout.txt. Every member
 * stands here, so that a gap is noticed. The header includes it at its end; nothing else does. */
#ifndef GREKKO_LAYOUT_PLUGIN_H
#define GREKKO_LAYOUT_PLUGIN_H

#include <grekko/plugin.h>

/* clang-format off */
#define GREKKO_LAYOUT_PLUGIN(SIZE, MEMBER) \
    SIZE(grekko_parameter_spec, 88) \
    MEMBER(grekko_parameter_spec, size, 0, 4) \
    MEMBER(grekko_parameter_spec, kind, 4, 4) \
    MEMBER(grekko_parameter_spec, name, 8, 16) \
    MEMBER(grekko_parameter_spec, help, 24, 16) \
    MEMBER(grekko_parameter_spec, normal, 40, 16) \
    MEMBER(grekko_parameter_spec, min, 56, 16) \
    MEMBER(grekko_parameter_spec, max, 72, 16) \
    SIZE(grekko_parameter, 56) \
    MEMBER(grekko_parameter, size, 0, 4) \
    MEMBER(grekko_parameter, kind, 4, 4) \
    MEMBER(grekko_parameter, name, 8, 16) \
    MEMBER(grekko_parameter, number, 24, 16) \
    MEMBER(grekko_parameter, text, 40, 16) \
    SIZE(grekko_descriptor, 72) \
    MEMBER(grekko_descriptor, size, 0, 4) \
    MEMBER(grekko_descriptor, mode, 4, 4) \
    MEMBER(grekko_descriptor, id, 8, 16) \
    MEMBER(grekko_descriptor, version, 24, 16) \
    MEMBER(grekko_descriptor, help, 40, 16) \
    MEMBER(grekko_descriptor, parameter_count, 56, 4) \
    MEMBER(grekko_descriptor, reserved, 60, 4) \
    MEMBER(grekko_descriptor, parameters, 64, 8) \
    SIZE(grekko_instrument, 112) \
    MEMBER(grekko_instrument, size, 0, 4) \
    MEMBER(grekko_instrument, instrument, 4, 2) \
    MEMBER(grekko_instrument, venue, 6, 2) \
    MEMBER(grekko_instrument, symbol, 8, 24) \
    MEMBER(grekko_instrument, base, 32, 16) \
    MEMBER(grekko_instrument, quote, 48, 16) \
    MEMBER(grekko_instrument, tick, 64, 16) \
    MEMBER(grekko_instrument, lot, 80, 16) \
    MEMBER(grekko_instrument, notional_min, 96, 16) \
    SIZE(grekko_setup, 64) \
    MEMBER(grekko_setup, size, 0, 4) \
    MEMBER(grekko_setup, mode, 4, 4) \
    MEMBER(grekko_setup, id, 8, 16) \
    MEMBER(grekko_setup, name, 24, 16) \
    MEMBER(grekko_setup, parameter_count, 40, 4) \
    MEMBER(grekko_setup, instrument_count, 44, 4) \
    MEMBER(grekko_setup, parameters, 48, 8) \
    MEMBER(grekko_setup, instruments, 56, 8)
/* clang-format on */

GREKKO_LAYOUT_PLUGIN(GREKKO_ASSERT_SIZE, GREKKO_ASSERT_MEMBER)

#endif
