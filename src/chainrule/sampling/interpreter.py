"""A small interpreter: a term of the tree → a Python closure that computes its value in an environment.

Numbers are Python floats (complex ones inside a complex step), vectors are arrays of one axis, matrices of two. What is
defined is computed from its definition, unless the environment holds a value for it: so a derivative by a defined
symbol varies that symbol alone. The parameters of functions get keys of their own (``h/x``): no name is ever shadowed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from chainrule.sampling.builtins import BUILTINS, Undefined, any_function, power
from chainrule.sampling.differentiation import Target, by_complex_step, by_differences
from chainrule.symbols import Definition, Function, Notation
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

Value = Any  # int, float or complex, or an array of them
Environment = dict[str, Value]
Evaluator = Callable[[Environment], Value]
Scope = Mapping[str, str]  # the keys of the parameters that are in sight

LARGEST_SUM = 10_000
LARGEST_EXACT = 2**53


def key_of(symbol: Sym) -> str:
    """The name of a symbol in environments; a family ``x`` is ``x^`` there, beside a vector ``x``."""
    return f"{symbol.name}^" if symbol.batch else symbol.name


class Interpreter:
    """Compiles terms in one notation, each once."""

    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        self._compiled: dict[tuple[Term, tuple[tuple[str, str], ...]], Evaluator] = {}
        self._functions: dict[str, tuple[tuple[str, ...], Evaluator]] = {}
        self._definitions: dict[str, tuple[tuple[str, ...], Evaluator]] = {}
        self._handlers: dict[type[Term], Callable[[Any, Scope], Evaluator]] = {
            Num: self._number,
            Sym: self._symbol,
            Entry: self._entry,
            Add: self._sum,
            Neg: self._opposite,
            Mul: self._product,
            Div: self._quotient,
            Pow: self._power,
            MatMul: self._matrix_product,
            Transpose: self._transpose,
            NormSquared: self._squared_norm,
            Diag: self._diagonal,
            Trace: self._trace,
            Call: self._call,
            Big: self._big,
            Derivative: self._derivative,
            Delta: self._delta,
        }

    def evaluate(self, term: Term, environment: Mapping[str, Value]) -> Value:
        """The value of ``term``: a float or an array of floats.

        Raises:
            Undefined: where it has none (log of a negative number, a division by zero, an index out of range).
        """
        value = self.value(term, environment)
        if not np.all(np.isfinite(value)):
            raise Undefined("the value is not finite")
        return value

    def value(self, term: Term, environment: Mapping[str, Value]) -> Value:
        """As ``evaluate``, but what is put in may be NaN or infinite, and may come out again."""
        try:
            with np.errstate(all="ignore"):
                return self.compile(term)(dict(environment))
        except (ArithmeticError, ValueError, RecursionError) as error:
            raise error if isinstance(error, Undefined) else Undefined(str(error)) from error

    def compile(self, term: Term, scope: Scope | None = None) -> Evaluator:
        """The closure that computes ``term``."""
        scope = scope or {}
        key = (term, tuple(scope.items()))
        if key not in self._compiled:
            self._compiled[key] = self._handlers[type(term)](term, scope)
        return self._compiled[key]

    def shape(self, term: Term) -> tuple[Evaluator, ...]:
        """The sizes of the axes of ``term``."""
        return tuple(self.compile(size) for size in term.shape)

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _number(self, term: Num, scope: Scope) -> Evaluator:
        exact = term.value
        small = exact.denominator == 1 and abs(exact) < LARGEST_EXACT
        value = int(exact) if small else _float(exact)
        return lambda env: value

    def _symbol(self, term: Sym, scope: Scope) -> Evaluator:
        key = scope.get(term.name, key_of(term))
        if key not in self.notation.definitions:
            return lambda env: _look_up(env, key)

        def defined(env: Environment) -> Value:
            return env[key] if key in env else self._all_entries(self.notation.definitions[key], env)

        return defined

    def _all_entries(self, definition: Definition, env: Environment) -> Value:
        keys, body = self._definition(definition)
        if not keys:
            return body(env)
        sizes = [self.compile(size)(env) for size in definition.symbol.axes]
        values = []
        for position in product(*(range(1, size + 1) for size in sizes)):
            env.update(zip(keys, position, strict=True))
            values.append(body(env))
        return np.array(values).reshape(sizes)

    def _definition(self, definition: Definition) -> tuple[tuple[str, ...], Evaluator]:
        name = definition.symbol.name
        if name not in self._definitions:
            scope = {i.name: f"{name}/{i.name}" for i in definition.indices}
            self._definitions[name] = tuple(scope.values()), self.compile(definition.body, scope)
        return self._definitions[name]

    def _entry(self, term: Entry, scope: Scope) -> Evaluator:
        base, indices = self.compile(term.base, scope), [self.compile(i, scope) for i in term.indices]
        sizes = term.base.axes if isinstance(term.base, Sym) else term.base.shape
        complete = len(indices) == len(sizes)
        bounds = [self.compile(size) for size in sizes[: len(indices)]]

        def positions(env: Environment) -> list[int]:
            found = [index(env) for index in indices]
            for position, bound in zip(found, bounds, strict=True):
                if not 1 <= position <= bound(env):
                    raise Undefined(f"index {position} is out of range")
            return found

        def entry(env: Environment) -> Value:
            at = tuple(position - 1 for position in positions(env))
            array = base(env)
            return array.item(at) if complete else array[at]

        if not isinstance(term.base, Sym) or term.base.batch or term.base.name in scope:
            return entry
        definition = self.notation.definitions.get(term.base.name)
        if definition is None or not definition.indices or not complete:
            return entry
        name, (keys, body) = definition.symbol.name, self._definition(definition)

        def defined_entry(env: Environment) -> Value:
            if name in env:
                return entry(env)
            env.update(zip(keys, positions(env), strict=True))
            return body(env)

        return defined_entry

    # ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _sum(self, term: Add, scope: Scope) -> Evaluator:
        first, *others = [self.compile(t, scope) for t in term.terms]

        def total(env: Environment) -> Value:
            value = first(env)
            for other in others:
                value = value + other(env)
            return value

        return total

    def _opposite(self, term: Neg, scope: Scope) -> Evaluator:
        body = self.compile(term.body, scope)
        return lambda env: -body(env)

    def _product(self, term: Mul, scope: Scope) -> Evaluator:
        first, *others = [self.compile(f, scope) for f in term.factors]

        def times(env: Environment) -> Value:
            value = first(env)
            for other in others:
                value = value * other(env)
            return value

        return times

    def _quotient(self, term: Div, scope: Scope) -> Evaluator:
        above, below = self.compile(term.above, scope), self.compile(term.below, scope)

        def over(env: Environment) -> Value:
            divisor = below(env)
            if divisor == 0:
                raise Undefined("a division by zero")
            return above(env) / divisor

        return over

    def _power(self, term: Pow, scope: Scope) -> Evaluator:
        base, exponent = self.compile(term.base, scope), self.compile(term.exponent, scope)
        return lambda env: power(base(env), exponent(env))

    def _matrix_product(self, term: MatMul, scope: Scope) -> Evaluator:
        left, right = self.compile(term.left, scope), self.compile(term.right, scope)
        if len(term.left.shape) == 1:  # a column times a row
            return lambda env: np.outer(left(env), right(env)[0])
        if not term.shape:  # a row times a column
            return lambda env: (left(env)[0] @ right(env)).item()
        return lambda env: left(env) @ right(env)

    def _transpose(self, term: Transpose, scope: Scope) -> Evaluator:
        body, shape = self.compile(term.body, scope), term.body.shape
        if len(shape) == 1:
            return lambda env: body(env)[np.newaxis, :]
        if shape[0] == ONE:
            return lambda env: body(env)[0]
        return lambda env: body(env).T

    def _diagonal(self, term: Diag, scope: Scope) -> Evaluator:
        body = self.compile(term.body, scope)
        return lambda env: np.diag(np.ravel(body(env)))

    def _trace(self, term: Trace, scope: Scope) -> Evaluator:
        body = self.compile(term.body, scope)
        return lambda env: np.trace(body(env)).item()

    def _squared_norm(self, term: NormSquared, scope: Scope) -> Evaluator:
        body = self.compile(term.body, scope)

        def squared(env: Environment) -> Value:
            vector = np.ravel(body(env))
            return (vector @ vector).item()

        return squared

    def _delta(self, term: Delta, scope: Scope) -> Evaluator:
        left, right = self.compile(term.left, scope), self.compile(term.right, scope)
        return lambda env: int(left(env) == right(env))

    # ── functions, sums, derivatives ─────────────────────────────────────────────────────────────────────────────────

    def _call(self, term: Call, scope: Scope) -> Evaluator:
        arguments = [self.compile(a, scope) for a in term.args]
        function = self._function(term.function)
        if term.order:
            function = self._primed(term, function)
        if not term.elementwise:
            return lambda env: function(env, [argument(env) for argument in arguments])
        (vector,) = arguments

        def each(env: Environment) -> Value:
            array = vector(env)
            return np.array([function(env, [x]) for x in array.ravel().tolist()]).reshape(array.shape)

        return each

    def _function(self, name: str) -> Callable[[Environment, list[Value]], Value]:
        if name in BUILTINS and name not in self.notation.functions:
            builtin = BUILTINS[name]
            return lambda env, arguments: builtin(*arguments)
        if name not in self.notation.functions:
            raise Undefined(f"{name} is not a function of the notation")
        function = self.notation.functions[name]
        if function.body is None:
            sample = any_function(name, function.codomain)
            return lambda env, arguments: sample(*arguments)

        def call(env: Environment, arguments: list[Value]) -> Value:
            keys, body = self._body(function)
            before = [env.get(key) for key in keys]  # f(f(z)) binds its parameter twice
            env.update(zip(keys, arguments, strict=True))
            value = body(env)
            env.update(zip(keys, before, strict=True))
            return value

        return call

    def _body(self, function: Function) -> tuple[tuple[str, ...], Evaluator]:
        if function.name not in self._functions:
            assert function.body is not None
            scope = {p.name: f"{function.name}/{p.name}" for p in function.parameters}
            self._functions[function.name] = tuple(scope.values()), self.compile(function.body, scope)
        return self._functions[function.name]

    def _primed(
        self, term: Call, function: Callable[[Environment, list[Value]], Value]
    ) -> Callable[[Environment, list[Value]], Value]:
        """f′, f″, …: by the last argument, the ones before it being subscripts."""
        exact = self.is_smooth(replace(term, order=0))

        def differentiate(env: Environment, arguments: list[Value], order: int) -> Value:
            if not order:
                return function(env, arguments)

            def along(point: Value) -> Value:
                return differentiate(env, [*arguments[:-1], point], order - 1)

            method = by_complex_step if exact and order == 1 else by_differences
            return method(along, arguments[-1])

        return lambda env, arguments: differentiate(env, arguments, term.order)

    def _big(self, term: Big, scope: Scope) -> Evaluator:
        lower, upper = self.compile(term.lower, scope), self.compile(term.upper, scope)
        name = key_of(term.index)
        body = self.compile(term.body, {k: v for k, v in scope.items() if k != term.index.name})
        shape = self.shape(term.body)
        multiplies = term.op == "*"

        def total(env: Environment) -> Value:
            first, last = lower(env), upper(env)
            if last - first >= LARGEST_SUM:
                raise Undefined("the sum has too many terms to be computed")
            value: Value = int(multiplies) if not shape else np.full([size(env) for size in shape], float(multiplies))
            outside = env.get(name)
            for env[name] in range(first, last + 1):
                value = value * body(env) if multiplies else value + body(env)
            env[name] = outside
            return value

        return total

    def _derivative(self, term: Derivative, scope: Scope) -> Evaluator:
        base = term.by.base if isinstance(term.by, Entry) else term.by
        if not isinstance(base, Sym):
            raise Undefined("a derivative by something that is not a symbol")
        at = [self.compile(i, scope) for i in term.by.indices] if isinstance(term.by, Entry) else []
        target = Target(scope.get(base.name, key_of(base)), self.compile(base, scope), tuple(at))
        method = by_complex_step if self.is_smooth(term.body) else by_differences
        return target.derivative(self.compile(term.body, scope), method)

    def is_smooth(self, term: Term) -> bool:
        """Whether no derivative is taken inside ``term``: then it may be computed at complex numbers."""
        return not any(_differentiates(part) for part in self._unfolded(term, set()))

    def is_exact(self, term: Term) -> bool:
        """Whether no derivative stands inside another, so that all are exact to rounding."""
        for part in self._unfolded(term, set()):
            if isinstance(part, Derivative) and not self.is_smooth(part.body):
                return False
            if isinstance(part, Call) and part.order and (part.order > 1 or not self.is_smooth(replace(part, order=0))):
                return False
        return True

    def _unfolded(self, term: Term, seen: set[str]) -> Iterator[Term]:
        """The parts of ``term``, and of what stands behind its functions and symbols, each told once."""
        for part in term.walk():
            yield part
            below = self._meaning(part, seen)
            if below is not None:
                yield from self._unfolded(below, seen)

    def _meaning(self, part: Term, seen: set[str]) -> Term | None:
        """What a function or symbol stands for, told once."""
        if isinstance(part, Call):
            found: Function | Definition | None = self.notation.functions.get(part.function)
            name = f"{part.function}()"
        elif isinstance(part, Sym) and not part.batch:
            found, name = self.notation.definitions.get(part.name), part.name
        else:
            return None
        if found is None or name in seen:
            return None
        seen.add(name)
        return found.body


def _differentiates(part: Term) -> bool:
    return isinstance(part, Derivative) or (isinstance(part, Call) and part.order > 0)


def _look_up(env: Environment, key: str) -> Value:
    value = env.get(key)
    if value is None:
        raise Undefined(f"{key} has no value here")
    return value


def _float(exact: Any) -> float:
    try:
        return float(exact)
    except OverflowError:
        return math.inf
