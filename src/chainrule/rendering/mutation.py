"""The score of ``chainrule mutate``, from the JSON that it wrote, as Markdown in the place of a comment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PLACE = "<!-- chainrule: mutation score -->"
_FATES = ("tried", "rejected", "equivalent", "survived")


def with_score(lines: Sequence[str], file: Path) -> list[str]:
    """The lines of a page, with the score where the comment stands alone in a line.

    Raises OSError where the comment stands and there is no file to show.
    """
    return [row for line in lines for row in (_shown(file) if line.strip() == PLACE else (line,))]


def _shown(file: Path) -> Iterator[str]:
    score = json.loads(file.read_text(encoding="utf-8"))
    yield from _sentence(score)
    yield from _table(score)
    yield from _listing("survived", score["survivors"])
    yield from _listing("say the same as what is published", score["equivalent"])
    yield from _listing("are rejected at a formula that rests on them", score["resting"])


def _sentence(score: dict[str, Any]) -> Iterator[str]:
    pages, snippets = score["pages"], score["snippets"]
    yield (
        f"Tried: {pages['tried']:,} of {pages['possible']:,} corruptions of pages and {snippets['tried']:,} of "
        f"{snippets['possible']:,} of snippets, chosen with the seed {score['seed']}, by version "
        f"{score['chainrule']} of the checker."
    )
    yield ""


def _table(score: dict[str, Any]) -> Iterator[str]:
    yield "| what is wrong | tried | rejected | equivalent | survived |"
    yield "| --- | --: | --: | --: | --: |"
    for of in ("pages", "snippets"):
        numbers = " | ".join(f"**{score[of][fate]}**" for fate in _FATES)
        yield f"| **in {of}** | {numbers} |"
        for row in score["operators"]:
            if row["of"] == of:
                yield f"| {row['operator']} | {' | '.join(str(row[fate]) for fate in _FATES)} |"
    yield ""


def _listing(what: str, entries: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not entries:
        return
    yield f'??? note "The {len(entries)} that {what}, one by one"'
    yield ""
    for entry in entries:
        where = f"`{entry['file']}`, line {entry['line']}"
        reason = f": {entry['reason']}" if entry["reason"] else ""
        at = f": `{entry['at']}`" if entry["at"] else ""
        yield f"    - {where}, {entry['operator']}, `{entry['before']}` became `{entry['after']}`{reason}{at}"
    yield ""
