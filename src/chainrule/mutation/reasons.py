"""Other rules that a snippet might name for a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chainrule import rules

NAMED = tuple(name for name, value in vars(rules).items() if isinstance(value, rules.Rule))
"""The rules that need no argument, by the names under which snippets import them."""


@dataclass(frozen=True)
class OtherReason:
    """A rule as a snippet would write it, and what it must import from ``chainrule.rules`` for that."""

    code: str

    @property
    def names(self) -> list[str]:
        """The names in the code that are rules, or make them."""
        return re.findall(r"[a-z_]+(?=\b)", re.sub(r"'[^']*'|\"[^\"]*\"", "", self.code))


def other_reasons(reason: str, beside: Sequence[str]) -> Iterator[OtherReason]:
    """Every rule that needs no argument, those of the other steps, and the rule itself with one name less."""
    fewer = [reason.replace(f", {name}", "").replace(f"{name}, ", "") for name in re.findall(r"'[^']*'", reason)]
    for code in dict.fromkeys([*NAMED, *beside, *fewer]):
        if code != reason:
            yield OtherReason(code)
