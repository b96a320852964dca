"""The derivative of log σ: the sigmoid's slope over the sigmoid."""

from sympy import evaluate, log

from chainrule.rules import cancel, chain_rule, using
from chainrule.vocabulary import D
from snippets.notation import Array, sigma, sigmoid, z

with evaluate(False):
    lines = (
        D(log(sigma(z)), z),
        D(sigma(z), z) / sigma(z),
        sigma(z) * (1 - sigma(z)) / sigma(z),
        1 - sigma(z),
    )

because = (
    chain_rule,
    using("sigmoid/derivative"),
    cancel,
)


def value(z: Array) -> Array:
    """1 − σ(z), as σ(−z)."""
    return sigmoid(-z)
