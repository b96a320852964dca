"""A reduced term: its canonical text, and the way back to a term."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy.polys.rings import PolyElement

from chainrule.proving.opening import times
from chainrule.proving.quotients import Quotient, Quotients
from chainrule.proving.substitution import replaced
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Div,
    Domain,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
)


class Reduction(Quotients):
    """Multiple sums with rational bodies, as text and as terms."""

    def text(self) -> str:
        """The canonical string of the whole."""
        parts = [
            f"{','.join(key)}:{self.quotient_text(q)}" if key else self.quotient_text(q)
            for key, q in sorted(self.groups.items())
        ]
        return " & ".join(parts) if parts else "0"

    def quotient_text(self, quotient: Quotient) -> str:
        above, below = self.lowest(quotient)
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

    def term(self) -> Term:
        """The whole as a term again (only where exponentials are not related, so that every atom is a term)."""
        parts = [self.sum_term(key, quotient) for key, quotient in sorted(self.groups.items())]
        return parts[0] if len(parts) == 1 else Add(tuple(parts)) if parts else Num(Fraction(0))

    def sum_term(self, key: tuple[str, ...], quotient: Quotient) -> Term:
        """One group as a term: what does not depend on an index in front, the sums, and the rest under them."""
        above, below = self.lowest(quotient)
        signs = self.leading_sign(above), self.leading_sign(below)
        content, above = (above * signs[0]).primitive()
        below = below * signs[1]
        shared = self.shared(above)
        above = self.lowered(above, shared)
        inside = [k for k, name in enumerate(self.names) if "‹s" in name]
        front = self.monomial_term(tuple(0 if k in inside else e for k, e in enumerate(shared)), Fraction(1))
        back = self.monomial_term(tuple(e if k in inside else 0 for k, e in enumerate(shared)), Fraction(1))
        body = times(back, self.poly_term(above)) if above != 1 else back
        outer = any(m[k] for m in below for k in inside)
        if below != 1 and outer:
            body = Div(body, self.poly_term(below))
        naming: dict[Term, Term] = {}
        for (position, name), letter in zip(enumerate(key, 1), self.letters(), strict=False):
            index = Sym(f"‹s{position}›", domain=Domain.INDEX, bounds=self.bounds[name])
            naming[index] = Sym(letter, domain=Domain.INDEX, bounds=self.bounds[name])
            body = Big("+", index, *self.bounds[name], body)
        body = renamed(body, naming)
        number = fraction(content) * signs[0] * signs[1]
        above_sums = times(Num(Fraction(abs(number.numerator))), front)
        below_sums = times(Num(Fraction(number.denominator)), ONE if outer else self.poly_term(below))
        if not key:
            above_sums, body = times(above_sums, body), ONE
        head = above_sums if below_sums == ONE else Div(above_sums, below_sums)
        term = times(head, body)
        return Neg(term) if number < 0 else term

    def letters(self) -> Iterator[str]:
        """Letters for the indices of sums that stand for nothing else here."""
        terms = (self.owner.term_of(name) for name in self.names)
        used = {part.name for term in terms for part in term.walk() if isinstance(part, Sym)}
        return (letter for letter in "ikljrspqabcdefgh" if letter not in used)

    def poly_term(self, poly: PolyElement) -> Term:
        """A polynomial as one would write it, a term without a minus sign first."""
        found = sorted(poly.terms(), key=lambda term: term[1] < 0)
        terms = [self.monomial_term(m, fraction(c)) for m, c in found]
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
        above, below = self.lowest(quotient)
        powers = [
            [power if name.startswith("exp(") else 0 for name, power in zip(self.names, self.shared(poly), strict=True)]
            for poly in (above, below)
        ]
        exponents: list[Term] = []
        for name, over, under in zip(self.names, *powers, strict=True):
            if over != under:
                generator = self.owner.term_of(name)
                assert isinstance(generator, Call)
                exponents.append(scaled(Num(Fraction(over - under)), generator.args[0]))
        above, below = self.lowered(above, powers[0]), self.lowered(below, powers[1])
        return exponents, self.poly_term(above) if below == 1 else Div(self.poly_term(above), self.poly_term(below))

    def lowest(self, quotient: Quotient) -> tuple[PolyElement, PolyElement]:
        """A quotient in lowest terms."""
        above, below = quotient.above.cancel(self.expand(quotient.below))
        return above, below

    def shared(self, poly: PolyElement) -> list[int]:
        """The powers of the generators that all terms of a polynomial share."""
        return [min(m[k] for m in poly) for k in range(len(self.names))]

    def lowered(self, poly: PolyElement, powers: list[int]) -> PolyElement:
        """A polynomial divided by powers of its generators that all its terms have."""
        return self.ring.from_dict({tuple(e - s for e, s in zip(m, powers, strict=True)): c for m, c in poly.items()})

    def linear_parts(self) -> list[tuple[Fraction, str, Term]] | None:
        """The terms of a polynomial without sums, as (coefficient, monomial's text, monomial); else None."""
        if set(self.groups) != {()} or self.groups[()].below:
            return None
        poly = self.groups[()].above
        parts = [(fraction(c), self.monomial_text(m), self.monomial_term(m, Fraction(1))) for m, c in poly.items()]
        return sorted(parts, key=lambda part: part[1])


def fraction(coefficient: Any) -> Fraction:
    """A coefficient of a polynomial as an exact fraction."""
    return Fraction(int(coefficient.numerator), int(coefficient.denominator))


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
