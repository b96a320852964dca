"""An example is a column of real numbers."""

import numpy as np

from snippets.notation import Array, i, x

lines = (x[i],)
because = ()


def value(x: Array) -> bool:
    """Whether x is a stack of examples, one per row, of finite numbers."""
    return x.ndim == 2 and bool(np.isfinite(x).all())
