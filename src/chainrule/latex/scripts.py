"""Scripts: indices, powers, transposes, primes, and the superscript that counts examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from lark import Token, Tree

from chainrule.latex import shapes
from chainrule.latex.reader import Reader, at
from chainrule.latex.syntax import Syntax, is_group, is_name, only_child, refuse, span_of, unwrap
from chainrule.names import name_of
from chainrule.tree import (
    ONE,
    Call,
    Derivative,
    Domain,
    Entry,
    NormSquared,
    Num,
    Pow,
    Span,
    Sym,
    Term,
    Transpose,
)


@dataclass
class Scripts(Reader):
    """Reads a base with scripts."""

    def read_sub(self, tree: Tree[Token]) -> Term:
        return self.tower(tree)

    read_sup = read_prime = read_transpose = read_sub

    def tower(self, tree: Tree[Token]) -> Term:
        """A base with scripts: indices, powers, transposes, primes."""
        base, scripts = unwrap(tree)
        if is_name(base):
            name = name_of(base)
            if name == "e" and name not in self.notation.symbols and scripts[0].data == "sup":
                exponent = self.scalar(self.expression(only_child(scripts[0].children[2])))
                return self.scripted(Call("exp", (exponent,), span=span_of(scripts[0])), scripts[1:])
            above = next((s for s in scripts if s.data == "sup" and self.is_example(s.children[2])), None)
            if above is not None and name in self.notation.families:
                family = self.notation.families[name]
                rest = [s for s in scripts if s is not above]
                indices = self.indices(above.children[2])
                return self.scripted(self.entry(family, indices, above), rest)
            if name in self.notation.families and name not in self.notation.symbols:
                self.family_power(name, scripts[0])
        if (
            isinstance(base, Tree)
            and base.data == "norm"
            and scripts[0].data == "sup"
            and only_child(scripts[0].children[2]) == "2"
        ):
            return self.scripted(self.norm_squared(base), scripts[1:])
        return self.scripted(self.expression(base), scripts)

    def norm_squared(self, tree: Tree[Token]) -> Term:
        body = self.expression(tree.children[1])
        if len(body.shape) != 1:
            refuse(f"the norm of {shapes.describe(body.shape)}", tree, "Take the norm of a vector.", "shape")
        return NormSquared(body, span=span_of(tree))

    def family_power(self, name: str, script: Tree[Token]) -> NoReturn:
        refuse(
            f"{name} is a family of examples; this script makes it a power or an entry, and the family has neither",
            script,
            f"An example is written {name}^{{(i)}}, with brackets.",
            "shape",
        )

    @staticmethod
    def is_example(script: Syntax) -> bool:
        """Whether a superscript is bracketed, as in x^{(i)}: such a script counts examples and is never a power."""
        return is_group(only_child(script))

    def scripted(self, term: Term, scripts: list[Tree[Token]]) -> Term:
        for script in scripts:
            term = at(self.one_script(term, script), Span((term.span or span_of(script)).start, span_of(script).end))
        return term

    def one_script(self, term: Term, script: Tree[Token]) -> Term:
        if script.data == "prime":
            return Transpose(term) if term.shape else self.primed(term, script)
        if script.data == "transpose":
            return self.transposed(term, script)
        content = script.children[2]
        if script.data == "sub":
            return self.entry(term, self.indices(content), script)
        if self.is_example(content):
            if isinstance(term, Sym) and term.name in self.notation.spellings:
                return self.entry(term, self.indices(content), script)
            refuse(
                "a bracketed superscript counts examples, and this has none",
                script,
                "Write a power without brackets.",
                "shape",
            )
        if only_child(content) == "T" and "T" not in self.notation.symbols:
            return self.transposed(term, script)
        if term.shape:
            hint = (
                f"An example is written {term.name}^{{(i)}}, with brackets."
                if isinstance(term, Sym)
                else "Write it by entries."
            )
            refuse(f"a power of {shapes.describe(term.shape)}", script, hint, "shape")
        return Pow(term, self.scalar(self.expression(content)))

    @staticmethod
    def transposed(term: Term, script: Syntax) -> Term:
        if not term.shape:
            refuse("the transpose of a number", script, "Remove it.", "shape")
        return Transpose(term)

    def primed(self, term: Term, script: Syntax) -> Term:
        """``(1 + e^{-z})'``: by the one real variable that stands in it."""
        variables = {
            t
            for t in term.walk()
            if isinstance(t, Sym) and not t.axes and t.domain not in (Domain.INDEX, Domain.NATURAL)
        }
        if len(variables) != 1:
            refuse(
                "a prime needs exactly one variable to differentiate by", script, r"Write \frac{d}{dz}.", "ambiguous"
            )
        return Derivative(term, variables.pop(), True)

    def indices(self, script: Syntax) -> tuple[Term, ...]:
        """The indices in a script: ``i``, ``ij`` (two indices side by side), ``i,j``, ``(i)``."""
        inner = only_child(script)
        if is_group(inner):
            assert isinstance(inner, Tree)
            return self.arguments(inner)
        if isinstance(inner, Tree) and inner.data == "arguments":
            return tuple(self.expression(c) for c in inner.children if isinstance(c, Tree))
        if isinstance(inner, Tree) and inner.data == "product" and all(is_name(c) for c in inner.children):
            return tuple(self.expression(c) for c in inner.children)
        return (self.expression(inner),)

    def entry(self, base: Term, indices: tuple[Term, ...], script: Syntax) -> Term:
        axes = base.axes if isinstance(base, Sym) else base.shape
        if isinstance(base, Entry) and len(indices) <= len(base.shape):
            return self.entry(base.base, (*base.indices, *indices), script)
        if len(indices) > len(axes) or not axes:
            refuse(
                f"{len(indices)} indices on {shapes.describe(axes)}",
                script,
                "An index picks an entry of a vector or matrix; is the symbol declared as one?",
                "shape",
            )
        for index, axis in zip(indices, axes, strict=False):
            check_range(index, axis, script)
        return Entry(base, indices)


def check_range(index: Term, axis: Term, script: Syntax) -> None:
    """An index must be known to lie on its axis."""
    if index.shape:
        refuse("an index must be an integer", script, "Use an index variable.", "shape")
    if isinstance(index, Num) and index.value == 1:
        return
    if not isinstance(index, Sym) or not index.bounds:
        refuse("an index must be an index variable, or 1", script, r"Declare it: i \in \{1, \dots, m\}.", "shape")
    if index.bounds != (ONE, axis):
        low, high = (shapes.size(b) for b in index.bounds)
        refuse(
            f"the index {index.name} runs from {low} to {high}, but here there are {shapes.size(axis)} entries",
            script,
            "Use an index with that range.",
            "shape",
        )
