"""Sums pushed outwards: a term as multiple sums, each with one body."""

from __future__ import annotations

from fractions import Fraction

from chainrule.proving.arrange import TooLarge
from chainrule.proving.substitution import fresh_index, replaced
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
)

MAXIMUM_TERMS = 20_000
Sums = tuple[Big, ...]


def opened(term: Term) -> list[tuple[Sums, Term]]:
    """The term as a list of (sums from the outside in, body)."""
    if isinstance(term, Add):
        return limited([piece for t in term.terms for piece in opened(t)])
    if isinstance(term, Neg):
        return [(sums, Neg(body)) for sums, body in opened(term.body)]
    if isinstance(term, Mul):
        pieces: list[tuple[Sums, Term]] = [((), ONE)]
        for factor in term.factors:
            found = opened(factor)
            if (len(found) == 1 and not found[0][0]) or all(not sums for sums, _ in found):
                pieces = [(sums, times(body, factor)) for sums, body in pieces]
            else:
                pieces = limited([(a + b, times(x, y)) for a, x in pieces for b, y in found])
        return pieces
    if isinstance(term, Div):
        return [(sums, Div(body, term.below)) for sums, body in opened(term.above)]
    if (
        isinstance(term, Pow)
        and term.exponent == Num(Fraction(2))
        and any(isinstance(t, Big) for t in term.base.walk())
    ):
        return opened(Mul((term.base, term.base)))
    if isinstance(term, Big) and term.op == "+":
        index = fresh_index(term.upper)
        index = Sym(index.name, domain=term.index.domain, bounds=term.index.bounds)
        header = Big("+", index, term.lower, term.upper, ONE)
        return [((header, *sums), body) for sums, body in opened(replaced(term.body, {term.index: index}))]
    return [((), term)]


def times(left: Term, right: Term) -> Term:
    """A product in one piece, without needless ones."""
    factors = [f for side in (left, right) for f in (side.factors if isinstance(side, Mul) else (side,)) if f != ONE]
    return Mul(tuple(factors)) if len(factors) > 1 else factors[0] if factors else ONE


def limited(pieces: list[tuple[Sums, Term]]) -> list[tuple[Sums, Term]]:
    if len(pieces) > MAXIMUM_TERMS:
        raise TooLarge(f"more than {MAXIMUM_TERMS} terms")
    return pieces
