"""Messages about a step that does not follow."""

from __future__ import annotations

from chainrule.in_order import ReadPart
from chainrule.messages import excerpt
from chainrule.pages import Block
from chainrule.proving.prove import Finding
from chainrule.reading import Reading
from chainrule.rendering.words import witness
from chainrule.results import Place, Problem, StepResult, Verdict
from chainrule.tree import Span


def step_problem(
    found: ReadPart, reading: Reading, step: StepResult, finding: Finding, reason: Place | None
) -> Problem:
    """The message about a step; ``reason`` is where its rule is named."""
    left, right = reading.spans[step.number - 1 : step.number + 1]
    evidence = [("", _shown(found, left, right, step.number))]
    if step.rule is not None:
        where = f" ({reason.file}:{reason.line})" if reason is not None else ""
        evidence.append(("reason given", step.rule.name + where))
    if finding.difference is not None:
        evidence.append(("difference", finding.difference))
    if finding.witness is not None:
        evidence.append(("witness", witness(finding.witness)))
    if finding.tried and finding.verdict is Verdict.UNDECIDED:
        evidence.append(("tried", ", ".join(finding.tried)))
    name = _name(found, reading, step.number)
    what = f"{name}{_joint(finding.explanation)}{finding.explanation}"
    return Problem(step.place, what, finding.code, tuple(evidence), finding.cure)


def _joint(explanation: str) -> str:
    """What stands between the name of a step and a sentence that may begin with its verb."""
    if explanation.startswith("true"):
        return " is "
    return " " if explanation.startswith(("does ", "could ")) else ": "


def definition_problem(found: ReadPart, reading: Reading, finding: Finding) -> Problem:
    """The message about a definition whose values leave their set, or an expression that is not defined everywhere."""
    evidence = [("witness", witness(finding.witness))] if finding.witness is not None else []
    return Problem(
        found.part.origin.place(reading.spans[-1].start),
        f"{'the definition ' if reading.relations else ''}{formula_name(found)}: {finding.explanation}",
        finding.code,
        tuple(evidence),
        finding.cure,
    )


def _shown(found: ReadPart, left: Span, right: Span, number: int) -> str:
    """Two lines of a displayed chain; of a formula in the text, the line that it stands on."""
    if isinstance(found.part, Block):
        return two_lines(found.part.latex, left, right, number)
    start = found.part.origin.place(left.start)
    width = right.end - left.start
    return excerpt(found.page.lines[start.line - 1], start.line, start.column, width)


def two_lines(latex: str, left: Span, right: Span, number: int) -> str:
    """Two consecutive lines of a chain, numbered, with carets where a small change lies."""
    before, after = (" ".join(latex[s.start : s.end].split()) for s in (left, right))
    rows = [f"{number} │ {before}", f"{number + 1} │ {after}"]
    start, end = changed(before, after)
    if 0 < end - start <= max(len(after) // 4, 3):
        rows.append(" " * (len(f"{number + 1} │ ") + start) + "^" * (end - start))
    return "\n".join(rows)


def changed(before: str, after: str) -> tuple[int, int]:
    """The part of ``after`` between what it shares with ``before`` at its start and at its end."""
    shorter = min(len(before), len(after))
    start = next((k for k in range(shorter) if before[k] != after[k]), shorter)
    rest = range(1, shorter - start + 1)
    shared = next((k - 1 for k in rest if before[-k] != after[-k]), shorter - start)
    return start, len(after) - shared


def formula_name(found: ReadPart) -> str:
    """How messages call a formula."""
    label = found.part.label if isinstance(found.part, Block) else None
    return label or "this formula"


def _name(found: ReadPart, reading: Reading, number: int) -> str:
    """How the step is called; of a formula with one relation, the formula's own name."""
    if len(reading.relations) == 1:
        return formula_name(found)
    return f"{formula_name(found)}, step {number} → {number + 1}"
