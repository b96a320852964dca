"""SymPy expressions of a snippet → typed trees, as they stand: nothing is evaluated, reordered or cancelled.

``arrange.same_expression(to_term(line), page_line)`` then says whether page and snippet hold the same expression.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from chainrule import vocabulary
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Delta,
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


class LineError(Exception):
    """An expression that has no reading in the language of the pages."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure


def to_term(expression: Any) -> Term:
    """The tree of a SymPy expression, written under ``with evaluate(False):``.

    Raises:
        LineError: where the expression leaves the language.
    """
    if isinstance(expression, int) and not isinstance(expression, bool):
        return _integer(expression)
    for kind in type(expression).__mro__:
        if kind in READERS:
            return READERS[kind](expression)
    raise LineError(
        f"{type(expression).__name__} cannot stand in a line: {expression}",
        "Write the line with SymPy's + - * / **, exp, log, sqrt, Sum, Product and chainrule.vocabulary.",
    )


# ── numbers and names ────────────────────────────────────────────────────────────────────────────────────────────────


def _integer(value: Any) -> Term:
    return number(int(value)) if value >= 0 else Neg(number(-int(value)))


def _rational(value: Any) -> Term:
    quotient = Div(number(abs(int(value.p))), number(int(value.q)))
    return quotient if value >= 0 else Neg(quotient)


def _float(value: Any) -> Term:
    raise LineError(
        f"the number {value} was rounded by Python", "Write Rational(1, 2), or divide SymPy's numbers: one / 2."
    )


def _symbol(symbol: Any) -> Term:
    return Sym(symbol.name)


def _index(symbol: Any) -> Sym:
    if not isinstance(symbol, sympy.Symbol):
        raise LineError(f"{symbol} is not an index", "Sum over a symbol: Sum(body, (i, 1, m)).")
    return Sym(symbol.name, domain=Domain.INDEX)


def _matrix(matrix: Any) -> Term:
    rows, columns = (to_term(size) for size in matrix.shape)
    return Sym(matrix.name, (rows,) if columns == ONE else (rows, columns))


def _family(family: Any) -> Sym:
    return Sym(family.name, (to_term(family.args[1]), to_term(family.args[2])), batch=1)


def _member(member: Any) -> Term:
    return Entry(_family(member.args[0]), (to_term(member.args[1]),))


def _entry(expression: Any) -> Term:
    base, *indices = expression.args
    term = to_term(base)
    axes = term.axes if isinstance(term, Sym) else term.shape
    if len(indices) != len(axes):
        raise LineError(f"{expression} has {len(indices)} indices for {len(axes)} axes", "One index for each axis.")
    return Entry(term, tuple(to_term(i) for i in indices))


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _add(expression: Any) -> Term:
    terms: list[Term] = []
    for argument in expression.args:
        term = to_term(argument)
        terms.extend(term.terms if isinstance(term, Add) else [term])
    return Add(tuple(terms)) if len(terms) > 1 else terms[0]


def _mul(expression: Any) -> Term:
    """A product: minus one is a sign, negative powers stand below the line, vectors in their order behind numbers."""
    negative = False
    above: list[Term] = []
    below: list[Term] = []
    arrays: list[Term] = []
    for argument in expression.args:
        if argument == -1:
            negative = not negative
        elif _is_reciprocal(argument):
            below.append(to_term(argument.args[0]))
        else:
            term = to_term(argument)
            (arrays if term.shape else above).append(term)
    term = _product(above, arrays)
    if below:
        term = Div(term, _product(below, []))
    return Neg(term) if negative else term


def _product(numbers: list[Term], arrays: list[Term]) -> Term:
    factors: list[Term] = []
    for factor in numbers:
        factors.extend(factor.factors if isinstance(factor, Mul) and not factor.shape else [factor])
    if arrays:
        product = arrays[0]
        for array in arrays[1:]:
            product = MatMul(product, array)
        factors.append(product)
    if not factors:
        return ONE
    return Mul(tuple(factors)) if len(factors) > 1 else factors[0]


