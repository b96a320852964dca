"""The Python-Markdown extension ``chainrule``: shows on a page what the engine found there.

It works wherever Python-Markdown does, beside ``pymdownx.arithmatex`` with ``generic: true``.
It decides nothing: a page with a refuted equation is shown, with the message in its place;
``chainrule check`` is the gate.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from chainrule.rendering.figure import FigureMaker
from chainrule.rendering.links import Links
from chainrule.rendering.mutation import with_score
from chainrule.rendering.page import draw
from chainrule.rendering.rejected import register_fence
from chainrule.results import PageReport
from chainrule.site import report_for


class ChainruleExtension(Extension):
    """Options: see ``config``. Pages are named relative to ``docs``, ``docs`` to ``root``."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "Folder of the project, which snippet paths start from"],
            "docs": ["docs", "Folder of the pages"],
            "proved_for": ["all sizes and values", "For what a proof holds, in words"],
            "source_url": ["", "Where the repository's files can be read, ending in a slash"],
            "checked_page": ["how-it-is-checked.md", "Page about the checks"],
            "rules_page": ["rules.md", "Page with a section for each rule"],
            "errors_page": ["errors.md", "Page with a section for each kind of problem"],
            "mutation": ["docs/data/mutation.json", "What `chainrule mutate --format json` wrote"],
        }
        super().__init__(**options)
        self.report = PageReport(file="")

    def extendMarkdown(self, md: Markdown) -> None:
        """Read the report before anything changes the text; draw it after inline formulas."""
        md.registerExtension(self)
        md.preprocessors.register(_ReadReport(md, self), "chainrule-report", 1000)
        md.treeprocessors.register(_DrawReport(md, self), "chainrule", 15)

    def reset(self) -> None:
        """Forget the page before."""
        self.report = PageReport(file="")


class _ReadReport(Preprocessor):
    def __init__(self, md: Markdown, extension: ChainruleExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Ask the engine about the page; put the score of mutants into its place."""
        self.extension.report = report_for("\n".join(lines))
        register_fence(self.md, self.extension.report)
        option = self.extension.getConfig
        return with_score(lines, Path(option("root")) / option("mutation"))


class _DrawReport(Treeprocessor):
    def __init__(self, md: Markdown, extension: ChainruleExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        """Put figures, witnesses and problems in their places."""
        report, option = self.extension.report, self.extension.getConfig
        links = Links(
            page=report.file.removeprefix(f"{option('docs')}/"),
            checked_page=option("checked_page"),
            rules_page=option("rules_page"),
            errors_page=option("errors_page"),
            source_url=option("source_url"),
        )
        maker = FigureMaker(self.md, links, Path(option("root")), option("proved_for"))
        draw(root, report, maker)


def makeExtension(**options: Any) -> ChainruleExtension:
    """What Python-Markdown calls when the extension is named by its module."""
    return ChainruleExtension(**options)
