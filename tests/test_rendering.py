"""The Markdown extension under plain Python-Markdown, on a report made by hand about another subject."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as etree

import pytest
from markdown import markdown

from chainrule import markdown_extension
from chainrule.results import (
    EquationResult,
    InlineResult,
    LineResult,
    PageReport,
    Place,
    Problem,
    RejectedResult,
    RuleNote,
    StepResult,
    Verdict,
)
from tests.html_tree import text, tree_of, with_class

PLACE = Place("docs/fall.md", 3)
FLAW = Problem(PLACE, "step 1 → 2 does not follow", "refuted", (("witness", "t = 1"),), "mend it")
FALL = r"""# A falling stone

$$
\begin{aligned}
v(t) &= \frac{d}{dt}\, s(t) \\
     &= g t < c
\end{aligned}
\label{fall/speed}
$$

1. The speed is the derivative of the *way*, which is $s(t)$.
2. Differentiate the square.

And so on.
"""


def lines(*latex: str) -> tuple[LineResult, ...]:
    first, *others = latex
    return (LineResult(first, PLACE), *(LineResult(line, PLACE, "&=") for line in others))


def speed(verdict: Verdict = Verdict.PROVED, problem: Problem | None = None) -> EquationResult:
    rules = (RuleNote("definition of v", "definition"), RuleNote("using fall/way", "using", ("fall/way",)))
    return EquationResult(
        label="fall/speed",
        place=PLACE,
        end_line=9,
        verdict=verdict,
        lines=lines("v(t)", r"\frac{d}{dt}\, s(t)", "g t < c"),
        steps=(
            StepResult(1, PLACE, "=", Verdict.PROVED, rules[0]),
            StepResult(2, PLACE, "=", verdict, rules[1], problem=problem),
        ),
        sentences=("The speed …", "Differentiate the square."),
        snippet="snippets/fall/speed.py",
    )


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Render Markdown with a report; the project's folder has one snippet."""
    snippet = tmp_path / "snippets/fall/speed.py"
    snippet.parent.mkdir(parents=True)
    snippet.write_text("lines = [v(t) < 2]\n", encoding="utf-8")

    def rendered(source: str, *equations: EquationResult, **found: tuple[object, ...]) -> etree.Element:
        report = PageReport("docs/fall.md", equations, **found)  # type: ignore[arg-type]
        monkeypatch.setattr(markdown_extension, "report_for", lambda page: report)
        extensions = ["pymdownx.superfences", "pymdownx.arithmatex", "chainrule"]
        options = {"root": str(tmp_path), "source_url": "https://example.org/blob/"}
        configs = {"pymdownx.arithmatex": {"generic": True}, "chainrule": options}
        return tree_of(markdown(source, extensions=extensions, extension_configs=configs))

    return rendered


def test_every_line_has_an_anchor_and_its_own_formula(show) -> None:
    page = show(FALL, speed())
    (figure,) = with_class(page, "equation", "figure")
    assert figure.get("id") == "fall/speed"
    assert figure.get("data-verdict") == "proved"
    rows = with_class(figure, "chain-line", "li")
    assert [row.get("id") for row in rows] == ["fall/speed/1", "fall/speed/2", "fall/speed/3"]
    assert [text(formula) for formula in with_class(figure, "arithmatex", "div")] == [
        r"\[ v(t) \]",
        r"\[ {} = \frac{d}{dt}\, s(t) \]",
        r"\[ {} = g t < c \]",
    ]


def test_sentences_move_into_the_chain_with_their_formulas(show) -> None:
    page = show(FALL, speed())
    sentences = with_class(page, "chain-sentence")
    assert [text(sentence) for sentence in sentences] == [
        r"The speed is the derivative of the way, which is \(s(t)\).",
        "Differentiate the square.",
    ]
    assert [child.tag for child in sentences[0]] == ["em", "span"]
    assert len(list(page.iter("ol"))) == 1
    assert text(page).endswith("And so on.")


def test_rules_and_the_equations_they_use_are_linked(show) -> None:
    rules = with_class(show(FALL, speed()), "chain-rule")
    assert [text(rule) for rule in rules] == ["definition of v", "using fall/way"]
    assert [link.get("href") for rule in rules for link in rule.iter("a")] == [
        "rules.md#definition",
        "rules.md#using",
        "#fall/way",
    ]


