"""Looks at the steps of a formula one after the other, each under its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import monotonic, perf_counter
from typing import TYPE_CHECKING

from chainrule.in_order import ReadPart
from chainrule.proving.prove import Fact, Finding, check_defined, check_definition, prove_step
from chainrule.reading import Reading
from chainrule.results import Place, Problem, RuleNote, StepResult, Verdict
from chainrule.rules import Rule
from chainrule.step_problems import definition_problem, step_problem
from chainrule.symbols import Definition, Function
from chainrule.tree import Call, Entry, Sym, Term

if TYPE_CHECKING:
    from chainrule.snippets import Snippet


@dataclass(frozen=True)
class Support:
    """What an equation leans on: its snippet, and the proved equations that its rules use.

    ``weak`` are labels that cannot be leaned on, with the reason; ``problems`` says why there is no
    snippet although there should be.
    """

    snippet: Snippet | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    weak: Mapping[str, Problem] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Reason:
    """The rule that a step names, and where it names it."""

    rule: Rule
    place: Place

    @property
    def note(self) -> RuleNote:
        """The rule as reports show it."""
        return RuleNote(self.rule.title, self.rule.anchor, self.rule.uses)


def reasons(reading: Reading, snippet: Snippet | None) -> list[Reason | None]:
    """The reason for every relation: a definition needs none, nor does a formula alone."""
    given = iter(zip(snippet.because, snippet.because_places, strict=True) if snippet else ())
    found = [None if relation == ":=" else next(given, None) for relation in reading.relations]
    return [Reason(*pair) if pair is not None else None for pair in found]


def check_steps(found: ReadPart, reading: Reading, support: Support, time_limit: float) -> tuple[StepResult, ...]:
    """A result for each step. Without a snippet, every power of the prover is allowed."""
    if found.steps == 0:
        return ()
    deadline = monotonic() + time_limit
    return tuple(
        _step(found, reading, number, reason, support, deadline)
        for number, reason in enumerate(reasons(reading, support.snippet), start=1)
    )


def definition_problems(found: ReadPart, reading: Reading) -> list[Problem]:
    """What is wrong with the definition that a formula begins with, or with the expression that it is."""
    if not reading.relations and reading.lines:
        alone = check_defined(reading.lines[0], reading.notation)
        return [] if alone.verdict.holds else [definition_problem(found, reading, alone)]
    if not reading.relations or reading.relations[0] != ":=":
        return []
    defined = _defined(reading.lines[0], reading)
    finding = check_definition(defined, reading.notation) if defined is not None else None
    if finding is None or finding.verdict.holds:
        return []
    return [definition_problem(found, reading, finding)]


def _step(
    found: ReadPart,
    reading: Reading,
    number: int,
    reason: Reason | None,
    support: Support,
    deadline: float,
) -> StepResult:
    relation = reading.relations[number - 1]
    place = found.part.origin.place(reading.spans[number].start)
    if relation == ":=":
        return StepResult(number, place, relation, Verdict.DEFINITION)
    note = reason.note if reason is not None else None
    weak = [support.weak[label] for label in (note.uses if note else ()) if label in support.weak]
    if weak:
        verdict = Verdict.UNDECIDED
        return StepResult(number, place, relation, verdict, note, problem=weak[0])
    start = perf_counter()
    finding = _prove(reading, number, reason, support, deadline)
    result = StepResult(
        number=number,
        place=place,
        relation=relation,
        verdict=finding.verdict,
        rule=note,
        witness=finding.witness,
        difference=finding.difference,
        milliseconds=(perf_counter() - start) * 1000,
    )
    if finding.verdict.holds:
        return result
    where = reason.place if reason is not None else None
    return replace(result, problem=step_problem(found, reading, result, finding, where))


def _prove(reading: Reading, number: int, reason: Reason | None, support: Support, deadline: float) -> Finding:
    return prove_step(
        reading.lines[number - 1],
        reading.lines[number],
        reading.relations[number - 1],
        reason.rule if reason is not None else None,
        reading.notation,
        support.facts,
        deadline=deadline,
    )


def _defined(left: Term, reading: Reading) -> Function | Definition | None:
    """What the left side of ``:=`` gives a meaning to; nothing where it is only a spelling."""
    notation = reading.notation
    base = left.base if isinstance(left, Entry) else left
    if isinstance(base, Call):
        return notation.functions.get(base.function)
    return notation.definitions.get(base.name) if isinstance(base, Sym) else None
