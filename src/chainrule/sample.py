"""Numbers as a second opinion: whether the lines of a chain, and the snippet's function, agree at random points.

This knows the tree, the notation and NumPy, and nothing of the prover. Agreement of numbers proves nothing; but a
prover that were wrong would have to be wrong in the same way as this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.declared import declared
from chainrule.sampling.builtins import Undefined
from chainrule.sampling.environments import environments as sampled_environments
from chainrule.sampling.environments import free_symbols
from chainrule.sampling.interpreter import Environment, Interpreter
from chainrule.sampling.membership import accepted_outsider, arguments_of, make_call, members, rejected_member
from chainrule.sampling.values import ValueCall, ValueFailed
from chainrule.symbols import Notation
from chainrule.tree import Sym, Term

__all__ = ["SEED", "Disagreement", "Undefined", "disagreement", "environments", "evaluate", "instability", "membership"]

SEED = 20170510
TOLERANCE = 1e-10
LOOSER = 1e-7  # where a derivative stands inside another, which costs digits
NOTHING = 1e-13  # what rounding leaves of a sum that is zero
FAR = 1e4


@dataclass(frozen=True)
class Disagreement:
    """Two values that should agree and do not.

    ``line`` counts from 1; 0 is the snippet's function. ``against`` is the line that it was compared with. ``values``
    are what the symbols were, ``numbers`` the values of the two lines; ``explanation`` is one sentence.
    """

    line: int
    against: int
    explanation: str
    values: Mapping[str, str]
    numbers: Mapping[str, str]
    seed: int = SEED

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """Rows for a message."""
        where = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        return (("at", f"{where} (seed {self.seed})"), *self.numbers.items())


def evaluate(term: Term, environment: Mapping[str, Any], notation: Notation) -> Any:
    """The value of ``term``: a float, or an array of floats (a vector has one axis).

    ``environment`` maps the names of the free symbols to ints and arrays; a family ``x`` is found as ``x^``.

    Raises:
        Undefined: where the term has no value.
    """
    return Interpreter(notation).evaluate(term, environment)


def environments(terms: Sequence[Term], notation: Notation, seed: int = SEED) -> Iterator[Environment]:
    """Random values for the free symbols of ``terms``, each in its domain, at each of several shapes."""
    yield from sampled_environments(free_symbols(terms, notation), Interpreter(notation), seed)


def disagreement(
    lines: Sequence[Term],
    relations: Sequence[str],
    notation: Notation,
    value: Callable[..., Any] | None = None,
    seed: int = SEED,
) -> Disagreement | None:
    """The first point at which a relation of the chain does not hold, or the function ``value`` gives another result.

    ``value`` is called by keyword with what its parameters name in the notation, and must give the last line that is
    joined by an equals sign. An index of the equation that is not among its parameters is an axis of the result.
    """
    return _Comparison(lines, relations, notation, value, seed).run()


def instability(
    lines: Sequence[Term], notation: Notation, value: Callable[..., Any], seed: int = SEED
) -> Disagreement | None:
    """A point far out (one symbol 10⁴ times as large) at which ``value`` warns, fails or overflows."""
    comparison = _Comparison(lines, (), notation, value, seed)
    assert comparison.call is not None
    for env in comparison.points():
        for key in comparison.call.real_symbols(comparison.symbols):
            far = {**env, key: env[key] * FAR}
            try:
                if not comparison.call.in_domain(far):
                    continue
                result = comparison.call.result(far)
            except Undefined:
                continue  # what the function would be given has no value so far out
            except ValueFailed as failure:
                return comparison.report(0, 0, str(failure), far)
            if not np.all(np.isfinite(np.asarray(result, dtype=float))):
                return comparison.report(0, 0, "the snippet's function overflows", far, {"value": show(result)})
    return None


def membership(
    lines: Sequence[Term],
    before: Notation,
    after: Notation,
    value: Callable[..., Any],
    seed: int = SEED,
) -> Disagreement | None:
    """A member of what a block declares that ``value`` does not accept, or an outsider that it does not refuse.

    ``before`` and ``after`` are the notation around the block, ``lines`` the snippet's, which name the arguments of
    functions. Members are sampled at every shape, zero among them. Outsiders lie outside the domain (NaN, one half for
    a label, 0 for a size, an index past either end) or have an axis too many.
    """
    interpreter = Interpreter(after)
    wanted, arguments = declared(before, after), arguments_of(lines, after)
    call = make_call(value, wanted, arguments, interpreter)
    missing = [s.name for s in wanted.symbols if s.name not in call.symbols]
    if call.unknown or missing:
        what = f"asks for {' and '.join(call.unknown)}" if call.unknown else f"does not ask for {' and '.join(missing)}"
        return Disagreement(0, 0, f"the snippet's function {what}", {}, {}, seed)
    symbols = free_symbols(list(call.symbols.values()), after)
    for env in sampled_environments(symbols, interpreter, seed):
        for member in members(env, symbols):
            problem = rejected_member(call, member)
            if problem:
                return Disagreement(0, 0, problem, show_all(member), {}, seed)
        found = accepted_outsider(call, wanted, arguments, env, interpreter)
        if found:
            return Disagreement(0, 0, found[0], show_all(found[1]), {}, seed)
    return None


def show_all(env: Environment) -> dict[str, str]:
    """The values of an environment, short."""
    return {key.removesuffix("^"): show(value) for key, value in env.items()}


def show(value: Any) -> str:
    """A value, short."""
    if isinstance(value, int):
        return str(value)
    return np.array2string(np.asarray(value), precision=6, separator=", ", threshold=12).replace("\n", "")


class _Comparison:
    """One chain at all points."""

    def __init__(
        self,
        lines: Sequence[Term],
        relations: Sequence[str],
        notation: Notation,
        value: Callable[..., Any] | None,
        seed: int,
    ) -> None:
        self.lines, self.relations, self.seed = lines, relations, seed
        self.interpreter = Interpreter(notation)
        own = free_symbols(lines, notation)
        self.call = ValueCall(value, own, self.interpreter) if value is not None else None
        extra = list(self.call.symbols.values()) if self.call is not None else []
        self.symbols: dict[str, Sym] = free_symbols([*lines, *extra], notation)
        exact = all(self.interpreter.is_exact(line) for line in lines)
        self.tolerance = TOLERANCE if exact else LOOSER
        self.equal = [k for k, relation in enumerate(relations, start=1) if relation in ("=", ":=")]
        self.apart: set[int] = set()

    def points(self) -> Iterator[Environment]:
        return sampled_environments(self.symbols, self.interpreter, self.seed)

    def run(self) -> Disagreement | None:
        if self.call is not None and self.call.unknown:
            unknown = " and ".join(self.call.unknown)
            return self.report(0, 0, f"the snippet's function asks for {unknown}, which the notation does not know", {})
        env: Environment = {}
        for env in self.points():
            found = self._at(env)
            if found is not None:
                return found
        if not env:
            return (
                self.report(1, 1, "no point was found at which the symbols have values", {}) if self.symbols else None
            )
        for number, relation in enumerate(self.relations, start=1):
            if relation == "!=" and number not in self.apart:
                what = f"line {number + 1} equals line {number} wherever it was tried"
                return self.report(number + 1, number, what, env)
        return None

    def _at(self, env: Environment) -> Disagreement | None:
        values: list[Any] = []
        for number, line in enumerate(self.lines, start=1):
            try:
                values.append(self.interpreter.evaluate(line, env))
            except Undefined as reason:
                return self.report(number, number, f"line {number} has no value here: {reason}", env)
        for number, relation in enumerate(self.relations, start=1):
            left, right = values[number - 1], values[number]
            if not self._holds(number, left, right, relation):
                numbers = {f"line {number}": show(left), f"line {number + 1}": show(right)}
                what = f"line {number + 1} does not agree with line {number}"
                return self.report(number + 1, number, what, env, numbers)
        return self._value_at(env, values) if self.call is not None and values else None

    def _holds(self, number: int, left: Any, right: Any, relation: str) -> bool:
        if relation == "!=":
            if not self._close(left, right):
                self.apart.add(number)
            return True
        if np.shape(left) != np.shape(right):
            return False
        if relation in ("=", ":="):
            return self._close(left, right)
        slack = self._slack(left, right)
        above, below = (left, right) if relation in (">", ">=") else (right, left)
        margin = np.asarray(above) - np.asarray(below)
        return bool(np.all(margin > 0 if relation in ("<", ">") else margin >= -slack))

    def _close(self, left: Any, right: Any) -> bool:
        if np.shape(left) != np.shape(right):
            return False
        difference = np.abs(np.asarray(left) - np.asarray(right))
        return bool(np.all(difference <= self._slack(left, right)))

    def _slack(self, left: Any, right: Any) -> float:
        largest = max(float(np.max(np.abs(left), initial=0.0)), float(np.max(np.abs(right), initial=0.0)))
        return max(self.tolerance * largest, NOTHING)

    def _value_at(self, env: Environment, values: list[Any]) -> Disagreement | None:
        assert self.call is not None
        against = self.equal[-1] if self.equal else 0
        expected = values[against]
        try:
            result = self.call.at_indices(env, np.shape(expected))
        except (ValueFailed, Undefined) as failure:
            return self.report(0, against + 1, str(failure), env)
        if self._close(result, expected):
            return None
        numbers = {f"line {against + 1}": show(expected), "value": show(result)}
        return self.report(0, against + 1, f"the snippet's function does not give line {against + 1}", env, numbers)

    def report(
        self, line: int, against: int, explanation: str, env: Environment, numbers: Mapping[str, str] | None = None
    ) -> Disagreement:
        return Disagreement(line, against, explanation, show_all(env), numbers or {}, self.seed)
