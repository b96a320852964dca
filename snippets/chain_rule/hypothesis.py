"""The probability of one example, as a function of its score."""

import numpy as np
from sympy import evaluate

from chainrule.vocabulary import scalar
from snippets.notation import sigma, sigmoid, z

h = scalar("h")

with evaluate(False):
    lines = (
        h,
        sigma(z),
    )

because = ()


def value(z: float) -> float:
    """σ(z)."""
    return float(sigmoid(np.asarray(z)))
