"""Sums and products of terms whose shapes fit; where they do not, an error at that spot."""

from __future__ import annotations

from chainrule.errors import ReadingError
from chainrule.tree import ONE, Add, MatMul, Mul, Num, Shape, Span, Sym, Term


def size(term: Term) -> str:
    """A size in words."""
    if isinstance(term, Num):
        return str(term.value)
    return term.name if isinstance(term, Sym) else "an expression"


def describe(shape: Shape) -> str:
    """A shape in words."""
    if not shape:
        return "a number"
    if len(shape) == 1:
        return f"a column of length {size(shape[0])}"
    if shape[0] == ONE:
        return f"a row of length {size(shape[1])}"
    return f"a matrix of {size(shape[0])} × {size(shape[1])}"


def joined(terms: list[Term]) -> Span | None:
    """From the beginning of the first to the end of the last."""
    if terms[0].span is None or terms[-1].span is None:
        return None
    return Span(terms[0].span.start, terms[-1].span.end)


def add(terms: list[Term]) -> Term:
    """The sum of terms of one shape.

    Raises:
        ReadingError: at the first term whose shape differs from the first one's.
    """
    if len(terms) == 1:
        return terms[0]
    for term in terms[1:]:
        if term.shape != terms[0].shape:
            raise ReadingError(
                f"{describe(terms[0].shape)} and {describe(term.shape)} are added",
                term.span or Span(0, 1),
                "Check the shapes; is a transpose or an index missing?",
                "shape",
            )
    return Add(tuple(terms), span=joined(terms))


def multiply(terms: list[Term]) -> Term:
    """The product of terms as they stand: numbers anywhere, vectors and matrices in an order that fits.

    Raises:
        ReadingError: at the first factor that does not fit the ones before it.
    """
    if len(terms) == 1:
        return terms[0]
    numbers = [t for t in terms if not t.shape]
    arrays = [t for t in terms if t.shape]
    if not arrays:
        return Mul(tuple(numbers), span=joined(terms))
    product = arrays[0]
    for array in arrays[1:]:
        product = matrix_product(product, array)
    if not numbers:
        return product
    return Mul((*numbers, product), span=joined(terms))


def matrix_product(left: Term, right: Term) -> Term:
    """The product of two arrays whose inner sizes agree."""
    inner = (
        left.shape[1] if len(left.shape) == 2 else (ONE if len(right.shape) == 2 and right.shape[0] == ONE else None)
    )
    if inner != right.shape[0]:
        cure = (
            "Transpose the first: a^\\top b is their inner product."
            if left.shape == right.shape and len(left.shape) == 1
            else "The inner sizes must agree; is a transpose missing, or are the factors in the wrong order?"
        )
        raise ReadingError(
            f"{describe(left.shape)} times {describe(right.shape)} is not defined",
            joined([left, right]) or Span(0, 1),
            cure,
            "shape",
        )
    return MatMul(left, right, span=joined([left, right]))
