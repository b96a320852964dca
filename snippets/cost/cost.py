"""The cost is minus the mean log-likelihood."""

import numpy as np
from sympy import Sum, evaluate, log

from chainrule.rules import definition, using
from chainrule.vocabulary import Function
from snippets.notation import Array, J, h, i, m, theta, x, y

L = Function("L")

with evaluate(False):
    lines = (
        -(1 / m) * log(L(theta)),
        -(1 / m) * Sum(y[i] * log(h(theta, x[i])) + (1 - y[i]) * log(1 - h(theta, x[i])), (i, 1, m)),
        J(theta),
    )

because = (
    using("cost/log-likelihood"),
    definition("J"),
)


def value(X: Array, y: Array, theta: Array) -> float:
    """J(θ) as the mean of one softplus per example."""
    return float(np.mean(np.logaddexp(0, (1 - 2 * y) * (X @ theta))))
