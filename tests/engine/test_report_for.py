"""``report_for``: what the Markdown extension and the pytest plugin ask the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.results import Verdict
from chainrule.site import check_site, outline, report_for
from tests.site_copy import SiteCopy


def test_a_page_may_be_given_by_its_path_or_by_its_text(fixture_site: SiteCopy) -> None:
    path = Path("docs/fall.md")
    assert report_for(path.resolve()) == report_for(path.read_text(encoding="utf-8"))


def test_the_data_at_the_top_of_a_page_is_left_aside(fixture_site: SiteCopy) -> None:
    path = Path("docs/fall.md")
    body = path.read_text(encoding="utf-8")
    path.write_text(f"---\ntitle: Falling\n---\n\n{body}", encoding="utf-8")
    report = report_for(body)
    assert report.file == "docs/fall.md"
    assert report.equations[0].place.line == 9


def test_a_text_that_is_no_page_is_read_in_the_notation_of_the_site(fixture_site: SiteCopy) -> None:
    report = report_for("So $g + g = 2 g$, but $g + g = g$.\n")
    assert report.file == ""
    assert [formula.verdict for formula in report.inlines] == [Verdict.PROVED, Verdict.REFUTED]


def test_a_page_is_checked_once_and_again_when_a_file_has_changed(
    fixture_site: SiteCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chainrule import checking

    seen: list[str | None] = []
    original = checking.check_equation

    def check(found, support, options):  # type: ignore[no-untyped-def]
        seen.append(found.part.label)
        return original(found, support, options)

    monkeypatch.setattr(checking, "check_equation", check)
    for _ in range(3):
        report_for(Path("docs/fall.md").resolve())
    assert seen == ["fall/depth", "fall/speed", "fall/energy"]
    fixture_site.edit("snippets/fall/speed.py", "return g * t", "return -g * t")
    assert report_for(Path("docs/fall.md").resolve()).equations[1].problems
    assert seen == ["fall/depth", "fall/speed", "fall/energy"] * 2


def test_shared_symbols_are_loaded_anew_when_they_change(fixture_site: SiteCopy) -> None:
    assert report_for(Path("docs/ridge.md").resolve()).equations[0].problems == ()
    fixture_site.edit("snippets/notation.py", 'Vector("w", q)', 'Vector("w", p)')
    report = report_for(Path("docs/notation.md").resolve())
    assert [problem.code for equation in report.equations for problem in equation.problems] == ["line-mismatch"]


def test_the_outline_names_equations_and_counts_steps(fixture_site: SiteCopy) -> None:
    fixture_site.edit("docs/fall.md", "\\label{fall/depth}\n", "")
    fixture_site.edit("docs/fall.md", "&= g f(t)\n", "&= g \\clubsuit\n")
    assert outline(Path("docs/fall.md").resolve()) == [("line 5", 0), ("fall/speed", 4), ("fall/energy", 0)]


def test_the_whole_site_is_reported_page_by_page(fixture_site: SiteCopy) -> None:
    report = check_site(fixture_site.root)
    assert [page.file for page in report.pages] == ["docs/fall.md", "docs/notation.md", "docs/ridge.md"]
    assert report.problems == ()


def test_what_stands_under_a_definition_or_a_declaration(fixture_site: SiteCopy) -> None:
    pages = {page.file: page for page in check_site(fixture_site.root).pages}
    assert {e.verdict for e in pages["docs/notation.md"].equations} == {Verdict.DECLARATION}
    depth = pages["docs/fall.md"].equations[0]
    assert (depth.verdict, depth.steps, len(depth.lines)) == (Verdict.DEFINITION, (), 2)
    assert depth.lines[1].relation == ":="


def test_a_slip_is_rejected_with_the_engines_message(fixture_site: SiteCopy) -> None:
    (slip,) = report_for(Path("docs/fall.md").resolve()).rejected
    assert slip.verdict is Verdict.REFUTED
    assert slip.message.startswith("docs/fall.md:49:")
    assert "witness" in slip.message


def test_the_notation_of_a_folder_builds_on_the_one_above(fixture_site: SiteCopy) -> None:
    folder = fixture_site.root / "docs" / "deep"
    folder.mkdir()
    (folder / "page.md").write_text("So $u + u = 2 u$, and $g + g = 2 g$.\n")
    assert [f.verdict for f in report_for(folder / "page.md").inlines] == [Verdict.UNREADABLE, Verdict.PROVED]
    (folder / "notation.md").write_text("$$\nu \\in \\mathbb{R}\n\\label{deep/notation/number}\n$$\n")
    assert [f.verdict for f in report_for(folder / "page.md").inlines] == [Verdict.PROVED, Verdict.PROVED]
