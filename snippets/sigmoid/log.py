"""The logarithm of the sigmoid, in a form that does not overflow."""

import numpy as np
from sympy import evaluate, exp, log

from chainrule.rules import definition, logarithm
from snippets.notation import Array, sigma, z

with evaluate(False):
    lines = (
        log(sigma(z)),
        log(1 / (1 + exp(-z))),
        -log(1 + exp(-z)),
    )

because = (
    definition("sigma"),
    logarithm,
)


def value(z: Array) -> Array:
    """log σ(z); logaddexp(a, b) is log(eᵃ + eᵇ), and e⁰ is 1."""
    softplus: Array = np.logaddexp(0, -z)
    return -softplus
