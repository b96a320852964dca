"""The likelihood: the probability of all labels together."""

import numpy as np
from sympy import Product, evaluate

from chainrule.vocabulary import Function
from snippets.notation import Array, i, m, sigmoid, theta, x, y

p = Function("p")  # p(theta, t, x): the probability of the label t
L = Function("L")

with evaluate(False):
    lines = (
        L(theta),
        Product(p(theta, y[i], x[i]), (i, 1, m)),
    )

because = ()


def value(X: Array, y: Array, theta: Array) -> float:
    """L(θ). For many examples it is too small for a computer; see the log-likelihood."""
    return float(np.prod(sigmoid((2 * y - 1) * (X @ theta))))
