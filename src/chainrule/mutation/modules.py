"""Mutants of snippets: of their lines, of the rules that they name, and of the function that computes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import accumulate

from chainrule.in_order import ReadPart
from chainrule.mutation.code import slips
from chainrule.mutation.mutants import Edit, SnippetMutant
from chainrule.mutation.reasons import other_reasons
from chainrule.results import Place


class Module:
    """A snippet's source, with its syntax tree."""

    def __init__(self, file: str, source: str, found: ReadPart) -> None:
        self.file, self.source, self.found = file, source, found
        self.tree = ast.parse(source)
        rows = source.encode().split(b"\n")
        self._starts = [0, *accumulate(len(row) + 1 for row in rows)]
        self.known = frozenset(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)) | frozenset(
            alias.asname or alias.name
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        )

    def mutants(self) -> Iterator[SnippetMutant]:
        """Every mutant of the snippet."""
        for statement in _statements(self.tree.body):
            target = _target(statement)
            if target == "lines" and isinstance(statement, ast.Assign):
                yield from self._of_entries(statement.value)
            elif target == "because" and isinstance(statement, ast.Assign):
                yield from self._of_reasons(statement.value)
            elif target == "value" and isinstance(statement, ast.FunctionDef):
                for expression in _expressions(statement):
                    yield from self._of(expression, "value", None)
            elif target is not None:
                for expression in _expressions(statement):
                    yield from self._of(expression, "lines", None)

    def _of_entries(self, value: ast.expr) -> Iterator[SnippetMutant]:
        for number, entry in enumerate(value.elts if isinstance(value, ast.Tuple) else ()):
            yield from self._of(entry, "lines", number)

    def _of_reasons(self, value: ast.expr) -> Iterator[SnippetMutant]:
        entries = value.elts if isinstance(value, ast.Tuple) else ()
        for number, entry in enumerate(entries):
            before = ast.unparse(entry)
            for reason in other_reasons(before, [ast.unparse(other) for other in entries]):
                needed = [name for name in reason.names if name not in self.known]
                edits = [self._edit(entry, reason.code)]
                if needed:
                    edits.append(self._import(needed))
                yield self._mutant("rule", "because", entry, (before, reason.code), tuple(edits), number)

    def _of(self, expression: ast.expr, part: str, number: int | None) -> Iterator[SnippetMutant]:
        for operator, node, other in slips(expression, self.known):
            before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(other))
            if before != after:
                yield self._mutant(operator, part, node, (before, after), (self._edit(node, after),), number)

    def _mutant(
        self,
        operator: str,
        part: str,
        node: ast.expr,
        shown: tuple[str, str],
        edits: tuple[Edit, ...],
        number: int | None,
    ) -> SnippetMutant:
        place = Place(self.file, node.lineno, node.col_offset + 1)
        end = node.end_lineno or node.lineno
        return SnippetMutant(operator, place, end, *shown, edits, self.found, part, self.source, number)

    def _edit(self, node: ast.expr, code: str) -> Edit:
        """Puts code in brackets where a node stood, on as many lines as that took."""
        padding = "\n" * ((node.end_lineno or node.lineno) - node.lineno)
        start = self._offset(node.lineno, node.col_offset)
        return Edit(start, self._offset(node.end_lineno or 0, node.end_col_offset or 0), f"({code}{padding})")

    def _import(self, names: list[str]) -> Edit:
        """Imports rules at the head of the first import, so that no line moves."""
        first = next(node for node in self.tree.body if isinstance(node, ast.Import | ast.ImportFrom))
        start = self._offset(first.lineno, 0)
        return Edit(start, start, f"from chainrule.rules import {', '.join(names)}; ")

    def _offset(self, line: int, column: int) -> int:
        """The offset in characters of a place that counts columns in bytes, as ``ast`` does."""
        return len(self.source.encode()[: self._starts[line - 1] + column].decode())


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those under ``with`` among them."""
    for statement in body:
        if isinstance(statement, ast.With):
            yield from _statements(statement.body)
        else:
            yield statement


def _target(statement: ast.stmt) -> str | None:
    """The name that a statement gives a meaning to."""
    if isinstance(statement, ast.FunctionDef):
        return statement.name
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return None


def _expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement computes; not its annotations, nor its docstring."""
    if isinstance(statement, ast.FunctionDef):
        for inner in statement.body:
            yield from _expressions(inner)
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) and statement.value is not None:
        yield statement.value
    elif isinstance(statement, ast.If | ast.While):
        yield statement.test
        for inner in statement.body:
            yield from _expressions(inner)
    elif isinstance(statement, ast.For):
        yield statement.iter
        for inner in statement.body:
            yield from _expressions(inner)
