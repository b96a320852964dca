"""What the prover accepts is true: single changes to true steps, judged by an interpreter that knows no algebra."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chainrule.proving import witness
from chainrule.proving.prove import prove_step
from chainrule.results import Verdict
from chainrule.tree import Add, Big, Call, Derivative, Div, Domain, Entry, Mul, Neg, Num, Pow, Sym, Term
from tests.engine.subject import line, notation
from tests.engine.test_prove import TRUE


def changes(term: Term) -> Iterator[Term]:
    """The term with one small thing wrong at its top."""
    if isinstance(term, Add):
        for k, part in enumerate(term.terms):
            yield Add((*term.terms[:k], part.body if isinstance(part, Neg) else Neg(part), *term.terms[k + 1 :]))
    if isinstance(term, Mul):
        numbers = [k for k, f in enumerate(term.factors) if not f.shape]
        yield from (Mul((*term.factors[:k], term.factors[k], *term.factors[k:])) for k in numbers)
        yield from (Mul((*term.factors[:k], *term.factors[k + 1 :])) for k in numbers if len(term.factors) > 2)
    if isinstance(term, Div) and not term.above.shape:
        yield Div(term.below, term.above)
    if isinstance(term, Call) and term.function == "exp":
        yield Call("exp", (Neg(term.args[0]),))
    if isinstance(term, Call) and term.function == "log":
        yield term.args[0]
    if isinstance(term, Pow):
        yield term.base
    if isinstance(term, Sym) and not term.axes and term.domain is Domain.REAL:
        yield Neg(term)
    if isinstance(term, Num):
        yield Num(term.value + 1)


def mutants(term: Term) -> Iterator[Term]:
    """The term with one small thing wrong anywhere; what indices and bounds say stays."""
    yield from changes(term)
    for position, child in enumerate(term.children()):
        if isinstance(term, Derivative | Entry | Big) and position != (3 if isinstance(term, Big) else 0):
            continue
        for mutant in mutants(child):
            yield with_child(term, position, mutant)


def with_child(term: Term, position: int, image: Term) -> Term:
    """The node with one child exchanged."""
    count = iter(range(1_000))
    return term.map(lambda child: image if next(count) == position else child)


@pytest.mark.parametrize("latex", TRUE)
def test_no_mutant_with_a_witness_is_proved(latex: str) -> None:
    """Each mutant of either side is refuted, or is equal wherever it is tried."""
    left, right = (line(side) for side in latex.split(" = "))
    pairs = [(left, mutant) for mutant in mutants(right)] + [(mutant, right) for mutant in mutants(left)]
    assert pairs
    for one, other in dict.fromkeys(pairs):
        finding = prove_step(one, other, "=", None, notation(), {})

        if finding.verdict is Verdict.PROVED:
            assert witness.find(one, other, "=", notation()) is None, (one, other)
