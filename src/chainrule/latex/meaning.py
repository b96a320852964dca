"""Syntax tree + notation → typed tree. Every question that grammar leaves open is settled here by what was declared.

Shapes are checked as the tree is built, so a product that does not fit is refused at that spot, before any algebra. The
work is shared by kinds of syntax: names (reader.py), scripts, calls, operators, and here sums, brackets and fractions.
"""

from __future__ import annotations

from dataclasses import dataclass

from lark import Token, Tree

from chainrule.latex import shapes
from chainrule.latex.operators import Operators
from chainrule.latex.syntax import Syntax, refuse, span_of
from chainrule.tree import (
    Call,
    Div,
    Term,
)


@dataclass
class Meaning(Operators):
    """Reads expressions in one notation."""

    def line(self, syntax: Syntax) -> Term:
        """One line of a chain. An index may not be bound in one place and free in another."""
        self.bound_anywhere.clear()
        self.free_indices.clear()
        term = self.expression(syntax)
        for name in self.bound_anywhere & self.free_indices.keys():
            refuse(
                f"{name} is the index of a sum, and stands outside that sum too",
                self.free_indices[name],
                "Put brackets around all that the sum extends over, or give the sum another index.",
                "ambiguous",
            )
        return term

    def read_sum(self, tree: Tree[Token]) -> Term:
        sign, first, *rest = tree.children
        terms = [self.signed(sign, first)]
        terms += [self.signed(rest[k], rest[k + 1]) for k in range(0, len(rest), 2)]
        return shapes.add(terms)

    def read_group(self, tree: Tree[Token]) -> Term:
        terms = self.arguments(tree)
        if len(terms) != 1:
            refuse(
                "a list in brackets that no function takes",
                tree,
                "Is the name before it declared as a function?",
                "unreadable",
            )
        return terms[0]

    def read_braces(self, tree: Tree[Token]) -> Term:
        return self.expression(next(c for c in tree.children if isinstance(c, Tree)))

    def read_script_group(self, tree: Tree[Token]) -> Term:
        inner = next(c for c in tree.children if isinstance(c, Tree))
        if len(inner.children) != 1:
            refuse("a list where one expression is wanted", tree, "Leave one expression.", "unreadable")
        return self.expression(inner.children[0])

    def read_fraction(self, tree: Tree[Token]) -> Term:
        above, below = (self.expression(c) for c in tree.children[1:])
        return self.quotient(above, below, tree)

    def read_slash(self, tree: Tree[Token]) -> Term:
        above, below = self.expression(tree.children[0]), self.expression(tree.children[2])
        return self.quotient(above, below, tree)

    @staticmethod
    def quotient(above: Term, below: Term, tree: Tree[Token]) -> Term:
        if below.shape:
            refuse(
                f"division by {shapes.describe(below.shape)}",
                below.span or span_of(tree),
                "Divide by a number.",
                "shape",
            )
        return Div(above, below)

    def read_root(self, tree: Tree[Token]) -> Term:
        return Call("sqrt", (self.scalar(self.expression(tree.children[1])),))

    def read_absolute(self, tree: Tree[Token]) -> Term:
        return Call("abs", (self.scalar(self.expression(tree.children[1])),))

    def read_norm(self, tree: Tree[Token]) -> Term:
        return Call("sqrt", (self.norm_squared(tree),))

    def read_function(self, tree: Tree[Token]) -> Term:
        refuse(f"{tree.children[0]} has no argument", tree, f"Write {tree.children[0]}(x).", "unreadable")

    def read_accent(self, tree: Tree[Token]) -> Term:
        return self.symbol(tree)
