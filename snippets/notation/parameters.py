"""One parameter per feature."""

import numpy as np

from snippets.notation import Array, theta

lines = (theta,)
because = ()


def value(theta: Array) -> bool:
    """Whether theta is a vector of finite numbers."""
    return theta.ndim == 1 and bool(np.isfinite(theta).all())
