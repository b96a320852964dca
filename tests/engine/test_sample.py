"""Numbers as a second opinion: what is true agrees, and whatever is broken is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from chainrule.reading import read
from chainrule.sample import Disagreement, Undefined, disagreement, environments, evaluate, instability, membership
from chainrule.sympy_lines import to_term
from chainrule.tree import Big, Call, Delta, Derivative, Domain, Entry, Neg, Sym, Term, number
from tests.engine.subject import line, notation
from tests.engine.subject_sympy import typed

P, Q = 3, 2
DATA = np.array([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]])
TARGETS = np.array([1.0, -0.5, 2.0])
WEIGHTS = np.array([0.8, -0.3])
POINT: dict[str, Any] = {
    "p": P, "q": Q, "r": 2, "s": 1, "l": 2,
    "a^": DATA, "b": TARGETS, "w": WEIGHTS, "t": 0.7, "u": -1.2, "g": 1.9, "f": 0.4,
}  # fmt: skip
MISFIT = DATA @ WEIGHTS - TARGETS

VALUES = [
    (r"2 t - \frac{u}{g}", 1.4 + 1.2 / 1.9),
    (r"-\left(t + u\right)^2", -0.25),
    (r"\frac{1}{2} \sqrt{g}", 0.5 * np.sqrt(1.9)),
    (r"e^{-t} \log g", np.exp(-0.7) * np.log(1.9)),
    (r"g^{f}", 1.9**0.4),
    (r"(t + u)^0", 1),
    (r"a_s^{(r)}", 2.0),
    (r"A_{rs}", 2.0),
    (r"a^{(r)}", DATA[1]),
    (r"A", DATA),
    (r"A^\top", DATA.T),
    (r"w^\top", WEIGHTS[np.newaxis]),
    (r"w^\top a^{(r)}", WEIGHTS @ DATA[1]),
    (r"a^{(r)} w^\top", np.outer(DATA[1], WEIGHTS)),
    (r"A w", DATA @ WEIGHTS),
    (r"A^\top A", DATA.T @ DATA),
    (r"w^\top A^\top", (DATA @ WEIGHTS)[np.newaxis]),
    (r"(A w)_r", (DATA @ WEIGHTS)[1]),
    (r"\lVert A w - b \rVert^2", MISFIT @ MISFIT),
    (r"\phi(t)", np.log1p(np.exp(0.7))),
    (r"\phi(\phi(t))", np.log1p(np.exp(np.log1p(np.exp(0.7))))),
    (r"\phi(A w)", np.log1p(np.exp(DATA @ WEIGHTS))),
    (r"R(w)", MISFIT @ MISFIT / 3),
    (r"k_w(a^{(r)})", np.exp(WEIGHTS @ DATA[1])),
    (r"\sum_{r=1}^{p} b_r", 2.5),
    (r"\prod_{r=1}^{p} b_r", -1.0),
    (r"\sum_{r=1}^{p} b_r a^{(r)}", TARGETS @ DATA),
    (
        r"\sum_{r=1}^{p} \sum_{s=1}^{q} r s A_{rs}",
        sum((i + 1) * (j + 1) * DATA[i, j] for i in range(P) for j in range(Q)),
    ),
    (r"\frac{d}{dt} \phi(t)", 1 / (1 + np.exp(-0.7))),
    (r"\phi'(t)", 1 / (1 + np.exp(-0.7))),
    (r"\phi''(t)", np.exp(-0.7) / (1 + np.exp(-0.7)) ** 2),
    (r"\frac{\partial}{\partial w_s} R(w)", 2 / 3 * DATA[:, 0] @ MISFIT),
    (r"\frac{\partial R(w)}{\partial w}", 2 / 3 * DATA.T @ MISFIT),
    (r"\frac{\partial w_l}{\partial w_s}", 0),
    (r"\frac{\partial}{\partial a_s^{(r)}} (w^\top a^{(r)})", 0.8),
    (r"\frac{d}{dt} \frac{d}{dt} e^{2 t}", 4 * np.exp(1.4)),
    (r"\frac{d}{dt} \log \left(t^2\right)", 2 / 0.7),
]

SLOPE = r"\frac{\partial}{\partial w_s} R(w)"

TRUE = [
    SLOPE
    + r"= \frac{2}{p} \sum_{r=1}^{p} (w^\top a^{(r)} - b_r) a_s^{(r)} = \frac{2}{p} \left(A^\top (A w - b)\right)_s",
    r"\frac{\partial R(w)}{\partial w} = \frac{2}{p} A^\top (A w - b)",
    r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{-t}}",
    r"\phi(t) - \phi(-t) = t",
    r"\frac{d}{dt} \frac{d}{dt} \phi(t) = \frac{e^{-t}}{(1 + e^{-t})^2}",
    r"0 < \phi'(t) < 1",
    r"R(w) \ge 0",
    r"2 t u \le t^2 + u^2",
    r"\phi(t) \ge \log 2 + \frac{t}{2}",
    r"t + u \ne t - u",
    r"c_r^2 = c_r",
]

BROKEN = [
    (SLOPE + r"= \frac{2}{p} \sum_{r=1}^{p} (w^\top a^{(r)} + b^{(r)}) a_s^{(r)}", "a sign"),
    (
        r"\frac{\partial}{\partial w_s} R(w) = \frac{2}{p} \sum_{r=1}^{p} (w^\top a^{(r)} - b^{(r)}) a_l^{(r)}",
        "an index",
    ),
    (SLOPE + r"= 2 \sum_{r=1}^{p} (w^\top a^{(r)} - b^{(r)}) a_s^{(r)}", "the mean"),
    (r"\frac{\partial R(w)}{\partial w} = \frac{1}{p} A^\top (A w - b)", "a factor"),
    (r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{t}}", "a sign in an exponent"),
    (r"\phi(t) = \log(1 - e^t)", "a logarithm of nothing"),
    (r"\frac{d}{dt} \log(f - 2) = 0", "a derivative of what is not defined"),
    (r"\log(t - 1) = \log(t - 1)", "a line without a value"),
    (r"\frac{1}{p - p} = \frac{1}{p - p}", "a division by zero"),
    (r"R(w) < 0", "an order"),
    (r"t \le u", "an order that holds only sometimes"),
    (r"c_r > 0", "an order that fails at the edge"),
    (r"t + u \ne u + t", "no difference"),
    (r"\frac{d}{dt} \frac{d}{dt} \phi(t) = \frac{e^{-t}}{(1 + e^{-t})^3}", "a power"),
]


def compare(latex: str, value: Callable[..., Any] | None = None) -> Disagreement | None:
    """What is found on one chain."""
    reading = read(latex, notation())
    return disagreement(reading.lines, reading.relations, reading.notation, value)


@pytest.mark.parametrize(("latex", "value"), VALUES)
def test_term_has_the_value_that_numpy_gives(latex: str, value: Any) -> None:
    """Every kind of node, at one point."""
    found = evaluate(line(latex), POINT, notation())

    assert np.shape(found) == np.shape(value)
    assert_allclose(found, value, rtol=1e-9)


def test_both_ends_of_a_sum_count() -> None:
    """A sum from 2 leaves out the first term; an empty one is nothing."""
    whole = line(r"\sum_{r=1}^{p} b_r")
    assert isinstance(whole, Big)

    assert evaluate(whole, POINT, notation()) == 2.5
    assert evaluate(replace(whole, lower=number(2)), POINT, notation()) == 1.5
    assert evaluate(replace(whole, lower=number(4)), POINT, notation()) == 0
    assert disagreement([whole, replace(whole, lower=number(2))], ["="], notation()) is not None


def test_index_out_of_range_has_no_value() -> None:
    """Neither the entry before the first nor the one after the last is another one."""
    for index in (0, 3):
        at = Entry(line("w"), (number(index),))
        for term in (at, Derivative(line("R(w)"), at)):
            with pytest.raises(Undefined, match="out of range"):
                evaluate(term, POINT, notation())


def test_delta_is_one_on_the_diagonal() -> None:
    """Kronecker's delta of two indices."""
    assert evaluate(Delta(line("s"), line("l")), POINT, notation()) == 0
    assert evaluate(Delta(line("s"), line("s")), POINT, notation()) == 1


