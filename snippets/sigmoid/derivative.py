"""σ′ = σ(1 − σ), from the definition in seven steps."""

from sympy import evaluate, exp

from chainrule.rules import cancel, chain_rule, common_denominator, definition, factor, quotient_rule
from chainrule.vocabulary import D
from snippets.notation import Array, sigma, sigmoid, z

with evaluate(False):
    lines = (
        D(sigma(z), z),
        D(1 / (1 + exp(-z)), z),
        -D(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        exp(-z) / (1 + exp(-z)) ** 2,
        (1 / (1 + exp(-z))) * (exp(-z) / (1 + exp(-z))),
        (1 / (1 + exp(-z))) * ((1 + exp(-z)) / (1 + exp(-z)) - 1 / (1 + exp(-z))),
        sigma(z) * ((1 + exp(-z)) / (1 + exp(-z)) - sigma(z)),
        sigma(z) * (1 - sigma(z)),
    )

because = (
    definition("sigma"),
    quotient_rule,
    chain_rule,
    factor,
    common_denominator,
    definition("sigma"),
    cancel,
)


def value(z: Array) -> Array:
    """σ(z)(1 − σ(z)); the second factor is σ(−z), which keeps its digits when σ(z) is near 1."""
    return sigmoid(z) * sigmoid(-z)
