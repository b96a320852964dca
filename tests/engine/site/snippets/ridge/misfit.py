"""The derivative of the misfit by one entry."""

from sympy import Sum, evaluate

from chainrule.rules import chain_rule, entries, linear_form
from chainrule.vocabulary import D, entry, norm2
from snippets.notation import A, Array, b, p, r, s, w

with evaluate(False):
    lines = (
        D(norm2(A * w - b), w[s]),
        D(Sum((entry(A * w, r) - b[r]) ** 2, (r, 1, p)), w[s]),
        Sum(2 * (entry(A * w, r) - b[r]) * D(entry(A * w, r), w[s]), (r, 1, p)),
        Sum(2 * (entry(A * w, r) - b[r]) * A[r, s], (r, 1, p)),
        2 * entry(A.T * (A * w - b), s),
    )

because = (
    entries,
    chain_rule,
    linear_form,
    entries,
)


def value(A: Array, b: Array, w: Array) -> Array:
    """All entries at once."""
    return 2 * A.T @ (A @ w - b)
