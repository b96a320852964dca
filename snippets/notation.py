"""The symbols of this site: in SymPy, to write lines with, and in NumPy, to compute with."""

import numpy as np
from numpy.typing import NDArray

from chainrule.vocabulary import Elementwise, Family, Function, Matrix, Vector, index, scalar, size

Array = NDArray[np.float64]

m, n = size("m"), size("n")
i, j, k = index("i"), index("j"), index("k")

x = Family("x", m, n)  # x[i] is example i, x[i, j] its feature j
X = Matrix("X", m, n)
y = Vector("y", m)
theta = Vector("theta", n)
v = Vector("v", m)
z = scalar("z")

sigma = Elementwise("sigma")
h = Function("h")  # h(theta, x[i])
J = Function("J")


def sigmoid(z: Array) -> Array:
    """σ(z) for every entry of z: only e^{−|z|} is computed, which cannot overflow."""
    small: Array = np.exp(-np.abs(z))
    above: Array = np.where(z < 0, small, 1.0)
    return above / (1 + small)
