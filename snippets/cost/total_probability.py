"""The probabilities of the two labels add up to one."""

from sympy import evaluate

from chainrule.rules import cancel, using
from chainrule.vocabulary import Function, one
from snippets.notation import Array, h, i, sigmoid, theta, x

p = Function("p")  # p(theta, t, x): the probability of the label t

with evaluate(False):
    lines = (
        p(theta, 0, x[i]) + p(theta, 1, x[i]),
        (1 - h(theta, x[i])) + h(theta, x[i]),
        one,
    )

because = (
    using("cost/label-zero", "cost/label-one"),
    cancel,
)


def value(theta: Array, X: Array, i: int) -> float:
    """The sum of both probabilities, each computed by itself."""
    z = X[i - 1] @ theta
    return float(sigmoid(-z) + sigmoid(z))
