"""The subject of the engine's own tests in SymPy, beside its LaTeX in ``subject.py``."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Sum, evaluate, exp, log

from chainrule import vocabulary
from chainrule.vocabulary import Elementwise, Family, Function, Matrix, Vector, dot, index, scalar, size

p, q = size("p"), size("q")
r, s = index("r"), index("s")
A, b, w, c = Matrix("A", p, q), Vector("b", p), Vector("w", q), Vector("c", p)
t, u, g, f = scalar("t"), scalar("u"), scalar("g"), scalar("f")
a = Family("a", p, q)
v = Vector("v", q)
phi, R, k = Elementwise("phi"), Function("R"), Function("k")

with evaluate(False):
    DEFINITIONS = [
        (A[r, s], a[r, s]),
        (phi(t), log(1 + exp(t))),
        (R(w), (1 / p) * Sum((dot(w, a[r]) - b[r]) ** 2, (r, 1, p))),
        (k(w, v), exp(dot(w, v))),
    ]

NAMES = {**vars(sympy), **vars(vocabulary), **{name: value for name, value in globals().items() if name[0] != "_"}}


def typed(source: str) -> Any:
    """A line as a snippet's author types it."""
    names = {**NAMES, **{letter: index(letter) for letter in "hijlmnxyz"}}
    with evaluate(False):
        return eval(source, names)
