"""The site under corruption: a sample is rejected, and the published score belongs to what is published."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chainrule.cache import digest
from chainrule.mutation.run import content_digest, mutate
from chainrule.options import Options
from chainrule.selection import select
from chainrule.site import Site
from tests.site_copy import SiteCopy

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "docs" / "data" / "mutation.json"
RENEW = "the published score is out of date: type `make mutate`, and commit docs/data/mutation.json"


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    return json.loads(PUBLISHED.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_a_sample_of_corruptions_is_rejected(site: SiteCopy) -> None:
    score = mutate([], 80, 2026, lambda done, of: None)
    assert [outcome.mutant for outcome in score.with_fate("survived")] == []
    assert len(score.with_fate("rejected")) >= 150


def test_the_published_score_belongs_to_the_present_content(published: dict[str, Any], site: SiteCopy) -> None:
    present = [(selection, Site(selection.settings, Options(), selection.pages)) for selection in select([])]
    content = digest([content_digest(selection, site) for selection, site in present])
    assert published["content"] == content, RENEW


def test_nothing_wrong_survived(published: dict[str, Any]) -> None:
    assert published["survivors"] == []
    assert published["pages"]["tried"] >= 2000
    assert published["snippets"]["tried"] >= 300
    for of in ("pages", "snippets"):
        numbers = published[of]
        rows = [row for row in published["operators"] if row["of"] == of]
        assert numbers["rejected"] + numbers["equivalent"] == numbers["tried"]
        for fate in ("tried", "rejected", "equivalent", "survived"):
            assert sum(row[fate] for row in rows) == numbers[fate]
    assert len(published["equivalent"]) == sum(published[of]["equivalent"] for of in ("pages", "snippets"))


def test_every_slip_of_the_design_was_made(published: dict[str, Any]) -> None:
    wanted = {
        "sign", "index", "missing 1/m", "transpose", "factor left out", "factor twice", "fraction upside down",
        "bounds of a sum", "function", "another quantity", "prime", "power", "variable of a derivative", "rule",
        "domain", "shape", "range", "relation",
    }  # fmt: skip
    assert wanted <= {row["operator"] for row in published["operators"]}


def test_the_page_shows_the_score(published: dict[str, Any]) -> None:
    from markdown import Markdown

    text = (ROOT / "docs" / "how-it-is-checked.md").read_text(encoding="utf-8")
    html = Markdown(
        extensions=["tables", "pymdownx.details", "chainrule"], extension_configs={"chainrule": {"root": str(ROOT)}}
    ).convert(text)
    table = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    for of in ("pages", "snippets"):
        numbers = published[of]
        row = f"in {of} {numbers['tried']} {numbers['rejected']} {numbers['equivalent']} {numbers['survived']}"
        assert row in table
    listed = html.count("became")
    assert listed == len(published["equivalent"]) + len(published["resting"])
