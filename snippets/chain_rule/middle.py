"""How the probability answers to the score."""

import numpy as np
from sympy import evaluate

from chainrule.rules import definition, using
from chainrule.vocabulary import D, scalar
from snippets.notation import sigma, sigmoid, z

h = scalar("h")

with evaluate(False):
    lines = (
        D(h, z),
        D(sigma(z), z),
        sigma(z) * (1 - sigma(z)),
        h * (1 - h),
    )

because = (
    definition("h"),
    using("sigmoid/derivative"),
    definition("h"),
)


def value(z: float) -> float:
    """The slope of the sigmoid at the score."""
    score = np.asarray(z)
    return float(sigmoid(score) * sigmoid(-score))
