"""The slope of the sigmoid is the same at a score and at its opposite."""

import numpy as np
from sympy import evaluate

from chainrule.rules import using
from snippets.notation import Array, sigma, z

with evaluate(False):
    lines = (
        sigma(z) * (1 - sigma(z)),
        sigma(z) * sigma(-z),
        sigma(-z) * (1 - sigma(-z)),
    )

because = (
    using("sigmoid/symmetry"),
    using("sigmoid/symmetry"),
)


def value(z: Array) -> Array:
    """The slope, written with the size of the score alone: e^{−|z|} / (1 + e^{−|z|})²."""
    small: Array = np.exp(-np.abs(z))
    return small / (1 + small) ** 2
