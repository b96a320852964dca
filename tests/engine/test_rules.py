"""Each rule in both directions: steps that it justifies, and true steps that it must not justify."""

from __future__ import annotations

import pytest

from chainrule import rules
from chainrule.results import Verdict
from chainrule.rules import (
    Rule,
    algebra,
    cancel,
    chain_rule,
    common_denominator,
    definition,
    distribute,
    entries,
    exponential,
    factor,
    linear_form,
    linearity,
    logarithm,
    power_rule,
    product_rule,
    quotient_rule,
    rearrange,
    sums,
    using,
)
from tests.engine.subject import fact, step

SLOPE = fact("softplus/slope", r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{-t}}")
SQUARE = fact("squares/binomial", r"(t + u)^2 = t^2 + 2 t u + u^2")
ROW = fact("rows/score", r"w^\top a^{(r)} = (A w)_r")
ERROR = fact("rows/error", r"A^\top (A w - b) = A^\top A w - A^\top b")

JUSTIFIED = [
    (rearrange, r"t + u - g = u - g + t"),
    (rearrange, r"-\frac{1}{p} t = \frac{-t}{p}"),
    (cancel, r"t - t u + t u = t"),
    (cancel, r"\frac{g t}{g} = t"),
    (cancel, r"t + t = 2 t"),
    (cancel, r"\frac{t}{2} \cdot 2 u = t u"),
    (cancel, r"2 \cdot 3 t = 6 t"),
    (cancel, r"\sum_{r=1}^p (b_r + t - t) = \sum_{r=1}^p b_r"),
    (distribute, r"t (u + g) = t u + t g"),
    (distribute, r"(t + u)^2 = t t + t u + u t + u u"),
    (distribute, r"-\frac{1}{p} \sum_{r=1}^p (b_r - t) = \frac{1}{p} \sum_{r=1}^p (t - b_r)"),
    (distribute, r"\sum_{r=1}^p (t b_r + u) = t \sum_{r=1}^p b_r + \sum_{r=1}^p u"),
    (factor, r"t u + t g = t (u + g)"),
    (factor, r"\frac{t}{g^2} = \frac{1}{g} \frac{t}{g}"),
    (common_denominator, r"\frac{1}{g} - \frac{1}{1 + g} = \frac{1}{g (1 + g)}"),
    (common_denominator, r"1 - \frac{1}{1 + g} = \frac{g}{1 + g}"),
    (algebra, r"(t + u)(t - u) = t^2 - u^2"),
    (algebra, r"\frac{t^2 - u^2}{g} = \frac{(t + u)(t - u)}{g}"),
    (sums, r"\sum_{r=1}^p t = p t"),
    (sums, r"\sum_{r=1}^p (b_r + t) = \sum_{r=1}^p b_r + p t"),
    (sums, r"\sum_{r=1}^p \sum_{s=1}^q b_r w_s = \sum_{s=1}^q \sum_{r=1}^p w_s b_r"),
    (sums, r"\sum_{r=1}^p b_r \sum_{s=1}^q w_s = \sum_{s=1}^q w_s \sum_{r=1}^p b_r"),
    (linearity, r"\frac{d}{dt} (g e^t + u) = g \frac{d}{dt} e^t"),
    (
        linearity,
        r"\frac{\partial}{\partial w_s} \sum_r b_r e^{w_s} = \sum_r b_r \frac{\partial}{\partial w_s} e^{w_s}",
    ),
    (linearity, r"\frac{d}{dt} \left(1 - \phi(t)\right) = -\frac{d}{dt} \phi(t)"),
    (power_rule, r"\frac{d}{dt} t^3 = 3 t^2"),
    (power_rule, r"\frac{d}{dt} \phi(t)^2 = 2 \phi(t) \frac{d}{dt} \phi(t)"),
    (chain_rule, r"\frac{d}{dt} \log \phi(t) = \frac{\frac{d}{dt} \phi(t)}{\phi(t)}"),
    (chain_rule, r"\frac{d}{dt} e^{-t} = -e^{-t}"),
    (chain_rule, r"\frac{d}{dt} \left(1 + \phi(t)\right)^2 = 2 \left(1 + \phi(t)\right) \frac{d}{dt} \phi(t)"),
    (chain_rule(using("softplus/slope")), r"\frac{d}{dt} \phi(g t) = g \frac{1}{1 + e^{-g t}}"),
    (product_rule, r"\frac{d}{dt} \left(\phi(t) e^t\right) = e^t \frac{d}{dt} \phi(t) + \phi(t) \frac{d}{dt} e^t"),
    (quotient_rule, r"\frac{d}{dt} \frac{u}{\phi(t)} = \frac{-u \frac{d}{dt} \phi(t)}{\phi(t)^2}"),
    (
        quotient_rule,
        r"\frac{d}{dt} \frac{e^t}{\phi(t)} = \frac{\phi(t) \frac{d}{dt} e^t - e^t \frac{d}{dt} \phi(t)}{\phi(t)^2}",
    ),
    (linear_form, r"\frac{\partial}{\partial w_s} \left(w^\top a^{(r)}\right) = a_s^{(r)}"),
    (linear_form, r"\frac{\partial}{\partial w_s} (A w)_r = A_{rs}"),
    (linear_form, r"\frac{\partial}{\partial w} \left(w^\top a^{(r)}\right) = a^{(r)}"),
    (linear_form, r"\sum_{l=1}^q a_l^{(r)} \frac{\partial}{\partial w_s} w_l = a_s^{(r)}"),
    (logarithm, r"\log(g e^t) = \log g + t"),
    (logarithm, r"\log \frac{1}{g} = -\log g"),
    (logarithm, r"\log\left(g^t\right) = t \log g"),
    (logarithm, r"\log \prod_{r=1}^p e^{b_r} = \sum_{r=1}^p b_r"),
    (exponential, r"e^{t + u} = e^t e^u"),
    (exponential, r"\frac{e^{-t}}{1 + e^{-t}} = \frac{1}{1 + e^t}"),
    (entries, r"w^\top a^{(r)} = \sum_{s=1}^q w_s a_s^{(r)}"),
    (entries, r"(A w)_r = \sum_{s=1}^q A_{rs} w_s"),
    (entries, r"\left(A^\top b\right)_s = \sum_{r=1}^p b_r A_{rs}"),
    (entries, r"\lVert b \rVert^2 = \sum_{r=1}^p b_r^2"),
    (entries, r"\phi(w)_s = \phi(w_s)"),
    (entries, r"w^\top A^\top b = b^\top A w"),
    (entries, r"A^\top (A w - b) = A^\top A w - A^\top b"),
    (definition(r"phi"), r"\phi(t) = \log(1 + e^t)"),
    (definition("k"), r"k_w(a^{(r)}) + t = e^{w^\top a^{(r)}} + t"),
    (definition("A"), r"\sum_{s=1}^q A_{rs} w_s = \sum_{s=1}^q a_s^{(r)} w_s"),
    (definition("R"), r"\frac{1}{p} \sum_{r=1}^{p} \left(w^\top a^{(r)} - b_r\right)^2 = R(w)"),
    (using("softplus/slope"), r"u \frac{d}{dt} \phi(t) = u \frac{1}{1 + e^{-t}}"),
    (using("squares/binomial"), r"\left(b_r + 3 u\right)^2 = b_r^2 + 2 b_r \cdot 3 u + (3 u)^2"),
    (using("rows/score"), r"\sum_{r=1}^p w^\top a^{(r)} = \sum_{r=1}^p (A w)_r"),
    (using("rows/error"), r"\left(A^\top (A w - b)\right)_s = \left(A^\top A w\right)_s - \left(A^\top b\right)_s"),
]


