"""Products and calls: which names are functions, and what each is applied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lark import Token, Tree

from chainrule.latex import shapes
from chainrule.latex.builtins import apply_builtin, builtin_name
from chainrule.latex.scripts import Scripts
from chainrule.latex.syntax import Syntax, is_group, is_name, only_child, refuse, span_of, unwrap
from chainrule.names import name_of
from chainrule.symbols import Function
from chainrule.tree import (
    Call,
    Neg,
    Span,
    Term,
)


@dataclass
class Calls(Scripts):
    """Reads what stands side by side."""

    def read_product(self, tree: Tree[Token]) -> Term:
        pieces: list[Syntax] = []
        joins: list[bool] = []  # whether an explicit \cdot or \times stands before the piece
        explicit = negative = False
        for piece in tree.children:
            if isinstance(piece, Token) and piece.type in ("DOT", "TIMES"):
                explicit = True
                continue
            if isinstance(piece, Token) and piece.type == "MINUS":  # a \cdot -b
                negative = not negative
                continue
            pieces.append(piece)
            joins.append(explicit)
            explicit = False
        found = shapes.multiply(list(self.factors(pieces, joins)))
        return Neg(found) if negative else found

    def factors(self, pieces: list[Syntax], joins: list[bool]) -> Iterator[Term]:
        """The factors of a product: each function takes its argument from the pieces that follow it."""
        position = 0
        while position < len(pieces):
            piece = pieces[position]
            following = pieces[position + 1] if position + 1 < len(pieces) and not joins[position + 1] else None
            base, scripts = unwrap(piece)
            if isinstance(base, Tree) and base.data == "function":
                term, position = self.builtin(base, scripts, pieces, joins, position)
                yield term
            elif (
                is_name(base)
                and following is not None
                and is_group(unwrap(following)[0])
                and self.is_function(base, scripts)
            ):
                yield self.call(base, scripts, following)
                position += 2
            else:
                if (
                    isinstance(piece, Tree)
                    and piece.data == "slash"
                    and position + 1 < len(pieces)
                    and following is not None
                ):
                    refuse(
                        "a/b c could mean (a/b) c or a/(b c)",
                        piece,
                        r"Write \frac{a}{b} c or \frac{a}{b c}.",
                        "ambiguous",
                    )
                yield self.expression(piece)
                position += 1

    def is_function(self, base: Syntax, scripts: list[Tree[Token]]) -> bool:
        """Whether a name before a bracket is a function: h_\\theta is one by its subscript, beside a symbol h."""
        name = name_of(base)
        function = self.notation.functions.get(name)
        if function is None or name in self.bound:
            return False
        return name not in self.notation.symbols or any(s.data == "sub" for s in scripts) == bool(function.subscripts)

    def builtin(
        self, base: Tree[Token], scripts: list[Tree[Token]], pieces: list[Syntax], joins: list[bool], position: int
    ) -> tuple[Term, int]:
        """``\\log`` and its kind: applied to a bracket, or to the one thing that follows if nothing follows that."""
        word = str(base.children[0])
        if scripts:
            refuse(
                f"{word} with a script could mean a power or a base",
                base,
                rf"Write \left({word} x\right)^2.",
                "ambiguous",
            )
        if position + 1 >= len(pieces):
            refuse(f"{word} has no argument", base, rf"Write {word}(x).", "unreadable")
        argument, end = self.argument_of(word, pieces, joins, position + 1)
        span = Span(span_of(base).start, span_of(pieces[end - 1]).end)
        return apply_builtin(builtin_name(word), argument, span), end

    def argument_of(
        self, word: str, pieces: list[Syntax], joins: list[bool], position: int
    ) -> tuple[tuple[Term, ...], int]:
        piece = pieces[position]
        inner, scripts = unwrap(piece)
        if isinstance(inner, Tree) and is_group(inner) and not scripts:
            return self.arguments(inner), position + 1
        if is_group(inner):
            refuse(
                f"{word}(a)^b could mean {word}(a^b) or ({word} a)^b",
                piece,
                rf"Write {word}\left(a^b\right) or \left({word} a\right)^b.",
                "ambiguous",
            )
        if isinstance(piece, Tree) and piece.data == "prefixed":
            return (self.expression(piece),), position + 1
        units = list(self.units(pieces, joins, position))
        after = units[0]
        rest = pieces[after] if after < len(pieces) else None
        if rest is not None and not (isinstance(rest, Tree) and unwrap(rest)[0] == rest and rest.data == "function"):
            refuse(
                f"{word} a b could mean {word}(a) b or {word}(a b)",
                Span(span_of(piece).start, span_of(rest).end),
                f"Write {word}(a) b or {word}(a b).",
                "ambiguous",
            )
        (term,) = self.factors(pieces[position:after], joins[position:after])
        return (term,), after

    def units(self, pieces: list[Syntax], joins: list[bool], position: int) -> Iterator[int]:
        """Where the first unit from ``position`` ends: a call is one unit, else each piece is."""
        base, scripts = unwrap(pieces[position])
        following = position + 1 < len(pieces) and not joins[position + 1]
        if isinstance(base, Tree) and base.data == "function":
            yield from self.units(pieces, joins, position + 1) if position + 1 < len(pieces) else iter([position + 1])
        elif (
            following
            and is_name(base)
            and is_group(unwrap(pieces[position + 1])[0])
            and self.is_function(base, scripts)
        ):
            yield position + 2
        else:
            yield position + 1

    def call(self, base: Syntax, scripts: list[Tree[Token]], following: Syntax) -> Term:
        """A declared function at its arguments, and the scripts that stand after its bracket."""
        function = self.notation.functions[name_of(base)]
        group, outer = unwrap(following)
        assert isinstance(group, Tree)
        order = sum(1 for s in scripts if s.data == "prime")
        subscripts = [s for s in scripts if s.data == "sub"]
        if any(s.data in ("sup", "transpose") for s in scripts):
            refuse("f^2(x) could mean f(x)^2 or f(f(x))", base, "Write f(x)^2.", "ambiguous")
        hidden = tuple(self.expression(only_child(s.children[2])) for s in subscripts)
        args = (*hidden, *self.arguments(group))
        span = Span(span_of(base).start, span_of(group).end)
        term = apply_function(function, args, order, span, base)
        return self.scripted(term, outer)


def apply_function(function: Function, args: tuple[Term, ...], order: int, span: Span, base: Syntax) -> Term:
    """A call whose arguments have been checked against the signature."""
    if len(args) != len(function.parameters):
        wanted = len(function.parameters) - function.subscripts
        refuse(
            f"{function.name} takes {wanted} argument{'s' * (wanted != 1)}"
            + (f" and {function.subscripts} subscript" if function.subscripts else ""),
            base,
            "Write it as it is declared.",
            "shape",
        )
    if order and len(function.parameters) != 1:
        refuse("a prime on a function of several variables", base, r"Write \frac{\partial}{\partial x}.", "ambiguous")
    for parameter, arg in zip(function.parameters, args, strict=True):
        if parameter.shape == arg.shape:
            continue
        if function.elementwise and not parameter.shape and len(args) == 1 and len(arg.shape) == 1:
            return Call(function.name, args, order, True, span=span)
        refuse(
            f"{function.name} takes {shapes.describe(parameter.shape)}, and this is {shapes.describe(arg.shape)}",
            arg.span or span,
            "Check the shape; is a transpose, an index or a convention for elementwise use missing?",
            "shape",
        )
    return Call(function.name, args, order, span=span)
