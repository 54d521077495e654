"""Exact amounts of the oracle: decimals with 18 places, each rounding named."""

from decimal import (
    ROUND_CEILING as UP,
    ROUND_DOWN as TO_ZERO,
    ROUND_FLOOR as DOWN,
    ROUND_HALF_EVEN as EVEN,
    Decimal,
    getcontext,
)

getcontext().prec = 100
ZERO, ONE = Decimal(0), Decimal(1)
PLACE = Decimal(1).scaleb(-18)


def rounded(value, mode):
    return value.quantize(PLACE, mode)


def times(a, b, mode=EVEN):
    return rounded(a * b, mode)


def over(a, b, mode=EVEN):
    return rounded(a / b, mode)


def root(value):
    """The integer square root at 18 places: never above the true one."""
    return rounded(value.sqrt(), DOWN)


def stepped(value, step, mode):
    """A multiple of `step`."""
    return (value / step).to_integral_value(mode) * step


def fraction(part, whole):
    """part / whole inside 0 … 1."""
    if part <= 0:
        return ZERO
    return ONE if part >= whole else over(part, whole)


def text(value):
    """Plain digits without trailing zeros, as amounts are written in exports."""
    shown = format(value.normalize(), "f")
    return "0" if shown == "-0" else shown


__all__ = [
    "UP", "DOWN", "TO_ZERO", "EVEN", "Decimal", "ZERO", "ONE",
    "rounded", "times", "over", "root", "stepped", "fraction", "text",
]
