"""The likelihood takes parameters to a positive number."""

import numpy as np

from chainrule.vocabulary import Function
from snippets.notation import Array, sigmoid, theta

L = Function("L")

lines = (L(theta),)
because = ()


def value(X: Array, y: Array, theta: Array) -> bool:
    """Whether the likelihood is positive."""
    return bool(np.prod(sigmoid((2 * y - 1) * (X @ theta))) > 0)
