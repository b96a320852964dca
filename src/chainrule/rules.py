"""The reasons that justify a step. Each rule is a restriction of the prover's powers; its docstring is its mathematics.

A snippet names one rule per step: ``because = (linearity, chain_rule(using("softplus/slope")), definition("h"))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar


class Power(Enum):
    """One thing that the prover may do to both lines of a step before it compares them."""

    LINEARITY = auto()  # a derivative passes sums and constant factors; of a constant it is zero
    OUTER = auto()  # a derivative of f(u) becomes f'(u) times the derivative of u
    PRODUCT = auto()
    QUOTIENT = auto()
    POWER = auto()
    VARIABLE = auto()  # dz/dz = 1
    COORDINATES = auto()  # ∂θ_k/∂θ_j = δ_kj, sums over δ collapse
    ENTRIES = auto()  # entries of matrix products, transposes, norms, elementwise functions
    DEFINITIONS = auto()  # unfold the definitions that the rule names
    FACTS = auto()  # rewrite with the proved equations that the rule names
    LOGARITHMS = auto()
    EXPONENTIALS = auto()


class Form(Enum):
    """What the two lines must agree in, after the powers are spent."""

    ARRANGED = auto()  # the same up to order, signs of products and quotients, and names of bound indices
    CANCELLED = auto()  # and up to like terms collected and common factors cancelled
    DISTRIBUTED = auto()  # and up to products multiplied out and sums split
    FIELD = auto()  # equal as rational functions of their atoms


@dataclass(frozen=True)
class Rule:
    """A reason. ``names`` are what it is applied to: definitions, or labels of proved equations."""

    names: tuple[str, ...] = ()

    name: ClassVar[str]
    anchor: ClassVar[str]
    powers: ClassVar[frozenset[Power]] = frozenset()
    form: ClassVar[Form] = Form.ARRANGED

    @property
    def uses(self) -> tuple[str, ...]:
        """The labels of the proved equations that it rewrites with."""
        return ()

    @property
    def title(self) -> str:
        """The rule as the reader sees it under a relation."""
        return self.name

    def __str__(self) -> str:
        return self.title


class Linearity(Rule):
    """(a f + b g)' = a f' + b g' for constants a, b, and for a sum of any length; a constant has derivative 0."""

    name = "linearity"
    anchor = "linearity"
    powers = frozenset({Power.LINEARITY})


@dataclass(frozen=True)
class ChainRule(Rule):
    """(f(g(x)))' = f'(g(x)) g'(x): differentiates the outer function and leaves the inner derivative standing.

    Outer functions are log, exp, powers, and functions whose derivative is a proved equation:
    ``chain_rule(using("softplus/slope"))``. In Leibniz's notation, dG/dθ = dG/dh · dh/dθ.
    """

    inner: Using | None = None

    name = "chain rule"
    anchor = "chain-rule"
    powers = frozenset({Power.LINEARITY, Power.OUTER, Power.POWER, Power.VARIABLE})

    @property
    def uses(self) -> tuple[str, ...]:
        return self.inner.names if self.inner else ()

    @property
    def title(self) -> str:
        return f"{self.name}, {self.inner.title}" if self.inner else self.name

    def __call__(self, inner: Using) -> ChainRule:
        """The chain rule with the outer derivative taken from proved equations."""
        return ChainRule(inner=inner)


class ProductRule(Rule):
    """(f g)' = f' g + f g'."""

    name = "product rule"
    anchor = "product-rule"
    powers = frozenset({Power.LINEARITY, Power.PRODUCT})


class QuotientRule(Rule):
    """(f/g)' = (f' g - f g') / g²; for a constant c, (c/g)' = -c g'/g²."""

    name = "quotient rule"
    anchor = "quotient-rule"
    powers = frozenset({Power.LINEARITY, Power.QUOTIENT})


class PowerRule(Rule):
    """(u^k)' = k u^(k-1) u' for a constant k."""

    name = "power rule"
    anchor = "power-rule"
    powers = frozenset({Power.LINEARITY, Power.POWER, Power.VARIABLE})


class LinearForm(Rule):
    """∂θ_k/∂θ_j is 1 for k = j and 0 otherwise, so ∂(θᵀx)/∂θ_j = x_j, and ∂(Xθ)_i/∂θ_j = X_ij."""

    name = "derivative of a linear form"
    anchor = "linear-form"
    powers = frozenset({Power.LINEARITY, Power.VARIABLE, Power.COORDINATES, Power.ENTRIES})


