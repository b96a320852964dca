"""Mutants of pages: of the lines of chains and definitions, of relations, and of declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from chainrule.in_order import ReadPart
from chainrule.mutation.declarations import altered_declarations
from chainrule.mutation.mutants import Edit, PageMutant
from chainrule.mutation.operators import changes
from chainrule.pages import Block, Inline
from chainrule.positions import Origin, source_of
from chainrule.printers.latex import to_latex
from chainrule.reading import Reading
from chainrule.tree import Span

RELATIONS = {"=": (r"\ne", "<"), "!=": ("=",), "<=": (">=",), ">=": ("<=",), "<": (">",), ">": ("<",)}
"""What a relation is corrupted to. Each is false where the relation is an equality, or the other of two."""


def page_mutants(found: ReadPart) -> Iterator[PageMutant]:
    """Every mutant of a formula that claims or fixes something."""
    reading = found.reading
    if reading is None or not isinstance(found.part, Block | Inline):
        return
    if not reading.lines and isinstance(found.part, Block):
        yield from _declaration_mutants(found, reading)
    if reading.relations:
        yield from _relation_mutants(found, reading)
        yield from _line_mutants(found, reading)


def corrupted(mutant: PageMutant) -> ReadPart:
    """The formula as it stands on the corrupted page."""
    found, part = mutant.found, mutant.found.part
    padding = "\n" * part.latex[mutant.span.start : mutant.span.end].count("\n")
    latex = part.latex[: mutant.span.start] + mutant.new + padding + part.latex[mutant.span.end :]
    starts = (0, *accumulate(len(row) + 1 for row in latex.split("\n")[:-1]))
    text = found.page.text
    for edit in mutant.edits:
        text = text[: edit.start] + edit.new + text[edit.end :]
    return ReadPart(
        replace(found.page, text=text),
        replace(part, latex=latex, origin=Origin(part.origin.file, starts, part.origin.places)),
        found.context,
    )


def _line_mutants(found: ReadPart, reading: Reading) -> Iterator[PageMutant]:
    if "!=" in reading.relations:
        return  # that two sides differ stays true for most slips
    first = 1 if reading.relations[0] == ":=" else 0
    for number in range(first, len(reading.lines)):
        for change in changes(reading.lines[number], reading.notation):
            mutant = _mutant(
                found,
                change.operator,
                reading.spans[number],
                to_latex(change.line, reading.notation),
                (to_latex(change.before, reading.notation), to_latex(change.after, reading.notation)),
            )
            yield replace(mutant, line=number, terms=(reading.lines[number], change.line))


def _relation_mutants(found: ReadPart, reading: Reading) -> Iterator[PageMutant]:
    for relation, span in zip(reading.relations, reading.relation_spans, strict=True):
        before = found.part.latex[span.start : span.end]
        for after in RELATIONS.get(relation, ()):
            yield _mutant(found, "relation", span, f"{after} ", (before, after))


def _declaration_mutants(found: ReadPart, reading: Reading) -> Iterator[PageMutant]:
    latex = found.part.latex
    span = Span(len(latex) - len(latex.lstrip()), len(latex.rstrip()))
    for altered in altered_declarations(found.context.notation, reading.notation):
        yield _mutant(found, altered.operator, span, altered.latex, (altered.before, altered.after))


def _mutant(found: ReadPart, operator: str, span: Span, new: str, shown: tuple[str, str]) -> PageMutant:
    origin = found.part.origin
    place, last = origin.place(span.start), origin.place(span.end)
    source = source_of(found.page.file, found.page.text)
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[last.line - 1] + last.column - 1
    margins = (source.line(line)[: column - 1] for line, column in origin.places if place.line < line <= last.line)
    edit = Edit(start, end, new + "".join(f"\n{margin}" for margin in margins))
    return PageMutant(operator, place, last.line, *shown, (edit,), found, span, new)
