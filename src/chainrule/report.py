"""What a check prints: messages for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from chainrule.messages import format_problem
from chainrule.results import EquationResult, Problem, SiteReport, StepResult, Verdict

_VERDICT_OF = {"refuted": Verdict.REFUTED, "undecided": Verdict.UNDECIDED}


def as_text(report: SiteReport, site_url: str = "") -> str:
    """Every message, an empty line after each, and one line that sums up."""
    messages = [format_problem(problem, site_url) for problem in problems_of(report)]
    return "\n\n".join([*messages, _summary_line(report)]) + "\n"


def as_github(report: SiteReport, site_url: str = "") -> str:
    """One annotation for each message, at its line and column, then the summary."""
    lines = [_annotation(problem, site_url) for problem in problems_of(report)]
    return "\n".join([*lines, _summary_line(report)]) + "\n"


def as_json(report: SiteReport) -> str:
    """One object: the engine's version, every equation with its steps, and a summary.

    What is wrong outside an equation (a block that Markdown drops, a false inline formula, a
    snippet without an equation) is listed too, as an entry without a label.
    """
    entries = [_equation(equation) for page in report.pages for equation in page.equations]
    displayed = len(entries)
    entries += [_entry_of(problem) for problem in _outside_equations(report)]
    verdicts = Counter(entry["verdict"] for entry in entries)
    summary = {
        "equations": displayed,
        "steps": sum(len(entry["steps"]) for entry in entries),
        **{name: verdicts[name] for name in ("proved", "refuted", "undecided", "unreadable")},
        "seconds": round(report.seconds, 3),
    }
    found = {"chainrule": engine_version(), "equations": entries, "summary": summary}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def problems_of(report: SiteReport) -> list[Problem]:
    """Every problem of the site, page by page, in reading order."""
    found: list[Problem] = []
    for page in report.pages:
        here = [
            *page.problems,
            *(problem for equation in page.equations for problem in equation_problems(equation)),
            *(problem for inline in page.inlines for problem in inline.problems),
            *(problem for fence in page.rejected for problem in fence.problems),
        ]
        found += sorted(here, key=lambda problem: _order(problem, page.file))
    return [*found, *report.problems]


def equation_problems(equation: EquationResult) -> Iterator[Problem]:
    """The problems of an equation and of its steps."""
    yield from equation.problems
    yield from (step.problem for step in equation.steps if step.problem is not None)


def engine_version() -> str:
    """The version of the engine."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("chainrule")
    except PackageNotFoundError:  # run from a source tree, as in a reader's browser
        return "unknown"


def _order(problem: Problem, file: str) -> tuple[bool, str, int, int]:
    """The page's own lines first, then those of its snippets."""
    place = problem.place
    return place.file != file, place.file, place.line, place.column


def _outside_equations(report: SiteReport) -> list[Problem]:
    inside = {
        id(problem) for page in report.pages for equation in page.equations for problem in equation_problems(equation)
    }
    return [problem for problem in problems_of(report) if id(problem) not in inside]


def _equation(equation: EquationResult) -> dict[str, Any]:
    return {
        "label": equation.label,
        "file": equation.place.file,
        "line": equation.place.line,
        "verdict": equation.verdict.value,
        "snippet": equation.snippet,
        "steps": [_step(step) for step in equation.steps],
        "message": "\n".join(format_problem(problem) for problem in equation.problems) or None,
        "assumptions": list(equation.assumptions),
    }


def _step(step: StepResult) -> dict[str, Any]:
    return {
        "line": step.place.line,
        "column": step.place.column,
        "relation": step.relation,
        "rule": step.rule.name if step.rule else None,
        "verdict": step.verdict.value,
        "witness": step.witness,
        "difference": step.difference,
        "message": format_problem(step.problem) if step.problem else None,
        "milliseconds": round(step.milliseconds, 3),
    }


def _entry_of(problem: Problem) -> dict[str, Any]:
    return {
        "label": None,
        "file": problem.place.file,
        "line": problem.place.line,
        "verdict": _VERDICT_OF.get(problem.code, Verdict.UNREADABLE).value,
        "snippet": None,
        "steps": [],
        "message": format_problem(problem),
        "assumptions": [],
    }


def _summary_line(report: SiteReport) -> str:
    equations = [equation for page in report.pages for equation in page.equations]
    steps = sum(len(equation.steps) for equation in equations)
    inlines = sum(len(page.inlines) for page in report.pages)
    counted = f"{_count(len(equations), 'equation')}, {_count(steps, 'step')}, {_count(inlines, 'inline formula')}"
    problems = len(problems_of(report))
    found = f"{_count(problems, 'problem')} found" if problems else "all hold"
    return f"{counted}: {found} ({report.seconds:.1f} s)"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _annotation(problem: Problem, site_url: str) -> str:
    place = problem.place
    title = _escaped(f"{problem.what} [{problem.code}]").replace(":", "%3A").replace(",", "%2C")
    file = _escaped(place.file).replace(":", "%3A").replace(",", "%2C")
    message = _escaped(format_problem(problem, site_url))
    return f"::error file={file},line={place.line},col={place.column},title={title}::{message}"


def _escaped(text: str) -> str:
    """As GitHub's runner reads it: percent signs and line ends are written as codes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
