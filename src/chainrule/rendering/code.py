"""Code on a page, in the markup that the site's fenced code has."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from markdown import Markdown
from pymdownx.highlight import Highlight

from chainrule.rendering.elements import element


def code_html(md: Markdown, source: str, language: str) -> str:
    """Highlighted source as HTML; a language that Pygments does not know is shown plain."""
    html: str = Highlight(md).highlight(source, language, "highlight", classes=[f"language-{language}"])
    return html


def code_block(md: Markdown, source: str, language: str) -> etree.Element:
    """Highlighted source as an element, kept from any further reading as Markdown."""
    return element("p", md.htmlStash.store(code_html(md, source, language)))
