"""The syntax tree: where its pieces stand, and how to look through what adds nothing."""

from __future__ import annotations

from typing import NoReturn

from lark import Token, Tree

from chainrule.errors import ReadingError
from chainrule.tree import (
    Span,
)

Syntax = Tree[Token] | Token
SCRIPTS = ("sub", "sup", "prime", "transpose")


def span_of(syntax: Syntax) -> Span:
    """Where a piece of syntax stands."""
    if isinstance(syntax, Token):
        return Span(syntax.start_pos or 0, syntax.end_pos or 0)
    return Span(syntax.meta.start_pos, syntax.meta.end_pos)


def refuse(message: str, at: Syntax | Span, cure: str, code: str) -> NoReturn:
    """Raise the error at a piece of syntax."""
    raise ReadingError(message, at if isinstance(at, Span) else span_of(at), cure, code)


def unwrap(syntax: Syntax) -> tuple[Syntax, list[Tree[Token]]]:
    """The base under a tower of scripts, and the scripts from the inside out."""
    scripts: list[Tree[Token]] = []
    while isinstance(syntax, Tree) and syntax.data in SCRIPTS:
        scripts.append(syntax)
        syntax = syntax.children[0]
    return syntax, scripts[::-1]


def is_name(syntax: Syntax) -> bool:
    """Whether this is a letter, plain or accented."""
    return (isinstance(syntax, Token) and syntax.type == "NAME") or (
        isinstance(syntax, Tree) and syntax.data == "accent"
    )


def is_group(syntax: Syntax) -> bool:
    """Whether this stands in round or square brackets."""
    return isinstance(syntax, Tree) and syntax.data == "group"


def scripts_of(prefix: Tree[Token]) -> tuple[Syntax | None, Syntax | None]:
    """What stands below and above a sign, in whichever order it was written."""
    found: dict[str, Syntax | None] = {}
    children = [c for c in prefix.children if c is not None]
    for position, child in enumerate(children):
        if isinstance(child, Token) and child.type in ("SUB", "SUP"):
            found[child.type] = children[position + 1]
    return found.get("SUB"), found.get("SUP")


def only_child(syntax: Syntax) -> Syntax:
    """Look through nodes that add nothing: a sum of one unsigned product of one factor, invisible braces."""
    while isinstance(syntax, Tree):
        inner = [
            c
            for c in syntax.children
            if c is not None and not (isinstance(c, Token) and c.type in ("LBRACE", "RBRACE"))
        ]
        if syntax.data not in ("sum", "product", "arguments", "script_group", "braces") or len(inner) != 1:
            break
        syntax = inner[0]
    return syntax
