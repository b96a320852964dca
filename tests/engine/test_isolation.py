"""The core runs where NumPy, Markdown and pytest are not to be had, and knows no subject."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import chainrule

FOREIGN = ("numpy", "markdown", "pymdownx", "mkdocs", "yaml", "pytest", "docs", "snippets")
ROOT = Path(chainrule.__path__[0])
SOURCES = sorted(ROOT.rglob("*.py"))
CORE = [
    "tree",
    "symbols",
    "results",
    "reading",
    "rules",
    *(f"latex.{path.stem}" for path in sorted((ROOT / "latex").glob("[!_]*.py"))),
    *(f"proving.{path.stem}" for path in sorted((ROOT / "proving").glob("[!_]*.py"))),
]
SUBJECT = re.compile(r"logistic|sigmoid|cross.?entropy|likelihood|bernoulli", re.IGNORECASE)


def imported_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after ``code``."""
    shown = f"{code}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", CORE)
def test_the_core_imports_nothing_but_lark_sympy_and_mpmath(module: str) -> None:
    assert imported_by(f"import chainrule.{module}").isdisjoint(FOREIGN)


def test_the_core_reads_and_proves_without_them() -> None:
    blocked = "; ".join(f"sys.modules[{name!r}] = None" for name in FOREIGN)
    code = f"""
import sys; {blocked}
from chainrule.proving.prove import prove_step
from chainrule.reading import read
from chainrule.symbols import Notation
notation = read(r"t \\in \\mathbb{{R}}", Notation()).notation
step = read(r"\\frac{{d}}{{dt}} t^2 = 2 t", notation)
print(prove_step(*step.lines, "=", None, notation, {{}}).verdict)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "proved"


def test_the_command_line_says_its_usage_without_loading_the_engine() -> None:
    code = "import chainrule.cli as cli\ntry:\n    cli.main(['--help'])\nexcept SystemExit: pass"
    assert imported_by(code).isdisjoint({"sympy", "numpy", "markdown", "lark"})


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_knows_no_subject(path: Path) -> None:
    found = SUBJECT.findall(path.read_text(encoding="utf-8"))
    assert found == []
