"""The cost takes parameters to a real number."""

import numpy as np

from snippets.notation import Array, J, theta

lines = (J(theta),)
because = ()


def value(X: Array, y: Array, theta: Array) -> bool:
    """Whether the cost is a finite number."""
    z = X @ theta
    return bool(np.isfinite(np.mean(np.logaddexp(0, z) - y * z)))
