"""Whatever is broken on a site stops the check, with a message at the line that is wrong."""

from __future__ import annotations

import pytest

from tests.site_copy import Break, SiteCopy, on_page

FALL, RIDGE, NOTATION = "docs/fall.md", "docs/ridge.md", "docs/notation.md"
LABELS, SHARED = "docs/labels.txt", "snippets/notation.py"
SPEED, ENERGY = "snippets/fall/speed.py", "snippets/fall/energy.py"
MISFIT, GRADIENT = "snippets/ridge/misfit.py", "snippets/ridge/gradient.py"


MATHEMATICS = {
    "a sign": on_page(
        RIDGE,
        "^\\top (A w - b) \\right)_s\n\\end{aligned}\n\\label{ridge/misfit}",
        "^\\top (A w + b) \\right)_s\n\\end{aligned}\n\\label{ridge/misfit}",
        "refuted",
        "(A w + b)",
    ),
    "an index": on_page(RIDGE, "A_{rs}", "A_{rk}", "refuted", "A_{rk}"),
    "a factor": on_page(FALL, "&= g t\n", "&= 2 g t\n", "refuted", "&= 2 g t"),
    "a swapped fraction": on_page(FALL, "\\frac{g}{2}\\, 2 t", "\\frac{2}{g}\\, 2 t", "refuted", "\\frac{2}{g}\\, 2 t"),
    "a power": on_page(FALL, "\\left( g t \\right)^2", "\\left( g t \\right)^3", "refuted", ")^3"),
    "a dropped transpose": on_page(
        RIDGE, "2 \\left( A^\\top (A w - b) \\right)_s + 2", "2 \\left( A (A w - b) \\right)_s + 2", "shape", "A (A w"
    ),
    "a sum bound": on_page(RIDGE, "\\sum_{k=1}^{q} 2", "\\sum_{k=1}^{p} 2", "shape", "^{p} 2"),
    "two lines swapped": Break(
        RIDGE,
        "\\frac{\\partial}{\\partial w_s} (A w)_r \\\\\n  &= \\sum_{r=1}^{p} 2 \\left( (A w)_r - b_r \\right) A_{rs}",
        "A_{rs} \\\\\n  &= \\sum_{r=1}^{p} 2 \\left( (A w)_r - b_r \\right) \\frac{\\partial}{\\partial w_s} (A w)_r",
        "line-mismatch",
        MISFIT,
        "D(entry(A * w, r), w[s])",
    ),
    "a wrong inline formula": on_page(FALL, "$g f(t) \\ne g t$", "$g f(t) = g t$", "refuted", "common slip"),
    "a true difference": on_page(
        FALL, "$g f(t) \\ne g t$", "$g f(t) \\ne \\frac{1}{2} g^2 t^2$", "refuted", "common slip"
    ),
    "a slip that is none": on_page(FALL, "= \\frac{1}{2} g t\n```", "= g t\n```", "not-rejected", "```rejected"),
    "a wrong shape in the notation": on_page(
        NOTATION, "w \\in \\mathbb{R}^q", "w \\in \\mathbb{R}^p", "line-mismatch", "w \\in"
    ),
    "a symbol that is not declared": on_page(FALL, "&= g t\n", "&= G t\n", "unknown-symbol", "&= G t"),
    "what cannot be read": on_page(FALL, "&= g t\n", "&= g \\clubsuit t\n", "unreadable", "clubsuit"),
    "a line that is defined nowhere": on_page(FALL, "&= g t\n", "&= g t + 0 \\log(-1)\n", "undefined", "log(-1)"),
    "a definition of itself": on_page(FALL, "f(t) := \\frac", "f(t) := f(t) + \\frac", "circular", "f(t) :="),
}
PAGES = {
    "an empty line in a block": on_page(
        FALL, "f(t) := \\frac{g t^2}{2}\n", "f(t) := \\frac{g t^2}{2}\n\n", "not-rendered", "$$"
    ),
    "prose that touches a block": on_page(FALL, "derivative.\n\n", "derivative.\n", "not-rendered", "$$"),
    "an attribute list after a block": on_page(
        FALL, "\\label{fall/depth}\n$$", "\\label{fall/depth}\n$$ { #depth }", "not-rendered", "$$"
    ),
    "an expression without a value": on_page(FALL, "a time $t$", "a time $\\log(-g)$", "undefined", "a time"),
    "a space inside dollars": on_page(FALL, "a time $t$", "a time $ t $", "not-rendered", "a time"),
    "a dollar that is not closed": on_page(FALL, "a time $t$", "a time $t", "not-rendered", "a time"),
    "an equation without a label": on_page(FALL, "\\label{fall/depth}\n", "", "no-label", "$$"),
    "a label of another page": on_page(
        FALL, "\\label{fall/depth}", "\\label{ridge/depth}", "label-name", "ridge/depth"
    ),
    "a label twice": on_page(
        RIDGE, "\\label{ridge/size}", "\\label{ridge/loss}", "duplicate-label", "\\label{ridge/loss}"
    ),
    "a removed label": Break(FALL, "fall/depth", "fall/way", "vanished-label", LABELS, "fall/depth"),
    "a new label": on_page(FALL, "fall/depth", "fall/way", "unregistered-label", "fall/way"),
    "a missing sentence": on_page(FALL, "4. Arrange the factors.\n", "", "sentences", "$$"),
    "a sentence too many": on_page(FALL, "4. Arrange the factors.\n", "4. Arrange.\n5. Enjoy.\n", "sentences", "$$"),
    "a reason that the snippet does not give": on_page(
        FALL, "  &= g t\n", "  &\\underset{\\text{algebra}}{=} g t\n", "rule-mismatch", "algebra"
    ),
}
SNIPPETS = {
    "a line of a snippet": Break(
        SPEED, "        g * t,\n", "        t * g * 2,\n", "line-mismatch", SPEED, "t * g * 2"
    ),
    "a line that has only the same value": Break(
        SPEED, "        g * t,\n", "        g * t + g - g,\n", "line-mismatch", SPEED, "g * t + g - g"
    ),
    "a dropped line": Break(SPEED, "        g * t,\n", "", "line-mismatch", SPEED, "D(f(t), t)"),
    "a rule name": Break(SPEED, "    power_rule,\n", "    linearity,\n", "wrong-rule", FALL, "\\frac{g}{2}\\, 2 t"),
    "a rule that is more than needed": Break(
        ENERGY, '    definition("f"),\n', '    definition("f", "R"),\n', "wrong-rule", FALL, "&= g f(t)"
    ),
    "a rule too few": Break(SPEED, "    cancel,\n)", ")", "rule-count", SPEED, "definition"),
    "the sign of the value": Break(SPEED, "return g * t", "return -g * t", "numbers-disagree", SPEED, "def value"),
    "an index of the value": Break(MISFIT, "2 * A.T @", "2 * A.T[::-1] @", "numbers-disagree", MISFIT, "def value"),
    "a value that overflows": Break(
        SPEED,
        "return g * t",
        "return float(np.exp(t)) / float(np.exp(t)) * g * t",
        "numbers-disagree",
        SPEED,
        "def value",
    ),
    "a snippet that is not Python": Break(SPEED, "because = (", "because = ((", "snippet-broken", SPEED, ""),
    "a snippet without value": Break(SPEED, "def value(", "def worth(", "snippet-broken", SPEED, ""),
    "a name that is not defined": Break(SPEED, "        g * t,\n", "        g * tt,\n", "snippet-broken", SPEED, "tt"),
    "an equation that is not there": Break(
        GRADIENT, '"ridge/size"', '"ridge/sise"', "unknown-label", GRADIENT, "ridge/sise"
    ),
    "a circle": Break(
        MISFIT,
        "import chain_rule, entries, linear_form",
        "import chain_rule, linear_form, using\n\nentries = using('ridge/gradient')",
        "circular",
        GRADIENT,
        "ridge/misfit",
    ),
    "a symbol of another shape": Break(SHARED, 'Vector("w", q)', 'Vector("w", p)', "line-mismatch", NOTATION, "w \\in"),
    "a declaration of something else": Break(
        "snippets/notation/numbers.py",
        "lines = (g, t)",
        "lines = (g,)",
        "line-mismatch",
        NOTATION,
        "g \\in",
    ),
}


