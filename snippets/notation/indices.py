"""Examples and features are counted from 1."""

from snippets.notation import i, j, k

lines = (i, j, k)
because = ()


def value(i: int, j: int, k: int, m: int, n: int) -> bool:
    """Whether each index is in its range."""
    return 1 <= i <= m and 1 <= j <= n and 1 <= k <= n
