"""Applied to a column, the sigmoid works on each entry."""

from sympy import evaluate

from chainrule.vocabulary import entry
from snippets.notation import Array, i, sigma, sigmoid, v

with evaluate(False):
    lines = (
        entry(sigma(v), i),
        sigma(v[i]),
    )

because = ()


def value(v: Array, i: int) -> float:
    """Entry i of σ(v); NumPy's functions are elementwise already."""
    return float(sigmoid(v)[i - 1])
