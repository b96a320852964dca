"""Where the links of an equation lead, seen from the page that it stands on."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Links:
    """Link targets relative to one page, as Markdown writes them; the site generator resolves them.

    ``page`` is the page's path below the folder of the pages. ``source_url`` is where the files of
    the repository can be read, ending in a slash; without it there are no links to snippets.
    """

    page: str
    checked_page: str
    rules_page: str
    errors_page: str
    source_url: str

    def checked(self) -> str:
        """The page that says how equations are checked."""
        return self._relative(self.checked_page)

    def rule(self, anchor: str) -> str:
        """The section about one rule."""
        return f"{self._relative(self.rules_page)}#{anchor}"

    def error(self, code: str) -> str:
        """The section about one kind of problem."""
        return f"{self._relative(self.errors_page)}#{code}"

    def equation(self, label: str) -> str:
        """An equation, by its label: the first part of a label names its page."""
        page = str(PurePosixPath(label).parent) + ".md"
        return f"#{label}" if page == self.page else f"{self._relative(page)}#{label}"

    def source(self, path: str) -> str | None:
        """A file of the repository."""
        return f"{self.source_url}{path}" if self.source_url else None

    def _relative(self, page: str) -> str:
        return posixpath.relpath(page, posixpath.dirname(self.page) or ".")
