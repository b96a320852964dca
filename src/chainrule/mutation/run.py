"""Makes the mutants of the pages that a command names, and tries them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from chainrule.cache import digest
from chainrule.mutation.choice import choose
from chainrule.mutation.equivalence import same_meaning
from chainrule.mutation.formulas import page_mutants
from chainrule.mutation.modules import Module
from chainrule.mutation.mutants import Mutant, PageMutant, SnippetMutant
from chainrule.mutation.score import Outcome, Score
from chainrule.mutation.trial import Court
from chainrule.options import Options
from chainrule.pages import Block, Rejected
from chainrule.pairing import snippet_path
from chainrule.report import problems_of
from chainrule.results import SiteReport
from chainrule.selection import Selection, SelectionError, select
from chainrule.site import Site

Progress = Callable[[int, int], None]
"""Told how many mutants are done, and of how many."""


def mutate(paths: Sequence[Path], count: int, seed: int, progress: Progress) -> Score:
    """Try at most ``count`` mutants of pages and as many of snippets.

    Raises SelectionError where paths name nothing or the pages do not hold as they are, SettingsError for a broken
    site.
    """
    start = perf_counter()
    sites = [(selection, Site(selection.settings, Options(), selection.pages)) for selection in select(paths)]
    for selection, site in sites:
        _require_sound(selection, site)
    possible = {"pages": 0, "snippets": 0}
    chosen: list[tuple[Site, Mutant]] = []
    for selection, site in sites:
        pages, snippets = list(_of_pages(selection, site)), list(_of_snippets(selection, site))
        possible["pages"] += len(pages)
        possible["snippets"] += len(snippets)
        chosen += ((site, mutant) for mutant in choose(pages, count, seed))
        chosen += ((site, mutant) for mutant in choose(snippets, count, seed))
    outcomes = tuple(_outcomes(chosen, progress))
    content = digest([content_digest(selection, site) for selection, site in sites])
    return Score(outcomes, possible, content, count, seed, perf_counter() - start)


def content_digest(selection: Selection, site: Site) -> str:
    """Stands for what mutants are made from: the formulas of the pages, with their snippets. Prose does not count."""
    parts: list[object] = []
    for path in selection.pages:
        for found in site.formulas(path):
            if not isinstance(found.part, Rejected):
                parts.append((found.page.file, found.part.latex, _source(site, found.part)))
    return digest(parts)


def _require_sound(selection: Selection, site: Site) -> None:
    report = SiteReport(tuple(site.report(path) for path in selection.pages))
    problems = problems_of(report)
    site.memory.save()
    if problems:
        raise SelectionError(f"{problems[0].place} does not hold as it is: correct what `chainrule check` finds first")


def _of_pages(selection: Selection, site: Site) -> Iterator[PageMutant]:
    for path in selection.pages:
        for found in site.formulas(path):
            yield from page_mutants(found)


def _of_snippets(selection: Selection, site: Site) -> Iterator[SnippetMutant]:
    for path in selection.pages:
        for found in site.formulas(path):
            source = _source(site, found.part)
            if source is not None and isinstance(found.part, Block) and found.part.label is not None:
                yield from Module(snippet_path(found.part.label), source, found).mutants()


def _source(site: Site, part: object) -> str | None:
    """The source of a block's snippet."""
    if not isinstance(part, Block) or part.label is None:
        return None
    file = site.settings.root / snippet_path(part.label)
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _outcomes(chosen: Sequence[tuple[Site, Mutant]], progress: Progress) -> Iterator[Outcome]:
    courts = {site: Court(site) for site in {site for site, _ in chosen}}
    for done, (site, mutant) in enumerate(chosen):
        progress(done, len(chosen))
        trial = courts[site].verdict(mutant)
        same = same_meaning(mutant, site) if trial.code is None and not trial.elsewhere else None
        yield Outcome(mutant, trial, same)
    progress(len(chosen), len(chosen))
