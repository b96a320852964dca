"""One entry of the gradient of least squares."""

from sympy import Sum, evaluate

from chainrule.rules import chain_rule, entries, linear_form
from chainrule.vocabulary import D, entry, norm2
from snippets.notation import Array, X, i, j, m, theta, y

residual = entry(X * theta, i) - y[i]

with evaluate(False):
    lines = (
        D(norm2(X * theta - y), theta[j]),
        D(Sum(residual**2, (i, 1, m)), theta[j]),
        Sum(2 * residual * D(entry(X * theta, i), theta[j]), (i, 1, m)),
        Sum(2 * residual * X[i, j], (i, 1, m)),
        2 * entry(X.T * (X * theta - y), j),
    )

because = (
    entries,
    chain_rule,
    linear_form,
    entries,
)


def value(X: Array, y: Array, theta: Array, j: int) -> float:
    """Twice the errors, weighted by column j, counted from 1."""
    return float(2 * X[:, j - 1] @ (X @ theta - y))
