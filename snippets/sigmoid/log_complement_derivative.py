"""The derivative of log(1 − σ): minus the sigmoid."""

from sympy import evaluate, log

from chainrule.rules import cancel, chain_rule, using
from chainrule.vocabulary import D
from snippets.notation import Array, sigma, sigmoid, z

with evaluate(False):
    lines = (
        D(log(1 - sigma(z)), z),
        -D(sigma(z), z) / (1 - sigma(z)),
        -sigma(z) * (1 - sigma(z)) / (1 - sigma(z)),
        -sigma(z),
    )

because = (
    chain_rule,
    using("sigmoid/derivative"),
    cancel,
)


def value(z: Array) -> Array:
    """−σ(z)."""
    return -sigmoid(z)
