"""The symbols of the fixture site."""

import numpy as np
from numpy.typing import NDArray

from chainrule.vocabulary import Function, Matrix, Vector, index, scalar, size

Array = NDArray[np.float64]

p, q = size("p"), size("q")
r, s, k = index("r"), index("s"), index("k")

A = Matrix("A", p, q)
b = Vector("b", p)
w = Vector("w", q)
g, t = scalar("g"), scalar("t")
alpha = scalar("alpha")
f = Function("f")
R = Function("R")
