"""The typed tree: what a line of LaTeX means, as small immutable nodes.

A node knows its children, its shape and (where it was read from a page) its span in the source. Nodes compare by
meaning: the span never takes part in equality. Shapes are tuples of size terms: ``()`` is a scalar, ``(n,)`` a column
vector, ``(m, n)`` a matrix; a row vector is the matrix ``(1, n)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

Shape = tuple["Term", ...]


class Span(NamedTuple):
    """Offsets into the LaTeX of one formula: ``source[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """A node of the tree. Each node class names ``__hash__``, so that the cached hash survives ``dataclass``."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)

    @property
    def shape(self) -> Shape:
        """The sizes of the axes; ``()`` for a scalar."""
        return ()

    def __hash__(self) -> int:
        """Hash by meaning, computed once: trees are compared and looked up all the time."""
        try:
            return self.__dict__["_hash"]  # type: ignore[no-any-return]
        except KeyError:
            value = hash((type(self).__name__, *(getattr(self, f.name) for f in _compared(type(self)))))
            object.__setattr__(self, "_hash", value)
            return value

    def children(self) -> Iterator[Term]:
        """The nodes directly below this one, in reading order."""
        for f in _compared(type(self)):
            value = getattr(self, f.name)
            if isinstance(value, Term):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Term))

    def map(self, function: Callable[[Term], Term]) -> Term:
        """The same node over the images of its children."""
        changes: dict[str, Any] = {}
        for f in _compared(type(self)):
            value = getattr(self, f.name)
            if isinstance(value, Term):
                image: Any = function(value)
                changed = image is not value
            elif isinstance(value, tuple) and value and isinstance(value[0], Term):
                image = tuple(function(item) for item in value)
                changed = any(a is not b for a, b in zip(image, value, strict=True))
            else:
                continue
            if changed:
                changes[f.name] = image
        return replace(self, **changes) if changes else self

    def walk(self) -> Iterator[Term]:
        """This node and all nodes below it, outermost first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.children())))


_FIELDS: dict[type, tuple[Any, ...]] = {}


def _compared(kind: type) -> tuple[Any, ...]:
    """The fields of a node class that carry its meaning (all but the span)."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(f for f in fields(kind) if f.compare)
    return _FIELDS[kind]


class Domain(StrEnum):
    """The set that the entries of a symbol are taken from."""

    REAL = "R"
    NATURAL = "N"  # 1, 2, 3, …
    BINARY = "{0,1}"
    UNIT = "(0,1)"  # the open interval
    POSITIVE = "R>0"
    INDEX = "index"  # an integer between two bounds


@dataclass(frozen=True)
class Num(Term):
    """An exact rational number."""

    value: Fraction
    __hash__ = Term.__hash__


@dataclass(frozen=True)
class Sym(Term):
    """A declared symbol: a size, an index, a real variable, a vector, a matrix, or a family of them.

    ``axes`` are the sizes of its axes. The first ``batch`` of them belong to a family: x with axes ``(m, n)`` and
    ``batch = 1`` is the family x⁽¹⁾ … x⁽ᵐ⁾ of vectors of length n, and has no value without its superscript.
    ``bounds`` are the ends of an index's range.
    """

    name: str
    axes: Shape = ()
    batch: int = 0
    domain: Domain = field(default=Domain.REAL, compare=False)
    bounds: tuple[Term, ...] = field(default=(), compare=False, repr=False)
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.axes[self.batch :]


@dataclass(frozen=True)
class Entry(Term):
    """``base`` at ``indices``, which use up its axes from the left (a family's superscript first)."""

    base: Term
    indices: tuple[Term, ...]
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        axes = self.base.axes if isinstance(self.base, Sym) else self.base.shape
        return axes[len(self.indices) :]


@dataclass(frozen=True)
class Add(Term):
    """A sum of two or more terms of one shape; a difference has ``Neg`` terms."""

    terms: tuple[Term, ...]
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.terms[0].shape


@dataclass(frozen=True)
class Neg(Term):
    """The opposite of ``body``."""

    body: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.body.shape


@dataclass(frozen=True)
class Mul(Term):
    """A product of scalars, and at most one vector or matrix among them."""

    factors: tuple[Term, ...]
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return next((f.shape for f in self.factors if f.shape), ())


@dataclass(frozen=True)
class Div(Term):
    """``above`` divided by the scalar ``below``."""

    above: Term
    below: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.above.shape


@dataclass(frozen=True)
class Pow(Term):
    """A scalar power."""

    base: Term
    exponent: Term
    __hash__ = Term.__hash__


@dataclass(frozen=True)
class MatMul(Term):
    """The product of a row, matrix or column with a row, matrix or column; inner sizes agree."""

    left: Term
    right: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        left, right = self.left.shape, self.right.shape
        if len(right) == 1:
            return () if left[0] == ONE else left[:1]
        return (left[0], right[1])


@dataclass(frozen=True)
class Transpose(Term):
    """The transpose; of a column, a row."""

    body: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        shape = self.body.shape
        if len(shape) == 1:
            return (ONE, shape[0])
        return (shape[1],) if shape[0] == ONE else (shape[1], shape[0])


@dataclass(frozen=True)
class NormSquared(Term):
    """The squared Euclidean norm ‖body‖² of a vector."""

    body: Term
    __hash__ = Term.__hash__


@dataclass(frozen=True)
class Diag(Term):
    """The diagonal matrix with the entries of a vector."""

    body: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return (*self.body.shape, *self.body.shape)


@dataclass(frozen=True)
class Trace(Term):
    """The sum of the diagonal entries of a square matrix."""

    body: Term
    __hash__ = Term.__hash__


@dataclass(frozen=True)
class Call(Term):
    """A function applied to arguments: a built-in (``log``, ``exp``) or a defined one (``sigma``, ``h_theta``).

    ``order`` counts primes: ``order = 1`` is the derivative of a function of one real variable. With ``elementwise``
    the function of a scalar is applied to every entry of its one argument.
    """

    function: str
    args: tuple[Term, ...]
    order: int = 0
    elementwise: bool = False
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.args[0].shape if self.elementwise else ()


@dataclass(frozen=True)
class Big(Term):
    """A sum (``op`` is ``+``) or a product (``*``) of ``body`` over ``index`` from ``lower`` to ``upper``."""

    op: str
    index: Sym
    lower: Term
    upper: Term
    body: Term
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return self.body.shape


@dataclass(frozen=True)
class Derivative(Term):
    """The derivative of ``body`` by ``by``: a real variable, an entry of a vector, a vector, or a defined symbol.

    By a defined symbol z (Leibniz notation): ``body`` is unfolded until it is written in z, and z held as a variable.
    By a vector, the result has the shape of that vector (a gradient is a column). ``straight`` tells d from ∂; it
    does not take part in equality.
    """

    body: Term
    by: Term
    straight: bool = field(default=False, compare=False)
    __hash__ = Term.__hash__

    @property
    def shape(self) -> Shape:
        return (*self.body.shape, *self.by.shape)


@dataclass(frozen=True)
class Delta(Term):
    """Kronecker's delta of two indices: what is left of ∂θ_k/∂θ_j."""

    left: Term
    right: Term
    __hash__ = Term.__hash__


ZERO = Num(Fraction(0))
ONE = Num(Fraction(1))
MINUS_ONE = Num(Fraction(-1))


def number(value: int | Fraction) -> Num:
    """The node of an exact number."""
    return Num(Fraction(value))
