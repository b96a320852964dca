"""The sigmoid takes a score to a number between 0 and 1."""

import numpy as np

from snippets.notation import sigma, sigmoid, z

lines = (sigma(z),)
because = ()


def value(z: float) -> bool:
    """Whether σ(z) is between 0 and 1; far from zero it is so only before rounding."""
    return bool(0 < sigmoid(np.asarray(z)) < 1)
