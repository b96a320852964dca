"""What a check is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """The choices of one check.

    ``snippets`` is false to check the mathematics alone; ``time_limit`` is in seconds, for each
    equation; ``notation`` is a page whose declarations hold first; ``only`` is one label.
    """

    snippets: bool = True
    time_limit: float = 10.0
    notation: Path | None = None
    only: str | None = None
