"""Seconds of commands and of functions; the machine is noisy, so medians of interleaved repetitions."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping

Task = Callable[[], object]


def interleaved(tasks: Mapping[str, Task], repetitions: int) -> dict[str, float]:
    """The median seconds of each task, all of them run once before any is run again."""
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repetitions):
        for name, task in tasks.items():
            begin = time.perf_counter()
            task()
            seconds[name].append(time.perf_counter() - begin)
    return {name: statistics.median(found) for name, found in seconds.items()}


def command(*words: str, folder: str = ".", environment: Mapping[str, str] | None = None) -> Task:
    """A task that runs a command to its end, and demands that it succeeds."""

    def run() -> None:
        subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)

    return run
