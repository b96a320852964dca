"""Which rule a step may name: one that reads in its direction, and than which no weaker one suffices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chainrule.proving.arrange import form_of
from chainrule.rules import (
    ChainRule,
    DefinitionRule,
    Form,
    Rule,
    Using,
    algebra,
    cancel,
    chain_rule,
    distribute,
    entries,
    linearity,
    rearrange,
)
from chainrule.tree import Add, Div, Neg, Term


def leaves(term: Term) -> int:
    """How many names and numbers a line has."""
    count = [leaves(c) for c in term.children()]
    return sum(count) if count else 1


def direction_fits(rule: Rule, left: Term, right: Term) -> bool:
    """Whether a use of algebra is named for what it does: cancelling makes a line shorter, distributing does not."""
    before, after = leaves(left), leaves(right)
    if rule.anchor == "cancel":
        return after <= before
    if rule.anchor == "distribute":
        return after >= before
    if rule.anchor == "factor":
        return after <= before or form_of(left, Form.CANCELLED) == form_of(right, Form.CANCELLED)
    if rule.anchor == "common-denominator":
        return added_fractions(left) != added_fractions(right)
    return True


def added_fractions(term: Term) -> int:
    """How many fractions are added to something in a line."""
    return sum(isinstance(unsigned(t), Div) for part in term.walk() if isinstance(part, Add) for t in part.terms)


def unsigned(term: Term) -> Term:
    return unsigned(term.body) if isinstance(term, Neg) else term


def weaker(rule: Rule) -> Iterator[Rule]:
    """The rules that must not suffice where this one is named."""
    if rule.anchor == "rearrange":
        return
    yield rearrange
    if isinstance(rule, ChainRule):
        yield linearity
        if rule.inner is not None:
            yield chain_rule
    elif rule.anchor in ("product-rule", "quotient-rule", "power-rule"):
        yield linearity
    elif rule.anchor == "linear-form":
        yield from (linearity, entries)
    elif rule.anchor in ("exponential", "entries"):
        yield from (distribute, cancel, algebra)
    elif rule.anchor == "sums":
        yield from (distribute, cancel)
    elif isinstance(rule, DefinitionRule | Using) and len(rule.names) > 1:
        for name in rule.names:
            yield replace(rule, names=tuple(n for n in rule.names if n != name))
