"""One way to break the site by hand, and the message that must come."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MARK = "▸"
"""Stands where a message must point: at the character after it."""


class Edit(NamedTuple):
    """A text that stands exactly once in a file, and what a person wrote in its stead."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Break:
    """What a person did, and what the engine must answer.

    ``at`` is a text that stands exactly once in the broken file, with a mark at the line and column that the message
    must give; ``says`` is the part of the message that a person needs; ``place`` is the file that the message stands
    in, where that is not the file that was edited; ``also`` are further edits.
    """

    what: str
    file: str
    old: str
    new: str
    code: str
    at: str
    says: str
    place: str | None = None
    also: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All that the person edited."""
        return (Edit(self.file, self.old, self.new), *self.also)

    def expected(self, root: Path) -> tuple[str, int, int]:
        """File, line and column of the message, as they are in the broken site."""
        file = self.place or self.file
        return (file, *position(self.at, (root / file).read_text(encoding="utf-8")))

    def __str__(self) -> str:
        return self.what


def position(marked: str, text: str) -> tuple[int, int]:
    """Line and column of the mark in a text, both from 1."""
    before, mark, after = marked.partition(MARK)
    assert mark, f"no mark in {marked!r}"
    count = text.count(before + after)
    assert count == 1, f"{marked!r} stands {count} times"
    start = text.index(before + after) + len(before)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
