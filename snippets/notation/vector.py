"""Any column with one entry per example."""

import numpy as np

from snippets.notation import Array, v

lines = (v,)
because = ()


def value(v: Array) -> bool:
    """Whether v is a vector of finite numbers."""
    return v.ndim == 1 and bool(np.isfinite(v).all())
