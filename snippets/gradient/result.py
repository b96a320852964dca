"""The gradient of the cost, one parameter at a time."""

import numpy as np
from sympy import Sum, evaluate

from chainrule.rules import using
from chainrule.vocabulary import D
from snippets.notation import Array, J, h, i, j, m, sigmoid, theta, x, y

with evaluate(False):
    lines = (
        D(J(theta), theta[j]),
        (1 / m) * Sum((h(theta, x[i]) - y[i]) * x[i, j], (i, 1, m)),
    )

because = (using("gradient/full"),)


def value(X: Array, y: Array, theta: Array, j: int) -> float:
    """The mean of error times feature j, counted from 1."""
    error = sigmoid(X @ theta) - y
    return float(np.mean(error * X[:, j - 1]))
