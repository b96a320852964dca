"""The design matrix has one row per example, one column per feature."""

import numpy as np

from snippets.notation import Array, X

lines = (X,)
because = ()


def value(X: Array) -> bool:
    """Whether X is a matrix of finite numbers."""
    return X.ndim == 2 and bool(np.isfinite(X).all())
