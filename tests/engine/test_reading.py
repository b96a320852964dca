"""What the language reads, what it refuses, and that it never guesses."""

from __future__ import annotations

import pytest
from lark import Lark
from lark import logger as lark_logger

from chainrule.latex import grammar
from chainrule.latex.tokens import Layout
from chainrule.proving.arrange import same_expression
from chainrule.reading import ReadingError, read
from chainrule.tree import Big, Call, Derivative, Entry, MatMul, NormSquared, Pow, Sym, Transpose
from tests.engine.subject import line, notation

SAME = [
    (r"a_s^{(r)}", r"a^{(r)}_s"),
    (r"w^\top a^{(r)}", r"w^T a^{(r)}"),
    (r"w^\top a^{(r)}", r"w^{\top} a^{(r)}"),
    (r"w^\top a^{(r)}", r"w^{\mathsf T} a^{(r)}"),
    (r"w^\top a^{(r)}", r"w' a^{(r)}"),
    (r"\ln g", r"\log g"),
    (r"e^{t}", r"\exp(t)"),
    (r"\frac12 t", r"\frac{1}{2} t"),
    (r"t \cdot -u", r"-t u"),
    (r"\sum^{p}_{r=1} b_r", r"\sum_{r=1}^{p} b_r"),
    (r"\partial_{w_s} R(w)", r"\frac{\partial}{\partial w_s} R(w)"),
    (r"\left[ t + u \right]", r"\big( t + u \big)"),
    (r"-\frac{1}{p} t", r"\frac{-1}{p} t"),
    (r"\sum_{r=1}^p b_r", r"\sum_{r} b_r"),
    (r"\sum_{r=1}^p b_r", r"\sum_{j=1}^{p} b_j"),
    (r"b^{(r)}", r"b_r"),
    (r"\lVert Aw - b \rVert^2", r"\|Aw - b\|^2"),
    (r"\frac{d}{dt} \phi(t)", r"\frac{d \phi(t)}{dt}"),
    (r"\frac{\partial R(w)}{\partial w}", r"\nabla_w R(w)"),
    (r"\frac{d^2}{dt^2} e^t", r"\frac{d}{dt} \frac{d}{dt} e^t"),
    (r"t\,u \;+\; \quad g", r"tu + g"),
    (r"(1 + e^{-t})'", r"\frac{d}{dt} \left(1 + e^{-t}\right)"),
    (r"\displaystyle t", "t"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_are_one_expression(one: str, other: str) -> None:
    """The usual ways to write a thing are read as that thing."""
    assert same_expression(line(one), line(other))


KINDS = [
    (r"a_s^{(r)}", Entry),
    (r"\phi(t)", Call),
    (r"\phi(t)^2", Pow),
    (r"\phi'(t)", Call),
    (r"\phi(w)_s", Entry),
    (r"k_w(a^{(r)})", Call),
    (r"w^\top w", MatMul),
    (r"A^\top", Transpose),
    (r"\sum_{r=1}^p b_r t", Big),
    (r"\prod_{r=1}^p b_r", Big),
    (r"\frac{\partial R(w)}{\partial w_s}", Derivative),
    (r"\lVert w \rVert^2", NormSquared),
    (r"t", Sym),
]


@pytest.mark.parametrize(("latex", "kind"), KINDS)
def test_a_formula_is_read_as_its_kind(latex: str, kind: type) -> None:
    """A bracketed superscript is an index, a declared name before a bracket a call, and so on."""
    assert isinstance(line(latex), kind)


def test_shapes_are_those_that_were_declared() -> None:
    """(p, q) times (q,) is (p,); a gradient is a column like its variable."""
    p, q = notation().symbols["p"], notation().symbols["q"]
    assert line(r"A w").shape == (p,)
    assert line(r"A^\top (A w - b)").shape == (q,)
    assert line(r"\frac{\partial R(w)}{\partial w}").shape == (q,)
    assert line(r"w^\top A^\top b").shape == ()
    assert line(r"b b^\top").shape == (p, p)


REFUSED = [
    # what, code, a word of the message, the LaTeX it points at
    (r"b^{r}", "shape", "power", r"b^{r}"),
    (r"(1 - c^{r}) t", "shape", "power", r"c^{r}"),
    (r"a^r", "shape", "family", r"a^r"),
    (r"w A", "shape", "not defined", r"w A"),
    (r"A b", "shape", "not defined", r"A b"),
    (r"w a^{(r)}", "shape", "not defined", r"w a^{(r)}"),
    (r"w_r", "shape", "runs from 1 to p", r"w_r"),
    (r"a_r^{(s)}", "shape", "runs from 1 to q", r"a_r^{(s)}"),
    (r"1 + b", "shape", "added", "b"),
    (r"\phi(b^\top)", "shape", "takes a number", r"b^\top"),
    (r"R(b)", "shape", "takes a column of length q", "b"),
    (r"R(w, w)", "shape", "takes 1 argument", "R"),
    (r"\frac{t}{w}", "shape", "division", "w"),
    (r"t_s", "shape", "indices", r"t_s"),
    (r"t^\top", "shape", "transpose of a number", r"t^\top"),
    (r"x + t", "unknown-symbol", "not declared", "x"),
    (r"a + t", "unknown-symbol", "family", "a"),
    (r"\frac{d R(w)}{\partial w}", "mixed-differentials", "mixed", r"\frac"),
    (r"\log t u", "ambiguous", "could mean", r"t u"),
    (r"\log(g)^2", "ambiguous", "could mean", r"(g)^2"),
    (r"\frac{d}{dt} (t + u) u", "ambiguous", "could mean", r"\frac{d}{dt} (t + u) u"),
    (r"\frac{d}{dt} \phi(t) u", "ambiguous", "could mean", r"\frac{d}{dt} \phi(t) u"),
    (r"1/p t", "ambiguous", "could mean", "1/p"),
    (r"\phi^2(t)", "ambiguous", "could mean", r"\phi"),
    (r"\sum_{r=1}^p b_r + b_r", "ambiguous", "outside", "r"),
    (r"t_12", "ambiguous", "first digit", "12"),
    (r"(t u)'", "ambiguous", "exactly one variable", r"(t u)'"),
    (r"\foo + t", "unreadable", "not in the language", r"\foo"),
    (r"t + ", "unreadable", "ends too early", "+"),
    (r"t + \log", "unreadable", "no argument", r"\log"),
    (r"(t", "unreadable", "ends too early", "t"),
    (r"t \\ u", "unreadable", "neither a relation nor an operator", "u"),
    (r"t & u", "unreadable", "nothing is aligned", "&"),
    (r"\begin{cases} t \end{cases}", "unreadable", "cannot stand", r"\begin{cases} t \end{cases}"),
    (r"\begin{tabular} t \end{tabular}", "unreadable", "is not read", r"\begin{tabular}"),
    (r"\int t", "unreadable", "is not read", r"\int"),
    (r"t!", "unreadable", "cannot stand", "t!"),
    (r"t + \dots", "unreadable", "cannot stand", r"\dots"),
    (r"\phi(t = 1)", "unreadable", "cannot stand", "t = 1"),
    (r"\langle t \rangle", "unreadable", "cannot stand", r"\langle t \rangle"),
    (r"\phi(t, t)", "shape", "takes 1 argument", r"\phi"),
    (r"\begin{aligned} t", "unreadable", "never closed", r"\begin{aligned}"),
    (r"t. u", "unreadable", "full stop", "."),
    (r"\partial t", "unreadable", "outside a derivative", r"\partial"),
    (r"\frac{d}{dp} t", "shape", "not a variable", r"\frac{d}{dp} t"),
    (r"θ", "unreadable", "not in the language", "θ"),
]


@pytest.mark.parametrize(("latex", "code", "word", "place"), REFUSED)
def test_what_is_not_meant_is_refused_at_its_place(latex: str, code: str, word: str, place: str) -> None:
    """Each refusal has a code, says what is wrong, points at the spot, and tells what to write instead."""
    with pytest.raises(ReadingError) as refused:
        read(latex, notation())
    error = refused.value
    assert error.code == code
    assert word in error.message
    assert latex[error.span.start : error.span.end] in place or place in latex[error.span.start : error.span.end]
    assert error.cure


DEFINITIONS_REFUSED = [
    (r"t := t + 1", "circular"),
    (r"A_{rs} := A_{rs} + 1", "circular"),
    (r"\phi(t) := \phi(t) + 1", "circular"),
    (r"t := b", "shape"),
    (r"t + u := 2", "unreadable"),
    (r"\psi(x) := 2", "unknown-symbol"),
    (r"k \in \mathbb{N}", "ambiguous"),
    (r"v \in \mathbb{R}^{k}", "unknown-symbol"),
    (r"v \in (0, 2)", "unreadable"),
    (r"v \in \{0, 2\}", "unreadable"),
    (r"t = u := g", "unreadable"),
    (r"t \in \mathbb{R}, t = u", "unreadable"),
]


@pytest.mark.parametrize(("latex", "code"), DEFINITIONS_REFUSED)
def test_a_definition_that_defines_nothing_is_refused(latex: str, code: str) -> None:
    """Circles, wrong shapes, undeclared sizes, sets that are not read."""
    with pytest.raises(ReadingError) as refused:
        read(latex, notation())
    assert refused.value.code == code


def test_a_later_declaration_prevails() -> None:
    """A page may give a letter another meaning from there on; what it was defined to be no longer holds."""
    defined = read(r"t := u + 1", notation()).notation
    assert "t" in defined.definitions
    again = read(r"t \in (0, 1)", defined).notation
    assert "t" not in again.definitions


def test_alignment_and_reasons_are_read() -> None:
    """Rows, ampersands and the words under a relation."""
    rows = [
        r"\begin{aligned}",
        r"t + u &\underset{\text{rearrange}}{=} u + t \\[2ex]",
        r"  &\quad + 0 \\",
        r"  &= t",
        r"\end{aligned}.",
    ]

    reading = read("\n".join(rows), notation())

    assert reading.relations == ("=", "=")
    assert reading.reasons == (r"\text{rearrange}", None)
    assert len(reading.lines) == 3


def test_size_and_depth_are_bounded() -> None:
    """Hostile input ends in a refusal."""
    for latex in ["t" * 30_000, "(" * 500 + "t" + ")" * 500, "{" * 100_000]:
        with pytest.raises(ReadingError) as refused:
            read(latex, notation())
        assert refused.value.code == "too-large"


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    """lark settles a conflict by shifting, and says so only in its log: then one reading would win by accident."""
    with caplog.at_level("DEBUG", logger=lark_logger.name):
        Lark.open("latex.lark", rel_to=grammar.__file__, parser="lalr", lexer="basic", postlex=Layout(), debug=True)

    assert not [record for record in caplog.records if "onflict" in record.getMessage()]
