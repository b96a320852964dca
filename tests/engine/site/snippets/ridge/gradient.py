"""The derivative of the ridge loss by one entry."""

from sympy import evaluate

from chainrule.rules import definition, linearity, using
from chainrule.vocabulary import D, entry, norm2
from snippets.notation import A, Array, R, alpha, b, s, w

with evaluate(False):
    lines = (
        D(R(w), w[s]),
        D(norm2(A * w - b) + alpha * norm2(w), w[s]),
        D(norm2(A * w - b), w[s]) + alpha * D(norm2(w), w[s]),
        2 * entry(A.T * (A * w - b), s) + 2 * alpha * w[s],
    )

because = (
    definition("R"),
    linearity,
    using("ridge/misfit", "ridge/size"),
)


def value(A: Array, b: Array, w: Array, alpha: float) -> Array:
    """All entries at once."""
    return 2 * A.T @ (A @ w - b) + 2 * alpha * w
