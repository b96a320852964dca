"""The derivative of one minus the probability, where the minus sign comes from."""

from sympy import evaluate

from chainrule.rules import chain_rule, linearity, using
from chainrule.vocabulary import D, dot
from snippets.notation import Array, i, j, sigma, sigmoid, theta, x

score = dot(theta, x[i])

with evaluate(False):
    lines = (
        D(1 - sigma(score), theta[j]),
        -D(sigma(score), theta[j]),
        -sigma(score) * (1 - sigma(score)) * D(score, theta[j]),
    )

because = (
    linearity,
    chain_rule(using("sigmoid/derivative")),
)


def value(theta: Array, X: Array, i: int, j: int) -> float:
    """Minus the slope of the sigmoid at the score, times the feature."""
    z = X[i - 1] @ theta
    return float(-sigmoid(z) * sigmoid(-z) * X[i - 1, j - 1])
