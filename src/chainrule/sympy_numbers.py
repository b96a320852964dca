"""The lines of a snippet as numbers: SymPy's own ``lambdify``, with a printer for what the vocabulary adds.

This is a second route to numbers that shares neither the grammar nor the interpreter with the pages: what a symbol or
function stands for is taken from the snippets that define it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from operator import mul
from typing import Any

import numpy as np
import sympy
from sympy.core.function import AppliedUndef
from sympy.printing.numpy import NumPyPrinter

from chainrule.sampling.differentiation import by_complex_step, by_differences
from chainrule.sympy_lines import to_term
from chainrule.vocabulary import EntryOf, Family, Primed

Pair = tuple[Any, Any]
DERIVATIVE = "derivative("


def evaluate_line(expression: Any, environment: Mapping[str, Any], definitions: Iterable[Pair] = ()) -> Any:
    """The value of a SymPy expression: a float, or an array (of one axis for a column).

    ``environment`` is as for ``sample.evaluate``; ``definitions`` are (left, right) pairs of SymPy expressions, the
    lines of the snippets whose relation is ``:=``.
    """
    return compile_line(expression, definitions)(environment)


def compile_line(expression: Any, definitions: Iterable[Pair] = ()) -> Callable[[Mapping[str, Any]], Any]:
    """As ``evaluate_line``, for many environments."""
    printer = LinePrinter(definitions)
    helpers = {"derivative": derivative, "product": product}
    function = sympy.lambdify([sympy.Symbol("env")], expression, modules=[helpers, "numpy"], printer=printer)
    is_column = len(to_term(expression).shape) == 1

    def evaluate(environment: Mapping[str, Any]) -> Any:
        columns = {name: _column(value) for name, value in environment.items()}
        value = function(columns)
        return value[:, 0] if is_column else value

    return evaluate


def _column(value: Any) -> Any:
    return value[:, np.newaxis] if np.ndim(value) == 1 else value


def product(factors: Iterable[Any]) -> Any:
    """The product of numbers; 1 if there are none."""
    return reduce(mul, factors, 1)


def derivative(function: Callable[[Any], Any], point: Any, at: tuple[int, ...] | None, nested: bool) -> Any:
    """The derivative of ``function`` at a number, by one entry of an array (``at``), or by every entry of a column."""
    method = by_differences if nested else by_complex_step
    if np.ndim(point) == 0:
        return method(function, float(point))
    if at is None:
        return np.array([[derivative(function, point, (row, 0), nested)] for row in range(len(point))])

    def along(value: Any) -> Any:
        moved = point.astype(type(value))
        moved[at] = value
        return function(moved)

    return method(along, float(point[at]))


class LinePrinter(NumPyPrinter):  # type: ignore[misc]
    """Prints a line as NumPy code. Vectors are columns; what is free is looked up in ``env``, the rest is local."""

    def __init__(self, definitions: Iterable[Pair]) -> None:
        super().__init__({"allow_unknown_functions": True})
        self.bound: frozenset[str] = frozenset()
        self.functions: dict[str, tuple[tuple[Any, ...], Any]] = {}
        self.symbols: dict[str, tuple[tuple[Any, ...], Any]] = {}
        for left, right in definitions:
            self._define(left, right)

    def _define(self, left: Any, right: Any) -> None:
        if isinstance(left, AppliedUndef):
            self.functions[left.func.__name__] = (left.args, right)
        elif isinstance(left, sympy.Indexed) and left != right:
            self.symbols[left.base.name] = (left.indices, right)
        elif isinstance(left, sympy.Symbol | sympy.MatrixSymbol):
            self.symbols[left.name] = ((), right)

    @contextmanager
    def _binding(self, names: Iterable[str]) -> Iterator[None]:
        before, self.bound = self.bound, self.bound | set(names)
        try:
            yield
        finally:
            self.bound = before

    def _lambda(self, parameters: Iterable[Any], body: Any) -> str:
        names = [p.name for p in parameters]
        with self._binding(names):
            return f"(lambda {', '.join(_local(name) for name in names)}: {self._print(body)})"

    def _arguments(self, arguments: Iterable[Any]) -> str:
        return ", ".join(self._print(argument) for argument in arguments)

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _print_Symbol(self, expr: Any) -> str:
        if expr.name in self.bound:
            return _local(expr.name)
        if expr.name in self.symbols:
            return self._defined(expr)
        return f"env[{expr.name!r}]"

    _print_Vector = _print_Matrix = _print_Symbol

    def _defined(self, expr: Any) -> str:
        """The definition of a symbol in its place; of a symbol defined by its entries, all of them."""
        indices, body = self.symbols[expr.name]
        if not indices:
            return f"({self._print(body)})"
        with self._binding(index.name for index in indices):
            entry = self._print(body)
        row = f"[{entry}]"
        if len(indices) == 2:
            row = f"[{entry} {self._range(indices[1], 1, expr.shape[1])}]"
        return f"numpy.array([{row} {self._range(indices[0], 1, expr.shape[0])}])"

    def _range(self, index: Any, lower: Any, upper: Any) -> str:
        ends = f"{self._print(sympy.sympify(lower))}, {self._print(sympy.sympify(upper))} + 1"
        return f"for {_local(index.name)} in range({ends})"

    def _print_Family(self, expr: Any) -> str:
        return f"env[{expr.name + '^'!r}]"

    def _print_Member(self, expr: Any) -> str:
        family, index = expr.args
        return f"{self._print(family)}[{self._print(index)} - 1].reshape(-1, 1)"

    def _print_Indexed(self, expr: Any) -> str:
        base = expr.args[0]
        if not isinstance(base, Family) and base.name in self.symbols and base.name not in self.bound:
            indices, body = self.symbols[base.name]
            if indices:
                return f"{self._lambda(indices, body)}({self._arguments(expr.indices)})"
        return self._print_EntryOf(expr)

    def _print_EntryOf(self, expr: Any) -> str:
        return f"{self._print(expr.args[0])}[{self._position(expr)}]"

    def _position(self, expr: Any) -> str:
        """The indices of an entry, from 0; a column has a second axis."""
        indices = [f"{self._print(index)} - 1" for index in expr.args[1:]]
        return ", ".join(indices if len(indices) == 2 else [*indices, "0"])

    # ── arithmetic: always in brackets, never rearranged ─────────────────────────────────────────────────────────────

    def _print_Add(self, expr: Any, **_: Any) -> str:
        return f"({' + '.join(self._print(argument) for argument in expr.args)})"

    def _print_Mul(self, expr: Any) -> str:
        return f"({'*'.join(self._print(argument) for argument in expr.args)})"

    def _print_Pow(self, expr: Any, **_: Any) -> str:
        return f"({self._print(expr.args[0])})**({self._print(expr.args[1])})"

    def _print_Integer(self, expr: Any) -> str:
        return f"({int(expr)})"

    def _print_Rational(self, expr: Any) -> str:
        return f"({int(expr.p)}/{int(expr.q)})"

    _print_MatAdd = _print_Add

    def _print_MatMul(self, expr: Any) -> str:
        numbers = [f"{self._print(a)}*" for a in expr.args if not a.is_Matrix]
        arrays = [self._print(a) for a in expr.args if a.is_Matrix]
        return f"({''.join(numbers)}({' @ '.join(arrays)}))"

    def _print_Transpose(self, expr: Any) -> str:
        return f"{self._print(expr.args[0])}.T"

    def _print_InnerProduct(self, expr: Any) -> str:
        left, right = expr.args
        return f"({self._print(left)}.T @ {self._print(right)}).item()"

    def _print_SquaredNorm(self, expr: Any) -> str:
        return f"numpy.sum({self._print(expr.args[0])}**2)"

    def _print_KroneckerDelta(self, expr: Any) -> str:
        return f"int({self._print(expr.args[0])} == {self._print(expr.args[1])})"

    # ── functions, sums, derivatives ─────────────────────────────────────────────────────────────────────────────────

    def _print_Function(self, expr: Any) -> str:
        if not isinstance(expr, AppliedUndef):
            text: str = super()._print_Function(expr)
            return text
        name = expr.func.__name__
        if name not in self.functions:
            raise ValueError(f"the function {name} is not defined")
        return f"{self._lambda(*self.functions[name])}({self._arguments(expr.args)})"

    def _print_Primed(self, expr: Any) -> str:
        applied, order = expr.args
        point = sympy.Symbol(f"point{order}")
        if order == 1:
            body = applied.func(point)
        else:
            body = Primed(applied.func(point), order - 1)
        function = self._lambda([point], body)
        return f"{DERIVATIVE}{function}, {self._print(applied.args[0])}, None, {DERIVATIVE in function})"

    def _print_Applied(self, expr: Any) -> str:
        function, vector = expr.args
        return f"{self._lambda(*self.functions[function.expr.func.__name__])}({self._print(vector)})"

    def _print_Sum(self, expr: Any) -> str:
        return self._over_range("builtins.sum", expr)

    def _print_Product(self, expr: Any) -> str:
        return self._over_range("product", expr)

    def _over_range(self, function: str, expr: Any) -> str:
        loops = []
        with self._binding(index.name for index, _, _ in expr.limits):
            body = self._print(expr.args[0])
            for limits in reversed(expr.limits):
                loops.append(self._range(*limits))
        return f"{function}({body} {' '.join(loops)})"

    def _print_Derivative(self, expr: Any) -> str:
        ((variable, order),) = expr.variable_count
        if order != 1:
            raise ValueError("write a second derivative as a derivative of a derivative")
        return self._derivative(expr.args[0], variable)

    def _print_ByVector(self, expr: Any) -> str:
        return self._derivative(*expr.args)

    def _derivative(self, body: Any, by: Any) -> str:
        by_entry = isinstance(by, sympy.Indexed | EntryOf)
        symbol = by.args[0] if by_entry else by
        function = self._lambda([symbol], body)
        at = f"({self._position(by)})" if by_entry else "None"
        return f"{DERIVATIVE}{function}, {self._print(symbol)}, {at}, {DERIVATIVE in function})"


def _local(name: str) -> str:
    return f"local_{name}"
