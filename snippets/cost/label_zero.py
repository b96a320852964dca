"""The formula gives the label 0 what is left of 1."""

from sympy import evaluate

from chainrule.rules import algebra, definition
from chainrule.vocabulary import Function, one
from snippets.notation import Array, h, i, sigmoid, theta, x

p = Function("p")  # p(theta, t, x): the probability of the label t

with evaluate(False):
    lines = (
        p(theta, 0, x[i]),
        h(theta, x[i]) ** 0 * (1 - h(theta, x[i])) ** (one - 0),
        1 - h(theta, x[i]),
    )

because = (
    definition("p"),
    algebra,
)


def value(theta: Array, X: Array, i: int) -> float:
    """The probability of the label 0 for example i: the sigmoid of the opposite score."""
    return float(sigmoid(-X[i - 1] @ theta))
