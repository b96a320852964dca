"""Where text that was lifted out of a file came from: offsets back to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from chainrule.results import Place


@dataclass(frozen=True)
class Origin:
    """The place of every line of a lifted text.

    ``starts`` are the offsets at which its lines begin, ``places`` the (line, column) of those
    offsets in the file, counted from 1. The first start is 0.
    """

    file: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> Place:
        """The place in the file of an offset into the lifted text."""
        row = max(bisect_right(self.starts, offset) - 1, 0)
        line, column = self.places[row]
        return Place(self.file, line, column + offset - self.starts[row])


@dataclass(frozen=True)
class Source:
    """A file's text, with the offsets at which its lines begin."""

    file: str
    text: str
    starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, counted from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place(self, offset: int) -> Place:
        """The place of an offset."""
        return Place(self.file, *self.position(offset))

    def line(self, number: int) -> str:
        """The text of a line, which counts from 1; empty outside the file."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[start:end]

    def lift(self, start: int, end: int) -> tuple[str, Origin]:
        """``text[start:end]`` without what Markdown strips from each of its lines.

        That is the indentation of a list or admonition, and as many ``>`` of a block quote as
        stand before the text on its first line.
        """
        margin = _margin(self.line(self.position(start)[0]))
        pieces: list[str] = []
        starts: list[int] = []
        places: list[tuple[int, int]] = []
        length, offset = 0, start
        for row in self.text[start:end].split("\n"):
            inside = offset == start and self.position(start)[1] > 1
            skipped = 0 if inside else _stripped(row, margin)
            starts.append(length)
            places.append(self.position(offset + skipped))
            pieces.append(row[skipped:])
            length += len(row) - skipped + 1
            offset += len(row) + 1
        return "\n".join(pieces), Origin(self.file, tuple(starts), tuple(places))


def source_of(file: str, text: str) -> Source:
    """The text of a file, ready to be asked for positions. Lines end with a line feed alone."""
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    return Source(file, text, starts)


def _margin(line: str) -> re.Pattern[str]:
    quotes = re.match(r"[ \t>]*", line)
    depth = quotes[0].count(">") if quotes else 0
    return re.compile(rf"(?:[ \t]*>){{0,{depth}}}[ \t]*")


def _stripped(row: str, margin: re.Pattern[str]) -> int:
    found = margin.match(row)
    return found.end() if found else 0
