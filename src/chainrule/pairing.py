"""Page and snippet belong together: labels, their snippets, and the sentences under a chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

from chainrule.pages import Block, Page
from chainrule.results import Place, Problem
from chainrule.settings import Settings

_LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")


def snippet_path(label: str) -> str:
    """The snippet of a label, from the root of the site: ``snippets/gradient/chain_rule.py``."""
    return f"snippets/{label.replace('-', '_')}.py"


def label_problems(page: Page, settings: Settings) -> dict[Block, list[Problem]]:
    """Blocks without a label, with two, or with one that does not name its page."""
    found = {block: _label_problems(block, page, settings) for block in page.blocks}
    return {block: problems for block, problems in found.items() if problems}


def duplicates(pages: Sequence[Page]) -> dict[Block, Problem]:
    """Blocks whose label another block had before them."""
    first: dict[str, Place] = {}
    found: dict[Block, Problem] = {}
    for block in (block for page in pages for block in page.blocks if block.label):
        label, place = block.label or "", block.label_places[0]
        if label in first:
            what = f"the label {label} stands twice"
            evidence = (("first", str(first[label])),)
            cure = "give this equation a label of its own, named after its idea"
            found[block] = Problem(place, what, "duplicate-label", evidence, cure)
        first.setdefault(label, place)
    return found


def missing_snippet(block: Block, settings: Settings) -> Problem | None:
    """The problem of an equation that has no snippet."""
    if block.label is None or (settings.root / snippet_path(block.label)).is_file():
        return None
    return Problem(
        block.place,
        f"{block.label} has no snippet",
        "no-snippet",
        (("expected", snippet_path(block.label)),),
        f"write it; `chainrule new {block.place.file} {block.label}` makes a first draft",
    )


def orphans(pages: Sequence[Page], settings: Settings) -> list[Problem]:
    """Snippets that belong to no equation. Modules directly in ``snippets`` are shared by all."""
    labels = {block.label for page in pages for block in page.blocks if block.label}
    labels |= {label for page in pages for label in page.lost_labels}
    expected = {snippet_path(label) for label in labels}
    folder = settings.root / "snippets"
    return [
        _orphan(path.relative_to(settings.root).as_posix(), labels)
        for path in sorted(folder.glob("*/**/*.py"))
        if path.name != "__init__.py" and path.relative_to(settings.root).as_posix() not in expected
    ]


def sentence_problem(block: Block, steps: int) -> list[Problem]:
    """The problem of a chain whose sentences are not as many as its steps.

    A single step needs no sentence; a chain of two or more has one for each.
    """
    if steps < 2 or len(block.sentences) == steps:
        return []
    place = Place(block.place.file, block.end_line)
    what = f"{block.label or 'this equation'} has {steps} steps and {len(block.sentences)} sentences"
    cure = "write an ordered list directly below the block, one plain sentence for each step"
    return [Problem(place, what, "sentences", cure=cure)]


def _label_problems(block: Block, page: Page, settings: Settings) -> list[Problem]:
    if block.label is None:
        what, cure = "this equation has no label", f"add {_suggestion(page, settings)} to it"
        return [Problem(block.place, what, "no-label", cure=cure)]
    problems = []
    if len(block.label_places) > 1:
        what, cure = "this equation has two labels", "keep the one that was published first"
        problems.append(Problem(block.label_places[1], what, "duplicate-label", cure=cure))
    prefix = _prefix(page, settings)
    if not _LABEL.fullmatch(block.label) or not block.label.startswith(prefix):
        problems.append(
            Problem(
                block.label_places[0],
                f"the label {block.label} is not of the form {prefix}name-of-the-idea",
                "label-name",
                cure="use the page's name, a slash, then small letters, digits and hyphens",
            )
        )
    return problems


def _prefix(page: Page, settings: Settings) -> str:
    folder = settings.name(settings.docs)
    return page.file.removeprefix(f"{folder}/").removesuffix(".md") + "/"


def _suggestion(page: Page, settings: Settings) -> str:
    return f"\\label{{{_prefix(page, settings)}name-of-the-idea}}"


def _orphan(path: str, labels: set[str]) -> Problem:
    label = str(PurePosixPath(path).relative_to("snippets").with_suffix("")).replace("_", "-")
    near = get_close_matches(label, labels, n=1)
    return Problem(
        Place(path, 1),
        f"this snippet belongs to no equation: no page has the label {label}",
        "orphan-snippet",
        (("did you mean", f"{near[0]} ({snippet_path(near[0])})"),) if near else (),
        "move it to the path of its equation's label, or delete it",
    )
