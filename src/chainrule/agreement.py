"""Whether page, snippet and numbers say the same: line by line, reason by reason, value by value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.in_order import ReadPart
from chainrule.reading import Reading
from chainrule.results import Problem
from chainrule.steps import reasons

if TYPE_CHECKING:
    from chainrule.snippets import Snippet


def snippet_problems(found: ReadPart, reading: Reading, snippet: Snippet) -> list[Problem]:
    """Lines of the snippet that are not the page's, and a wrong number of reasons."""
    return []


def reason_problems(found: ReadPart, reading: Reading, snippet: Snippet) -> list[Problem]:
    r"""Reasons written on the page, ``\underset{\text{…}}{=}``, that the snippet does not give."""
    problems = []
    given = reasons(reading, snippet)
    for span, written, reason in zip(reading.relation_spans, reading.reasons, given, strict=True):
        if written is None or reason is None or _same(written, reason.rule.title):
            continue
        problems.append(
            Problem(
                found.part.origin.place(span.start),
                f"the reason written here is not the one in the snippet: {written}",
                "rule-mismatch",
                (("snippet", f"{reason.rule.title} ({reason.place.file}:{reason.place.line})"),),
                "write no reason on the page: the site shows the snippet's",
            )
        )
    return problems


def numbers_problems(found: ReadPart, reading: Reading, snippet: Snippet | None) -> list[Problem]:
    """Lines, or the snippet's value, that differ as numbers although every step was accepted."""
    return []


def _same(written: str, title: str) -> bool:
    return " ".join(written.lower().split()) == title.lower()
