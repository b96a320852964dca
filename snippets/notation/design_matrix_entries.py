"""Row i of the design matrix is example i."""

from sympy import evaluate

from snippets.notation import Array, X, i, j, x

with evaluate(False):
    lines = (
        X[i, j],
        x[i, j],
    )

because = ()


def value(x: Array, i: int, j: int) -> float:
    """Feature j of example i, both counted from 1; the examples stacked as rows are the matrix."""
    return float(x[i - 1, j - 1])
