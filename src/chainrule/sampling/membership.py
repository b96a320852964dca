"""Whether a snippet's ``value`` tells members of what a declaration names from outsiders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from chainrule.declared import Declared
from chainrule.sampling.interpreter import Environment, Interpreter, key_of
from chainrule.sampling.values import ValueCall, ValueFailed
from chainrule.symbols import Notation
from chainrule.tree import Call, Domain, Sym, Term

OUTSIDERS: dict[Domain, tuple[float, ...]] = {
    Domain.REAL: (float("nan"),),
    Domain.BINARY: (0.5,),
    Domain.UNIT: (0.0, 1.0),
    Domain.POSITIVE: (0.0,),
    Domain.NATURAL: (0, 0.5),
}


def arguments_of(lines: Sequence[Term], notation: Notation) -> dict[str, Sym]:
    """The arguments in the lines of a signature, with the domains that it gives them: h(theta, x) names x."""
    found: dict[str, Sym] = {}
    for line in lines:
        if isinstance(line, Call) and line.function in notation.functions:
            for argument, parameter in zip(line.args, notation.functions[line.function].parameters, strict=False):
                if isinstance(argument, Sym):
                    found[argument.name] = Sym(argument.name, parameter.axes, domain=parameter.domain)
    return found


def members(env: Environment, symbols: Mapping[str, Sym]) -> Iterator[Environment]:
    """The sampled values, and the same with each real symbol at zero, where divisions and logarithms show."""
    yield env
    for key, symbol in symbols.items():
        if symbol.domain is Domain.REAL:
            yield {**env, key: env[key] * 0.0}


def rejected_member(call: ValueCall, env: Environment) -> str:
    """Why ``value`` does not accept a member, or nothing."""
    try:
        answer = call.result(env)
    except ValueFailed as failure:
        return str(failure)
    return "" if _truth(answer) is True else "the snippet's function does not accept a member"


def accepted_outsider(
    call: ValueCall, wanted: Declared, arguments: dict[str, Sym], env: Environment, interpreter: Interpreter
) -> tuple[str, Environment] | None:
    """Why ``value`` does not refuse an outsider, and the outsider."""
    asked = {name: key_of(symbol) for name, symbol in call.symbols.items()}
    own = [s for s in wanted.symbols if key_of(s) in asked.values()]
    own += [s for name, s in arguments.items() if name in asked and s.domain is Domain.REAL]
    for symbol in own:
        key = key_of(symbol)
        for outsider in outsiders(symbol, env, interpreter, shapes=symbol in wanted.symbols):
            outside = {**env, key: outsider}
            try:
                answer = call.result(outside, warn=False)
            except ValueFailed as failure:
                return str(failure), outside
            if _truth(answer) is not False:
                return f"the snippet's function does not refuse a false {symbol.name}", outside
    return None


def outsiders(symbol: Sym, env: Environment, interpreter: Interpreter, *, shapes: bool) -> Iterator[Any]:
    """Values that ``symbol`` must not have: outside its domain, and (with ``shapes``) with an axis too many."""
    value = env[key_of(symbol)]
    if symbol.domain is Domain.INDEX:
        first, last = (interpreter.compile(bound)(env) for bound in symbol.bounds)
        yield from (first - 1, last + 1)
        return
    for wrong in OUTSIDERS[symbol.domain]:
        if not symbol.axes:
            yield wrong
            continue
        array = np.array(value, dtype=float)
        array.flat[-1] = wrong
        yield array
    if symbol.axes and shapes:
        yield np.array(value)[..., np.newaxis]


def make_call(
    value: Callable[..., Any], wanted: Declared, arguments: dict[str, Sym], interpreter: Interpreter
) -> ValueCall:
    """The call of ``value``, whose parameters mean what is being declared before anything else."""
    own = {**arguments, **{symbol.name: symbol for symbol in reversed(wanted.symbols)}}
    return ValueCall(value, own, interpreter)


def _truth(answer: Any) -> bool | None:
    return bool(answer) if isinstance(answer, bool | np.bool_) else None
