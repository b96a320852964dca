"""Whether page, snippet and numbers say the same: line by line, reason by reason, value by value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chainrule.declared import misdeclared
from chainrule.in_order import ReadPart
from chainrule.proving.arrange import same_expression
from chainrule.reading import Reading
from chainrule.results import Place, Problem
from chainrule.sample import Disagreement, disagreement, instability, membership
from chainrule.step_problems import formula_name
from chainrule.steps import reasons
from chainrule.tree import Term

if TYPE_CHECKING:
    from chainrule.snippets import Snippet

_TEXT = re.compile(r"\\(?:text|textrm|textit|mathrm)\s*\{([^{}]*)\}")


def snippet_problems(found: ReadPart, reading: Reading, snippet: Snippet) -> list[Problem]:
    """Lines of the snippet that are not the page's, and a wrong number of lines or reasons."""
    terms: list[Term] = []
    problems = _count_problems(found, reading, snippet)
    for expression, place in zip(snippet.lines, snippet.line_places, strict=True):
        term = _term(expression, place)
        if isinstance(term, Problem):
            return [*problems, term]
        terms.append(term)
    if not reading.lines:
        return [*problems, *_declaration_problems(found, reading, snippet, terms)]
    pairs = zip(terms, reading.lines, strict=False)
    return problems + [
        _other_line(found, reading, snippet, number)
        for number, (term, line) in enumerate(pairs)
        if not same_expression(term, line)
    ]


def reason_problems(found: ReadPart, reading: Reading, snippet: Snippet) -> list[Problem]:
    r"""Reasons written on the page, ``\underset{\text{…}}{=}``, that the snippet does not give."""
    problems = []
    given = reasons(reading, snippet)
    for span, latex, reason in zip(reading.relation_spans, reading.reasons, given, strict=True):
        if latex is None or reason is None:
            continue
        written = " ".join(_TEXT.sub(r"\1", latex).split())
        if written.lower() == reason.rule.title.lower():
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
    if not reading.relations:
        return []
    lines, notation = reading.lines, reading.notation
    value = snippet.value if snippet is not None else None
    clash = disagreement(lines, reading.relations, notation, value)
    if clash is not None and clash.line > 0:
        place = found.part.origin.place(reading.spans[clash.line - 1].start)
        what = f"{formula_name(found)}: {clash.explanation}"
        cure = "correct this line, or the one before"
        return [Problem(place, what, "numbers-disagree", clash.evidence, cure)]
    if clash is None and value is not None:
        clash = instability(lines, notation, value)
    return [_value_problem(found, snippet, clash)] if clash is not None and snippet else []


def _value_problem(found: ReadPart, snippet: Snippet, clash: Disagreement, *, declared: bool = False) -> Problem:
    """A function that does not give the equation's numbers; which of the two is wrong about a declaration is open."""
    what = f"{formula_name(found)}: {clash.explanation}"
    cure = "correct `value`, or the equation"
    evidence = (("page", str(_beginning(found))), *clash.evidence) if declared else clash.evidence
    return Problem(snippet.value_place, what, "numbers-disagree", evidence, cure)


def _beginning(found: ReadPart) -> Place:
    """Where the LaTeX of a formula begins."""
    return found.part.origin.place(len(found.part.latex) - len(found.part.latex.lstrip()))


def _term(expression: object, place: Place) -> Term | Problem:
    from chainrule.sympy_lines import LineError, to_term

    try:
        return to_term(expression)
    except LineError as error:
        return Problem(place, error.message, "snippet-broken", cure=error.cure)


def _count_problems(found: ReadPart, reading: Reading, snippet: Snippet) -> list[Problem]:
    problems = []
    if reading.lines and len(snippet.lines) != len(reading.lines):
        what = f"{len(snippet.lines)} lines here, {len(reading.lines)} lines on the page"
        cure = "write one expression for each line of the equation"
        place = snippet.line_places[0] if snippet.line_places else Place(snippet.path, 1)
        problems.append(_mismatch(found, place, "line-mismatch", what, cure))
    wanted = sum(1 for relation in reading.relations if relation != ":=")
    if len(snippet.because) != wanted:
        what = f"{len(snippet.because)} rules here, {wanted} steps on the page"
        place = snippet.because_places[0] if snippet.because_places else Place(snippet.path, 1)
        cure = "name one rule for each step, in their order"
        problems.append(_mismatch(found, place, "rule-count", what, cure))
    return problems


def _declaration_problems(found: ReadPart, reading: Reading, snippet: Snippet, terms: list[Term]) -> list[Problem]:
    wrong = misdeclared(terms, found.context.notation, reading.notation)
    if wrong is None:
        clash = membership(terms, found.context.notation, reading.notation, snippet.value)
        return [_value_problem(found, snippet, clash, declared=True)] if clash is not None else []
    places = snippet.line_places
    place = places[wrong.line] if wrong.line is not None else Place(snippet.path, 1)
    return [
        Problem(
            _beginning(found),
            f"{formula_name(found)}: the snippet declares something else: {wrong.explanation}",
            "line-mismatch",
            (("snippet", str(place)),),
            "let `lines` hold what the page declares here, and nothing else",
        )
    ]


def _other_line(found: ReadPart, reading: Reading, snippet: Snippet, number: int) -> Problem:
    """A line that differs: of a chain, the page's is proved, so the snippet is shown; of a definition, the page."""
    span = reading.spans[number]
    written = " ".join(found.part.latex[span.start : span.end].split())
    places = [found.part.origin.place(span.start), snippet.line_places[number]]
    shown = 0 if ":=" in reading.relations else 1
    return Problem(
        places[shown],
        f"{formula_name(found)}, line {number + 1}: page and snippet do not say the same",
        "line-mismatch",
        (("page", f"{written} ({places[0]})"), ("snippet", f"{snippet.lines[number]} ({places[1]})")),
        "write the snippet's line as it stands on the page, term by term",
    )


def _mismatch(found: ReadPart, place: Place, code: str, what: str, cure: str) -> Problem:
    page = (("page", str(found.part.place)),)
    return Problem(place, f"{formula_name(found)}: {what}", code, page, cure)
