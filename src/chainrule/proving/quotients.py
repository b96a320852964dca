"""Multiple sums added up: bodies as quotients of SymPy polynomials in their atoms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from sympy.polys.domains import QQ
from sympy.polys.rings import PolyRing

from chainrule.proving.arrange import TooLarge, arranged
from chainrule.proving.opening import MAXIMUM_TERMS, Sums
from chainrule.proving.substitution import replaced
from chainrule.tree import (
    ONE,
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
)

if TYPE_CHECKING:
    from chainrule.proving.field import Field

Poly = Any
MAXIMUM_EXPONENT = 24


class OutOfTime(Exception):
    """The deadline of an equation has passed."""


class DivisionByZero(Exception):
    """A denominator is identically zero."""


@dataclass(frozen=True)
class Quotient:
    """A polynomial over a product of polynomials."""

    above: Poly
    below: Counter[Poly]


@cache
def ring_of(size: int) -> PolyRing:
    """The polynomial ring over the rationals in ``size`` generators."""
    return PolyRing([f"a{k}" for k in range(size)], QQ)


class Quotients:
    """Multiple sums with rational bodies, the zero ones left out.

    ``groups`` maps the ranges of a multiple sum to its body; in it, the indices are called ‹s1›, ‹s2›, … in the order
    of the ranges.
    """

    def __init__(self, owner: Field, pieces: list[tuple[Sums, Term]]) -> None:
        self.owner = owner
        bodies: dict[tuple[str, ...], list[Term]] = {}
        self.lengths: dict[str, Term] = {}
        self.bounds: dict[str, tuple[Term, Term]] = {}
        for sums, body in pieces:
            key, image = self.standard(sums, body)
            bodies.setdefault(key, []).extend(image)
        self.atoms: dict[str, int] = {}
        for body in [*(b for found in bodies.values() for b in found), *self.lengths.values()]:
            self.collect(body)
        self.names = list(self.atoms)
        self.ring = ring_of(len(self.atoms))
        self.groups: dict[tuple[str, ...], Quotient] = {}
        self.add_up(bodies)

    def standard(self, sums: Sums, body: Term) -> tuple[tuple[str, ...], list[Term]]:
        """The ranges in order, and the body under every naming of the indices that keeps that order."""
        ranges = []
        for header in sums:
            name = f"{arranged(header.lower)}..{arranged(header.upper)}"
            self.bounds[name] = (header.lower, header.upper)
            self.lengths[name] = Add((header.upper, Neg(header.lower), ONE))
            ranges.append((name, header.index))
        ranges.sort(key=lambda pair: pair[0])
        key = tuple(name for name, _ in ranges)
        if len(key) > 4:
            raise TooLarge(f"{len(key)} nested sums")
        images: list[Term] = []
        for order in permutations(range(len(ranges))):
            if tuple(ranges[k][0] for k in order) != key:
                continue
            naming: dict[Term, Term] = {
                ranges[k][1]: Sym(f"‹s{position}›", domain=ranges[k][1].domain, bounds=ranges[k][1].bounds)
                for position, k in enumerate(order, 1)
            }
            images.append(replaced(body, naming) if naming else body)
        share = Num(Fraction(1, len(images)))
        return key, images if len(images) == 1 else [Mul((share, image)) for image in images]

    def collect(self, term: Term) -> None:
        """Give every atom of a body its generator."""
        if isinstance(term, Num):
            return
        if isinstance(term, Add | Neg | Mul | Div) or (isinstance(term, Pow) and integer(term.exponent) is not None):
            for child in [term.base] if isinstance(term, Pow) else term.children():
                self.collect(child)
            return
        for name, _ in self.owner.powers_of(term):
            self.atoms.setdefault(name, len(self.atoms))

    def add_up(self, bodies: dict[tuple[str, ...], list[Term]]) -> None:
        """Add the bodies of each group, deepest sums first; what no longer depends on an index leaves its sum."""
        pending: dict[tuple[str, ...], Quotient] = {}
        for key in sorted(bodies, key=len, reverse=True):
            for body in bodies[key]:
                quotient = self.quotient(body)
                pending[key] = self.plus(pending[key], quotient) if key in pending else quotient
        while pending:
            key = max(pending, key=len)
            quotient = pending.pop(key)
            for position in range(len(key), 0, -1):
                quotient = self.release(key, position, quotient, pending)
            if quotient.above:
                self.groups[key] = quotient

    def release(
        self, key: tuple[str, ...], position: int, quotient: Quotient, pending: dict[tuple[str, ...], Quotient]
    ) -> Quotient:
        """Move the part of a body that is constant in the index at ``position`` to the sum without that index."""
        token = f"‹s{position}›"
        if position != len(key) or not quotient.above:
            return quotient
        marked = [k for k, name in enumerate(self.names) if token in name]
        if any(monomial[k] for p in quotient.below for monomial in p for k in marked):
            return quotient
        constant = self.ring.from_dict({m: c for m, c in quotient.above.items() if not any(m[k] for k in marked)})
        if not constant:
            return quotient
        length = self.quotient(self.lengths[key[-1]])
        moved = self.times(Quotient(constant, quotient.below), length)
        rest = key[:-1]
        pending[rest] = self.plus(pending[rest], moved) if rest in pending else moved
        return Quotient(quotient.above - constant, quotient.below)

    def quotient(self, term: Term) -> Quotient:
        """A body without sums as a quotient of polynomials in the atoms."""
        self.owner.check_time()
        if isinstance(term, Num):
            return Quotient(self.ring(QQ(term.value.numerator, term.value.denominator)), Counter())
        if isinstance(term, Add):
            total = self.quotient(term.terms[0])
            for t in term.terms[1:]:
                total = self.plus(total, self.quotient(t))
            return total
        if isinstance(term, Neg):
            inner = self.quotient(term.body)
            return Quotient(-inner.above, inner.below)
        if isinstance(term, Mul):
            result = self.quotient(ONE)
            for f in term.factors:
                result = self.times(result, self.quotient(f))
            return result
        if isinstance(term, Div):
            return self.times(self.quotient(term.above), self.inverse(self.quotient(term.below)))
        exponent = integer(term.exponent) if isinstance(term, Pow) else None
        if isinstance(term, Pow) and exponent is not None:
            return self.power(self.quotient(term.base), exponent)
        return self.generators(term)

    def generators(self, term: Term) -> Quotient:
        """The atoms that a term is made of."""
        result = self.quotient(ONE)
        for name, exponent in self.owner.powers_of(term):
            generator = Quotient(self.ring.gens[self.atoms[name]], Counter())
            result = self.times(result, self.power(generator, exponent))
        return result

    def plus(self, a: Quotient, b: Quotient) -> Quotient:
        below = a.below | b.below
        above = a.above * self.expand(below - a.below) + b.above * self.expand(below - b.below)
        return self.checked(Quotient(above, below if above else Counter()))

    def times(self, a: Quotient, b: Quotient) -> Quotient:
        return self.checked(Quotient(a.above * b.above, a.below + b.below))

    def inverse(self, a: Quotient) -> Quotient:
        if not a.above:
            raise DivisionByZero
        content, primitive = a.above.primitive()
        if len(primitive) == 1:
            ((monomial, coefficient),) = primitive.items()
            below = Counter({self.ring.gens[k]: e for k, e in enumerate(monomial) if e})
            content *= coefficient
        else:
            if primitive.LC < 0:
                primitive, content = -primitive, -content
            below = Counter({primitive: 1})
        return Quotient(self.expand(a.below) * (1 / content), below)

    def power(self, a: Quotient, exponent: int) -> Quotient:
        if abs(exponent) > MAXIMUM_EXPONENT:
            raise TooLarge(f"the exponent {exponent}")
        if exponent < 0:
            return self.power(self.inverse(a), -exponent)
        result = self.quotient(ONE)
        for _ in range(exponent):
            result = self.times(result, a)
        return result

    def expand(self, factors: Counter[Poly]) -> Poly:
        result = self.ring.one
        for factor, exponent in factors.items():
            for _ in range(exponent):
                result = result * factor
        return result

    @staticmethod
    def checked(quotient: Quotient) -> Quotient:
        if len(quotient.above) > MAXIMUM_TERMS:
            raise TooLarge(f"more than {MAXIMUM_TERMS} terms")
        return quotient


def integer(exponent: Term) -> int | None:
    """The value of a constant integer exponent, also one written as a sum such as 1 - 1."""
    if isinstance(exponent, Num):
        return int(exponent.value) if exponent.value.denominator == 1 else None
    if isinstance(exponent, Neg):
        inner = integer(exponent.body)
        return None if inner is None else -inner
    if isinstance(exponent, Add):
        parts = [integer(t) for t in exponent.terms]
        return None if any(p is None for p in parts) else sum(p for p in parts if p is not None)
    return None
