"""A chain of lines as an ordered list: every line with its anchor, and why it follows from the line before."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from chainrule.rendering.elements import append, element, math
from chainrule.rendering.links import Links
from chainrule.rendering.problem import problem_box
from chainrule.rendering.width import width
from chainrule.rendering.words import step_verdict
from chainrule.results import EquationResult, LineResult, RuleNote, StepResult, Verdict

# Up to this width, in letters, the left side stands in one row with the first relation, as in a textbook.
_LEFT_SIDE = 7.0
_EM_PER_LETTER = 0.75


def chain(equation: EquationResult, sentences: list[etree.Element], links: Links) -> etree.Element:
    """The list of the lines of an equation with a label; the sentences are the items of the page's own list."""
    left = width(equation.lines[0].latex)
    if left <= _LEFT_SIDE:
        rows = element("ol", class_="chain chain-beside", style=f"--left: {_EM_PER_LETTER * left:.1f}em")
    else:
        rows = element("ol", class_="chain")
    for number, line in enumerate(equation.lines, start=1):
        row = _row(f"{equation.label}/{number}", number, line)
        if number > 1:
            sentence = sentences[number - 2] if number - 2 < len(sentences) else None
            _justify(row, equation.steps[number - 2], sentence, links)
        rows.append(row)
    return rows


def _row(anchor: str, number: int, line: LineResult) -> etree.Element:
    latex = line.latex.strip().strip("&").strip()
    shown = f"{{}} {line.relation.replace('&', '').strip()} {latex}" if line.relation else latex
    permalink = element(
        "a", str(number), class_="chain-number", href=f"#{anchor}", title=f"Link to line {number}"
    )
    return element("li", math(shown, "chain-math arithmatex"), permalink, class_="chain-line", id=anchor)


def _justify(row: etree.Element, step: StepResult, sentence: etree.Element | None, links: Links) -> None:
    why = element("div", class_="chain-why")
    if step.rule is not None:
        append(why, rule_name(step.rule, links))
        append(why, " ")
    if sentence is not None:
        append(why, _sentence(sentence))
        append(why, " ")
    if step.rule is None or step.verdict is not Verdict.DEFINITION:  # the rule's name says that one
        append(why, _verdict(step, links))
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
    """The name of a rule, linked to its section; an equation that it uses is linked to that equation."""
    name = element("span", class_="chain-rule")
    rest = rule.name
    for label in rule.uses:
        before, found, rest = rest.partition(label)
        if not found:
            rest = before
            continue
        append(name, element("a", before.strip(), href=links.rule(rule.anchor)))
        append(name, " ")
        append(name, element("a", label, href=links.equation(label)))
    if rest.strip():
        append(name, element("a", rest.strip(), href=links.rule(rule.anchor)))
    return name


def _sentence(item: etree.Element) -> etree.Element:
    """A list item as a phrase: its only paragraph is opened, its text and formulas stay."""
    paragraphs = item.findall("p")
    source = paragraphs[0] if len(item) == 1 and len(paragraphs) == 1 else item
    phrase = element("span", class_="chain-sentence")
    phrase.text = source.text
    phrase.extend(list(source))
    return phrase


def shows_as_chain(equation: EquationResult) -> bool:
    """Whether every line of a block was found; if not, the block is shown as it stands."""
    complete = len(equation.steps) >= 1 and len(equation.lines) == len(equation.steps) + 1
    return complete and equation.verdict not in (Verdict.DECLARATION, Verdict.UNREADABLE)
