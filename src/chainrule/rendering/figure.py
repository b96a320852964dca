"""An equation as a figure: its chain, its verdict, its address, and the snippet that says the same."""

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
        """The figure of an equation; ``latex`` is its block as it stands on the page, without the label."""
        made = element("figure", class_="equation", id=equation.label, data_verdict=equation.verdict.value)
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
        caption = element(
            "figcaption", element("a", words, class_="equation-verdict", href=self.links.checked())
        )
        if equation.label is not None:
            append(caption, " ")
            append(
                caption,
                element(
                    "a",
                    equation.label,
                    class_="equation-label",
                    href=f"#{equation.label}",
                    title="Link to this equation",
                ),
            )
        source = self.links.source(equation.snippet) if equation.snippet else None
        if source is not None:
            append(caption, " ")
            append(caption, element("a", "snippet’s source", class_="equation-source", href=source))
        return caption

    def _append_snippet(self, figure: etree.Element, snippet: str) -> None:
        """A snippet that is missing is one of the equation's problems already."""
        path = self.root / snippet
        if path.is_file():
            figure.append(
                element(
                    "details",
                    element("summary", "SymPy and NumPy for this equation"),
                    code_block(self.md, path.read_text(encoding="utf-8"), "python"),
                    class_="snippet",
                )
            )
