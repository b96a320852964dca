"""The derivative of a squared length by one entry."""

from sympy import Sum, evaluate

from chainrule.rules import chain_rule, entries, linear_form
from chainrule.vocabulary import D, norm2
from snippets.notation import Array, k, q, s, w

with evaluate(False):
    lines = (
        D(norm2(w), w[s]),
        D(Sum(w[k] ** 2, (k, 1, q)), w[s]),
        Sum(2 * w[k] * D(w[k], w[s]), (k, 1, q)),
        2 * w[s],
    )

because = (
    entries,
    chain_rule,
    linear_form,
)


def value(w: Array) -> Array:
    """All entries at once."""
    return 2 * w
