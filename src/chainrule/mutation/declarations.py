"""Slips in declarations: another set, another shape, another range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chainrule.declared import declared
from chainrule.printers.latex import to_latex
from chainrule.symbols import Function, Notation
from chainrule.tree import Domain, Shape, Sym, Term, number

SCALARS = {
    Domain.REAL: r"\mathbb{R}",
    Domain.NATURAL: r"\mathbb{N}_{\ge 1}",
    Domain.BINARY: r"\{0, 1\}",
    Domain.UNIT: "(0, 1)",
    Domain.POSITIVE: r"(0, \infty)",
}


@dataclass(frozen=True)
class Altered:
    """A block of declarations with a slip in one of them: which kind of slip, the block, what changed."""

    operator: str
    latex: str
    before: str
    after: str


def altered_declarations(before: Notation, after: Notation) -> Iterator[Altered]:
    """Every slip in what is declared between ``before`` and ``after``."""
    found = declared(before, after)
    items: list[Sym | Function] = [*found.symbols, *found.functions]
    printed = [_printed(item, after) for item in items]
    for position, item in enumerate(items):
        for operator, other in _slips(item, after):
            slip = _printed(other, after)
            rows = [*printed[:position], slip, *printed[position + 1 :]]
            yield Altered(operator, r", \qquad ".join(rows), printed[position], slip)


def _slips(item: Sym | Function, notation: Notation) -> Iterator[tuple[str, Sym | Function]]:
    if isinstance(item, Function):
        yield from (("domain", replace(item, codomain=d)) for d in _scalar_domains(item.codomain))
        for position, parameter in enumerate(item.parameters[item.subscripts :], start=item.subscripts):
            for shape in _shapes(parameter.shape, notation):
                changed = replace(parameter, axes=shape)
                yield "shape", replace(item, parameters=_put(item.parameters, position, changed))
    elif item.domain is Domain.INDEX:
        lower, upper = item.bounds
        yield from (("range", replace(item, bounds=(lower, s))) for s in _sizes(notation) if s != upper)
        yield from (("range", replace(item, bounds=(number(k), upper))) for k in (0, 2))
    else:
        domains = _scalar_domains(item.domain) if not item.shape else [Domain.REAL, Domain.BINARY]
        yield from (("domain", replace(item, domain=d)) for d in domains if d is not item.domain)
        for shape in _shapes(item.shape, notation):
            yield "shape", replace(item, axes=(*item.axes[: item.batch], *shape))


def _scalar_domains(domain: Domain) -> list[Domain]:
    return [other for other in SCALARS if other is not domain]


def _put(parameters: tuple[Sym, ...], position: int, parameter: Sym) -> tuple[Sym, ...]:
    return (*parameters[:position], parameter, *parameters[position + 1 :])


def _sizes(notation: Notation) -> list[Sym]:
    return [s for s in notation.symbols.values() if s.domain is Domain.NATURAL and not s.axes]


def _shapes(shape: Shape, notation: Notation) -> Iterator[Shape]:
    """Other shapes: an axis of another length, one too few, one too many, the axes turned."""
    for position, axis in enumerate(shape):
        yield from ((*shape[:position], s, *shape[position + 1 :]) for s in _sizes(notation) if s != axis)
    if shape:
        yield shape[1:]
    if len(shape) < 2:
        yield from ((*shape, s) for s in _sizes(notation))
    elif shape[0] != shape[1]:
        yield (shape[1], shape[0])


def _printed(item: Sym | Function, notation: Notation) -> str:
    """A declaration as it is written on a page."""
    if isinstance(item, Function):
        below = "".join(f"_{to_latex(_like(p, notation), notation)}" for p in item.parameters[: item.subscripts])
        space = r" \times ".join(_set(p.shape, p.domain, notation) for p in item.parameters[item.subscripts :])
        return rf"{notation.latex[item.name]}{below} : {space} \to {SCALARS[item.codomain]}"
    name = notation.latex[item.name]
    if item.domain is Domain.INDEX:
        lower, upper = (to_latex(bound, notation) for bound in item.bounds)
        return rf"{name} \in \{{{lower}, \dots, {upper}\}}"
    above = f"^{{({to_latex(_index_of(item.axes[0], notation), notation)})}}" if item.batch else ""
    return rf"{name}{above} \in {_set(item.shape, item.domain, notation)}"


def _like(parameter: Sym, notation: Notation) -> Sym:
    """The first symbol that may stand for a parameter."""
    fitting = (s for s in notation.symbols.values() if (s.axes, s.domain) == (parameter.axes, parameter.domain))
    return next(fitting)


def _index_of(size: Term, notation: Notation) -> Sym:
    """The first index that runs up to a size."""
    return next(s for s in notation.symbols.values() if s.bounds and s.bounds[1] == size)


def _set(shape: Shape, domain: Domain, notation: Notation) -> str:
    sizes = r" \times ".join(to_latex(size, notation) for size in shape)
    return f"{SCALARS[domain]}^{{{sizes}}}" if shape else SCALARS[domain]