@pytest.mark.parametrize(("rule", "latex"), JUSTIFIED, ids=lambda value: str(value))
def test_a_rule_justifies_its_steps(rule: Rule, latex: str) -> None:
    """The step follows with the powers of the rule, and needs them."""
    finding = step(latex, rule, SLOPE, SQUARE, ROW, ERROR)

    assert finding.verdict is Verdict.PROVED, finding


OVERREACHING = [
    # rule named, true step, the rule that the message names
    (algebra, r"\phi(t) = \log(1 + e^t)", "definition of phi"),
    (algebra, r"e^{t + u} = e^t e^u", "laws of exponentials"),
    (algebra, r"\frac{d}{dt} t^3 = 3 t^2", "power rule"),
    (algebra, r"\log(g e^t) = \log g + t", "laws of logarithms"),
    (algebra, r"(A w)_r = \sum_{s=1}^q A_{rs} w_s", "entry by entry"),
    (distribute, r"t - t u + t u = t", "cancel"),
    (distribute, r"(t + u)(t - u) = t^2 - u^2", "algebra"),
    (cancel, r"t (u + g) = t u + t g", "distribute"),
    (cancel, r"t = t + u - u", "algebra"),
    (factor, r"(t + u)(t - u) = t^2 - u^2", "algebra"),
    (rearrange, r"t (u + g) = t u + t g", "distribute"),
    (rearrange, r"\frac{t}{2} \cdot 2 u = t u", "cancel"),
    (common_denominator, r"t (u + g) = t u + t g", "distribute"),
    (sums, r"t (u + g) = t u + t g", "distribute"),
    (sums, r"\sum_{r=1}^p (b_r + t - t) = \sum_{r=1}^p b_r", "cancel"),
    (linearity, r"t + u = u + t", "rearrange"),
    (linearity, r"t (u + g) = t u + t g", "distribute"),
    (linearity, r"\frac{d}{dt} \log \phi(t) = \frac{\frac{d}{dt} \phi(t)}{\phi(t)}", "chain rule"),
    (chain_rule, r"\frac{d}{dt} \left(1 - \phi(t)\right) = -\frac{d}{dt} \phi(t)", "linearity"),
    (chain_rule, r"\frac{\partial}{\partial w_s} (A w)_r = A_{rs}", "derivative of a linear form"),
    (chain_rule, r"\frac{d}{dt} \phi(g t) = g \frac{1}{1 + e^{-g t}}", "chain rule, using softplus/slope"),
    (
        chain_rule(using("softplus/slope")),
        r"\frac{d}{dt} \log \phi(t) = \frac{\frac{d}{dt} \phi(t)}{\phi(t)}",
        "chain rule suffices",
    ),
    (power_rule, r"\frac{d}{dt} \left(g \phi(t)\right) = g \frac{d}{dt} \phi(t)", "linearity"),
    (
        product_rule,
        r"\frac{d}{dt} \frac{u}{\phi(t)} = \frac{-u \frac{d}{dt} \phi(t)}{\phi(t)^2}",
        "quotient rule",
    ),
    (quotient_rule, r"\frac{d}{dt} \frac{\phi(t)}{g} = \frac{1}{g} \frac{d}{dt} \phi(t)", "linearity"),
    (linear_form, r"\frac{d}{dt} e^{-t} = -e^{-t}", "chain rule"),
    (logarithm, r"e^{t + u} = e^t e^u", "laws of exponentials"),
    (exponential, r"(t + u)(t - u) = t^2 - u^2", "algebra"),
    (entries, r"t (u + g) = t u + t g", "distribute"),
    (definition("R"), r"\phi(t) = \log(1 + e^t)", "definition of phi"),
    (definition("phi", "R"), r"\phi(t) = \log(1 + e^t)", "definition of phi"),
    (using("squares/binomial"), r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{-t}}", "using softplus/slope"),
    (
        using("softplus/slope", "squares/binomial"),
        r"\frac{d}{dt} \phi(t) = \frac{1}{1 + e^{-t}}",
        "using softplus/slope",
    ),
    (algebra, r"\frac{d}{dt} \log \phi(t) = \frac{1}{(1 + e^{-t}) \phi(t)}", "chain rule, using softplus/slope"),
    (algebra, r"\frac{d}{dt} \log \phi(t) = \frac{e^t}{(1 + e^t) \phi(t)}", "by any other rule alone"),
]