@pytest.mark.parametrize("name", MATHEMATICS | PAGES | SNIPPETS)
def test_a_break_is_found_at_its_line(name: str, fixture_site: SiteCopy) -> None:
    fixture_site.suffer((MATHEMATICS | PAGES | SNIPPETS)[name])


def test_the_fixture_site_holds(fixture_site: SiteCopy) -> None:
    assert fixture_site.problems() == []


def test_a_deleted_snippet_is_missed_at_its_equation(fixture_site: SiteCopy) -> None:
    (fixture_site.root / SPEED).unlink()
    (problem,) = fixture_site.problems()
    assert problem.code == "no-snippet"
    assert str(problem.place) == "docs/fall.md:12:1"


def test_a_snippet_without_an_equation_is_an_orphan(fixture_site: SiteCopy) -> None:
    (fixture_site.root / "snippets/fall/sped.py").write_text('"""A typing error."""\n')
    (problem,) = fixture_site.problems()
    assert problem.code == "orphan-snippet"
    assert problem.place.file == "snippets/fall/sped.py"
    assert dict(problem.evidence)["did you mean"] == "fall/speed (snippets/fall/speed.py)"


def test_a_withdrawn_equation_may_keep_its_anchor(fixture_site: SiteCopy) -> None:
    fixture_site.edit(LABELS, "fall/depth\n", "fall/height\nfall/depth\n")
    assert [problem.code for problem in fixture_site.problems()] == ["vanished-label"]
    fixture_site.edit(FALL, "# A falling stone\n", '# A falling stone\n\n<a id="fall/height"></a>\n')
    assert fixture_site.problems() == []