@pytest.mark.parametrize("latex", [r"9^{9^{9}}", r"\sum_{r=1}^{p^{40}} r", r"e^{e^{g + 9}}", r"\prod_{r=1}^{2000} e^r"])
def test_monstrous_number_has_no_value_and_takes_no_time(latex: str) -> None:
    """What would fill the memory is refused at once."""
    with pytest.raises(Undefined):
        evaluate(line(latex), POINT, notation())


@pytest.mark.parametrize("latex", TRUE)
def test_truth_agrees(latex: str) -> None:
    """True chains, equations and inequalities."""
    assert compare(latex) is None


@pytest.mark.parametrize(("latex", "why"), BROKEN)
def test_whatever_is_broken_is_seen(latex: str, why: str) -> None:
    """Each check can fail, and says where."""
    found = compare(latex)

    assert found is not None, why
    assert found.explanation
    assert found.line in (1, 2)
    assert str(found.seed) in found.evidence[0][1]


def test_disagreement_names_lines_and_numbers() -> None:
    """The evidence is enough to redo the sum by hand."""
    found = compare(r"R(w) = R(w) = 2 R(w)")

    assert found is not None
    assert (found.line, found.against) == (3, 2)
    assert {"p", "q", "a", "b", "w"} == set(found.values)
    left, right = (float(found.numbers[name]) for name in ("line 2", "line 3"))
    assert right == pytest.approx(2 * left, rel=1e-4)


