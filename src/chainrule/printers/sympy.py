"""Typed tree → the Python source of a snippet's line. Under ``with evaluate(False):`` it means the same expression."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from fractions import Fraction

from chainrule.tree import (
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Div,
    Entry,
    MatMul,
    Mul,
    Neg,
    NormSquared,
    Num,
    Pow,
    Sym,
    Term,
    Transpose,
)

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a piece of source holds together."""

SYMPY_NAMES = {"log": "log", "exp": "exp", "sqrt": "sqrt", "abs": "Abs", "max": "Max"}


@dataclass(frozen=True)
class Source:
    """The source of one line, and the names that it needs: of SymPy, of the vocabulary, and of the notation."""

    text: str
    sympy: frozenset[str]
    vocabulary: frozenset[str]
    names: frozenset[str]


def to_source(term: Term) -> Source:
    """The source of a term."""
    printer = SourcePrinter()
    text = printer.render(term)[0]
    return Source(text, frozenset(printer.sympy), frozenset(printer.vocabulary), frozenset(printer.names))


class SourcePrinter:
    """Prints one term, and remembers the names that were needed."""

    def __init__(self) -> None:
        self.sympy: set[str] = set()
        self.vocabulary: set[str] = set()
        self.names: set[str] = set()

    def render(self, term: Term) -> tuple[str, int]:
        """The source of a term, and how tightly it holds together."""
        method = getattr(self, f"of_{type(term).__name__.lower()}")
        result: tuple[str, int] = method(term)
        return result

    def at(self, term: Term, level: int) -> str:
        """The source of a term, in brackets unless it holds together at ``level``."""
        text, held = self.render(term)
        return text if held >= level else f"({text})"

    def leading(self, term: Term, beside: Term, level: int) -> str:
        """As ``at``, for the first operand: Python works with two bare numbers before SymPy sees them."""
        if not (is_bare(term) and is_bare(beside)):
            return self.at(term, level)
        self.sympy.add("Integer")
        inner = term.body if isinstance(term, Neg) else term
        text = f"Integer({self.render(inner)[0]})"
        if isinstance(term, Neg):
            text = f"-{text}"
            return text if level <= SUM else f"({text})"
        return text

    def arguments(self, terms: tuple[Term, ...]) -> str:
        return ", ".join(self.at(term, SUM) for term in terms)

    def of_num(self, term: Num) -> tuple[str, int]:
        value: Fraction = term.value
        if value.denominator == 1:
            return str(value), ATOM if value >= 0 else SUM
        self.sympy.add("Rational")
        return f"Rational({value.numerator}, {value.denominator})", ATOM

    def of_sym(self, term: Sym) -> tuple[str, int]:
        name = identifier(term.name)
        self.names.add(name)
        return name, ATOM

    def of_entry(self, term: Entry) -> tuple[str, int]:
        indices = self.arguments(term.indices)
        if isinstance(term.base, Sym):
            return f"{self.render(term.base)[0]}[{indices}]", ATOM
        self.vocabulary.add("entry")
        return f"entry({self.at(term.base, SUM)}, {indices})", ATOM

    def of_add(self, term: Add) -> tuple[str, int]:
        first, second, *_ = term.terms
        text = self.leading(first, second, SUM)
        for other in term.terms[1:]:
            if isinstance(other, Neg):
                text += f" - {self.at(other.body, PRODUCT)}"
            else:
                text += f" + {self.at(other, PRODUCT)}"
        return text, SUM

    def of_neg(self, term: Neg) -> tuple[str, int]:
        return f"-{self.at(term.body, PRODUCT)}", SUM

    def of_mul(self, term: Mul) -> tuple[str, int]:
        first, second, *_ = term.factors
        factors = [self.leading(first, second, PRODUCT)]
        factors += [self.at(factor, POWER) for factor in term.factors[1:]]
        return " * ".join(factors), PRODUCT

    def of_div(self, term: Div) -> tuple[str, int]:
        return f"{self.leading(term.above, term.below, PRODUCT)} / {self.at(term.below, POWER)}", PRODUCT

    def of_pow(self, term: Pow) -> tuple[str, int]:
        return f"{self.leading(term.base, term.exponent, ATOM)} ** {self.at(term.exponent, ATOM)}", POWER

    def of_matmul(self, term: MatMul) -> tuple[str, int]:
        if isinstance(term.left, Transpose) and not term.shape and len(term.left.body.shape) == 1:
            self.vocabulary.add("dot")
            return f"dot({self.arguments((term.left.body, term.right))})", ATOM
        return f"{self.at(term.left, PRODUCT)} * {self.at(term.right, POWER)}", PRODUCT

    def of_transpose(self, term: Transpose) -> tuple[str, int]:
        return f"{self.at(term.body, ATOM)}.T", ATOM

    def of_normsquared(self, term: NormSquared) -> tuple[str, int]:
        self.vocabulary.add("norm2")
        return f"norm2({self.at(term.body, SUM)})", ATOM

    def of_call(self, term: Call) -> tuple[str, int]:
        name = SYMPY_NAMES.get(term.function, identifier(term.function))
        (self.sympy if term.function in SYMPY_NAMES else self.names).add(name)
        text = f"{name}({self.arguments(term.args)})"
        if term.order:
            self.vocabulary.add("prime")
            text = f"prime({text})" if term.order == 1 else f"prime({text}, {term.order})"
        return text, ATOM

    def of_big(self, term: Big) -> tuple[str, int]:
        name = "Sum" if term.op == "+" else "Product"
        self.sympy.add(name)
        limits = self.arguments((term.index, term.lower, term.upper))
        return f"{name}({self.at(term.body, SUM)}, ({limits}))", ATOM

    def of_derivative(self, term: Derivative) -> tuple[str, int]:
        self.vocabulary.add("D")
        return f"D({self.arguments((term.body, term.by))})", ATOM

    def of_delta(self, term: Delta) -> tuple[str, int]:
        self.sympy.add("KroneckerDelta")
        return f"KroneckerDelta({self.arguments((term.left, term.right))})", ATOM


def is_bare(term: Term) -> bool:
    """Whether the source of a term is a number of Python's, perhaps with a sign."""
    inner = term.body if isinstance(term, Neg) else term
    return isinstance(inner, Num) and inner.value.denominator == 1


def identifier(name: str) -> str:
    """A name as a variable of Python's: ``lambda`` is taken, ``lambda_`` is not."""
    return f"{name}_" if keyword.iskeyword(name) else name
