"""What SymPy lacks to write a line of a derivation as it stands: vectors and families of them.

SymPy rewrites what it is given: ``y - y*h - h + y*h`` becomes ``y - h`` as it is typed. Snippets
write their lines under SymPy's own ``with evaluate(False):``, which keeps numbers and functions as
they are. The objects here do the same for vectors, matrices and derivatives. All of them are SymPy
expressions, so ``latex``, ``doit`` and ``free_symbols`` work on them.

Indices count from 1, as on the page: ``theta[j]`` is θ_j, ``X[i, j]`` is X_ij, ``x[i]`` is the
vector x⁽ⁱ⁾ of a family and ``x[i, j]`` its entry x_j⁽ⁱ⁾.
"""

from __future__ import annotations

from typing import Any

from sympy import (
    Derivative,
    Expr,
    Indexed,
    Integer,
    Lambda,
    MatAdd,
    MatMul,
    MatrixSymbol,
    Pow,
    S,
    Symbol,
    Transpose,
    Tuple,
    sympify,
)
from sympy import Function as SympyFunction
from sympy.core.symbol import Str
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixExpr

Expression = Any
"""A SymPy expression. SymPy ships no types, so a type checker cannot look inside."""


def scalar(name: str) -> Expression:
    """A real number."""
    return Symbol(name, real=True)


def size(name: str) -> Expression:
    """A number of examples, features, …: an integer ≥ 1."""
    return Symbol(name, integer=True, positive=True)


def index(name: str) -> Expression:
    """An index, counted from 1."""
    return Symbol(name, integer=True, positive=True)


class Standing(MatrixExpr):  # type: ignore[misc]
    """Arithmetic that leaves vectors and matrices standing as they are written."""

    def __add__(self, other: Expression) -> Expression:
        return Plus(self, other)

    def __sub__(self, other: Expression) -> Expression:
        return Plus(self, Times(S.NegativeOne, other))

    def __rsub__(self, other: Expression) -> Expression:
        return Plus(other, Times(S.NegativeOne, self))

    def __neg__(self) -> Expression:
        return Times(S.NegativeOne, self)

    def __mul__(self, other: Expression) -> Expression:
        return Times(self, other)

    def __rmul__(self, other: Expression) -> Expression:
        return Times(other, self)

    def __truediv__(self, other: Expression) -> Expression:
        return Times(self, Pow(sympify(other), S.NegativeOne))

    __radd__ = __add__
    __matmul__ = __mul__

    @property
    def T(self) -> Expression:
        """The transpose."""
        return Turned(self)


class Plus(Standing, MatAdd):  # type: ignore[misc]
    """A sum of vectors or matrices."""


class Times(Standing, MatMul):  # type: ignore[misc]
    """A product of numbers, vectors and matrices."""


class Turned(Standing, Transpose):  # type: ignore[misc]
    """A transpose."""


class Applied(Standing, ElementwiseApplyFunction):  # type: ignore[misc]
    """A function applied to every entry of a vector or matrix."""


class Matrix(Standing, MatrixSymbol):  # type: ignore[misc]
    """A matrix: ``X = Matrix("X", m, n)``; ``X[i, j]`` is X_ij."""

    __iter__ = None  # it has entries, and no first or last one

    def __getitem__(self, indices: Expression) -> Expression:
        return Indexed(self, *(indices if isinstance(indices, tuple) else (indices,)))


class Vector(Matrix):
    """A column vector: ``theta = Vector("theta", n)``; ``theta[j]`` is θ_j."""

    def __new__(cls, name: str, length: Expression, columns: Expression = S.One) -> Vector:
        return super().__new__(cls, name, length, columns)  # type: ignore[no-any-return]


