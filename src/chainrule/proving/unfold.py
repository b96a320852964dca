"""Replacing what is defined by its definition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chainrule.proving.substitution import replaced
from chainrule.symbols import Notation
from chainrule.tree import Call, Derivative, Entry, Sym, Term


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
