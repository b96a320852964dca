"""Messages as they are printed, whole, against the files in ``messages``.

A message that changes is read again by a person: delete its file, run the test, read the new file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.messages import error_address, excerpt, format_problem
from chainrule.results import Place, Problem
from chainrule.step_problems import changed
from tests.site_copy import SiteCopy

FOLDER = Path(__file__).parent / "messages"
FALL, SPEED = "docs/fall.md", "snippets/fall/speed.py"
EDITS = {
    "refuted": (FALL, "&= g t\n", "&= g t^2\n"),
    "unreadable": (FALL, "&= g t\n", "&= g \\clubsuit t\n"),
    "unknown-symbol": (FALL, "&= g t\n", "&= g T\n"),
    "shape": ("docs/ridge.md", "2 \\left( A^\\top (A w - b) \\right)_s + 2", "2 \\left( A (A w - b) \\right)_s + 2"),
    "wrong-rule": (SPEED, "    power_rule,\n", "    linearity,\n"),
    "undefined": (FALL, "$g f(t) \\ne g t$", "$\\log(g - 1) \\ne g$"),
    "inline": (FALL, "$g f(t) \\ne g t$", "$g f(t) = g t$"),
    "not-rendered": (FALL, "derivative.\n\n", "derivative.\n"),
    "no-label": (FALL, "    \\label{fall/energy}\n", ""),
    "sentences": (FALL, "4. Arrange the factors.\n", ""),
    "snippet-broken": (SPEED, "because = (", "because = (("),
    "line-mismatch": (SPEED, "        g * t,\n", "        g * t + g - g,\n"),
    "rule-count": (SPEED, "    cancel,\n)", ")"),
    "numbers-disagree": (SPEED, "return g * t", "return -g * t"),
    "unknown-label": ("snippets/ridge/gradient.py", '"ridge/size"', '"ridge/sise"'),
    "vanished-label": ("docs/labels.txt", "fall/depth\n", "fall/depth\nfall/height\n"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_message_reads_as_it_did(name: str, fixture_site: SiteCopy) -> None:
    fixture_site.edit(*EDITS[name])
    status, out, _ = fixture_site.run("check")
    messages = out.rpartition("\n\n")[0] + "\n"
    expected = FOLDER / f"{name}.txt"
    if not expected.exists():
        expected.write_text(messages, encoding="utf-8")
        pytest.fail(f"{expected} was not there; read what was written to it")
    assert (status, messages) == (1, expected.read_text(encoding="utf-8"))


def test_no_message_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(EDITS)


PROBLEM = Problem(Place("a.md", 3, 7), "it fell", "fallen", (("", "x\n^"), ("because", "of\nthis")), "pick it up")


def test_a_message_has_its_parts_in_order() -> None:
    assert format_problem(PROBLEM, "https://example.org/a/").split("\n") == [
        "a.md:3:7: it fell [fallen]",
        "  x",
        "  ^",
        "  because       of",
        "                this",
        "  cure          Pick it up.",
        "  see           https://example.org/a/errors/#fallen",
    ]


def test_without_an_address_no_address_is_given() -> None:
    assert "see" not in format_problem(PROBLEM)
    assert error_address(PROBLEM, "https://example.org/a") == "https://example.org/a/errors/#fallen"


def test_carets_stay_on_the_line() -> None:
    assert excerpt("abc", 7, 2, 99) == "7 │ abc\n     ^^"
    assert excerpt("abc", 7, 4, 1) == "7 │ abc\n       ^"
    assert excerpt("abc", 7) == "7 │ abc"


def test_of_a_very_long_line_a_part_is_shown() -> None:
    shown, carets = excerpt("a" * 5_000 + "b" + "a" * 5_000, 1, 5_001).split("\n")
    assert len(shown) < 500
    assert shown[carets.index("^")] == "b"
    assert shown.startswith("1 │ … a")
    assert shown.endswith("a …")


CHANGES = {
    "one character": ("a + b", "a - b", "-"),
    "inserted": ("a b", "a c b", "c "),
    "removed": ("a c b", "a b", ""),
    "nothing": ("a", "a", ""),
    "doubled": ("aa", "aaa", "a"),
    "everything": ("abc", "xyz", "xyz"),
}


@pytest.mark.parametrize(("before", "after", "difference"), CHANGES.values(), ids=CHANGES)
def test_the_changed_part_is_found(before: str, after: str, difference: str) -> None:
    start, end = changed(before, after)
    assert after[start:end] == difference
