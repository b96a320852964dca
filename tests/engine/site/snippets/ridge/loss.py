"""The loss: the misfit, and a price for large unknowns."""

from sympy import evaluate

from chainrule.vocabulary import norm2
from snippets.notation import A, Array, R, alpha, b, w

with evaluate(False):
    lines = (R(w), norm2(A * w - b) + alpha * norm2(w))

because = ()


def value(A: Array, b: Array, w: Array, alpha: float) -> float:
    """The squared lengths."""
    misfit = A @ w - b
    return float(misfit @ misfit + alpha * (w @ w))
