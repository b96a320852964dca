"""The prover's verdicts: what is proved for all sizes, what is refuted and where, what stays undecided and why."""

from __future__ import annotations

import time

import pytest

from chainrule.proving.prove import Fact, check_definition, prove_step
from chainrule.reading import read
from chainrule.results import Verdict
from chainrule.rules import algebra, using
from tests.engine.subject import fact, line, notation, step

TRUE = [
    r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{-t}}",
    r"\phi'(t) = \frac{d}{dt} \phi(t)",
    r"\phi(t) - \phi(-t) = t",
    r"\frac{\partial R(w)}{\partial w_s} = \frac{2}{p} \sum_{r=1}^{p} \left(w^\top a^{(r)} - b_r\right) a_s^{(r)}",
    r"\frac{\partial R(w)}{\partial w} = \frac{2}{p} A^\top (A w - b)",
    r"\frac{\partial}{\partial w} \lVert A w - b \rVert^2 = 2 A^\top (A w - b)",
    r"R(w) = \frac{1}{p} \lVert A w - b \rVert^2",
    r"\frac{\partial}{\partial w_s} k_w(a^{(r)}) = a_s^{(r)} k_w(a^{(r)})",
    r"\frac{\partial}{\partial w_l} \frac{\partial}{\partial w_s} R(w) = \frac{2}{p} \sum_{r=1}^{p} A_{rs} A_{rl}",
    r"\left(\sum_{r=1}^p b_r\right)^2 = \sum_{r=1}^p \sum_{j=1}^p b_r b_j",
    r"\sum_{r=1}^{p} (t + b_r) = p t + \sum_{r=1}^p b_r",
    r"\frac{d^2}{dt^2} e^{g t} = g^2 e^{g t}",
    r"\log\left(g^2 e^{t}\right) = 2 \log g + t",
    r"\frac{d}{dt} \log\left(1 + t^2\right) = \frac{2 t}{1 + t^2}",
    r"e^{\log g} = g",
    r"e^{t - 2 \log g} = \frac{e^t}{g^2}",
    r"\nabla^2_w R(w) = \frac{2}{p} A^\top A",
]


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_step_is_proved_for_all_sizes(latex: str) -> None:
    """With all powers, for symbolic p and q."""
    assert step(latex).verdict is Verdict.PROVED


FALSE = [
    # step, and a value in the smallest witness
    (r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{t}}", {"t": "1"}),
    (r"\frac{\partial R(w)}{\partial w} = \frac{2}{p} A^\top (A w + b)", {"p": "1", "q": "1"}),
    (r"\frac{\partial R(w)}{\partial w} = \frac{1}{p} A^\top (A w - b)", {"p": "1", "q": "1"}),
    (r"\frac{\partial R(w)}{\partial w} = 2 A^\top (A w - b)", {"p": "2", "q": "1"}),
    (r"\frac{\partial}{\partial w_l} w_s = 1", {"p": "1", "q": "2"}),
    (r"w^\top w = w_1^2", {"q": "2"}),
    (r"\sum_{r=1}^p t = t", {"p": "2"}),
    (r"\phi(t) = \log(1 - e^t)", {"t": "1"}),
    (r"\nabla^2_w R(w) = \frac{1}{p} A^\top A", {"p": "1", "q": "1"}),
]


@pytest.mark.parametrize(("latex", "values"), FALSE)
def test_a_false_step_is_refuted_at_the_smallest_values(latex: str, values: dict[str, str]) -> None:
    """Sizes of one come before larger ones."""
    finding = step(latex)

    assert finding.verdict is Verdict.REFUTED
    assert finding.witness is not None
    assert values.items() <= {"p": "1", "q": "1", **finding.witness}.items()


UNDEFINED = [
    r"\log(f - 1) = t",
    r"\frac{d}{dt} \log(f - 1) = 0",
    r"\frac{t}{t} = 1",
    r"\log t = u",
    r"\sqrt{t} = u",
    r"t^{-1} t = 1",
]


@pytest.mark.parametrize("latex", UNDEFINED)
def test_a_line_that_is_not_defined_everywhere_is_not_proved(latex: str) -> None:
    """A formal identity between lines without values is no proof; the witness is a place where there is none."""
    finding = step(latex)

    assert finding.verdict is Verdict.REFUTED
    assert finding.code == "undefined"
    assert finding.witness is not None


ORDERED = [
    (r"\phi(t) > 0", Verdict.PROVED),
    (r"f < 1", Verdict.PROVED),
    (r"p \ge 1", Verdict.PROVED),
    (r"e^{-g} \le 1", Verdict.PROVED),
    (r"f < f^2", Verdict.REFUTED),
    (r"t \le t^2", Verdict.REFUTED),
    (r"\lVert w \rVert^2 \ge 0", Verdict.PROVED),
]


@pytest.mark.parametrize(("latex", "verdict"), ORDERED)
def test_an_inequality_is_decided_by_the_ranges_of_its_sides(latex: str, verdict: Verdict) -> None:
    """From the declared domains; refuted by values where it fails."""
    assert step(latex).verdict is verdict


