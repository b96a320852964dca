"""This site, broken by hand in many ways: every one stops the check, with a message at the line that is wrong."""

from __future__ import annotations

import pytest

from tests.site_copy import Break, SiteCopy, on_page

COST, GRADIENT, MATRIX, NOTATION = "docs/cost.md", "docs/gradient.md", "docs/matrix.md", "docs/notation.md"
SIGMOID, CHAIN, ERRATA, LABELS = "docs/sigmoid.md", "docs/chain-rule.md", "docs/errata.md", "docs/labels.txt"
FULL, LINEAR, COMPLEMENT = (f"snippets/gradient/{name}.py" for name in ("full", "linear_form", "complement"))
ENTRY, WHOLE, PRODUCT = "snippets/matrix/entry.py", "snippets/matrix/gradient.py", "snippets/chain_rule/product.py"

MATHEMATICS = {
    "a sign": on_page(
        GRADIENT,
        "\\left[ y^{(i)} - h_\\theta(x^{(i)}) \\right] x_j^{(i)} \\\\\n",
        "\\left[ y^{(i)} + h_\\theta(x^{(i)}) \\right] x_j^{(i)} \\\\\n",
        "refuted",
        "y^{(i)} + h_\\theta(x^{(i)}) \\right] x_j",
    ),
    "a sign that the thread dropped": on_page(
        GRADIENT,
        "\\frac{\\partial}{\\partial \\theta_j} \\left(1 - \\sigma(\\theta^\\top x^{(i)})\\right)\n  &= -\\frac",
        "\\frac{\\partial}{\\partial \\theta_j} \\left(1 - \\sigma(\\theta^\\top x^{(i)})\\right)\n  &= \\frac",
        "refuted",
        "&= \\frac{\\partial}{\\partial \\theta_j}\\, \\sigma",
    ),
    "an index": on_page(GRADIENT, "  &= x_j^{(i)}\n\\end", "  &= x_k^{(i)}\n\\end", "refuted", "&= x_k^{(i)}"),
    "an exponent": on_page(GRADIENT, "\\left[ y^{(i)} - y^{(i)} h", "\\left[ y^{i} - y^{(i)} h", "shape", "y^{i}"),
    "a transpose left out": on_page(
        MATRIX, "\\frac{1}{m} \\left( X^\\top", "\\frac{1}{m} \\left( X", "shape", "\\left( X \\left("
    ),
    "a lost mean": on_page(
        MATRIX,
        "&= \\frac{1}{m} \\left( X^\\top",
        "&= \\left( X^\\top",
        "refuted",
        "&= \\left( X^\\top",
    ),
    "a doubled factor": on_page(MATRIX, "&= 2 \\left( X^\\top (X", "&= 4 \\left( X^\\top (X", "refuted", "4 \\left("),
    "a swapped fraction": on_page(
        CHAIN,
        "\\frac{y - h}{h (1 - h)}\n\\end{aligned}\n\\label{chain-rule/outer}",
        "\\frac{h (1 - h)}{y - h}\n\\end{aligned}\n\\label{chain-rule/outer}",
        "undefined",
        "{y - h}",
    ),
    "h for y": on_page(CHAIN, "&= \\frac{y}{h} -", "&= \\frac{h}{h} -", "refuted", "\\frac{h}{h}"),
    "a logarithm's argument": on_page(
        COST,
        "-\\frac{1}{m} \\log L(\\theta)\n",
        "-\\frac{1}{m} \\log(-L(\\theta))\n",
        "undefined",
        "log",
    ),
    "a product for a sum": on_page(
        COST,
        "&= \\sum_{i=1}^{m} \\log p_\\theta",
        "&= \\prod_{i=1}^{m} \\log p_\\theta",
        "refuted",
        "\\prod_{i=1}^{m} \\log",
    ),
    "another definition of the sigmoid": on_page(
        NOTATION,
        "\\sigma(z) := \\frac{1}{1 + e^{-z}}",
        "\\sigma(z) := \\frac{1}{1 + e^{z}}",
        "line-mismatch",
        "\\sigma(z) :=",
    ),
    "a wrong inline formula": on_page(
        ERRATA, "= \\frac{1}{m} X^\\top \\left(", "= \\frac{1}{m + 1} X^\\top \\left(", "refuted", "m + 1"
    ),
    "a slip that is none": on_page(
        ERRATA,
        "= X^T\\left(\\sigma(X\\theta)-y\\right)",
        "= \\frac{1}{m} X^T\\left(\\sigma(X\\theta)-y\\right)",
        "not-rejected",
        "```rejected",
    ),
    "a false variant that is true": on_page(
        GRADIENT,
        "\\ne -\\frac{1}{m} \\sum_{i=1}^{m} \\left[ h",
        "\\ne \\frac{1}{m} \\sum_{i=1}^{m} \\left[ h",
        "refuted",
        "\\ne \\frac{1}{m} \\sum_{i=1}^{m} \\left[ h_\\theta(x^{(i)}) - y",
    ),
    "a wrong shape in the notation": on_page(
        NOTATION, "X \\in \\mathbb{R}^{m \\times n}", "X \\in \\mathbb{R}^{n \\times m}", "line-mismatch", "X \\in"
    ),
    "a wrong domain in the notation": Break(
        NOTATION,
        "y \\in \\{0, 1\\}^m",
        "y \\in \\mathbb{R}^m",
        "numbers-disagree",
        "snippets/notation/labels.py",
        "def value",
    ),
    "a symbol that is not declared": on_page(
        MATRIX,
        "\\frac{1}{m} X^\\top \\left(\\sigma(X\\theta) - y\\right)\n\\label",
        "\\frac{1}{M} X^\\top \\left(\\sigma(X\\theta) - y\\right)\n\\label",
        "unknown-symbol",
        "{M}",
    ),
    "mixed d and ∂": on_page(
        CHAIN, "\\frac{dG}{dh}\n  &=", "\\frac{\\partial G}{dh}\n  &=", "mixed-differentials", "\\partial G"
    ),
}
PAGES = {
    "two lines swapped": Break(
        CHAIN,
        "  &= \\frac{y}{h} - \\frac{1 - y}{1 - h} \\\\\n  &= \\frac{y - h}{h (1 - h)}\n",
        "  &= \\frac{y - h}{h (1 - h)} \\\\\n  &= \\frac{y}{h} - \\frac{1 - y}{1 - h}\n",
        "line-mismatch",
        "snippets/chain_rule/outer.py",
        "/ h - (1 - y)",
    ),
    "a line left out": on_page(
        GRADIENT,
        "  &= \\sum_{k=1}^{n} x_k^{(i)} \\frac{\\partial \\theta_k}{\\partial \\theta_j} \\\\\n",
        "",
        "sentences",
        "$$",
    ),
    "an equation without a label": on_page(MATRIX, "\\label{matrix/gradient}\n", "", "no-label", "$$"),
    "a label twice": on_page(
        MATRIX, "\\label{matrix/entry}", "\\label{matrix/gradient}", "duplicate-label", "\\label{matrix/gradient}"
    ),
    "a removed label": Break(
        MATRIX, "\\label{matrix/entry}", "\\label{matrix/one-entry}", "vanished-label", LABELS, "matrix/entry"
    ),
    "a label of another page": on_page(
        MATRIX, "\\label{matrix/entry}", "\\label{gradient/entry}", "label-name", "gradient/entry"
    ),
    "a block with an empty line": on_page(
        CHAIN, "\\begin{aligned}\n\\frac{dG}{dh}\n", "\\begin{aligned}\n\n\\frac{dG}{dh}\n", "not-rendered", "$$"
    ),
    "a block that prose touches": on_page(
        CHAIN, "label being fixed.\n\n", "label being fixed.\n", "not-rendered", "$$"
    ),
    "an inline formula with a space": on_page(CHAIN, "The score $z$", "The score $ z $", "not-rendered", "$ z $"),
    "a sentence left out": on_page(
        GRADIENT, "12. Take the minus sign into the bracket, which turns the difference round.\n", "", "sentences", "$$"
    ),
}
SNIPPETS = {
    "a rule name": Break(
        FULL,
        "    distribute,\n    cancel,\n",
        "    cancel,\n    cancel,\n",
        "wrong-rule",
        GRADIENT,
        "+ y^{(i)} h_\\theta(x^{(i)}) \\right] x_j",
    ),
    "a rule that is more than needed": Break(
        LINEAR,
        "import entries, linear_form, linearity",
        "import chain_rule as linearity, entries, linear_form",
        "wrong-rule",
        GRADIENT,
        "\\partial \\theta_k",
    ),
    "a rule too many": Break(FULL, "because = (\n", "because = (\n    linearity,\n", "rule-count", FULL, "linearity,"),
    "a line of a snippet": on_page(
        FULL, "minus_mean((y[i] - p) * x[i, j]),", "minus_mean((y[i] + p) * x[i, j]),", "line-mismatch", "(y[i] + p)"
    ),
    "a line that SymPy would simplify": on_page(
        FULL, "(y[i] - y[i] * p - p + y[i] * p)", "(y[i] - p)", "line-mismatch", "(y[i] - p)"
    ),
    "the sign of the NumPy gradient": on_page(
        FULL, "(sigmoid(X @ theta) - y)", "(y - sigmoid(X @ theta))", "numbers-disagree", "def value"
    ),
    "a mean lost in NumPy": on_page(WHOLE, "X.T @ errors / len(y)", "X.T @ errors", "numbers-disagree", "def value"),
    "NumPy that overflows": Break(
        "snippets/notation.py", "np.exp(-np.abs(z))", "np.exp(z)", "numbers-disagree", FULL, "def value"
    ),
    "a snippet that is not Python": on_page(FULL, "because = (\n", "because = [\n", "snippet-broken", ""),
    "a name that is not imported": on_page(
        LINEAR, "import entries, linear_form, linearity", "import entries, linear_form", "snippet-broken", "linearity"
    ),
    "an equation that is not there": on_page(
        ENTRY, '"matrix/hypothesis"', '"matrix/hypotheses"', "unknown-label", "hypotheses"
    ),
}


@pytest.mark.parametrize("name", MATHEMATICS | PAGES | SNIPPETS)
def test_a_break_is_found_at_its_line(name: str, site: SiteCopy) -> None:
    site.suffer((MATHEMATICS | PAGES | SNIPPETS)[name])


def test_a_deleted_snippet_is_missed_at_its_equation(site: SiteCopy) -> None:
    (site.root / FULL).unlink()
    status, out, _ = site.run("check")
    assert status == 1
    assert f"{GRADIENT}:" in out
    assert "gradient/full has no snippet [no-snippet]" in out


def test_the_copy_holds_as_long_as_nothing_is_broken(site: SiteCopy) -> None:
    assert site.problems() == []
