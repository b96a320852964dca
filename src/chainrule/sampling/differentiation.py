"""Derivatives as numbers: complex steps, exact to rounding; differences where a derivative is inside another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.sampling.builtins import Undefined

Value = Any
Environment = dict[str, Value]
Evaluator = Callable[[Environment], Value]
Method = Callable[[Callable[[Value], Value], Value], Value]

COMPLEX_STEP = 1e-30
WIDEST_STEP = 2.0**-5
HALVINGS = 4


def by_complex_step(function: Callable[[Value], Value], point: float) -> Value:
    """f′(x) = Im f(x + iε) / ε: nothing is subtracted, so nothing is lost."""
    return np.imag(function(point + 1j * COMPLEX_STEP)) / COMPLEX_STEP


def by_differences(function: Callable[[Value], Value], point: float) -> Value:
    """Central differences at halved steps, extrapolated to step 0 (Richardson); about 11 digits."""
    row: list[Value] = []
    for level in range(HALVINGS):
        step = WIDEST_STEP / 2**level
        finer = [(function(point + step) - function(point - step)) / (2 * step)]
        for order, coarse in enumerate(row, start=1):
            finer.append(finer[-1] + (finer[-1] - coarse) / (4**order - 1))
        row = finer
    return row[-1]


@dataclass(frozen=True)
class Target:
    """What a derivative is taken by: a symbol, or the part of it at some indices."""

    key: str
    value: Evaluator
    indices: tuple[Evaluator, ...]

    def derivative(self, body: Evaluator, method: Method) -> Evaluator:
        """The derivative of ``body``, with an axis for each axis of the target."""

        def single(env: Environment) -> Value:
            here = self.value(env)
            before = env.get(self.key)
            array = np.asarray(here)
            first = self._position(env, array)
            part = array[first]
            columns = [self._slope(body, method, env, array, first + rest) for rest in np.ndindex(part.shape)]
            self._restore(env, before)
            if not part.shape:
                return _plain(columns[0])
            return np.stack(columns, axis=-1).reshape(*np.shape(columns[0]), *part.shape)

        return single

    def _position(self, env: Environment, array: Value) -> tuple[int, ...]:
        position = tuple(index(env) - 1 for index in self.indices)
        if any(not 0 <= at < size for at, size in zip(position, array.shape, strict=False)):
            raise Undefined("an index is out of range")
        return position

    def _slope(self, body: Evaluator, method: Method, env: Environment, array: Value, at: tuple[int, ...]) -> Value:
        def along(point: Value) -> Value:
            moved = array.astype(type(point))
            moved[at] = point
            env[self.key] = moved if array.shape else moved.item()
            return body(env)

        return method(along, float(array[at]))

    def _restore(self, env: Environment, before: Value) -> None:
        if before is None:
            env.pop(self.key, None)
        else:
            env[self.key] = before


def _plain(value: Value) -> Value:
    """A Python number where NumPy made a number of its own."""
    return value.item() if np.ndim(value) == 0 and hasattr(value, "item") else value
