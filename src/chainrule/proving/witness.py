"""The smallest values found at which two lines differ: a refutation that the reader can check by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any

from mpmath import mp, mpf

from chainrule.names import readable
from chainrule.proving.dependence import with_bound
from chainrule.proving.exact import DIGITS, Interpreter, Undefined
from chainrule.symbols import Notation
from chainrule.tree import Call, Domain, Sym, Term

SIZES = (1, 2, 3)
NUMBERS = [Fraction(k) for k in (1, 2, -1, 3)] + [Fraction(1, 2), Fraction(0), Fraction(-3, 2), Fraction(5, 2)]
UNIT = [Fraction(1, 2), Fraction(1, 3), Fraction(3, 4), Fraction(1, 5)]
BITS = [Fraction(1), Fraction(0)]
TRIES = 6
TOLERANCE = mpf(10) ** -20


@dataclass(frozen=True)
class Witness:
    """Values of all free symbols, and the two sides there."""

    values: dict[str, str]
    left: str
    right: str

    def as_dict(self) -> dict[str, str]:
        """For reports: the values, then ``left`` and ``right``."""
        return {**self.values, "left": self.left, "right": self.right}


@dataclass(frozen=True)
class Symbols:
    """The free symbols that the value of some terms depends on."""

    sizes: tuple[Sym, ...]
    indices: tuple[Sym, ...]
    variables: tuple[Sym, ...]


def free_symbols(terms: list[Term], notation: Notation) -> Symbols:
    """Collect the symbols, looking through definitions; what is defined is not free."""
    found: dict[tuple[str, int], Sym] = {}
    pending = [(t, frozenset[str]()) for t in terms]
    seen: set[Any] = set()
    while pending:
        term, bound = pending.pop()
        for part, names in with_bound(term, bound):
            if isinstance(part, Call) and part.function in notation.functions:
                function = notation.functions[part.function]
                if function.body is not None and (function.name, "f") not in seen:
                    seen.add((function.name, "f"))
                    pending.append((function.body, frozenset(p.name for p in function.parameters)))
            if not isinstance(part, Sym) or part.name in names:
                continue
            definition = None if part.batch else notation.definitions.get(part.name)
            if definition is not None and part.name not in seen:
                seen.add(part.name)
                pending.append((definition.body, frozenset(i.name for i in definition.indices)))
            if definition is None:
                found[part.name, part.batch] = part
            for axis in (*part.axes, *part.bounds):
                if axis not in seen:
                    seen.add(axis)
                    pending.append((axis, names))
    symbols = sorted(found.values(), key=lambda s: s.name)
    return Symbols(
        tuple(s for s in symbols if s.domain is Domain.NATURAL),
        tuple(s for s in symbols if s.domain is Domain.INDEX),
        tuple(s for s in symbols if s.domain not in (Domain.NATURAL, Domain.INDEX)),
    )


def environments(symbols: Symbols) -> Iterator[dict[str, Any]]:
    """Environments from the smallest on: all sizes 1 first, and small numbers."""
    sizes = sorted(product(SIZES, repeat=len(symbols.sizes)), key=lambda s: (sum(s), s))
    for choice in sizes:
        base: dict[str, Any] = {s.name: k for s, k in zip(symbols.sizes, choice, strict=True)}
        for attempt in range(TRIES):
            environment = dict(base)
            counter = attempt
            for symbol in symbols.variables:
                shape = [int(environment.get(getattr(a, "name", ""), 1)) for a in symbol.axes]
                key = f"{symbol.name}()" if symbol.batch else symbol.name
                environment[key], counter = filled(shape, symbol.domain, counter)
            yield from islice(with_indices(symbols.indices, environment), 4)


def filled(shape: list[int], domain: Domain, counter: int) -> tuple[Any, int]:
    """An array of small values of a domain, each entry another one."""
    if shape:
        rows = []
        for _ in range(shape[0]):
            row, counter = filled(shape[1:], domain, counter)
            rows.append(row)
        return rows, counter
    pool = {Domain.UNIT: UNIT, Domain.BINARY: BITS, Domain.POSITIVE: [abs(x) for x in NUMBERS if x]}.get(
        domain, NUMBERS
    )
    value = pool[counter % len(pool)]
    return mpf(value.numerator) / value.denominator, counter + 1


def with_indices(indices: tuple[Sym, ...], environment: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The environment with every choice of the free indices."""
    ranges = []
    for index in indices:
        upper = index.bounds[1] if len(index.bounds) == 2 else None
        ranges.append(range(1, int(environment.get(getattr(upper, "name", ""), 1)) + 1))
    for choice in product(*ranges):
        yield {**environment, **{i.name: k for i, k in zip(indices, choice, strict=True)}}


def find(left: Term, right: Term, relation: str, notation: Notation, deadline: float | None = None) -> Witness | None:
    """The first environment at which ``left relation right`` is false, at 50 digits; None if none was found."""
    symbols = free_symbols([left, right], notation)
    interpreter = Interpreter(notation)
    with mp.workdps(DIGITS):
        for environment in environments(symbols):
            if deadline is not None and time.monotonic() > deadline:
                return None
            try:
                a, b = interpreter.value(left, environment), interpreter.value(right, environment)
            except (Undefined, KeyError, OverflowError, ZeroDivisionError):
                continue
            if fails(a, b, relation):
                return Witness(shown_values(environment), shown(a), shown(b))
    return None


def fails(left: Any, right: Any, relation: str) -> bool:
    """Whether the relation is false between two values, beyond doubt of rounding."""
    if isinstance(left, list):
        return any(fails(a, b, relation) for a, b in zip(left, right, strict=True))
    if mp.im(left) or mp.im(right):
        return False
    gap = left - right
    slack = TOLERANCE * max(1, abs(left), abs(right))
    return bool(
        {
            "=": abs(gap) > slack,
            "!=": abs(gap) <= slack,
            "<=": gap > slack,
            "<": gap > slack,
            ">=": gap < -slack,
            ">": gap < -slack,
        }[relation]
    )


def shown_values(environment: Mapping[str, Any]) -> dict[str, str]:
    """The environment as the reader sees it: readable names; an array of one entry as that entry."""
    return {readable(name.removesuffix("()")): shown(value) for name, value in environment.items()}


def shown(value: Any) -> str:
    """A value in few digits."""
    if isinstance(value, list):
        return shown(value[0]) if len(value) == 1 else f"({', '.join(shown(v) for v in value)})"
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    return str(mp.nstr(value, 5))
