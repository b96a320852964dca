"""Checks one formula: its steps, its numbers, its snippet. What is wrong becomes a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chainrule.agreement import numbers_problems, reason_problems, snippet_problems
from chainrule.in_order import ReadPart, unreadable
from chainrule.messages import format_problem
from chainrule.options import Options
from chainrule.pages import Block, Inline, Rejected
from chainrule.pairing import sentence_problem
from chainrule.reading import Reading
from chainrule.results import (
    EquationResult,
    InlineResult,
    LineResult,
    Problem,
    RejectedResult,
    StepResult,
    Verdict,
    worst,
)
from chainrule.steps import Support, check_steps, definition_problems


def check_equation(found: ReadPart, support: Support, options: Options) -> EquationResult:
    """The verdict on a displayed block, its label and its place in the site left aside."""
    block = found.part
    assert isinstance(block, Block)
    result = EquationResult(block.label, block.place, block.end_line, Verdict.UNREADABLE)
    if found.reading is None:
        return replace(result, problems=(unreadable(found),))
    reading = found.reading
    steps = check_steps(found, reading, support, options.time_limit)
    problems = _problems(found, reading, steps, support)
    if options.snippets:
        problems += sentence_problem(block, len(steps))
    return replace(
        result,
        verdict=_verdict(reading, steps, problems),
        lines=_lines(block, reading),
        steps=steps,
        sentences=block.sentences if len(block.sentences) == len(steps) else (),
        problems=tuple(problems),
    )


def check_inline(found: ReadPart, options: Options) -> InlineResult:
    """The verdict on an inline formula; its relations are proved with every power there is."""
    part = found.part
    assert isinstance(part, Inline)
    result = InlineResult(part.occurrence, part.latex, part.place, Verdict.UNREADABLE)
    if found.reading is None:
        return replace(result, problems=(unreadable(found),))
    steps = check_steps(found, found.reading, Support(), options.time_limit)
    problems = _problems(found, found.reading, steps, Support())
    wrong = [step.problem for step in steps if step.problem is not None]
    return replace(
        result,
        verdict=_verdict(found.reading, steps, problems),
        witness=next((step.witness for step in steps if step.witness), None),
        problems=(*wrong, *problems),
    )


def check_rejected(found: ReadPart, options: Options) -> RejectedResult:
    """What the engine says about a quoted slip; that it finds nothing wrong is the problem."""
    part = found.part
    assert isinstance(part, Rejected)
    if found.reading is None:
        message = format_problem(unreadable(found))
        return RejectedResult(part.latex, part.place, Verdict.UNREADABLE, message)
    steps = check_steps(found, found.reading, Support(), options.time_limit)
    problems = [step.problem for step in steps if step.problem is not None]
    problems += definition_problems(found, found.reading)
    message = "\n".join(format_problem(problem) for problem in problems)
    verdict = _verdict(found.reading, steps, problems)
    result = RejectedResult(part.latex, part.place, verdict, message)
    if verdict is Verdict.REFUTED:
        return result
    return replace(result, problems=(_not_rejected(part, verdict),))


def _problems(found: ReadPart, reading: Reading, steps: Sequence[StepResult], support: Support) -> list[Problem]:
    """What is wrong beside the steps: a definition, the snippet, the reasons, the numbers."""
    problems = [*support.problems, *definition_problems(found, reading)]
    if support.snippet is not None:
        problems += snippet_problems(found, reading, support.snippet)
        problems += reason_problems(found, reading, support.snippet)
    if all(step.verdict is not Verdict.REFUTED for step in steps):
        problems += numbers_problems(found, reading, support.snippet)
    return problems


def _verdict(reading: Reading, steps: Sequence[StepResult], problems: Sequence[Problem]) -> Verdict:
    """The worst of the steps; what has a problem of another kind does not hold either."""
    claim = Verdict.DEFINITION if ":=" in reading.relations else Verdict.DECLARATION
    found = worst([reading.verdict or claim, *(step.verdict for step in steps)])
    return Verdict.UNDECIDED if problems and found.holds else found


def _lines(block: Block, reading: Reading) -> tuple[LineResult, ...]:
    """The lines as they stand on the page."""
    relations = [None, *(block.latex[span.start : span.end] for span in reading.relation_spans)]
    return tuple(
        LineResult(block.latex[span.start : span.end], block.origin.place(span.start), relation)
        for span, relation in zip(reading.spans, relations, strict=False)
    )


def _not_rejected(part: Rejected, verdict: Verdict) -> Problem:
    return Problem(
        part.place,
        f"the engine finds nothing wrong with this formula: it is {verdict.value}",
        "not-rejected",
        cure="quote the slip exactly, in the notation that holds here, or do not call it one",
    )
