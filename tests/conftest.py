"""What the tests share: a copy of a small site about another subject, to break in many ways."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from chainrule.cli import main
from chainrule.gate import check_paths
from chainrule.options import Options
from chainrule.report import problems_of
from chainrule.results import Problem, SiteReport

FIXTURE = Path(__file__).parent / "engine" / "site"


@dataclass(frozen=True)
class FixtureSite:
    """A copy of the fixture site that a test may change."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, file: str, text: str) -> int:
        """The line, counted from 1, on which a text first stands."""
        lines = (self.root / file).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def report(self, options: Options | None = None) -> SiteReport:
        """What the engine finds on the whole site."""
        report, _ = check_paths([], options or Options(), 1, lambda done, of, page: None)
        return report

    def problems(self, options: Options | None = None) -> list[Problem]:
        """All problems of the site."""
        return problems_of(self.report(options))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The command line: its status, its output, its messages."""
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        output = self.capture.readouterr()
        return status, output.out, output.err


@pytest.fixture
def fixture_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> FixtureSite:
    """A fresh copy of the fixture site, which is the current folder; nothing is remembered."""
    root = tmp_path / "site"
    shutil.copytree(FIXTURE, root, ignore=shutil.ignore_patterns(".cache", "__pycache__"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("CHAINRULE_CACHE", "off")
    return FixtureSite(root, capsys)