class Family(Expr):  # type: ignore[misc]
    """A family of vectors: ``x = Family("x", m, n)`` is x⁽¹⁾, …, x⁽ᵐ⁾, each of length n."""

    def __new__(cls, name: str, count: Expression, length: Expression) -> Family:
        return Expr.__new__(cls, Str(str(name)), sympify(count), sympify(length))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The letter of the family."""
        return str(self.args[0])

    @property
    def free_symbols(self) -> set[Expression]:
        """The family is its own free symbol, as a matrix is."""
        return {self}

    __iter__ = None  # as for a matrix

    def __getitem__(self, indices: Expression) -> Expression:
        if isinstance(indices, tuple):
            return Indexed(self, *indices)
        return Member(self, sympify(indices))

    def _sympystr(self, printer: Any) -> str:
        return self.name

    def _latex(self, printer: Any) -> str:
        return str(printer.doprint(Symbol(self.name)))


class Member(Standing):
    """One vector of a family: ``x[i]`` is x⁽ⁱ⁾."""

    @property
    def shape(self) -> tuple[Expression, Expression]:
        """A column as long as the vectors of the family."""
        return self.args[0].args[2], S.One

    def _entry(self, row: Expression, column: Expression, **_: Any) -> Expression:
        return Indexed(self.args[0], self.args[1], row + 1)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.args[0].name}[{printer.doprint(self.args[1])}]"

    def _latex(self, printer: Any) -> str:
        return f"{printer.doprint(self.args[0])}^{{({printer.doprint(self.args[1])})}}"


class ByVector(Standing):
    """The derivative of a number by a vector: a column of its partial derivatives."""

    @property
    def shape(self) -> tuple[Expression, Expression]:
        """The shape of the vector."""
        shape: tuple[Expression, Expression] = self.args[1].shape
        return shape

    def _entry(self, row: Expression, column: Expression, **_: Any) -> Expression:
        return D(self.args[0], self.args[1][row + 1])


class InnerProduct(Expr):  # type: ignore[misc]
    """The inner product aᵀb of two vectors, a number."""

    is_commutative = True


class SquaredNorm(Expr):  # type: ignore[misc]
    """The squared length ‖v‖² of a vector."""

    is_commutative = True


class EntryOf(Expr):  # type: ignore[misc]
    """An entry of a vector or matrix that is not a bare symbol."""

    is_commutative = True


class Primed(Expr):  # type: ignore[misc]
    """f′ at a point: the derivative of a function of one number, before the point is put in."""

    is_commutative = True


def prime(applied: Expression, order: int = 1) -> Expression:
    """``prime(f(z))`` is f′(z); with ``order`` 2, f″(z)."""
    return Primed(applied, Integer(order))


def D(body: Expression, by: Expression) -> Expression:
    """The derivative of ``body`` by a number or by a vector, left standing.

    SymPy's own ``Derivative(G, h)`` is 0 at once unless h is seen in G; this one waits.
    """
    body, by = sympify(body), sympify(by)
    if by.is_Matrix:
        return ByVector(body, by)
    return Expr.__new__(Derivative, body, Tuple(by, S.One))


def dot(left: Expression, right: Expression) -> Expression:
    """The inner product leftᵀ right of two vectors."""
    return InnerProduct(left, right)


def norm2(vector: Expression) -> Expression:
    """The squared Euclidean length ‖vector‖²."""
    return SquaredNorm(vector)


def entry(expression: Expression, *indices: Expression) -> Expression:
    """An entry of an expression, counted from 1: ``entry(X * theta, i)`` is (Xθ)_i."""
    return EntryOf(expression, *(sympify(i) for i in indices))


class Function:
    """A named function: ``J(theta)``; subscripts come first, h_θ(x) is ``h(theta, x)``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._applied = SympyFunction(name, commutative=True)

    def __call__(self, *arguments: Expression) -> Expression:
        return self._applied(*arguments)


class Elementwise(Function):
    """A function of one number, also applied to each entry of a vector: ``sigma(X * theta)``."""

    def __call__(self, *arguments: Expression) -> Expression:
        (argument,) = arguments
        if getattr(argument, "is_Matrix", False):
            return Applied(Lambda(PLACE, self._applied(PLACE)), argument)
        return self._applied(argument)


PLACE = Symbol("_")
one = Integer(1)
