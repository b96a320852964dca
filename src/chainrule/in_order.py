"""Reads the formulas of a page from top to bottom, each in the notation that holds where it stands.

Reading waits until it is asked for: where it is remembered that a formula declared nothing, the
notation below it is known without reading it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chainrule.cache import Cache, digest
from chainrule.messages import excerpt
from chainrule.pages import Page, Part, Rejected
from chainrule.results import Problem

if TYPE_CHECKING:
    from chainrule.errors import ReadingError
    from chainrule.reading import Reading
    from chainrule.symbols import Notation


@dataclass(frozen=True)
class Context:
    """The notation at a place. ``digest`` stands for all the formulas that made it."""

    digest: str
    make: Callable[[], Notation]

    @cached_property
    def notation(self) -> Notation:
        """The notation itself, made when it is first asked for."""
        return self.make()


@dataclass(frozen=True)
class ReadPart:
    """A formula of a page, and what it says in the notation that holds before it."""

    page: Page
    part: Part
    context: Context

    @property
    def reading(self) -> Reading | None:
        """What was read; None if it cannot be."""
        return self._outcome[0]

    @property
    def error(self) -> ReadingError | None:
        """Why it cannot be read."""
        return self._outcome[1]

    @property
    def steps(self) -> int:
        """How many steps it has: one for each relation; a definition that stands alone has none."""
        relations = self.reading.relations if self.reading is not None else ()
        return 0 if relations == (":=",) else len(relations)

    @property
    def notation_after(self) -> Notation:
        """What holds below it. What cannot be read declares nothing."""
        return self.context.notation if self.reading is None else self.reading.notation

    @cached_property
    def _outcome(self) -> tuple[Reading | None, ReadingError | None]:
        from chainrule.errors import ReadingError
        from chainrule.reading import read
        from chainrule.tree import Span

        try:
            return read(self.part.latex, self.context.notation), None
        except ReadingError as error:
            return None, error
        except RecursionError:
            what = "this is nested too deeply"
            return None, ReadingError(what, Span(0, 1), "Split it.", "too-large")


def empty_context() -> Context:
    """The notation before anything is declared."""
    from chainrule.symbols import Notation

    return Context("", Notation)


def read_in_order(page: Page, context: Context, memory: Cache) -> tuple[tuple[ReadPart, ...], Context]:
    """Every formula of a page, and the context at its end."""
    parts: list[ReadPart] = []
    for part in page.parts:
        found = ReadPart(page, part, context)
        parts.append(found)
        if not isinstance(part, Rejected) and _declares(found, memory):
            context = Context(digest(context.digest, part.latex), _notation_after(found))
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


def _declares(found: ReadPart, memory: Cache) -> bool:
    """Whether other notation holds below a formula than above it."""
    key = memory.key("declares", found.context.digest, found.part.latex)
    stored = memory.get(key)
    if isinstance(stored, bool):
        return stored
    declares = found.notation_after != found.context.notation
    memory.put(key, declares)
    return declares


def _notation_after(found: ReadPart) -> Callable[[], Notation]:
    return lambda: found.notation_after
