"""The gradient of least squares."""

from sympy import evaluate

from chainrule.rules import using
from chainrule.vocabulary import D, norm2
from snippets.notation import Array, X, theta, y

with evaluate(False):
    lines = (
        D(norm2(X * theta - y), theta),
        2 * (X.T * (X * theta - y)),
    )

because = (using("matrix/least-squares-entry"),)


def value(X: Array, y: Array, theta: Array) -> Array:
    """Twice the transposed matrix times the errors."""
    gradient: Array = 2 * X.T @ (X @ theta - y)
    return gradient
