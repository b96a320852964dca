"""How the log-likelihood answers to the probability."""

from sympy import evaluate, log

from chainrule.rules import chain_rule, common_denominator, definition
from chainrule.vocabulary import D, scalar

y, h, G = scalar("y"), scalar("h"), scalar("G")

with evaluate(False):
    lines = (
        D(G, h),
        D(y * log(h) + (1 - y) * log(1 - h), h),
        y / h - (1 - y) / (1 - h),
        (y - h) / (h * (1 - h)),
    )

because = (
    definition("G"),
    chain_rule,
    common_denominator,
)


def value(y: float, h: float) -> float:
    """1/h for the label 1, −1/(1 − h) for the label 0."""
    return 1 / h if y == 1 else -1 / (1 - h)
