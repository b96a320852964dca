"""A Markdown page as the engine sees it: blocks, inline formulas, quoted slips, sentences.

What counts as mathematics is decided by Markdown itself: every formula found in the source must
appear in what Python-Markdown renders, and the other way round; a difference is a problem.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from chainrule.positions import Origin, Source, source_of
from chainrule.rendered import RenderingError, rendered_formulas
from chainrule.results import Place, Problem
from chainrule.scanning import Candidate, Fence, Kind, Scan, scan
from chainrule.sentences import sentences_below
from chainrule.settings import Settings
from chainrule.unrendered import dropped, lonely_dollar, unseen

_LABEL = re.compile(r"\\label[ \t]*\{([^{}\n]*)\}")
_LARGEST = 2_000_000  # characters; far above any page that people read


@dataclass(frozen=True)
class Block:
    """A displayed block. ``latex`` has blanks where its ``\\label`` stood, so that offsets hold."""

    latex: str
    origin: Origin
    place: Place  # of the opening delimiter
    end_line: int
    label: str | None = None
    label_places: tuple[Place, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inline:
    """An inline formula. ``occurrence`` counts those that Markdown rendered, in its order."""

    latex: str
    origin: Origin
    place: Place
    occurrence: int


@dataclass(frozen=True)
class Rejected:
    """A fence of LaTeX that the engine must find fault with."""

    latex: str
    origin: Origin
    place: Place


Part = Block | Inline | Rejected


@dataclass(frozen=True)
class Page:
    """All that the engine reads on one page, in reading order."""

    file: str
    text: str = field(repr=False)
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The displayed blocks that Markdown renders."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The inline formulas that Markdown renders."""
        return tuple(part for part in self.parts if isinstance(part, Inline))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The fences of LaTeX that must be rejected."""
        return tuple(part for part in self.parts if isinstance(part, Rejected))


def read_page(path: Path, settings: Settings) -> Page:
    """Read a page from its file; a file that is no text gives a page with that problem alone."""
    return page_from_bytes(path.read_bytes(), settings.name(path), settings)


def page_from_bytes(data: bytes, file: str, settings: Settings) -> Page:
    """Read a page from the bytes of its file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return Page(file, "", problems=(_bad_byte(file, before, data[error.start]),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    if control is not None:
        return Page(file, "", problems=(_bad_byte(file, text[: control.start()], ord(control[0])),))
    return page_from_text(text, file, settings)


def page_from_text(text: str, file: str, settings: Settings) -> Page:
    """Read a page from its Markdown."""
    source = source_of(file, text)
    if len(text) > _LARGEST:
        what = f"this page is too large to be read: {len(text)} characters"
        return Page(
            file, text, problems=(Problem(source.place(0), what, "encoding", (), "divide it"),)
        )
    found = scan(source)
    try:
        shown = rendered_formulas(_without_front_matter(text), settings)
    except RenderingError as error:
        return Page(file, text, problems=(_not_markdown(source, error),))
    return _page(source, found, shown)


def _page(source: Source, found: Scan, shown: list[tuple[Kind, str]]) -> Page:
    keys = [
        (candidate.kind, source.lift(candidate.start, candidate.end)[0])
        for candidate in found.candidates
    ]
    matched = _matched([_key(key) for key in keys], [_key(key) for key in shown])
    parts = [
        _part(source, candidate, _occurrence(shown, index))
        for candidate, index in zip(found.candidates, matched, strict=True)
        if index is not None
    ]
    quoted = [_rejected(source, fence) for fence in found.fences]
    problems = [
        dropped(source, candidate)
        for candidate, index in zip(found.candidates, matched, strict=True)
        if index is None
    ]
    problems += [lonely_dollar(source, offset) for offset in found.stray]
    lost = {_key(key)[1] for key, index in zip(keys, matched, strict=True) if index is None}
    problems += [
        unseen(source, latex)
        for index, (kind, latex) in enumerate(shown)
        if index not in matched and _key((kind, latex))[1] not in lost
    ]
    return Page(
        source.file,
        source.text,
        tuple(sorted([*parts, *quoted], key=lambda part: (part.place.line, part.place.column))),
        tuple(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))),
    )


def _matched(keys: list[tuple[Kind, str]], shown: list[tuple[Kind, str]]) -> list[int | None]:
    """For each formula of the source, which rendered one it became.

    Order decides; what order leaves over (footnotes stand at the end of a page) is matched by text.
    """
    if keys == shown:
        return list(range(len(keys)))
    matched: list[int | None] = [None] * len(keys)
    for first, second, size in SequenceMatcher(None, keys, shown, False).get_matching_blocks():
        for step in range(size):
            matched[first + step] = second + step
    taken = set(matched)
    left: dict[tuple[Kind, str], deque[int]] = defaultdict(deque)
    for index, key in enumerate(shown):
        if index not in taken:
            left[key].append(index)
    return [
        left[key].popleft() if index is None and left.get(key) else index
        for key, index in zip(keys, matched, strict=True)
    ]


def _key(formula: tuple[Kind, str]) -> tuple[Kind, str]:
    kind, latex = formula
    return kind, " ".join(latex.split())


def _occurrence(shown: list[tuple[Kind, str]], index: int) -> int:
    return sum(1 for kind, _ in shown[:index] if kind is Kind.INLINE)


def _part(source: Source, candidate: Candidate, occurrence: int) -> Block | Inline:
    latex, origin = source.lift(candidate.start, candidate.end)
    place = source.place(candidate.opening)
    if candidate.kind is Kind.INLINE:
        return Inline(latex, origin, place, occurrence)
    labels = list(_LABEL.finditer(latex))
    end_line = source.position(candidate.closing)[0]
    return Block(
        latex=_LABEL.sub(lambda match: " " * len(match[0]), latex),
        origin=origin,
        place=place,
        end_line=end_line,
        label=labels[0][1].strip() if labels else None,
        label_places=tuple(origin.place(label.start()) for label in labels),
        sentences=sentences_below(source, end_line),
    )


def _rejected(source: Source, fence: Fence) -> Rejected:
    latex, origin = source.lift(fence.start, fence.end)
    return Rejected(latex, origin, source.place(fence.opening))


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", "", text, flags=re.DOTALL)


def _bad_byte(file: str, before: str, byte: int) -> Problem:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    place = Place(file, len(lines), len(lines[-1]) + 1)
    return Problem(
        place,
        f"this file is not plain text: byte 0x{byte:02x}",
        "encoding",
        cure="save the file as UTF-8 without control characters",
    )


def _not_markdown(source: Source, error: RenderingError) -> Problem:
    return Problem(
        source.place(0),
        "Markdown could not render this page, so none of it was checked",
        "not-rendered",
        (("reason", str(error)),),
        "correct what the reason names; `mkdocs build` fails in the same way",
    )
