"""The verdict on one step: proved under the rule it names, refuted by a witness, or undecided and why.

The prover spends a rule's powers on both lines and compares them in the rule's form; a step is accepted only if no
weaker rule would do. What the named rule does not justify is tried with all powers: if it is true then, the message
names a rule that justifies it; if not, a witness is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chainrule.printers.latex import to_latex
from chainrule.proving import witness
from chainrule.proving.arrange import TooLarge, form_of
from chainrule.proving.domains import DOMAINS, range_of
from chainrule.proving.elements import element
from chainrule.proving.facts import Fact
from chainrule.proving.field import DivisionByZero, Field, OutOfTime
from chainrule.proving.fitting import direction_fits, weaker
from chainrule.proving.obligations import Obligation, open_obligations
from chainrule.proving.rewrite import EVERYTHING, Allowance
from chainrule.proving.substitution import fresh_index
from chainrule.results import Verdict
from chainrule.rules import (
    NAMED,
    Form,
    Power,
    Rule,
    chain_rule,
    definition,
    using,
)
from chainrule.symbols import Definition, Function, Notation
from chainrule.tree import ONE, Add, Call, Neg, Shape, Sym, Term

__all__ = ["Fact", "Finding", "check_defined", "check_definition", "prove_step"]

MAXIMUM_DIFFERENCE = 240


@dataclass(frozen=True)
class Finding:
    """What the prover found of one step.

    ``code`` names the section of the errors page, ``explanation`` is one sentence, ``cure`` another; ``difference`` is
    LaTeX; ``tried`` says what an undecided step was tried with.
    """

    verdict: Verdict
    explanation: str = ""
    code: str = ""
    cure: str = ""
    difference: str | None = None
    witness: dict[str, str] | None = None
    tried: tuple[str, ...] = ()


PROVED = Finding(Verdict.PROVED)


@dataclass(frozen=True)
class Step:
    """Two lines of numbers (an equation between arrays is taken at free indices), and what may be used."""

    left: Term
    right: Term
    notation: Notation
    library: Mapping[str, Fact]
    deadline: float | None

    @staticmethod
    def between(
        left: Term, right: Term, notation: Notation, library: Mapping[str, Fact], deadline: float | None
    ) -> Step:
        """The step at free indices."""
        if left.shape:
            indices = free_indices(left.shape, (left, right), notation)
            left, right = element(left, indices, False), element(right, indices, False)
        return Step(left, right, notation, library, deadline)

    def follows(self, rule: Rule) -> bool:
        """Whether the two lines agree in the rule's form once its powers are spent."""
        facts = [self.library[label] for label in rule.uses]
        allowance = Allowance.of(rule, self.notation, facts)
        return self.agree(allowance, rule.form)

    def agree(self, allowance: Allowance, form: Form) -> bool:
        left, right = allowance.spend(self.left), allowance.spend(self.right)
        if form is Form.FIELD:
            related = Power.EXPONENTIALS in allowance.powers
            return Field(related, deadline=self.deadline).equal(left, right)
        return form_of(left, form) == form_of(right, form)

    def true(self) -> bool:
        """Whether the step follows with all powers and all definitions."""
        return self.agree(Allowance(self.notation, EVERYTHING, None), Form.FIELD)

    def justified(self, rule: Rule) -> bool:
        """Whether the rule justifies the step, and reads in this direction."""
        if rule.anchor == "sums" and Field(opens=False, deadline=self.deadline).equal(self.left, self.right):
            return False  # nothing is done to a sum here
        return direction_fits(rule, self.left, self.right) and self.follows(rule)

    def names(self) -> list[str]:
        """The definitions that stand in the two lines."""
        found: dict[str, None] = {}
        for part in [*self.left.walk(), *self.right.walk()]:
            name = part.function if isinstance(part, Call) else part.name if isinstance(part, Sym) else ""
            function = self.notation.functions.get(name)
            if name in self.notation.definitions or (function is not None and function.body is not None):
                found[name] = None
        return list(found)


def free_indices(shape: Shape, terms: Sequence[Term], notation: Notation) -> tuple[Term, ...]:
    """An index for each axis that stands nowhere in the terms; one that the notation declares, where it has one."""
    used = {part.name for t in terms for part in t.walk() if isinstance(part, Sym)}
    chosen: list[Term] = []
    for size in shape:
        fitting = (s for s in notation.symbols.values() if s.bounds == (ONE, size) and s.name not in used)
        index = next(fitting, None) or fresh_index(size)
        used.add(index.name)
        chosen.append(index)
    return tuple(chosen)


