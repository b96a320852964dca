"""The log-likelihood of one example."""

import numpy as np
from sympy import evaluate, log

from chainrule.vocabulary import scalar

y, h, G = scalar("y"), scalar("h"), scalar("G")

with evaluate(False):
    lines = (
        G,
        y * log(h) + (1 - y) * log(1 - h),
    )

because = ()


def value(y: float, h: float) -> float:
    """G; log1p(−h) is log(1 − h) without rounding the difference."""
    return float(y * np.log(h) + (1 - y) * np.log1p(-h))
