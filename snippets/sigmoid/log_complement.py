"""The logarithm of one minus the sigmoid, in a form that does not overflow."""

import numpy as np
from sympy import evaluate, exp, log

from chainrule.rules import using
from snippets.notation import Array, sigma, z

with evaluate(False):
    lines = (
        log(1 - sigma(z)),
        log(sigma(-z)),
        -log(1 + exp(z)),
    )

because = (
    using("sigmoid/symmetry"),
    using("sigmoid/log"),
)


def value(z: Array) -> Array:
    """log(1 − σ(z)), finite for every score."""
    softplus: Array = np.logaddexp(0, z)
    return -softplus
