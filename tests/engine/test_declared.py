"""What a block declares, and whether a snippet names the same."""

from __future__ import annotations

import pytest

from chainrule.declared import declared, misdeclared
from chainrule.reading import read
from chainrule.sympy_lines import to_term
from tests.engine.subject import notation
from tests.engine.subject_sympy import typed

BLOCKS = [
    (r"b \in \mathbb{R}^p, \qquad w \in \mathbb{R}^q", ["b", "w"]),
    (r"b \in \mathbb{R}^p, \qquad w \in \mathbb{R}^q", ["w", "b"]),
    (r"A \in \mathbb{R}^{p \times q}", ["A"]),
    (r"r \in \{1, \dots, p\}", ["r"]),
    (r"a^{(r)} \in \mathbb{R}^q", ["a[r]"]),
    (r"\phi : \mathbb{R} \to (0, \infty)", ["phi(t)"]),
    (r"k_w : \mathbb{R}^q \to (0, \infty)", ["k(w, v)"]),
]

SLIPS = [
    (r"b \in \mathbb{R}^p, \qquad w \in \mathbb{R}^q", ["b"], None, "also declares w"),
    (r"b \in \mathbb{R}^p", ["b", "w"], 1, "does not declare this"),
    (r"b \in \mathbb{R}^p", ["b + b"], 0, "does not declare this"),
    (r"b \in \mathbb{R}^q", ["b"], 0, "b with another shape"),
    (r"A \in \mathbb{R}^{q \times p}", ["A"], 0, "A with another shape"),
    (r"a^{(r)} \in \mathbb{R}^q", ["a[r, s]"], 0, "a with another shape"),
    (r"\phi : \mathbb{R} \to (0, \infty)", ["R(t)"], 0, "does not declare R"),
    (r"\phi : \mathbb{R} \to (0, \infty)", ["phi(2 * t)"], 0, "arguments of a declaration are symbols"),
    (r"k_w : \mathbb{R}^q \to (0, \infty)", ["k(w, b)"], 0, "k for other arguments"),
]


def test_redeclared_symbol_is_declared() -> None:
    """Only what the block says counts, also where it was said before."""
    after = read(r"b \in \mathbb{R}^q, \qquad F : \mathbb{R} \to \mathbb{R}", notation()).notation
    found = declared(notation(), after)

    assert [symbol.name for symbol in found.symbols] == ["b"]
    assert [function.name for function in found.functions] == ["F"]


@pytest.mark.parametrize(("latex", "sources"), BLOCKS)
def test_snippet_names_what_is_declared(latex: str, sources: list[str]) -> None:
    """In any order."""
    lines = [to_term(typed(source)) for source in sources]

    assert misdeclared(lines, notation(), read(latex, notation()).notation) is None


@pytest.mark.parametrize(("latex", "sources", "line", "said"), SLIPS)
def test_slip_is_seen(latex: str, sources: list[str], line: int | None, said: str) -> None:
    """A missing, a superfluous and a misshapen symbol."""
    lines = [to_term(typed(source)) for source in sources]

    found = misdeclared(lines, notation(), read(latex, notation()).notation)

    assert found is not None
    assert found.line == line
    assert said in found.explanation