def test_the_caption_says_what_was_found_and_links_to_the_snippet(show) -> None:
    (caption,) = show(FALL, speed()).iter("figcaption")
    assert text(caption) == "Proved for all sizes and values fall/speed snippet’s source"
    assert [link.get("href") for link in caption] == [
        "how-it-is-checked.md",
        "#fall/speed",
        "https://example.org/blob/snippets/fall/speed.py",
    ]


def test_the_snippet_is_shown_whole_and_highlighted(show) -> None:
    (code,) = show(FALL, speed()).iter("code")
    assert "".join(code.itertext()) == "lines = [v(t) < 2]\n"
    assert list(code)


def test_a_refuted_step_is_shown_with_its_message(show) -> None:
    page = show(FALL, speed(Verdict.REFUTED, FLAW))
    (figure,) = with_class(page, "equation", "figure")
    assert figure.get("data-verdict") == "refuted"
    (row,) = [row for row in with_class(figure, "chain-line") if row.get("data-verdict")]
    assert row.get("id") == "fall/speed/3"
    (box,) = with_class(row, "chainrule-problem")
    assert "step 1 → 2 does not follow" in text(box)
    assert "t = 1" in text(box)
    assert [link.get("href") for link in box.iter("a")] == ["errors.md#refuted"]


def test_an_unreadable_equation_is_shown_as_it_stands(show) -> None:
    broken = EquationResult("fall/way", PLACE, 5, Verdict.UNREADABLE, problems=(FLAW,))
    page = show("$$\ns = \\sinh(t) & 1\n\\label{fall/way}\n$$\n", broken)
    assert [text(formula) for formula in with_class(page, "arithmatex")] == [r"\[ s = \sinh(t) & 1 \]"]
    assert len(with_class(page, "chainrule-problem")) == 1


def test_an_equation_without_a_label_is_shown_with_its_message(show) -> None:
    nameless = EquationResult(None, PLACE, 3, Verdict.UNREADABLE, problems=(FLAW,))
    (figure,) = with_class(show("$$\na = b\n$$\n", nameless), "equation", "figure")
    assert figure.get("id") is None
    assert len(with_class(figure, "chainrule-problem")) == 1


def test_a_wrong_variant_is_followed_by_its_witness(show) -> None:
    values = {"t": "-1", "left": "2", "right": "3"}
    wrong = InlineResult(0, r"2 t \ne 3 t", PLACE, Verdict.PROVED, witness=values)
    (paragraph,) = show(r"Not so: $2 t \ne 3 t$, as you see.", inlines=(wrong,)).iter("p")
    assert text(paragraph) == r"Not so: \(2 t \ne 3 t\) (t = −1: left 2, right 3), as you see."
    assert len(with_class(paragraph, "witness", "small")) == 1


def test_a_false_inline_formula_is_marked(show) -> None:
    false = InlineResult(0, "1 = 2", PLACE, Verdict.REFUTED, problems=(FLAW,))
    (paragraph,) = show("It is said that $1 = 2$ here.", inlines=(false,)).iter("p")
    assert with_class(paragraph, "arithmatex")[0].get("data-verdict") == "refuted"
    assert text(paragraph).endswith("step 1 → 2 does not follow here.")


def test_a_quoted_slip_is_followed_by_the_engine_s_message(show) -> None:
    slip = RejectedResult("y^{i} < 1", PLACE, Verdict.UNREADABLE, "a power, not <an example>")
    page = show("```rejected\ny^{i} < 1\n```\n", rejected=(slip,))
    code, message = page.iter("pre")
    assert text(code) == "y^{i} < 1"
    assert text(message) == "a power, not <an example>"


def test_other_fences_stay_what_they_are(show) -> None:
    page = show("````markdown\n```rejected\ny\n```\n````\n\n```python\nx = 1\n```\n")
    assert [text(code) for code in page.iter("code")] == ["```rejected y ```", "x = 1"]


def test_problems_of_the_page_stand_at_its_top(show) -> None:
    page = show("Some text.", problems=(FLAW,))
    assert text(page).startswith("docs/fall.md:3:1: step 1 → 2 does not follow")
