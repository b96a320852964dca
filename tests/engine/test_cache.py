"""What held is remembered, and only for as long as everything that it rests on stays the same."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.site_copy import SiteCopy

FILE = Path(".cache/chainrule/verdicts.json")


@pytest.fixture
def remembering(fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> SiteCopy:
    """The fixture site after one check that was remembered."""
    monkeypatch.delenv("CHAINRULE_CACHE")
    assert fixture_site.problems() == []
    return fixture_site


def looked_at(site: SiteCopy, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The labels of the equations that a check looks at anew."""
    from chainrule import checking

    seen: list[str | None] = []
    original = checking.check_equation

    def check(found, support, options):  # type: ignore[no-untyped-def]
        seen.append(found.part.label)
        return original(found, support, options)

    monkeypatch.setattr(checking, "check_equation", check)
    site.report()
    return seen


def test_a_second_check_finds_the_same_and_looks_at_nothing(
    remembering: SiteCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = remembering.report()
    assert looked_at(remembering, monkeypatch) == []
    assert remembering.report().pages == first.pages


def test_nothing_heavy_is_imported_when_nothing_has_changed(remembering: SiteCopy) -> None:
    code = (
        "import sys\nfrom chainrule.cli import main\nstatus = main(['check'])\n"
        "heavy = {'sympy', 'numpy', 'markdown', 'lark'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else status)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=remembering.root, check=True)


EDITS = {
    "prose": ("docs/fall.md", "The speed is its", "Its speed is the", []),
    "lines above": ("docs/fall.md", "# A falling stone\n", "# A stone\n\nIt falls.\n\n", []),
    "one equation": ("docs/ridge.md", "&= 2 w_s\n", "&= w_s 2\n", ["ridge/size", "ridge/gradient"]),
    "a line between": ("docs/ridge.md", "&= \\sum_{k=1}^{q} 2 w_k", "&= \\sum_{k=1}^{q} w_k 2", ["ridge/size"]),
    "a snippet": ("snippets/fall/energy.py", "Energy by mass.", "By mass.", ["fall/energy"]),
    "a sentence": ("docs/fall.md", "1. Write out the depth.", "1. Write it out.", ["fall/speed"]),
}


@pytest.mark.parametrize(("file", "old", "new", "labels"), EDITS.values(), ids=EDITS)
def test_only_what_an_edit_touches_is_looked_at(
    file: str,
    old: str,
    new: str,
    labels: list[str],
    remembering: SiteCopy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembering.edit(file, old, new)
    assert looked_at(remembering, monkeypatch) == labels
    assert remembering.problems() == []


def test_places_follow_a_formula_that_moves(remembering: SiteCopy) -> None:
    remembering.edit("docs/fall.md", "# A falling stone\n", "# A falling stone\n\nSee below.\n")
    moved = remembering.report().pages
    remembering.root.joinpath(FILE).unlink()
    assert [e.lines for page in moved for e in page.equations] == [
        e.lines for page in remembering.report().pages for e in page.equations
    ]


def test_a_proof_does_not_outlive_the_equation_it_uses(remembering: SiteCopy) -> None:
    remembering.edit("snippets/fall/speed.py", "    power_rule,\n", "    linearity,\n")
    codes = {str(problem.place): problem.code for problem in remembering.problems()}
    assert codes["docs/fall.md:17:6"] == "wrong-rule"
    assert codes["snippets/fall/energy.py:20:5"] == "undecided"


def test_a_circle_among_remembered_proofs_is_found(remembering: SiteCopy) -> None:
    remembering.edit("snippets/ridge/misfit.py", "linear_form\n", "linear_form, using\n")
    remembering.edit("snippets/ridge/misfit.py", "    linear_form,\n", '    using("ridge/gradient"),\n')
    assert "circular" in {problem.code for problem in remembering.problems()}


def test_a_notation_that_changes_is_noticed(remembering: SiteCopy) -> None:
    remembering.edit("docs/notation.md", "g \\in (0, \\infty)", "g \\in (0, 1)")
    assert [problem.code for problem in remembering.problems()] == ["numbers-disagree"]


TORN = {
    "cut": lambda text: text[: len(text) // 2],
    "changed": lambda text: text.replace("proved", "Proved"),
    "empty": lambda text: "",
    "not ours": lambda text: "{}\n",
    "no mapping": lambda text: f"{sha256(b'[]').hexdigest()}\n[]",
    "no JSON": lambda text: f"{sha256(b'?').hexdigest()}\n?",
}


@pytest.mark.parametrize("tear", TORN.values(), ids=TORN)
def test_a_torn_or_foreign_file_is_ignored(tear, remembering: SiteCopy) -> None:  # type: ignore[no-untyped-def]
    path = remembering.root / FILE
    good = path.read_text(encoding="utf-8")
    path.write_text(tear(good), encoding="utf-8")
    assert remembering.problems() == []
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    assert head == sha256(body.encode()).hexdigest()
    assert json.loads(body).keys() == json.loads(good.partition("\n")[2]).keys()


def test_nothing_is_remembered_when_it_is_turned_off(fixture_site: SiteCopy) -> None:
    fixture_site.report()
    assert not (fixture_site.root / FILE).exists()


def test_no_file_is_left_beside_pages_that_belong_to_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chainrule.cli import main

    monkeypatch.delenv("CHAINRULE_CACHE", raising=False)
    (tmp_path / "page.md").write_text("$$\n1 + 1 = 2\n$$\n")
    assert main(["check", "--no-snippets", str(tmp_path / "page.md")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
