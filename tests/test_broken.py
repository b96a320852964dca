"""This site, broken by hand in every way we could think of: each stops the check, with a message where it was broken.

The tables in ``tests/broken`` say what a person did, and at which line and column the message must stand. Beside them
stand edits that are no slips, of which the check must say nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chainrule.messages import format_problem
from chainrule.results import Problem
from tests.broken.breaks import Break, Edit, position
from tests.broken.files import DEEDS, Deed
from tests.broken.harmless import HARMLESS
from tests.broken.markdown import DROPPED, EXPLAINED, LABELLED
from tests.broken.mathematics import FALSE, NONSENSE
from tests.broken.notation import MEANINGS
from tests.broken.snippets import LINES, NUMBERS, PYTHON, REASONS
from tests.site_copy import SITE, SiteCopy

BREAKS = (*FALSE, *NONSENSE, *MEANINGS, *DROPPED, *LABELLED, *EXPLAINED, *REASONS, *LINES, *NUMBERS, *PYTHON)
ENOUGH = 36


def broken_at(broken: Break, site: SiteCopy) -> tuple[str, int, int]:
    """Break the site; where the message must stand."""
    for edit in broken.edits:
        site.edit(*edit)
    return broken.expected(site.root)


def demand(problems: list[Problem], code: str, place: tuple[str, int, int], says: str) -> None:
    """There is the message, at its place; and all that come have a cure and a line that an editor can open."""
    here = [p for p in problems if (p.place.file, p.place.line, p.place.column) == place and p.code == code]
    messages = "\n\n".join(map(format_problem, problems))
    assert any(says in format_problem(problem) for problem in here), f"nothing at {place} in\n\n{messages}"
    for problem in problems:
        file = Path(problem.place.file)
        last = file.read_bytes().count(b"\n") if file.exists() else 1
        assert problem.cure
        assert 1 <= problem.place.line <= last, format_problem(problem)


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_a_slip_is_reported_where_it_is(broken: Break, site: SiteCopy) -> None:
    place = broken_at(broken, site)
    demand(site.problems(), broken.code, place, broken.says)


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_a_file_that_is_gone_or_torn_is_reported(deed: Deed, site: SiteCopy) -> None:
    before = site.root / deed.place
    text = before.read_text(encoding="utf-8") if before.exists() else ""
    deed.do(site.root)
    text = text or (site.root / deed.place).read_text(encoding="utf-8")
    demand(site.problems(), deed.code, (deed.place, *position(deed.at, text)), deed.says)


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_slip_is_not_reported(edit: Edit, site: SiteCopy) -> None:
    site.edit(*edit)
    assert site.problems() == []


def test_line_ends_of_windows_are_no_slip(site: SiteCopy) -> None:
    page = site.root / "docs/gradient.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert site.problems() == []


def test_there_are_enough_ways_and_each_is_another() -> None:
    ways = [str(way) for way in (*BREAKS, *DEEDS)]
    assert len(set(ways)) == len(ways) >= ENOUGH


@pytest.mark.parametrize("broken", [FALSE[0], DROPPED[0], LINES[0]], ids=str)
def test_the_command_ends_with_status_1_and_says_where(broken: Break, site: SiteCopy) -> None:
    file, line, column = broken_at(broken, site)
    command = Path(sys.executable).with_name("chainrule")
    done = subprocess.run([command, "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert f"\n{file}:{line}:{column}: " in f"\n{done.stdout}"
    assert f"/errors/#{broken.code}\n" in done.stdout


def test_the_command_ends_with_status_0_when_nothing_is_broken(site: SiteCopy) -> None:
    status, out, _ = site.run("check")
    assert status == 0
    assert "all hold" in out


def test_an_annotation_of_a_pull_request_sits_on_the_line(site: SiteCopy) -> None:
    file, line, column = broken_at(FALSE[0], site)
    status, out, _ = site.run("check", "--format", "github")
    assert status == 1
    assert f"::error file={file},line={line},col={column},title=" in out


def test_json_has_the_line_of_the_step(site: SiteCopy) -> None:
    _, line, column = broken_at(FALSE[0], site)
    status, out, _ = site.run("check", "--format", "json")
    (equation,) = (found for found in json.loads(out)["equations"] if found["label"] == "gradient/full")
    refuted = [(step["line"], step["column"]) for step in equation["steps"] if step["witness"]]
    assert status == 1
    assert equation["verdict"] == "refuted"
    assert (line, column) in refuted


def test_a_dead_link_stops_the_build(site: SiteCopy) -> None:
    """MkDocs names the page, but not the line."""
    site.edit("docs/cost.md", "Now [differentiate it](gradient.md).", "Now [differentiate it](gradients.md).")
    site.edit("docs/matrix.md", "at the head of the page.", "at [the head](cost.md#nowhere) of the page.")
    shutil.copytree(SITE / "theme", site.root / "theme")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "'cost.md' contains a link 'gradients.md', but the target is not found" in done.stderr
    assert "'matrix.md' contains a link 'cost.md#nowhere'" in done.stderr
