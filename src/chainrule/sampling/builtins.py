"""Functions of one number, real or complex: a complex number is a point with an infinitesimal step away from it."""

from __future__ import annotations

import cmath
import math
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from chainrule.tree import Domain

Number = Any  # float or complex


class Undefined(ArithmeticError):
    """A term has no value at a point."""


def log(x: Number) -> Number:
    """The natural logarithm of a positive number."""
    if x.real <= 0:
        raise Undefined(f"the logarithm of {x.real:.6g}")
    return cmath.log(x) if isinstance(x, complex) else math.log(x)


def exp(x: Number) -> Number:
    return cmath.exp(x) if isinstance(x, complex) else math.exp(x)


def sqrt(x: Number) -> Number:
    """The root of a non-negative number."""
    if x.real < 0:
        raise Undefined(f"the square root of {x.real:.6g}")
    return cmath.sqrt(x) if isinstance(x, complex) else math.sqrt(x)


def maximum(*numbers: Number) -> Number:
    """The largest; of complex numbers, the one whose real part is."""
    return max(numbers, key=lambda x: x.real)


def absolute(x: Number) -> Number:
    """The absolute value, continued to the complex numbers beside the real axis."""
    return x if x.real >= 0 else -x


BUILTINS: dict[str, Callable[..., Number]] = {"log": log, "exp": exp, "sqrt": sqrt, "max": maximum, "abs": absolute}


def power(base: Number, exponent: Number) -> Number:
    """``base ** exponent`` where it is a real number; 0⁰ is 1."""
    if isinstance(base, int):
        base = float(base)  # so that 9^(9^9) overflows instead of filling the memory
    if base.real < 0 and not float(exponent.real).is_integer():
        raise Undefined("a broken power of a negative number")
    if base == 0 and exponent.real < 0:
        raise Undefined("a division by zero")
    return base**exponent


def any_function(name: str, codomain: Domain) -> Callable[..., Number]:
    """Some smooth function into ``codomain``, for a function that is declared and not defined: it may be any."""
    start = zlib.crc32(name.encode()) % 97 / 97

    def sample(*arguments: Any) -> Number:
        point: Number = start
        for argument in arguments:
            for x in np.ravel(argument).tolist():
                point = 0.7 * point + x / (1.5 + start)
        if codomain is Domain.UNIT:
            return 1 / (1 + exp(-point))
        if codomain is Domain.POSITIVE:
            return exp(point / 2)
        return exp(-point * point / 8) + point / 3

    return sample
