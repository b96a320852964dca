"""Values of terms to 50 digits, for witnesses: a plain interpreter on mpmath numbers and nested lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mpmath import mp, mpf

from chainrule.symbols import Notation
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Diag,
    Div,
    Entry,
    MatMul,
    Mul,
    Neg,
    NormSquared,
    Num,
    Pow,
    Sym,
    Term,
    Trace,
    Transpose,
)

Value = Any
DIGITS = 50


class Undefined(Exception):
    """A term has no value here: a logarithm of a number that is not positive, a division by zero."""


def logarithm(x: Value) -> Value:
    if x <= 0:
        raise Undefined(f"log({mp.nstr(x, 5)})")
    return mp.log(x)


def root(x: Value) -> Value:
    if x < 0:
        raise Undefined(f"sqrt({mp.nstr(x, 5)})")
    return mp.sqrt(x)


BUILT_IN: Mapping[str, Callable[..., Value]] = {
    "log": logarithm, "exp": mp.exp, "sqrt": root, "abs": abs, "max": max, "min": min,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "tanh": mp.tanh, "sinh": mp.sinh, "cosh": mp.cosh,
}  # fmt: skip


class Interpreter:
    """Evaluates terms in a notation. An environment maps names to values; a family's name ends in ``()``."""

    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    def value(self, term: Term, environment: Mapping[str, Value]) -> Value:
        """The value of a term: a number, or nested lists as its shape says.

        Raises:
            Undefined: where the term has no value.
        """
        method = getattr(self, f"of_{type(term).__name__.lower()}")
        return method(term, environment)

    def of_num(self, term: Num, environment: Mapping[str, Value]) -> Value:
        return mpf(term.value.numerator) / term.value.denominator

    def of_sym(self, term: Sym, environment: Mapping[str, Value]) -> Value:
        name = f"{term.name}()" if term.batch else term.name
        if name in environment:
            return environment[name]
        definition = self.notation.definitions[name]
        if not definition.indices:
            return self.value(definition.body, environment)
        return self.table(definition.body, definition.indices, definition.symbol.axes, environment)

    def table(
        self, body: Term, indices: tuple[Sym, ...], axes: tuple[Term, ...], environment: Mapping[str, Value]
    ) -> Value:
        """A symbol defined by entries, as nested lists."""
        if not indices:
            return self.value(body, environment)
        size = int(self.value(axes[0], environment))
        return [
            self.table(body, indices[1:], axes[1:], {**environment, indices[0].name: k}) for k in range(1, size + 1)
        ]

    def of_entry(self, term: Entry, environment: Mapping[str, Value]) -> Value:
        found = self.value(term.base, environment)
        for index in term.indices:
            position = int(self.value(index, environment))
            if not 1 <= position <= len(found):
                raise Undefined(f"entry {position} of {len(found)}")
            found = found[position - 1]
        return found

    def of_add(self, term: Add, environment: Mapping[str, Value]) -> Value:
        total = self.value(term.terms[0], environment)
        for t in term.terms[1:]:
            total = both(lambda a, b: a + b, total, self.value(t, environment))
        return total

    def of_neg(self, term: Neg, environment: Mapping[str, Value]) -> Value:
        return each(lambda a: -a, self.value(term.body, environment))

    def of_mul(self, term: Mul, environment: Mapping[str, Value]) -> Value:
        number, array = mpf(1), None
        for f in term.factors:
            if f.shape:
                array = self.value(f, environment)
            else:
                number *= self.value(f, environment)
        return number if array is None else each(lambda a: number * a, array)

    def of_div(self, term: Div, environment: Mapping[str, Value]) -> Value:
        below = self.value(term.below, environment)
        if below == 0:
            raise Undefined("a division by zero")
        return each(lambda a: a / below, self.value(term.above, environment))

    def of_pow(self, term: Pow, environment: Mapping[str, Value]) -> Value:
        base, exponent = self.value(term.base, environment), self.value(term.exponent, environment)
        if base == 0 and exponent < 0:
            raise Undefined("a division by zero")
        if base < 0 and exponent != int(exponent):
            raise Undefined("a power of a negative number")
        if abs(exponent) > 1000:
            raise Undefined("a power too large to evaluate")
        return base**exponent

    def of_matmul(self, term: MatMul, environment: Mapping[str, Value]) -> Value:
        left, right = (as_rows(self.value(side, environment), side) for side in (term.left, term.right))
        rows = [
            [sum((a * b for a, b in zip(row, column, strict=True)), mpf(0)) for column in zip(*right, strict=True)]
            for row in left
        ]
        if not term.shape:
            return rows[0][0]
        return [row[0] for row in rows] if len(term.shape) == 1 else rows

    def of_transpose(self, term: Transpose, environment: Mapping[str, Value]) -> Value:
        rows = [list(column) for column in zip(*as_rows(self.value(term.body, environment), term.body), strict=True)]
        return [row[0] for row in rows] if len(term.shape) == 1 else rows

    def of_diag(self, term: Diag, environment: Mapping[str, Value]) -> Value:
        entries = self.value(term.body, environment)
        return [[entry if k == j else mpf(0) for j in range(len(entries))] for k, entry in enumerate(entries)]

    def of_trace(self, term: Trace, environment: Mapping[str, Value]) -> Value:
        rows = self.value(term.body, environment)
        return sum((row[k] for k, row in enumerate(rows)), mpf(0))

    def of_normsquared(self, term: NormSquared, environment: Mapping[str, Value]) -> Value:
        return sum((a * a for a in self.value(term.body, environment)), mpf(0))

    def of_call(self, term: Call, environment: Mapping[str, Value]) -> Value:
        args = [self.value(a, environment) for a in term.args]
        if term.elementwise:
            return each(lambda a: self.apply(term, [a], environment), args[0])
        return self.apply(term, args, environment)

    def apply(self, term: Call, args: list[Value], environment: Mapping[str, Value]) -> Value:
        """A function at values; with primes, its derivative there."""
        if term.order:
            return mp.diff(lambda t: self.apply(Call(term.function, term.args), [t], environment), args[0], term.order)
        if term.function in BUILT_IN:
            return BUILT_IN[term.function](*args)
        function = self.notation.functions[term.function]
        if function.body is None:
            raise Undefined(f"{term.function}, which is declared but not defined,")
        local = {p.name: a for p, a in zip(function.parameters, args, strict=True)}
        return self.value(function.body, {**environment, **local})

    def of_big(self, term: Big, environment: Mapping[str, Value]) -> Value:
        low, high = (int(self.value(end, environment)) for end in (term.lower, term.upper))
        if high - low > 10_000:
            raise Undefined("a sum too long to evaluate")
        total: Value = None
        for k in range(low, high + 1):
            body = self.value(term.body, {**environment, term.index.name: k})
            total = (
                body
                if total is None
                else both((lambda a, b: a + b) if term.op == "+" else (lambda a, b: a * b), total, body)
            )
        return total if total is not None else mpf(0 if term.op == "+" else 1)

    def of_derivative(self, term: Derivative, environment: Mapping[str, Value]) -> Value:
        if term.body.shape:
            size = int(self.value(term.body.shape[0], environment))
            entries = (Entry(term.body, (Num(ONE.value * k),)) for k in range(1, size + 1))
            return [self.value(Derivative(entry, term.by), environment) for entry in entries]
        if term.by.shape:
            size = int(self.value(term.by.shape[0], environment))
            return [
                self.slope(term.body, Entry(term.by, (Num(ONE.value * k),)), environment) for k in range(1, size + 1)
            ]
        return self.slope(term.body, term.by, environment)

    def slope(self, body: Term, by: Term, environment: Mapping[str, Value]) -> Value:
        """The derivative by one number, by differences at raised precision."""
        start = self.value(by, environment)
        return mp.diff(lambda t: self.value(body, varied(by, t, environment, self)), start)

    def of_delta(self, term: Delta, environment: Mapping[str, Value]) -> Value:
        return mpf(self.value(term.left, environment) == self.value(term.right, environment))


def varied(by: Term, value: Value, environment: Mapping[str, Value], interpreter: Interpreter) -> Mapping[str, Value]:
    """The environment with one number changed: a symbol, or an entry of a vector."""
    if isinstance(by, Sym):
        return {**environment, by.name: value}
    assert isinstance(by, Entry)
    assert isinstance(by.base, Sym)
    name = f"{by.base.name}()" if by.base.batch else by.base.name
    positions = [int(interpreter.value(k, environment)) - 1 for k in by.indices]
    return {**environment, name: put(environment[name], positions, value)}


def put(array: Value, positions: list[int], value: Value) -> Value:
    if not positions:
        return value
    return [put(a, positions[1:], value) if k == positions[0] else a for k, a in enumerate(array)]


def each(function: Callable[[Value], Value], value: Value) -> Value:
    return [each(function, v) for v in value] if isinstance(value, list) else function(value)


def both(function: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    if isinstance(left, list):
        return [both(function, a, b) for a, b in zip(left, right, strict=True)]
    return function(left, right)


def as_rows(value: Value, term: Term) -> list[list[Value]]:
    """An array as a list of rows; a column has rows of one."""
    return [[v] for v in value] if len(term.shape) == 1 else value
