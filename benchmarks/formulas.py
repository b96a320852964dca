"""Reading beside SymPy's parser, proving beside SymPy's simplify: on the formulas of this site."""

from __future__ import annotations

import importlib.util
import signal
import statistics
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sympy

from chainrule.options import Options
from chainrule.pairing import snippet_path
from chainrule.proving.prove import prove_step
from chainrule.reading import read
from chainrule.results import Problem, Verdict
from chainrule.settings import settings_for
from chainrule.site import Site
from chainrule.snippets import Snippet, load
from chainrule.steps import reasons

ROOT = Path(__file__).parents[1]
SIMPLIFY_LIMIT = 2  # seconds
SIMPLIFY_PAGE = "sigmoid/"  # scalars: the steps that simplify has the best chance with


@dataclass(frozen=True)
class Comparison:
    """Medians in seconds over the same formulas, and how many there were."""

    ours: float
    theirs: float
    both: int
    ours_alone: int


def sympy_parser() -> tuple[str, Callable[[str], object]]:
    """SymPy's parser by ANTLR where its runtime is installed, else the one by lark."""
    from sympy.parsing.latex import parse_latex

    backend = "antlr" if importlib.util.find_spec("antlr4") else "lark"
    return backend, lambda latex: parse_latex(latex, backend=backend)


def site() -> Site:
    return Site(settings_for(ROOT / "docs"), Options())


def reading_times() -> Comparison:
    """Reading each line of each equation: ours with the notation in force, theirs without any."""
    _, parse = sympy_parser()
    ours, theirs, alone = [], [], 0
    for part in site().labelled.values():
        reading = part.reading
        if reading is None:
            continue
        for span in reading.spans:
            latex = part.part.latex[span.start : span.end]
            seconds = timed(partial(read, latex, reading.notation))
            if seconds is None:
                continue
            other = timed(partial(parsed_by, parse, latex))
            if other is None:
                alone += 1
            else:
                ours.append(seconds)
                theirs.append(other)
    return Comparison(statistics.median(ours), statistics.median(theirs), len(ours), alone)


def parsed_by(parse: Callable[[str], object], latex: str) -> sympy.Basic:
    """What SymPy's parser makes of a line, if that is an expression and not a forest of readings."""
    parsed = parse(latex)
    if not isinstance(parsed, sympy.Basic):
        raise TypeError("not an expression")
    return parsed


def timed(task: Callable[[], object]) -> float | None:
    """The seconds that a task takes; None if it does not succeed."""
    begin = time.perf_counter()
    try:
        task()
    except Exception:  # whatever another parser raises, it has not read the formula
        return None
    return time.perf_counter() - begin


@dataclass(frozen=True)
class Proof:
    """One step under its rule: the equation, whether it was proved, and the seconds that took."""

    label: str
    proved: bool
    seconds: float


def proofs() -> list[Proof]:
    """Every step of every equation that has a reason, proved once."""
    whole = site()
    found = []
    for label, part in whole.labelled.items():
        reading, snippet = part.reading, load(ROOT / snippet_path(label), ROOT)
        if reading is None or isinstance(snippet, Problem):
            continue
        facts = whole.facts(label)
        for number, reason in enumerate(reasons(reading, snippet)):
            if reason is None:
                continue
            left, right = reading.lines[number : number + 2]
            begin = time.perf_counter()
            finding = prove_step(left, right, reading.relations[number], reason.rule, reading.notation, facts)
            found.append(Proof(label, finding.verdict is Verdict.PROVED, time.perf_counter() - begin))
    return found


def simplify_times() -> tuple[list[float], int]:
    """The seconds of ``simplify(left - right) == 0`` on steps of the snippets, and how many it decides in time."""
    found, decided = [], 0
    for label in site().labels:
        snippet = load(ROOT / snippet_path(label), ROOT)
        if not label.startswith(SIMPLIFY_PAGE) or not isinstance(snippet, Snippet):
            continue
        for left, right in zip(snippet.lines, snippet.lines[1:], strict=False):
            begin = time.perf_counter()
            decided += is_zero(left, right)
            found.append(time.perf_counter() - begin)
    return found, decided


def is_zero(left: sympy.Expr, right: sympy.Expr) -> bool:
    """Whether SymPy finds the difference to be zero within the limit."""
    try:
        with limit(SIMPLIFY_LIMIT):
            return bool(sympy.simplify((left - right).doit()) == 0)
    except (TimeoutError, TypeError, ValueError, AttributeError):
        return False


@contextmanager
def limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the middle of what takes longer."""

    def stop(number: int, frame: types.FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
