"""Calls a snippet's ``value`` with what its parameters name, and reads its result at the indices of the equation."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from chainrule.sampling.interpreter import Environment, Interpreter, key_of
from chainrule.symbols import Notation
from chainrule.tree import Domain, Sym


class ValueFailed(Exception):
    """The function raised, warned, or gave something of another shape."""


class ValueCall:
    """A snippet's function, with the symbols that its parameters stand for.

    A name means the symbol of that name in the equation, else in the notation, else the family of that name.
    ``unknown`` are the parameters that mean nothing.
    """

    def __init__(self, value: Callable[..., Any], own: dict[str, Sym], interpreter: Interpreter) -> None:
        self.value = value
        self.interpreter = interpreter
        self.symbols: dict[str, Sym] = {}
        self.unknown: list[str] = []
        notation = interpreter.notation
        for name in inspect.signature(value).parameters:
            symbol = own.get(name) or notation.symbols.get(name) or notation.families.get(name)
            if symbol is None:
                self.unknown.append(name)
            else:
                self.symbols[name] = symbol
        self.axes = free_indices(own, self.symbols, notation)

    def real_symbols(self, symbols: dict[str, Sym]) -> list[str]:
        """The keys of the symbols that may be any real number and are sampled for this function."""
        return [key for key, symbol in symbols.items() if symbol.domain is Domain.REAL]

    def arguments(self, env: Environment) -> dict[str, Any]:
        """What the function is given.

        Raises:
            Undefined: when an argument has no value.
        """
        return {name: _numpy(self.interpreter.value(s, env), s) for name, s in self.symbols.items()}

    def in_domain(self, env: Environment) -> bool:
        """Whether all arguments lie where they are declared to lie; far out, rounding can take them to the edge."""
        values = self.arguments(env)
        return all(_inside(values[name], symbol.domain) for name, symbol in self.symbols.items())

    def result(self, env: Environment, *, warn: bool = True) -> Any:
        """What the function gives; a warning is a failure, unless ``warn`` is off.

        Raises:
            ValueFailed: when the function fails.
            Undefined: when an argument has no value.
        """
        arguments = self.arguments(env)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error" if warn else "ignore")
                return self.value(**arguments)
        except Warning as warning:
            raise ValueFailed(f"the snippet's function warns: {warning}") from warning
        except Exception as error:
            raise ValueFailed(f"the snippet's function raises {type(error).__name__}: {error}") from error

    def at_indices(self, env: Environment, shape: tuple[int, ...]) -> Any:
        """What the function gives for the indices of the equation.

        Raises:
            ValueFailed: as ``result`` does, and when the result is not numbers of the right shape.
        """
        try:
            result = np.asarray(self.result(env), dtype=float)
        except (TypeError, ValueError) as error:
            raise ValueFailed(f"the snippet's function does not give numbers: {error}") from error
        lengths = tuple(self.interpreter.compile(symbol.bounds[1])(env) for symbol in self.axes)
        if shape[:1] == (1,) and len(shape) == 2 and result.ndim == len(lengths) + 1:
            result = np.expand_dims(result, -2)  # NumPy's vectors are neither rows nor columns
        if result.shape != lengths + shape:
            raise ValueFailed(f"the snippet's function gives the shape {result.shape}, not {lengths + shape}")
        return result[tuple(env[key_of(symbol)] - 1 for symbol in self.axes)]


def _inside(value: Any, domain: Domain) -> bool:
    if domain is Domain.UNIT:
        return bool(np.all((value > 0) & (value < 1)))
    return domain is not Domain.POSITIVE or bool(np.all(value > 0))


def free_indices(own: dict[str, Sym], given: dict[str, Sym], notation: Notation) -> list[Sym]:
    """The indices of an equation that are not given, in the order in which the notation declares them."""
    free = [s for key, s in own.items() if s.domain is Domain.INDEX and key not in given]
    declared = list(notation.symbols)
    return sorted(free, key=lambda s: declared.index(s.name) if s.name in declared else len(declared))


def _numpy(value: Any, symbol: Sym) -> Any:
    """Numbers as NumPy's own, so that a snippet may treat them as arrays; counts and labels stay ints.

    Arrays are copies, which a function may write into.
    """
    if symbol.axes:
        return np.array(value)
    return value if isinstance(value, int) else np.float64(value)
