"""LaTeX → syntax tree, by the grammar in ``latex.lark``; refusals as messages that say what would do."""

from __future__ import annotations

from functools import cache
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from chainrule.errors import ReadingError
from chainrule.latex.tokens import Layout
from chainrule.tree import Span

MAXIMUM_LENGTH = 20_000
MAXIMUM_DEPTH = 100

EXPECTATIONS = {
    "an expression": {"NAME", "NUMBER", "LPAR", "FRAC", "FUNCTION"},
    "a relation": {"RELATION"},
    "an operator": {"PLUS", "MINUS"},
    "a closing )": {"RPAR"},
    "a closing ]": {"RSQB"},
    "a closing }": {"RBRACE"},
    r"a closing \}": {"RSET"},
    "a closing bar": {"RNORM", "RABS"},
    "a comma": {"COMMA"},
    r"a set such as \mathbb{R}^n": {"BLACKBOARD"},
    "a subscript": {"SUB"},
    "{": {"LBRACE"},
    "the end": {"$END"},
}


@cache
def parser() -> tuple[Lark, Layout]:
    """The LALR parser, made once."""
    layout = Layout()
    lark = Lark.open(
        "latex.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="basic",
        propagate_positions=True,
        maybe_placeholders=True,
        postlex=layout,
    )
    return lark, layout


def parse(latex: str) -> Tree[Token]:
    """The syntax tree of one formula.

    Raises:
        ReadingError: where the formula leaves the language, or is too long or too deeply nested to be meant.
    """
    check_size(latex)
    lark, layout = parser()
    layout.source = latex
    try:
        return lark.parse(latex)
    except UnexpectedInput as unexpected:
        raise refusal(unexpected, latex) from None


def check_size(latex: str) -> None:
    """Refuse what no reader could read, before any work is done on it."""
    if len(latex) > MAXIMUM_LENGTH:
        raise ReadingError(
            f"this formula is {len(latex)} characters long; the limit is {MAXIMUM_LENGTH}",
            Span(0, 1),
            "Split it.",
            "too-large",
        )
    depth = 0
    for position, character in enumerate(latex):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(character, 0)
        if depth > MAXIMUM_DEPTH:
            raise ReadingError(
                f"brackets nested more than {MAXIMUM_DEPTH} deep",
                Span(position, position + 1),
                "Split it.",
                "too-large",
            )


def refusal(unexpected: UnexpectedInput, latex: str) -> ReadingError:
    """The parser's complaint in the reader's words."""
    if isinstance(unexpected, UnexpectedCharacters):
        start = unexpected.pos_in_stream or 0
        word = command_at(latex, start)
        return ReadingError(
            f"{word} is not in the language that is read here", Span(start, start + len(word)), unknown_cure(word)
        )
    if isinstance(unexpected, UnexpectedToken):
        token: Any = unexpected.token
        accepted = expectation(set(unexpected.accepts or unexpected.expected))
        if token.type == "$END":
            return ReadingError(
                "the formula ends too early", Span(max(len(latex.rstrip()) - 1, 0), len(latex.rstrip())), accepted
            )
        return ReadingError(f"{token} cannot stand here", Span(token.start_pos, token.end_pos), accepted)
    return ReadingError("this formula cannot be read", Span(0, len(latex)))


def command_at(latex: str, start: int) -> str:
    """The command or character at ``start``."""
    end = start + 1
    if latex[start] == "\\":
        while end < len(latex) and latex[end].isalpha():
            end += 1
    return latex[start:end]


def unknown_cure(word: str) -> str:
    """What to write instead of an unknown command."""
    return (
        "Use the notation that is read here, or prose outside the formula."
        if word.startswith("\\")
        else ("Only LaTeX commands, ASCII letters, digits and signs are read.")
    )


def expectation(accepted: set[str]) -> str:
    """A sentence about what the grammar would accept."""
    names = [name for name, terminals in EXPECTATIONS.items() if terminals & accepted]
    return f"Expected here: {', '.join(names)}." if names else ""
