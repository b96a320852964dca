"""The one formatter of messages: where, what, evidence, cure, and the section about the error."""

from __future__ import annotations

from chainrule.results import Problem

_NAME_WIDTH = 14
_LONGEST = 400  # characters of a source line that are shown


def format_problem(problem: Problem, site_url: str = "") -> str:
    """A problem as text; its first line can be clicked in an editor.

    With the address of the site, the last line is the address of the error's section.
    """
    rows = [f"{problem.place}: {problem.what} [{problem.code}]"]
    for name, text in problem.evidence:
        rows += _evidence(name, text)
    if problem.cure:
        rows += _evidence("cure", _sentence(problem.cure))
    if site_url:
        rows += _evidence("see", error_address(problem, site_url))
    return "\n".join(rows)


def error_address(problem: Problem, site_url: str) -> str:
    """Where the site explains this kind of problem."""
    return f"{site_url.rstrip('/')}/errors/#{problem.code}"


def excerpt(text: str, number: int, column: int | None = None, width: int = 1) -> str:
    """A numbered line of a source, and carets below ``width`` characters from ``column`` on."""
    margin = f"{number} │ "
    text, column = _window(text, column)
    if column is None:
        return margin + text
    start = len(margin) + column - 1
    carets = "^" * max(min(width, len(text) - column + 1), 1)
    return f"{margin}{text}\n{' ' * start}{carets}"


def _window(text: str, column: int | None) -> tuple[str, int | None]:
    """The part of a very long line around a column, and where the column is then."""
    if len(text) <= _LONGEST:
        return text, column
    start = max((column or 1) - 1 - _LONGEST // 2, 0)
    before, after = "… " * (start > 0), " …" * (start + _LONGEST < len(text))
    shown = before + text[start : start + _LONGEST] + after
    return shown, None if column is None else column - start + len(before)


def _sentence(text: str) -> str:
    stop = "" if text.endswith((".", "?", "!")) else "."
    return text[0].upper() + text[1:] + stop


def _evidence(name: str, text: str) -> list[str]:
    first, *others = text.split("\n") if text else [""]
    if not name:
        return [f"  {row}" for row in (first, *others)]
    head = f"  {name:<{_NAME_WIDTH}}{first}" if len(name) < _NAME_WIDTH else f"  {name}  {first}"
    return [head, *(" " * (_NAME_WIDTH + 2) + row for row in others)]
