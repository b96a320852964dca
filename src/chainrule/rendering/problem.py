"""A problem on the page that has it, so that an author at work sees it where it is."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from chainrule.messages import format_problem
from chainrule.rendering.elements import element
from chainrule.rendering.links import Links
from chainrule.results import Problem


def problem_box(problem: Problem, links: Links) -> etree.Element:
    """The whole message, with a link to what it means."""
    return element(
        "div",
        element("pre", format_problem(problem), class_="chainrule-message"),
        element("a", "What this message means", href=links.error(problem.code)),
        class_="chainrule-problem",
    )
