"""The same derivative, with the logarithms of the sigmoid differentiated at once."""

import numpy as np
from sympy import Sum, evaluate, log

from chainrule.rules import algebra, chain_rule, definition, linearity, using
from chainrule.vocabulary import D, Expression, dot
from snippets.notation import Array, J, h, i, j, m, sigma, sigmoid, theta, x, y

score = dot(theta, x[i])
s = sigma(score)
p = h(theta, x[i])


def minus_mean(term: Expression) -> Expression:
    """Minus the mean of a term over the examples."""
    return -(1 / m) * Sum(term, (i, 1, m))


with evaluate(False):
    lines = (
        D(J(theta), theta[j]),
        D(minus_mean(y[i] * log(p) + (1 - y[i]) * log(1 - p)), theta[j]),
        minus_mean(y[i] * D(log(p), theta[j]) + (1 - y[i]) * D(log(1 - p), theta[j])),
        minus_mean(y[i] * D(log(s), theta[j]) + (1 - y[i]) * D(log(1 - s), theta[j])),
        minus_mean(y[i] * (1 - s) * D(score, theta[j]) - (1 - y[i]) * s * D(score, theta[j])),
        minus_mean(y[i] * (1 - s) * x[i, j] - (1 - y[i]) * s * x[i, j]),
        (1 / m) * Sum((s - y[i]) * x[i, j], (i, 1, m)),
        (1 / m) * Sum((p - y[i]) * x[i, j], (i, 1, m)),
    )

because = (
    definition("J"),
    linearity,
    definition("h"),
    chain_rule(using("sigmoid/log-derivative", "sigmoid/log-complement-derivative")),
    using("gradient/linear-form"),
    algebra,
    definition("h"),
)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient from the pull of each label: 1 − σ for the label 1, −σ for the label 0."""
    z = X @ theta
    pull = np.where(y == 1, sigmoid(-z), -sigmoid(z))
    gradient: Array = -pull @ X / len(y)
    return gradient
