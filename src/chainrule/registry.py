"""The registry of labels: every label ever published, one a line, so that no address is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chainrule.pages import Block, Page
from chainrule.results import Place, Problem
from chainrule.settings import Settings

FILE = "labels.txt"


def registry_problems(pages: Sequence[Page], settings: Settings) -> list[Problem]:
    """Published labels that are gone, and labels that were never entered."""
    path = settings.docs / FILE
    name = settings.name(path)
    blocks = {block.label: block for page in pages for block in page.blocks if block.label}
    if not path.is_file():
        return [_no_registry(name)] if blocks else []
    listed = _listed(path)
    gone = [
        _vanished(Place(name, line), label)
        for label, line in listed.items()
        if label not in blocks and not any(_keeps_anchor(page, label) for page in pages)
    ]
    new = [_unregistered(block, name) for label, block in blocks.items() if label not in listed]
    return [*new, *gone]


def register(label: str, settings: Settings) -> None:
    """Enter a label at the end of the registry, unless it is there."""
    path = settings.docs / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if label not in text.split("\n"):
        separator = "" if not text or text.endswith("\n") else "\n"
        path.write_text(f"{text}{separator}{label}\n", encoding="utf-8")


def _listed(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")  # a torn line is no label, and is reported
    return {line.strip(): number for number, line in enumerate(lines, start=1) if line.strip()}


def _keeps_anchor(page: Page, label: str) -> bool:
    """Whether a page has an anchor of that name for an equation that was withdrawn.

    An equation that Markdown does not show has a message of its own.
    """
    name = re.escape(label)
    anchor = rf"""\bid=["']{name}["']|\{{[^}}\n]*#{name}(?=[\s}}])"""
    return label in page.lost_labels or re.search(anchor, page.text) is not None


def _no_registry(name: str) -> Problem:
    return Problem(
        Place(name, 1),
        "there is no registry of labels",
        "unregistered-label",
        cure=f"make {name} with one label a line; `chainrule new PAGE LABEL` does it",
    )


def _vanished(place: Place, label: str) -> Problem:
    return Problem(
        place,
        f"the label {label} was published and has vanished",
        "vanished-label",
        cure=(
            "put the label back, or keep its anchor on the page that the equation stood on, with "
            f'a note on why it was withdrawn: <span id="{label}"></span>'
        ),
    )


def _unregistered(block: Block, name: str) -> Problem:
    return Problem(
        block.label_places[0],
        f"the label {block.label} is not in the registry",
        "unregistered-label",
        cure=f"add the line {block.label} at the end of {name}",
    )
