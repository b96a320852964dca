"""Reading one formula: LaTeX and the notation in force → lines, relations, reasons, and the notation after it."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Token, Tree

from chainrule.errors import ReadingError
from chainrule.latex.declarations import declare_membership, declare_signature, define
from chainrule.latex.grammar import parse
from chainrule.latex.meaning import Meaning
from chainrule.latex.shapes import describe
from chainrule.latex.syntax import refuse, span_of
from chainrule.latex.tokens import Relation
from chainrule.results import Verdict
from chainrule.symbols import Notation
from chainrule.tree import Span, Term

__all__ = ["Reading", "ReadingError", "read"]


@dataclass(frozen=True)
class Reading:
    """What one formula says.

    ``lines`` are the members of its chain with ``relations`` between them (``:=``, ``=``, ``<=``, ``>=``, ``<``, ``>``,
    ``!=``) and the ``reasons`` written under those; all empty for a declaration. ``notation`` is what holds after it.
    """

    notation: Notation
    lines: tuple[Term, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[str, ...] = ()
    relation_spans: tuple[Span, ...] = ()
    reasons: tuple[str | None, ...] = ()
    verdict: Verdict | None = None


def read(latex: str, notation: Notation) -> Reading:
    """Read one formula (without its dollars and without its label).

    Raises:
        ReadingError: where the formula leaves the language, or does not fit the notation; with span, cure and code.
    """
    items = [c for c in parse(latex).children if isinstance(c, Tree)]
    if len(items) == 1 and items[0].data == "chain":
        return read_chain(items[0], notation)
    for item in items:
        if item.data == "chain":
            notation = declare_from_chain(item, notation)
        else:
            declare = declare_membership if item.data == "membership" else declare_signature
            notation = declare(item, notation)
    return Reading(notation, verdict=Verdict.DECLARATION)


def declare_from_chain(item: Tree[Token], notation: Notation) -> Notation:
    """Among declarations separated by commas, only another declaration can stand."""
    refuse("a list of declarations holds something else", item, r"Give each equation a block of its own.", "unreadable")


def read_chain(tree: Tree[Token], notation: Notation) -> Reading:
    sides = [c for c in tree.children if isinstance(c, Tree)]
    signs = [c for c in tree.children if isinstance(c, Token)]
    for position, sign in enumerate(signs):
        if sign == ":=" and position:
            refuse(
                "a definition stands first in its chain", sign, "Write = here, or begin a new equation.", "unreadable"
            )
    if signs and signs[0] == ":=":
        left, right, after = define(sides[0], sides[1], notation)
        rest = sides[2:]
        lines = [left, right]
        if rest:
            scope = Meaning(after)
            lines += [scope.line(side) for side in rest]
    else:
        after = notation
        meaning = Meaning(notation)
        lines = [meaning.line(side) for side in sides]
    check_shapes(lines, sides)
    return Reading(
        after,
        tuple(lines),
        tuple(span_of(s) for s in sides),
        tuple(str(s) for s in signs),
        tuple(span_of(s) for s in signs),
        tuple(s.reason if isinstance(s, Relation) else None for s in signs),
    )


def check_shapes(lines: list[Term], sides: list[Tree[Token]]) -> None:
    """The members of a chain have one shape."""

    for line, side in zip(lines[1:], sides[1:], strict=True):
        if line.shape != lines[0].shape:
            refuse(
                f"{describe(lines[0].shape)} is compared with {describe(line.shape)}",
                side,
                "The two sides of a relation have one shape; is a transpose or an index missing?",
                "shape",
            )
