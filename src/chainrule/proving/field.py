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
from dataclasses import dataclass, field
from fractions import Fraction

from chainrule.proving.arrange import TooLarge, arranged, height
from chainrule.proving.opening import opened
from chainrule.proving.quotients import DivisionByZero, OutOfTime
from chainrule.proving.reduction import Reduction, scaled
from chainrule.proving.substitution import replaced
from chainrule.tree import (
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Entry,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
)

__all__ = ["DivisionByZero", "Field", "OutOfTime", "Reduction", "TooLarge"]


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
