"""The verdicts of a site's formulas: each is found once, from memory where nothing has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chainrule import remembered
from chainrule.cache import Cache, digest
from chainrule.in_order import ReadPart
from chainrule.options import Options
from chainrule.pages import Block, Inline, Rejected
from chainrule.pairing import snippet_path
from chainrule.results import EquationResult, InlineResult, Place, Problem, RejectedResult, Verdict

if TYPE_CHECKING:
    from chainrule.proving.prove import Fact
    from chainrule.snippets import Snippet
    from chainrule.steps import Support

# The prover is imported where it is needed: what is remembered needs neither it nor SymPy.


class Verdicts:
    """Finds verdicts; equations that others use are looked at first.

    ``labelled`` are the equations of the whole site, ``lost`` the labels of blocks that Markdown
    does not show.
    """

    def __init__(
        self,
        root: Path,
        options: Options,
        memory: Cache,
        labelled: Mapping[str, ReadPart],
        lost: Collection[str],
    ) -> None:
        self._root = root
        self._options = options
        self._memory = memory
        self._labelled = labelled
        self._lost = lost
        self._found: dict[Any, EquationResult] = {}
        self._open: list[str] = []  # labels being looked at, outermost first

    def equation(self, found: ReadPart) -> EquationResult:
        """The verdict on a displayed block with its snippet."""
        place = found.part.place
        if place not in self._found:
            # In a circle it is found on the way, with the message that says so: that one is kept.
            self._found.setdefault(place, self._equation(found))
        return self._found[place]

    def inline(self, found: ReadPart) -> InlineResult:
        """The verdict on an inline formula."""
        part = found.part
        assert isinstance(part, Inline)
        key = self._key(found, "inline")
        stored = self._memory.get(key)
        if stored is not None:
            return remembered.inline_from_json(stored, part)
        from chainrule.checking import check_inline

        result = check_inline(found, self._options)
        if not result.problems:
            self._memory.put(key, remembered.inline_to_json(result))
        return result

    def rejected(self, found: ReadPart) -> RejectedResult:
        """What the engine says about a quoted slip."""
        part = found.part
        assert isinstance(part, Rejected)
        key = self._key(found, "rejected", part.place)
        stored = self._memory.get(key)
        if stored is not None:
            return remembered.rejected_from_json(stored, part)
        from chainrule.checking import check_rejected

        result = check_rejected(found, self._options)
        if not result.problems:
            self._memory.put(key, remembered.rejected_to_json(result))
        return result

    def _equation(self, found: ReadPart) -> EquationResult:
        block = found.part
        assert isinstance(block, Block)
        path = self._snippet_of(block)
        key = self._key(found, "equation", block.label, block.sentences, self._sources(path))
        stored = self._memory.get(key)
        if stored is not None and self._facts_stand(stored["facts"]):
            return remembered.equation_from_json(stored, block, path)
        from chainrule.checking import check_equation

        support = self.support(found)
        result = check_equation(found, support, self._options)
        result = replace(result, snippet=path)
        if result.verdict.holds:
            facts = {label: self._fact_digest(label) for label in support.facts}
            self._memory.put(key, {**remembered.equation_to_json(result), "facts": facts})
        return result

    def support(self, found: ReadPart, snippet: Snippet | Problem | None = None) -> Support:
        """What an equation leans on: its snippet, or the one given in its place, and what that uses."""
        from chainrule.snippets import load
        from chainrule.steps import Support

        block = found.part
        assert isinstance(block, Block)
        path = self._snippet_of(block)
        if snippet is None and path is not None:
            snippet = load(self._root / path, self._root)
        if snippet is None:
            return Support()
        if isinstance(snippet, Problem):
            return Support(problems=(snippet,))
        self._open.append(block.label or "")
        support = self._leaning_on(snippet)
        self._open.pop()
        return support

    def _snippet_of(self, block: Block) -> str | None:
        """The path of a block's snippet, if snippets are asked for and it is there."""
        if not self._options.snippets or block.label is None:
            return None
        path = snippet_path(block.label)
        return path if (self._root / path).is_file() else None

    def _leaning_on(self, snippet: Snippet) -> Support:
        from chainrule.steps import Support

        facts: dict[str, Fact] = {}
        weak: dict[str, Problem] = {}
        for position, rule in enumerate(snippet.because):
            for label in rule.uses:
                problem = self._weakness(label, snippet.because_places[position])
                if problem is not None:
                    weak[label] = problem
                else:
                    facts[label] = self._fact(label)
        return Support(snippet, facts, weak)

    def _weakness(self, label: str, place: Place) -> Problem | None:
        """Why an equation cannot be leaned on; None if it can."""
        target = self._labelled.get(label)
        if label in self._lost:
            what = f"this step rests on {label}, which Markdown does not show"
            return Problem(place, what, "undecided", cure=f"Correct the block of {label} first.")
        if target is None:
            return _no_such_fact(label, place, self._labelled)
        if target.reading is None:
            return _weak(label, place, target.part.place, Verdict.UNREADABLE)
        if set(target.reading.relations) != {"="}:
            what = f"{label} is not a chain of equalities, so that no step can use it"
            return Problem(place, what, "unknown-label", cure="a definition has a rule of its own")
        if label in self._open:
            chain = [*self._open[self._open.index(label) :], label]
            what = f"{chain[0]} would rest on itself: {' → '.join(chain)}"
            return Problem(place, what, "circular", cure="prove one of them without the others")
        result = self.equation(target)
        if _is_proved(result):
            return None
        return _weak(label, place, result.place, result.verdict)

    def _fact(self, label: str) -> Fact:
        from chainrule.proving.prove import Fact

        reading = self._labelled[label].reading
        assert reading is not None
        return Fact(label, reading.lines[0], reading.lines[-1], reading.notation)

    def _fact_digest(self, label: str) -> str:
        """The digest of what an equation gives to others: its first line and its last, where they stand."""
        found = self._labelled[label]
        lines = [" ".join(line.latex.split()) for line in self.equation(found).lines]
        return digest(found.context.digest, lines[:1], lines[-1:])

    def _facts_stand(self, facts: Mapping[str, str]) -> bool:
        """Whether the equations that a remembered proof used are still there, and still hold."""
        return all(
            label in self._labelled
            and label not in self._open  # a circle, which is for the check to report
            and _is_proved(self.equation(self._labelled[label]))
            and self._fact_digest(label) == known
            for label, known in facts.items()
        )

    def _key(self, found: ReadPart, *more: object) -> str:
        first = found.part.place.line
        columns = [(line - first, column) for line, column in found.part.origin.places]
        return self._memory.key(found.context.digest, found.part.latex, columns, *more)

    def _sources(self, path: str | None) -> tuple[bytes, ...]:
        """The snippet, and the modules that snippets share, as they are: they may be no text."""
        if path is None:
            return ()
        shared = sorted((self._root / "snippets").glob("*.py"))
        return tuple(file.read_bytes() for file in (self._root / path, *shared))


def _is_proved(result: EquationResult) -> bool:
    """Whether the equation itself is proved, whatever may be wrong with its page or snippet."""
    steps = result.steps
    return result.verdict is not Verdict.UNREADABLE and all(step.verdict.holds for step in steps)


def _weak(label: str, place: Place, where: Place, verdict: Verdict) -> Problem:
    what = f"this step rests on {label}, which is {verdict.value}"
    return Problem(place, what, "undecided", ((label, str(where)),), f"correct {label} first")


def _no_such_fact(label: str, place: Place, labelled: Mapping[str, ReadPart]) -> Problem:
    near = get_close_matches(label, labelled, n=1)
    return Problem(
        place,
        f"no equation of this site has the label {label}",
        "unknown-label",
        (("did you mean", near[0]),) if near else (),
        "name the label of an equation that is proved",
    )
