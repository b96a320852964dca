"""The indices count from 1."""

from snippets.notation import l, r, s

lines = (r, s, l)

because = ()


def value(p: int, q: int, r: int, s: int, l: int) -> bool:
    """Whether the indices are in range."""
    return 1 <= r <= p and 1 <= s <= q and 1 <= l <= q
