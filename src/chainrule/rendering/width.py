"""How wide a formula will be, roughly: enough to choose a layout before anything is drawn."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_&]|\S", re.DOTALL)
_STACKED = {r"\frac", r"\dfrac", r"\tfrac", r"\binom", r"\underset", r"\overset", r"\stackrel"}
_NAMES = re.compile(r"\\(?:log|ln|exp|max|min|det|operatorname)\b")
_INVISIBLE = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?|label|,|;|!|:|quad|mathbf|mathrm|boldsymbol|text)")
_SCRIPT = 0.7
_NARROW = set("()[]|,.;:'!ijl")
_SPACED = {"+", "-", "=", "<", ">", r"\cdot", r"\times", r"\le", r"\ge", r"\ne", r"\in", r"\to"}


def width(latex: str) -> float:
    """The width of a formula in letters: the wider half of a fraction counts, scripts count less."""
    total, _ = _group(_TOKEN.findall(latex), 0)
    return total


def _group(tokens: list[str], start: int) -> tuple[float, int]:
    """The width up to the closing brace, and the position after it."""
    total, position = 0.0, start
    while position < len(tokens) and tokens[position] != "}":
        size, position = _item(tokens, position)
        total += size
    return total, position + 1


def _item(tokens: list[str], position: int) -> tuple[float, int]:
    if position >= len(tokens):
        return 0.0, position
    token = tokens[position]
    if token == "{":
        return _group(tokens, position + 1)
    if token in _STACKED:
        upper, position = _item(tokens, position + 1)
        lower, position = _item(tokens, position)
        return max(upper, lower), position
    if token in "^_":
        size, position = _item(tokens, position + 1)
        return _SCRIPT * size, position
    if _NAMES.fullmatch(token):
        return 3.0, position + 1
    if token == "&" or _INVISIBLE.fullmatch(token):
        return 0.0, position + 1
    if token in _SPACED:
        return 1.9, position + 1
    return 0.6 if token in _NARROW else 1.0, position + 1
