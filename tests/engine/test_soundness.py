"""What the prover accepts is true: single changes to true steps, judged by an interpreter that knows no algebra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from chainrule.mutation.operators import changes, places
from chainrule.printers.latex import to_latex
from chainrule.proving import witness
from chainrule.proving.prove import prove_step
from chainrule.reading import ReadingError, read
from chainrule.results import Verdict
from chainrule.tree import Domain, Neg, Sym, Term
from tests.engine.subject import line, notation
from tests.engine.test_prove import TRUE


def mutants(term: Term) -> Iterator[Term]:
    """The term with one thing wrong: a slip of ``chainrule mutate``, or the sign of one variable."""
    yield from (change.line for change in changes(term, notation()))
    yield from with_a_sign(term)


def with_a_sign(term: Term) -> Iterator[Term]:
    """The term with a minus before one of its real variables."""
    if isinstance(term, Sym) and not term.axes and term.domain is Domain.REAL:
        yield Neg(term)
    for child, put in places(term):
        yield from map(put, with_a_sign(child))


def equation(left: Term, right: Term) -> tuple[Term, ...] | None:
    """Two lines as they would be read from a page; None if they are refused there, for their shapes, say."""
    with suppress(ReadingError):
        return read(f"{to_latex(left, notation())} = {to_latex(right, notation())}", notation()).lines
    return None


@pytest.mark.parametrize("latex", TRUE)
def test_no_mutant_with_a_witness_is_proved(latex: str) -> None:
    """Each mutant of either side is refuted, or is equal wherever it is tried."""
    left, right = (line(side) for side in latex.split(" = "))
    pairs = [(left, mutant) for mutant in mutants(right)] + [(mutant, right) for mutant in mutants(left)]
    read_as = [reading for pair in dict.fromkeys(pairs) if (reading := equation(*pair)) is not None]
    assert read_as
    for one, other in read_as:
        finding = prove_step(one, other, "=", None, notation(), {})

        if finding.verdict is Verdict.PROVED:
            assert witness.find(one, other, "=", notation()) is None, (one, other)
