"""The depth of a stone that falls from rest."""

from sympy import evaluate

from snippets.notation import f, g, t

with evaluate(False):
    lines = (f(t), g * t**2 / 2)

because = ()


def value(g: float, t: float) -> float:
    """Half the acceleration times the time squared."""
    return g * t * t / 2
