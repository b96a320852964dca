"""The check of the whole site beside the build of it, a re-check beside a cold check, start-up beside SymPy's."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.stopwatch import Task, command, interleaved
from chainrule.options import Options
from chainrule.settings import settings_for
from chainrule.site import Site

ROOT = Path(__file__).parents[1]
PARTS = ("mkdocs.yml", "docs", "snippets", "theme", "src")
BIN = Path(sys.executable).parent
PAGE = Path("docs/gradient.md")
SUM = r"\sum_{i=1}^{m} \left["  # stands in the first equation of that page


def measured(repetitions: int = 5) -> dict[str, float]:
    """Seconds by name, on a copy of the site."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, root / part)
        without_extension(root)
        planned = tasks(root, environment(root))
        interleaved(planned, 1)  # compiles every module and fills the memory of verdicts
        return interleaved(planned, repetitions)


def without_extension(root: Path) -> None:
    """A second configuration, which leaves out the extension that renders what the engine found."""
    lines = (root / "mkdocs.yml").read_text("utf-8").splitlines(keepends=True)
    start = next(k for k, line in enumerate(lines) if line.startswith("  - chainrule"))
    rest = itertools.dropwhile(lambda line: line.startswith("      "), lines[start + 1 :])
    (root / "plain.yml").write_text("".join([*lines[:start], *rest]), "utf-8")


def environment(root: Path) -> dict[str, str]:
    """Bytecode is kept, as it is where nobody forbids it: what pip installed has its own, the engine's lies in src."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(root / "bytecode"), "NO_MKDOCS_2_WARNING": "1"}


def tasks(root: Path, quiet: dict[str, str]) -> dict[str, Task]:
    """What is run, in turn; each leaves the site as the next one needs it."""
    cold = {**quiet, "CHAINRULE_CACHE": "off"}
    check, build = (str(BIN / name) for name in ("chainrule", "mkdocs"))
    place = str(root)
    return {
        "check, cold": command(check, "check", folder=place, environment=cold),
        "check, nothing changed": command(check, "check", folder=place, environment=quiet),
        "check, one line edited": edited_and(root, command(check, "check", folder=place, environment=quiet)),
        "check, one line edited, in a running process": edited_and(root, in_process(root)),
        "build, verdicts remembered": command(build, "build", "--site-dir", "a", folder=place, environment=quiet),
        "build, without the extension": command(
            build, "build", "-f", "plain.yml", "--site-dir", "b", folder=place, environment=quiet
        ),
        "import sympy": command(sys.executable, "-c", "import sympy", environment=quiet),
    }


def edited_and(root: Path, then: Task) -> Task:
    """Edit a line in a way that was never seen before, which takes no time to speak of, then do something."""
    page = root / PAGE
    count = itertools.count(1)

    def run() -> None:
        text = page.read_text("utf-8")
        assert SUM in text
        page.write_text(text.replace(SUM, " " * next(count) + SUM, 1), "utf-8")
        then()

    return run


def in_process(root: Path) -> Task:
    """A check in this process, as the server that rebuilds the site on every change does it."""

    def run() -> None:
        site = Site(settings_for(root / "docs"), Options())
        for path in site.pages:
            site.report(path)
        site.memory.save()

    return run
