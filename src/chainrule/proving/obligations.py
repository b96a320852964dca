"""What a line owes before it has a value: logarithms of positive numbers, denominators other than zero."""

from __future__ import annotations

from dataclasses import dataclass

from chainrule.proving.domains import range_of
from chainrule.symbols import Notation
from chainrule.tree import ONE, ZERO, Big, Call, Div, Neg, Num, Pow, Sym, Term


@dataclass(frozen=True)
class Obligation:
    """``part`` must satisfy ``wish``; a witness against it is sought as ``part relation bound`` being false."""

    part: Term
    wish: str
    relation: str
    bound: Term = ZERO


def open_obligations(term: Term, notation: Notation) -> list[Obligation]:
    """The obligations of a term that its domains do not discharge, outermost first."""
    return [o for part in term.walk() for o in obligations_of(part) if not discharged(o, notation)]


def obligations_of(part: Term) -> list[Obligation]:
    """What one node owes."""
    if isinstance(part, Call) and part.function == "log" and not part.elementwise:
        return [Obligation(part.args[0], "must be positive", ">")]
    if isinstance(part, Call) and part.function == "sqrt":
        return [Obligation(part.args[0], "must not be negative", ">=")]
    if isinstance(part, Div):
        return [Obligation(part.below, "must not be zero", "!=")]
    if isinstance(part, Pow) and negative(part.exponent):
        return [Obligation(part.base, "must not be zero", "!=")]
    if isinstance(part, Big) and not ordered(part):
        return [Obligation(part.upper, "must not be less than the lower bound", ">=", part.lower)]
    return []


def negative(exponent: Term) -> bool:
    return (isinstance(exponent, Num) and exponent.value < 0) or isinstance(exponent, Neg)


def ordered(big: Big) -> bool:
    """Whether a sum runs from 1 to a size, or between numbers in order."""
    if isinstance(big.lower, Num) and isinstance(big.upper, Num):
        return big.lower.value <= big.upper.value
    return big.lower == ONE and isinstance(big.upper, Sym)


def discharged(obligation: Obligation, notation: Notation) -> bool:
    """Whether interval arithmetic shows that the wish is met everywhere."""
    reach = range_of(obligation.part, notation)
    if obligation.relation == ">":
        return reach.positive
    if obligation.relation == "!=":
        return reach.nonzero
    return obligation.bound == ZERO and reach.nonnegative
