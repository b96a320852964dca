"""Pages are read as Markdown renders them, and every place in them is exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.pages import Block, Inline, Page, page_from_bytes, page_from_text, read_page
from chainrule.settings import Settings, settings_for


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A folder without a ``mkdocs.yml``: the usual extensions."""
    return settings_for(tmp_path_factory.mktemp("alone"))


def page_of(text: str, settings: Settings) -> Page:
    return page_from_text(text, "page.md", settings)


def only_block(text: str, settings: Settings) -> Block:
    page = page_of(text, settings)
    assert page.problems == ()
    (block,) = page.blocks
    return block


PLAIN = """A stone falls.

$$
v = g t \\label{fall/speed}
$$
"""
IN_LIST = """- first

    $$
    v = g t \\label{fall/speed}
    $$
"""
IN_QUOTE = """> Newton:
>
> $$
> v = g t \\label{fall/speed}
> $$
"""
IN_ADMONITION = """!!! note

    $$
    v = g t \\label{fall/speed}
    $$
"""
IN_TAB = """=== "Metres"

    $$
    v = g t \\label{fall/speed}
    $$
"""
WITH_FRONT_MATTER = """---
title: $x$
---

$$
v = g t \\label{fall/speed}
$$
"""
PLACES = {
    "plain": (PLAIN, 1),
    "list": (IN_LIST, 5),
    "quote": (IN_QUOTE, 3),
    "admonition": (IN_ADMONITION, 5),
    "tab": (IN_TAB, 5),
    "front matter": (WITH_FRONT_MATTER, 1),
}


@pytest.mark.parametrize(("text", "column"), PLACES.values(), ids=PLACES)
def test_a_token_is_found_at_its_line_and_column(text: str, column: int, settings: Settings) -> None:
    block = only_block(text, settings)
    offset = block.latex.index("g t")
    place = block.origin.place(offset)
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith("g t")
    assert place.column == column + len("v = ")
    assert text.split("\n")[block.place.line - 1].strip("> ") == "$$"
    assert block.place.column == column


@pytest.mark.parametrize(("text", "column"), PLACES.values(), ids=PLACES)
def test_the_label_is_found_and_blanked_out(text: str, column: int, settings: Settings) -> None:
    block = only_block(text, settings)
    assert block.label == "fall/speed"
    assert "label" not in block.latex
    (place,) = block.label_places
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith("\\label")


def test_a_relation_sign_at_the_start_of_a_quoted_line_stays(settings: Settings) -> None:
    block = only_block("> $$\n> y\n> > 3\n> $$\n", settings)
    assert block.latex == "\ny\n> 3\n"


def test_windows_line_ends_and_a_byte_order_mark_change_no_place(settings: Settings) -> None:
    data = b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode()
    (block,) = page_from_bytes(data, "page.md", settings).blocks
    assert (block.place.line, block.end_line) == (3, 5)


DROPPED = {
    "empty line inside": ("$$\na\n\nb\n$$\n", 1, 1, "empty line inside"),
    "prose above": ("Text\n$$\na\n$$\n", 2, 1, "no empty line before"),
    "prose below": ("$$\na\n$$\nText\n", 1, 1, "no empty line after"),
    "attribute list": ("$$\na\n$$ { #id }\n", 1, 1, "attribute list"),
    "attribute list below": ("$$\na\n$$\n{: #id }\n", 1, 1, "attribute list"),
    "inside a sentence": ("See $$a$$ here.\n", 1, 5, "other text"),
    "indented as code": ("Text\n\n    $$\n    a\n    $$\n", 3, 5, "four columns"),
    "raw HTML": ("<div>\n$$\na\n$$\n</div>\n", 2, 1, "no empty line before"),
    "spaces inside dollars": ("So $ a $ is.\n", 1, 4, "a space just inside"),
    "bar in a table": ("| a |\n|---|\n| $|a|$ |\n", 3, 3, "a bar inside a table"),
}


@pytest.mark.parametrize(("text", "line", "column", "cause"), DROPPED.values(), ids=DROPPED)
def test_what_markdown_drops_is_a_problem_with_its_cause(
    text: str, line: int, column: int, cause: str, settings: Settings
) -> None:
    page = page_of(text, settings)
    assert page.parts == ()
    (problem,) = page.problems
    assert problem.code == "not-rendered"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert cause in dict(problem.evidence)["cause"]
    assert problem.cure


def test_a_dropped_block_does_not_hide_the_next_one(settings: Settings) -> None:
    page = page_of("Text\n$$\na\n$$\n\n$$\na\n$$\n", settings)
    assert [problem.place.line for problem in page.problems] == [2]
    assert [block.place.line for block in page.blocks] == [6]


STRAY = {
    "a block that is not closed": ("$$\na\n\n$$\nb\n$$\n", 1, "not closed"),
    "a dollar that is not closed": ("It costs $5.\n", 1, "opens no formula"),
    "an environment that is not closed": ("A\n\n\\begin{align}\na\n", 3, "in no block"),
    "an environment in a sentence": ("So \\begin{align} a \\end{align}.\n", 1, "in no block"),
}


