"""Arrays by their entries: (A B)_ij = Σ_k A_ik B_kj and its kind."""

from __future__ import annotations

from dataclasses import replace

from chainrule.proving.deltas import collapsed
from chainrule.proving.substitution import fresh_index
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Diag,
    Div,
    Entry,
    MatMul,
    Mul,
    Neg,
    NormSquared,
    Pow,
    Sym,
    Term,
    Trace,
    Transpose,
    number,
)


def element(term: Term, indices: tuple[Term, ...], deep: bool) -> Term:
    """The entry of an array at ``indices``. Unless ``deep``, products, transposes and functions stay as they are."""
    if isinstance(term, Add):
        return Add(tuple(element(t, indices, deep) for t in term.terms))
    if isinstance(term, Neg):
        return Neg(element(term.body, indices, deep))
    if isinstance(term, Mul):
        return Mul(tuple(element(f, indices, deep) if f.shape else f for f in term.factors))
    if isinstance(term, Div):
        return Div(element(term.above, indices, deep), term.below)
    if isinstance(term, Big):
        return replace(term, body=element(term.body, indices, deep))
    if isinstance(term, Entry):
        return element(term.base, (*term.indices, *indices), deep)
    if isinstance(term, Derivative) and term.by.shape:
        below = len(term.by.shape)
        body = element(term.body, indices[:-below], deep) if term.body.shape else term.body
        return Derivative(body, Entry(term.by, indices[-below:]), term.straight)
    if deep:
        return deep_element(term, indices)
    return Entry(term, indices)


def deep_element(term: Term, indices: tuple[Term, ...]) -> Term:
    """The entry of a product, a transpose, or a function applied elementwise."""
    if isinstance(term, Transpose):
        if len(term.body.shape) == 1:
            return element(term.body, (indices[1],), True)
        return element(term.body, (indices[1], indices[0]) if len(indices) == 2 else (ONE, indices[0]), True)
    if isinstance(term, MatMul):
        return product_entry(term, indices)
    if isinstance(term, Diag):
        return Mul((delta(*indices), element(term.body, indices[:1], True)))
    if isinstance(term, Call) and term.elementwise:
        return Call(term.function, (element(term.args[0], indices, True),), term.order)
    return Entry(term, indices)


def product_entry(term: MatMul, indices: tuple[Term, ...]) -> Term:
    """(A B)_ij = Σ_k A_ik B_kj; of a column and a row, the product of two entries."""
    left, right = term.left, term.right
    row = indices[:1] if len(left.shape) == 1 or left.shape[0] != ONE else (ONE,)
    column = indices[-1:] if len(right.shape) == 2 else ()
    if len(left.shape) == 1:
        return Mul((element(left, row, True), element(right, (ONE, *column), True)))
    index = fresh_index(left.shape[1])
    body = Mul((element(left, (*row, index), True), element(right, (index, *column), True)))
    return Big("+", index, ONE, left.shape[1], body)


def delta(left: Term, right: Term) -> Term:
    """δ of two indices, which is 1 where they are the same."""
    return ONE if left == right else Delta(left, right)


def by_entries(term: Term, deep: bool = True) -> Term:
    """``term`` with every array inside it taken apart into entries (structure only, unless ``deep``)."""
    if isinstance(term, Entry) and not isinstance(term.base, Sym) and not term.shape:
        inner = by_entries(term.base, deep) if deep else term.base
        taken = element(inner, term.indices, deep)
        return taken if taken == term else by_entries(taken, deep)
    if deep and isinstance(term, MatMul) and not term.shape:
        return by_entries(product_entry(term, ()), deep)
    if deep and isinstance(term, Trace):
        index = fresh_index(term.body.shape[0])
        return by_entries(Big("+", index, ONE, term.body.shape[0], element(term.body, (index, index), True)), deep)
    if deep and isinstance(term, NormSquared):
        index = fresh_index(term.body.shape[0])
        return by_entries(
            Big("+", index, ONE, term.body.shape[0], Pow(element(term.body, (index,), True), number(2))), deep
        )
    image = term.map(lambda child: by_entries(child, deep))
    return collapsed(image, image.body) if deep and isinstance(image, Big) and image.op == "+" else image
