"""SymPy expressions are read as they stand: what page and snippet say is compared, not what it comes to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.printers.sympy import to_source
from chainrule.proving.arrange import same_expression
from chainrule.sample import environments, evaluate
from chainrule.sympy_lines import LineError, to_term
from chainrule.sympy_numbers import compile_line, evaluate_line
from chainrule.tree import Add, Call, Derivative, Div, Mul, Neg, Num, Pow, Term, number
from tests.engine.subject import line, notation
from tests.engine.subject_sympy import DEFINITIONS, typed
from tests.engine.test_printers import LEAVES, scalars

BOTH_WAYS = [
    (r"t - t u - u + t u", "t - t * u - u + t * u"),
    (r"-\frac{1}{p} \sum_{r=1}^{p} b_r \log g", "-(1 / p) * Sum(b[r] * log(g), (r, 1, p))"),
    (r"\frac{e^{-t}}{(1 + e^{-t})^2}", "exp(-t) / (1 + exp(-t)) ** 2"),
    (r"g^1 (1 - f)^{1 - 1}", "g ** 1 * (1 - f) ** (1 - one)"),
    (r"\frac{1}{2} t", "one / 2 * t"),
    (r"\frac{1}{2} t", "Rational(1, 2) * t"),
    (r"\frac{\partial}{\partial w_s} R(w)", "D(R(w), w[s])"),
    (r"\frac{\partial R(w)}{\partial w}", "D(R(w), w)"),
    (r"\frac{d}{dt} \phi(t)", "D(phi(t), t)"),
    (r"\phi'(t)", "prime(phi(t))"),
    (r"w^\top a^{(r)}", "dot(w, a[r])"),
    (r"a_s^{(r)} A_{rs}", "a[r, s] * A[r, s]"),
    (r"(A w)_r - b_r", "entry(A * w, r) - b[r]"),
    (r"\left(A^\top (\phi(A w) - b)\right)_s", "entry(A.T * (phi(A * w) - b), s)"),
    (r"\frac{2}{p} A^\top (A w - b)", "2 / p * (A.T * (A * w - b))"),
    (r"\frac{2}{p} A^\top (A w - b)", "2 / p * A.T * (A * w - b)"),
    (r"\lVert A w - b \rVert^2", "norm2(A * w - b)"),
    (r"\sum_{r=1}^{p} b_r a^{(r)}", "Sum(b[r] * a[r], (r, 1, p))"),
    (r"\prod_{r=1}^{p} \sum_{s=1}^{q} A_{rs}", "Product(Sum(A[r, s], (s, 1, q)), (r, 1, p))"),
    (r"\sum_{r=1}^{p} \sum_{s=1}^{q} A_{rs}", "Sum(A[r, s], (s, 1, q), (r, 1, p))"),
    (r"k_w(a^{(r)})", "k(w, a[r])"),
    (r"\sqrt{g}", "sqrt(g)"),
    (r"w - \frac{w}{p}", "w - w / p"),
]

DIFFERENT = [
    (r"t - u", "t - t * u - u + t * u", "cancelled"),
    (r"t + u", "t - u", "a sign"),
    (r"t (u + g)", "t * u + t * g", "multiplied out"),
    (r"\frac{\partial}{\partial w_s} R(w)", "D(R(w), w[l])", "an index"),
    (r"a_s^{(r)}", "A[r, s]", "equal by definition only"),
    (r"\log e^t", "t", "a law applied"),
    (r"\sum_{r=1}^{p} b_r", "Sum(b[r], (r, 2, p))", "a bound"),
    (r"\phi(t)", "log(1 + exp(t))", "a definition unfolded"),
    (r"\frac{\partial R(w)}{\partial w}", "D(R(b), b)", "another vector"),
    (r"g^2", "g ** 3", "an exponent"),
    (r"\lVert A w - b \rVert^2", "norm2(A * w + b)", "a sign inside a norm"),
    (r"\phi(A w)_r", "entry(A * w, r)", "a function left out"),
    (r"\frac{t}{u}", "u / t", "a fraction turned over"),
]


@pytest.mark.parametrize(("latex", "source"), BOTH_WAYS)
def test_line_is_the_same_expression(latex: str, source: str) -> None:
    """Page and snippet are compared as they stand."""
    assert same_expression(to_term(typed(source)), line(latex))


@pytest.mark.parametrize(("latex", "source", "why"), DIFFERENT)
def test_line_is_another_expression(latex: str, source: str, why: str) -> None:
    """Equal in value is not the same expression, and a slip is neither."""
    assert not same_expression(to_term(typed(source)), line(latex)), why


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("t / 2 * 0.5", "rounded"),
        ("Piecewise((t, t > 0), (0, True))", "Piecewise cannot stand in a line"),
        ("entry(A * w, r, s)", "2 indices for 1 axes"),
        ("dot(w, b)", "two vectors of one length"),
        ("prime(k(w, a[r]))", "not a function of one number"),
        ("A[r]", "1 indices for 2 axes"),
    ],
)
def test_line_that_leaves_the_language_is_refused(source: str, said: str) -> None:
    """What has no reading is said, with a cure."""
    with pytest.raises(LineError, match=said) as refused:
        to_term(typed(source))
    assert refused.value.cure


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.sampled_from(LEAVES), scalars, max_leaves=8))
def test_printed_source_is_the_same_expression(term: Term) -> None:
    """A scaffolded line, typed into a snippet, is the line of the page."""
    source = to_source(term)

    assert same_expression(to_term(typed(source.text)), term), source.text


def test_source_names_what_it_needs() -> None:
    """A scaffold can write its imports."""
    source = to_source(line(r"\frac{\partial}{\partial w_s} \log(w^\top a^{(r)})"))

    assert source.text == "D(log(dot(w, a[r])), w[s])"
    assert (source.sympy, source.vocabulary, source.names) == ({"log"}, {"D", "dot"}, {"w", "a", "r", "s"})


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Add((number(1), Neg(number(1)))), "Integer(1) - 1"),
        (Add((Neg(number(1)), number(2))), "-Integer(1) + 2"),
        (Div(number(1), number(2)), "Integer(1) / 2"),
        (Pow(number(2), number(3)), "Integer(2) ** 3"),
        (Mul((number(2), number(3))), "Integer(2) * 3"),
    ],
)
def test_numbers_alone_are_kept_from_python(term: Term, text: str) -> None:
    """Python would work with two bare numbers before SymPy sees them."""
    assert to_source(term).text == text
    assert same_expression(to_term(typed(text)), term)


@pytest.mark.parametrize(("latex", "source"), BOTH_WAYS)
def test_lambdified_line_agrees_with_the_interpreter(latex: str, source: str) -> None:
    """Two routes to numbers that share neither grammar nor code."""
    computed = compile_line(typed(source), DEFINITIONS)
    for environment in environments([line(latex)], notation()):
        expected = evaluate(line(latex), environment, notation())

        assert np.shape(computed(environment)) == np.shape(expected)
        np.testing.assert_allclose(computed(environment), expected, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    ("latex", "source", "why"), [row for row in DIFFERENT if row[2] in ("a sign", "an index", "an exponent", "a bound")]
)
def test_lambdified_slip_disagrees_with_the_interpreter(latex: str, source: str, why: str) -> None:
    """The numbers of the second route see what is wrong."""
    computed = compile_line(typed(source), DEFINITIONS)
    points = [*environments([line(latex), to_term_with_domains(source)], notation())]

    assert not all(
        np.allclose(computed(point), evaluate(line(latex), point, notation()), rtol=1e-10) for point in points
    ), why


def to_term_with_domains(source: str) -> Term:
    """The expression with its symbols as the notation declares them, so that they can be sampled."""

    def declared(term: Term) -> Term:
        found = notation().symbols.get(getattr(term, "name", ""))
        return found if found is not None and found == term else term.map(declared)

    return declared(to_term(typed(source)))


def test_derivative_inside_a_derivative_is_computed() -> None:
    """Where complex steps do not nest, differences take over."""
    second = Derivative(Derivative(Call("exp", (line("2 t"),)), line("t")), line("t"))

    value = evaluate_line(typed("D(D(exp(2 * t), t), t)"), {"t": 0.3})

    assert value == pytest.approx(4 * np.exp(0.6), rel=1e-9)
    assert evaluate(second, {"t": 0.3}, notation()) == pytest.approx(4 * np.exp(0.6), rel=1e-9)


def test_function_without_a_definition_has_no_numbers() -> None:
    """A function that no snippet defines is named."""
    with pytest.raises(ValueError, match="the function R is not defined"):
        evaluate_line(typed("R(w)"), {"w": np.ones(2)})


def test_integer_is_a_line() -> None:
    """A line may be a bare number of Python's."""
    assert to_term(0) == Num(number(0).value)
    assert to_term(-2) == Neg(number(2))
