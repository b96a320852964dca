"""Results as JSON and back, with lines counted from where the formula stands.

A formula that moves down the page keeps its result. Only results without a problem are written.
"""

from __future__ import annotations

from typing import Any

from chainrule.pages import Block, Inline, Rejected
from chainrule.results import (
    EquationResult,
    InlineResult,
    LineResult,
    Place,
    RejectedResult,
    RuleNote,
    StepResult,
    Verdict,
)


def equation_to_json(result: EquationResult) -> dict[str, Any]:
    """A result that holds, ready for the cache."""
    base = result.place.line
    return {
        "verdict": result.verdict.value,
        "lines": [[x.latex, *_offset(x.place, base), x.relation] for x in result.lines],
        "steps": [_step_to_json(step, base) for step in result.steps],
        "assumptions": list(result.assumptions),
    }


def equation_from_json(stored: dict[str, Any], block: Block, snippet: str | None) -> EquationResult:
    """The result of an equation that stands where ``block`` does now."""
    place = block.place
    steps = tuple(_step_from_json(step, place) for step in stored["steps"])
    return EquationResult(
        label=block.label,
        place=place,
        end_line=block.end_line,
        verdict=Verdict(stored["verdict"]),
        lines=tuple(
            LineResult(latex, _at(place, row, column), relation) for latex, row, column, relation in stored["lines"]
        ),
        steps=steps,
        sentences=block.sentences if len(block.sentences) == len(steps) else (),
        snippet=snippet,
        assumptions=tuple(stored["assumptions"]),
    )


def inline_to_json(result: InlineResult) -> dict[str, Any]:
    """A result that holds, ready for the cache."""
    return {"verdict": result.verdict.value, "witness": result.witness}


def inline_from_json(stored: dict[str, Any], part: Inline) -> InlineResult:
    """The result of a formula that stands where ``part`` does now."""
    verdict = Verdict(stored["verdict"])
    return InlineResult(part.occurrence, part.latex, part.place, verdict, stored["witness"])


def rejected_to_json(result: RejectedResult) -> dict[str, Any]:
    """A result without a problem, ready for the cache. Its message names its place."""
    return {"verdict": result.verdict.value, "message": result.message}


def rejected_from_json(stored: dict[str, Any], part: Rejected) -> RejectedResult:
    """The result of a fence that stands where it stood."""
    return RejectedResult(part.latex, part.place, Verdict(stored["verdict"]), stored["message"])


def _step_to_json(step: StepResult, base: int) -> list[Any]:
    rule = [step.rule.name, step.rule.anchor, list(step.rule.uses)] if step.rule else None
    place = _offset(step.place, base)
    found = [step.witness, step.difference, step.milliseconds]
    return [step.number, *place, step.relation, step.verdict.value, rule, *found]


def _step_from_json(stored: list[Any], place: Place) -> StepResult:
    number, row, column, relation, verdict, rule, witness, difference, milliseconds = stored
    return StepResult(
        number=number,
        place=_at(place, row, column),
        relation=relation,
        verdict=Verdict(verdict),
        rule=RuleNote(rule[0], rule[1], tuple(rule[2])) if rule else None,
        witness=witness,
        difference=difference,
        milliseconds=milliseconds,
    )


def _offset(place: Place, base: int) -> tuple[int, int]:
    return place.line - base, place.column


def _at(place: Place, row: int, column: int) -> Place:
    return Place(place.file, place.line + row, column)
