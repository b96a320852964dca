"""The labels are a column of zeros and ones."""

import numpy as np

from snippets.notation import Array, y

lines = (y,)
because = ()


def value(y: Array) -> bool:
    """Whether y is a plain array of labels."""
    return y.ndim == 1 and bool(np.isin(y, (0, 1)).all())
