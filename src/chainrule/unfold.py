"""Replacing what is defined by its definition, and matrices by their entries. Capture of bound indices is avoided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from chainrule.symbols import Notation
from chainrule.tree import (
    ONE,
    Add,
    Big,
    Call,
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

_FRESH = count(1)


def fresh_index(size: Term) -> Sym:
    """An index from 1 to ``size`` that stands nowhere else."""
    return Sym(f"_{next(_FRESH)}", domain=Domain.INDEX, bounds=(ONE, size))


def replaced(term: Term, replacements: dict[Term, Term]) -> Term:
    """``term`` with its free occurrences of the keys replaced; bound indices are renamed where they would capture."""
    if term in replacements:
        return replacements[term]
    if isinstance(term, Big):
        inner = {k: v for k, v in replacements.items() if k != term.index}
        if any(part == term.index for value in inner.values() for part in value.walk()):
            index = replace(term.index, name=f"_{next(_FRESH)}")
            term = replace(term, index=index, body=replaced(term.body, {term.index: index}))
        return Big(
            term.op,
            term.index,
            replaced(term.lower, replacements),
            replaced(term.upper, replacements),
            replaced(term.body, inner),
            span=term.span,
        )
    return term.map(lambda child: replaced(child, replacements))


def unfolded(term: Term, notation: Notation, wanted: Callable[[str], bool]) -> Term:
    """``term`` with the definitions whose names are ``wanted`` unfolded everywhere, also inside one another.

    A derivative by a defined symbol keeps that symbol as its variable.
    """
    if isinstance(term, Derivative) and isinstance(term.by, Sym) and term.by.name in notation.definitions:
        held = term.by.name
        body = unfolded(term.body, notation, lambda name: name != held and wanted(name))
        return replace(term, body=body)
    if isinstance(term, Call) and wanted(term.function) and not term.elementwise and not term.order:
        function = notation.functions.get(term.function)
        if function is not None and function.body is not None:
            body = replaced(function.body, dict(zip(function.parameters, term.args, strict=True)))
            return unfolded(body, notation, wanted)
    if isinstance(term, Sym) and not term.batch and wanted(term.name):
        definition = notation.definitions.get(term.name)
        if definition is not None and not definition.indices:
            return unfolded(definition.body, notation, wanted)
    if isinstance(term, Entry) and isinstance(term.base, Sym) and not term.base.batch and wanted(term.base.name):
        definition = notation.definitions.get(term.base.name)
        if definition is not None and len(definition.indices) == len(term.indices):
            body = replaced(definition.body, dict(zip(definition.indices, term.indices, strict=True)))
            return unfolded(body, notation, wanted)
    return term.map(lambda child: unfolded(child, notation, wanted))


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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
        return (
            element(term.base, (*term.indices, *indices), deep)
            if term.base.shape
            else Entry(term.base, (*term.indices, *indices))
        )
    if isinstance(term, Derivative) and term.by.shape:
        return Derivative(term.body, Entry(term.by, indices), term.straight)
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


def by_entries(term: Term, deep: bool = True) -> Term:
    """``term`` with every array inside it taken apart into entries (structure only, unless ``deep``)."""
    if isinstance(term, Entry) and not isinstance(term.base, Sym) and not term.shape:
        inner = by_entries(term.base, deep) if deep else term.base
        return settle(element(inner, term.indices, deep), term, deep)
    if deep and isinstance(term, MatMul) and not term.shape:
        return by_entries(product_entry(term, ()), deep)
    if deep and isinstance(term, NormSquared):
        index = fresh_index(term.body.shape[0])
        return by_entries(
            Big("+", index, ONE, term.body.shape[0], Pow(element(term.body, (index,), True), number(2))), deep
        )
    return term.map(lambda child: by_entries(child, deep))


def settle(taken: Term, original: Term, deep: bool) -> Term:
    """Go on below an entry that was taken; stop at one that stays as it is."""
    if taken == original:
        return taken
    return by_entries(taken, deep)
