"""What became of the mutants, counted; as JSON and as text."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from chainrule.messages import format_problem
from chainrule.mutation.mutants import Mutant, PageMutant
from chainrule.mutation.trial import Trial
from chainrule.report import engine_version


@dataclass(frozen=True)
class Outcome:
    """A mutant, what the checker said, and, where it was not rejected, why that is no fault of the checker."""

    mutant: Mutant
    trial: Trial
    same: str | None = None

    @property
    def fate(self) -> str:
        """``rejected``, ``equivalent`` or ``survived``."""
        if self.trial.code is not None:
            return "rejected"
        return "equivalent" if self.same is not None else "survived"

    @property
    def of(self) -> str:
        """What the mutant was made from."""
        return "pages" if isinstance(self.mutant, PageMutant) else "snippets"


@dataclass(frozen=True)
class Score:
    """All outcomes; ``possible`` counts the mutants that there are, ``content`` stands for what they were made from."""

    outcomes: tuple[Outcome, ...]
    possible: dict[str, int]
    content: str
    count: int
    seed: int
    seconds: float

    def with_fate(self, fate: str) -> list[Outcome]:
        """The outcomes of one fate."""
        return [outcome for outcome in self.outcomes if outcome.fate == fate]


def as_json(score: Score) -> str:
    """One object with every number, and those mutants that were not simply rejected at their line."""
    found = {
        "chainrule": engine_version(),
        "content": score.content,
        "count": score.count,
        "seed": score.seed,
        "seconds": round(score.seconds, 1),
        **{of: _totals(score, of) for of in ("pages", "snippets")},
        "operators": _operators(score),
        "messages": dict(Counter(o.trial.code for o in score.outcomes if o.trial.code is not None).most_common()),
        "survivors": [_entry(outcome) for outcome in score.with_fate("survived")],
        "equivalent": [_entry(outcome) for outcome in score.with_fate("equivalent")],
        "resting": [_entry(outcome) for outcome in score.outcomes if outcome.trial.resting is not None],
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def as_text(score: Score) -> str:
    """Survivors first, with what was said elsewhere; then the equivalent mutants, a table, and a line that sums up."""
    blocks = [_survivor(outcome) for outcome in score.with_fate("survived")]
    same = [_line(outcome) + f"\n  equivalent: {outcome.same}" for outcome in score.with_fate("equivalent")]
    return "\n\n".join([*blocks, *same, _table(score), _summary(score)]) + "\n"


def _totals(score: Score, of: str) -> dict[str, int]:
    fates = Counter(outcome.fate for outcome in score.outcomes if outcome.of == of)
    named = {fate: fates[fate] for fate in ("rejected", "equivalent", "survived")}
    return {"possible": score.possible[of], "tried": sum(fates.values()), **named}


def _operators(score: Score) -> list[dict[str, Any]]:
    """A row for each operator, in the order in which they first occur."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for outcome in score.outcomes:
        rows.setdefault((outcome.of, outcome.mutant.operator), Counter())[outcome.fate] += 1
    return [
        {
            "of": of,
            "operator": operator,
            "tried": sum(fates.values()),
            **{fate: fates[fate] for fate in ("rejected", "equivalent", "survived")},
        }
        for (of, operator), fates in sorted(rows.items())
    ]


def _entry(outcome: Outcome) -> dict[str, Any]:
    mutant = outcome.mutant
    return {
        "file": mutant.place.file,
        "line": mutant.place.line,
        "operator": mutant.operator,
        "before": mutant.before,
        "after": mutant.after,
        "reason": outcome.same,
        "at": str(outcome.trial.resting) if outcome.trial.resting is not None else None,
    }


def _line(outcome: Outcome) -> str:
    mutant = outcome.mutant
    return f"{mutant.place}: {mutant.operator}: {mutant.before} → {mutant.after}"


def _survivor(outcome: Outcome) -> str:
    said = [format_problem(problem) for problem in outcome.trial.elsewhere]
    heard = "not rejected at its line" if said else "not rejected"
    return "\n".join([f"{_line(outcome)}\n  {heard}", *said])


def _table(score: Score) -> str:
    rows = _operators(score)
    width = max((len(row["operator"]) for row in rows), default=0)
    columns = ("tried", "rejected", "equivalent", "survived")
    head = f"{'':8}  {'':{width}}" + "".join(f"  {name:>10}" for name in columns)
    lines = [
        f"{row['of']:8}  {row['operator']:{width}}" + "".join(f"  {row[name]:>10}" for name in columns) for row in rows
    ]
    return "\n".join([head, *lines])


def _summary(score: Score) -> str:
    parts = []
    for of in ("pages", "snippets"):
        totals = _totals(score, of)
        decided = totals["tried"] - totals["equivalent"]
        parts.append(f"{of}: {totals['rejected']} of {decided} rejected, {totals['equivalent']} equivalent")
    return f"{'; '.join(parts)} (seed {score.seed}, {score.seconds:.0f} s)"