def test_a_difference_is_proved_by_one_place_and_refuted_by_a_proof_of_equality() -> None:
    r"""``a \ne b`` says that the two are not the same for all values."""
    apart = step(r"\frac{d}{dt} e^{-t} \ne e^{-t}")
    same = step(r"t + u \ne u + t")

    assert apart.verdict is Verdict.PROVED
    assert apart.witness is not None
    assert same.verdict is Verdict.REFUTED


def test_agreement_of_numbers_is_never_a_proof() -> None:
    """Equal wherever it is tried, and yet not within the prover's reach: undecided, with what was tried."""
    finding = step(r"\sqrt{g^2} = g")

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.tried


def test_a_difference_is_shown_simplified() -> None:
    """What the two lines differ by, in the terms of the rule that was named."""
    finding = step(r"\sum_{r=1}^p (b_r + t) w_s = \sum_{r=1}^p (b_r - t) w_s", algebra)

    assert finding.difference == r"2\, t\, w_{s}\, p"


def test_a_difference_of_many_sums_is_shown_with_letters_of_their_own() -> None:
    """Each sum has an index that stands for nothing else in the difference."""
    finding = step(r"\left(\sum_{r=1}^p b_r\right)^2 \left(\sum_{s=1}^q w_s\right)^2 = b_r w_s", algebra)

    assert finding.verdict is Verdict.REFUTED
    assert finding.difference is not None
    assert finding.difference.count(r"\sum") == 4
    assert r"\sum_{r=" not in finding.difference


def test_a_fact_about_another_symbol_of_the_same_name_is_not_applied() -> None:
    """An equation proved for one b says nothing of a b that was declared anew."""
    known = fact("b/binary", r"c_r + t = t + c_r")
    elsewhere = read(r"c \in \mathbb{R}^p", notation()).notation
    left, right = read(r"c_r + t = t + c_r", elsewhere).lines

    finding = prove_step(left, right, "=", using("b/binary"), elsewhere, {"b/binary": known})

    assert finding.verdict is Verdict.UNDECIDED
    assert "another c" in finding.explanation


def test_a_defined_symbol_in_a_fact_is_no_variable() -> None:
    """From z := 2 t and z = 2 t nothing follows for u."""
    local = read(r"u := 2 t", notation()).notation
    known = Fact("u/value", line("u"), line("2 t"), local)
    left, right = read(r"g = 2 t", local).lines

    finding = prove_step(left, right, "=", using("u/value"), local, {"u/value": known})

    assert finding.verdict is Verdict.REFUTED


def test_leibniz_holds_a_defined_symbol_as_a_variable() -> None:
    """dG/du for G := u², u := e^t is 2u; and dG/dt is dG/du du/dt."""
    local = notation()
    for latex in (r"u := e^t", r"G := u^2"):
        local = read(latex, local).notation
    for latex in (r"\frac{dG}{du} = 2 u", r"\frac{dG}{dt} = \frac{dG}{du} \frac{du}{dt}", r"\frac{dG}{dt} = 2 e^{2 t}"):
        left, right = read(latex, local).lines
        assert prove_step(left, right, "=", None, local, {}).verdict is Verdict.PROVED


def test_an_unknown_label_is_said_to_be_unknown() -> None:
    """A rule cannot use what is not proved."""
    finding = step(r"t = t", using("no/such"))

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.code == "unknown-label"


def test_the_deadline_ends_a_step() -> None:
    """What takes too long is undecided, and says so."""
    left, right = line(r"(t + u + g + f)^{24} (t - u)^{24}"), line(r"(t - u)^{24} (t + u + g - f)^{24}")
    begin = time.monotonic()

    finding = prove_step(left, right, "=", algebra, notation(), {}, deadline=begin + 0.5)

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.code == "time-limit"
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("latex", [r"9^{9^{9^9}} = 1", r"\sum_{r=1}^{p} t^{99999} = 1", r"(t + u)^{1000000} = 1"])
def test_what_is_too_large_is_undecided_at_once(latex: str) -> None:
    """No step can make the prover work without bound."""
    begin = time.monotonic()

    assert step(latex).verdict in (Verdict.UNDECIDED, Verdict.REFUTED)
    assert time.monotonic() - begin < 2


def test_a_definition_outside_its_declared_set_is_not_accepted() -> None:
    """A codomain is a claim, and it is checked."""
    good = read(r"\psi : \mathbb{R} \to (0, 1)", notation()).notation
    good = read(r"\psi(t) := \frac{1}{1 + e^t}", good).notation
    bad = read(r"\psi : \mathbb{R} \to (0, 1)", notation()).notation
    bad = read(r"\psi(t) := \frac{2}{1 + e^t}", bad).notation

    assert check_definition(good.functions["psi"], good).verdict is Verdict.DEFINITION
    assert check_definition(bad.functions["psi"], bad).verdict is Verdict.UNDECIDED
