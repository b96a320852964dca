"""The probability of an example, with the design matrix."""

from sympy import Sum, evaluate

from chainrule.rules import definition, entries
from chainrule.vocabulary import dot, entry
from snippets.notation import Array, X, h, i, k, n, sigma, sigmoid, theta, x

with evaluate(False):
    lines = (
        h(theta, x[i]),
        sigma(dot(theta, x[i])),
        sigma(Sum(theta[k] * x[i, k], (k, 1, n))),
        sigma(Sum(X[i, k] * theta[k], (k, 1, n))),
        sigma(entry(X * theta, i)),
    )

because = (
    definition("h"),
    entries,
    definition("X"),
    entries,
)


def value(X: Array, theta: Array) -> Array:
    """All probabilities at once, one per row."""
    return sigmoid(X @ theta)
