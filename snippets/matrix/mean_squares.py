"""Half the mean of the squares: the logistic gradient without its sigmoid."""

from sympy import evaluate

from chainrule.rules import cancel, linearity, using
from chainrule.vocabulary import D, norm2
from snippets.notation import Array, X, m, theta, y

with evaluate(False):
    lines = (
        D((1 / (2 * m)) * norm2(X * theta - y), theta),
        (1 / (2 * m)) * D(norm2(X * theta - y), theta),
        (1 / (2 * m)) * (2 * (X.T * (X * theta - y))),
        (1 / m) * (X.T * (X * theta - y)),
    )

because = (
    linearity,
    using("matrix/least-squares"),
    cancel,
)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient of half the mean of the squared errors."""
    gradient: Array = X.T @ (X @ theta - y) / len(y)
    return gradient
