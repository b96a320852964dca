"""The hypothesis takes features to a probability."""

from chainrule.vocabulary import Vector
from snippets.notation import Array, h, n, sigmoid, theta

x = Vector("x", n)  # the features of any example

lines = (h(theta, x),)
because = ()


def value(theta: Array, x: Array) -> bool:
    """Whether there is one feature per parameter and the probability is between 0 and 1."""
    return theta.shape == x.shape and bool(0 < sigmoid(x @ theta) < 1)
