"""A probability belongs to a label, 0 or 1, and the features of an example."""

from chainrule.vocabulary import Function, Vector, scalar
from snippets.notation import Array, n, sigmoid, theta

p = Function("p")  # p(theta, t, x): the probability of the label t
t = scalar("t")
x = Vector("x", n)  # the features of any example

lines = (p(theta, t, x),)
because = ()


def value(theta: Array, t: float, x: Array) -> bool:
    """Whether t is a label and its probability is positive."""
    return t in (0, 1) and bool(sigmoid((2 * t - 1) * (x @ theta)) > 0)
