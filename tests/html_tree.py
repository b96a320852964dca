"""HTML as a tree of elements, so that tests can ask about it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as etree

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


def tree(path: Path) -> etree.Element:
    """The tree of an HTML file. Raises ValueError where elements are not properly nested."""
    return tree_of(path.read_text(encoding="utf-8"))


def tree_of(html: str) -> etree.Element:
    """The tree of some HTML, under one element of its own."""
    parser = _Builder()
    parser.feed(html)
    parser.close()
    return parser.root()


def with_class(root: etree.Element, name: str, tag: str = "*") -> list[etree.Element]:
    """The elements of a class, in reading order."""
    return [element for element in root.iter(None if tag == "*" else tag) if has_class(element, name)]


def has_class(element: etree.Element, name: str) -> bool:
    return name in element.get("class", "").split()


def text(element: etree.Element) -> str:
    """All text of an element, white space made single."""
    return " ".join("".join(element.itertext()).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tree = etree.TreeBuilder()
        self._tree.start("document", {})
        self._open: list[str] = []

    def root(self) -> etree.Element:
        if self._open:
            raise ValueError(f"never closed: {self._open}")
        self._tree.end("document")
        return self._tree.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._tree.end(tag)
        else:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise ValueError(f"line {self.getpos()[0]}: </{tag}> closes nothing")
        self._tree.end(tag)

    def handle_data(self, data: str) -> None:
        self._tree.data(data)
