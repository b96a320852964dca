"""A table of measurements, what was measured, and what is sought."""

import numpy as np

from snippets.notation import A, Array, b, w

lines = (A, b, w)

because = ()


def value(A: Array, b: Array, w: Array) -> bool:
    """Whether the shapes fit together, and every number is one."""
    finite = all(np.isfinite(array).all() for array in (A, b, w))
    return A.shape == (len(b), len(w)) and b.ndim == w.ndim == 1 and bool(finite)
