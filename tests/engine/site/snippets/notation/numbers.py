"""The acceleration of falling, and the time."""

import math

from snippets.notation import g, t

lines = (g, t)

because = ()


def value(g: float, t: float) -> bool:
    """Whether things fall down, at a moment that there is."""
    return g > 0 and math.isfinite(t)
