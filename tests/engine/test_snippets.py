"""Snippets load, or say at which line and why not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chainrule.pairing import snippet_path
from chainrule.results import Place, Problem
from chainrule.rules import definition, linearity
from chainrule.snippets import Snippet, load

NOTATION = """\
from chainrule.vocabulary import Elementwise, scalar

g, t = scalar("g"), scalar("t")
speed = Elementwise("speed")
"""

FALL = '''\
"""How fast a falling body is."""

from sympy import evaluate

from chainrule.rules import definition, linearity
from chainrule.vocabulary import D
from snippets.notation import g, speed, t

with evaluate(False):
    lines = (
        D(speed(t), t),
        D(g * t, t),
        g * D(t, t),
    )

because = (
    definition("speed"),
    linearity,
)


def value(g: float) -> float:
    """The acceleration."""
    return g
'''

Load = Callable[[str], Snippet | Problem]


@pytest.fixture
def load_fall(tmp_path: Path) -> Load:
    """Loads ``snippets/fall/speed.py`` with the given text, in a project of its own."""
    folder = tmp_path / "snippets" / "fall"
    folder.mkdir(parents=True)
    (folder.parent / "notation.py").write_text(NOTATION, encoding="utf-8")

    def load_text(text: str) -> Snippet | Problem:
        path = folder / "speed.py"
        path.write_text(text, encoding="utf-8")
        return load(path, tmp_path)

    return load_text


def test_label_names_the_path() -> None:
    """The pairing is by name alone."""
    assert snippet_path("fall/free-fall") == "snippets/fall/free_fall.py"


def test_snippet_says_what_and_where(load_fall: Load) -> None:
    """Its parts, and the places of their entries."""
    snippet = load_fall(FALL)

    assert isinstance(snippet, Snippet)
    assert snippet.docstring == "How fast a falling body is."
    assert [str(line) for line in snippet.lines] == [
        "Derivative(speed(t), t)",
        "Derivative(g*t, t)",
        "g*Derivative(t, t)",
    ]
    assert snippet.because == (definition("speed"), linearity)
    assert snippet.value(g=9.81) == 9.81
    assert snippet.line_places[2] == Place("snippets/fall/speed.py", 13, 9)
    assert snippet.because_places[1] == Place("snippets/fall/speed.py", 18, 5)
    assert snippet.value_place == Place("snippets/fall/speed.py", 22, 1)


def test_entries_that_are_not_written_out_have_the_place_of_the_whole(load_fall: Load) -> None:
    """A computed tuple is one thing in the source."""
    snippet = load_fall(FALL.replace("\n)\n\n\ndef", "\n) + ()\n\n\ndef"))

    assert isinstance(snippet, Snippet)
    assert snippet.because_places == (Place("snippets/fall/speed.py", 16, 11),) * 2


BROKEN = {
    "no lines": ("    lines = (", "    rows = (", 1, "does not define lines"),
    "no reasons": ("because =", "why =", 1, "does not define because"),
    "no function": ("def value", "def values", 1, "does not define value"),
    "a list": ("\n)\n\n\ndef", "\n)\nbecause = [*because]\n\n\ndef", 20, "because is not a tuple"),
    "one bare line": ("    lines = (\n", "    lines = D(g * t, t)\n    rows = (\n", 10, "lines is not a tuple"),
    "no expression": ("D(g * t, t),", '"g t",', 12, "'g t' in lines is not a SymPy expression"),
    "no rule": ("    linearity,\n", '    "linearity",\n', 18, "'linearity' in because is not a rule"),
    "a bare definition": ('definition("speed")', "definition", 17, "definition in because is not a rule"),
    "an unknown rule": ("import definition, linearity", "import definition, linearty", 5, "ImportError"),
    "an unknown module": ("from snippets.notation", "from snippets.symbols", 7, "ModuleNotFoundError"),
    "an unknown name": ("D(g * t, t),", "D(a * t, t),", 12, "NameError: name 'a'"),
    "a syntax error": ("D(g * t, t),", "D(g * t, t),)", 13, "is not Python"),
    "a null byte": ("How fast", "How\0fast", 1, "is not Python"),
    "an exit": ("because =", "raise SystemExit(3)\nbecause =", 16, "SystemExit"),
    "a value that is a number": ("def value", "value = 1\n\n\ndef other", 22, "value is not a function"),
}


@pytest.mark.parametrize(("old", "new", "line", "said"), BROKEN.values(), ids=BROKEN)
def test_broken_snippet_is_told_where_and_why(load_fall: Load, old: str, new: str, line: int, said: str) -> None:
    """Never a traceback: a problem at a line, with a cure."""
    assert FALL.count(old) == 1

    problem = load_fall(FALL.replace(old, new))

    assert isinstance(problem, Problem)
    assert (problem.place.file, problem.place.line) == ("snippets/fall/speed.py", line), problem.what
    assert said in problem.what
    assert problem.code == "snippet-broken"
    assert problem.cure


def test_error_inside_the_notation_is_told_at_the_import(load_fall: Load, tmp_path: Path) -> None:
    """The line of the snippet from which it came."""
    (tmp_path / "snippets" / "notation.py").write_text("1 / 0\n", encoding="utf-8")

    problem = load_fall(FALL)

    assert isinstance(problem, Problem)
    assert problem.place.line == 7
    assert "ZeroDivisionError" in problem.what


def test_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    """Neither is a file that is not there."""
    path = tmp_path / "snippets" / "latin.py"
    path.parent.mkdir()
    path.write_bytes("# Präzision".encode("latin-1"))

    for found in (load(path, tmp_path), load(path.with_name("none.py"), tmp_path)):
        assert isinstance(found, Problem)
        assert "cannot be read" in found.what


def test_notation_is_read_again_when_it_changes(load_fall: Load, tmp_path: Path) -> None:
    """While a page is served, its author edits."""
    assert isinstance(load_fall(FALL), Snippet)
    notation = tmp_path / "snippets" / "notation.py"
    notation.write_text(NOTATION.replace('scalar("g")', 'scalar("gravity")'), encoding="utf-8")
    os.utime(notation, ns=(1, 1))

    snippet = load_fall(FALL)

    assert isinstance(snippet, Snippet)
    assert str(snippet.lines[1]) == "Derivative(gravity*t, t)"


def test_projects_do_not_mix(load_fall: Load, tmp_path: Path) -> None:
    """Two sites in one process, each with its own ``snippets.notation``; the process keeps its own."""
    other = tmp_path / "other"
    (other / "snippets").mkdir(parents=True)
    (other / "snippets" / "notation.py").write_text("from chainrule.vocabulary import scalar\n\nd = scalar('d')\n")
    path = other / "snippets" / "depth.py"
    path.write_text("from snippets.notation import d\n\nlines = (d,)\nbecause = ()\n\n\ndef value(d):\n    return d\n")
    before = {name: module for name, module in sys.modules.items() if name.startswith("snippets")}

    first, second, third = load_fall(FALL), load(path, other), load_fall(FALL)

    assert isinstance(first, Snippet)
    assert isinstance(second, Snippet)
    assert isinstance(third, Snippet)
    assert [str(line) for line in second.lines] == ["d"]
    assert third.lines == first.lines
    assert before == {name: module for name, module in sys.modules.items() if name.startswith("snippets")}


def test_snippet_is_runnable_by_itself(load_fall: Load, tmp_path: Path) -> None:
    """A reader who copies it needs nothing that the loader did."""
    assert isinstance(load_fall(FALL), Snippet)
    script = tmp_path / "snippets" / "fall" / "speed.py"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    subprocess.run([sys.executable, str(script)], check=True, env=environment, timeout=60)


def test_value_bears_numpy_arrays(load_fall: Load) -> None:
    """The function comes as it was written."""
    snippet = load_fall(FALL)

    assert isinstance(snippet, Snippet)
    assert np.array_equal(snippet.value(np.array([1.0, 2.0])), [1.0, 2.0])
