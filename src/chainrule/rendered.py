"""What Python-Markdown really makes of a page: the formulas in its HTML, in their order."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from chainrule.scanning import Kind
from chainrule.settings import Settings

if TYPE_CHECKING:
    from markdown import Markdown


class RenderingError(Exception):
    """Markdown, or one of the site's extensions, failed on a page."""


def rendered_formulas(text: str, settings: Settings) -> list[tuple[Kind, str]]:
    """The formulas of a page as the site shows them: how each is set, and its LaTeX.

    Raises RenderingError where Markdown or an extension of the site fails.
    """
    found = _Formulas()
    # Extensions are other people's code: whatever they raise is a problem of this page, no more.
    try:
        found.feed(_markdown_for(_Key(settings)).reset().convert(text))
    except Exception as error:
        raise RenderingError(f"{type(error).__name__}: {error}") from error
    found.close()
    return found.formulas


class _Key:
    """Settings as a key: made once for a site, so identity is enough."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.settings == other.settings

    def __hash__(self) -> int:
        return hash(self.settings.root)


@cache
def _markdown_for(key: _Key) -> Markdown:
    from markdown import Markdown

    settings = key.settings
    return Markdown(extensions=list(settings.extensions), extension_configs=settings.options)


class _Formulas(HTMLParser):
    """Collects the text of the elements of class ``arithmatex``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.formulas: list[tuple[Kind, str]] = []
        self._text: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._text is None and "arithmatex" in (dict(attrs).get("class") or "").split():
            self._text, self._tag = [], tag

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._text is not None and tag == self._tag:
            wrapped = "".join(self._text).strip()
            kind = Kind.BLOCK if wrapped.startswith("\\[") else Kind.INLINE
            self.formulas.append((kind, wrapped[2:-2]))
            self._text = None
