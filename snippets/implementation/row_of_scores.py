"""The scores as a row: the transposed factors, in the other order."""

from sympy import evaluate

from chainrule.rules import entries
from snippets.notation import Array, X, theta

with evaluate(False):
    lines = (
        (X * theta).T,
        theta.T * X.T,
    )

because = (entries,)


def value(X: Array, theta: Array) -> Array:
    """The scores; NumPy's one-dimensional arrays are neither rows nor columns."""
    scores: Array = theta @ X.T
    return scores
