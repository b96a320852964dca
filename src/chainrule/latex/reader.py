"""Names and their meaning: what every kind of syntax needs to be read."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NoReturn

from lark import Token, Tree

from chainrule.latex import shapes
from chainrule.latex.syntax import Syntax, refuse, span_of
from chainrule.names import name_of
from chainrule.symbols import Notation
from chainrule.tree import (
    ONE,
    Call,
    Domain,
    Neg,
    Num,
    Span,
    Sym,
    Term,
)


@dataclass
class Reader:
    """Finds the meaning of names in one notation. ``bound`` are the indices of the sums around the present spot.

    ``expression`` hands a piece of syntax to the method that is named after it; the classes built on this one, each
    with its kind of syntax, provide those methods.
    """

    notation: Notation
    bound: dict[str, Sym] = field(default_factory=dict)
    bound_anywhere: set[str] = field(default_factory=set)
    free_indices: dict[str, Span] = field(default_factory=dict)

    def expression(self, syntax: Syntax) -> Term:
        """The meaning of any piece of syntax."""
        if isinstance(syntax, Token):
            return self.token(syntax)
        reader = getattr(self, f"read_{syntax.data}", None)
        if reader is None:
            refuse("this cannot stand in an expression", syntax, "Write an expression here.", "unreadable")
        term: Term = reader(syntax)
        return at(term, span_of(syntax))

    def token(self, token: Token) -> Term:
        if token.type == "NAME":
            return self.symbol(token)
        if token.type != "NUMBER":
            refuse(f"{token} stands alone", token, "Give it its argument.", "unreadable")
        return Num(Fraction(str(token)), span=span_of(token))

    def signed(self, sign: Syntax | None, syntax: Syntax) -> Term:
        term = self.expression(syntax)
        if sign == "-":
            return Neg(term, span=Span(span_of(sign).start, span_of(syntax).end))
        return term

    def arguments(self, group: Tree[Token]) -> tuple[Term, ...]:
        inner = next(c for c in group.children if isinstance(c, Tree))
        return tuple(self.expression(c) for c in inner.children if isinstance(c, Tree))

    def symbol(self, syntax: Syntax) -> Term:
        """A name by itself."""
        name = name_of(syntax)
        found = self.bound.get(name) or self.notation.symbols.get(name)
        if found is None and name == "e":
            return Call("exp", (ONE,), span=span_of(syntax))
        if found is None:
            self.unknown(syntax, name)
        if found.domain is Domain.INDEX and name not in self.bound:
            self.free_indices.setdefault(name, span_of(syntax))
        return at(found, span_of(syntax))

    def unknown(self, syntax: Syntax, name: str) -> NoReturn:
        if name in self.notation.functions:
            refuse(f"the function {name} has no argument", syntax, "Give it its argument in brackets.", "unreadable")
        if name in self.notation.families:
            refuse(
                f"{name} is a family: it has no value without its superscript",
                syntax,
                f"Write {name}^{{(i)}}.",
                "unknown-symbol",
            )
        known = [*self.notation.symbols, *self.notation.functions, *self.notation.families]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}? Otherwise declare it" if near else "Declare it"
        refuse(
            f"{name} is not declared",
            syntax,
            f"{hint} on the notation page, or on this page before it is used.",
            "unknown-symbol",
        )

    @staticmethod
    def scalar(term: Term) -> Term:
        if term.shape:
            refuse(
                f"{shapes.describe(term.shape)} where a number is wanted",
                term.span or Span(0, 1),
                "Take an entry of it.",
                "shape",
            )
        return term


def at(term: Term, span: Span) -> Term:
    """The same term, known to stand at ``span``."""
    if term.span == span:
        return term
    return replace(term, span=span)
