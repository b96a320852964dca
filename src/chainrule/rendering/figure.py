"""An equation as a figure: its chain, its verdict, its address, and its snippet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown import Markdown

from chainrule.rendering.chain import chain, shows_as_chain
from chainrule.rendering.code import code_block
from chainrule.rendering.elements import append, element, math
from chainrule.rendering.links import Links
from chainrule.rendering.problem import problem_box
from chainrule.rendering.words import equation_verdict
from chainrule.results import EquationResult


@dataclass(frozen=True)
class FigureMaker:
    """Makes the figures of one page. ``root`` is the folder that snippet paths start from."""

    md: Markdown
    links: Links
    root: Path
    proved_for: str

    def figure(self, equation: EquationResult, latex: str, sentences: list[etree.Element]) -> etree.Element:
        """The figure of an equation; ``latex`` is its block on the page, without the label.

        ``sentences`` are the items of the list under it, one for each step.
        """
        verdict = equation.verdict.value
        made = element("figure", class_="equation", id=equation.label, data_verdict=verdict)
        if shows_as_chain(equation):
            made.append(chain(equation, sentences, self.links))
        else:
            made.append(math(latex, "equation-math arithmatex"))
        for problem in equation.problems:
            made.append(problem_box(problem, self.links))
        made.append(self._caption(equation))
        if equation.snippet is not None:
            self._append_snippet(made, equation.snippet)
        return made

    def _caption(self, equation: EquationResult) -> etree.Element:
        words = equation_verdict(equation.verdict, self.proved_for)
        parts = [element("a", words, class_="equation-verdict", href=self.links.checked())]
        if equation.label is not None:
            link = {"href": f"#{equation.label}", "title": "Link to this equation"}
            parts.append(element("a", equation.label, class_="equation-label", **link))
        source = self.links.source(equation.snippet) if equation.snippet else None
        if source is not None:
            parts.append(element("a", "snippet’s source", class_="equation-source", href=source))
        caption = element("figcaption")
        for part in parts:
            append(caption, part)
            append(caption, " ")
        return caption

    def _append_snippet(self, figure: etree.Element, snippet: str) -> None:
        """A snippet that is missing is one of the equation's problems already."""
        path = self.root / snippet
        if path.is_file():
            code = code_block(self.md, path.read_text(encoding="utf-8", errors="replace"), "python")
            summary = element("summary", "SymPy and NumPy for this equation")
            details = element("details", summary, code, class_="snippet", data_search_exclude="")
            figure.append(details)
