"""The log-likelihood of one example as a product minus one softplus."""

import numpy as np
from sympy import evaluate, exp, log

from chainrule.rules import algebra, using
from snippets.notation import Array, i, sigma, y, z

with evaluate(False):
    lines = (
        y[i] * log(sigma(z)) + (1 - y[i]) * log(1 - sigma(z)),
        -y[i] * log(1 + exp(-z)) - (1 - y[i]) * log(1 + exp(z)),
        -y[i] * (log(1 + exp(z)) - z) - (1 - y[i]) * log(1 + exp(z)),
        y[i] * z - log(1 + exp(z)),
    )

because = (
    using("sigmoid/log", "sigmoid/log-complement"),
    using("sigmoid/softplus"),
    algebra,
)


def value(y: Array, z: float) -> Array:
    """The log-likelihood at one score, for each label."""
    term: Array = y * z - np.logaddexp(0, z)
    return term
