"""Points at which lines are computed: values for every symbol that occurs, in its domain, at many shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from chainrule.sampling.builtins import Undefined
from chainrule.sampling.interpreter import Environment, Interpreter, key_of
from chainrule.symbols import Notation
from chainrule.tree import Big, Call, Domain, Sym, Term

SHAPES = ((1, 1), (1, 3), (3, 1), (2, 3), (5, 2), (4, 4))
"""What the sizes are, in the order in which they occur: one, fewer, more and as many examples than features."""


def free_symbols(terms: Sequence[Term], notation: Notation) -> dict[str, Sym]:
    """The symbols that need a value before ``terms`` have one, by their key: sizes first, then indices.

    What is defined is followed to the symbols that it is defined by.
    """
    found: dict[str, Sym] = {}
    for term in terms:
        _collect(term, notation, frozenset(), found, set())
    order = {Domain.NATURAL: 0, Domain.INDEX: 1}
    return dict(sorted(found.items(), key=lambda item: order.get(item[1].domain, 2)))


def _collect(term: Term, notation: Notation, bound: frozenset[str], found: dict[str, Sym], followed: set[str]) -> None:
    if isinstance(term, Sym):
        _collect_symbol(term, notation, bound, found, followed)
        return
    if isinstance(term, Call):
        _follow(term.function + "()", notation, found, followed)
    inside = bound | {term.index.name} if isinstance(term, Big) else bound
    for child in term.children():
        _collect(child, notation, inside, found, followed)


def _collect_symbol(
    symbol: Sym, notation: Notation, bound: frozenset[str], found: dict[str, Sym], followed: set[str]
) -> None:
    key = key_of(symbol)
    if symbol.name in bound or key in found:
        return
    for size in (*symbol.axes, *symbol.bounds):
        _collect(size, notation, frozenset(), found, followed)
    if key in notation.definitions:
        _follow(key, notation, found, followed)
    else:
        found[key] = symbol


def _follow(name: str, notation: Notation, found: dict[str, Sym], followed: set[str]) -> None:
    """Collect from what a symbol, or with ``()`` a function, stands for."""
    if name in followed:
        return
    followed.add(name)
    if name.endswith("()"):
        function = notation.functions.get(name[:-2])
        if function is not None and function.body is not None:
            _collect(function.body, notation, frozenset(p.name for p in function.parameters), found, followed)
        return
    definition = notation.definitions[name]
    _collect(definition.body, notation, frozenset(i.name for i in definition.indices), found, followed)


def environments(symbols: dict[str, Sym], interpreter: Interpreter, seed: int) -> Iterator[Environment]:
    """One environment for each shape, the same for the same seed; none where an index has no value to take."""
    generator = np.random.default_rng(seed)
    for number, shape in enumerate(SHAPES):
        env: Environment = {}
        sizes = [key for key, symbol in symbols.items() if symbol.domain is Domain.NATURAL and not symbol.axes]
        env.update({key: _size(position, shape) for position, key in enumerate(sizes)})
        try:
            for key, symbol in symbols.items():
                if key not in env:
                    env[key] = _sample(symbol, interpreter, env, generator, number)
        except Undefined:
            continue
        yield env


def _size(position: int, shape: tuple[int, int]) -> int:
    """Further sizes than two differ from those that were given before."""
    return shape[position] if position < len(shape) else 1 + (sum(shape) + position) % 4


def _sample(
    symbol: Sym, interpreter: Interpreter, env: Environment, generator: np.random.Generator, number: int
) -> Any:
    if symbol.domain is Domain.INDEX:
        first, last = (interpreter.compile(bound)(env) for bound in symbol.bounds)
        if last < first:
            raise Undefined(f"{symbol.name} has no value at this shape")
        return int(generator.integers(first, last, endpoint=True))
    array = _draw(symbol.domain, tuple(interpreter.compile(size)(env) for size in symbol.axes), generator)
    if symbol.domain is Domain.BINARY:
        array.flat[0] = number % 2  # both values occur, whatever the dice say
        return array if array.shape else int(array)
    return array if array.shape else array.item()


def _draw(domain: Domain, shape: tuple[int, ...], generator: np.random.Generator) -> Any:
    if domain is Domain.BINARY:
        return np.array(generator.integers(0, 2, shape), dtype=float)
    if domain is Domain.NATURAL:
        return np.array(generator.integers(1, 5, shape, endpoint=True))
    if domain is Domain.UNIT:
        return np.array(generator.uniform(0.05, 0.95, shape))
    if domain is Domain.POSITIVE:
        return np.array(generator.uniform(0.2, 3.0, shape))
    return np.array(generator.normal(size=shape))
