"""Drafts the snippet of an equation: its lines in SymPy, and for each step a rule that justifies it.

What cannot be derived from the page is left to its author: the docstring, and the NumPy function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from chainrule.declared import declared
from chainrule.in_order import ReadPart, unreadable
from chainrule.options import Options
from chainrule.pages import Block
from chainrule.pairing import snippet_path
from chainrule.printers.sympy import Source, identifier, to_source
from chainrule.proving.prove import Fact, Step, better, suggestions
from chainrule.reading import Reading
from chainrule.registry import register
from chainrule.results import Problem
from chainrule.rules import ChainRule, DefinitionRule, Rule, Using, using
from chainrule.sampling.environments import free_symbols
from chainrule.selection import SelectionError, no_such_label
from chainrule.settings import settings_for
from chainrule.site import Site
from chainrule.symbols import Notation
from chainrule.tree import Call, Domain, Entry, Sym, Term

_OPEN = "    # No rule alone justifies the next step: split it into smaller ones."


def draft_snippet(page: Path, label: str) -> str | Problem:
    """Write the draft of an equation's snippet and enter its label in the registry.

    Returns the path of the snippet, or the problem of an equation that cannot be read. Raises
    SelectionError where page, equation or place for the snippet are not as they should be.
    """
    if not page.is_file():
        raise SelectionError(f"there is no page {page}")
    settings = settings_for(page)
    site = Site(settings, Options(), [page])
    found = site.labelled.get(label)
    if found is None or found.part not in site.pages[page.resolve()].blocks:
        here = [block.label for block in site.pages[page.resolve()].blocks if block.label]
        raise no_such_label(label, here)
    path = settings.root / snippet_path(label)
    if path.exists():
        raise SelectionError(f"{snippet_path(label)} is there already")
    if found.reading is None:
        return unreadable(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft(found, found.reading, site.facts(label)), encoding="utf-8")
    register(label, settings)
    return snippet_path(label)


def draft(found: ReadPart, reading: Reading, library: Mapping[str, Fact]) -> str:
    """The source of the snippet of an equation."""
    assert isinstance(found.part, Block)
    terms = reading.lines or declared_terms(found.context.notation, reading.notation)
    sources = [to_source(term) for term in terms]
    rules = [_rule(reading, number, library) for number in _equalities(reading)]
    parameters = _parameters(terms, reading.notation)
    types = "".join(parameters) + _result(reading)
    lines = [f"        {source.text}," for source in sources]
    reasons = [_OPEN if rule is None else f"    {rule_source(rule)}," for rule in rules]
    return "\n".join(
        [
            f'"""{found.part.label}: say here in one sentence what it says."""',
            "",
            *_imports(sources, [rule for rule in rules if rule], "Array" in types),
            "",
            *["with evaluate(False):", "    lines = (", *lines, "    )", ""],
            *(["because = (", *reasons, ")"] if rules else ["because = ()"]),
            "",
            "",
            f"def value({', '.join(parameters)}) -> {_result(reading)}:",
            '    """Say here how the last line is computed."""',
            '    raise NotImplementedError("write the last line in NumPy")',
            "",
        ]
    )


def rule_source(rule: Rule) -> str:
    """How a snippet names a rule."""
    if isinstance(rule, ChainRule) and rule.inner is not None:
        return f"chain_rule({rule_source(rule.inner)})"
    names = ", ".join(f'"{name}"' for name in rule.names)
    if isinstance(rule, DefinitionRule):
        return f"definition({names})"
    return f"using({names})" if isinstance(rule, Using) else rule.anchor.replace("-", "_")


def declared_terms(before: Notation, after: Notation) -> tuple[Term, ...]:
    """What a declaration declares, each symbol as a snippet's line shows it."""
    found = declared(before, after)
    symbols = [_member(symbol, after) if symbol.batch else symbol for symbol in found.symbols]
    calls = []
    for function in found.functions:
        arguments = tuple(_stand_in(p.axes, after) or p for p in function.parameters)
        calls.append(Call(function.name, arguments))
    return (*symbols, *calls)


def _equalities(reading: Reading) -> list[int]:
    return [number for number, relation in enumerate(reading.relations) if relation != ":="]


def _rule(reading: Reading, number: int, library: Mapping[str, Fact]) -> Rule | None:
    left, right = reading.lines[number : number + 2]
    step = Step.between(left, right, reading.notation, library, None)
    alone = next((rule for rule in suggestions(step) if better(step, rule)), None)
    return alone or _several_facts(step)


def _several_facts(step: Step) -> Rule | None:
    """The fewest proved equations that justify a step together, as far as leaving one out tells."""
    labels = [label for label, fact in step.library.items() if not fact.foreign(step.notation)]
    if not step.justified(using(*labels)):
        return None
    for label in tuple(labels):
        fewer = [other for other in labels if other != label]
        if step.justified(using(*fewer)):
            labels = fewer
    return using(*labels)


def _imports(sources: list[Source], rules: list[Rule], arrays: bool) -> list[str]:
    sympy = {"evaluate"}.union(*(source.sympy for source in sources))
    vocabulary = set[str]().union(*(source.vocabulary for source in sources))
    shared = set[str]().union(*(source.names for source in sources)) | ({"Array"} if arrays else set())
    named = {word for rule in rules for word in _words(rule)}
    return [
        _import("sympy", sympy),
        "",
        *([_import("chainrule.rules", named)] if named else []),
        *([_import("chainrule.vocabulary", vocabulary)] if vocabulary else []),
        _import("snippets.notation", shared),
    ]


def _words(rule: Rule) -> list[str]:
    inner = ["using"] if isinstance(rule, ChainRule) and rule.inner is not None else []
    return [rule_source(rule).partition("(")[0], *inner]


def _import(module: str, names: Iterable[str]) -> str:
    ordered = sorted(names, key=lambda name: (not name[0].isupper(), name.lower()))
    return f"from {module} import {', '.join(ordered)}"


def _parameters(terms: Iterable[Term], notation: Notation) -> list[str]:
    """The free symbols but sizes and indices: an index that is no parameter is an axis."""
    free = free_symbols(list(terms), notation).values()
    counted = (Domain.NATURAL, Domain.INDEX)
    kept = [symbol for symbol in free if symbol.domain not in counted] or list(free)
    return [f"{identifier(symbol.name)}: {_type(symbol)}" for symbol in kept]


def _result(reading: Reading) -> str:
    """A declaration is true or false of its arguments; a free index is an axis of the result."""
    if not reading.lines:
        return "bool"
    free = free_symbols(reading.lines[-1:], reading.notation).values()
    indexed = any(symbol.domain is Domain.INDEX for symbol in free)
    return "Array" if indexed else _type(reading.lines[-1])


def _type(term: Term) -> str:
    if isinstance(term, Sym) and term.domain in (Domain.NATURAL, Domain.INDEX):
        return "int"
    return "Array" if term.shape or (isinstance(term, Sym) and term.axes) else "float"


def _member(family: Sym, notation: Notation) -> Term:
    indices = [s for s in notation.symbols.values() if s.bounds[1:] == family.axes[:1]]
    return Entry(family, (indices[0],)) if indices else family


def _stand_in(axes: tuple[Term, ...], notation: Notation) -> Sym | None:
    return next((s for s in notation.symbols.values() if s.axes == axes and not s.bounds), None)
