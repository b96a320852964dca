"""One entry of the gradient, from the sum to the matrix."""

from sympy import Sum, evaluate

from chainrule.rules import definition, entries, using
from chainrule.vocabulary import D, entry
from snippets.notation import Array, J, X, h, i, j, m, sigma, sigmoid, theta, x, y

with evaluate(False):
    lines = (
        D(J(theta), theta[j]),
        (1 / m) * Sum((h(theta, x[i]) - y[i]) * x[i, j], (i, 1, m)),
        (1 / m) * Sum((sigma(entry(X * theta, i)) - y[i]) * x[i, j], (i, 1, m)),
        (1 / m) * Sum((sigma(entry(X * theta, i)) - y[i]) * X[i, j], (i, 1, m)),
        (1 / m) * entry(X.T * (sigma(X * theta) - y), j),
    )

because = (
    using("gradient/full"),
    using("matrix/hypothesis"),
    definition("X"),
    entries,
)


def value(X: Array, y: Array, theta: Array, j: int) -> float:
    """Entry j of the gradient, counted from 1: one column of X is enough."""
    return float(X[:, j - 1] @ (sigmoid(X @ theta) - y) / len(y))
