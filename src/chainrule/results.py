"""What the engine found: verdicts, and where and why. Plain data; nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the engine found, from best to worst."""

    DECLARATION = "declaration"
    DEFINITION = "definition"
    PROVED = "proved"
    UNDECIDED = "undecided"
    REFUTED = "refuted"
    UNREADABLE = "unreadable"

    @property
    def holds(self) -> bool:
        """Whether a published equation may have this verdict."""
        return self in (Verdict.DECLARATION, Verdict.DEFINITION, Verdict.PROVED)


SEVERITY = list(Verdict)


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of one or more verdicts."""
    return max(verdicts, key=SEVERITY.index)


@dataclass(frozen=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One message in five parts: where, what, evidence, cure, and the section of the errors page.

    ``evidence`` rows are (name, text) pairs; a row named "" is shown verbatim (source lines, carets).
    ``code`` is the anchor on the errors page, for example ``refuted`` or ``no-snippet``.
    """

    place: Place
    what: str
    code: str
    evidence: tuple[tuple[str, str], ...] = ()
    cure: str = ""


@dataclass(frozen=True)
class RuleNote:
    """How a rule appears on a page: its name, its anchor on the rules page, and the labels it uses."""

    name: str
    anchor: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineResult:
    """One line of an equation as it stands on the page: its LaTeX (without relation), and where it begins."""

    latex: str
    place: Place
    relation: str | None = None  # the LaTeX of the relation before it; None for the first line


@dataclass(frozen=True)
class StepResult:
    """The verdict on one step: from line ``number`` to line ``number + 1`` (lines count from 1)."""

    number: int
    place: Place
    relation: str
    verdict: Verdict
    rule: RuleNote | None = None
    witness: dict[str, str] | None = None
    difference: str | None = None
    problem: Problem | None = None
    milliseconds: float = 0.0


@dataclass(frozen=True)
class EquationResult:
    """The verdict on one displayed block."""

    label: str | None
    place: Place  # of the opening $$
    end_line: int  # line of the closing $$
    verdict: Verdict
    lines: tuple[LineResult, ...] = ()
    steps: tuple[StepResult, ...] = ()
    sentences: tuple[str, ...] = ()  # Markdown of the ordered list under the block, one item per step
    snippet: str | None = None  # path of the snippet, relative to the project
    problems: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class InlineResult:
    """The verdict on one inline formula. ``occurrence`` counts the inline formulas of the page from 0."""

    occurrence: int
    latex: str
    place: Place
    verdict: Verdict
    witness: dict[str, str] | None = None  # for a relation ``\ne``: where the two sides differ, with both values
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class RejectedResult:
    """A fence of the errata: LaTeX quoted as it stands in a source, which the engine must reject."""

    latex: str
    place: Place
    verdict: Verdict
    message: str  # the engine's own message, formatted
    problems: tuple[Problem, ...] = ()  # not empty when the engine finds nothing wrong with it


@dataclass(frozen=True)
class PageReport:
    """All that the engine found on one page, in reading order."""

    file: str
    equations: tuple[EquationResult, ...] = ()
    inlines: tuple[InlineResult, ...] = ()
    rejected: tuple[RejectedResult, ...] = ()
    problems: tuple[Problem, ...] = ()  # of the page itself: blocks that Markdown dropped, labels twice, …


@dataclass(frozen=True)
class SiteReport:
    """All pages, and what concerns no single page (snippets without an equation, labels that vanished)."""

    pages: tuple[PageReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = field(default=0.0, compare=False)
