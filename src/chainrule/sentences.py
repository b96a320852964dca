"""The plain sentences under an equation: the ordered list directly below it."""

from __future__ import annotations

import re

from chainrule.positions import Source

_ITEM = re.compile(r"^(?P<margin>[ \t>]*)\d+[.)][ \t]+(?P<text>.*)$")


def sentences_below(source: Source, end_line: int) -> tuple[str, ...]:
    """The Markdown of each item of the ordered list below a line; empty where none follows.

    The list must begin in the same list, admonition or block quote as the line stands in.
    """
    number = _next_text(source, end_line + 1)
    first = _ITEM.match(source.line(number))
    if first is None or _width(first["margin"]) != _width(_indentation(source.line(end_line))):
        return ()
    items: list[list[str]] = []
    while number <= len(source.starts):
        line = source.line(number)
        item = _ITEM.match(line)
        if item is not None and _width(item["margin"]) == _width(first["margin"]):
            items.append([item["text"]])
        elif _blank(line):
            following = source.line(_next_text(source, number))
            if not _continues(following, first["margin"]):
                break
        else:
            items[-1].append(line.strip(" \t>"))
        number += 1
    return tuple(" ".join(part for part in item if part).strip() for item in items)


def _continues(line: str, margin: str) -> bool:
    """Whether a line after a blank one still belongs to the list."""
    item = _ITEM.match(line)
    if item is not None:
        return _width(item["margin"]) >= _width(margin)
    return bool(line.strip()) and _width(_indentation(line)) >= _width(margin) + 4


def _next_text(source: Source, number: int) -> int:
    while number <= len(source.starts) and _blank(source.line(number)):
        number += 1
    return number


def _blank(line: str) -> bool:
    return not line.strip(" \t>")


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t>"))]


def _width(margin: str) -> int:
    return len(margin.expandtabs(4))
