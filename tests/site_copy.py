"""A copy of a site that a test may break, and what the engine then says."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from chainrule.cli import main
from chainrule.gate import check_paths
from chainrule.messages import format_problem
from chainrule.options import Options
from chainrule.report import problems_of
from chainrule.results import Problem, SiteReport

FIXTURE = Path(__file__).parent / "engine" / "site"
SITE = Path(__file__).parents[1]
PARTS = ("mkdocs.yml", "docs", "snippets")  # what the engine looks at


class Break(NamedTuple):
    """One way to break a site, and the message that must come: its code, its file, its line."""

    file: str
    old: str
    new: str
    code: str
    place: str  # the file that the message stands in
    line: str  # a text on its line, after the break


def on_page(file: str, old: str, new: str, code: str, line: str) -> Break:
    """A break whose message stands in the file that was broken."""
    return Break(file, old, new, code, file, line)


@dataclass(frozen=True)
class SiteCopy:
    """A copy of a site, which is the current folder."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def report(self, options: Options | None = None) -> SiteReport:
        """What the engine finds on the whole site."""
        report, _ = check_paths([], options or Options(), 1, lambda done, of, page: None)
        return report

    def problems(self) -> list[Problem]:
        """All problems of the site."""
        return problems_of(self.report())

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The command line: its status, its output, its messages."""
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        output = self.capture.readouterr()
        return status, output.out, output.err

    def suffer(self, broken: Break) -> None:
        """Break the site, and demand the message at its line."""
        self.edit(broken.file, broken.old, broken.new)
        problems = self.problems()
        lines = (self.root / broken.place).read_text(encoding="utf-8").split("\n")
        found = [
            lines[problem.place.line - 1]
            for problem in problems
            if problem.code == broken.code and problem.place.file == broken.place
        ]
        assert any(broken.line in line for line in found), "\n\n".join(map(format_problem, problems))
        assert all(problem.cure for problem in problems)


def copy_site(source: Path, target: Path) -> None:
    """Copy what the engine looks at; what it remembers stays behind."""
    target.mkdir()
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("assets", "__pycache__"))
        else:
            shutil.copy(source / part, target / part)
