"""``chainrule new`` drafts a snippet that lacks nothing but what only its author can say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chainrule.pairing import snippet_path
from chainrule.snippets import Snippet, load
from tests.site_copy import FIXTURE, SiteCopy

LABELS = (FIXTURE / "docs/labels.txt").read_text(encoding="utf-8").split()


def loaded(root: Path, path: str) -> Snippet:
    snippet = load(root / path, root)
    assert isinstance(snippet, Snippet)
    return snippet


@pytest.mark.parametrize("label", LABELS)
def test_a_draft_has_the_lines_and_the_rules(label: str, fixture_site: SiteCopy) -> None:
    path = snippet_path(label)
    (fixture_site.root / path).unlink()

    status, out, _ = fixture_site.run("new", f"docs/{label.partition('/')[0]}.md", label)

    assert (status, out) == (0, f"{path}\n")
    written, drafted = loaded(FIXTURE, path), loaded(fixture_site.root, path)
    assert list(map(str, drafted.lines)) == list(map(str, written.lines))
    assert len(drafted.because) == len(written.because)
    codes = {problem.code for problem in fixture_site.problems() if problem.place.file == path}
    assert codes == {"numbers-disagree"}, "only the NumPy function is left to write"


def test_a_draft_with_its_function_written_holds(fixture_site: SiteCopy) -> None:
    path = fixture_site.root / "snippets/ridge/gradient.py"
    path.unlink()
    fixture_site.run("new", "docs/ridge.md", "ridge/gradient")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("raise .*", "return 2 * A.T @ (A @ w - b) + 2 * alpha * w", text))
    assert fixture_site.problems() == []


def test_a_new_label_is_entered_in_the_registry(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "fall/depth", "fall/height")
    fixture_site.run("new", "docs/fall.md", "fall/height")
    registry = (fixture_site.root / "docs/labels.txt").read_text(encoding="utf-8")
    assert registry.endswith("ridge/gradient\nfall/height\n")


def test_a_snippet_that_is_there_is_left_alone(fixture_site: SiteCopy) -> None:
    before = (fixture_site.root / "snippets/fall/speed.py").read_text(encoding="utf-8")
    status, _, err = fixture_site.run("new", "docs/fall.md", "fall/speed")
    assert status == 2
    assert "is there already" in err
    assert (fixture_site.root / "snippets/fall/speed.py").read_text(encoding="utf-8") == before


def test_an_equation_that_cannot_be_read_gets_the_message(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "&= g t\n", "&= g \\clubsuit\n")
    (fixture_site.root / "snippets/fall/speed.py").unlink()
    status, _, err = fixture_site.run("new", "docs/fall.md", "fall/speed")
    assert status == 1
    assert err.startswith("docs/fall.md:18:")
    assert not (fixture_site.root / "snippets/fall/speed.py").exists()


def test_a_step_that_no_rule_justifies_is_left_open(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "&= g t\n", "&= 2 g t\n")
    (fixture_site.root / "snippets/fall/speed.py").unlink()
    fixture_site.run("new", "docs/fall.md", "fall/speed")
    text = (fixture_site.root / "snippets/fall/speed.py").read_text(encoding="utf-8")
    assert "# No rule alone justifies the next step" in text
