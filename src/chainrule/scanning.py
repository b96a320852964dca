"""Finds in Markdown what looks like mathematics, with positions.

It is generous: whether something *is* mathematics is decided by what Markdown made of it (see
``rendered``), and a difference between the two is a problem of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from chainrule.positions import Source


class Kind(StrEnum):
    """How a formula is set."""

    BLOCK = "block"
    INLINE = "inline"


@dataclass(frozen=True)
class Candidate:
    """Something that looks like a formula: ``text[start:end]`` between its delimiters."""

    kind: Kind
    opening: int  # offset of the opening delimiter
    start: int
    end: int
    closing: int  # offset just after the closing delimiter


@dataclass(frozen=True)
class Fence:
    """A fenced block of LaTeX that must be rejected."""

    opening: int
    start: int
    end: int


@dataclass(frozen=True)
class Scan:
    """All that was found on a page, in reading order; ``stray`` are offsets of what opens no formula."""

    candidates: tuple[Candidate, ...]
    fences: tuple[Fence, ...]
    stray: tuple[int, ...]


_FENCE = re.compile(
    r"^(?P<margin>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)\n"
    r"(?P<body>(?:.*\n)*?)[ \t>]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_HIDDEN = (
    re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL),  # front matter
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<(script|style|pre|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE),
    re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL),
)
_TOKEN = re.compile(
    r"(?P<dollars>\$\$)|(?P<dollar>\$)"
    r"|(?P<square>^[ \t>]*\\\[)|(?P<round>\\\()"
    r"|(?P<environment>\\begin\{(?P<name>[a-z]+\*?)\})|\\.",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[ \t>]*\n")
_EMPTY_BEFORE = re.compile(r"\n[ \t>]*\n[ \t>]*\Z")
_EMPTY_AFTER = re.compile(r"[ \t]*(\Z|\n[ \t>]*(\n|\Z))")
_INLINE_BODY = re.compile(r"(?:\\.|[^\\$])+", re.DOTALL)


def scan(source: Source) -> Scan:
    """Everything on the page that looks like mathematics."""
    text, fences = _without_code(source.text)
    candidates: list[Candidate] = []
    stray: list[int] = []
    offset = 0
    while token := _TOKEN.search(text, offset):
        found = _candidate(text, token)
        if found is not None:
            candidates.append(found)
        elif token["dollars"] or token["dollar"] or token["environment"]:
            stray.append(token.start())
        offset = found.closing if found is not None else token.end()
    return Scan(tuple(candidates), tuple(fences), tuple(stray))


def _without_code(text: str) -> tuple[str, list[Fence]]:
    """The text with code blanked out, every offset kept, and the fences of LaTeX in it."""
    fences = [
        Fence(match.start(), match.start("body"), max(match.end("body") - 1, match.start("body")))
        for match in _FENCE.finditer(text)
        if re.match(r"\{?\s*\.?rejected\b", match["info"])
    ]
    for pattern in (_FENCE, *_HIDDEN):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text, fences


def _candidate(text: str, token: re.Match[str]) -> Candidate | None:
    if token["dollars"]:
        return _dollars(text, token)
    if token["dollar"]:
        return _dollar(text, token)
    if token["square"]:
        return _until(text, Kind.BLOCK, token.end() - 2, token.end(), "\\]")
    if token["round"]:
        return _until(text, Kind.INLINE, token.start(), token.end(), "\\)")
    if token["environment"]:
        return _environment(text, token)
    return None


def _paragraph_end(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return blank.start() if blank else len(text)


def _until(text: str, kind: Kind, opening: int, start: int, delimiter: str) -> Candidate | None:
    """Up to the delimiter, if it stands in the same paragraph."""
    end = text.find(delimiter, start, _paragraph_end(text, start))
    return Candidate(kind, opening, start, end, end + len(delimiter)) if end >= 0 else None


def _dollar(text: str, token: re.Match[str]) -> Candidate | None:
    body = _INLINE_BODY.match(text, token.end(), _paragraph_end(text, token.end()))
    if body is None or text[body.end() : body.end() + 1] != "$":
        return None
    return Candidate(Kind.INLINE, token.start(), body.start(), body.end(), body.end() + 1)


def _dollars(text: str, token: re.Match[str]) -> Candidate | None:
    """Up to the next pair of dollars, even over a blank line, unless that pair opens a block."""
    end = text.find("$$", token.end())
    if end < 0 or _opens_block(text, token.end(), end):
        return None
    return Candidate(Kind.BLOCK, token.start(), token.end(), end, end + 2)


def _opens_block(text: str, start: int, dollars: int) -> bool:
    """Whether a pair of dollars has an empty line before it, and none after it."""
    empty_before = _EMPTY_BEFORE.search(text, start, dollars)
    return empty_before is not None and not _EMPTY_AFTER.match(text, dollars + 2)


def _environment(text: str, token: re.Match[str]) -> Candidate | None:
    r"""A bare ``\begin{align} … \end{align}``, which is its own delimiter."""
    opening = token.start()
    before = text[text.rfind("\n", 0, opening) + 1 : opening]
    ending = f"\\end{{{token['name']}}}"
    end = text.find(ending, token.end(), _paragraph_end(text, token.end()))
    if end < 0 or before.strip(" \t>"):
        return None
    return Candidate(Kind.BLOCK, opening, opening, end + len(ending), end + len(ending))
