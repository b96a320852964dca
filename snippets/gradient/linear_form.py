"""The derivative of a score by one parameter is one feature."""

import numpy as np
from sympy import Sum, evaluate

from chainrule.rules import entries, linear_form, linearity
from chainrule.vocabulary import D, dot
from snippets.notation import Array, i, j, k, n, theta, x

with evaluate(False):
    lines = (
        D(dot(theta, x[i]), theta[j]),
        D(Sum(theta[k] * x[i, k], (k, 1, n)), theta[j]),
        Sum(x[i, k] * D(theta[k], theta[j]), (k, 1, n)),
        x[i, j],
    )

because = (
    entries,
    linearity,
    linear_form,
)


def value(X: Array, i: int, j: int) -> float:
    """The sum with the derivatives of the parameters put in: 1 for parameter j, 0 for the others."""
    kronecker = np.arange(1, X.shape[1] + 1) == j
    return float(X[i - 1] @ kronecker)
