"""Print → read gives the same tree, for any tree that can be read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.printers.latex import to_latex
from chainrule.proving.arrange import height
from chainrule.reading import read
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Derivative,
    Div,
    Domain,
    Entry,
    MatMul,
    Mul,
    Neg,
    NormSquared,
    Pow,
    Sym,
    Term,
    Transpose,
    number,
)
from tests.engine.subject import notation

SYMBOLS = notation().symbols
FAMILY = notation().families["a"]


def over_rows(op: str, body: Term) -> Term:
    """A sum or product whose index has a letter of its own, since nested sums need different ones."""
    index = Sym("hijkmnxyz"[height(body)], domain=Domain.INDEX, bounds=(ONE, SYMBOLS["p"]))
    return Big(op, index, ONE, SYMBOLS["p"], Mul((body, Entry(SYMBOLS["b"], (index,)))))


def scalars(inside: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Terms made of smaller ones."""
    several = st.lists(inside, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Add),
        several.map(Mul),
        inside.map(Neg),
        st.builds(Div, inside, inside),
        st.builds(Pow, inside, st.one_of(st.integers(2, 12).map(number), inside)),
        inside.map(lambda t: Call("log", (t,))),
        inside.map(lambda t: Call("exp", (t,))),
        inside.map(lambda t: Call("phi", (t,))),
        inside.map(lambda t: Call("phi", (t,), 1)),
        inside.map(lambda t: Derivative(t, SYMBOLS["t"])),
        inside.map(lambda t: Derivative(t, Entry(SYMBOLS["w"], (SYMBOLS["s"],)))),
        inside.map(lambda t: over_rows("+", t)),
        inside.map(lambda t: over_rows("*", t)),
    )


LEAVES: list[Term] = [
    number(0),
    number(12),
    SYMBOLS["t"],
    SYMBOLS["g"],
    SYMBOLS["p"],
    Entry(SYMBOLS["w"], (SYMBOLS["s"],)),
    Entry(SYMBOLS["A"], (SYMBOLS["r"], SYMBOLS["s"])),
    Entry(FAMILY, (SYMBOLS["r"], SYMBOLS["l"])),
    MatMul(Transpose(SYMBOLS["w"]), Entry(FAMILY, (SYMBOLS["r"],))),
    NormSquared(Add((MatMul(SYMBOLS["A"], SYMBOLS["w"]), Neg(SYMBOLS["b"])))),
    Entry(MatMul(SYMBOLS["A"], SYMBOLS["w"]), (SYMBOLS["r"],)),
    Call("k", (SYMBOLS["w"], Entry(FAMILY, (SYMBOLS["r"],)))),
    Entry(Call("phi", (SYMBOLS["w"],), 0, True), (SYMBOLS["s"],)),
    Call("R", (SYMBOLS["w"],)),
]


@settings(max_examples=400, deadline=None)
@given(st.recursive(st.sampled_from(LEAVES), scalars, max_leaves=8))
def test_what_is_printed_reads_back_as_the_same_tree(term: Term) -> None:
    """LaTeX is a faithful picture of the tree."""
    latex = to_latex(term, notation())

    (again,) = read(latex, notation()).lines

    assert again == term, latex


def test_a_matrix_of_second_derivatives_reads_back() -> None:
    """Two gradients one after the other need a layout; the Hessian has an operator of its own."""
    vector = SYMBOLS["w"]
    hessian = Derivative(Derivative(Call("R", (vector,)), vector), vector)

    (again,) = read(to_latex(hessian, notation()), notation()).lines

    assert again == hessian
