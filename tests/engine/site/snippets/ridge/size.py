"""The derivative of a squared length by one entry."""

from sympy import Sum, evaluate

from chainrule.rules import chain_rule, entries, linear_form
from chainrule.vocabulary import D, norm2
from snippets.notation import Array, l, q, s, w

with evaluate(False):
    lines = (
        D(norm2(w), w[s]),
        D(Sum(w[l] ** 2, (l, 1, q)), w[s]),
        Sum(2 * w[l] * D(w[l], w[s]), (l, 1, q)),
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
