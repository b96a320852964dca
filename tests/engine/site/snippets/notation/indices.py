"""The indices count from 1."""

from snippets.notation import k, r, s

lines = (r, s, k)

because = ()


def value(p: int, q: int, r: int, s: int, k: int) -> bool:
    """Whether the indices are in range."""
    return 1 <= r <= p and 1 <= s <= q and 1 <= k <= q
