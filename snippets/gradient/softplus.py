"""The same derivative by way of the softplus: nothing has to cancel."""

import numpy as np
from sympy import Sum, evaluate, exp, log

from chainrule.rules import chain_rule, definition, exponential, linearity, using
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
        D(minus_mean(y[i] * log(s) + (1 - y[i]) * log(1 - s)), theta[j]),
        D(minus_mean(y[i] * score - log(1 + exp(score))), theta[j]),
        minus_mean(y[i] * D(score, theta[j]) - D(log(1 + exp(score)), theta[j])),
        minus_mean(y[i] * D(score, theta[j]) - exp(score) * D(score, theta[j]) / (1 + exp(score))),
        minus_mean(y[i] * x[i, j] - exp(score) * x[i, j] / (1 + exp(score))),
        (1 / m) * Sum((1 / (1 + exp(-score)) - y[i]) * x[i, j], (i, 1, m)),
        (1 / m) * Sum((s - y[i]) * x[i, j], (i, 1, m)),
        (1 / m) * Sum((p - y[i]) * x[i, j], (i, 1, m)),
    )

because = (
    definition("J"),
    definition("h"),
    using("implementation/stable-term"),
    linearity,
    chain_rule,
    using("gradient/linear-form"),
    exponential,
    definition("sigma"),
    definition("h"),
)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient from the pull of each label: 1 − σ for the label 1, −σ for the label 0."""
    z = X @ theta
    pull = np.where(y == 1, sigmoid(-z), -sigmoid(z))
    gradient: Array = -pull @ X / len(y)
    return gradient
