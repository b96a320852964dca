"""The formula gives the label 1 the probability h."""

from sympy import evaluate

from chainrule.rules import algebra, definition
from chainrule.vocabulary import Function, one
from snippets.notation import Array, h, i, sigmoid, theta, x

p = Function("p")  # p(theta, t, x): the probability of the label t

with evaluate(False):
    lines = (
        p(theta, 1, x[i]),
        h(theta, x[i]) ** 1 * (1 - h(theta, x[i])) ** (1 - one),
        h(theta, x[i]),
    )

because = (
    definition("p"),
    algebra,
)


def value(theta: Array, X: Array, i: int) -> float:
    """The probability of the label 1 for example i, counted from 1."""
    return float(sigmoid(X[i - 1] @ theta))
