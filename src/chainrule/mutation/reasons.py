"""Other rules that a snippet might name for a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NAMED = (
    "linearity", "chain_rule", "product_rule", "quotient_rule", "power_rule", "linear_form", "rearrange", "distribute",
    "factor", "cancel", "common_denominator", "algebra", "sums", "logarithm", "exponential", "entries",
)  # fmt: skip


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
