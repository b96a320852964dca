"""The label of an example may carry the example's superscript."""

from sympy import evaluate

from snippets.notation import Array, i, y

with evaluate(False):
    lines = (
        y[i],
        y[i],
    )

because = ()


def value(y: Array, i: int) -> float:
    """The label of example i, counted from 1."""
    return float(y[i - 1])
