"""Snippets: the modules that are paired with equations, loaded and checked for their form.

A snippet defines three names:

``lines``
    the equation in SymPy, one expression for each line of the page, written under ``with evaluate(False):``. For a
    declaration, what is declared: ``(m, n)``, ``(theta,)``, a member of a family ``(x[i],)``, a function at its
    arguments ``(h(theta, x),)``.
``because``
    one rule for each relation of the page except ``:=``; so ``()`` for a definition or a declaration.
``value``
    a NumPy function of the same quantity. It is called by keyword: each parameter names a symbol of the notation
    (``x`` where there is no symbol x: the whole family, one member per row); indices count from 1. It gives the last
    line of the chain; an index of the equation that is not a parameter is an axis of the result. For a declaration it
    tells whether its arguments belong to what is declared.
"""

from __future__ import annotations

import ast
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sympy

from chainrule.results import Place, Problem
from chainrule.rules import Rule

FOLDER = "snippets"
PARTS = {
    "lines": "a tuple of SymPy expressions, one for each line of the equation",
    "because": "a tuple of rules, one for each step",
    "value": "a NumPy function of the same quantity",
}


@dataclass(frozen=True)
class Snippet:
    """A snippet as it was loaded. ``path`` is relative to the project; the places point at the entries' source."""

    path: str
    docstring: str
    lines: tuple[Any, ...]
    because: tuple[Rule, ...]
    value: Callable[..., Any]
    line_places: tuple[Place, ...]
    because_places: tuple[Place, ...]
    value_place: Place


class Broken(Exception):
    """A snippet that is not of the form; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def load(path: Path, root: Path) -> Snippet | Problem:
    """The snippet at ``path`` in the project at ``root``; what is wrong with it comes back as a problem."""
    name = path.relative_to(root).as_posix()
    try:
        return _load(_source(path, name), path, name, root)
    except Broken as broken:
        return broken.problem


def load_text(source: str, path: Path, root: Path) -> Snippet | Problem:
    """The snippet that would be at ``path`` if its file held ``source``."""
    try:
        return _load(source, path, path.relative_to(root).as_posix(), root)
    except Broken as broken:
        return broken.problem


def _load(source: str, path: Path, name: str, root: Path) -> Snippet:
    tree = _parsed(source, name)
    with _modules_of(root):
        scope = _run(source, path, name)
    where = _Where(tree, name)
    for part, meaning in PARTS.items():
        if part not in scope:
            raise _broken(Place(name, 1), f"the snippet does not define {part}", f"Define {part}: {meaning}.")
    return Snippet(
        path=name,
        docstring=ast.get_docstring(tree) or "",
        lines=_checked(scope["lines"], "lines", where, _is_expression),
        because=_checked(scope["because"], "because", where, _is_rule),
        value=_function(scope["value"], where),
        line_places=where.entries("lines", len(scope["lines"])),
        because_places=where.entries("because", len(scope["because"])),
        value_place=where.of("value"),
    )


# ── running the module ───────────────────────────────────────────────────────────────────────────────────────────────


def _source(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(Place(name, 1), f"the snippet cannot be read: {error}", "Save it as UTF-8 text.") from error


def _parsed(source: str, name: str) -> ast.Module:
    try:
        return ast.parse(source, filename=name)
    except SyntaxError as error:
        place = Place(name, error.lineno or 1, error.offset or 1)
        raise _broken(place, f"the snippet is not Python: {error.msg}", "Correct the syntax.") from error
    except ValueError as error:
        raise _broken(Place(name, 1), f"the snippet is not Python: {error}", "Remove the null bytes.") from error


def _run(source: str, path: Path, name: str) -> dict[str, Any]:
    module = ModuleType(path.with_suffix("").as_posix())
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
        place = Place(name, frames[-1] if frames and frames[-1] else 1)
        what = f"the snippet does not run: {type(error).__name__}: {error}"
        raise _broken(place, what, f"Run it: python {name}") from error
    return module.__dict__


_LOADED: dict[Path, tuple[dict[Path, int], dict[str, ModuleType]]] = {}


@contextmanager
def _modules_of(root: Path) -> Iterator[None]:
    """Lets ``from snippets.notation import …`` mean the project at ``root``, and its files as they are now.

    Several projects may be checked in one process, and a page that is being edited is checked again and again.
    """
    aside = _taken_out()
    stamps, modules = _LOADED.get(root, ({}, {}))
    if all(_stamp(path) == stamp for path, stamp in stamps.items()):
        sys.modules.update(modules)
    # Made by hand, because a package of the same name elsewhere on the path could come first.
    package = sys.modules.setdefault(FOLDER, ModuleType(FOLDER))
    package.__path__ = [str(root / FOLDER)]
    try:
        yield
    finally:
        modules = _taken_out()
        paths = [Path(file) for module in modules.values() if (file := getattr(module, "__file__", None))]
        _LOADED[root] = ({path: _stamp(path) for path in paths}, modules)
        sys.modules.update(aside)


def _taken_out() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name.partition(".")[0] == FOLDER]
    return {name: sys.modules.pop(name) for name in names}


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


# ── what it defines ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Where:
    """Where the names of a module, and the entries of its tuples, stand in the source."""

    def __init__(self, tree: ast.Module, name: str) -> None:
        self.name = name
        self.nodes: dict[str, ast.AST] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                self.nodes.update({t.id: node.value for t in node.targets if isinstance(t, ast.Name)})
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                self.nodes[node.target.id] = node.value
            elif isinstance(node, ast.FunctionDef):
                self.nodes[node.name] = node

    def of(self, part: str) -> Place:
        return self._place(self.nodes.get(part))

    def entries(self, part: str, count: int) -> tuple[Place, ...]:
        """The places of the entries; the place of the whole where the entries are not written out."""
        node = self.nodes.get(part)
        written = node.elts if isinstance(node, ast.Tuple) else []
        if len(written) != count or any(isinstance(e, ast.Starred) for e in written):
            return (self._place(node),) * count
        return tuple(self._place(entry) for entry in written)

    def _place(self, node: ast.AST | None) -> Place:
        return Place(self.name, getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1)


def _checked(
    entries: Any, part: str, where: _Where, refusal: Callable[[Any], tuple[str, str] | None]
) -> tuple[Any, ...]:
    if not isinstance(entries, tuple):
        raise _broken(where.of(part), f"{part} is not a tuple", f"Write {part} = (…,): {PARTS[part]}.")
    for entry, place in zip(entries, where.entries(part, len(entries)), strict=True):
        refused = refusal(entry)
        if refused:
            raise _broken(place, *refused)
    return entries


def _is_expression(entry: Any) -> tuple[str, str] | None:
    if isinstance(entry, sympy.Basic) or (isinstance(entry, int) and not isinstance(entry, bool)):
        return None
    return f"{entry!r} in lines is not a SymPy expression", "Write it with the symbols of snippets/notation.py."


def _is_rule(entry: Any) -> tuple[str, str] | None:
    if isinstance(entry, Rule):
        return None
    name = getattr(entry, "__name__", repr(entry))
    return f"{name} in because is not a rule", 'Name what it is applied to: definition("h"), using("label").'


def _function(value: Any, where: _Where) -> Callable[..., Any]:
    if not callable(value):
        raise _broken(where.of("value"), "value is not a function", f"Define value: {PARTS['value']}.")
    return value  # type: ignore[no-any-return]


def _broken(place: Place, what: str, cure: str) -> Broken:
    return Broken(Problem(place, what, "snippet-broken", cure=cure))
