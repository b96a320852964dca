"""The command line: its flags, its status, what it prints."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from chainrule.cli import main
from tests.site_copy import SiteCopy

FALL = "docs/fall.md"
VERDICTS = {"declaration", "definition", "proved", "undecided", "refuted", "unreadable"}


def found(site: SiteCopy, *arguments: str) -> dict[str, Any]:
    """The JSON object that a check prints."""
    _, out, _ = site.run("check", "--format", "json", *arguments)
    return json.loads(out)  # type: ignore[no-any-return]


def test_status_0_when_everything_holds(fixture_site: SiteCopy) -> None:
    status, out, err = fixture_site.run("check")
    assert status == 0
    assert re.fullmatch(r"11 equations, 17 steps, 5 inline formulas: all hold \(\d+\.\d s\)\n", out)
    assert err == ""


def test_status_1_when_something_does_not(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "&= g t\n", "&= -g t\n")
    status, out, _ = fixture_site.run("check")
    assert status == 1
    assert out.startswith("docs/fall.md:18:6: fall/speed, step 4 → 5 does not follow [refuted]\n")


USAGE = {
    "no such file": ["check", "nowhere.md"],
    "no page in a folder": ["check", "snippets"],
    "no such notation": ["check", "--notation", "nowhere.md"],
    "no such label": ["check", "--only", "fall/sped"],
    "no such format": ["check", "--format", "xml"],
    "no jobs": ["check", "--jobs", "0"],
    "no time": ["check", "--time-limit", "0"],
    "no number": ["check", "--time-limit", "soon"],
    "inference": ["check", "--infer"],
    "no command": [],
    "unknown command": ["guess"],
    "a page that is not there": ["new", "nowhere.md", "fall/speed"],
    "a label that is not there": ["new", FALL, "fall/sped"],
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE)
def test_status_2_for_wrong_usage(arguments: list[str], fixture_site: SiteCopy) -> None:
    status, out, err = fixture_site.run(*arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("usage: chainrule")


def test_a_label_that_nearly_fits_is_named(fixture_site: SiteCopy) -> None:
    _, _, err = fixture_site.run("check", "--only", "fall/sped")
    assert "did you mean fall/speed?" in err


def test_inference_says_that_it_is_not_there(fixture_site: SiteCopy) -> None:
    _, _, err = fixture_site.run("check", "--infer")
    assert "not available yet" in err


def test_json_is_as_it_was_agreed(fixture_site: SiteCopy) -> None:
    report = found(fixture_site)
    assert list(report) == ["chainrule", "equations", "summary"]
    assert {key: type(value) for key, value in report["summary"].items()} == {
        "equations": int,
        "steps": int,
        "proved": int,
        "refuted": int,
        "undecided": int,
        "unreadable": int,
        "seconds": float,
    }
    speed = next(item for item in report["equations"] if item["label"] == "fall/speed")
    steps = speed.pop("steps")
    assert speed == {
        "label": "fall/speed",
        "file": FALL,
        "line": 12,
        "verdict": "proved",
        "snippet": "snippets/fall/speed.py",
        "message": None,
        "assumptions": [],
    }
    assert isinstance(steps[0].pop("milliseconds"), float)
    assert steps[0] == {
        "line": 15,
        "column": 6,
        "relation": "=",
        "rule": "definition of f",
        "verdict": "proved",
        "witness": None,
        "difference": None,
        "message": None,
    }
    assert {item["verdict"] for item in report["equations"]} <= VERDICTS


def test_json_carries_the_evidence_of_a_refuted_step(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "&= g t\n", "&= -g t\n")
    report = found(fixture_site, "--only", "fall/speed")
    (equation,) = report["equations"]
    assert equation["verdict"] == "refuted"
    (step,) = [step for step in equation["steps"] if step["verdict"] == "refuted"]
    witness = step["witness"]
    assert list(witness) == ["g", "t", "left", "right"]
    assert float(witness["left"]) == float(witness["g"]) * float(witness["t"]) == -float(witness["right"])
    assert step["difference"]
    assert step["message"].startswith("docs/fall.md:18:6: ")
    assert report["summary"]["refuted"] == 1


def test_json_lists_what_is_wrong_outside_equations(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "$g f(t) \\ne g t$", "$g f(t) = g t$")
    fixture_site.edit(FALL, "time $t$:", "time $ t $:")
    outside = [item for item in found(fixture_site)["equations"] if item["label"] is None]
    assert [(item["line"], item["verdict"]) for item in outside] == [(3, "unreadable"), (46, "refuted")]


def test_annotations_for_github_stand_at_line_and_column(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "&= g t\n", "&= -g t\n")
    _, out, _ = fixture_site.run("check", "--format", "github", FALL)
    first = out.split("\n")[0]
    head = "::error file=docs/fall.md,line=18,col=6,title=fall/speed%2C step 4 → 5 does not follow [refuted]::"
    assert first.startswith(head)
    assert "%0A" in first


def test_a_folder_checks_its_pages(fixture_site: SiteCopy) -> None:
    assert found(fixture_site, "docs")["summary"]["equations"] == 11
    assert found(fixture_site, "docs/fall.md", "docs/ridge.md")["summary"]["equations"] == 7


def test_the_site_is_found_from_a_folder_inside(fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fixture_site.root / "docs")
    assert found(fixture_site)["equations"][0]["file"] == FALL


def test_only_one_equation_is_reported(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "&= g t\n", "&= -g t\n")
    report = found(fixture_site, "--only", "ridge/gradient")
    assert [item["label"] for item in report["equations"]] == ["ridge/gradient"]
    assert fixture_site.run("check", "--only", "ridge/gradient")[0] == 0


def test_the_mathematics_alone_needs_no_snippets(fixture_site: SiteCopy) -> None:
    for snippet in fixture_site.root.glob("snippets/*/*.py"):
        snippet.unlink()
    fixture_site.edit(FALL, "\\label{fall/speed}\n", "")
    status, _, _ = fixture_site.run("check", "--no-snippets")
    assert status == 0


def test_several_processes_find_the_same(fixture_site: SiteCopy) -> None:
    fixture_site.edit(FALL, "&= g t\n", "&= -g t\n")
    reports = [found(fixture_site, "--jobs", jobs) for jobs in ("1", "2")]
    for report in reports:
        del report["summary"]["seconds"]
        for step in (step for item in report["equations"] for step in item["steps"]):
            del step["milliseconds"]
    assert reports[0] == reports[1]


def test_declarations_come_from_the_page_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("$$\nu + u = 2 u\n$$\n")
    (tmp_path / "symbols.md").write_text("$$\nu \\in \\mathbb{R}\n$$\n")
    page = str(tmp_path / "page.md")
    assert main(["check", "--no-snippets", page]) == 1
    assert main(["check", "--no-snippets", page, "--notation", str(tmp_path / "symbols.md")]) == 0


def test_the_notation_beside_a_page_holds_on_it(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("$$\nu + u = 2 u\n$$\n")
    (tmp_path / "notation.md").write_text("$$\nu \\in \\mathbb{R}\n$$\n")
    assert main(["check", "--no-snippets", str(tmp_path / "page.md")]) == 0


def test_pages_of_a_folder_lend_each_other_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$$\nu \\in \\mathbb{R}\n$$\n")
    (tmp_path / "b.md").write_text("$$\nu + u = 2 u\n$$\n")
    assert main(["check", "--no-snippets", str(tmp_path)]) == 1


def test_a_time_limit_ends_as_undecided(fixture_site: SiteCopy) -> None:
    status, out, _ = fixture_site.run("check", "--only", "ridge/misfit", "--time-limit", "1e-9")
    assert status == 1
    assert "[time-limit]" in out


def test_a_configuration_that_is_no_yaml_is_wrong_usage(fixture_site: SiteCopy) -> None:
    (fixture_site.root / "mkdocs.yml").write_text("a: [\n")
    status, _, err = fixture_site.run("check")
    assert status == 2
    assert "mkdocs.yml" in err


def test_progress_is_shown_on_a_terminal_only(fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, _, err = fixture_site.run("check", "docs/fall.md")
    assert "checking fall.md (1 of 1)" in err
    assert err.endswith("\r\x1b[K")


def test_the_version_is_printed(fixture_site: SiteCopy) -> None:
    assert fixture_site.run("--version") == (0, f"chainrule {version('chainrule')}\n", "")
