"""The numbers of examples and of features are at least one."""

from snippets.notation import m, n

lines = (m, n)
because = ()


def value(m: int, n: int) -> bool:
    """Whether both are sizes."""
    return m >= 1 and n >= 1
