"""The subject of the engine's own tests: a little regression and softplus, nothing of what the site is about."""

from __future__ import annotations

import functools

from chainrule.proving.prove import Fact, Finding, prove_step
from chainrule.reading import read
from chainrule.rules import Rule
from chainrule.symbols import Notation
from chainrule.tree import Term

DECLARATIONS = [
    r"p \in \mathbb{N}_{\ge 1}, \qquad q \in \mathbb{N}_{\ge 1}",
    r"r \in \{1, \dots, p\}, \qquad s \in \{1, \dots, q\}, \qquad l \in \{1, \dots, q\}",
    r"A \in \mathbb{R}^{p \times q}, \qquad b \in \mathbb{R}^p, \qquad w \in \mathbb{R}^q, \qquad c \in \{0, 1\}^p",
    r"t \in \mathbb{R}, \qquad u \in \mathbb{R}, \qquad g \in (0, \infty), \qquad f \in (0, 1)",
    r"a^{(r)} \in \mathbb{R}^q",
    r"A_{rs} := a_s^{(r)}",
    r"b^{(r)} := b_r",
    r"\phi : \mathbb{R} \to (0, \infty)",
    r"\phi(t) := \log(1 + e^t)",
    r"\phi(w)_s := \phi(w_s)",
    r"R : \mathbb{R}^q \to \mathbb{R}",
    r"R(w) := \frac{1}{p} \sum_{r=1}^{p} \left(w^\top a^{(r)} - b^{(r)}\right)^2",
    r"k_w : \mathbb{R}^q \to (0, \infty)",
    r"k_w(v) := e^{w^\top v}",
]
"""Declared in this order, as a notation page would."""


@functools.cache
def notation() -> Notation:
    """The subject's notation."""
    found = Notation()
    for latex in DECLARATIONS:
        found = read(latex, found).notation
    return found


def line(latex: str) -> Term:
    """One line, read."""
    (found,) = read(latex, notation()).lines
    return found


def step(latex: str, rule: Rule | None = None, *facts: Fact) -> Finding:
    """The finding on a one-step equation."""
    reading = read(latex, notation())
    left, right = reading.lines
    return prove_step(left, right, reading.relations[0], rule, notation(), {f.label: f for f in facts})


def fact(label: str, latex: str) -> Fact:
    """An equation as a fact; that it is true is asserted here, so that no test rests on a false one."""
    reading = read(latex, notation())
    assert step(latex).verdict.holds
    return Fact(label, reading.lines[0], reading.lines[-1], notation())
