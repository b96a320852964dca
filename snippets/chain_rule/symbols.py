"""One example, its score, its probability and its log-likelihood."""

import numpy as np

from chainrule.vocabulary import Vector, scalar
from snippets.notation import Array, n

x = Vector("x", n)
y, z, h, G = scalar("y"), scalar("z"), scalar("h"), scalar("G")

lines = (x, y, z, h, G)
because = ()


def value(x: Array, y: float, z: float, h: float, G: float) -> bool:
    """Whether x is a vector, y a label, h a probability, and z and G are numbers."""
    finite = bool(np.isfinite(x).all() and np.isfinite([z, G]).all())
    return x.ndim == 1 and finite and y in (0, 1) and 0 < h < 1
