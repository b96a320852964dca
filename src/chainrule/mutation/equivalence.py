"""Whether a mutant that was not rejected says the same as what is published: no error, so nothing to reject.

Lines are compared by their values, to 50 digits; functions by their results. The prover is asked about nothing but
other reasons for a step that stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
from mpmath import mp, mpf

from chainrule.declared import declared
from chainrule.mutation.formulas import corrupted
from chainrule.mutation.mutants import Mutant, PageMutant, SnippetMutant, edited
from chainrule.proving.exact import DIGITS, Interpreter, Undefined
from chainrule.proving.prove import prove_step
from chainrule.proving.witness import Symbols, environments, fails, free_symbols
from chainrule.reading import Reading
from chainrule.results import Verdict
from chainrule.sample import environments as sampled
from chainrule.sampling.builtins import Undefined as NoValue
from chainrule.sampling.environments import free_symbols as symbols_of
from chainrule.sampling.interpreter import Interpreter as Sampler
from chainrule.sampling.interpreter import key_of
from chainrule.sampling.membership import arguments_of, make_call
from chainrule.sampling.values import ValueCall, ValueFailed
from chainrule.site import Site
from chainrule.snippets import Snippet, load_text
from chainrule.symbols import Notation
from chainrule.sympy_lines import LineError, to_term
from chainrule.tree import Domain, Sym, Term

SEED = 1
RANDOM_POINTS = 40
SEEDS = range(20)


def same_meaning(mutant: Mutant, site: Site) -> str | None:
    """Why a mutant is no error: it says the same as what it was made from, or names another valid reason.

    None if it is one, or if that cannot be told.
    """
    if isinstance(mutant, PageMutant):
        reading = mutant.found.reading
        if mutant.terms is None or reading is None or corrupted(mutant).reading is None:
            return None
        return _by_value(agreeing_points(*mutant.terms, reading.notation))
    assert isinstance(mutant, SnippetMutant)
    root = site.settings.root
    published, other = (
        load_text(source, root / mutant.place.file, root)
        for source in (mutant.source, edited(mutant.source, mutant.edits))
    )
    if not isinstance(published, Snippet) or not isinstance(other, Snippet):
        return None
    if mutant.step is not None:
        return _other_reason(mutant.step, other, mutant, site)
    if mutant.part == "value":
        calls = _calls(published, other, mutant)
        # Far out, rounding decides whether a number lies within bounds; a declaration asks nothing there.
        points = same_results(calls, _reading(mutant).notation, far=bool(_reading(mutant).lines))
        return f"the function gives the same at {points} further points" if points else None
    return _same_lines(published, other, _reading(mutant).notation)


def agreeing_points(before: Term, after: Term, notation: Notation) -> int:
    """At how many points two lines have the same value, to 50 digits; 0 as soon as they differ at one."""
    interpreter = Interpreter(notation)
    count = 0
    with mp.workdps(DIGITS):
        for environment in _points(free_symbols([before, after], notation)):
            try:
                values = [_value(interpreter, term, environment) for term in (before, after)]
                if None in values and values != [None, None]:
                    return 0
                if None not in values and fails(values[0], values[1], "="):
                    return 0
            except (TypeError, ValueError, IndexError):
                return 0  # shapes that do not fit, which SymPy lets pass
            count += None not in values
    return count


def same_results(calls: Sequence[ValueCall], notation: Notation, *, far: bool) -> int:
    """At how many points functions give the same; 0 as soon as they differ at one. ``far`` asks far out, too."""
    count = 0
    for environment in _arguments(list(calls[0].symbols.values()), notation, far):
        results = [_result(call, environment) for call in calls]
        if not all(_same(results[0], result) for result in results):
            return 0
        count += 1
    return count


def _other_reason(step: int, other: Snippet, mutant: SnippetMutant, site: Site) -> str | None:
    """Whether the other rule, put before the prover by itself, justifies a step that numbers confirm."""
    reading, rule = _reading(mutant), other.because[mutant.number or 0]
    left, right = reading.lines[step - 1 : step + 1]
    facts = site.support(mutant.found, other).facts
    finding = prove_step(left, right, reading.relations[step - 1], rule, reading.notation, facts)
    points = agreeing_points(left, right, reading.notation) if finding.verdict is Verdict.PROVED else 0
    if not points:
        return None
    return f"proved by {mutant.after} as well; the two lines agree at {points} points, to {DIGITS} digits"


def _calls(published: Snippet, other: Snippet, mutant: SnippetMutant) -> list[ValueCall]:
    """The two functions, their parameters meaning what they mean to the checker."""
    reading, before = _reading(mutant), mutant.found.context.notation
    sampler = Sampler(reading.notation)
    if reading.lines:
        own = symbols_of(reading.lines, reading.notation)
        return [ValueCall(snippet.value, own, sampler) for snippet in (published, other)]
    wanted = declared(before, reading.notation)
    arguments = arguments_of([to_term(line) for line in published.lines], reading.notation)
    return [make_call(snippet.value, wanted, arguments, sampler) for snippet in (published, other)]


def _by_value(points: int) -> str | None:
    return f"equal to what is published at {points} points, to {DIGITS} digits" if points else None


def _reading(mutant: Mutant) -> Reading:
    reading = mutant.found.reading
    assert reading is not None
    return reading


def _same_lines(published: Snippet, other: Snippet, notation: Notation) -> str | None:
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


def _arguments(symbols: list[Sym], notation: Notation, far: bool) -> Iterator[Mapping[str, Any]]:
    """Random arguments at several shapes; the same at zero, with a number that is none, and far out."""
    for seed in SEEDS:
        for environment in sampled(symbols, notation, seed):
            yield environment
            for symbol in (s for s in symbols if s.domain is Domain.REAL):
                key = key_of(symbol)
                if key in environment:
                    value = np.asarray(environment[key], dtype=float)
                    for factor in (0.0, np.nan, 1e4) if far else (0.0, np.nan):
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
