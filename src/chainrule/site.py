"""A whole site: its pages in the notation that holds on them, and what the engine finds there.

``report_for`` is what the Markdown extension asks; ``check_site`` and ``check_paths`` are the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from chainrule.cache import Cache, digest
from chainrule.in_order import Context, ReadPart, empty_context, read_in_order
from chainrule.options import Options
from chainrule.pages import Block, Inline, Page, Part, Rejected, page_from_text, read_page
from chainrule.pairing import duplicates, label_problems, missing_snippet, orphans
from chainrule.registry import registry_problems
from chainrule.rendered import rendered_formulas
from chainrule.results import EquationResult, PageReport, Problem, SiteReport, Verdict
from chainrule.scanning import Kind
from chainrule.settings import Settings, settings_for
from chainrule.verdicts import Verdicts

if TYPE_CHECKING:
    from chainrule.proving.prove import Fact
    from chainrule.snippets import Snippet
    from chainrule.steps import Support

NOTATION = "notation.md"


class Site:
    """The pages of a site as they are now. Verdicts are found when they are asked for, once.

    Without a ``mkdocs.yml``, the site is the files that were named and the notation beside them. ``texts`` are pages
    that are taken to hold another text than their files do.
    """

    def __init__(
        self,
        settings: Settings,
        options: Options,
        files: Iterable[Path] = (),
        texts: Mapping[Path, str] = MappingProxyType({}),
    ) -> None:
        self.settings = settings
        self.options = options
        self._texts = texts
        self.memory = Cache(settings.root if settings.configured else None)
        found = sorted(settings.docs.rglob("*.md")) if settings.configured else []
        self._pages: dict[Path, Page] = {}
        self._read: dict[Path, tuple[tuple[ReadPart, ...], Context]] = {}
        configuration = settings.root / "mkdocs.yml"
        self._configuration = configuration.read_bytes() if settings.configured else b""
        for path in (*found, *files):
            self._read_page(path.resolve())

    @property
    def pages(self) -> dict[Path, Page]:
        """The pages by path, in the order of their names."""
        return dict(self._pages)

    @property
    def blocks(self) -> list[ReadPart]:
        """The displayed blocks of all pages, page by page in reading order."""
        return [read for parts, _ in self._read.values() for read in parts if isinstance(read.part, Block)]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all equations."""
        return tuple(self.labelled)

    def facts(self, label: str) -> dict[str, Fact]:
        """The chains of equalities that an equation may use: all but itself, if they can be read."""
        from chainrule.proving.prove import Fact

        readings = {name: found.reading for name, found in self.labelled.items() if name != label}
        return {
            name: Fact(name, reading.lines[0], reading.lines[-1], reading.notation)
            for name, reading in readings.items()
            if reading is not None and set(reading.relations) == {"="}
        }

    def formulas(self, path: Path) -> tuple[ReadPart, ...]:
        """The formulas of a page, in reading order."""
        return self._read_page(path.resolve())[0]

    def support(self, found: ReadPart, snippet: Snippet | Problem | None = None) -> Support:
        """What a displayed equation leans on; with ``snippet``, as if that were its snippet."""
        return self._verdicts.support(found, snippet)

    def report(self, path: Path) -> PageReport:
        """All that is found on one page."""
        return self._report(self._pages[path.resolve()], self.formulas(path))

    def report_of_text(self, text: str) -> PageReport:
        """All that is found on a page given by its Markdown, wherever that comes from."""
        for path, page in self._pages.items():
            if page.body.strip() == text.strip():
                return self.report(path)
        page = page_from_text(text, "", self.settings, self._render)
        return self._report(page, read_in_order(page, self._base(None), self.memory)[0])

    def outline(self, path: Path) -> list[tuple[str, int]]:
        """The displayed blocks of a page: the label or line of each, and how many steps it has."""
        return [
            (read.part.label or f"line {read.part.place.line}", read.steps)
            for read in self.formulas(path)
            if isinstance(read.part, Block)
        ]

    def problems(self) -> tuple[Problem, ...]:
        """What concerns no single page: snippets without an equation, labels that vanished."""
        if not self.options.snippets:
            return ()
        pages = list(self._pages.values())
        return (*registry_problems(pages, self.settings), *orphans(pages, self.settings))

    def _read_page(self, path: Path) -> tuple[tuple[ReadPart, ...], Context]:
        """The formulas of a page as they were read; the page that declares notation goes first."""
        if path not in self._read:
            self._pages[path] = self._page(path)
            self._read[path] = read_in_order(self._pages[path], self._base(path), self.memory)
        return self._read[path]

    def _page(self, path: Path) -> Page:
        if path in self._texts:
            return page_from_text(self._texts[path], self.settings.name(path), self.settings, self._render)
        return read_page(path, self.settings, self._render)

    def _render(self, text: str, settings: Settings) -> list[tuple[Kind, str]]:
        """What Markdown makes of a page, from memory unless the page takes in other files."""
        if "--8<--" in text:
            return rendered_formulas(text, settings)
        key = self.memory.key("rendered", self._configuration, text)
        stored = self.memory.get(key)
        if stored is not None:
            return [(Kind(kind), latex) for kind, latex in stored]
        found = rendered_formulas(text, settings)
        self.memory.put(key, [[kind.value, latex] for kind, latex in found])
        return found

    def _base(self, path: Path | None) -> Context:
        """What holds at the top of a page: the notation at the end of the nearest notation page.

        That lies beside the page or in a folder above it; a notation page builds on the next one above.
        """
        if self.options.notation is not None:
            asked = self.options.notation.resolve()
            return empty_context() if asked == path else self._read_page(asked)[1]
        docs = self.settings.docs.resolve()
        folder = path.parent if path is not None else docs
        for place in (folder, *(above for above in folder.parents if above.is_relative_to(docs))):
            if (place / NOTATION).is_file() and place / NOTATION != path:
                return self._read_page(place / NOTATION)[1]
        return empty_context()

    @cached_property
    def labelled(self) -> dict[str, ReadPart]:
        """The equations by label; of two with one label, the first."""
        found: dict[str, ReadPart] = {}
        for read in self.blocks:
            if isinstance(read.part, Block) and read.part.label:
                found.setdefault(read.part.label, read)
        return found

    @cached_property
    def _verdicts(self) -> Verdicts:
        lost = {label for page in self._pages.values() for label in page.lost_labels}
        return Verdicts(self.settings.root, self.options, self.memory, self.labelled, lost)

    @cached_property
    def _label_problems(self) -> dict[Part, list[Problem]]:
        """What is wrong with the labels and the pairing of blocks."""
        found: dict[Part, list[Problem]] = {}
        if self.options.snippets:
            for page in self._pages.values():
                found.update(label_problems(page, self.settings).items())
                for block in page.blocks:
                    problem = missing_snippet(block, self.settings)
                    if problem is not None:
                        found.setdefault(block, []).append(problem)
            for block, problem in duplicates(list(self._pages.values())).items():
                found.setdefault(block, []).append(problem)
        return found

    def _report(self, page: Page, parts: tuple[ReadPart, ...]) -> PageReport:
        verdicts = self._verdicts
        blocks = [read for read in parts if isinstance(read.part, Block)]
        inlines = [read for read in parts if isinstance(read.part, Inline)]
        rejected = [read for read in parts if isinstance(read.part, Rejected)]
        return PageReport(
            file=page.file,
            equations=tuple(self.result(read) for read in blocks),
            inlines=tuple(verdicts.inline(read) for read in inlines),
            rejected=tuple(verdicts.rejected(read) for read in rejected),
            problems=page.problems,
        )

    def result(self, found: ReadPart) -> EquationResult:
        """The verdict on an equation, with what is wrong with its label or its pairing."""
        result = self._verdicts.equation(found)
        problems = self._label_problems.get(found.part, [])
        if not problems:
            return result
        verdict = Verdict.UNDECIDED if result.verdict.holds else result.verdict
        return replace(result, verdict=verdict, problems=(*problems, *result.problems))


