"""The sigmoid, also called the logistic function."""

import numpy as np
from sympy import evaluate, exp

from snippets.notation import Array, sigma, z

with evaluate(False):
    lines = (
        sigma(z),
        1 / (1 + exp(-z)),
    )

because = ()


def value(z: Array) -> Array:
    """σ(z) for every entry of z: of the two exponentials only the small one is computed."""
    small: Array = np.exp(-np.abs(z))
    top: Array = np.where(z < 0, small, 1.0)
    return top / (1 + small)