def _is_reciprocal(expression: Any) -> bool:
    return isinstance(expression, sympy.Pow) and expression.args[1] == -1


def _pow(expression: Any) -> Term:
    base, exponent = expression.args
    if _is_reciprocal(expression):
        return Div(ONE, to_term(base))
    if exponent == sympy.S.Half:
        return Call("sqrt", (to_term(base),))
    if base == sympy.E:
        return Call("exp", (to_term(exponent),))
    return Pow(to_term(base), to_term(exponent))


def _transpose(expression: Any) -> Term:
    return Transpose(to_term(expression.args[0]))


def _inner_product(expression: Any) -> Term:
    left, right = (to_term(a) for a in expression.args)
    if len(left.shape) != 1 or left.shape != right.shape:
        raise LineError(f"{expression} is not a product of two vectors of one length", "Check the two vectors.")
    return MatMul(Transpose(left), right)


def _squared_norm(expression: Any) -> Term:
    return NormSquared(to_term(expression.args[0]))


# ── functions, sums, derivatives ─────────────────────────────────────────────────────────────────────────────────────


def _named(name: str) -> Callable[[Any], Term]:
    return lambda expression: Call(name, tuple(to_term(a) for a in expression.args))


def _applied(expression: Any) -> Term:
    return Call(expression.func.__name__, tuple(to_term(a) for a in expression.args))


def _primed(expression: Any) -> Term:
    call = to_term(expression.args[0])
    if not isinstance(call, Call) or len(call.args) != 1:
        raise LineError(f"{expression.args[0]} is not a function of one number", "Write prime(f(z)), or D(body, z).")
    return replace(call, order=int(expression.args[1]))


def _elementwise(expression: Any) -> Term:
    function, vector = expression.args
    return Call(function.expr.func.__name__, (to_term(vector),), elementwise=True)


def _big(sign: str) -> Callable[[Any], Term]:
    def read(expression: Any) -> Term:
        term = to_term(_without_one(expression.args[0]))
        for index, lower, upper in expression.limits:
            term = Big(sign, _index(index), to_term(lower), to_term(upper), term)
        return term

    return read


def _without_one(body: Any) -> Any:
    """SymPy writes the body of a sum as ``1*body`` when evaluation is off."""
    if isinstance(body, sympy.Mul) and len(body.args) == 2 and body.args[0] == 1:
        return _without_one(body.args[1])
    return body


def _derivative(expression: Any) -> Term:
    term = to_term(expression.args[0])
    for variable, order in expression.variable_count:
        for _ in range(int(order)):
            term = Derivative(term, to_term(variable))
    return term


def _by_vector(expression: Any) -> Term:
    return Derivative(to_term(expression.args[0]), to_term(expression.args[1]))


def _delta(expression: Any) -> Term:
    return Delta(to_term(expression.args[0]), to_term(expression.args[1]))


READERS: dict[type, Callable[[Any], Term]] = {
    sympy.Integer: _integer,
    sympy.Rational: _rational,
    sympy.Float: _float,
    float: _float,
    sympy.Symbol: _symbol,
    sympy.MatrixSymbol: _matrix,
    vocabulary.Family: _family,
    vocabulary.Member: _member,
    vocabulary.EntryOf: _entry,
    sympy.Indexed: _entry,
    sympy.Add: _add,
    sympy.MatAdd: _add,
    sympy.Mul: _mul,
    sympy.MatMul: _mul,
    sympy.Pow: _pow,
    sympy.Transpose: _transpose,
    vocabulary.InnerProduct: _inner_product,
    vocabulary.SquaredNorm: _squared_norm,
    sympy.exp: _named("exp"),
    sympy.log: _named("log"),
    sympy.Abs: _named("abs"),
    sympy.Max: _named("max"),
    AppliedUndef: _applied,
    vocabulary.Applied: _elementwise,
    vocabulary.Primed: _primed,
    sympy.Sum: _big("+"),
    sympy.Product: _big("*"),
    sympy.Derivative: _derivative,
    vocabulary.ByVector: _by_vector,
    sympy.KroneckerDelta: _delta,
}
