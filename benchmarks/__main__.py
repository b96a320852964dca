"""``make bench``: measures, prints a table of ratios, writes ``build/bench.json``."""

from __future__ import annotations

import json
import platform
import statistics
from pathlib import Path

from benchmarks import commands, formulas
from benchmarks.table import Row, as_text


def main() -> None:
    """Measure everything, which takes about a minute."""
    seconds = commands.measured()
    reading = formulas.reading_times()
    proofs = formulas.proofs()
    alike = [p.seconds for p in proofs if p.label.startswith(formulas.SIMPLIFY_PAGE)]
    simplifying, decided = formulas.simplify_times()
    backend, _ = formulas.sympy_parser()
    cold = seconds["check, cold"]
    rows = [
        Row("cold check : build with verdicts remembered", cold, seconds["build, verdicts remembered"], 2.0),
        Row("cold check : build without the extension", cold, seconds["build, without the extension"], 2.0),
        Row("re-check of one edited line : cold check", seconds["check, one line edited"], cold, 1 / 3),
        Row(
            "the same in a running process : cold check",
            seconds["check, one line edited, in a running process"],
            cold,
            1 / 3,
        ),
        Row("nothing changed : cold check", seconds["check, nothing changed"], cold),
        Row("check, nothing changed : import sympy", seconds["check, nothing changed"], seconds["import sympy"]),
        Row(f"reading a formula : SymPy's parse_latex ({backend})", reading.ours, reading.theirs),
        Row("proving a step : simplify(left - right)", statistics.median(alike), statistics.median(simplifying)),
    ]
    notes = [
        f"{reading.both} lines are read by both parsers, {reading.ours_alone} by ours alone.",
        f"On the same steps: simplify decides {decided} of {len(simplifying)} within {formulas.SIMPLIFY_LIMIT} s each.",
        f"Of all steps, {sum(p.proved for p in proofs)} of {len(proofs)} are proved, in "
        f"{statistics.median(p.seconds for p in proofs) * 1000:.2f} ms at the median, "
        f"{max(p.seconds for p in proofs) * 1000:.0f} ms at most.",
        f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}.",
    ]
    print(as_text(rows, notes))
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"rows": [row.as_dict() for row in rows], "notes": notes}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
