"""Page and snippet belong together on this site, and nothing on it is left unchecked."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from chainrule.messages import format_problem
from chainrule.options import Options
from chainrule.pages import Page
from chainrule.pairing import duplicates, label_problems, missing_snippet, orphans
from chainrule.registry import registry_problems
from chainrule.results import InlineResult, Problem, RejectedResult, SiteReport, Verdict
from chainrule.settings import settings_for
from chainrule.site import Site, check_site

ROOT = Path(__file__).parents[1]
SETTINGS = settings_for(ROOT)


@cache
def site() -> Site:
    """The site as it is read."""
    return Site(SETTINGS, Options())


@cache
def report() -> SiteReport:
    """All that the engine finds on it."""
    return check_site(ROOT)


def pages() -> list[Page]:
    return list(site().pages.values())


def inlines() -> list[InlineResult]:
    return [formula for page in report().pages for formula in page.inlines]


def slips() -> list[RejectedResult]:
    return [fence for page in report().pages for fence in page.rejected]


def messages(problems: list[Problem]) -> str:
    return "\n\n".join(map(format_problem, problems))


def test_every_formula_is_rendered_as_mathematics() -> None:
    problems = [problem for page in pages() for problem in page.problems]
    assert problems == [], messages(problems)


def test_every_displayed_equation_has_a_label_of_its_page() -> None:
    problems = [p for page in pages() for found in label_problems(page, SETTINGS).values() for p in found]
    assert problems == [], messages(problems)


def test_every_label_is_unique() -> None:
    problems = list(duplicates(pages()).values())
    assert problems == [], messages(problems)


def test_every_displayed_equation_has_a_snippet() -> None:
    found = [missing_snippet(block, SETTINGS) for page in pages() for block in page.blocks]
    problems = [problem for problem in found if problem is not None]
    assert problems == [], messages(problems)


def test_every_snippet_has_its_equation() -> None:
    problems = orphans(pages(), SETTINGS)
    assert problems == [], messages(problems)


def test_every_label_ever_published_is_there_and_every_label_is_registered() -> None:
    problems = registry_problems(pages(), SETTINGS)
    assert problems == [], messages(problems)


def test_every_registered_label_stands_once() -> None:
    registered = Counter((ROOT / "docs/labels.txt").read_text(encoding="utf-8").split())
    assert set(registered.values()) == {1}


def test_every_chain_has_a_sentence_for_each_step() -> None:
    chains = [e for page in report().pages for e in page.equations if len(e.steps) > 1]
    assert [e.label for e in chains if len(e.sentences) != len(e.steps)] == []


@pytest.mark.parametrize("formula", inlines(), ids=lambda formula: str(formula.place))
def test_every_formula_in_a_sentence_is_read_and_true(formula: InlineResult) -> None:
    assert formula.problems == (), messages(list(formula.problems))
    assert formula.verdict.holds


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: str(slip.place))
def test_every_quoted_slip_is_rejected(slip: RejectedResult) -> None:
    assert slip.problems == (), messages(list(slip.problems))
    assert slip.verdict in (Verdict.REFUTED, Verdict.UNREADABLE)
    assert slip.message


def test_a_false_variant_comes_with_its_witness() -> None:
    variants = [formula for formula in inlines() if "\\ne" in formula.latex.split()]
    assert len(variants) >= 10
    assert [formula.latex for formula in variants if not formula.witness] == []


def test_the_site_is_as_large_as_it_says() -> None:
    equations = [equation for page in report().pages for equation in page.equations]
    assert len(equations) >= 30
    assert sum(len(equation.steps) for equation in equations) >= 80
    steps = {equation.label: len(equation.steps) for equation in equations}
    assert steps["gradient/full"] >= 9
    assert steps["sigmoid/derivative"] >= 6
