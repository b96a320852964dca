"""Sums and products without needless zeros and ones; sums over Kronecker's delta."""

from __future__ import annotations

from chainrule.proving.substitution import replaced
from chainrule.tree import ONE, ZERO, Add, Big, Delta, Div, Mul, Neg, Sym, Term


def total(terms: list[Term]) -> Term:
    """A sum without its zeros."""
    left = [t for t in terms if t != ZERO]
    return ZERO if not left else left[0] if len(left) == 1 else Add(tuple(left))


def product(factors: list[Term]) -> Term:
    """A product; zero if a factor is, and without factors 1."""
    if ZERO in factors:
        return ZERO
    left = [f for f in factors if f != ONE]
    return ONE if not left else left[0] if len(left) == 1 else Mul(tuple(left))


def simplified(term: Term) -> Term:
    """A term without the zeros and ones that rewriting leaves behind."""
    term = term.map(simplified)
    if isinstance(term, Add):
        return total(list(term.terms))
    if isinstance(term, Mul):
        return product(list(term.factors))
    vanishes = (
        (isinstance(term, Neg) and term.body == ZERO)
        or (isinstance(term, Div) and term.above == ZERO and term.below != ZERO)
        or (isinstance(term, Big) and term.op == "+" and term.body == ZERO)
    )
    return ZERO if vanishes else term


def collapsed(big: Big, body: Term) -> Term:
    """Σ_k δ_kj f(k) = f(j), term by term of the body; what holds no δ stays under the sum."""
    if body == ZERO:
        return ZERO
    taken: list[Term] = []
    kept: list[Term] = []
    for term in summands(body):
        image = collapse_term(big, term)
        (kept if image is None else taken).append(term if image is None else image)
    if not taken:
        return Big(big.op, big.index, big.lower, big.upper, body)
    if kept:
        taken.append(Big(big.op, big.index, big.lower, big.upper, total(kept)))
    return total(taken)


def summands(term: Term) -> list[Term]:
    """The terms of a sum, signs inside."""
    if isinstance(term, Add):
        return [s for t in term.terms for s in summands(t)]
    if isinstance(term, Neg):
        return [Neg(s) for s in summands(term.body)]
    return [term]


def collapse_term(big: Big, term: Term) -> Term | None:
    """f(j) for a term δ_kj f(k) whose other index runs over the same range as the sum."""
    for part in term.walk():
        if not isinstance(part, Delta):
            continue
        for here, there in ((part.left, part.right), (part.right, part.left)):
            if here == big.index and isinstance(there, Sym) and there.bounds == (big.lower, big.upper):
                factor = without(term, part)
                return None if factor is None else replaced(factor, {big.index: there})
    return None


def without(term: Term, delta: Delta) -> Term | None:
    """``term`` divided by a δ that is one of its factors, or None where it is not."""
    if term == delta:
        return ONE
    if isinstance(term, Neg):
        inner = without(term.body, delta)
        return None if inner is None else Neg(inner)
    if isinstance(term, Div):
        inner = without(term.above, delta)
        return None if inner is None else Div(inner, term.below)
    if isinstance(term, Mul):
        for k, f in enumerate(term.factors):
            inner = without(f, delta)
            if inner is not None:
                return product([*term.factors[:k], inner, *term.factors[k + 1 :]])
    return None
