"""Slips in Python, by the syntax tree: in the SymPy lines of a snippet and in its NumPy function."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy

Slip = Callable[[ast.expr, frozenset[str]], Iterator[ast.expr]]

INDICES = frozenset("ijk")
NAMES = {
    "log": "exp", "exp": "log", "log1p": "expm1", "expm1": "log1p", "logaddexp": "maximum", "maximum": "minimum",
    "minimum": "maximum", "sum": "mean", "mean": "sum", "abs": "negative", "Sum": "Product", "Product": "Sum",
    "m": "n", "n": "m", "h": "sigma", "sigma": "h", "zeros": "ones", "ones": "zeros", "any": "all", "all": "any",
}  # fmt: skip
CONVERSIONS = frozenset({"bool", "float", "int", "np.asarray"})
OPERATIONS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add), ast.Div: (ast.Mult,), ast.Pow: (ast.Mult,),
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip


def slips(expression: ast.expr, known: frozenset[str]) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Every slip in an expression: its kind, the node, what replaces it. ``known`` are the names of the module."""
    for node in ast.walk(expression):
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", None), ast.Load | None):
            for name, slip in SLIPS.items():
                for other in slip(node, known):
                    yield name, node, other


def sign(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A minus for a plus, or the other way round."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield from operations(node)


def operation(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A division for a product, and the like."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add | ast.Sub):
        yield from operations(node)


def operations(node: ast.BinOp) -> Iterator[ast.expr]:
    for other in OPERATIONS.get(type(node.op), ()):
        yield ast.BinOp(node.left, other(), node.right)


def swapped(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A fraction upside down, a product of matrices turned round."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.MatMult | ast.Sub):
        yield ast.BinOp(node.right, node.op, node.left)


def dropped(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A term or a factor left out."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        yield node.left
        if not isinstance(node.op, ast.Div | ast.Pow):
            yield node.right


def doubled(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A factor that stands twice."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield ast.BinOp(node, ast.Mult(), node.right)


def number(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A number that is off by one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield ast.Constant(node.value + 1)


def index(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """Another index."""
    if isinstance(node, ast.Name) and node.id in INDICES:
        yield from (ast.Name(other, ast.Load()) for other in sorted((INDICES & known) - {node.id}))


def name(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A logarithm for an exponential, a sum for a mean, h for σ."""
    if isinstance(node, ast.Name) and NAMES.get(node.id) in known:
        yield ast.Name(NAMES[node.id], ast.Load())
    if isinstance(node, ast.Attribute) and node.attr in NAMES and isinstance(node.value, ast.Name):
        yield ast.Attribute(node.value, NAMES[node.attr], ast.Load())


def transpose(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A transpose left out."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value


def applied(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A derivative, or a function, left out; not what only changes a type."""
    if (
        isinstance(node, ast.Call)
        and node.args
        and not isinstance(node.args[0], ast.Starred | ast.Constant)
        and ast.unparse(node.func) not in CONVERSIONS
    ):
        yield node.args[0]


def comparison(node: ast.expr, known: frozenset[str]) -> Iterator[ast.expr]:
    """A comparison turned into its opposite."""
    if isinstance(node, ast.Compare):
        for position, sign in enumerate(node.ops):
            if type(sign) in COMPARISONS:
                other = deepcopy(node)
                other.ops[position] = COMPARISONS[type(sign)]()
                yield other


SLIPS: dict[str, Slip] = {
    "sign": sign,
    "operation": operation,
    "turned round": swapped,
    "term or factor left out": dropped,
    "factor twice": doubled,
    "number": number,
    "index": index,
    "name": name,
    "transpose": transpose,
    "function left out": applied,
    "comparison": comparison,
}
"""The slips by the name under which they are counted."""
