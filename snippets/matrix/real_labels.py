"""For linear regression the labels are any real numbers."""

import numpy as np

from snippets.notation import Array, y

lines = (y,)
because = ()


def value(y: Array) -> bool:
    """Whether y is a vector of finite numbers."""
    return y.ndim == 1 and bool(np.isfinite(y).all())
