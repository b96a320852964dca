"""What verdicts and witnesses are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.results import Verdict

_EQUATION = {
    Verdict.DECLARATION: "Notation",
    Verdict.DEFINITION: "Definition",
    Verdict.UNDECIDED: "Not decided",
    Verdict.REFUTED: "Refuted",
    Verdict.UNREADABLE: "Cannot be read",
}


def equation_verdict(verdict: Verdict, proved_for: str) -> str:
    """The verdict on an equation; ``proved_for`` says for what a proof holds: "all m and n"."""
    return _EQUATION.get(verdict, f"Proved for {proved_for}")


def step_verdict(verdict: Verdict) -> str:
    """The verdict on one step."""
    return _EQUATION.get(verdict, "proved").lower()


def witness(values: Mapping[str, str]) -> str:
    """Values at which two sides differ: "m = 1, n = 1, θ = −1: left 0.238, right 4.238"."""
    sides = {name: value for name, value in values.items() if name in ("left", "right")}
    symbols = ", ".join(f"{name} = {value}" for name, value in values.items() if name not in sides)
    compared = ", ".join(f"{name} {value}" for name, value in sides.items())
    return ": ".join(part for part in (symbols, compared) if part).replace("-", "−")
