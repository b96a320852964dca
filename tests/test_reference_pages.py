"""The pages that explain the engine say what the engine does: its rules, and its error messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chainrule import rules
from chainrule.pages import read_page
from chainrule.proving.facts import Fact
from chainrule.proving.prove import prove_step
from chainrule.reading import Reading, read
from chainrule.results import Verdict
from chainrule.rules import Rule
from chainrule.settings import settings_for
from chainrule.symbols import Notation

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "chainrule"
EXAMPLES = re.compile(r"^### [^\n]* \{ #([a-z-]+) \}(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
WITH_NAMES = {"definition": rules.definition("h"), "using": rules.using("sigmoid/symmetry")}
RULES = {rule.anchor: rule for rule in rules.NAMED} | WITH_NAMES


@cache
def notation() -> Notation:
    """The notation of the site."""
    known = Notation()
    for part in read_page(DOCS / "notation.md", settings_for(DOCS / "notation.md")).blocks:
        known = read(part.latex, known).notation
    return known


def example(anchor: str) -> Reading:
    """The formula that the rules page gives as the example of a rule."""
    section = dict(EXAMPLES.findall((DOCS / "rules.md").read_text("utf-8")))[anchor]
    formula = section.partition("**Example:**")[2].split("$")[1]
    return read(formula, notation())


def codes() -> Iterator[str]:
    """The codes of messages: of the verdicts that are bad news, and those in the engine's source."""
    yield from (verdict.value for verdict in Verdict if not verdict.holds)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                position = {"Problem": 2, "ReadingError": 3, "error": 3, "refuse": 3}.get(name)
                values = [k.value for k in node.keywords if k.arg == "code"]
                values += node.args[position : position + 1] if position else []
                yield from (v.value for v in values if isinstance(v, ast.Constant))


def test_every_rule_has_its_section() -> None:
    """No rule without an explanation, and no explanation of a rule that is none."""
    sections = {anchor for anchor, _ in EXAMPLES.findall((DOCS / "rules.md").read_text("utf-8"))}

    assert sections == set(RULES)


@pytest.mark.parametrize("anchor", RULES)
def test_example_follows_by_its_rule(anchor: str) -> None:
    """The example of a rule needs that rule: it follows by it, and by no weaker one."""
    rule: Rule = RULES[anchor]
    symmetry = read(r"1 - \sigma(z) = \sigma(-z)", notation())
    library = {"sigmoid/symmetry": Fact("sigmoid/symmetry", *symmetry.lines, symmetry.notation)}
    reading = example(anchor)

    finding = prove_step(*reading.lines, "=", rule, reading.notation, library)

    assert finding.verdict is Verdict.PROVED, finding.explanation


def test_every_error_has_its_section() -> None:
    """The address that a message ends with leads somewhere."""
    sections = re.findall(r"^### ([a-z-]+)$", (DOCS / "errors.md").read_text("utf-8"), re.MULTILINE)

    assert set(codes()) <= set(sections)
