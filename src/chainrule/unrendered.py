"""Why Markdown did not show a formula: the causes that authors meet, each with its cure."""

from __future__ import annotations

import re

from chainrule.messages import excerpt
from chainrule.positions import Source
from chainrule.results import Problem
from chainrule.scanning import Candidate, Kind

_CODE = "not-rendered"
_UNCLEAR = "Markdown took it for something else, such as raw HTML or code"


def dropped(source: Source, candidate: Candidate) -> Problem:
    """A formula in the source that the page does not show."""
    block = candidate.kind is Kind.BLOCK
    cause, cure = (_block_cause if block else _inline_cause)(source, candidate)
    return Problem(
        source.place(candidate.opening),
        f"Markdown does not show this {'block' if block else 'formula'} as mathematics",
        _CODE,
        (_shown(source, candidate.opening), ("cause", cause)),
        cure,
    )


def suspicious(source: Source, candidate: Candidate) -> bool:
    """Whether a cause for being dropped can be seen, before asking whether it was."""
    block = candidate.kind is Kind.BLOCK
    cause, _ = (_block_cause if block else _inline_cause)(source, candidate)
    return cause != _UNCLEAR


def stray(source: Source, offset: int) -> Problem:
    """A delimiter that opens no formula."""
    if source.text.startswith("$$", offset):
        what, cure = "this block is not closed", "close it with `$$` before the next empty line"
    elif source.text.startswith("$", offset):
        what, cure = "this dollar sign opens no formula", "close the formula, or write `\\$` for the character"
    else:
        what, cure = "this environment stands in no block", "put it between two lines with `$$`"
    return Problem(source.place(offset), what, _CODE, (_shown(source, offset),), cure)


def unseen(source: Source, latex: str) -> Problem:
    """A formula on the page that does not stand in its source, so that nothing is known of it."""
    words = latex.split()
    offset = source.text.find(words[0]) if words else -1
    return Problem(
        source.place(max(offset, 0)),
        "Markdown shows a formula that does not stand in this file, so it is not checked",
        _CODE,
        (("formula", " ".join(words)),),
        "write the formula on the page itself, not in an included file, an attribute or raw HTML",
    )


def _shown(source: Source, offset: int, width: int = 1) -> tuple[str, str]:
    line, column = source.position(offset)
    return "", excerpt(source.line(line), line, column, width)


def _block_cause(source: Source, candidate: Candidate) -> tuple[str, str]:
    first = source.position(candidate.opening)[0]
    last = source.position(candidate.closing)[0]
    before = source.line(first)[: source.position(candidate.opening)[1] - 1]
    after = source.line(last)[source.position(candidate.closing)[1] - 1 :].strip()
    below = source.line(last + 1).strip(" \t>")
    attribute = re.match(r"\{[:\s]*[#.]", after or below)
    if re.search(r"\n[ \t>]*\n", source.text[candidate.start : candidate.end]):
        return "there is an empty line inside it", "remove the empty line"
    if attribute:
        return (
            "an attribute list in braces follows it",
            "remove the braces: the equation's `\\label` is its anchor",
        )
    if before.strip(" \t>") or after:
        return "other text stands on its first or last line", "set the block on lines of its own"
    if source.line(first - 1).strip(" \t>"):
        return "there is no empty line before it", "put an empty line before the block"
    if below:
        return "there is no empty line after it", "put an empty line after the block"
    return _code_or_html(before)


def _inline_cause(source: Source, candidate: Candidate) -> tuple[str, str]:
    first, column = source.position(candidate.opening)
    line = source.line(first)
    body = source.text[candidate.start : candidate.end]
    if body != body.strip():
        return (
            "there is a space just inside its dollar signs",
            "write `$x$`, not `$ x $` (or `\\$` for the character)",
        )
    if "|" in body and line.lstrip(" \t>").startswith("|"):
        return (
            "a bar inside a table ends the cell",
            "write `\\mid`, `\\lvert` or `\\lVert` for the bar",
        )
    return _code_or_html(line[: column - 1])


def _code_or_html(before: str) -> tuple[str, str]:
    if len(re.match(r"[ \t]*", before)[0].expandtabs(4)) >= 4:  # type: ignore[index]
        return (
            "it is indented by four columns or more, which Markdown takes for code here",
            "indent it as far as the text of its list item, or not at all",
        )
    return (
        _UNCLEAR,
        "set it apart by empty lines, outside raw HTML (or use a code span to show LaTeX)",
    )
