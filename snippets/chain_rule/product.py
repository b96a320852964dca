"""Three derivatives in a row, and what is left of them."""

from sympy import evaluate

from chainrule.rules import cancel, chain_rule, using
from chainrule.vocabulary import D, Vector, scalar
from snippets.notation import Array, n, sigmoid, theta

x = Vector("x", n)
y, z, h, G = scalar("y"), scalar("z"), scalar("h"), scalar("G")

with evaluate(False):
    lines = (
        D(G, theta),
        D(G, h) * D(h, z) * D(z, theta),
        (y - h) / (h * (1 - h)) * (h * (1 - h)) * x,
        (y - h) * x,
    )

because = (
    chain_rule,
    using("chain-rule/outer", "chain-rule/middle", "chain-rule/inner"),
    cancel,
)


def value(theta: Array, x: Array, y: float) -> Array:
    """The label minus the probability, times the features."""
    pull: Array = (y - sigmoid(x @ theta)) * x
    return pull
