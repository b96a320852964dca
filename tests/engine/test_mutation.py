"""The check of the checker: what is corrupted, how it is judged, and that a checker that sleeps is found out."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

from chainrule.in_order import ReadPart
from chainrule.mutation import run, trial
from chainrule.mutation.choice import choose
from chainrule.mutation.declarations import altered_declarations
from chainrule.mutation.equivalence import agreeing_points, same_meaning
from chainrule.mutation.formulas import corrupted, page_mutants
from chainrule.mutation.modules import Module
from chainrule.mutation.mutants import Mutant, PageMutant, SnippetMutant, edited
from chainrule.mutation.operators import OPERATORS, changes
from chainrule.mutation.trial import Court
from chainrule.options import Options
from chainrule.pages import Block
from chainrule.pairing import snippet_path
from chainrule.printers.latex import to_latex
from chainrule.reading import read
from chainrule.report import problems_of
from chainrule.results import EquationResult, Place, Problem, Verdict
from chainrule.settings import settings_for
from chainrule.site import Site, check_site
from chainrule.symbols import Notation
from tests.site_copy import SiteCopy

DECLARATIONS = (
    r"m \in \mathbb{N}_{\ge 1}, \qquad n \in \mathbb{N}_{\ge 1}",
    r"i \in \{1, \dots, m\}, \qquad k \in \{1, \dots, n\}",
    r"A \in \mathbb{R}^{m \times n}",
    r"w \in \mathbb{R}^n",
    r"b \in \mathbb{R}^m",
    r"t \in \mathbb{R}",
    r"f : \mathbb{R} \to \mathbb{R}",
)


@pytest.fixture(scope="module")
def notation() -> Notation:
    found = Notation()
    for latex in DECLARATIONS:
        found = read(latex, found).notation
    return found


def slips(latex: str, notation: Notation) -> dict[str, list[str]]:
    """The lines that each operator makes of one."""
    (line,) = read(latex, notation).lines
    made: dict[str, list[str]] = {}
    for change in changes(line, notation):
        made.setdefault(change.operator, []).append(to_latex(change.line, notation))
    return made


WANTED = {
    "sign": (r"t - w_k", r"t + w_{k}"),
    "term left out": (r"t + w_k + 1", r"t + 1"),
    "missing 1/m": (r"\frac{1}{m} \sum_{i=1}^{m} b_i", r"\sum_{i=1}^{m} b_{i}"),
    "factor left out": (r"t\, w_k", r"w_{k}"),
    "factor twice": (r"t\, w_k", r"t\, t\, w_{k}"),
    "fraction upside down": (r"\frac{t}{w_k}", r"\frac{w_{k}}{t}"),
    "transpose": (r"A^\top A", r"A A"),
    "power": (r"t^2", r"t^{3}"),
    "number": (r"2 t", r"3\, t"),
    "bounds of a sum": (r"\sum_{i=1}^{m} b_i", r"\sum_{i=2}^{m} b_{i}"),
    "function": (r"\log(t)", r"e^{t}"),
    "prime": (r"f'(t)", r"f\left(t\right)"),
    "index": (r"A_{ik}", r"A_{i,i}"),
    "another quantity": (r"f(t) - b_i", r"f\left(t\right) - f\left(t\right)"),
    "variable of a derivative": (r"\frac{\partial}{\partial w_k} t", r"\frac{\partial}{\partial w_{i}} t"),
}


def test_every_operator_is_tested() -> None:
    assert WANTED.keys() == OPERATORS.keys()


@pytest.mark.parametrize("operator", WANTED)
def test_an_operator_makes_its_slip(operator: str, notation: Notation) -> None:
    latex, wanted = WANTED[operator]
    assert wanted in slips(latex, notation)[operator]


def test_no_slip_is_made_twice_or_leaves_the_line_as_it_is(notation: Notation) -> None:
    (line,) = read(r"\frac{1}{m} \sum_{i=1}^{m} (b_i - (A w)_i)^2", notation).lines
    made = [change.line for change in changes(line, notation)]
    assert len(made) == len(set(made))
    assert line not in made


def test_slips_in_declarations_are_readable_as_declarations(notation: Notation) -> None:
    before = Notation()
    sizes = read(DECLARATIONS[0], before).notation
    ranges = read(DECLARATIONS[1], sizes).notation
    altered = list(altered_declarations(sizes, ranges))
    assert any(r"i \in \{1, \dots, n\}" in slip.latex for slip in altered)
    assert {slip.operator for slip in altered} == {"range"}
    assert all(read(slip.latex, sizes).notation.symbols.keys() >= {"i", "k"} for slip in altered)


# ── on the small site ────────────────────────────────────────────────────────────────────────────────────────────────


def site_of(copy: SiteCopy) -> Site:
    return Site(settings_for(copy.root), Options())


def mutants_of(site: Site) -> tuple[list[PageMutant], list[SnippetMutant]]:
    pages: list[PageMutant] = []
    snippets: list[SnippetMutant] = []
    for path in site.pages:
        for found in site.formulas(path):
            pages += page_mutants(found)
            if isinstance(found.part, Block) and found.part.label:
                name = snippet_path(found.part.label)
                snippets += Module(name, (site.settings.root / name).read_text(encoding="utf-8"), found).mutants()
    return pages, snippets


def test_mutants_are_distinct(fixture_site: SiteCopy) -> None:
    for mutants in mutants_of(site_of(fixture_site)):
        assert mutants
        assert len({(mutant.place.file, mutant.edits) for mutant in mutants}) == len(mutants)


def test_a_corrupted_page_differs_where_the_mutant_says(fixture_site: SiteCopy) -> None:
    pages, _ = mutants_of(site_of(fixture_site))
    for mutant in choose(pages, 60, 0):
        before = mutant.found.page.text.split("\n")
        after = corrupted(mutant).page.text.split("\n")
        assert len(before) == len(after)
        wrong = [number for number, rows in enumerate(zip(before, after, strict=True), 1) if rows[0] != rows[1]]
        assert set(wrong) <= set(range(mutant.place.line, mutant.end_line + 1))
        assert mutant.new in "\n".join(after)


def test_a_corrupted_formula_is_read_as_it_stands_on_the_page(fixture_site: SiteCopy) -> None:
    """The block that is tried is the one that is found when the page is read from its file."""
    pages, _ = mutants_of(site_of(fixture_site))
    for mutant in choose(pages, 12, 3):
        found = corrupted(mutant)
        path = fixture_site.root / mutant.place.file
        before = path.read_text(encoding="utf-8")
        path.write_text(found.page.text, encoding="utf-8")
        (same,) = (
            other.part for other in site_of(fixture_site).formulas(path) if other.part.place == mutant.found.part.place
        )
        assert same.latex == found.part.latex
        assert same.origin == found.part.origin
        path.write_text(before, encoding="utf-8")


def test_corrupted_snippets_are_python_and_keep_their_lines(fixture_site: SiteCopy) -> None:
    _, snippets = mutants_of(site_of(fixture_site))
    for mutant in snippets:
        after = edited(mutant.source, mutant.edits)
        ast.parse(after)
        assert after != mutant.source
        assert after.count("\n") == mutant.source.count("\n")


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_rejected_in_memory_is_rejected_in_the_file(seed: int, fixture_site: SiteCopy) -> None:
    """A mutant is judged by the formula that it is in; the gate, given the file, must say the same of its line."""
    site = site_of(fixture_site)
    court = Court(site)
    pages, snippets = mutants_of(site)
    chosen: list[Mutant] = [*choose(pages, 8, seed), *choose(snippets, 8, seed)]
    for mutant in chosen:
        verdict = court.verdict(mutant)
        path = fixture_site.root / mutant.place.file
        before = path.read_text(encoding="utf-8")
        path.write_text(edited(before, mutant.edits), encoding="utf-8")
        codes = [problem.code for problem in problems_of(check_site(fixture_site.root))]
        assert (verdict.code in codes) if verdict.code else not codes, mutant
        path.write_text(before, encoding="utf-8")


def test_everything_wrong_is_rejected(fixture_site: SiteCopy) -> None:
    status, out, _ = fixture_site.run("mutate", "--count", "150", "--seed", "5", "--format", "json")
    score = json.loads(out)
    assert score["survivors"] == []
    assert status == 0
    for of in ("pages", "snippets"):
        numbers = score[of]
        assert numbers["tried"] == 150 == numbers["rejected"] + numbers["equivalent"]
        assert numbers["possible"] > 150
        assert sum(row["tried"] for row in score["operators"] if row["of"] == of) == 150
    assert all(entry["reason"] for entry in score["equivalent"])


def test_the_same_seed_gives_the_same_score(fixture_site: SiteCopy) -> None:
    scores = []
    for seed in ("1", "1", "2"):
        _, out, _ = fixture_site.run("mutate", "--count", "20", "--seed", seed, "--format", "json")
        scores.append({**json.loads(out), "seconds": 0})
    assert scores[0] == scores[1]
    assert scores[0] != scores[2]


def test_a_checker_that_sees_nothing_is_found_out(fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def asleep(found: ReadPart, *_: object) -> EquationResult:
        return EquationResult(None, found.part.place, found.part.place.line, Verdict.PROVED)

    monkeypatch.setattr(trial, "check_equation", asleep)
    status, out, _ = fixture_site.run("mutate", "--count", "30")
    assert status == 1
    assert "\n  not rejected\n" in out
    assert "pages: 30 of 30" not in out


def test_a_rejection_of_another_line_does_not_count(fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def confused(found: ReadPart, *_: object) -> EquationResult:
        place = Place("docs/elsewhere.md", 1)
        problem = Problem(place, "something is wrong", "refuted", cure="find it")
        return EquationResult(None, place, 1, Verdict.UNDECIDED, problems=(problem,))

    monkeypatch.setattr(trial, "check_equation", confused)
    status, out, _ = fixture_site.run("mutate", "docs/ridge.md", "--count", "10")
    assert status == 1
    assert "not rejected at its line\ndocs/elsewhere.md:1:1: something is wrong [refuted]" in out


def test_pages_that_do_not_hold_are_not_corrupted(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "&= g t\n", "&= -g t\n")
    status, out, err = fixture_site.run("mutate")
    assert (status, out) == (2, "")
    assert "docs/fall.md:18:6 does not hold as it is" in err


@pytest.mark.parametrize("arguments", [["--count", "0"], ["--seed", "x"], ["nowhere.md"], ["--format", "github"]])
def test_wrong_usage(arguments: list[str], fixture_site: SiteCopy) -> None:
    status, out, err = fixture_site.run("mutate", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: chainrule mutate") or "no file or folder" in err


def test_one_page_alone_can_be_corrupted(fixture_site: SiteCopy) -> None:
    _, out, _ = fixture_site.run("mutate", "docs/ridge.md", "--count", "10", "--format", "json")
    _, all_pages, _ = fixture_site.run("mutate", "--count", "10", "--format", "json")
    alone, every = json.loads(out), json.loads(all_pages)
    assert 0 < alone["pages"]["possible"] < every["pages"]["possible"]
    assert alone["content"] != every["content"]


def test_prose_does_not_count_as_content(fixture_site: SiteCopy) -> None:
    def content() -> str:
        return run.mutate([], 1, 0, lambda done, of: None).content

    before = content()
    fixture_site.edit("docs/fall.md", "common slip", "common mistake")
    assert content() == before


# ── equivalence and choice ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (r"t^2 - 1", r"(t - 1)(t + 1)", True),
        (r"w^\top w", r"\sum_{k=1}^{n} w_k^2", True),
        (r"\frac{\partial}{\partial t} t^3", r"3 t^2", True),
        (r"t^2 - 1", r"(t - 1)(t + 2)", False),
        (r"\sum_{i=1}^{m} b_i", r"b_i", False),
        (r"t(t-1)(t-2)(t+1)(t-3)(2t-1)(2t+3)(2t-5)", r"0", False),
        (r"\log(-t^2 - 1)", r"\log(-t^2 - 1)", False),
    ],
)
def test_equal_lines_are_told_from_others(left: str, right: str, same: bool, notation: Notation) -> None:
    terms = [read(latex, notation).lines[0] for latex in (left, right)]
    assert bool(agreeing_points(terms[0], terms[1], notation)) is same


def test_a_changed_relation_or_declaration_is_never_called_equivalent(fixture_site: SiteCopy) -> None:
    site = site_of(fixture_site)
    others = [mutant for mutant in mutants_of(site)[0] if mutant.terms is None]
    assert others
    assert {same_meaning(mutant, site) for mutant in others} == {None}


def test_a_rule_is_an_equivalent_only_if_the_step_is_proved_by_it(fixture_site: SiteCopy) -> None:
    site = site_of(fixture_site)
    court = Court(site)
    rules = [mutant for mutant in mutants_of(site)[1] if mutant.part == "because"]
    verdicts = [(court.verdict(mutant).code is None, same_meaning(mutant, site) is not None) for mutant in rules]
    assert {accepted for accepted, _ in verdicts} == {True, False}
    assert all(accepted is justified for accepted, justified in verdicts)


def test_rare_operators_are_not_crowded_out(fixture_site: SiteCopy) -> None:
    pages, _ = mutants_of(site_of(fixture_site))
    possible = Counter(mutant.operator for mutant in pages)
    chosen = Counter(mutant.operator for mutant in choose(pages, 2 * len(possible), 0))
    assert set(chosen) == set(possible)
    assert all(chosen[operator] >= min(2, count) for operator, count in possible.items())


def test_the_source_of_the_site_is_left_alone(fixture_site: SiteCopy) -> None:
    def files() -> dict[Path, bytes]:
        paths = [path for path in fixture_site.root.rglob("*") if path.suffix in (".md", ".py", ".yml")]
        return {path: path.read_bytes() for path in paths}

    before = files()
    fixture_site.run("mutate", "--count", "10")
    assert files() == before
