"""The probability of the label 0 is the sigmoid of the opposite score."""

from sympy import evaluate, exp

from chainrule.rules import common_denominator, definition, exponential
from snippets.notation import Array, sigma, sigmoid, z

with evaluate(False):
    lines = (
        1 - sigma(z),
        1 - 1 / (1 + exp(-z)),
        exp(-z) / (1 + exp(-z)),
        1 / (1 + exp(z)),
        sigma(-z),
    )

because = (
    definition("sigma"),
    common_denominator,
    exponential,
    definition("sigma"),
)


def value(z: Array) -> Array:
    """1 − σ(z), without the subtraction, which loses every digit where σ(z) rounds to 1."""
    return sigmoid(-z)
