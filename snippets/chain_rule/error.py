"""The derivative of the sigmoid cancels, and the error is left."""

import numpy as np
from sympy import evaluate

from chainrule.rules import cancel, chain_rule, using
from chainrule.vocabulary import D, scalar
from snippets.notation import sigmoid, z

y, h, G = scalar("y"), scalar("h"), scalar("G")

with evaluate(False):
    lines = (
        D(G, z),
        D(G, h) * D(h, z),
        (y - h) / (h * (1 - h)) * (h * (1 - h)),
        y - h,
    )

because = (
    chain_rule,
    using("chain-rule/outer", "chain-rule/middle"),
    cancel,
)


def value(y: float, z: float) -> float:
    """The label minus the probability."""
    return y - float(sigmoid(np.asarray(z)))
