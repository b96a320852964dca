"""The gradient as a sum of columns, one per example."""

import numpy as np
from sympy import Sum, evaluate

from chainrule.rules import using
from chainrule.vocabulary import D
from snippets.notation import Array, J, h, i, m, sigmoid, theta, x, y

with evaluate(False):
    lines = (
        D(J(theta), theta),
        (1 / m) * Sum((h(theta, x[i]) - y[i]) * x[i], (i, 1, m)),
    )

because = (using("gradient/full"),)


def value(X: Array, y: Array, theta: Array) -> Array:
    """Each example pulls along its features; the mean of the pulls."""
    errors = sigmoid(X @ theta) - y
    pulls = errors[:, np.newaxis] * X
    gradient: Array = np.mean(pulls, axis=0)
    return gradient
