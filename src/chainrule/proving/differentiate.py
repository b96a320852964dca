"""Derivatives of terms, one rule at a time: what a rule's powers do not cover stays a derivative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chainrule.proving.deltas import collapsed, product, total
from chainrule.proving.dependence import depends_on, names_in
from chainrule.proving.elements import by_entries
from chainrule.proving.substitution import fresh_index, replaced
from chainrule.rules import Power
from chainrule.symbols import Notation
from chainrule.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Big,
    Call,
    Delta,
    Derivative,
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
    number,
)


@dataclass(frozen=True)
class Outer:
    """The derivative of a function of one variable, known from a proved equation: f'(variable) = body."""

    variable: Sym
    body: Term


OUTER: Mapping[str, Callable[[Term], Term]] = {
    "log": lambda u: Div(ONE, u),
    "exp": lambda u: Call("exp", (u,)),
    "sqrt": lambda u: Div(ONE, Mul((number(2), Call("sqrt", (u,))))),
    "sin": lambda u: Call("cos", (u,)),
    "cos": lambda u: Neg(Call("sin", (u,))),
    "tanh": lambda u: Add((ONE, Neg(Pow(Call("tanh", (u,)), number(2))))),
}
"""The derivatives of the built-in functions."""


@dataclass(frozen=True)
class Differentiator:
    """Differentiates with certain powers in a notation; ``outer`` holds derivatives known from proved equations."""

    powers: frozenset[Power]
    notation: Notation
    outer: Mapping[str, Outer] = field(default_factory=dict)

    def derivative(self, body: Term, by: Term, straight: bool = False) -> Term:
        """The derivative of ``body`` as far as the powers reach."""
        if Power.LINEARITY in self.powers and not depends_on(body, by, self.notation):
            return ZERO
        found = self.variable(body, by) or self.rule(body, by, straight)
        return found if found is not None else Derivative(body, by, straight)

    def variable(self, body: Term, by: Term) -> Term | None:
        """dz/dz = 1; ∂θ_k/∂θ_j = δ_kj."""
        if body == by and Power.VARIABLE in self.powers and not body.shape:
            return ONE
        if (
            Power.COORDINATES in self.powers
            and isinstance(body, Entry)
            and isinstance(by, Entry)
            and body.base == by.base
        ):
            deltas: list[Term] = [Delta(a, b) for a, b in zip(body.indices, by.indices, strict=True) if a != b]
            return product(deltas)
        return None

    def rule(self, body: Term, by: Term, straight: bool) -> Term | None:
        """The one rule that fits the outermost node, if the powers hold it."""
        if isinstance(body, Add | Neg | Big):
            return self.linear(body, by, straight)
        if isinstance(body, Mul):
            return self.of_product(body, by, straight)
        if isinstance(body, Div):
            return self.of_quotient(body, by, straight)
        if isinstance(body, Pow):
            return self.of_power(body, by, straight)
        if isinstance(body, Call):
            return self.of_call(body, by, straight)
        if isinstance(body, Sym):
            return self.of_defined(body, by, straight)
        if isinstance(body, MatMul | NormSquared | Trace | Entry) and Power.ENTRIES in self.powers:
            entries = by_entries(body)
            return self.derivative(entries, by, straight) if entries != body else None
        return None

    def linear(self, body: Add | Neg | Big, by: Term, straight: bool) -> Term | None:
        if Power.LINEARITY not in self.powers:
            return None
        if isinstance(body, Add):
            return total([self.derivative(t, by, straight) for t in body.terms])
        if isinstance(body, Neg):
            inner = self.derivative(body.body, by, straight)
            return ZERO if inner == ZERO else Neg(inner)
        if body.op != "+":
            return None
        if any(part == body.index for part in by.walk()):
            index = fresh_index(body.upper)
            index = Sym(index.name, domain=body.index.domain, bounds=body.index.bounds)
            body = Big(body.op, index, body.lower, body.upper, replaced(body.body, {body.index: index}))
        return collapsed(body, self.derivative(body.body, by, straight))

    def of_product(self, body: Mul, by: Term, straight: bool) -> Term | None:
        constants = [f for f in body.factors if not depends_on(f, by, self.notation)]
        varying = [f for f in body.factors if depends_on(f, by, self.notation)]
        if len(varying) == 1 and Power.LINEARITY in self.powers:
            return product([*constants, self.derivative(varying[0], by, straight)])
        if Power.PRODUCT in self.powers:
            return total(
                [
                    product([*varying[:k], self.derivative(f, by, straight), *varying[k + 1 :], *constants])
                    for k, f in enumerate(varying)
                ]
            )
        if constants and Power.LINEARITY in self.powers:
            return product([*constants, Derivative(Mul(tuple(varying)), by, straight)])
        return None

    def of_quotient(self, body: Div, by: Term, straight: bool) -> Term | None:
        if not depends_on(body.below, by, self.notation):
            if Power.LINEARITY not in self.powers:
                return None
            inner = self.derivative(body.above, by, straight)
            return ZERO if inner == ZERO else Div(inner, body.below)
        if Power.QUOTIENT not in self.powers:
            return None
        first = product([self.derivative(body.above, by, straight), body.below])
        second = product([body.above, self.derivative(body.below, by, straight)])
        return Div(total([first, ZERO if second == ZERO else Neg(second)]), Pow(body.below, number(2)))

    def of_power(self, body: Pow, by: Term, straight: bool) -> Term | None:
        if depends_on(body.exponent, by, self.notation) or Power.POWER not in self.powers:
            return None
        inner = self.derivative(body.base, by, straight)
        if isinstance(body.exponent, Num):
            exponent: Term = Num(body.exponent.value - 1)
        else:
            exponent = Add((body.exponent, MINUS_ONE))
        outer = body.base if exponent == ONE else Pow(body.base, exponent)
        return product([body.exponent, outer, inner])

    def of_call(self, body: Call, by: Term, straight: bool) -> Term | None:
        """f(u)' = f'(u) u' for a function of one number whose derivative is known."""
        if Power.OUTER not in self.powers or len(body.args) != 1 or body.args[0].shape or body.order:
            return None
        (u,) = body.args
        known = self.outer.get(body.function)
        if known is not None:
            outer = replaced(known.body, {known.variable: u})
        elif body.function in OUTER:
            outer = OUTER[body.function](u)
        else:
            return None
        return product([outer, self.derivative(u, by, straight)])

    def of_defined(self, body: Sym, by: Term, straight: bool) -> Term | None:
        """dG/dθ = dG/dh · dh/dθ, where G depends on θ through the defined symbol h alone."""
        definition = self.notation.definitions.get(body.name)
        if definition is None or definition.indices or Power.OUTER not in self.powers:
            return None
        through = {
            part
            for part in definition.body.walk()
            if isinstance(part, Sym)
            and part != by
            and part.name in self.notation.definitions
            and depends_on(part, by, self.notation)
        }
        if len(through) != 1:
            return None
        (middle,) = through
        rest = names_in(definition.body, self.notation, frozenset({middle.name}))
        if any(name in rest for name in (part.name for part in by.walk() if isinstance(part, Sym))):
            return None
        return product([Derivative(body, middle, straight), self.derivative(middle, by, straight)])
