"""The cost, finite for every score."""

import numpy as np
from sympy import Sum, evaluate, exp, log

from chainrule.rules import definition, distribute, using
from chainrule.vocabulary import entry
from snippets.notation import Array, J, X, h, i, m, sigma, theta, x, y

score = entry(X * theta, i)
p = h(theta, x[i])
s = sigma(score)

with evaluate(False):
    lines = (
        J(theta),
        -(1 / m) * Sum(y[i] * log(p) + (1 - y[i]) * log(1 - p), (i, 1, m)),
        -(1 / m) * Sum(y[i] * log(s) + (1 - y[i]) * log(1 - s), (i, 1, m)),
        -(1 / m) * Sum(y[i] * score - log(1 + exp(score)), (i, 1, m)),
        (1 / m) * Sum(log(1 + exp(score)) - y[i] * score, (i, 1, m)),
    )

because = (
    definition("J"),
    using("matrix/hypothesis"),
    using("implementation/stable-term"),
    distribute,
)


def value(X: Array, y: Array, theta: Array) -> float:
    """J(θ): one softplus per example."""
    z = X @ theta
    return float(np.mean(np.logaddexp(0, z) - y * z))