def test_function_that_is_only_declared_may_be_any() -> None:
    """Linearity holds for every function; being one's own square does not."""
    declared = read(r"F : \mathbb{R} \to \mathbb{R}", notation()).notation
    true = read(r"\frac{d}{dt} (F(t) + t) = F'(t) + 1", declared)
    false = read(r"F(t) = F(t)^2", declared)

    assert disagreement(true.lines, true.relations, declared) is None
    assert disagreement(false.lines, false.relations, declared) is not None


def test_index_without_a_value_leaves_a_shape_out() -> None:
    """Where q = 1 nothing runs from 2 to q; where no shape is left, nothing was compared."""
    second = Sym("d", domain=Domain.INDEX, bounds=(number(2), line("q")))
    never = Sym("e", domain=Domain.INDEX, bounds=(number(2), number(1)))
    entry = Entry(line("w"), (second,))

    assert {point["q"] for point in environments([entry], notation())} == {2, 3, 4, 5}
    assert disagreement([entry, entry], ["="], notation()) is None
    assert disagreement([never, never], ["="], notation()) is not None


KINKED = [
    (Call("max", (number(-2), Sym("t"))), 0.7, 1),
    (Call("max", (number(2), Sym("t"))), 2, 0),
    (Call("abs", (Sym("t"),)), 0.7, 1),
    (Call("abs", (Neg(Sym("t")),)), 0.7, 1),
]


@pytest.mark.parametrize(("call", "value", "slope"), KINKED)
def test_kinked_functions_have_slopes_beside_their_kinks(call: Term, value: float, slope: float) -> None:
    """A complex step stays on the side on which the point lies."""
    assert evaluate(call, {"t": 0.7}, notation()) == value
    assert evaluate(Derivative(call, Sym("t")), {"t": 0.7}, notation()) == slope


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\log(-g)", "logarithm"),
        (r"\sqrt{-g}", "square root"),
        (r"(-g)^{f}", "broken power"),
        (r"0^{-1}", "division by zero"),
        (r"\frac{1}{p - p}", "division by zero"),
        (r"e^{1000 g}", "range"),
    ],
)
def test_term_without_a_value_says_why(latex: str, said: str) -> None:
    """Real numbers only."""
    with pytest.raises(Undefined, match=said):
        evaluate(line(latex), POINT, notation())


def test_symbol_without_a_value_is_named() -> None:
    """An environment that lacks something is no environment for the term."""
    with pytest.raises(Undefined, match="g has no value"):
        evaluate(line("g"), {}, notation())


@pytest.mark.parametrize("codomain", [r"(0, 1)", r"(0, \infty)"])
def test_any_function_stays_in_its_codomain(codomain: str) -> None:
    """A function that is only declared has values where it is declared to have them."""
    declared = read(rf"F : \mathbb{{R}} \to {codomain}", notation()).notation
    above = read(r"F(t) > 0", declared)
    below = read(r"F(t) < 1", declared)

    assert disagreement(above.lines, above.relations, declared) is None
    assert (disagreement(below.lines, below.relations, declared) is None) == (codomain == "(0, 1)")


def test_derivative_by_a_defined_symbol_varies_that_symbol_alone() -> None:
    """In dV/du the u is held as a variable, whatever it is defined as."""
    after = notation()
    for latex in (r"u := t^2", r"V := u^2 + g"):
        after = read(latex, after).notation
    chain = read(r"\frac{dV}{du} = 2 u", after)
    through = read(r"\frac{dV}{dt} = 4 t^3", after)

    assert disagreement(chain.lines, chain.relations, after) is None
    assert disagreement(through.lines, through.relations, after) is None


# ── the snippet's function ───────────────────────────────────────────────────────────────────────────────────────────

GRADIENT = SLOPE + r"= \frac{2}{p} \left(A^\top (A w - b)\right)_s"


