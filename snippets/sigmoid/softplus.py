"""Two forms of one logarithm, for scores of either sign."""

import numpy as np
from sympy import evaluate, exp, log

from chainrule.rules import exponential, logarithm
from snippets.notation import Array, z

with evaluate(False):
    lines = (
        log(1 + exp(-z)),
        log((1 + exp(z)) / exp(z)),
        log(1 + exp(z)) - log(exp(z)),
        log(1 + exp(z)) - z,
    )

because = (
    exponential,
    logarithm,
    logarithm,
)


def value(z: Array) -> Array:
    """log(1 + e^{−z}): the large part stands in front, so only e^{−|z|} is computed."""
    softplus: Array = np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z)))
    return softplus
