"""The gradient in NumPy alone."""

import numpy as np
from sympy import evaluate

from chainrule.rules import using
from chainrule.vocabulary import D
from snippets.notation import Array, J, X, m, sigma, theta, y

with evaluate(False):
    lines = (
        D(J(theta), theta),
        (1 / m) * (X.T * (sigma(X * theta) - y)),
    )

because = (using("matrix/gradient"),)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient: X one example per row, y zeros and ones, theta one entry per column of X."""
    z = X @ theta
    small = np.exp(-np.abs(z))
    probability = np.where(z < 0, small, 1) / (1 + small)
    gradient: Array = X.T @ (probability - y) / len(y)
    return gradient
