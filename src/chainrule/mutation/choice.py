"""Chooses mutants: the same for the same seed, and of every operator about as many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random
from typing import TypeVar

from chainrule.mutation.mutants import Mutant

M = TypeVar("M", bound=Mutant)


def choose(mutants: Iterable[M], count: int, seed: int) -> list[M]:
    """At most ``count`` mutants, in the order given; rare operators are not crowded out by frequent ones."""
    by_operator: dict[str, list[tuple[int, M]]] = defaultdict(list)
    for position, mutant in enumerate(mutants):
        by_operator[mutant.operator].append((position, mutant))
    random = Random(seed)
    for group in by_operator.values():
        random.shuffle(group)
    chosen: list[tuple[int, M]] = []
    groups = [by_operator[name] for name in sorted(by_operator)]
    while len(chosen) < count and any(groups):
        for group in groups:
            if group and len(chosen) < count:
                chosen.append(group.pop())
    return [mutant for _, mutant in sorted(chosen, key=lambda pair: pair[0])]