def whole_gradient(A: Any, b: Any, w: Any) -> Any:
    """All entries; the index that is left out is an axis."""
    return 2 / len(b) * A.T @ (A @ w - b)


def one_entry(a: Any, b: Any, w: Any, s: int) -> float:
    """One entry, counted from 1; ``a`` is the whole family."""
    return float(2 / len(b) * a[:, s - 1] @ (a @ w - b))


@pytest.mark.parametrize("value", [whole_gradient, one_entry])
def test_right_function_agrees(value: Callable[..., Any]) -> None:
    """With its index or with an axis for it, from the family or from the matrix."""
    assert compare(GRADIENT, value) is None


WRONG = {
    "a sign": (lambda A, b, w: 2 / len(b) * A.T @ (A @ w + b), "does not give line 2"),
    "the mean": (lambda A, b, w: 2 * A.T @ (A @ w - b), "does not give line 2"),
    "the opposite": (lambda A, b, w: -2 / len(b) * A.T @ (A @ w - b), "does not give line 2"),
    "an index": (lambda A, b, w, s: 2 / len(b) * A[:, s - 2] @ (A @ w - b), "does not give line 2"),
    "no sum": (lambda A, b, w: 2 / len(b) * (A.T * (A @ w - b)), "gives the shape"),
    "all for one": (lambda A, b, w, s: 2 / len(b) * A.T @ (A @ w - b), "gives the shape"),
    "an error": (lambda A, b, w: A @ w[:-1], "raises ValueError"),
    "a warning": (lambda A, b, w: np.log(-np.ones(1)), "warns"),
    "no number": (lambda A, b, w: "six", "does not give numbers"),
    "an unknown name": (lambda A, b, zeta: A, "asks for zeta"),
}


@pytest.mark.parametrize(("value", "said"), WRONG.values(), ids=WRONG)
def test_wrong_function_is_seen(value: Callable[..., Any], said: str) -> None:
    """A slip in the snippet alone is found, though the page is right."""
    found = compare(GRADIENT, value)

    assert found is not None
    assert found.line == 0
    assert said in found.explanation


def test_function_may_write_into_its_arguments() -> None:
    """It is given copies."""

    def careless(A: Any, b: Any, w: Any) -> Any:
        b -= A @ w
        return -2 / len(b) * A.T @ b

    assert compare(GRADIENT, careless) is None


def test_row_may_come_back_with_one_axis() -> None:
    """NumPy's vectors are neither rows nor columns."""
    assert compare(r"(A w)^\top = w^\top A^\top", lambda A, w: A @ w) is None
    assert compare(r"(A w)^\top = w^\top A^\top", lambda A, w: A @ w + 1) is not None


def test_function_gives_the_last_equal_line() -> None:
    """In a chain that ends in an inequality, the line before it."""
    assert compare(r"\phi(t) = \log(1 + e^t) > 0", lambda t: np.logaddexp(0, t)) is None
    assert compare(r"\phi(t) > 0", lambda t: np.logaddexp(0, t)) is None
    assert compare(r"\phi(t) > 0", lambda t: 0.0) is not None


def test_overflow_far_out_is_seen() -> None:
    """|t| up to ten thousand: no warning, no infinity."""
    terms = read(r"\phi(t) = \log(1 + e^t)", notation()).lines

    assert instability(terms, notation(), lambda t: np.logaddexp(0, t)) is None
    warned = instability(terms, notation(), lambda t: np.log(1 + np.exp(t)))
    assert warned is not None
    assert "warns" in warned.explanation
    silent = instability(terms, notation(), lambda t: float("inf") if t > 100 else 0.0)
    assert silent is not None
    assert "overflows" in silent.explanation


def test_far_out_point_on_the_edge_of_a_domain_is_left_out() -> None:
    """What rounding takes to 1 is no longer between 0 and 1; the function need not bear it."""
    after = read(r"f := \frac{1}{1 + e^{-t}}", notation()).notation
    terms = read(r"\log(1 - f) = \log(1 - f)", after).lines

    assert instability(terms, after, lambda f: np.log1p(-f)) is None


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def is_vector(w: Any) -> bool:
    """One axis, all finite."""
    return w.ndim == 1 and bool(np.isfinite(w).all())


