"""Replacing parts of terms; capture of bound indices is avoided."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from chainrule.tree import ONE, Big, Domain, Sym, Term

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
