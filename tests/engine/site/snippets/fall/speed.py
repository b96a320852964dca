"""The speed of a stone that falls from rest."""

from sympy import evaluate

from chainrule.rules import cancel, definition, linearity, power_rule
from chainrule.vocabulary import D
from snippets.notation import f, g, t

with evaluate(False):
    lines = (
        D(f(t), t),
        D(g * t**2 / 2, t),
        (g / 2) * D(t**2, t),
        (g / 2) * 2 * t,
        g * t,
    )

because = (
    definition("f"),
    linearity,
    power_rule,
    cancel,
)


def value(g: float, t: float) -> float:
    """The acceleration times the time."""
    return g * t
