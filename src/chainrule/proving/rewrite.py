"""Spending a rule's powers: both lines of a step are rewritten as far as the rule allows, then compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.proving.deltas import collapsed, product, simplified, summands, total
from chainrule.proving.differentiate import Differentiator, Outer
from chainrule.proving.domains import range_of
from chainrule.proving.elements import by_entries
from chainrule.proving.facts import Fact, outer_derivatives, rewritten
from chainrule.proving.field import Field
from chainrule.proving.substitution import replaced
from chainrule.proving.unfold import unfolded
from chainrule.rules import ChainRule, DefinitionRule, Power, Rule
from chainrule.symbols import Notation
from chainrule.tree import ONE, ZERO, Add, Big, Call, Derivative, Div, Mul, Neg, Num, Pow, Sym, Term

EVERYTHING = frozenset(Power)
MAXIMUM_ROUNDS = 20


@dataclass(frozen=True)
class Allowance:
    """What may be done to a line: powers, the definitions that may be unfolded, the facts that may be applied."""

    notation: Notation
    powers: frozenset[Power] = frozenset()
    definitions: frozenset[str] | None = frozenset()  # None: all
    facts: Sequence[Fact] = ()
    outer: Mapping[str, Outer] = field(default_factory=dict)

    @staticmethod
    def of(rule: Rule, notation: Notation, facts: Sequence[Fact]) -> Allowance:
        """What a rule allows."""
        outer = outer_derivatives(facts) if isinstance(rule, ChainRule) else {}
        names = frozenset(rule.names) if isinstance(rule, DefinitionRule) else frozenset()
        return Allowance(notation, rule.powers, names, facts if Power.FACTS in rule.powers else (), outer)

    def unfolds(self, name: str) -> bool:
        """Whether the definition of ``name`` may be used."""
        return self.definitions is None or name in self.definitions

    def spend(self, term: Term) -> Term:
        """``term`` rewritten as far as the allowance reaches."""
        if Power.DEFINITIONS in self.powers:
            term = self.with_definitions(term)
        if self.facts:
            term = rewritten(by_entries(term, deep=False), self.facts)
        if Power.ENTRIES in self.powers:
            term = self.taken_apart(term)
        if Power.LINEARITY in self.powers:
            term = self.differentiated(term)
        if Power.EXPONENTIALS in self.powers:
            term = without_logarithms_above(term)
        if Power.LOGARITHMS in self.powers:
            term = simplified(self.expanded_logarithms(term))
            if Power.EXPONENTIALS in self.powers:
                term = self.reduced_logarithms(term)
        return term

    def taken_apart(self, term: Term) -> Term:
        """Entries of products and definitions in turn: an entry may be defined by a product, and so on."""
        term = by_entries(term)
        for _ in range(MAXIMUM_ROUNDS if Power.DEFINITIONS in self.powers else 0):
            unfolded_term = self.with_definitions(term)
            if unfolded_term == term:
                break
            term = by_entries(unfolded_term)
        return term

    def with_definitions(self, term: Term) -> Term:
        """Unfold; where all definitions may be used, derivatives by defined symbols are taken before those unfold."""
        if self.definitions is None:
            term = self.resolve_leibniz(term)
        return unfolded(term, self.notation, self.unfolds)

    def resolve_leibniz(self, term: Term) -> Term:
        """Take the derivatives by defined symbols, innermost first, each with its symbol held as a variable."""
        term = term.map(self.resolve_leibniz)
        if isinstance(term, Call) and term.order and not term.elementwise:
            return self.primed(term)
        if not (
            isinstance(term, Derivative) and isinstance(term.by, Sym) and term.by.name in self.notation.definitions
        ):
            return term
        held = term.by.name
        body = unfolded(term.body, self.notation, lambda name: name != held)
        differentiator = Differentiator(EVERYTHING, self.notation, self.outer)
        return differentiator.derivative(by_entries(body), term.by, term.straight)

    def primed(self, term: Call) -> Term:
        """f'(u) from the definition of f, where there is one."""
        function = self.notation.functions.get(term.function)
        if function is None or function.body is None:
            return term
        (parameter,) = function.parameters
        slope = function.body
        for _ in range(term.order):
            body = by_entries(unfolded(slope, self.notation, lambda name: True))
            slope = Differentiator(EVERYTHING, self.notation, self.outer).derivative(body, parameter)
        return replaced(slope, {parameter: term.args[0]})

    def differentiated(self, term: Term) -> Term:
        """Take the derivatives, innermost first."""
        differentiator = Differentiator(self.powers, self.notation, self.outer)

        def visit(part: Term) -> Term:
            part = part.map(visit)
            if isinstance(part, Derivative):
                return simplified(differentiator.derivative(part.body, part.by, part.straight))
            if isinstance(part, Big) and part.op == "+" and Power.COORDINATES in self.powers:
                return collapsed(part, part.body)
            return part

        return simplified(visit(term))

    # ── logarithms ───────────────────────────────────────────────────────────────────────────────────────────────

    def expanded_logarithms(self, term: Term) -> Term:
        """log of products, quotients and powers of positive terms, as far as it goes."""
        term = term.map(self.expanded_logarithms)
        if isinstance(term, Call) and term.function == "log" and not term.elementwise:
            return self.logarithm(term.args[0])
        return term

    def reduced_logarithms(self, term: Term) -> Term:
        """log(e^-z / (1 + e^-z)) = -z - log(1 + e^-z): what stands in a logarithm is brought to one fraction first."""
        term = term.map(self.reduced_logarithms)
        if isinstance(term, Call) and term.function == "log" and not term.elementwise:
            exponents, rest = Field(exponentials=True).exponential_factors(term.args[0])
            return Add((*exponents, self.logarithm(rest))) if exponents else self.logarithm(rest)
        return term

    def positive(self, term: Term) -> bool:
        return range_of(term, self.notation).positive

    def logarithm(self, inside: Term) -> Term:
        if inside == ONE:
            return ZERO
        if isinstance(inside, Call) and inside.function == "exp":
            return inside.args[0]
        if isinstance(inside, Call) and inside.function == "sqrt" and self.positive(inside.args[0]):
            return Div(self.logarithm(inside.args[0]), Num(2 * ONE.value))
        if isinstance(inside, Mul) and all(self.positive(f) for f in inside.factors):
            return Add(tuple(self.logarithm(f) for f in inside.factors))
        if isinstance(inside, Div) and self.positive(inside.above) and self.positive(inside.below):
            return Add((self.logarithm(inside.above), Neg(self.logarithm(inside.below))))
        if isinstance(inside, Pow) and self.positive(inside.base):
            return Mul((inside.exponent, self.logarithm(inside.base)))
        if isinstance(inside, Big) and inside.op == "*" and self.positive(inside.body):
            return replace(inside, op="+", body=self.logarithm(inside.body))
        return Call("log", (inside,))


def without_logarithms_above(term: Term) -> Term:
    """e^(log a + b) = a e^b, e^(c log a) = a^c; that a is positive is an obligation of its logarithm."""
    term = term.map(without_logarithms_above)
    if not (isinstance(term, Call) and term.function == "exp" and not term.elementwise):
        return term
    parts = summands(term.args[0])
    powers = [power_of_logarithm(part) for part in parts]
    rest = [part for part, power in zip(parts, powers, strict=True) if power is None]
    found = [power for power in powers if power is not None]
    if not found:
        return term
    return product([*found, Call("exp", (total(rest),))] if rest else found)


def power_of_logarithm(exponent: Term) -> Term | None:
    """e to this exponent, if it is a logarithm or a multiple of one."""
    if isinstance(exponent, Call) and exponent.function == "log":
        return exponent.args[0]
    if isinstance(exponent, Neg):
        inner = power_of_logarithm(exponent.body)
        return None if inner is None else Div(ONE, inner)
    if isinstance(exponent, Mul):
        logarithms = [f for f in exponent.factors if isinstance(f, Call) and f.function == "log"]
        if len(logarithms) == 1:
            others = [f for f in exponent.factors if f is not logarithms[0]]
            return Pow(logarithms[0].args[0], product(others))
    return None
