"""The pytest plugin: every step of every equation on a Markdown page is a test.

``pytest --chainrule docs`` runs them; ``-k gradient/full`` selects an equation. With the ini option
``chainrule_pages`` (files or folders), the pages there are collected without ``--chainrule``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from chainrule.messages import format_problem
from chainrule.results import PageReport, Problem


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two ways to ask for pages: an option and an ini setting."""
    group = parser.getgroup("chainrule", "equations on Markdown pages")
    group.addoption("--chainrule", action="store_true", help="collect the equations of .md files")
    parser.addini("chainrule_pages", "Markdown files or folders to collect", "paths", [])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for each Markdown page that is asked for."""
    if file_path.suffix != ".md":
        return None
    named = any(file_path.is_relative_to(path) for path in parent.config.getini("chainrule_pages"))
    if named or parent.config.getoption("--chainrule"):
        return PageFile.from_parent(parent, path=file_path)
    return None


class PageFile(pytest.File):
    """A page: its equations, then what is wrong with it elsewhere."""

    @cached_property
    def report(self) -> PageReport:
        """What the engine finds, asked for by the first test that runs."""
        from chainrule.site import report_for

        return report_for(self.path)

    def collect(self) -> Iterator[pytest.Collector | pytest.Item]:
        """Only reads: a formula that cannot be read is a red test, not an error of collection."""
        from chainrule.site import outline

        for position, (name, steps) in enumerate(outline(self.path)):
            yield Equation.from_parent(self, name=name, position=position, steps=steps)
        yield Finding.from_parent(self, name="page and inline formulas", position=None, step=None)


class Equation(pytest.Collector):
    """A displayed block: its steps, then all that concerns it as a whole."""

    def __init__(self, position: int, steps: int, **others: Any) -> None:
        super().__init__(**others)
        self.position = position
        self.steps = steps

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each step, and one for the equation."""
        for step in range(1, self.steps + 1):
            name = f"step {step} -> {step + 1}"
            yield Finding.from_parent(self, name=name, position=self.position, step=step)
        yield Finding.from_parent(self, name="equation", position=self.position, step=None)


class Finding(pytest.Item):
    """A test that passes if the engine found no problem in its part of the page."""

    def __init__(self, position: int | None, step: int | None, **others: Any) -> None:
        super().__init__(**others)
        self.position = position
        self.step = step

    def runtest(self) -> None:
        """Fail with the engine's own messages."""
        if problems := self._problems():
            pytest.fail("\n\n".join(map(format_problem, problems)), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands: its page."""
        return self.path, None, f"{self.path.name}::{self.name}"

    def _problems(self) -> list[Problem]:
        page = self.getparent(PageFile)
        assert page is not None
        if self.position is None:
            inline = [p for formula in page.report.inlines for p in formula.problems]
            quoted = [p for fence in page.report.rejected for p in fence.problems]
            return [*page.report.problems, *inline, *quoted]
        equation = page.report.equations[self.position]
        if self.step is None:
            return list(equation.problems)
        problem = equation.steps[self.step - 1].problem
        return [problem] if problem else []