def suggestions(step: Step) -> Iterator[Rule]:
    """Rules to try on a step that is true, the weaker first."""
    yield from NAMED
    yield from (definition(name) for name in step.names())
    for label in step.library:
        yield using(label)
        yield chain_rule(using(label))
    yield from (definition(a, b) for a in step.names() for b in step.names() if a < b)


def prove_step(
    left: Term,
    right: Term,
    relation: str,
    rule: Rule | None,
    notation: Notation,
    library: Mapping[str, Fact],
    deadline: float | None = None,
) -> Finding:
    """The verdict on ``left relation right``.

    Args:
        left: the line before the relation.
        right: the line after it, of the same shape.
        relation: ``=``, ``!=``, ``<=``, ``>=``, ``<`` or ``>``.
        rule: the reason given; None allows everything.
        notation: what the symbols mean.
        library: the proved equations that rules may use, by label.
        deadline: a value of ``time.monotonic()`` after which the step is undecided.
    """
    try:
        missing = [label for label in (rule.uses if rule else ()) if label not in library]
        if missing:
            return Finding(
                Verdict.UNDECIDED,
                f"{missing[0]} is not a proved equation",
                "unknown-label",
                "Name an equation that is proved.",
            )
        open_ = open_obligations(left, notation) or open_obligations(right, notation)
        if open_:
            return undefined(open_[0], notation, deadline)
        if relation == "!=":
            return differ(left, right, notation, deadline)
        if relation != "=":
            return ordered(left, right, relation, notation, deadline)
        return equal(Step.between(left, right, notation, library, deadline), left, right, rule)
    except OutOfTime:
        return Finding(
            Verdict.UNDECIDED, "the time limit was reached", "time-limit", "Split the step.", tried=("all powers",)
        )
    except TooLarge as reason:
        return Finding(Verdict.UNDECIDED, f"the step is too large: {reason}", "time-limit", "Split the step.")
    except DivisionByZero:
        return Finding(Verdict.UNDECIDED, "a denominator is identically zero", "undefined", "Correct the denominator.")
    except RecursionError:
        return Finding(Verdict.UNDECIDED, "the step is nested too deeply", "time-limit", "Split the step.")


def equal(step: Step, left: Term, right: Term, rule: Rule | None) -> Finding:
    """The verdict on an equality."""
    if rule is None:
        return PROVED if step.true() else unequal(step, left, right, rule)
    foreign = next((f for f in (step.library[label].foreign(step.notation) for label in rule.uses) if f), None)
    if foreign:
        return Finding(
            Verdict.UNDECIDED,
            f"the equation used speaks of another {foreign} than this page",
            "wrong-rule",
            "State it in this page's symbols.",
        )
    if step.justified(rule):
        enough = next((w for w in weaker(rule) if step.justified(w)), None)
        if enough is None:
            return PROVED
        return Finding(
            Verdict.UNDECIDED,
            f"true, but {rule.title} is more than it needs: {enough.title} suffices",
            "wrong-rule",
            f"Name {enough.title} in `because`.",
            tried=(rule.title,),
        )
    if not step.true():
        return unequal(step, left, right, rule)
    fitting = next((r for r in suggestions(step) if better(step, r)), None)
    if fitting is None:
        return Finding(
            Verdict.UNDECIDED,
            f"true, but not by {rule.title}, nor by any other rule alone",
            "wrong-rule",
            "Split the step into steps that each need one rule.",
            tried=(rule.title, "every rule alone"),
        )
    return Finding(
        Verdict.UNDECIDED,
        f"true, but not by {rule.title}: {fitting.title} justifies it",
        "wrong-rule",
        f"Name {fitting.title} in `because`, or split the step.",
        tried=(rule.title,),
    )


def better(step: Step, rule: Rule) -> bool:
    """Whether a suggested rule justifies the step by its own merit."""
    if any(step.library[label].foreign(step.notation) for label in rule.uses):
        return False
    try:
        return step.justified(rule) and not any(step.justified(w) for w in weaker(rule))
    except (TooLarge, DivisionByZero):
        return False


