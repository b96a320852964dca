"""The gradient of the cost, all parameters at once."""

from sympy import evaluate

from chainrule.rules import using
from chainrule.vocabulary import D
from snippets.notation import Array, J, X, m, sigma, sigmoid, theta, y

with evaluate(False):
    lines = (
        D(J(theta), theta),
        (1 / m) * (X.T * (sigma(X * theta) - y)),
    )

because = (using("matrix/entry"),)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient, a column as long as the parameters."""
    errors = sigmoid(X @ theta) - y
    gradient: Array = X.T @ errors / len(y)
    return gradient
