"""Puts what the engine found on a page into the page's tree of elements."""

from __future__ import annotations

import html
from collections.abc import Iterator
from xml.etree import ElementTree as etree

from chainrule.rendering.elements import element
from chainrule.rendering.figure import FigureMaker
from chainrule.rendering.latex import key, split_label
from chainrule.rendering.problem import problem_box
from chainrule.rendering.words import witness
from chainrule.results import EquationResult, InlineResult, PageReport


def draw(root: etree.Element, report: PageReport, maker: FigureMaker) -> None:
    """Replace displayed blocks by figures, add witnesses to inline formulas, show problems."""
    _draw_inline(root, report, maker)
    _draw_equations(root, report, maker)
    for position, problem in enumerate(report.problems):
        root.insert(position, problem_box(problem, maker.links))


def _draw_equations(root: etree.Element, report: PageReport, maker: FigureMaker) -> None:
    labelled = {equation.label: equation for equation in report.equations if equation.label is not None}
    unlabelled = iter([equation for equation in report.equations if equation.label is None])
    for parent, block in _blocks(root):
        label, latex = split_label(_displayed_latex(block))
        equation = labelled.get(label) if label is not None else next(unlabelled, None)
        if equation is not None:
            _replace(parent, block, latex, equation, maker)


def _blocks(root: etree.Element) -> Iterator[tuple[etree.Element, etree.Element]]:
    """The displayed blocks in reading order, each with its parent."""
    found = [
        (parent, child)
        for parent in root.iter()
        for child in parent
        if child.tag == "div" and child.get("class") == "arithmatex"
    ]
    order = {id(node): position for position, node in enumerate(root.iter())}
    yield from sorted(found, key=lambda pair: order[id(pair[1])])


def _replace(
    parent: etree.Element, block: etree.Element, latex: str, equation: EquationResult, maker: FigureMaker
) -> None:
    position = list(parent).index(block)
    sentences: list[etree.Element] = []
    if equation.sentences and position + 1 < len(parent) and parent[position + 1].tag == "ol":
        listing = parent[position + 1]
        sentences = list(listing)
        block.tail = listing.tail
        parent.remove(listing)
    figure = maker.figure(equation, latex, sentences)
    figure.tail = block.tail
    parent[position] = figure


def _draw_inline(root: etree.Element, report: PageReport, maker: FigureMaker) -> None:
    """The same LaTeX has the same verdict wherever it stands on the page."""
    results = {key(result.latex): result for result in report.inlines}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "span" and child.get("class") == "arithmatex":
                result = results.get(key(_inline_latex(child)))
                if result is not None:
                    _annotate(parent, child, result, maker)


def _annotate(parent: etree.Element, formula: etree.Element, result: InlineResult, maker: FigureMaker) -> None:
    notes: list[etree.Element] = []
    if result.witness:
        notes.append(element("small", f" ({witness(result.witness)})", class_="witness"))
    if not result.verdict.holds:
        formula.set("data-verdict", result.verdict.value)
        notes.extend(
            element("a", problem.what, class_="chainrule-flaw", href=maker.links.error(problem.code))
            for problem in result.problems
        )
    if notes:
        notes[-1].tail, formula.tail = formula.tail, None
        position = list(parent).index(formula) + 1
        parent[position:position] = notes


def _displayed_latex(block: etree.Element) -> str:
    r"""The LaTeX of a block, which arithmatex has escaped and wrapped in ``\[ \]``."""
    return html.unescape(block.text or "")[2:-2]


def _inline_latex(formula: etree.Element) -> str:
    r"""The LaTeX of an inline formula, which arithmatex has wrapped in ``\( \)``."""
    return (formula.text or "")[2:-2]
