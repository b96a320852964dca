"""Files that are gone, misnamed or torn: each is reported where a person would look for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COST, GRADIENT, LABELS = "docs/cost.md", "docs/gradient.md", "docs/labels.txt"
FULL = "snippets/gradient/full.py"


@dataclass(frozen=True)
class Deed:
    """What a person did to a file, and the message that must come; ``at`` is a text of ``place``, with a mark."""

    what: str
    do: Callable[[Path], object]
    code: str
    place: str
    at: str
    says: str

    def __str__(self) -> str:
        return self.what


def in_latin_1(file: str, old: str, new: str) -> Callable[[Path], object]:
    """Write one phrase of a file as an editor does that knows no UTF-8."""

    def do(root: Path) -> None:
        data = (root / file).read_bytes()
        assert data.count(old.encode()) == 1
        (root / file).write_bytes(data.replace(old.encode(), new.encode("latin-1")))

    return do


DEEDS = (
    Deed(
        "a snippet deleted",
        lambda root: (root / FULL).unlink(),
        "no-snippet",
        GRADIENT,
        "## The derivation\n\n▸$$\n",
        "expected      snippets/gradient/full.py",
    ),
    Deed(
        "a snippet under a misspelt name",
        lambda root: (root / FULL).rename(root / "snippets/gradient/ful.py"),
        "orphan-snippet",
        "snippets/gradient/ful.py",
        '▸"""The derivative of the cost by one parameter',
        "did you mean  gradient/full",
    ),
    Deed(
        "a snippet that is not UTF-8",
        in_latin_1(FULL, "no line left out", "déjà vu"),
        "snippet-broken",
        FULL,
        '▸"""The derivative of the cost by one parameter',
        "the snippet cannot be read",
    ),
    Deed(
        "a page that is not UTF-8",
        in_latin_1(COST, "as large as possible", "très grand"),
        "encoding",
        COST,
        "turns “as▸ large as possible”",
        "byte 0xe8",
    ),
    Deed(
        "a registry that is not UTF-8",
        in_latin_1(LABELS, "cost/log-likelihood", "coût"),
        "vanished-label",
        LABELS,
        "▸cost/log-likelihood\n",
        "the label co\ufffdt was published and has vanished",
    ),
    Deed(
        "the registry deleted",
        lambda root: (root / LABELS).unlink(),
        "unregistered-label",
        LABELS,
        "▸index/answer\n",
        "there is no registry of labels",
    ),
    Deed(
        "a page deleted",
        lambda root: (root / COST).unlink(),
        "vanished-label",
        LABELS,
        "▸cost/log-likelihood\n",
        "the label cost/log-likelihood was published and has vanished",
    ),
)
"""``at`` is looked for in the site before the deed."""
