"""Shares the pages of a site among processes: this one takes a share, the others are forked.

A forked process has read the site already. Where there is no fork, it is read anew.
"""

from __future__ import annotations

import multiprocessing
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from chainrule.options import Options
from chainrule.results import PageReport
from chainrule.settings import Settings
from chainrule.site import Site

Reports = dict[Path, PageReport]
_inherited: Site | None = None  # what a forked process finds


def reports_by_processes(
    site: Site, paths: Sequence[Path], jobs: int, checking: Callable[[Path], None]
) -> list[PageReport]:
    """The reports of pages, found by several processes; ``checking`` is told which page is next here."""
    global _inherited
    import_module("chainrule.checking")  # before the fork, so that it is done once
    mine, *others = _shares(site, paths, jobs)
    _inherited = site
    workers = [_Worker(site, share) for share in others]
    _inherited = None
    found: Reports = {}
    for path in mine:
        checking(path)
        found[path] = site.report(path)
    for worker in workers:
        reports, entries = worker.result()
        found.update(reports)
        for key, entry in entries.items():
            site.memory.put(key, entry)
    return [found[path] for path in paths]


class _Worker:
    """A process that reports on a share of the pages."""

    def __init__(self, site: Site, share: Sequence[Path]) -> None:
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._receiver, sender = context.Pipe(duplex=False)
        given = (site.settings, site.options, tuple(site.pages), tuple(share), sender)
        self._process = context.Process(target=_work, args=given, daemon=True)
        with warnings.catch_warnings():
            # NumPy may have threads waiting for work; they hold nothing that the other process needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        sender.close()

    def result(self) -> tuple[Reports, dict[str, Any]]:
        """What it found and what it remembers. Raises EOFError if it died."""
        found: tuple[Reports, dict[str, Any]] = self._receiver.recv()
        self._process.join()
        return found


def _work(
    settings: Settings, options: Options, files: tuple[Path, ...], share: tuple[Path, ...], sender: Connection
) -> None:
    site = _inherited or Site(settings, options, files)
    sender.send(({path: site.report(path) for path in share}, site.memory.used))
    sender.close()


def _shares(site: Site, paths: Sequence[Path], jobs: int) -> list[list[Path]]:
    """Pages in as many shares, of about the same amount of mathematics; the first may be empty."""
    weights = {path: sum(len(block.latex) for block in site.pages[path].blocks) for path in paths}
    shares: list[list[Path]] = [[] for _ in range(jobs)]
    for path in sorted(paths, key=lambda path: weights[path], reverse=True):
        min(shares, key=lambda share: sum(weights[taken] for taken in share)).append(path)
    return shares