class DefinitionRule(Rule):
    """What is defined may be replaced by its definition, and back."""

    name = "definition"
    anchor = "definition"
    powers = frozenset({Power.DEFINITIONS})

    @property
    def title(self) -> str:
        return f"definition of {', '.join(self.names)}"


class Using(Rule):
    """An equation that is proved elsewhere may be applied, at any values of its free variables."""

    name = "using"
    anchor = "using"
    powers = frozenset({Power.FACTS})

    @property
    def uses(self) -> tuple[str, ...]:
        return self.names

    @property
    def title(self) -> str:
        return f"using {', '.join(self.names)}"


class Rearrange(Rule):
    """a + b = b + a, a b = b a, (-a) b = -(a b), a (b/c) = (a b)/c: nothing is multiplied out, nothing cancels."""

    name = "rearrange"
    anchor = "rearrange"


class Distribute(Rule):
    """a (b + c) = a b + a c, and the same through a sum sign; no terms cancel."""

    name = "distribute"
    anchor = "distribute"
    form = Form.DISTRIBUTED


class Factor(Rule):
    """a b + a c = a (b + c), a² = a a: distribution read backwards."""

    name = "factor"
    anchor = "factor"
    form = Form.DISTRIBUTED


class Cancel(Rule):
    """a - a = 0, (a b)/(a c) = b/c for a ≠ 0, a + a = 2 a: like terms are collected, common factors cancelled."""

    name = "cancel"
    anchor = "cancel"
    form = Form.CANCELLED


class CommonDenominator(Rule):
    """a/b + c/d = (a d + c b)/(b d), read either way."""

    name = "common denominator"
    anchor = "common-denominator"
    form = Form.FIELD


class Algebra(Rule):
    """Any identity of rational functions; derivatives, logarithms, exponentials and the like are opaque to it."""

    name = "algebra"
    anchor = "algebra"
    form = Form.FIELD


class Sums(Rule):
    """Sums are linear, may be split, joined and exchanged; the sum of a constant is the constant times their number."""

    name = "sums"
    anchor = "sums"
    form = Form.FIELD


class Logarithm(Rule):
    """log(a b) = log a + log b, log(a/b) = log a - log b, log(a^c) = c log a for a, b > 0; log e^a = a; log 1 = 0."""

    name = "laws of logarithms"
    anchor = "logarithm"
    powers = frozenset({Power.LOGARITHMS})


class Exponential(Rule):
    """e^(a + b) = e^a e^b, e^(-a) = 1/e^a, e^(log a) = a for a > 0; with them, any identity of rational functions."""

    name = "laws of exponentials"
    anchor = "exponential"
    powers = frozenset({Power.EXPONENTIALS})
    form = Form.FIELD


class Entries(Rule):
    """(A B)_ij = Σ_k A_ik B_kj, (Aᵀ)_ij = A_ji, aᵀb = Σ_k a_k b_k, ‖a‖² = Σ_k a_k², f(v)_i = f(v_i)."""

    name = "entry by entry"
    anchor = "entries"
    powers = frozenset({Power.ENTRIES})
    form = Form.FIELD


linearity = Linearity()
chain_rule = ChainRule()
product_rule = ProductRule()
quotient_rule = QuotientRule()
power_rule = PowerRule()
linear_form = LinearForm()
rearrange = Rearrange()
distribute = Distribute()
factor = Factor()
cancel = Cancel()
common_denominator = CommonDenominator()
algebra = Algebra()
sums = Sums()
logarithm = Logarithm()
exponential = Exponential()
entries = Entries()


def definition(*names: str) -> DefinitionRule:
    """The definitions of the named functions or symbols, and no others."""
    return DefinitionRule(names)


def using(*labels: str) -> Using:
    """The proved equations with these labels."""
    return Using(labels)


NAMED = (
    rearrange, cancel, distribute, factor, common_denominator, algebra, sums, linearity, power_rule, chain_rule,
    product_rule, quotient_rule, linear_form, logarithm, exponential, entries,
)  # fmt: skip
"""All rules that need no argument, the weaker before the stronger."""