MEMBERSHIPS: list[tuple[str, str, Callable[..., Any], Callable[..., Any]]] = [
    (r"w \in \mathbb{R}^q", "w", is_vector, lambda w: w.ndim == 1),
    (r"w \in \mathbb{R}^q", "w", is_vector, lambda w: bool(np.isfinite(w).all())),
    (r"t \in \mathbb{R}", "t", lambda t: bool(np.isfinite(t)), lambda t: True),
    (r"p \in \mathbb{N}_{\ge 1}", "p", lambda p: p >= 1, lambda p: p >= 0),
    (r"p \in \mathbb{N}_{\ge 1}", "p", lambda p: p >= 1, lambda p: p > 1),
    (r"r \in \{1, \dots, p\}", "r", lambda r, p: 1 <= r <= p, lambda r, p: 1 <= r <= p + 1),
    (r"r \in \{1, \dots, p\}", "r", lambda r, p: 1 <= r <= p, lambda r, p: r <= p),
    (r"f \in (0, 1)", "f", lambda f: 0 < f < 1, lambda f: 0 < f <= 1),
    (r"g \in (0, \infty)", "g", lambda g: g > 0, lambda g: g >= 0),
    (
        r"c \in \{0, 1\}^p", "c",
        lambda c: c.ndim == 1 and bool(np.isin(c, (0, 1)).all()), lambda c: c.ndim == 1 and bool((c <= 1).all()),
    ),
    (
        r"a^{(r)} \in \mathbb{R}^q", "a[r]",
        lambda a: a.ndim == 2 and bool(np.isfinite(a).all()), lambda a: a.ndim == 1 and bool(np.isfinite(a).all()),
    ),
    (
        r"\phi : \mathbb{R} \to (0, \infty)", "phi(t)",
        lambda t: bool(np.logaddexp(0, t) > 0), lambda t: bool(np.logaddexp(0, t) < 1),
    ),
    (r"\phi : \mathbb{R} \to (0, \infty)", "phi(t)", lambda t: bool(np.logaddexp(0, t) > 0), lambda t: True),
]  # fmt: skip


def declare(latex: str, source: str, value: Callable[..., Any]) -> Disagreement | None:
    """What is found on one declaration."""
    after = read(latex, notation()).notation
    return membership([to_term(typed(source))], notation(), after, value)


@pytest.mark.parametrize(
    ("latex", "source", "right", "wrong"), MEMBERSHIPS, ids=[f"{k}: {m[1]}" for k, m in enumerate(MEMBERSHIPS)]
)
def test_members_are_told_from_outsiders(
    latex: str, source: str, right: Callable[..., Any], wrong: Callable[..., Any]
) -> None:
    """A function that accepts too much, or too little, is seen."""
    assert declare(latex, source, right) is None
    assert declare(latex, source, wrong) is not None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (lambda: True, "does not ask for w"),
        (lambda w, zeta: True, "asks for zeta"),
        (lambda w: 1, "does not accept a member"),
        (lambda w: w.nonsense, "raises AttributeError"),
    ],
)
def test_unfit_membership_function_is_told_why(value: Callable[..., Any], said: str) -> None:
    """The explanation says what to mend."""
    found = declare(r"w \in \mathbb{R}^q", "w", value)

    assert found is not None
    assert said in found.explanation


# ── points ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def points(*latex: str) -> list[dict[str, Any]]:
    """The environments for some lines."""
    return list(environments([line(text) for text in latex], notation()))


def test_points_are_the_same_for_the_same_seed() -> None:
    """What was found once is found again."""
    first, again = points("R(w)"), points("R(w)")
    other = list(environments([line("R(w)")], notation(), seed=1))

    assert all(np.array_equal(a["w"], b["w"]) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0]["w"], other[0]["w"])


def test_points_have_many_shapes() -> None:
    """One example, one feature, more features than examples, and more examples than features."""
    shapes = {(point["p"], point["q"]) for point in points("R(w)")}

    assert {(1, 1), (1, 3), (3, 1), (2, 3), (5, 2)} <= shapes


def test_symbols_stay_in_their_domains() -> None:
    """Labels are 0 or 1 and both occur; indices are in range; what is defined is not sampled."""
    found = points(r"c_r", r"f + g", r"A_{rs}")

    assert all(set(np.unique(point["c"])) <= {0.0, 1.0} for point in found)
    assert {point["c"][0] for point in found} == {0.0, 1.0}
    assert all(0 < point["f"] < 1 and point["g"] > 0 for point in found)
    assert all(1 <= point["r"] <= point["p"] and 1 <= point["s"] <= point["q"] for point in found)
    assert all(point["a^"].shape == (point["p"], point["q"]) and "A" not in point for point in found)


def test_binary_number_takes_both_values() -> None:
    """A label by itself, as a formal parameter."""
    label = Sym("c0", domain=Domain.BINARY)
    terms: list[Term] = [label]

    assert {point["c0"] for point in environments(terms, notation())} == {0, 1}
