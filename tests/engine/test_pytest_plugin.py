"""The pytest plugin, run as a reader of another course would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from chainrule import pytest_plugin
from tests.site_copy import SiteCopy


def run(site: SiteCopy, *arguments: str) -> tuple[int, str]:
    """The status and the output of pytest in the folder of a site."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *arguments]
    done = subprocess.run(command, cwd=site.root, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_every_step_is_a_test(fixture_site: SiteCopy) -> None:
    status, out = run(fixture_site, "--chainrule", "--collect-only", "-q", "docs/fall.md")
    assert status == 0
    assert out.split("\n")[:13] == [
        "docs/fall.md::fall/depth::equation",
        "docs/fall.md::fall/speed::step 1 -> 2",
        "docs/fall.md::fall/speed::step 2 -> 3",
        "docs/fall.md::fall/speed::step 3 -> 4",
        "docs/fall.md::fall/speed::step 4 -> 5",
        "docs/fall.md::fall/speed::equation",
        "docs/fall.md::fall/energy::step 1 -> 2",
        "docs/fall.md::fall/energy::step 2 -> 3",
        "docs/fall.md::fall/energy::step 3 -> 4",
        "docs/fall.md::fall/energy::equation",
        "docs/fall.md::page and inline formulas",
        "",
        "11 tests collected in " + out.rpartition("in ")[2].strip(),
    ]


def test_a_label_selects_an_equation(fixture_site: SiteCopy) -> None:
    status, out = run(fixture_site, "--chainrule", "-q", "-k", "fall/speed", "docs")
    assert status == 0
    assert "5 passed, 26 deselected" in out


def test_a_broken_step_is_a_red_test_with_the_message(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "&= g t\n", "&= -g t\n")
    fixture_site.edit("docs/fall.md", "$g f(t) \\ne g t$", "$g f(t) = g t$")
    fixture_site.edit("docs/ridge.md", "&= 2 w_s\n", "&= 2 \\clubsuit\n")
    status, out = run(fixture_site, "--chainrule", "-q", "docs")
    assert status == 1
    assert "docs/fall.md:18:6: fall/speed, step 4 → 5 does not follow [refuted]" in out
    for name in (
        "docs/fall.md::fall/speed::step 4 -> 5",
        "docs/fall.md::page and inline formulas",
        "docs/ridge.md::ridge/size::equation",
    ):
        assert f"FAILED {name}" in out


def test_pages_may_be_named_in_the_configuration(fixture_site: SiteCopy) -> None:
    (fixture_site.root / "pytest.ini").write_text("[pytest]\nchainrule_pages = docs/fall.md\n")
    status, out = run(fixture_site, "-q", "docs")
    assert status == 0
    assert "11 passed" in out


def test_without_being_asked_for_no_page_is_collected(fixture_site: SiteCopy) -> None:
    status, out = run(fixture_site, "-q", "docs")
    assert status == 5
    assert "no tests ran" in out


def test_the_plugin_stays_small() -> None:
    source = Path(pytest_plugin.__file__).read_text(encoding="utf-8")
    assert source.count("\n") <= 100
    assert "_pytest" not in source.replace("chainrule.pytest_plugin", "")