def report_for(page: str | Path) -> PageReport:
    """What the engine finds on a page, given by its path or by its Markdown.

    The site is the one whose ``mkdocs.yml`` lies above the page (above the current folder, for
    Markdown); it is read once for as long as no page and no snippet changes.
    """
    site = _site_as_it_is(page.parent if isinstance(page, Path) else Path.cwd())
    report = site.report(page) if isinstance(page, Path) else site.report_of_text(page)
    site.memory.save()
    return report


def outline(path: Path) -> list[tuple[str, int]]:
    """The displayed blocks of a page: the label of each (its line, without one), and its steps."""
    return _site_as_it_is(path.parent).outline(path)


def check_site(root: Path, options: Options | None = None) -> SiteReport:
    """What the engine finds on all pages of the site in a folder."""
    site = Site(settings_for(root), options or Options())
    start = perf_counter()
    pages = tuple(site.report(path) for path in sorted(site.pages))
    site.memory.save()
    return SiteReport(pages, site.problems(), perf_counter() - start)


_SITES: dict[Path, tuple[str, Site]] = {}


def _site_as_it_is(start: Path) -> Site:
    """The site above a folder, read anew when one of its files has changed."""
    settings = settings_for(start)
    files = [settings.root / "mkdocs.yml", *sorted(settings.docs.rglob("*.md"))]
    files += sorted((settings.root / "snippets").rglob("*.py"))
    state = digest([(str(file), file.read_bytes()) for file in files if file.is_file()])
    known = _SITES.get(settings.root)
    if known is None or known[0] != state:
        known = state, Site(settings, Options())
        _SITES[settings.root] = known
    return known[1]
