"""Which symbols a term depends on once its definitions are unfolded."""

from __future__ import annotations

from collections.abc import Iterator

from chainrule.symbols import Notation
from chainrule.tree import Big, Call, Entry, Sym, Term


def with_bound(term: Term, bound: frozenset[str] = frozenset()) -> Iterator[tuple[Term, frozenset[str]]]:
    """All nodes of a term, each with the names that sums around it bind; the indices at the sum signs are left out."""
    yield term, bound
    inner = bound | {term.index.name} if isinstance(term, Big) else bound
    for child in term.children():
        if not (isinstance(term, Big) and child is term.index):
            yield from with_bound(child, inner)


def free_symbols_in(term: Term) -> Iterator[Sym]:
    """The symbols in a term that no sum binds, as often as they stand there."""
    return (part for part, bound in with_bound(term) if isinstance(part, Sym) and part.name not in bound)


def names_in(term: Term, notation: Notation, hold: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names of all symbols that the value of ``term`` depends on; those in ``hold`` are not unfolded further."""
    found: set[str] = set()
    for part in term.walk():
        if isinstance(part, Sym):
            found |= names_of_symbol(part, notation, hold)
        elif isinstance(part, Call) and part.function in notation.functions:
            function = notation.functions[part.function]
            if function.body is not None:
                parameters = {p.name for p in function.parameters}
                found |= names_in(function.body, notation, hold) - parameters
    return frozenset(found)


def names_of_symbol(symbol: Sym, notation: Notation, hold: frozenset[str]) -> frozenset[str]:
    """A symbol's own name, and the names that its definition depends on."""
    definition = notation.definitions.get(symbol.name)
    if symbol.name in hold or definition is None or symbol.batch:
        return frozenset({symbol.name})
    return frozenset({symbol.name}) | names_in(definition.body, notation, hold)


def variable_name(by: Term) -> str:
    """The symbol that a derivative varies."""
    base = by.base if isinstance(by, Entry) else by
    assert isinstance(base, Sym)
    return base.name


def depends_on(term: Term, by: Term, notation: Notation) -> bool:
    """Whether a derivative of ``term`` by ``by`` can differ from zero."""
    name = variable_name(by)
    return name in names_in(term, notation, frozenset({name}))


def hidden_variables(body: Term, by: Term, notation: Notation) -> str | None:
    """For a derivative by a defined symbol h: a variable of h that ``body`` also depends on otherwise, if any."""
    name = variable_name(by)
    definition = notation.definitions.get(name)
    if definition is None or isinstance(by, Entry):
        return None
    hold = frozenset({name})
    inside = {n for n in names_in(definition.body, notation) if is_real(n, notation)}
    return min((names_in(body, notation, hold) - {name}) & inside, default=None)


def is_real(name: str, notation: Notation) -> bool:
    """Whether the name is a variable, and not a size or an index."""
    symbol = notation.symbols.get(name)
    return symbol is not None and symbol.domain.value not in ("N", "index")
