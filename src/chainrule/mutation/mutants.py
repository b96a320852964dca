"""A mutant: one corruption of one file, with what is needed to make it and to judge it."""

from __future__ import annotations

from dataclasses import dataclass, field

from chainrule.in_order import ReadPart
from chainrule.results import Place
from chainrule.tree import Span, Term


@dataclass(frozen=True)
class Edit:
    """``text[start:end]`` of a file becomes ``new``."""

    start: int
    end: int
    new: str


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after all edits, which do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@dataclass(frozen=True)
class Mutant:
    """A corruption of a file.

    ``place`` is where it stands, ``end_line`` the last line of what was changed. ``before`` and ``after`` show the
    change, ``edits`` make it. ``found`` is the formula that it concerns, as it is published.
    """

    operator: str
    place: Place
    end_line: int
    before: str
    after: str
    edits: tuple[Edit, ...]
    found: ReadPart = field(repr=False)


@dataclass(frozen=True)
class PageMutant(Mutant):
    """A formula whose LaTeX has ``new`` at ``span``.

    ``line`` is the line of its chain that was changed, from 0, and ``terms`` are that line before and after; None
    where a declaration or a relation was changed.
    """

    span: Span
    new: str
    line: int | None = None
    terms: tuple[Term, Term] | None = field(default=None, repr=False)

    @property
    def declares(self) -> bool:
        """Whether the formula is a declaration."""
        reading = self.found.reading
        return reading is not None and not reading.lines


@dataclass(frozen=True)
class SnippetMutant(Mutant):
    """A snippet whose ``part`` was changed: ``lines``, ``because`` or ``value``.

    ``number`` is the entry of the part, from 0; None where a helper was changed, or the function. ``source`` is the
    snippet as it is published.
    """

    part: str
    source: str = field(repr=False)
    number: int | None = None

    @property
    def is_helper(self) -> bool:
        """Whether a name was changed that lines are written with; that shows where it is first used."""
        return self.part == "lines" and self.number is None

    @property
    def step(self) -> int | None:
        """The step whose rule was changed, by the number of its relation, from 1; a definition needs no rule."""
        reading = self.found.reading
        if self.part != "because" or self.number is None or reading is None:
            return None
        return [k for k, relation in enumerate(reading.relations, start=1) if relation != ":="][self.number]
