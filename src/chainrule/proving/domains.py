"""Which values a term can take: exact interval arithmetic from the declared domains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chainrule.symbols import Notation
from chainrule.tree import Add, Big, Call, Div, Domain, Entry, Mul, Neg, NormSquared, Num, Pow, Sym, Term

End = Fraction | None
"""An end of an interval; None is infinite."""


@dataclass(frozen=True)
class Interval:
    """All numbers between two ends; an infinite end is open."""

    low: End = None
    high: End = None
    low_open: bool = True
    high_open: bool = True

    @property
    def positive(self) -> bool:
        """Whether every number in it is greater than zero."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def nonnegative(self) -> bool:
        """Whether no number in it is less than zero."""
        return self.low is not None and self.low >= 0

    @property
    def nonzero(self) -> bool:
        """Whether zero is not in it."""
        return self.positive or negated(self).positive

    def within(self, other: Interval) -> bool:
        """Whether every number in it lies in ``other``."""
        return ends_inside(self.low, self.low_open, other.low, other.low_open, False) and ends_inside(
            self.high, self.high_open, other.high, other.high_open, True
        )


ALL = Interval()
POSITIVE = Interval(Fraction(0))
DOMAINS = {
    Domain.REAL: ALL,
    Domain.NATURAL: Interval(Fraction(1), None, False),
    Domain.BINARY: Interval(Fraction(0), Fraction(1), False, False),
    Domain.UNIT: Interval(Fraction(0), Fraction(1)),
    Domain.POSITIVE: POSITIVE,
    Domain.INDEX: Interval(Fraction(1), None, False),
}


def ends_inside(end: End, is_open: bool, bound: End, bound_open: bool, upper: bool) -> bool:
    if bound is None:
        return True
    if end is None:
        return False
    if end == bound:
        return is_open or not bound_open
    return end < bound if upper else end > bound


def negated(a: Interval) -> Interval:
    """{-x}."""
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low, a.high_open, a.low_open)


def plus(a: Interval, b: Interval) -> Interval:
    """{x + y}."""
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Interval(low, high, low is None or a.low_open or b.low_open, high is None or a.high_open or b.high_open)


def times(a: Interval, b: Interval) -> Interval:
    """{x y}; where neither factor has a known sign, all numbers."""
    if not a.nonnegative and negated(a).nonnegative:
        return negated(times(negated(a), b))
    if not b.nonnegative and negated(b).nonnegative:
        return negated(times(a, negated(b)))
    if not a.nonnegative:
        a, b = b, a
    if not a.nonnegative:
        return ALL
    assert a.low is not None
    if b.nonnegative:
        assert b.low is not None
        high = None if a.high is None or b.high is None else a.high * b.high
        low_open = (a.low_open and (a.low > 0 or b.positive)) or (b.low_open and (b.low > 0 or a.positive))
        if a.low == 0 or b.low == 0:
            low_open = a.positive and b.positive
        return Interval(a.low * b.low, high, low_open, high is None or a.high_open or b.high_open)
    low = None if b.low is None or a.high is None else b.low * a.high
    high = None if b.high is None or a.high is None else b.high * a.high
    return Interval(low, high, low is None or a.high_open or b.low_open, high is None or a.high_open or b.high_open)


def inverse(a: Interval) -> Interval:
    """{1/x}; all numbers where zero is not excluded."""
    if negated(a).positive:
        return negated(inverse(negated(a)))
    if not a.positive:
        return ALL
    high = None if not a.low else 1 / a.low
    low = Fraction(0) if a.high is None else 1 / a.high
    return Interval(low, high, a.high is None or a.high_open, high is None or a.low_open)


def range_of(term: Term, notation: Notation) -> Interval:
    """An interval that contains every value of ``term`` on the declared domains."""
    reach = RANGES.get(type(term))
    return reach(term, notation) if reach else ALL


def range_of_number(term: Num, notation: Notation) -> Interval:
    return Interval(term.value, term.value, False, False)


def range_of_symbol(term: Sym, notation: Notation) -> Interval:
    definition = notation.definitions.get(term.name) if term.domain is Domain.REAL and not term.axes else None
    return range_of(definition.body, notation) if definition else DOMAINS[term.domain]


def range_of_entry(term: Entry, notation: Notation) -> Interval:
    return DOMAINS[term.base.domain] if isinstance(term.base, Sym) else ALL


def range_of_opposite(term: Neg, notation: Notation) -> Interval:
    return negated(range_of(term.body, notation))


def range_of_quotient(term: Div, notation: Notation) -> Interval:
    return times(range_of(term.above, notation), inverse(range_of(term.below, notation)))


def range_of_square(term: NormSquared, notation: Notation) -> Interval:
    return Interval(Fraction(0), None, False)


def range_of_sum(term: Add, notation: Notation) -> Interval:
    total = Interval(Fraction(0), Fraction(0), False, False)
    for part in term.terms:
        total = plus(total, range_of(part, notation))
    return total


def range_of_product(term: Mul, notation: Notation) -> Interval:
    product = Interval(Fraction(1), Fraction(1), False, False)
    for factor in term.factors:
        product = times(product, range_of(factor, notation))
    return product


def range_of_power(term: Pow, notation: Notation) -> Interval:
    base = range_of(term.base, notation)
    if isinstance(term.exponent, Num) and term.exponent.value.denominator == 1 and 0 < term.exponent.value <= 8:
        count = int(term.exponent.value)
        if count % 2 == 0 and not base.nonnegative and not negated(base).nonnegative:
            return Interval(Fraction(0), None, False)
        power = base
        for _ in range(count - 1):
            power = times(power, base)
        return power
    return POSITIVE if base.positive else ALL


def range_of_call(term: Call, notation: Notation) -> Interval:
    if term.function == "exp":
        inside = range_of(term.args[0], notation)
        if inside.high is not None and inside.high <= 0:
            return Interval(Fraction(0), Fraction(1), True, inside.high_open or inside.high < 0)
        if inside.low is not None and inside.low >= 0:
            return Interval(Fraction(1), None, inside.low_open and inside.low == 0)
        return POSITIVE
    if term.function == "sqrt":
        return POSITIVE if range_of(term.args[0], notation).positive else Interval(Fraction(0), None, False)
    if term.function == "abs":
        return POSITIVE if range_of(term.args[0], notation).nonzero else Interval(Fraction(0), None, False)
    function = notation.functions.get(term.function)
    return DOMAINS[function.codomain] if function is not None and not term.order else ALL


def range_of_big(term: Big, notation: Notation) -> Interval:
    """A sum or product of one or more terms of known sign has that sign."""
    body = range_of(term.body, notation)
    if body.positive:
        return POSITIVE
    if body.nonnegative:
        return Interval(Fraction(0), None, False)
    if term.op == "+" and negated(body).nonnegative:
        return negated(range_of_big(Big("+", term.index, term.lower, term.upper, Neg(term.body)), notation))
    return ALL


RANGES: dict[type, Callable[[Any, Notation], Interval]] = {
    Num: range_of_number,
    Sym: range_of_symbol,
    Entry: range_of_entry,
    Neg: range_of_opposite,
    Add: range_of_sum,
    Mul: range_of_product,
    Div: range_of_quotient,
    Pow: range_of_power,
    Call: range_of_call,
    NormSquared: range_of_square,
    Big: range_of_big,
}
