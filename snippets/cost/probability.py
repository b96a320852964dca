"""The probability of a label, 0 or 1, in one formula."""

from sympy import evaluate

from chainrule.vocabulary import Function, Vector, scalar
from snippets.notation import Array, h, n, sigmoid, theta

p = Function("p")  # p(theta, t, x): the probability of the label t
t = scalar("t")
x = Vector("x", n)  # the features of any example

with evaluate(False):
    lines = (
        p(theta, t, x),
        h(theta, x) ** t * (1 - h(theta, x)) ** (1 - t),
    )

because = ()


def value(theta: Array, t: float, x: Array) -> float:
    """The probability of the label t; for t = 0 the score changes its sign."""
    return float(sigmoid((2 * t - 1) * (x @ theta)))
