"""How the score answers to the parameters."""

from sympy import evaluate

from chainrule.rules import definition, linear_form
from chainrule.vocabulary import D, Vector, dot, scalar
from snippets.notation import Array, n, theta

x, z = Vector("x", n), scalar("z")

with evaluate(False):
    lines = (
        D(z, theta),
        D(dot(theta, x), theta),
        x,
    )

because = (
    definition("z"),
    linear_form,
)


def value(x: Array) -> Array:
    """The features: the derivative of a linear form is its coefficients."""
    return x
