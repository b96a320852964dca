"""The functions that need no declaration, and what they may be applied to."""

from __future__ import annotations

from chainrule.errors import ReadingError
from chainrule.latex.shapes import describe
from chainrule.tree import Call, Diag, Span, Term, Trace

OF_SEVERAL = ("max", "min")
OF_ARRAYS = ("diag", "tr")


def builtin_name(word: str) -> str:
    """``\\ln`` is ``log``; ``\\operatorname{diag}`` is ``diag``."""
    name = word.rpartition("{")[2].strip("} ") if "{" in word else word.lstrip("\\")
    return "log" if name == "ln" else name


def apply_builtin(name: str, args: tuple[Term, ...], span: Span) -> Term:
    """A built-in function at arguments whose number and shapes fit.

    Raises:
        ReadingError: where they do not.
    """
    if (len(args) == 1) is (name in OF_SEVERAL):
        wanted = "several arguments" if name in OF_SEVERAL else "one argument"
        raise ReadingError(f"{name} takes {wanted}", span, "Put what it is applied to in brackets.", "shape")
    if name in OF_ARRAYS:
        return applied_to_array(name, args[0], span)
    for arg in args:
        if arg.shape:
            cure = "Apply it to a number, or declare elementwise use."
            raise ReadingError(f"{name} of {describe(arg.shape)}", arg.span or span, cure, "shape")
    return Call(name, args, span=span)


def applied_to_array(name: str, arg: Term, span: Span) -> Term:
    """``diag`` of a vector, ``tr`` of a square matrix."""
    if name == "diag" and len(arg.shape) == 1:
        return Diag(arg, span=span)
    if name == "tr" and len(arg.shape) == 2 and arg.shape[0] == arg.shape[1]:
        return Trace(arg, span=span)
    wanted = "a vector" if name == "diag" else "a square matrix"
    what = f"{name} takes {wanted}, and this is {describe(arg.shape)}"
    raise ReadingError(what, arg.span or span, "Check the shape.", "shape")
