"""The cost: the mean of minus the log-probability of the labels."""

import numpy as np
from sympy import Sum, evaluate, log

from snippets.notation import Array, J, h, i, m, theta, x, y

with evaluate(False):
    lines = (
        J(theta),
        -(1 / m) * Sum(y[i] * log(h(theta, x[i])) + (1 - y[i]) * log(1 - h(theta, x[i])), (i, 1, m)),
    )

because = ()


def value(X: Array, y: Array, theta: Array) -> float:
    """J(θ), each logarithm taken before the exponential is rounded."""
    z = X @ theta
    return float(np.mean(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)))
