"""A Markdown page as the engine sees it: blocks, inline formulas, quoted slips, sentences.

What counts as mathematics is decided by Markdown itself: every formula found in the source must
appear in what Python-Markdown renders, and the other way round; a difference is a problem.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from chainrule.positions import Origin, Source, source_of
from chainrule.rendered import RenderingError, rendered_formulas
from chainrule.results import Place, Problem
from chainrule.scanning import Candidate, Fence, Kind, Scan, scan
from chainrule.sentences import sentences_below
from chainrule.settings import Settings
from chainrule.unrendered import dropped, stray, suspicious, unseen

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


Render = Callable[[str, Settings], list[tuple[Kind, str]]]
"""Tells which formulas Markdown makes of a text, as ``rendered_formulas`` does."""

Part = Block | Inline | Rejected


@dataclass(frozen=True)
class Page:
    """All that the engine reads on one page, in reading order."""

    file: str
    text: str = field(repr=False)
    parts: tuple[Part, ...] = ()
    lost_labels: tuple[str, ...] = ()  # of blocks that Markdown does not show
    problems: tuple[Problem, ...] = ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file."""
        return tuple(self.text.split("\n"))

    @property
    def body(self) -> str:
        """The Markdown without the data at its top."""
        return _without_front_matter(self.text)

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


def read_page(path: Path, settings: Settings, render: Render = rendered_formulas) -> Page:
    """Read a page from its file; a file that is no text gives a page with that problem alone."""
    name = settings.name(path)
    try:
        return page_from_bytes(path.read_bytes(), name, settings, render)
    except OSError as error:
        what, cure = f"this file cannot be read: {error.strerror}", "correct its permissions, or remove it"
        return Page(name, "", problems=(Problem(Place(name, 1), what, "encoding", cure=cure),))


def page_from_bytes(data: bytes, file: str, settings: Settings, render: Render = rendered_formulas) -> Page:
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
    return page_from_text(text, file, settings, render)


def page_from_text(text: str, file: str, settings: Settings, render: Render = rendered_formulas) -> Page:
    """Read a page from its Markdown."""
    source = source_of(file, text)
    if len(text) > _LARGEST:
        what = f"this page is too large to be read: {len(text)} characters"
        return Page(file, text, problems=(Problem(source.place(0), what, "encoding", (), "divide it"),))
    found = scan(source)
    try:
        shown = render(_without_front_matter(text), settings)
    except RenderingError as error:
        return Page(file, text, problems=(_not_markdown(source, error),))
    return _page(source, found, shown)


def _page(source: Source, found: Scan, shown: list[tuple[Kind, str]]) -> Page:
    candidates = found.candidates
    keys = [_key(c.kind, source.lift(c.start, c.end)[0]) for c in candidates]
    rendered = [_key(kind, latex) for kind, latex in shown]
    matched = dict(_matched(keys, rendered, [suspicious(source, c) for c in candidates]))
    occurrences = list(accumulate((kind is Kind.INLINE for kind, _ in shown), initial=0))
    parts: list[Part] = [_rejected(source, fence) for fence in found.fences]
    problems = [stray(source, offset) for offset in found.stray]
    lost_labels: list[str] = []
    for position, candidate in enumerate(candidates):
        if position in matched:
            parts.append(_part(source, candidate, occurrences[matched[position]]))
        else:
            problems.append(dropped(source, candidate))
            lost_labels += _LABEL.findall(source.text, candidate.start, candidate.end)
    lost = {keys[k][1] for k in range(len(keys)) if k not in matched}
    unknown = set(range(len(shown))) - set(matched.values())
    problems += [unseen(source, shown[k][1]) for k in unknown if rendered[k][1] not in lost]
    return Page(
        source.file,
        source.text,
        tuple(sorted(parts, key=lambda part: (part.place.line, part.place.column))),
        tuple(label.strip() for label in lost_labels),
        tuple(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))),
    )


def _matched(
    keys: list[tuple[Kind, str]], rendered: list[tuple[Kind, str]], suspect: list[bool]
) -> Iterator[tuple[int, int]]:
    """Which formula of the source became which rendered one.

    Order decides, and where the same formula stands twice, the one that looks right is taken to be
    the one rendered. What order leaves over (footnotes stand at the end) is matched by its text.
    """
    if keys == rendered:
        yield from enumerate(range(len(keys)))
        return
    sound = [k for k in range(len(keys)) if not suspect[k]]
    in_order = SequenceMatcher(None, [keys[k] for k in sound], rendered, False)
    taken: dict[int, int] = {}
    for first, second, size in in_order.get_matching_blocks():
        taken.update((sound[first + step], second + step) for step in range(size))
    left: dict[tuple[Kind, str], deque[int]] = defaultdict(deque)
    for index in sorted(set(range(len(rendered))) - set(taken.values())):
        left[rendered[index]].append(index)
    yield from taken.items()
    for position, key in enumerate(keys):
        if position not in taken and left[key]:
            yield position, left[key].popleft()


def _key(kind: Kind, latex: str) -> tuple[Kind, str]:
    return kind, " ".join(latex.split())


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