@pytest.mark.parametrize(("rule", "latex", "other"), OVERREACHING, ids=lambda value: str(value))
def test_a_true_step_is_not_accepted_under_another_rule(rule: Rule, latex: str, other: str) -> None:
    """The step is true; the message names the rule that justifies it, or says that no single one does."""
    finding = step(latex, rule, SLOPE, SQUARE)

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.code == "wrong-rule"
    assert finding.explanation.startswith("true, but")
    assert other in finding.explanation


FALSE = [
    r"t (u + g) = t u - t g",
    r"\frac{d}{dt} e^{-t} = e^{-t}",
    r"\frac{d}{dt} \frac{1}{\phi(t)} = \frac{1}{\phi(t)^2}",
    r"\sum_{r=1}^p t = q t",
    r"\frac{\partial}{\partial w_s} \left(w^\top a^{(r)}\right) = w_s",
    r"(A w)_r = \sum_{s=1}^q A_{rs} w_s^2",
    r"\left(A^\top b\right)_s = \sum_{r=1}^p b_r",
    r"\log(g e^t) = \log g - t",
    r"e^{t + u} = e^t + e^u",
    r"w^\top a^{(r)} = \sum_{l=1}^q w_l a_s^{(r)}",
    r"A^\top (A w - b) = A^\top A w - A^\top A w",
]


@pytest.mark.parametrize("rule", [*rules.NAMED, None, definition("phi"), using("softplus/slope")], ids=str)
@pytest.mark.parametrize("latex", FALSE)
def test_no_rule_justifies_a_false_step(latex: str, rule: Rule | None) -> None:
    """Whatever is named, the step is refuted, with values at which the sides differ."""
    finding = step(latex, rule, SLOPE)

    assert finding.verdict is Verdict.REFUTED
    assert finding.witness is not None
    assert finding.witness["left"] != finding.witness["right"]


@pytest.mark.parametrize("rule", rules.NAMED, ids=str)
def test_a_rule_says_its_mathematics(rule: Rule) -> None:
    """The docstring is what the site's page on rules explains."""
    assert type(rule).__doc__
    assert rule.anchor.replace("-", "").isalpha()
