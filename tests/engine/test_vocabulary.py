"""The vocabulary leaves lines standing, and what stands is still SymPy's."""

from __future__ import annotations

import pytest
import sympy
from sympy import KroneckerDelta, Symbol, evaluate, latex

from chainrule.vocabulary import D, dot, prime
from tests.engine.subject_sympy import A, R, a, b, c, phi, r, t, typed, w

STANDING = [
    ("t - t * u - u + t * u", sympy.Add),
    ("A * w - b", sympy.MatAdd),
    ("b - A * w", sympy.MatAdd),
    ("b + (b - b)", sympy.MatAdd),
    ("-A", sympy.MatMul),
    ("A @ w", sympy.MatMul),
    ("t * (b + c)", sympy.MatMul),
    ("(b + c) / t", sympy.MatMul),
    ("A.T", sympy.Transpose),
    ("D(t, u)", sympy.Derivative),
    ("D(R(w), w[s])", sympy.Derivative),
]


@pytest.mark.parametrize(("source", "kind"), STANDING)
def test_line_stands_as_it_is_written(source: str, kind: type) -> None:
    """Nothing cancels, nothing is multiplied out, no derivative is taken."""
    assert isinstance(typed(source), kind)


def test_what_stands_can_still_be_worked_out() -> None:
    """The classes are SymPy's own, or behave like them."""
    k, s = Symbol("k"), Symbol("s")

    assert D(t**2, t).doit() == 2 * t
    assert D(w[k] ** 2, w[s]).doit() == 2 * w[k] * KroneckerDelta(k, s)
    assert D(R(w), w)[0, 0] == D(R(w), w[1])
    assert a[r][1, 0] == a[r, 2]


def test_free_symbols_are_found() -> None:
    """Families and vectors are symbols of their own."""
    assert {w, a, r} <= dot(w, a[r]).free_symbols


def test_family_and_vector_have_no_first_or_last_entry() -> None:
    """Python would otherwise count their entries for ever."""
    for endless in (a, b, A):
        with pytest.raises(TypeError):
            iter(endless)


def test_symbols_print_as_on_the_page() -> None:
    """The superscript of a family is in brackets."""
    assert latex(a[r]) == "a^{(r)}"
    assert str(a[r]) == "a[r]"
    assert str(a[r, 2]) == "a[r, 2]"
    assert latex(a) == "a"


def test_function_of_a_number_applies_to_entries() -> None:
    """The same name, to a number and to a column."""
    with evaluate(False):
        assert phi(t) == phi(t)
        assert phi(b).shape == b.shape
        assert prime(phi(t)) != D(phi(t), t)
        assert phi(b) != phi(c)
