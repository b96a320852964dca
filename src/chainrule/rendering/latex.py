"""What is compared and taken apart of a formula's LaTeX."""

from __future__ import annotations

import re

_LABEL = re.compile(r"\\label\s*\{\s*([^{}]*?)\s*\}")


def key(latex: str) -> str:
    """LaTeX with white space made single: Markdown and the engine may differ in no more."""
    return " ".join(latex.split())


def split_label(latex: str) -> tuple[str | None, str]:
    r"""The label in a block, if there is one, and the block without its ``\label``."""
    found = _LABEL.search(latex)
    if found is None:
        return None, latex.strip()
    return found[1], (latex[: found.start()] + latex[found.end() :]).strip()
