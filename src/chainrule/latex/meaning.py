"""Syntax tree + notation → typed tree. Every question that grammar leaves open is settled here by what was declared.

Shapes are checked as the tree is built, so a product that does not fit is refused at that spot, before any algebra.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NoReturn

from lark import Token, Tree

from chainrule.errors import ReadingError
from chainrule.latex import shapes
from chainrule.latex.builtins import apply_builtin, builtin_name
from chainrule.names import name_of
from chainrule.proving.dependence import hidden_variables
from chainrule.symbols import Function, Notation
from chainrule.tree import (
    ONE,
    Big,
    Call,
    Derivative,
    Div,
    Domain,
    Entry,
    Neg,
    NormSquared,
    Num,
    Pow,
    Span,
    Sym,
    Term,
    Transpose,
)

Syntax = Tree[Token] | Token
SCRIPTS = ("sub", "sup", "prime", "transpose")


def span_of(syntax: Syntax) -> Span:
    """Where a piece of syntax stands."""
    if isinstance(syntax, Token):
        return Span(syntax.start_pos or 0, syntax.end_pos or 0)
    return Span(syntax.meta.start_pos, syntax.meta.end_pos)


def refuse(message: str, at: Syntax | Span, cure: str, code: str) -> NoReturn:
    """Raise the error at a piece of syntax."""
    raise ReadingError(message, at if isinstance(at, Span) else span_of(at), cure, code)


def unwrap(syntax: Syntax) -> tuple[Syntax, list[Tree[Token]]]:
    """The base under a tower of scripts, and the scripts from the inside out."""
    scripts: list[Tree[Token]] = []
    while isinstance(syntax, Tree) and syntax.data in SCRIPTS:
        scripts.append(syntax)
        syntax = syntax.children[0]
    return syntax, scripts[::-1]


def is_name(syntax: Syntax) -> bool:
    """Whether this is a letter, plain or accented."""
    return (isinstance(syntax, Token) and syntax.type == "NAME") or (
        isinstance(syntax, Tree) and syntax.data == "accent"
    )


def is_group(syntax: Syntax) -> bool:
    """Whether this stands in round or square brackets."""
    return isinstance(syntax, Tree) and syntax.data == "group"


def scripts_of(prefix: Tree[Token]) -> tuple[Syntax | None, Syntax | None]:
    """What stands below and above a sign, in whichever order it was written."""
    found: dict[str, Syntax | None] = {}
    children = [c for c in prefix.children if c is not None]
    for position, child in enumerate(children):
        if isinstance(child, Token) and child.type in ("SUB", "SUP"):
            found[child.type] = children[position + 1]
    return found.get("SUB"), found.get("SUP")


def only_child(syntax: Syntax) -> Syntax:
    """Look through nodes that add nothing: a sum of one unsigned product of one factor, invisible braces."""
    while isinstance(syntax, Tree):
        inner = [
            c
            for c in syntax.children
            if c is not None and not (isinstance(c, Token) and c.type in ("LBRACE", "RBRACE"))
        ]
        if syntax.data not in ("sum", "product", "arguments", "script_group", "braces") or len(inner) != 1:
            break
        syntax = inner[0]
    return syntax


@dataclass
class Meaning:
    """Reads expressions in one notation. ``bound`` are the indices of the sums around the present spot."""

    notation: Notation
    bound: dict[str, Sym] = field(default_factory=dict)
    bound_anywhere: set[str] = field(default_factory=set)
    free_indices: dict[str, Span] = field(default_factory=dict)

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────

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

    def expression(self, syntax: Syntax) -> Term:
        """The meaning of any piece of syntax."""
        if isinstance(syntax, Token):
            return self.token(syntax)
        reader = getattr(self, f"read_{syntax.data}", None)
        if reader is None:
            refuse("this cannot stand in an expression", syntax, "Write an expression here.", "unreadable")
        term: Term = reader(syntax)
        return at(term, span_of(syntax))

    def token(self, token: Token) -> Term:
        if token.type == "NUMBER":
            return Num(Fraction(str(token)), span=span_of(token))
        if token.type == "NAME":
            return self.symbol(token)
        refuse(f"{token} stands alone", token, "Give it its argument.", "unreadable")

    def read_sum(self, tree: Tree[Token]) -> Term:
        sign, first, *rest = tree.children
        terms = [self.signed(sign, first)]
        terms += [self.signed(rest[k], rest[k + 1]) for k in range(0, len(rest), 2)]
        return shapes.add(terms)

    def signed(self, sign: Syntax | None, syntax: Syntax) -> Term:
        term = self.expression(syntax)
        if sign == "-":
            return Neg(term, span=Span(span_of(sign).start, span_of(syntax).end))
        return term

    # ── products and calls ───────────────────────────────────────────────────────────────────────────────────────

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

    def arguments(self, group: Tree[Token]) -> tuple[Term, ...]:
        inner = next(c for c in group.children if isinstance(c, Tree))
        return tuple(self.expression(c) for c in inner.children if isinstance(c, Tree))

    # ── operators that take what follows ─────────────────────────────────────────────────────────────────────────

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

    # ── atoms ────────────────────────────────────────────────────────────────────────────────────────────────────

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

    def norm_squared(self, tree: Tree[Token]) -> Term:
        body = self.expression(tree.children[1])
        if len(body.shape) != 1:
            refuse(f"the norm of {shapes.describe(body.shape)}", tree, "Take the norm of a vector.", "shape")
        return NormSquared(body, span=span_of(tree))

    def read_function(self, tree: Tree[Token]) -> Term:
        refuse(f"{tree.children[0]} has no argument", tree, f"Write {tree.children[0]}(x).", "unreadable")

    def read_accent(self, tree: Tree[Token]) -> Term:
        return self.symbol(tree)

    @staticmethod
    def scalar(term: Term) -> Term:
        if term.shape:
            refuse(
                f"{shapes.describe(term.shape)} where a number is wanted",
                term.span or Span(0, 1),
                "Take an entry of it.",
                "shape",
            )
        return term

    def symbol(self, syntax: Syntax) -> Term:
        """A name by itself."""
        name = name_of(syntax)
        found = self.bound.get(name) or self.notation.symbols.get(name)
        if found is None and name == "e":
            return Call("exp", (ONE,), span=span_of(syntax))
        if found is None:
            self.unknown(syntax, name)
        if found.domain is Domain.INDEX and name not in self.bound:
            self.free_indices.setdefault(name, span_of(syntax))
        return at(found, span_of(syntax))

    def unknown(self, syntax: Syntax, name: str) -> NoReturn:
        if name in self.notation.functions:
            refuse(f"the function {name} has no argument", syntax, "Give it its argument in brackets.", "unreadable")
        if name in self.notation.families:
            refuse(
                f"{name} is a family: it has no value without its superscript",
                syntax,
                f"Write {name}^{{(i)}}.",
                "unknown-symbol",
            )
        known = [*self.notation.symbols, *self.notation.functions, *self.notation.families]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}? Otherwise declare it" if near else "Declare it"
        refuse(
            f"{name} is not declared",
            syntax,
            f"{hint} on the notation page, or on this page before it is used.",
            "unknown-symbol",
        )

    # ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────

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


def at(term: Term, span: Span) -> Term:
    """The same term, known to stand at ``span``."""
    if term.span == span:
        return term
    return replace(term, span=span)


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
