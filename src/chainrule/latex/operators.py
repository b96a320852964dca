"""Operators that take what follows them: derivatives, sums, products over an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lark import Token, Tree

from chainrule.latex.calls import Calls
from chainrule.latex.syntax import Syntax, is_group, is_name, only_child, refuse, scripts_of, span_of
from chainrule.names import name_of
from chainrule.proving.dependence import hidden_variables
from chainrule.tree import (
    Big,
    Derivative,
    Domain,
    Entry,
    Span,
    Sym,
    Term,
)


@dataclass
class Operators(Calls):
    """Reads an operator and its scope."""

    def read_prefixed(self, tree: Tree[Token]) -> Term:
        prefix, sign, product = tree.children
        assert isinstance(prefix, Tree)
        assert isinstance(product, Tree)
        if prefix.data == "operator":
            self.check_scope(prefix, product)
            return self.differentiate(prefix, self.signed(sign, product), prefix.children)
        if prefix.data == "nabla":
            self.check_scope(prefix, product)
            return self.gradient(prefix, self.signed(sign, product))
        return self.big(prefix, sign, product)

    def gradient(self, prefix: Tree[Token], body: Term) -> Term:
        r"""``\nabla_\theta f``, the column of derivatives; ``\nabla^2_\theta f``, the matrix of second ones."""
        by = self.expression(only_child(prefix.children[-1]))
        power = next((c for c in prefix.children if isinstance(c, Tree) and c.data == "power"), None)
        if power is None:
            return self.derivative(body, by, False, prefix)
        if only_child(power.children[1]) != "2" or body.shape or len(by.shape) != 1:
            cure = r"Write \nabla^2_\theta f for a number f."
            refuse("this power of the gradient is not read", prefix, cure, "unreadable")
        return Derivative(self.derivative(body, by, False, prefix), by)

    def check_scope(self, prefix: Syntax, product: Tree[Token]) -> None:
        """An operator before ``(a) b`` has two readings."""
        units = [p for p in product.children if not (isinstance(p, Token) and p.type in ("DOT", "TIMES"))]
        end = next(self.units(units, [False] * len(units), 0))
        ends_in_bracket = is_group(units[end - 1])
        if ends_in_bracket and end < len(units):
            refuse(
                "a derivative before (a) b could mean the derivative of a, times b, or the derivative of a b",
                Span(span_of(prefix).start, span_of(units[end]).end),
                r"Put the other factor in front, or write \frac{\partial}{\partial x}\left[(a) b\right].",
                "ambiguous",
            )

    def big(self, prefix: Tree[Token], sign: Syntax | None, product: Syntax) -> Term:
        """A sum or product sign with its index, bounds and body."""
        kind = str(getattr(prefix.children[0], "type", ""))
        if kind not in ("SUM", "PROD"):
            refuse(f"{prefix.children[0]} is not read here", prefix, "Say it in words.", "unreadable")
        below, above = scripts_of(prefix)
        index = self.index_of(prefix, below, above)
        with self.binding(index, prefix):
            body = self.signed(sign, product)
        lower, upper = index.bounds
        return Big("+" if kind == "SUM" else "*", index, lower, upper, body)

    def index_of(self, prefix: Tree[Token], below: Syntax | None, above: Syntax | None) -> Sym:
        """The index of a sum with its bounds: those at the sign, or its declared range."""
        start = only_child(below) if below is not None else None
        if above is not None and isinstance(start, Tree) and start.data == "event":
            name, relation, lower = start.children
            if relation != "=":
                refuse("a lower bound is written i = 1", start, r"Write \sum_{i=1}^{m}.", "unreadable")
            bounds = (self.expression(lower), self.expression(only_child(above)))
            return Sym(name_of(self.index_name(name)), domain=Domain.INDEX, bounds=bounds)
        declared = self.notation.symbols.get(name_of(self.index_name(start))) if start is not None else None
        if declared is None or declared.domain is not Domain.INDEX or above is not None:
            refuse(
                "this sum has no bounds, and its index has no declared range",
                prefix,
                r"Write \sum_{i=1}^{m}.",
                "ambiguous",
            )
        return declared

    def index_name(self, syntax: Syntax) -> Syntax:
        name = only_child(syntax)
        if not is_name(name):
            refuse("the index of a sum is one letter", syntax, r"Write \sum_{i=1}^{m}.", "unreadable")
        return name

    @contextmanager
    def binding(self, index: Sym, prefix: Syntax) -> Iterator[None]:
        if index.name in self.bound:
            refuse(
                f"{index.name} is already the index of a sum around this one",
                prefix,
                "Use another letter.",
                "ambiguous",
            )
        self.bound[index.name] = index
        self.bound_anywhere.add(index.name)
        yield
        del self.bound[index.name]

    def read_derivative(self, tree: Tree[Token]) -> Term:
        """``\\frac{\\partial f}{\\partial x}``."""
        body = next(c for c in tree.children if isinstance(c, Tree) and c.data == "product")
        return self.differentiate(tree, self.expression(body), tree.children)

    def differentiate(self, tree: Tree[Token], body: Term, children: Sequence[Syntax | None]) -> Term:
        """Apply the differentials of a denominator, the rightmost first."""
        denominators = next(c for c in children if isinstance(c, Tree) and c.data == "denominators")
        straight = str(denominators.children[0]) != r"\partial"
        variables: list[Term] = []
        for syntax in denominators.children[1::2]:
            variables += self.differential(syntax)
        power = next((c for c in children if isinstance(c, Tree) and c.data == "power"), None)
        order = (
            int(str(only_child(power.children[1])))
            if power is not None and str(only_child(power.children[1])).isdigit()
            else 1
        )
        if order != len(variables):
            refuse(f"order {order} above, {len(variables)} below", tree, "Make the two orders agree.", "unreadable")
        for by in reversed(variables):
            body = self.derivative(body, by, straight, tree)
        return body

    def differential(self, syntax: Syntax) -> list[Term]:
        """The variable after one ``d``, as often as its power says (``dx^2`` is twice x)."""
        if isinstance(syntax, Tree) and syntax.data == "sup" and str(only_child(syntax.children[2])).isdigit():
            return [self.expression(syntax.children[0])] * int(str(only_child(syntax.children[2])))
        return [self.expression(syntax)]

    def derivative(self, body: Term, by: Term, straight: bool, syntax: Syntax) -> Term:
        """A derivative, if its variable is one: a symbol, or an entry of a vector."""
        variable = by.base if isinstance(by, Entry) else by
        if not isinstance(variable, Sym) or variable.domain in (Domain.INDEX, Domain.NATURAL):
            refuse(
                "this is not a variable to differentiate by",
                syntax,
                "Differentiate by a symbol or by an entry of a vector.",
                "shape",
            )
        if len(body.shape) + len(by.shape) > 1:
            refuse("the derivative of a vector by a vector needs a layout", syntax, "Write it by entries.", "shape")
        stray = hidden_variables(body, by, self.notation)
        if stray:
            refuse(
                f"what is differentiated depends on {stray} otherwise than through {variable.name}",
                syntax,
                f"Write it in {variable.name} alone, or differentiate by {stray}.",
                "ambiguous",
            )
        return Derivative(body, by, straight)
