"""A gradient check that is as exact as the arithmetic: the complex step."""

import numpy as np
from sympy import evaluate

from chainrule.rules import using
from chainrule.vocabulary import D, entry
from snippets.notation import Array, J, X, j, m, sigma, theta, y

with evaluate(False):
    lines = (
        D(J(theta), theta[j]),
        (1 / m) * entry(X.T * (sigma(X * theta) - y), j),
    )

because = (using("matrix/entry"),)


def value(X: Array, y: Array, theta: Array, j: int) -> float:
    """The derivative of the cost alone, by a step of 10⁻³⁰ i in parameter j, counted from 1."""
    moved = theta.astype(np.complex128)
    moved[j - 1] += 1e-30j
    z = X @ moved
    small = np.exp(np.where(z.real > 0, -z, z))
    softplus = np.where(z.real > 0, z, 0) + np.log1p(small)
    return float(np.mean(softplus - y * z).imag / 1e-30)
