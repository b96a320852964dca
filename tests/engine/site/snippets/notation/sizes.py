"""The number of measurements and the number of unknowns."""

from snippets.notation import p, q

lines = (p, q)

because = ()


def value(p: int, q: int) -> bool:
    """Whether there is at least one of each."""
    return min(p, q) >= 1
