"""The gate: checks the pages that a command names, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from chainrule.options import Options
from chainrule.results import PageReport, Problem, SiteReport
from chainrule.selection import Selection, SelectionError, no_such_label, select
from chainrule.site import Site

Progress = Callable[[int, int, str], None]
"""Told how many pages are done, of how many, and which is next; at the end, that all are."""


def check_paths(paths: Sequence[Path], options: Options, jobs: int, progress: Progress) -> tuple[SiteReport, str]:
    """What the engine finds on the pages named, and the address of the site they belong to.

    ``jobs`` is the number of processes. Raises SelectionError where paths or the label name nothing,
    SettingsError for a broken site.
    """
    start = perf_counter()
    if options.notation is not None and not options.notation.is_file():
        raise SelectionError(f"there is no page {options.notation}")
    selected = select(paths)
    pages: list[PageReport] = []
    problems: list[Problem] = []
    sites = [Site(selection.settings, options, selection.pages) for selection in selected]
    if options.only is not None:
        _require(options.only, sites)
    for selection, site in zip(selected, sites, strict=True):
        wanted = _wanted(site, selection, options.only)
        pages += _reports(site, wanted, jobs, progress)
        if selection.whole and options.only is None:
            problems += site.problems()
        site.memory.save()
    if options.only is not None:
        pages = [_alone(page, options.only) for page in pages]
    report = SiteReport(tuple(pages), tuple(problems), perf_counter() - start)
    return report, next((s.settings.site_url for s in selected if s.settings.site_url), "")


def _require(label: str, sites: Sequence[Site]) -> None:
    labels = [known for site in sites for known in site.labels]
    if label not in labels:
        raise no_such_label(label, labels)


def _wanted(site: Site, selection: Selection, label: str | None) -> tuple[Path, ...]:
    """The pages to check: for one equation, the page that it stands on."""
    return tuple(
        path
        for path in selection.pages
        if label is None or any(block.label == label for block in site.pages[path].blocks)
    )


def _reports(site: Site, paths: Sequence[Path], jobs: int, progress: Progress) -> list[PageReport]:
    done = 0

    def checking(path: Path) -> None:
        nonlocal done
        progress(done, len(paths), path.name)
        done += 1

    if jobs > 1 and len(paths) > 1:
        from chainrule.workers import reports_by_processes

        reports = reports_by_processes(site, paths, min(jobs, len(paths)), checking)
    else:
        reports = []
        for path in paths:
            checking(path)
            reports.append(site.report(path))
    progress(len(paths), len(paths), "")
    return reports


def _alone(page: PageReport, label: str) -> PageReport:
    """A report of one equation, and of nothing else on its page."""
    equations = tuple(equation for equation in page.equations if equation.label == label)
    return replace(page, equations=equations, inlines=(), rejected=(), problems=())
