"""Canonical forms that never compute more than they say: arranged, cancelled, distributed.

Each form maps a term to a string, so that two terms agree in the form exactly if their strings are equal:

- *arranged*: order of commutative terms, signs and quotients within a product, names of bound indices do not matter;
- *cancelled*: like terms are collected and common factors cancelled as well; nothing is multiplied out;
- *distributed*: products over sums are multiplied out and sums split as well; nothing is collected or cancelled.

A product is held as (coefficient, factors above, factors below), each factor with its exponent. A bound index is named
by the height of its sum, so that names do not depend on where in a term the sum stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product as cartesian

from chainrule.rules import Form
from chainrule.tree import (
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Diag,
    Div,
    Entry,
    MatMul,
    Mul,
    Neg,
    NormSquared,
    Num,
    Pow,
    Sym,
    Term,
    Trace,
    Transpose,
)

MAXIMUM_TERMS = 2000


class TooLarge(Exception):
    """A form would grow beyond what can be meant."""


@dataclass
class Monomial:
    """coefficient · Π above / Π below · array. Factors are strings with integer exponents."""

    coefficient: Fraction = Fraction(1)
    above: Counter[str] = field(default_factory=Counter)
    below: Counter[str] = field(default_factory=Counter)
    array: str = ""

    def times(self, other: Monomial) -> Monomial:
        """The product of two monomials, at most one of them holding an array."""
        above = self.above + other.above
        coefficient = self.coefficient * other.coefficient
        if "0" in above:  # -0 is 0, wherever numbers are typed
            coefficient = abs(coefficient)
        return Monomial(coefficient, above, self.below + other.below, self.array or other.array)

    def over(self, other: Monomial) -> Monomial:
        """The quotient by a monomial without an array."""
        if not other.coefficient:
            return Monomial(
                self.coefficient, self.above + other.below, self.below + other.above + Counter(["0"]), self.array
            )
        return Monomial(
            self.coefficient / other.coefficient, self.above + other.below, self.below + other.above, self.array
        )

    def cancelled(self) -> Monomial:
        """Without the factors that stand above and below."""
        common = self.above & self.below
        return Monomial(self.coefficient, self.above - common, self.below - common, self.array)

    @property
    def body(self) -> str:
        """All but the coefficient."""
        above, below = powers(self.above), powers(self.below)
        return " ".join(above) + (" / " + " ".join(below) if below else "") + (f" @{self.array}" if self.array else "")

    def __str__(self) -> str:
        if self.coefficient == 1 and not self.below and not self.array and list(self.above.values()) == [1]:
            return next(iter(self.above))
        if not self.above and not self.below:
            return self.array if self.array and self.coefficient == 1 else f"({self.coefficient}{self.body})"
        return f"({self.coefficient} * {self.body})"


def powers(factors: Counter[str]) -> list[str]:
    """Factors in canonical order, with exponents where they are not 1."""
    return [f if k == 1 else f"{f}^{k}" for f, k in sorted(factors.items())]


def height(term: Term) -> int:
    """How deeply sums are nested in a term."""
    cached = term.__dict__.get("_height")
    if cached is None:
        cached = max((height(c) for c in term.children()), default=0) + isinstance(term, Big)
        object.__setattr__(term, "_height", cached)
    return int(cached)


class Arranger:
    """Puts terms in one of the three forms."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.collects = form is Form.CANCELLED
        self.expands = form is Form.DISTRIBUTED

    # ── sums ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, term: Term, names: dict[str, str]) -> str:
        """The string of a term."""
        return self.join(self.monomials(term, names))

    def join(self, monomials: Iterable[Monomial]) -> str:
        """The string of a sum of monomials."""
        parts = [m for m in monomials if m.coefficient]
        if self.collects:
            parts = self.collect(parts)
        if not parts:
            return "(0)"
        if len(parts) == 1:
            return str(parts[0])
        return f"[{' + '.join(sorted(str(p) for p in parts))}]"

    @staticmethod
    def collect(monomials: list[Monomial]) -> list[Monomial]:
        """Like terms together; those that add to nothing vanish."""
        bodies: dict[str, Monomial] = {}
        for monomial in monomials:
            known = bodies.get(monomial.body)
            coefficient = monomial.coefficient + (known.coefficient if known else 0)
            bodies[monomial.body] = Monomial(coefficient, monomial.above, monomial.below, monomial.array)
        return [m for m in bodies.values() if m.coefficient]

    def monomials(self, term: Term, names: dict[str, str]) -> list[Monomial]:
        """A term as a sum of monomials; one unless it is a sum, or is multiplied out to be one."""
        if isinstance(term, Add):
            found = [m for t in term.terms for m in self.monomials(t, names)]
            if len(found) > MAXIMUM_TERMS:
                raise TooLarge(f"more than {MAXIMUM_TERMS} terms")
            return found
        if self.expands:
            return self.expanded(term, names)
        single = self.monomial(term, names)
        return [single] if single.coefficient else []

    def expanded(self, term: Term, names: dict[str, str]) -> list[Monomial]:
        """Products multiplied out, sums split and their constant factors taken out."""
        if isinstance(term, Neg):
            return [m.times(Monomial(Fraction(-1))) for m in self.monomials(term.body, names)]
        if isinstance(term, Mul):
            return self.multiplied([self.monomials(f, names) for f in term.factors])
        if isinstance(term, Div):
            below = self.monomial(term.below, names)  # denominators are not multiplied out
            return [m.over(below) for m in self.monomials(term.above, names)]
        if isinstance(term, Pow) and isinstance(term.exponent, Num) and term.exponent.value in (2, 3):
            return self.multiplied([self.monomials(term.base, names)] * int(term.exponent.value))
        if isinstance(term, Big) and term.op == "+":
            return [self.summed(term, m, names) for m in self.monomials(term.body, self.bind(term, names))]
        return [self.monomial(term, names)]

    @staticmethod
    def multiplied(factors: list[list[Monomial]]) -> list[Monomial]:
        count = 1
        for f in factors:
            count *= len(f)
        if count > MAXIMUM_TERMS:
            raise TooLarge(f"more than {MAXIMUM_TERMS} terms")
        result = []
        for choice in cartesian(*factors):
            monomial = Monomial()
            for m in choice:
                monomial = monomial.times(m)
            result.append(monomial)
        return result

    def summed(self, big: Big, body: Monomial, names: dict[str, str]) -> Monomial:
        """Σ of one monomial, with what does not depend on the index taken out."""
        token = self.bind(big, names)[big.index.name]
        inside = Monomial(
            Fraction(1),
            Counter({f: k for f, k in body.above.items() if token in f}),
            Counter({f: k for f, k in body.below.items() if token in f}),
            body.array if token in body.array else "",
        )
        outside = Monomial(
            body.coefficient, body.above - inside.above, body.below - inside.below, "" if inside.array else body.array
        )
        total = f"Σ({token},{self.text(big.lower, names)},{self.text(big.upper, names)},{inside})"
        return outside.times(Monomial(array=total) if inside.array else Monomial(above=Counter([total])))

    # ── products ─────────────────────────────────────────────────────────────────────────────────────────────────

    def single(self, term: Term, names: dict[str, str]) -> Monomial:
        """A term as one factor, a sum being a factor in brackets."""
        found = self.monomials(term, names)
        if self.collects:
            found = self.collect(found)
        if len(found) == 1:
            return found[0]
        text = self.join(found)
        return (
            Monomial(array=text)
            if term.shape
            else (Monomial(above=Counter([text])) if found else Monomial(Fraction(0)))
        )

    def monomial(self, term: Term, names: dict[str, str]) -> Monomial:
        """A term as one product."""
        if isinstance(term, Num):
            return self.number(term.value)
        if isinstance(term, Add):
            return self.single(term, names)
        if isinstance(term, Neg):
            return self.single(term.body, names).times(Monomial(Fraction(-1)))
        if isinstance(term, Mul):
            monomial = Monomial()
            for f in term.factors:
                monomial = monomial.times(self.single(f, names))
            return monomial.cancelled() if self.collects else monomial
        if isinstance(term, Div):
            monomial = self.single(term.above, names).over(self.single(term.below, names))
            return monomial.cancelled() if self.collects else monomial
        if isinstance(term, Pow):
            return self.power(term, names)
        if isinstance(term, MatMul):
            return self.matrix_product(term, names)
        text = self.atom(term, names)
        return Monomial(array=text) if term.shape else Monomial(above=Counter([text]))

    def number(self, value: Fraction) -> Monomial:
        """A number. Arranged, only its sign is arithmetic: 2 · 3 is not yet 6, and x + 0 not yet x."""
        if self.form is not Form.ARRANGED:
            return Monomial(value)
        above = Counter([str(abs(value.numerator))]) if abs(value.numerator) != 1 else Counter[str]()
        below = Counter([str(value.denominator)]) if value.denominator != 1 else Counter[str]()
        return Monomial(Fraction(-1 if value < 0 else 1), above, below)

    def power(self, term: Pow, names: dict[str, str]) -> Monomial:
        """A power; with a constant exponent, of the base's factors."""
        exponent = self.constant(term.exponent, names)
        if exponent is not None:
            return self.integer_power(term.base, exponent, names)
        return Monomial(above=Counter([f"pow({self.text(term.base, names)},{self.text(term.exponent, names)})"]))

    def constant(self, exponent: Term, names: dict[str, str]) -> int | None:
        """The value of an integer exponent; arranged, only where it is written as one."""
        if self.form is Form.ARRANGED:
            signed = exponent.body if isinstance(exponent, Neg) else exponent
            if not isinstance(signed, Num) or signed.value.denominator != 1:
                return None
            return int(-signed.value if isinstance(exponent, Neg) else signed.value)
        single = self.single(exponent, names)
        plain = not single.above and not single.below and single.coefficient.denominator == 1
        return int(single.coefficient) if plain else None

    def integer_power(self, base: Term, exponent: int, names: dict[str, str]) -> Monomial:
        """x² is the factor x twice when factors are counted; otherwise a power is a factor of its own."""
        if abs(exponent) > 64:
            raise TooLarge(f"the exponent {exponent}")
        single = self.single(base, names)
        if self.form is Form.ARRANGED and abs(exponent) != 1:
            power = Monomial(above=Counter([f"pow({self.join([single])},{abs(exponent)})"]))
            return power if exponent >= 0 else Monomial().over(power)
        result = Monomial()
        for _ in range(abs(exponent)):
            result = result.times(single)
        return result if exponent >= 0 else Monomial().over(result)

    def matrix_product(self, term: MatMul, names: dict[str, str]) -> Monomial:
        """Numbers in front, then the arrays in their order; brackets do not matter."""
        left, right = self.single(term.left, names), self.single(term.right, names)
        chain = [
            c
            for side in (left.array, right.array)
            for c in (side[4:-1].split(" ; ") if side.startswith("mat(") else [side])
        ]
        text = f"mat({' ; '.join(chain)})"
        numbers = Monomial(left.coefficient * right.coefficient, left.above + right.above, left.below + right.below)
        return numbers.times(Monomial(array=text) if term.shape else Monomial(above=Counter([text])))

    # ── atoms ────────────────────────────────────────────────────────────────────────────────────────────────────

    def bind(self, big: Big, names: dict[str, str]) -> dict[str, str]:
        return {**names, big.index.name: f"‹{height(big)}›"}

    def atom(self, term: Term, names: dict[str, str]) -> str:
        """A term that arithmetic does not look into."""
        if isinstance(term, Sym):
            return names.get(term.name, term.name) if not term.batch else f"{term.name}()"
        if isinstance(term, Entry):
            indices = ",".join(self.text(k, names) for k in term.indices)
            return f"{self.text(term.base, names)}[{indices}]"
        if isinstance(term, Call):
            args = ",".join(self.text(a, names) for a in term.args)
            return f"{term.function}{chr(39) * term.order}{'.' * term.elementwise}({args})"
        if isinstance(term, Big):
            inner = self.bind(term, names)
            sign = "Σ" if term.op == "+" else "Π"
            bounds = f"{self.text(term.lower, names)},{self.text(term.upper, names)}"
            return f"{sign}({inner[term.index.name]},{bounds},{self.text(term.body, inner)})"
        if isinstance(term, Derivative):
            return f"D({self.text(term.body, names)};{self.text(term.by, names)})"
        if isinstance(term, Transpose | Diag | Trace | NormSquared):
            return f"{type(term).__name__}({self.text(term.body, names)})"
        if isinstance(term, Delta):
            return f"δ({','.join(sorted((self.text(term.left, names), self.text(term.right, names))))})"
        raise TypeError(f"no form for {type(term).__name__}")


ARRANGER = {form: Arranger(form) for form in (Form.ARRANGED, Form.CANCELLED, Form.DISTRIBUTED)}


def form_of(term: Term, form: Form) -> str:
    """The canonical string of a term in one of the three forms.

    Raises:
        TooLarge: when multiplying out would give more than ``MAXIMUM_TERMS`` terms.
    """
    key = f"_form_{form.name}"
    cached = term.__dict__.get(key)
    if cached is None:
        cached = ARRANGER[form].text(term, {})
        object.__setattr__(term, key, cached)
    return str(cached)


def arranged(term: Term) -> str:
    """The arranged form of a term."""
    return form_of(term, Form.ARRANGED)


def same_expression(left: Term, right: Term) -> bool:
    """Whether two terms are the same but for order, signs and quotients within products, and bound indices' names."""
    return arranged(left) == arranged(right)
