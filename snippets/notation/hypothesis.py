"""The hypothesis: the sigmoid of the score."""

from sympy import evaluate

from chainrule.vocabulary import Vector, dot
from snippets.notation import Array, h, n, sigma, sigmoid, theta

x = Vector("x", n)  # the features of any example

with evaluate(False):
    lines = (
        h(theta, x),
        sigma(dot(theta, x)),
    )

because = ()


def value(theta: Array, x: Array) -> float:
    """The probability that the model gives to the label 1."""
    return float(sigmoid(x @ theta))
