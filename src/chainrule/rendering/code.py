"""Code on a page, in the markup that the site's fenced code has."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from chainrule.rendering.elements import element


def code_html(source: str, language: str) -> str:
    """Highlighted source as HTML; ``language`` is a name that Pygments knows."""
    formatter = HtmlFormatter(cssclass=f"language-{language} highlight", wrapcode=True)
    html: str = highlight(source, get_lexer_by_name(language), formatter)
    return html.strip()


def code_block(md: Markdown, source: str, language: str) -> etree.Element:
    """Highlighted source as an element, kept from any further reading as Markdown."""
    return element("p", md.htmlStash.store(code_html(source, language)))
