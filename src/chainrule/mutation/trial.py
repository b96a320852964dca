"""Puts a mutant before the checker: whether it is rejected, why, and whether that is said at its own line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from chainrule.checking import check_equation, check_inline
from chainrule.in_order import ReadPart
from chainrule.mutation.formulas import corrupted
from chainrule.mutation.mutants import Mutant, PageMutant, SnippetMutant, edited
from chainrule.pages import Block
from chainrule.report import equation_problems
from chainrule.results import EquationResult, Place, Problem
from chainrule.site import Site
from chainrule.snippets import Snippet, load_text
from chainrule.steps import Support


@dataclass(frozen=True)
class Trial:
    """What the checker says to a mutant: ``code`` is the kind of the first message that counts.

    ``resting`` is where that message stands if it is about a formula that rests on the mutant: so it may be with a
    declaration, which claims nothing by itself. Without a ``code``, ``elsewhere`` is what was said of other lines.
    """

    code: str | None
    elsewhere: tuple[Problem, ...] = ()
    resting: Place | None = None


class Court:
    """Tries mutants of one site. What an equation leans on is found once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._supports: dict[Place, Support] = {}

    def verdict(self, mutant: Mutant) -> Trial:
        """Check the formula that a mutant concerns, as if the mutant stood in its file."""
        if isinstance(mutant, SnippetMutant):
            return self._snippet(mutant)
        assert isinstance(mutant, PageMutant)
        return self._page(mutant)

    def _page(self, mutant: PageMutant) -> Trial:
        found = corrupted(mutant)
        if not isinstance(found.part, Block):
            problems = check_inline(found, self._site.options).problems
            return Trial(problems[0].code if problems else None)
        support = self._support(mutant.found)
        result = check_equation(found, support, self._site.options)
        own = _own_entry(mutant, support.snippet)
        said = chain(_steps_at(mutant, result), (p for p in result.problems if _speaks_of(p, mutant) or p.place == own))
        trial = _trial(said, result)
        return self._whole_site(mutant) if trial.code is None and mutant.declares else trial

    def _whole_site(self, mutant: PageMutant) -> Trial:
        """Check the site with the mutant in it, up to the first formula that is rejected."""
        settings = self._site.settings
        path = settings.root / mutant.found.page.file
        altered = Site(settings, self._site.options, (), {path: corrupted(mutant).page.text})
        for read in altered.blocks:
            for problem in equation_problems(altered.result(read)):
                return Trial(problem.code, resting=problem.place)
        return Trial(None)

    def _snippet(self, mutant: SnippetMutant) -> Trial:
        root = self._site.settings.root
        snippet = load_text(edited(mutant.source, mutant.edits), root / mutant.place.file, root)
        support = self._site.support(mutant.found, snippet)
        result = check_equation(mutant.found, support, self._site.options)
        whole = _spoken_of_as_a_whole(mutant, support.snippet)
        said = chain(
            (p for p in result.problems if _speaks_of(p, mutant) or p.place in whole),
            (p for p in result.problems if p.place.file == mutant.place.file and mutant.is_helper),
            (s.problem for s in result.steps if s.problem is not None and s.number == mutant.step),
        )
        return _trial(said, result)

    def _support(self, found: ReadPart) -> Support:
        place = found.part.place
        if place not in self._supports:
            self._supports[place] = self._site.support(found)
        return self._supports[place]


def _trial(said: Iterator[Problem], result: EquationResult) -> Trial:
    first = next(said, None)
    return Trial(first.code) if first is not None else Trial(None, tuple(equation_problems(result)))


def _steps_at(mutant: PageMutant, result: EquationResult) -> Iterator[Problem]:
    """The messages about the step to a line and the step from it: both show the line."""
    for step in result.steps:
        if step.problem is not None and (
            mutant.line in (step.number - 1, step.number) or _speaks_of(step.problem, mutant)
        ):
            yield step.problem


def _own_entry(mutant: PageMutant, snippet: Snippet | None) -> Place | None:
    """The entry of the snippet that repeats a line of the page."""
    if snippet is None or mutant.line is None or mutant.line >= len(snippet.line_places):
        return None
    return snippet.line_places[mutant.line]


def _spoken_of_as_a_whole(mutant: SnippetMutant, snippet: Snippet | None) -> tuple[Place, ...]:
    """Where the checker speaks of a function: at its ``def``."""
    return (snippet.value_place,) if snippet is not None and mutant.part == "value" else ()


def _speaks_of(problem: Problem, mutant: Mutant) -> bool:
    """Whether a message stands at the lines of a mutant, or names the first of them."""
    place = problem.place
    if place.file == mutant.place.file and mutant.place.line <= place.line <= mutant.end_line:
        return True
    named = re.compile(rf"{re.escape(mutant.place.file)}:{mutant.place.line}\b")
    return any(named.search(text) for _, text in problem.evidence)
