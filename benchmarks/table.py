"""The table of ratios."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Two times in seconds, and the ratio of them that is aimed at, if one is."""

    name: str
    first: float
    second: float
    aim: float | None = None

    @property
    def ratio(self) -> float:
        """The first time in units of the second."""
        return self.first / self.second

    def as_dict(self) -> dict[str, object]:
        """The row for JSON."""
        return {"name": self.name, "seconds": [self.first, self.second], "ratio": self.ratio, "aim": self.aim}


def duration(seconds: float) -> str:
    """Seconds in a readable unit."""
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


def as_text(rows: list[Row], notes: list[str]) -> str:
    """The table for a terminal, and what else there is to say."""
    width = max(len(row.name) for row in rows)
    lines = [f"{'':{width}}  {'first':>9}  {'second':>9}  {'ratio':>7}  {'at most':>7}"]
    for row in rows:
        aim = f"{row.aim:.2f}" if row.aim else ""
        times = f"{duration(row.first):>9}  {duration(row.second):>9}"
        lines.append(f"{row.name:{width}}  {times}  {row.ratio:7.3f}  {aim:>7}")
    return "\n".join([*lines, "", *notes])
