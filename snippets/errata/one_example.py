"""One example, its label, its probability and its log-likelihood."""

import numpy as np

from chainrule.vocabulary import Vector, scalar
from snippets.notation import Array, n

x = Vector("x", n)
y, h, G = scalar("y"), scalar("h"), scalar("G")

lines = (x, y, h, G)
because = ()


def value(x: Array, y: float, h: float, G: float) -> bool:
    """Whether x is a vector, y a label, h a probability and G a number."""
    finite = bool(np.isfinite(x).all() and np.isfinite(G))
    return x.ndim == 1 and finite and y in (0, 1) and 0 < h < 1
