"""A score is a real number."""

import numpy as np

from snippets.notation import z

lines = (z,)
because = ()


def value(z: float) -> bool:
    """Whether z is a single finite number."""
    return np.ndim(z) == 0 and bool(np.isfinite(z))
