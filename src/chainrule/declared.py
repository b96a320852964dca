"""What a declaration says that was not said before, and whether a snippet names the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.symbols import Function, Notation
from chainrule.tree import Call, Entry, Sym, Term


@dataclass(frozen=True)
class Declared:
    """The symbols (families among them) and functions that one block declares."""

    symbols: tuple[Sym, ...]
    functions: tuple[Function, ...]


@dataclass(frozen=True)
class Misdeclared:
    """A line of a snippet (from 0) that is not what the page declares; ``None``: a line is missing."""

    line: int | None
    explanation: str


def declared(before: Notation, after: Notation) -> Declared:
    """What stands in ``after`` and not yet, or not so, in ``before``."""
    symbols = [s for name, s in after.symbols.items() if before.symbols.get(name) is not s]
    families = [s for name, s in after.families.items() if before.families.get(name) is not s]
    functions = [f for name, f in after.functions.items() if before.functions.get(name) is not f]
    return Declared((*symbols, *families), tuple(functions))


def misdeclared(lines: Sequence[Term], before: Notation, after: Notation) -> Misdeclared | None:
    """Where a snippet's ``lines`` are not the symbols, members of families, and functions that a block declares."""
    wanted = declared(before, after)
    symbols = {(s.name, s.batch): s for s in wanted.symbols}
    functions = {f.name: f for f in wanted.functions}
    for number, line in enumerate(lines):
        if isinstance(line, Call):
            found = _misapplied(line, functions.pop(line.function, None))
        else:
            symbol = line.base if isinstance(line, Entry) else line
            known = symbols.pop((symbol.name, symbol.batch), None) if isinstance(symbol, Sym) else None
            found = _mistaken(line, known)
        if found:
            return Misdeclared(number, found)
    left = [*(name for name, _ in symbols), *functions]
    return Misdeclared(None, f"the page also declares {' and '.join(left)}") if left else None


def _misapplied(line: Call, function: Function | None) -> str:
    if function is None:
        return f"the page does not declare {line.function} here"
    shapes = [argument.shape for argument in line.args]
    if shapes != [parameter.shape for parameter in function.parameters]:
        return f"the page declares {line.function} for other arguments"
    return "" if all(isinstance(a, Sym) for a in line.args) else "the arguments of a declaration are symbols"


def _mistaken(line: Term, symbol: Sym | None) -> str:
    if symbol is None:
        return "the page does not declare this here"
    same = line == symbol if not symbol.batch else isinstance(line, Entry) and line.base == symbol and line.shape
    return "" if same else f"the page declares {symbol.name} with another shape"
