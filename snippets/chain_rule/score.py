"""The score of one example."""

from sympy import evaluate

from chainrule.vocabulary import Vector, dot, scalar
from snippets.notation import Array, n, theta

x, z = Vector("x", n), scalar("z")

with evaluate(False):
    lines = (
        z,
        dot(theta, x),
    )

because = ()


def value(theta: Array, x: Array) -> float:
    """θᵀx."""
    return float(theta @ x)
