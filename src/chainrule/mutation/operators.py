"""Slips on the typed tree: what a tired author, or a program that is wrong, might have written instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

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
    Num,
    Pow,
    Sym,
    Term,
    Transpose,
)


@dataclass(frozen=True)
class Scope:
    """What an operator may put in: the notation, and the scalars that stand in the line already."""

    notation: Notation
    atoms: tuple[Term, ...]

    @property
    def indices(self) -> list[Sym]:
        """The letters that the notation declares as indices."""
        return [s for s in self.notation.symbols.values() if s.domain is Domain.INDEX]

    @property
    def sizes(self) -> list[Sym]:
        """The letters that the notation declares as sizes."""
        return [s for s in self.notation.symbols.values() if s.domain is Domain.NATURAL and not s.axes]


@dataclass(frozen=True)
class Change:
    """One slip in a line: the part that was replaced, what replaces it, and the line that results."""

    operator: str
    before: Term
    after: Term
    line: Term


Operator = Callable[[Term, Scope], Iterator[Term]]


def changes(line: Term, notation: Notation) -> Iterator[Change]:
    """Every slip of every operator in a line, each resulting line once."""
    scope = Scope(notation, tuple(dict.fromkeys(part for part in line.walk() if is_atom(part))))
    seen = {line}
    for change in (*whole(line), *inside(line, scope)):
        if change.line not in seen:
            seen.add(change.line)
            yield change


def whole(line: Term) -> Iterator[Change]:
    """The sign of a line that is no sum."""
    if not isinstance(line, Add | Neg):
        yield Change("sign", line, Neg(line), Neg(line))


def inside(term: Term, scope: Scope) -> Iterator[Change]:
    """The slips in a term and below it."""
    for name, operator in OPERATORS.items():
        for after in operator(term, scope):
            yield Change(name, term, after, after)
    for child, put in places(term):
        for change in inside(child, scope):
            yield replace(change, line=put(change.line))


def places(term: Term) -> Iterator[tuple[Term, Callable[[Term], Term]]]:
    """The parts of a term that may be replaced, with the function that puts another in their place."""
    if isinstance(term, Big | Derivative):
        yield term.body, lambda part: replace(term, body=part)
    elif isinstance(term, Entry):
        if not isinstance(term.base, Sym):
            yield term.base, lambda part: replace(term, base=part)
    elif not isinstance(term, Sym | Num):
        for position, child in enumerate(term.children()):
            yield child, lambda part, position=position: put_at(term, position, part)  # type: ignore[misc]


def put_at(term: Term, position: int, part: Term) -> Term:
    """The term with another child at a position."""
    counter = iter(range(sum(1 for _ in term.children())))
    return term.map(lambda child: part if next(counter) == position else child)


def is_atom(term: Term) -> bool:
    """Whether a term is one quantity: a number by a name, an entry, a function at its arguments."""
    if isinstance(term, Sym):
        return not term.shape and term.domain not in (Domain.NATURAL, Domain.INDEX)
    return isinstance(term, Entry | Call) and not term.shape


def without(items: Sequence[Term], position: int) -> tuple[Term, ...]:
    return (*items[:position], *items[position + 1 :])


def sign(term: Term, scope: Scope) -> Iterator[Term]:
    """A minus for a plus, or the other way round."""
    if isinstance(term, Neg):
        yield term.body
    if isinstance(term, Add):
        for k, t in enumerate(term.terms):
            flipped = t.body if isinstance(t, Neg) else Neg(t)
            yield Add((*term.terms[:k], flipped, *term.terms[k + 1 :]))
    if isinstance(term, Call) and not term.args[-1].shape and not isinstance(term.args[-1], Neg):
        yield replace(term, args=(*term.args[:-1], Neg(term.args[-1])))


def dropped_term(term: Term, scope: Scope) -> Iterator[Term]:
    """A term of a sum left out."""
    if isinstance(term, Add):
        for k in range(len(term.terms)):
            rest = without(term.terms, k)
            yield Add(rest) if len(rest) > 1 else rest[0]


def is_mean(factor: Term) -> bool:
    """Whether a factor is 1/m."""
    return isinstance(factor, Div) and is_size(factor.below) and isinstance(factor.above, Num)


def is_size(term: Term) -> bool:
    return isinstance(term, Sym) and term.domain is Domain.NATURAL


def missing_mean(term: Term, scope: Scope) -> Iterator[Term]:
    """The factor 1/m left out, or taken for another size."""
    if isinstance(term, Mul):
        for k, factor in enumerate(term.factors):
            if is_mean(factor):
                yield product(without(term.factors, k))
    if isinstance(term, Div) and is_size(term.below):
        yield term.above
        yield from (Div(term.above, size) for size in scope.sizes)


def product(factors: tuple[Term, ...]) -> Term:
    return Mul(factors) if len(factors) > 1 else factors[0]


def dropped_factor(term: Term, scope: Scope) -> Iterator[Term]:
    """A factor or a divisor left out."""
    if isinstance(term, Mul):
        yield from (product(without(term.factors, k)) for k, f in enumerate(term.factors) if not is_mean(f))
    if isinstance(term, Div) and not is_size(term.below):
        yield term.above


def doubled_factor(term: Term, scope: Scope) -> Iterator[Term]:
    """A factor that stands twice."""
    if isinstance(term, Mul):
        for k, factor in enumerate(term.factors):
            if not factor.shape:
                yield Mul((*term.factors[: k + 1], factor, *term.factors[k + 1 :]))


def swapped_fraction(term: Term, scope: Scope) -> Iterator[Term]:
    """A fraction upside down."""
    if isinstance(term, Div) and not term.above.shape:
        yield Div(term.below, term.above)


def transpose(term: Term, scope: Scope) -> Iterator[Term]:
    """A transpose left out or put in; the factors of a product of matrices in the other order."""
    if isinstance(term, Transpose):
        yield term.body
    if isinstance(term, MatMul):
        yield MatMul(term.right, term.left)
        if len(term.left.shape) == 2 and not isinstance(term.left, Transpose):
            yield MatMul(Transpose(term.left), term.right)


def power(term: Term, scope: Scope) -> Iterator[Term]:
    """A power that is one too high, left out, or put in."""
    if isinstance(term, Pow):
        yield term.base
        yield Pow(term.base, next_number(term.exponent) or Add((term.exponent, ONE)))
    elif is_atom(term):
        yield Pow(term, Num(Fraction(2)))


def next_number(term: Term) -> Num | None:
    return Num(term.value + 1) if isinstance(term, Num) else None


def constant(term: Term, scope: Scope) -> Iterator[Term]:
    """A number that is off by one."""
    larger = next_number(term)
    if larger is not None:
        yield larger


def sum_bound(term: Term, scope: Scope) -> Iterator[Term]:
    """A sum or product that begins or ends elsewhere, or has lost its sign."""
    if isinstance(term, Big):
        yield replace(term, lower=next_number(term.lower) or Add((term.lower, ONE)))
        yield replace(term, upper=Add((term.upper, Neg(ONE))))
        yield from (replace(term, upper=size) for size in scope.sizes)
        yield term.body
        yield replace(term, op="*" if term.op == "+" else "+")


def function(term: Term, scope: Scope) -> Iterator[Term]:
    """A logarithm for an exponential, a function left out."""
    other = {"log": "exp", "exp": "log", "sin": "cos", "cos": "sin", "max": "min", "min": "max"}
    if isinstance(term, Call):
        if term.function in other:
            yield replace(term, function=other[term.function])
        if len(term.args) == 1 and term.args[0].shape == term.shape:
            yield term.args[0]


def prime(term: Term, scope: Scope) -> Iterator[Term]:
    """A prime too many or too few."""
    if isinstance(term, Call) and term.function in scope.notation.functions and len(term.args) == 1:
        if not term.args[0].shape:
            yield replace(term, order=term.order + 1)
        if term.order:
            yield replace(term, order=term.order - 1)


def index(term: Term, scope: Scope) -> Iterator[Term]:
    """Another letter at an entry."""
    if isinstance(term, Entry):
        for k, letter in enumerate(term.indices):
            others = (other for other in scope.indices if isinstance(letter, Sym) and other != letter)
            yield from (replace(term, indices=(*term.indices[:k], o, *term.indices[k + 1 :])) for o in others)


def quantity(term: Term, scope: Scope) -> Iterator[Term]:
    """Another quantity of the line: y for h, and the like."""
    if is_atom(term):
        yield from (other for other in scope.atoms if other != term)


def variable(term: Term, scope: Scope) -> Iterator[Term]:
    """A derivative by another entry, or left out."""
    if isinstance(term, Derivative):
        yield from (replace(term, by=other) for other in index(term.by, scope))
        if not term.by.shape:
            yield term.body


OPERATORS: dict[str, Operator] = {
    "sign": sign,
    "term left out": dropped_term,
    "missing 1/m": missing_mean,
    "factor left out": dropped_factor,
    "factor twice": doubled_factor,
    "fraction upside down": swapped_fraction,
    "transpose": transpose,
    "power": power,
    "number": constant,
    "bounds of a sum": sum_bound,
    "function": function,
    "prime": prime,
    "index": index,
    "another quantity": quantity,
    "variable of a derivative": variable,
}
"""The slips by the name under which they are counted."""