def unequal(step: Step, left: Term, right: Term, rule: Rule | None) -> Finding:
    """A step that does not follow with all powers: refuted if a witness is found."""
    found = witness.find(left, right, "=", step.notation, step.deadline)
    difference = simplified_difference(step, rule)
    if found is not None:
        return Finding(
            Verdict.REFUTED,
            "does not follow",
            "refuted",
            "Correct one of the two lines.",
            difference,
            found.as_dict(),
        )
    return Finding(
        Verdict.UNDECIDED,
        "could be neither proved nor refuted",
        "undecided",
        "Write the step in smaller steps, or in terms that are read here.",
        difference,
        tried=(
            "all definitions",
            "all derivatives",
            "entries",
            "laws of logarithms and exponentials",
            "values up to 3 × 3 at 50 digits",
        ),
    )


def simplified_difference(step: Step, rule: Rule | None) -> str | None:
    """Left minus right as far as it simplifies, in LaTeX, if that is short."""
    allowance = Allowance.of(rule, step.notation, ()) if rule else Allowance(step.notation)
    try:
        left, right = allowance.spend(step.left), allowance.spend(step.right)
        term = Field(deadline=step.deadline).reduced(Add((left, Neg(right)))).term()
    except (TooLarge, DivisionByZero, OutOfTime):
        return None
    text = to_latex(term, step.notation)
    return text if len(text) <= MAXIMUM_DIFFERENCE else None


def differ(left: Term, right: Term, notation: Notation, deadline: float | None) -> Finding:
    """``left != right`` claims that the two are not the same for all values; one witness proves it."""
    found = witness.find(left, right, "=", notation, deadline)
    if found is not None:
        return Finding(Verdict.PROVED, witness=found.as_dict())
    if Step.between(left, right, notation, {}, deadline).true():
        return Finding(Verdict.REFUTED, "the two sides are equal for all values", "refuted", r"Write = instead of \ne.")
    return Finding(
        Verdict.UNDECIDED, "no values were found at which the two sides differ", "undecided", "Correct the formula."
    )


def ordered(left: Term, right: Term, relation: str, notation: Notation, deadline: float | None) -> Finding:
    """An inequality, from the ranges of the terms on the declared domains."""
    gap = Add((right, Neg(left))) if relation in ("<", "<=") else Add((left, Neg(right)))
    reach = range_of(gap, notation)
    if reach.positive or (relation in ("<=", ">=") and reach.nonnegative):
        return PROVED
    found = witness.find(left, right, relation, notation, deadline)
    if found is not None:
        return Finding(Verdict.REFUTED, "does not hold", "refuted", "Correct the inequality.", witness=found.as_dict())
    return Finding(
        Verdict.UNDECIDED,
        "the ranges of the two sides do not decide it",
        "undecided",
        "Write it as steps.",
        tried=("interval arithmetic",),
    )


def undefined(obligation: Obligation, notation: Notation, deadline: float | None) -> Finding:
    """A line that is not known to be defined everywhere; refuted where a place is found at which it is not."""
    text = to_latex(obligation.part, notation)
    found = witness.find(obligation.part, obligation.bound, obligation.relation, notation, deadline)
    return Finding(
        Verdict.REFUTED if found else Verdict.UNDECIDED,
        f"a line is not defined everywhere: {text} {obligation.wish}",
        "undefined",
        "Correct the line, or declare the domains so that it is defined.",
        witness=found.as_dict() if found else None,
        tried=("interval arithmetic",),
    )


def check_defined(term: Term, notation: Notation, deadline: float | None = None) -> Finding:
    """Whether an expression by itself has a value everywhere on the declared domains."""
    open_ = open_obligations(term, notation)
    return undefined(open_[0], notation, deadline) if open_ else PROVED


def check_definition(defined: Function | Definition, notation: Notation) -> Finding:
    """Whether what is defined lies in the set it was declared to lie in, and is defined everywhere."""
    domain = defined.codomain if isinstance(defined, Function) else defined.symbol.domain
    body = defined.body
    if body is None:
        return Finding(Verdict.DECLARATION)
    everywhere = check_defined(body, notation)
    if not everywhere.verdict.holds:
        return everywhere
    if range_of(body, notation).within(DOMAINS[domain]):
        return Finding(Verdict.DEFINITION)
    return Finding(
        Verdict.UNDECIDED,
        f"its values are not known to lie in the declared set {domain.value}",
        "undefined",
        "Declare a larger set, or correct the definition.",
        tried=("interval arithmetic",),
    )
