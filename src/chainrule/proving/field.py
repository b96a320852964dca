"""Equality of terms as rational functions of independent atoms, with sums of symbolic length: exact, for all m and n.

A term is first *opened*: every sum that stands in a numerator is pushed outwards, so that the term becomes a list of
multiple sums, each with one rational body. Bodies over the same ranges are added (averaged over the orders of indices
with equal ranges) and compared with zero as quotients of SymPy polynomials, whose generators are the atoms: entries,
functions of anything, sums that stand in denominators. An atom's arguments are brought to canonical form first, so that
log(1 - h) and log(-h + 1) are one atom. A part of a body that does not depend on an index is multiplied by the length
of that index's range.

With exponentials related, e^(a + b) is e^a e^b and e^(-a) is 1/e^a; without, every exponential is an atom of its own.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import permutations
from typing import Any

from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, PolyRing

from chainrule.proving.arrange import TooLarge, arranged, height
from chainrule.proving.substitution import fresh_index, replaced
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Div,
    Domain,
    Entry,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
)

Poly = Any
MAXIMUM_TERMS = 20_000
MAXIMUM_EXPONENT = 24
Sums = tuple[Big, ...]


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


@dataclass
class Field:
    """Decides equality.

    ``exponentials`` says whether e^a and e^(a + b) are related, ``opens`` whether sums are looked into, ``deadline`` is
    a value of ``time.monotonic()``.
    """

    exponentials: bool = False
    opens: bool = True
    deadline: float | None = None
    _canonical: dict[Term, str] = field(default_factory=dict)
    _terms: dict[str, Term] = field(default_factory=dict)

    def equal(self, left: Term, right: Term) -> bool:
        """Whether ``left - right`` is zero for all values of the atoms.

        Raises:
            TooLarge: when a polynomial grows beyond what can be meant.
            OutOfTime: after the deadline.
            DivisionByZero: when a denominator is identically zero.
        """
        return not self.reduced(Add((left, Neg(right)))).groups

    def canonical(self, term: Term) -> str:
        """A string that equal terms share (where their denominators hold no sums)."""
        known = self._canonical.get(term)
        if known is None:
            known = self._canonical[term] = self.reduced(term).text()
        return known

    def reduced(self, term: Term) -> Reduction:
        """The term as multiple sums with rational bodies; without the bodies that are zero."""
        return Reduction(self, opened(term) if self.opens else [((), term)])

    def check_time(self) -> None:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime

    # ── atoms ────────────────────────────────────────────────────────────────────────────────────────────────────

    def powers_of(self, term: Term) -> list[tuple[str, int]]:
        """A term that is no sum, product or quotient, as a product of atoms with integer exponents."""
        if self.exponentials and isinstance(term, Call) and term.function == "exp":
            return self.exponential(term.args[0])
        name = self.atom(term)
        self._terms.setdefault(name, term)
        return [(name, 1)]

    def exponential(self, argument: Term) -> list[tuple[str, int]]:
        """e^(Σ c_k t_k) = Π (e^(t_k))^(c_k), each t_k a monomial with coefficient 1 (or 1/q)."""
        reduction = self.reduced(argument)
        if not reduction.groups:
            return []
        parts = reduction.linear_parts()
        if parts is None:
            text = reduction.text()
            opposite = self.canonical(Neg(argument))
            self._terms.setdefault(f"exp({text})", Call("exp", (argument,)))
            self._terms.setdefault(f"exp({opposite})", Call("exp", (Neg(argument),)))
            return [(f"exp({text})", 1)] if text <= opposite else [(f"exp({opposite})", -1)]
        found = []
        for coefficient, text, mono in parts:
            name = f"exp({text}/{coefficient.denominator})"
            self._terms.setdefault(name, Call("exp", (scaled(Num(Fraction(1, coefficient.denominator)), mono),)))
            found.append((name, coefficient.numerator))
        return found

    def exponential_factors(self, term: Term) -> tuple[list[Term], Term]:
        """A term as e^(Σ exponents) · rest, with every factor e^t that it has as a whole taken out."""
        reduction = self.reduced(term)
        if set(reduction.groups) != {()}:
            return [], term
        return reduction.exponential_factors(reduction.groups[()])

    def term_of(self, name: str) -> Term:
        """A term that has this atom's name."""
        return self._terms[name]

    def atom(self, term: Term) -> str:
        """The name of an atom, made of its arguments in canonical form."""
        if isinstance(term, Sym):
            return f"{term.name}()" if term.batch else term.name
        if isinstance(term, Entry):
            base = self.atom(term.base) if isinstance(term.base, Sym) else arranged(term.base)
            return f"{base}[{','.join(self.canonical(k) for k in term.indices)}]"
        if isinstance(term, Call) and not term.elementwise:
            args = ",".join(arranged(a) if a.shape else self.canonical(a) for a in term.args)
            return f"{term.function}{chr(39) * term.order}({args})"
        if isinstance(term, Pow):
            return f"pow({self.canonical(term.base)},{self.canonical(term.exponent)})"
        if isinstance(term, Big):
            index = Sym(f"‹{height(term)}›", domain=term.index.domain, bounds=term.index.bounds)
            body = self.canonical(replaced(term.body, {term.index: index}))
            sign = "Σ" if term.op == "+" else "Π"
            return f"{sign}({index.name},{self.canonical(term.lower)},{self.canonical(term.upper)},{body})"
        if isinstance(term, Derivative):
            body = arranged(term.body) if term.body.shape else self.canonical(term.body)
            return f"D({body};{arranged(term.by)})"
        if isinstance(term, Delta):
            return f"δ({','.join(sorted((arranged(term.left), arranged(term.right))))})"
        return arranged(term)


