"""Every step of every equation on the site, twice: proved for all sizes, and computed.

``-k gradient/full`` selects an equation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chainrule.in_order import ReadPart
from chainrule.options import Options
from chainrule.pages import Block
from chainrule.pairing import snippet_path
from chainrule.results import EquationResult, Verdict
from chainrule.sample import disagreement, environments, evaluate, membership
from chainrule.settings import settings_for
from chainrule.site import Site
from chainrule.snippets import Snippet, load
from chainrule.sympy_lines import to_term
from chainrule.sympy_numbers import compile_line

ROOT = Path(__file__).parents[1]


@cache
def site() -> Site:
    """The site, with nothing remembered from an earlier run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAINRULE_CACHE", "off")
        return Site(settings_for(ROOT / "docs"), Options())


@dataclass(frozen=True)
class Case:
    """A step or a line of an equation, by its number; 0 is the equation as a whole."""

    found: ReadPart
    what: str
    number: int

    def __str__(self) -> str:
        return f"{Path(self.found.page.file).name}::{self.label}::{self.what}"

    @property
    def label(self) -> str:
        """The label of the equation."""
        assert isinstance(self.found.part, Block)
        return self.found.part.label or f"line {self.found.part.place.line}"


def steps() -> list[Case]:
    """Every step of the site; an equation without steps counts once."""
    return [
        Case(found, f"step {step} -> {step + 1}" if step else "equation", step)
        for found in site().blocks
        for step in (range(1, found.steps + 1) if found.steps else (0,))
    ]


def lines() -> list[Case]:
    """Every line of the site; a declaration has none, and counts once."""
    return [
        Case(found, f"line {line}" if line else "declaration", line)
        for found in site().blocks
        for line in (range(1, len(found.reading.lines) + 1) if found.reading and found.reading.lines else (0,))
    ]


@cache
def result_of(found: ReadPart) -> EquationResult:
    """The engine's result on an equation."""
    return site().result(found)


@cache
def snippet_of(label: str) -> Snippet:
    """The snippet of an equation."""
    snippet = load(ROOT / snippet_path(label), ROOT)
    assert isinstance(snippet, Snippet), snippet
    return snippet


def definitions_for(found: ReadPart) -> list[tuple[Any, Any]]:
    """The definitions in force below an equation, as its own and earlier snippets write them."""
    notation = [other for other in site().blocks if other.page.file.endswith("/notation.md")]
    own = [other for other in site().blocks if other.page.file == found.page.file]
    before = [other for other in own if other.part.place.line <= found.part.place.line]
    return [
        snippet_of(Case(other, "", 0).label).lines[:2]
        for other in (*notation, *before)
        if other.reading is not None and other.reading.relations[:1] == (":=",)
    ]


@pytest.mark.parametrize("case", steps(), ids=str)
def test_step_follows_symbolically(case: Case) -> None:
    result = result_of(case.found)
    assert result.problems == ()
    if case.number == 0:
        assert result.verdict in (Verdict.DECLARATION, Verdict.DEFINITION)
        return
    step = result.steps[case.number - 1]
    assert step.problem is None
    assert step.verdict is (Verdict.DEFINITION if step.relation == ":=" else Verdict.PROVED)
    assert step.rule is not None or step.relation == ":="


@pytest.mark.parametrize("case", lines(), ids=str)
def test_line_agrees_numerically(case: Case) -> None:
    reading, snippet = case.found.reading, snippet_of(case.label)
    assert reading is not None
    if case.number == 0:
        declared = [to_term(line) for line in snippet.lines]
        before = case.found.context.notation
        assert membership(declared, before, reading.notation, snippet.value) is None
        return
    line = reading.lines[case.number - 1]
    in_sympy = compile_line(snippet.lines[case.number - 1], definitions_for(case.found))
    points = 0
    for environment in environments(reading.lines, reading.notation):
        expected = evaluate(line, environment, reading.notation)
        np.testing.assert_allclose(in_sympy(environment), expected, rtol=1e-9, atol=1e-12)
        points += 1
    assert points > 0
    chain = (reading.lines[: case.number], reading.relations[: case.number - 1])
    whole = case.number == len(reading.lines)
    assert disagreement(*chain, reading.notation, snippet.value if whole else None) is None
