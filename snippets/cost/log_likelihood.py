"""The logarithm turns the likelihood into a sum."""

import numpy as np
from sympy import Product, Sum, evaluate, log

from chainrule.rules import definition, logarithm
from chainrule.vocabulary import Function
from snippets.notation import Array, h, i, m, theta, x, y

p = Function("p")  # p(theta, t, x): the probability of the label t
L = Function("L")

with evaluate(False):
    lines = (
        log(L(theta)),
        log(Product(p(theta, y[i], x[i]), (i, 1, m))),
        Sum(log(p(theta, y[i], x[i])), (i, 1, m)),
        Sum(log(h(theta, x[i]) ** y[i] * (1 - h(theta, x[i])) ** (1 - y[i])), (i, 1, m)),
        Sum(log(h(theta, x[i]) ** y[i]) + log((1 - h(theta, x[i])) ** (1 - y[i])), (i, 1, m)),
        Sum(y[i] * log(h(theta, x[i])) + (1 - y[i]) * log(1 - h(theta, x[i])), (i, 1, m)),
    )

because = (
    definition("L"),
    logarithm,
    definition("p"),
    logarithm,
    logarithm,
)


def value(X: Array, y: Array, theta: Array) -> float:
    """log L(θ): with the sign of the score turned for the label 0, one softplus per example."""
    return float(-np.sum(np.logaddexp(0, (1 - 2 * y) * (X @ theta))))
