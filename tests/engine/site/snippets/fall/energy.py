"""Half the speed squared is the depth times the acceleration."""

from sympy import S, evaluate

from chainrule.rules import definition, factor, using
from chainrule.vocabulary import D
from snippets.notation import f, g, t

half = S.Half

with evaluate(False):
    lines = (
        half * D(f(t), t) ** 2,
        half * (g * t) ** 2,
        g * (g * t**2 / 2),
        g * f(t),
    )

because = (
    using("fall/speed"),
    factor,
    definition("f"),
)


def value(g: float, t: float) -> float:
    """Energy by mass."""
    return (g * t) ** 2 / 2
