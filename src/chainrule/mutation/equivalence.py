"""Whether a mutant that was not rejected says the same as what is published: no error, so nothing to reject.

Nothing here asks the prover about the mutant. Lines are compared by their values, exactly or to 50 digits; functions
by their results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import numpy as np
from mpmath import mp, mpf

from chainrule.mutation.mutants import Mutant, PageMutant, SnippetMutant, edited
from chainrule.proving.exact import DIGITS, Interpreter, Undefined
from chainrule.proving.witness import Symbols, environments, fails, free_symbols
from chainrule.sample import environments as sampled
from chainrule.sampling.builtins import Undefined as NoValue
from chainrule.sampling.interpreter import Interpreter as Sampler
from chainrule.sampling.interpreter import key_of
from chainrule.sampling.values import ValueCall, ValueFailed
from chainrule.settings import Settings
from chainrule.snippets import Snippet, load_text
from chainrule.symbols import Notation
from chainrule.tree import Domain, Sym, Term

SEED = 1
RANDOM_POINTS = 40
SEEDS = range(20)


def same_meaning(mutant: Mutant, settings: Settings) -> str | None:
    """Why a mutant says the same as what it was made from; None if it does not, or cannot be told."""
    if isinstance(mutant, PageMutant):
        reading = mutant.found.reading
        if mutant.terms is None or reading is None:
            return None
        return _by_value(agreeing_points(*mutant.terms, reading.notation))
    assert isinstance(mutant, SnippetMutant)
    if mutant.part == "because":
        return f"{mutant.after} justifies this step too, and no weaker rule does"
    published, other = (
        load_text(source, settings.root / mutant.place.file, settings.root)
        for source in (mutant.source, edited(mutant.source, mutant.edits))
    )
    if not isinstance(published, Snippet) or not isinstance(other, Snippet):
        return None
    if mutant.part == "value":
        points = same_results(published.value, other.value, _notation(mutant))
        return f"the function gives the same at {points} further points" if points else None
    return _same_lines(published, other, _notation(mutant))


def agreeing_points(before: Term, after: Term, notation: Notation) -> int:
    """At how many points two lines have the same value, to 50 digits; 0 as soon as they differ at one."""
    interpreter = Interpreter(notation)
    count = 0
    with mp.workdps(DIGITS):
        for environment in _points(free_symbols([before, after], notation)):
            values = [_value(interpreter, term, environment) for term in (before, after)]
            if (values[0] is None) != (values[1] is None):
                return 0
            if values[0] is None:
                continue
            if fails(values[0], values[1], "="):
                return 0
            count += 1
    return count


def same_results(published: Callable[..., Any], other: Callable[..., Any], notation: Notation) -> int:
    """At how many points two functions give the same; 0 as soon as they differ at one."""
    sampler = Sampler(notation)
    calls = [ValueCall(function, {}, sampler) for function in (published, other)]
    symbols = list(calls[0].symbols.values())
    count = 0
    for environment in _arguments(symbols, notation):
        results = [_result(call, environment) for call in calls]
        if not _same(*results):
            return 0
        count += 1
    return count


def _by_value(points: int) -> str | None:
    return f"equal to what is published at {points} points, to {DIGITS} digits" if points else None


def _notation(mutant: Mutant) -> Notation:
    reading = mutant.found.reading
    assert reading is not None
    return reading.notation


def _same_lines(published: Snippet, other: Snippet, notation: Notation) -> str | None:
    from chainrule.sympy_lines import LineError, to_term

    try:
        pairs = [
            (_declared(to_term(a), notation), _declared(to_term(b), notation))
            for a, b in zip(published.lines, other.lines, strict=True)
            if str(a) != str(b)
        ]
    except LineError:
        return None
    if not pairs:
        return "SymPy makes the same expressions of it"
    return _by_value(min(agreeing_points(a, b, notation) for a, b in pairs))


def _declared(term: Term, notation: Notation) -> Term:
    """A term of a snippet with the page's symbols, which know their domains and ranges."""
    if isinstance(term, Sym):
        return (notation.families if term.batch else notation.symbols).get(term.name, term)
    return term.map(lambda part: _declared(part, notation))


def _points(symbols: Symbols) -> Iterator[Mapping[str, Any]]:
    """The points at which witnesses are looked for, and random ones."""
    yield from environments(symbols)
    random = Random(SEED)
    for _ in range(RANDOM_POINTS):
        sizes = {size.name: random.randint(1, 4) for size in symbols.sizes}
        letters = {index.name: random.randint(1, _last(index, sizes)) for index in symbols.indices}
        values = {f"{s.name}()" if s.batch else s.name: _drawn(s, s.axes, sizes, random) for s in symbols.variables}
        yield {**sizes, **letters, **values}


def _last(index: Sym, sizes: Mapping[str, int]) -> int:
    upper = index.bounds[-1] if index.bounds else None
    return sizes.get(upper.name, 1) if isinstance(upper, Sym) else 1


def _drawn(symbol: Sym, axes: tuple[Term, ...], sizes: Mapping[str, int], random: Random) -> Any:
    if axes:
        length = sizes.get(getattr(axes[0], "name", ""), 1)
        return [_drawn(symbol, axes[1:], sizes, random) for _ in range(length)]
    if symbol.domain is Domain.BINARY:
        return mpf(random.randint(0, 1))
    unit = mpf(random.randint(1, 10**40 - 1)) / mpf(10) ** 40
    if symbol.domain is Domain.UNIT:
        return unit
    return 3 * unit if symbol.domain is Domain.POSITIVE else 4 * unit - 2


def _value(interpreter: Interpreter, term: Term, environment: Mapping[str, Any]) -> Any:
    try:
        return interpreter.value(term, environment)
    except (Undefined, KeyError, OverflowError, ZeroDivisionError):
        return None


def _arguments(symbols: list[Sym], notation: Notation) -> Iterator[Mapping[str, Any]]:
    """Random arguments at several shapes; the same far out, at zero, and with a number that is none."""
    for seed in SEEDS:
        for environment in sampled(symbols, notation, seed):
            yield environment
            for symbol in (s for s in symbols if s.domain is Domain.REAL):
                key = key_of(symbol)
                if key in environment:
                    value = np.asarray(environment[key], dtype=float)
                    for factor in (1e4, 0.0, np.nan):
                        yield {**environment, key: value * factor}


def _result(call: ValueCall, environment: Mapping[str, Any]) -> Any:
    try:
        return call.result(dict(environment), warn=False)
    except (ValueFailed, NoValue) as failure:
        return str(failure)


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return type(left) is type(right)
    a, b = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-12, atol=1e-300, equal_nan=True))
