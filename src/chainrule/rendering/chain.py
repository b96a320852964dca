"""A chain of lines as an ordered list: every line with its anchor, and why it follows."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from chainrule.rendering.elements import append, element, math
from chainrule.rendering.links import Links
from chainrule.rendering.problem import problem_box
from chainrule.rendering.width import width
from chainrule.rendering.words import step_verdict
from chainrule.results import EquationResult, LineResult, RuleNote, StepResult, Verdict

# In letters: a left side so short stands in one row with the first relation, as in a textbook, …
_SHORT = 7.0
# … and so does a longer one where the whole row is no wider than this.
_ROW = 50.0
_EM_PER_LETTER = 0.8
_EM_SPARE = 0.9


def shows_as_chain(equation: EquationResult) -> bool:
    """Whether every line of a block was found; if not, the block is shown as it stands."""
    complete = len(equation.steps) >= 1 and len(equation.lines) == len(equation.steps) + 1
    return complete and equation.verdict not in (Verdict.DECLARATION, Verdict.UNREADABLE)


def chain(equation: EquationResult, sentences: list[etree.Element], links: Links) -> etree.Element:
    """The list of an equation's lines; ``sentences`` are the items of the page's own list."""
    rows = element("ol", **_layout(equation.lines))
    for number, line in enumerate(equation.lines, start=1):
        row = _row(equation.label, number, line)
        if equation.label is not None and len(equation.lines) > 2:
            row.append(_number(f"{equation.label}/{number}", number))
        if number > 1:
            sentence = sentences[number - 2] if number - 2 < len(sentences) else None
            _justify(row, equation.steps[number - 2], sentence, links)
        rows.append(row)
    return rows


def _layout(lines: tuple[LineResult, ...]) -> dict[str, str | None]:
    left = width(lines[0].latex)
    widest = max(width(line.latex) for line in lines[1:])
    if left <= _SHORT or left + widest <= _ROW:
        room = _EM_PER_LETTER * left + _EM_SPARE
        return {"class_": "chain chain-beside", "style": f"--left: {room:.1f}em"}
    return {"class_": "chain", "style": None}


def _row(label: str | None, number: int, line: LineResult) -> etree.Element:
    latex = line.latex.strip().strip("&").strip()
    if line.relation is not None:
        latex = f"{{}} {line.relation.replace('&', '').strip()} {latex}"
    anchor = f"{label}/{number}" if label is not None else None
    return element("li", math(latex, "chain-math arithmatex"), class_="chain-line", id=anchor)


def _number(anchor: str, number: int) -> etree.Element:
    """A line is named by its number in messages, and linked by it."""
    return element(
        "a",
        str(number),
        class_="chain-number",
        href=f"#{anchor}",
        title=f"Link to line {number}",
        data_search_exclude="",
    )


def _justify(row: etree.Element, step: StepResult, sentence: etree.Element | None, links: Links) -> None:
    parts = [
        rule_name(step.rule, links) if step.rule is not None else None,
        _sentence(sentence) if sentence is not None else None,
        # A definition needs no proof, and the equation's caption says that it is one.
        _verdict(step, links) if step.verdict is not Verdict.DEFINITION else None,
    ]
    why = element("div", class_="chain-why")
    for part in parts:
        if part is not None:
            append(why, part)
            append(why, " ")
    if len(why):
        row.append(why)
    if step.problem is not None:
        row.append(problem_box(step.problem, links))
    if not step.verdict.holds:
        row.set("data-verdict", step.verdict.value)


def _verdict(step: StepResult, links: Links) -> etree.Element:
    return element(
        "a",
        step_verdict(step.verdict),
        class_="chain-verdict",
        href=links.checked(),
        data_verdict=step.verdict.value,
    )


def rule_name(rule: RuleNote, links: Links) -> etree.Element:
    """The name of a rule, linked to its section, and each equation in it to that equation."""
    name = element("span", class_="chain-rule")
    rest = rule.name
    for label in rule.uses:
        before, found, after = rest.partition(label)
        if found:
            _append_rule(name, before, rule, links)
            append(name, element("a", label, href=links.equation(label)))
            rest = after
    _append_rule(name, rest, rule, links)
    return name


def _append_rule(name: etree.Element, text: str, rule: RuleNote, links: Links) -> None:
    words = text.strip(" ,")
    if words:
        append(name, element("a", words, href=links.rule(rule.anchor)))
        append(name, " ")
    elif len(name):
        append(name, text)


def _sentence(item: etree.Element) -> etree.Element:
    """A list item as a phrase: its only paragraph is opened, its text and formulas stay."""
    paragraphs = item.findall("p")
    source = paragraphs[0] if len(item) == 1 and len(paragraphs) == 1 else item
    phrase = element("span", class_="chain-sentence")
    phrase.text = source.text
    phrase.extend(list(source))
    return phrase