@pytest.mark.parametrize(("text", "line", "what"), STRAY.values(), ids=STRAY)
def test_what_opens_no_formula_is_a_problem(text: str, line: int, what: str, settings: Settings) -> None:
    (problem,) = page_of(text, settings).problems
    assert problem.place.line == line
    assert what in problem.what


QUIET = {
    "escaped": "It costs \\$5 and \\$6.\n",
    "code span": "Write `$x$` or ``$`$``.\n",
    "fence": "```\n$x$\n$$\n```\n",
    "fence in a list": "- a\n\n    ```tex\n    $$x$$\n    ```\n",
    "tilde fence": "~~~\n$x\n~~~\n",
    "comment": "<!-- $x$ and $$ -->\n",
    "script": "<script>let a = `$5`;</script>\n",
    "escaped brackets": "A \\[note\\] and \\(this).\n",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_is_no_formula_is_left_alone(text: str, settings: Settings) -> None:
    page = page_of(text, settings)
    assert page.parts == ()
    assert page.problems == ()


def test_other_delimiters_are_read_as_well(settings: Settings) -> None:
    text = "\\[ a \\]\n\n\\begin{align}\nb\n\\end{align}\n\nSo \\(c\\) is.\n"
    page = page_of(text, settings)
    assert page.problems == ()
    assert [part.latex.strip() for part in page.parts] == [
        "a",
        "\\begin{align}\nb\n\\end{align}",
        "c",
    ]


def test_inline_formulas_are_counted_as_they_are_rendered(settings: Settings) -> None:
    page = page_of("A[^1] $b$ and\n$c$.\n\n[^1]: Note $a$.\n", settings)
    assert page.problems == ()
    assert {part.latex: part.occurrence for part in page.inlines} == {"b": 0, "c": 1, "a": 2}


def test_a_formula_from_another_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Falling\n"
        "markdown_extensions:\n"
        "  - pymdownx.arithmatex:\n      generic: true\n"
        "  - pymdownx.snippets:\n      base_path: [parts]\n"
        "  - pymdownx.superfences:\n      custom_fences:\n"
        "        - name: plot\n          class: plot\n"
        "          format: !!python/name:no.such.function\n"
    )
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "law.md").write_text("So $v = g t$.\n")
    page = page_from_text('--8<-- "law.md"\n', "page.md", settings_for(tmp_path))
    (problem,) = page.problems
    assert problem.what.startswith("Markdown shows a formula that does not stand in this file")


def test_an_extension_that_fails_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [no_such_extension]\n")
    (problem,) = page_from_text("Text\n", "page.md", settings_for(tmp_path)).problems
    assert "none of it was checked" in problem.what
    assert "no_such_extension" in dict(problem.evidence)["reason"]


SENTENCES = {
    "tight": ("$$\na\n$$\n\n1. One.\n2. Two\n   lines.\n", ("One.", "Two lines.")),
    "loose": ("$$\na\n$$\n\n1. One.\n\n2. Two.\n\nEnd.\n", ("One.", "Two.")),
    "in a list": ("- x\n\n    $$\n    a\n    $$\n\n    1. One.\n    2. Two.\n", ("One.", "Two.")),
    "nested list": ("$$\na\n$$\n\n1. One.\n    1. Inner.\n2. Two.\n", ("One. 1. Inner.", "Two.")),
    "prose between": ("$$\na\n$$\n\nSo:\n\n1. One.\n", ()),
    "bullets": ("$$\na\n$$\n\n- One.\n", ()),
    "outside the list": ("- x\n\n    $$\n    a\n    $$\n\n1. One.\n", ()),
}


@pytest.mark.parametrize(("text", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_sentences_are_the_ordered_list_directly_below(
    text: str, sentences: tuple[str, ...], settings: Settings
) -> None:
    assert only_block(text, settings).sentences == sentences


def test_a_rejected_fence_keeps_its_latex_and_place(settings: Settings) -> None:
    page = page_of("- a\n\n    ```rejected\n    \\frac{a\n    ```\n", settings)
    (fence,) = page.rejected
    assert fence.latex == "\\frac{a"
    assert (fence.place.line, fence.place.column) == (3, 1)
    assert fence.origin.place(1).column == 6


def test_parts_come_in_reading_order(settings: Settings) -> None:
    page = page_of("$a$\n\n$$\nb\n$$\n\n$c$\n\n```rejected\nd\n```\n", settings)
    kinds = [type(part).__name__ for part in page.parts]
    assert kinds == ["Inline", "Block", "Inline", "Rejected"]
    assert isinstance(page.parts[0], Inline)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "folder.md").mkdir()
    (problem,) = read_page(tmp_path / "folder.md", settings).problems
    assert problem.what == "this file cannot be read: Is a directory"


BYTES = {
    "latin-1": (b"caf\xe9\n", 1, 4, "0xe9"),
    "nul": (b"a\n$$\nx\x00\n$$\n", 3, 2, "0x00"),
    "stx": (b"\x02", 1, 1, "0x02"),
}


@pytest.mark.parametrize(("data", "line", "column", "byte"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_text_is_a_problem(
    data: bytes, line: int, column: int, byte: str, settings: Settings
) -> None:
    (problem,) = page_from_bytes(data, "page.md", settings).problems
    assert problem.code == "encoding"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert byte in problem.what
