"""The derivative of the cost by one parameter, no line left out."""

from sympy import Sum, evaluate, log

from chainrule.rules import cancel, chain_rule, definition, distribute, linearity, using
from chainrule.vocabulary import D, Expression, dot
from snippets.notation import Array, J, h, i, j, m, sigma, sigmoid, theta, x, y

score = dot(theta, x[i])
s = sigma(score)
p = h(theta, x[i])


def minus_mean(term: Expression) -> Expression:
    """Minus the mean of a term over the examples."""
    return -(1 / m) * Sum(term, (i, 1, m))


def halves(first: Expression, second: Expression) -> Expression:
    """Minus the mean of the two fractions, the second subtracted."""
    return minus_mean(y[i] * (first / p) - (1 - y[i]) * (second / (1 - p)))


with evaluate(False):
    lines = (
        D(J(theta), theta[j]),
        D(minus_mean(y[i] * log(p) + (1 - y[i]) * log(1 - p)), theta[j]),
        minus_mean(y[i] * D(log(p), theta[j]) + (1 - y[i]) * D(log(1 - p), theta[j])),
        minus_mean(y[i] * (D(p, theta[j]) / p) + (1 - y[i]) * (D(1 - p, theta[j]) / (1 - p))),
        minus_mean(y[i] * (D(s, theta[j]) / p) + (1 - y[i]) * (D(1 - s, theta[j]) / (1 - p))),
        halves(D(s, theta[j]), D(s, theta[j])),
        halves(s * (1 - s) * D(score, theta[j]), s * (1 - s) * D(score, theta[j])),
        halves(p * (1 - p) * D(score, theta[j]), p * (1 - p) * D(score, theta[j])),
        halves(p * (1 - p) * x[i, j], p * (1 - p) * x[i, j]),
        minus_mean(y[i] * (1 - p) * x[i, j] - (1 - y[i]) * p * x[i, j]),
        minus_mean((y[i] - y[i] * p - p + y[i] * p) * x[i, j]),
        minus_mean((y[i] - p) * x[i, j]),
        (1 / m) * Sum((p - y[i]) * x[i, j], (i, 1, m)),
    )

because = (
    definition("J"),
    linearity,
    chain_rule,
    definition("h"),
    linearity,
    chain_rule(using("sigmoid/derivative")),
    definition("h"),
    using("gradient/linear-form"),
    cancel,
    distribute,
    cancel,
    distribute,
)


def value(X: Array, y: Array, theta: Array) -> Array:
    """The gradient, one entry per parameter."""
    gradient: Array = X.T @ (sigmoid(X @ theta) - y) / len(y)
    return gradient
