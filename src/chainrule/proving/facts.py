"""Proved equations as rewriting rules: the left side of a fact, at any values of its variables, becomes the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from chainrule.proving.arrange import arranged
from chainrule.proving.dependence import free_symbols_in
from chainrule.proving.differentiate import Outer
from chainrule.proving.elements import element
from chainrule.proving.substitution import fresh_index, replaced
from chainrule.symbols import Notation
from chainrule.tree import Add, Call, Derivative, Div, Domain, Entry, Mul, Neg, Num, Pow, Sym, Term


@dataclass(frozen=True)
class Fact:
    """An equation proved elsewhere: ``left = right`` for all values of its free numbers and indices.

    It was proved in ``notation``; a symbol that is defined there stands for its definition and is no variable.
    """

    label: str
    left: Term
    right: Term
    notation: Notation

    def foreign(self, notation: Notation) -> str | None:
        """A name in the fact that means something else in ``notation``, if there is one."""
        sides = (self.left, self.right)
        names = {(symbol.name, bool(symbol.batch)) for side in sides for symbol in free_symbols_in(side)}
        names -= {(v.name, False) for v in self.variables}
        for name, batch in sorted(names):
            mine, other = ((n.families if batch else n.symbols).get(name) for n in (self.notation, notation))
            same = mine == other and (mine is None or other is None or mine.domain == other.domain)
            if not same or self.notation.definitions.get(name) != notation.definitions.get(name):
                return name
        for name in sorted({part.function for side in sides for part in side.walk() if isinstance(part, Call)}):
            if self.notation.functions.get(name) != notation.functions.get(name):
                return name
        return None

    @cached_property
    def entrywise(self) -> Fact:
        """The same fact about numbers: of an equation between arrays, its entry at free indices."""
        if not self.left.shape:
            return self
        indices = tuple(fresh_index(size) for size in self.left.shape)
        left, right = (element(side, indices, False) for side in (self.left, self.right))
        return Fact(self.label, left, right, self.notation)

    @cached_property
    def variables(self) -> frozenset[Sym]:
        """The free numbers and indices, which stand for any value; sizes and what is defined are no variables."""
        free = free_symbols_in(self.left)
        numbers = (s for s in free if not s.axes and s.domain is not Domain.NATURAL)
        return frozenset(s for s in numbers if s.name not in self.notation.definitions)

    @cached_property
    def pattern(self) -> Term:
        """The part of the left side that is looked for: its largest parts that arithmetic does not look into."""
        return max(anchors(self.left), key=lambda t: sum(1 for _ in t.walk()), default=self.left)

    def instances(self, term: Term) -> Iterator[dict[Term, Term]]:
        """The values of the variables at which the left side, or its pattern, stands somewhere in ``term``."""
        seen = set()
        for part in term.walk():
            for wanted in (self.left, self.pattern):
                found: dict[Term, Term] = {}
                if not matches(wanted, part, self.variables, found) or len(found) < len(self.variables):
                    continue
                key = tuple(sorted((str(k), str(v)) for k, v in found.items()))
                if key not in seen:
                    seen.add(key)
                    yield found


def anchors(term: Term) -> Iterator[Term]:
    """The largest parts of a term that arithmetic does not look into."""
    if isinstance(term, Add | Mul | Neg | Div | Pow):
        for child in term.children():
            yield from anchors(child)
    elif not isinstance(term, Num):
        yield term


def matches(pattern: Term, term: Term, variables: frozenset[Sym], found: dict[Term, Term]) -> bool:
    """Whether ``term`` is ``pattern`` at some values of the variables, which are collected in ``found``."""
    if isinstance(pattern, Sym) and pattern in variables:
        if pattern in found:
            return arranged(found[pattern]) == arranged(term)
        if term.shape or not admits(pattern, term):
            return False
        found[pattern] = term
        return True
    if type(pattern) is not type(term):
        return False
    if isinstance(term, Derivative) and not isinstance(term.by, Sym | Entry):
        return False
    pairs = ((getattr(pattern, f.name), getattr(term, f.name)) for f in fields(pattern) if f.compare)
    return all(field_matches(a, b, variables, found) for a, b in pairs)


def field_matches(a: object, b: object, variables: frozenset[Sym], found: dict[Term, Term]) -> bool:
    """Whether one field of a node matches: a term, several terms, or plain data."""
    if isinstance(a, Term) and isinstance(b, Term):
        return matches(a, b, variables, found)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(field_matches(x, y, variables, found) for x, y in zip(a, b, strict=True))
    return a == b


def admits(variable: Sym, term: Term) -> bool:
    """Whether a term lies in the variable's domain for certain."""
    if variable.domain is Domain.INDEX:
        return isinstance(term, Sym) and term.bounds == variable.bounds
    if variable.domain is Domain.REAL:
        return not (isinstance(term, Sym) and term.domain is Domain.INDEX)
    symbol = term.base if isinstance(term, Entry) else term
    return isinstance(symbol, Sym) and symbol.domain is variable.domain


def rewritten(term: Term, facts: Sequence[Fact]) -> Term:
    """``term`` with every instance of a fact's left side replaced by its right side."""
    for fact in facts:
        fact = fact.entrywise
        for values in fact.instances(term):
            left = arranged(instance(fact.left, values))
            term = put(term, left, instance(fact.right, values))
    return term


def instance(side: Term, values: Mapping[Term, Term]) -> Term:
    return replaced(side, dict(values))


def put(term: Term, wanted: str, image: Term) -> Term:
    """``term`` with its parts of the arranged form ``wanted`` replaced; an opposite part by the opposite."""
    if arranged(term) == wanted:
        return image
    if isinstance(term, Add | Neg | Mul) and arranged(Neg(term)) == wanted:
        return Neg(image)
    return term.map(lambda child: put(child, wanted, image))


def outer_derivatives(facts: Sequence[Fact]) -> dict[str, Outer]:
    """The facts of the form f'(z) = …, as derivatives of outer functions."""
    found = {}
    for fact in facts:
        left = fact.left
        if isinstance(left, Derivative) and isinstance(left.body, Call) and left.body.args == (left.by,):
            assert isinstance(left.by, Sym)
            found[left.body.function] = Outer(left.by, fact.right)
        elif isinstance(left, Call) and left.order == 1 and len(left.args) == 1 and isinstance(left.args[0], Sym):
            found[left.function] = Outer(left.args[0], fact.right)
    return found
