"""Typed tree → LaTeX. What is printed reads back as the same tree."""

from __future__ import annotations

from fractions import Fraction

from chainrule.names import latex_of
from chainrule.symbols import Notation
from chainrule.tree import (
    Add,
    Big,
    Call,
    Delta,
    Derivative,
    Diag,
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
    Trace,
    Transpose,
)

SUM, PRODUCT, FACTOR, BASE = range(4)
"""How tightly a piece of LaTeX holds together: a sum, a product, a factor, something that may bear scripts."""


class Printer:
    """Prints terms in a notation, which knows how names are written."""

    def __init__(self, notation: Notation | None = None) -> None:
        self.notation = notation or Notation()

    def latex(self, term: Term) -> str:
        """The LaTeX of a term."""
        return self.render(term)[0]

    def at(self, term: Term, level: int) -> str:
        """The LaTeX of a term, in brackets unless it holds together at ``level``."""
        text, held = self.render(term)
        return text if held >= level else rf"\left({text}\right)"

    def name(self, name: str) -> str:
        return self.notation.latex.get(name) or latex_of(name)

    def render(self, term: Term) -> tuple[str, int]:
        """The LaTeX of a term, and how tightly it holds together."""
        method = getattr(self, f"of_{type(term).__name__.lower()}")
        result: tuple[str, int] = method(term)
        return result

    @staticmethod
    def of_num(term: Num) -> tuple[str, int]:
        value: Fraction = term.value
        sign = "-" if value < 0 else ""
        if value.denominator == 1:
            return f"{value}", SUM if sign else BASE
        return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", SUM if sign else FACTOR

    def of_sym(self, term: Sym) -> tuple[str, int]:
        return self.name(term.name), BASE

    def of_entry(self, term: Entry) -> tuple[str, int]:
        indices = [self.latex(k) for k in term.indices]
        if isinstance(term.base, Sym) and term.base.batch:
            above, below = indices[: term.base.batch], indices[term.base.batch :]
            scripts = (f"_{{{','.join(below)}}}" if below else "") + f"^{{({','.join(above)})}}"
            return self.name(term.base.name) + scripts, FACTOR
        return f"{self.at(term.base, BASE)}_{{{','.join(indices)}}}", FACTOR

    def of_add(self, term: Add) -> tuple[str, int]:
        text = ""
        for k, t in enumerate(term.terms):
            if isinstance(t, Neg):
                text += f" - {self.at(t.body, PRODUCT)}" if k else f"-{self.at(t.body, PRODUCT)}"
            else:
                part = self.latex(t) if not isinstance(t, Add) else self.at(t, PRODUCT)
                text += f" + {self.at(t, PRODUCT) if part.startswith('-') else part}" if k else part
        return text, SUM

    def of_neg(self, term: Neg) -> tuple[str, int]:
        return f"-{self.at(term.body, PRODUCT)}", SUM

    def of_mul(self, term: Mul) -> tuple[str, int]:
        parts: list[str] = []
        last = len(term.factors) - 1
        for k, f in enumerate(term.factors):
            text = self.at(f, PRODUCT if k == last and not isinstance(f, Mul) else FACTOR)
            digits = parts and text[0].isdigit()
            parts.append(
                rf"\cdot {text}" if digits or (parts and bare_number(parts[-1]) and text[0].isdigit()) else text
            )
        return r"\, ".join(parts), PRODUCT

    def of_div(self, term: Div) -> tuple[str, int]:
        return rf"\frac{{{self.latex(term.above)}}}{{{self.latex(term.below)}}}", FACTOR

    def of_pow(self, term: Pow) -> tuple[str, int]:
        return f"{self.at(term.base, BASE)}^{{{self.latex(term.exponent)}}}", FACTOR

    def of_matmul(self, term: MatMul) -> tuple[str, int]:
        return rf"{self.at(term.left, FACTOR)} {self.at(term.right, FACTOR)}", PRODUCT

    def of_transpose(self, term: Transpose) -> tuple[str, int]:
        return rf"{self.at(term.body, BASE)}^{{\top}}", FACTOR

    def of_diag(self, term: Diag) -> tuple[str, int]:
        return rf"\operatorname{{diag}}\left({self.latex(term.body)}\right)", FACTOR

    def of_trace(self, term: Trace) -> tuple[str, int]:
        return rf"\operatorname{{tr}}\left({self.latex(term.body)}\right)", FACTOR

    def of_normsquared(self, term: NormSquared) -> tuple[str, int]:
        return rf"\lVert {self.latex(term.body)} \rVert^{{2}}", FACTOR

    def of_call(self, term: Call) -> tuple[str, int]:
        if term.function == "exp":
            return f"e^{{{self.latex(term.args[0])}}}", FACTOR
        if term.function == "sqrt":
            return rf"\sqrt{{{self.latex(term.args[0])}}}", FACTOR
        if term.function == "abs":
            return rf"\lvert {self.latex(term.args[0])} \rvert", FACTOR
        function = self.notation.functions.get(term.function)
        hidden = function.subscripts if function else 0
        below = f"_{{{','.join(self.latex(a) for a in term.args[:hidden])}}}" if hidden else ""
        args = ", ".join(self.latex(a) for a in term.args[hidden:])
        name = self.name(term.function) if function else rf"\{term.function}"
        return rf"{name}{below}{chr(39) * term.order}\left({args}\right)", BASE if function else FACTOR

    def of_big(self, term: Big) -> tuple[str, int]:
        sign = r"\sum" if term.op == "+" else r"\prod"
        bounds = f"_{{{self.name(term.index.name)}={self.latex(term.lower)}}}^{{{self.latex(term.upper)}}}"
        return rf"{sign}{bounds} {self.at(term.body, PRODUCT)}", PRODUCT

    def of_derivative(self, term: Derivative) -> tuple[str, int]:
        operator, body = self.operator(term)
        operand = self.latex(body) if isinstance(body, Sym) else rf"\left[{self.latex(body)}\right]"
        return f"{operator} {operand}", PRODUCT

    def operator(self, term: Derivative) -> tuple[str, Term]:
        """The operator and what it is applied to; a matrix of second derivatives has one operator."""
        variable = self.latex(term.by)
        if isinstance(term.body, Derivative) and term.by.shape and term.body.by == term.by:
            return rf"\nabla^{{2}}_{{{variable}}}", term.body.body
        d = "d" if term.straight else r"\partial "
        return rf"\frac{{{d.strip()}}}{{{d}{variable}}}", term.body

    def of_delta(self, term: Delta) -> tuple[str, int]:
        return rf"\delta_{{{self.latex(term.left)},{self.latex(term.right)}}}", FACTOR


def bare_number(text: str) -> bool:
    """Whether a piece of LaTeX ends in a digit, so that another digit after it would change it."""
    return text[-1].isdigit()


def to_latex(term: Term, notation: Notation | None = None) -> str:
    """The LaTeX of a term, in the spelling of ``notation``."""
    return Printer(notation).latex(term)