# ── opening sums ─────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── adding up ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Reduction:
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

    # ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────

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

    # ── canonical text ───────────────────────────────────────────────────────────────────────────────────────────

    def text(self) -> str:
        """The canonical string of the whole."""
        parts = [
            f"{','.join(key)}:{self.quotient_text(q)}" if key else self.quotient_text(q)
            for key, q in sorted(self.groups.items())
        ]
        return " & ".join(parts) if parts else "0"

    def quotient_text(self, quotient: Quotient) -> str:
        above, below = quotient.above.cancel(self.expand(quotient.below))
        sign = self.leading_sign(below)
        above, below = above * sign, below * sign
        return self.poly_text(above) if below == 1 else f"({self.poly_text(above)})/({self.poly_text(below)})"

    def leading_sign(self, poly: PolyElement) -> int:
        """The sign of the coefficient that comes first in the canonical order."""
        first = min(poly.items(), key=lambda item: self.monomial_text(item[0]))
        return 1 if first[1] > 0 else -1

    def poly_text(self, poly: PolyElement) -> str:
        terms = sorted((self.monomial_text(m), c) for m, c in poly.items())
        return "+".join(f"{c}*{m}" if c != 1 else m for m, c in terms)

    def monomial_text(self, monomial: tuple[int, ...]) -> str:
        factors = sorted(f"{self.names[k]}^{e}" if e > 1 else self.names[k] for k, e in enumerate(monomial) if e)
        return " ".join(factors) if factors else "1"

    # ── back to a term ───────────────────────────────────────────────────────────────────────────────────────────

    def term(self) -> Term:
        """The whole as a term again (only where exponentials are not related, so that every atom is a term)."""
        parts = [self.sum_term(key, quotient) for key, quotient in sorted(self.groups.items())]
        return parts[0] if len(parts) == 1 else Add(tuple(parts)) if parts else Num(Fraction(0))

    def sum_term(self, key: tuple[str, ...], quotient: Quotient) -> Term:
        """One group as a term: what does not depend on an index in front, the sums, and the rest under them."""
        above, below = quotient.above.cancel(self.expand(quotient.below))
        sign = self.leading_sign(below) * self.leading_sign(above)
        content, above = (above * self.leading_sign(above)).primitive()
        below = below * self.leading_sign(below)
        shared = [min(m[k] for m in above) for k in range(len(self.names))]
        above = self.lowered(above, shared)
        inside = [k for k, name in enumerate(self.names) if "‹s" in name]
        front = self.monomial_term(tuple(0 if k in inside else e for k, e in enumerate(shared)), Fraction(1))
        back = self.monomial_term(tuple(e if k in inside else 0 for k, e in enumerate(shared)), Fraction(1))
        body = times(back, self.poly_term(above)) if above != 1 else back
        outer = any(m[k] for m in below for k in inside)
        if below != 1 and outer:
            body = Div(body, self.poly_term(below))
        naming: dict[Term, Term] = {}
        for position, name in enumerate(key, 1):
            index = Sym(f"‹s{position}›", domain=Domain.INDEX, bounds=self.bounds[name])
            naming[index] = Sym("ikl"[position - 1], domain=Domain.INDEX, bounds=self.bounds[name])
            body = Big("+", index, *self.bounds[name], body)
        body = renamed(body, naming)
        number = Fraction(int(content.numerator), int(content.denominator)) * sign
        above_sums = times(Num(Fraction(abs(number.numerator))), front)
        below_sums = times(Num(Fraction(number.denominator)), ONE if outer else self.poly_term(below))
        if not key:
            above_sums, body = times(above_sums, body), ONE
        head = above_sums if below_sums == ONE else Div(above_sums, below_sums)
        term = times(head, body)
        return Neg(term) if number < 0 else term

    def poly_term(self, poly: PolyElement) -> Term:
        """A polynomial as one would write it, a term without a minus sign first."""
        found = sorted(poly.terms(), key=lambda term: term[1] < 0)
        terms = [self.monomial_term(m, Fraction(int(c.numerator), int(c.denominator))) for m, c in found]
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def monomial_term(self, monomial: tuple[int, ...], coefficient: Fraction) -> Term:
        factors = [
            self.owner.term_of(self.names[k]) if e == 1 else Pow(self.owner.term_of(self.names[k]), Num(Fraction(e)))
            for k, e in enumerate(monomial)
            if e
        ]
        body = Mul(tuple(factors)) if len(factors) > 1 else factors[0] if factors else ONE
        return scaled(Num(coefficient), body)

    def exponential_factors(self, quotient: Quotient) -> tuple[list[Term], Term]:
        """The exponents of the e^t that divide a quotient, and what is left of it."""
        above, below = quotient.above.cancel(self.expand(quotient.below))
        exponents: list[Term] = []
        for k, name in enumerate(self.names):
            if not name.startswith("exp("):
                continue
            power = min(m[k] for m in above) - min(m[k] for m in below)
            if power:
                generator = self.owner.term_of(name)
                assert isinstance(generator, Call)
                exponents.append(scaled(Num(Fraction(power)), generator.args[0]))
        above, below = (self.lowered(poly, self.exponential_share(poly)) for poly in (above, below))
        return exponents, self.poly_term(above) if below == 1 else Div(self.poly_term(above), self.poly_term(below))

    def exponential_share(self, poly: PolyElement) -> list[int]:
        """The powers of the e^t that all terms of a polynomial share."""
        return [min(m[k] for m in poly) if name.startswith("exp(") else 0 for k, name in enumerate(self.names)]

    def lowered(self, poly: PolyElement, powers: list[int]) -> PolyElement:
        """A polynomial divided by powers of its generators that all its terms have."""
        return self.ring.from_dict({tuple(e - s for e, s in zip(m, powers, strict=True)): c for m, c in poly.items()})

    def linear_parts(self) -> list[tuple[Fraction, str, Term]] | None:
        """The terms of a polynomial without sums, as (coefficient, monomial's text, monomial); else None."""
        if set(self.groups) != {()} or self.groups[()].below:
            return None
        poly = self.groups[()].above
        parts = [
            (Fraction(int(c.numerator), int(c.denominator)), self.monomial_text(m), self.monomial_term(m, Fraction(1)))
            for m, c in poly.items()
        ]
        return sorted(parts, key=lambda part: part[1])


def scaled(factor: Num, term: Term) -> Term:
    """A number times a term, as one would write it."""
    if factor == ONE:
        return term
    if factor.value == -1:
        return Neg(term)
    if term == ONE:
        return factor
    factors = term.factors if isinstance(term, Mul) else (term,)
    return Neg(Mul((Num(-factor.value), *factors))) if factor.value < 0 else Mul((factor, *factors))


def renamed(term: Term, naming: dict[Term, Term]) -> Term:
    """Bound indices under the names that a reader expects."""
    if isinstance(term, Big) and term.index in naming:
        index = naming[term.index]
        assert isinstance(index, Sym)
        return Big(term.op, index, term.lower, term.upper, renamed(replaced(term.body, {term.index: index}), naming))
    return term.map(lambda child: renamed(child, naming))


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


__all__ = ["DivisionByZero", "Field", "OutOfTime", "Reduction", "TooLarge"]
