"""Making elements, as briefly as writing them."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from markdown.util import AtomicString


def element(tag: str, *children: etree.Element | str, **attributes: str | None) -> etree.Element:
    """An element with its children; text is taken as it stands, and None attributes are left out.

    A trailing underscore is dropped and inner ones become hyphens: ``class_``, ``data_verdict``.
    """
    made = etree.Element(
        tag,
        {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None},
    )
    for child in children:
        append(made, child)
    return made


def append(parent: etree.Element, child: etree.Element | str) -> None:
    """Add a child at the end; text goes where ElementTree keeps it."""
    if isinstance(child, etree.Element):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = AtomicString((parent[-1].tail or "") + child)
    else:
        parent.text = AtomicString((parent.text or "") + child)


def math(latex: str, class_: str = "arithmatex") -> etree.Element:
    """A displayed formula, in the form that MathJax finds and the site's search leaves out."""
    return element("div", rf"\[ {latex} \]", class_=class_, data_search_exclude="")
