"""Reads the formulas of a page from top to bottom, each in the notation that holds where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from chainrule.errors import ReadingError
from chainrule.messages import excerpt
from chainrule.pages import Page, Part, Rejected
from chainrule.reading import Reading, read
from chainrule.results import Problem
from chainrule.symbols import Notation
from chainrule.tree import Span


@dataclass(frozen=True)
class Context:
    """The notation at a place, and a digest of all the formulas that made it."""

    notation: Notation = field(default_factory=Notation)
    digest: str = ""

    def after(self, latex: str, notation: Notation) -> Context:
        """The context after a formula; the same one, unless it declared or defined something."""
        if notation is self.notation or notation == self.notation:
            return self
        return Context(notation, sha256(f"{self.digest}\n{latex}".encode()).hexdigest())


@dataclass(frozen=True)
class ReadPart:
    """A formula of a page with what was read: a reading, or the error that ended it."""

    page: Page
    part: Part
    context: Context  # before it
    reading: Reading | None = None
    error: ReadingError | None = None

    @property
    def steps(self) -> int:
        """How many steps it has: one for each relation; a definition that stands alone has none."""
        relations = self.reading.relations if self.reading is not None else ()
        return 0 if relations == (":=",) else len(relations)


def read_in_order(page: Page, context: Context) -> tuple[tuple[ReadPart, ...], Context]:
    """Every formula of a page, and the context at its end. What cannot be read declares nothing."""
    parts: list[ReadPart] = []
    for part in page.parts:
        found = _read_part(page, part, context)
        parts.append(found)
        if found.reading is not None and not isinstance(part, Rejected):
            context = context.after(part.latex, found.reading.notation)
    return tuple(parts), context


def unreadable(found: ReadPart) -> Problem:
    """The problem of a formula that could not be read."""
    error = found.error
    assert error is not None
    place = found.part.origin.place(error.span.start)
    width = error.span.end - error.span.start
    line = found.page.lines[place.line - 1]
    evidence = (("", excerpt(line, place.line, place.column, width)),)
    return Problem(place, error.message, error.code, evidence, error.cure)


def _read_part(page: Page, part: Part, context: Context) -> ReadPart:
    try:
        return ReadPart(page, part, context, reading=read(part.latex, context.notation))
    except ReadingError as error:
        return ReadPart(page, part, context, error=error)
    except RecursionError:
        deep = ReadingError("this is nested too deeply", Span(0, 1), "Split it.", "too-large")
        return ReadPart(page, part, context, error=deep)
