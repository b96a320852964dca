"""The built site: all that was checked is shown, nothing else is, and no link is dead."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as etree

import pytest

from chainrule.results import PageReport, Verdict
from chainrule.site import report_for
from tests.built_site import ROOT, BuiltSite, built_site, sources
from tests.html_tree import has_class, text, tree, with_class

PAGES = sources()
# Attributes that make a browser fetch something when it opens a page.
_FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
_CSS_ADDRESS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
_RAW_TEX = re.compile(r"\$\$|\\(?:begin|frac|sum|label|partial|theta|left|\[|\()")


@pytest.fixture(scope="module")
def site() -> BuiltSite:
    return built_site()


@cache
def report(source: str) -> PageReport:
    return report_for((ROOT / "docs" / source).read_text(encoding="utf-8"))


@cache
def html(path: Path) -> etree.Element:
    return tree(path)


@cache
def anchors(path: Path) -> frozenset[str]:
    return frozenset(found for element in html(path).iter() if (found := element.get("id")))


@pytest.mark.parametrize("source", PAGES)
def test_every_equation_checked_is_a_figure(site: BuiltSite, source: str) -> None:
    figures = with_class(html(site.page(source)), "equation", "figure")
    shown = [(figure.get("id"), figure.get("data-verdict")) for figure in figures]
    assert shown == [(equation.label, equation.verdict.value) for equation in report(source).equations]


@pytest.mark.parametrize("source", PAGES)
def test_every_line_and_every_inline_formula_read_is_shown(site: BuiltSite, source: str) -> None:
    page = html(site.page(source))
    lines = sum(
        len(equation.lines) if with_class(figure, "chain", "ol") else 1
        for equation, figure in zip(report(source).equations, with_class(page, "equation", "figure"), strict=True)
    )
    assert len(with_class(page, "arithmatex", "div")) == lines
    assert len(with_class(page, "arithmatex", "span")) == len(report(source).inlines)
    assert len(with_class(page, "arithmatex")) == lines + len(report(source).inlines)


@pytest.mark.parametrize("source", PAGES)
def test_every_chain_has_its_anchors_rules_and_sentences(site: BuiltSite, source: str) -> None:
    figures = with_class(html(site.page(source)), "equation", "figure")
    for equation, figure in zip(report(source).equations, figures, strict=True):
        rows = with_class(figure, "chain-line", "li")
        if not rows:
            assert equation.verdict is Verdict.DECLARATION or not equation.steps
            continue
        numbers = range(1, len(equation.lines) + 1)
        assert [row.get("id") for row in rows] == [f"{equation.label}/{n}" for n in numbers]
        rules = [text(rule) for rule in with_class(figure, "chain-rule")]
        assert rules == [step.rule.name for step in equation.steps if step.rule]
        assert len(with_class(figure, "chain-sentence")) == len(equation.sentences)


@pytest.mark.parametrize("source", PAGES)
def test_every_snippet_is_shown_whole(site: BuiltSite, source: str) -> None:
    figures = with_class(html(site.page(source)), "equation", "figure")
    for equation, figure in zip(report(source).equations, figures, strict=True):
        shown = ["".join(code.itertext()) for code in figure.iter("code")]
        expected = [(ROOT / equation.snippet).read_text("utf-8")] if equation.snippet else []
        assert [code.strip() for code in shown] == [code.strip() for code in expected]


@pytest.mark.parametrize("source", PAGES)
def test_every_quoted_slip_has_its_message(site: BuiltSite, source: str) -> None:
    slips = [
        message
        for message in with_class(html(site.page(source)), "chainrule-message", "pre")
        if message.get("data-verdict")
    ]
    expected = [slip.message for slip in report(source).rejected]
    assert ["".join(slip.itertext()).strip() for slip in slips] == [m.strip() for m in expected]


@pytest.mark.parametrize("source", PAGES)
def test_every_wrong_variant_has_its_witness(site: BuiltSite, source: str) -> None:
    expected = [inline for inline in report(source).inlines if inline.witness]
    assert len(with_class(html(site.page(source)), "witness", "small")) == len(expected)


@pytest.mark.parametrize("source", PAGES)
def test_no_latex_is_left_outside_formulas_and_code(site: BuiltSite, source: str) -> None:
    article = next(html(site.page(source)).iter("article"))
    assert [prose for prose in _prose(article) if _RAW_TEX.search(prose)] == []


def _prose(element: etree.Element) -> list[str]:
    if element.tag in ("code", "pre", "script", "style") or has_class(element, "arithmatex"):
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_prose(child), child.tail or ""]
    return found


@pytest.mark.parametrize("source", PAGES)
def test_anchors_are_unique(site: BuiltSite, source: str) -> None:
    ids = [found for element in html(site.page(source)).iter() if (found := element.get("id"))]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("source", PAGES)
def test_no_link_is_dead(site: BuiltSite, source: str) -> None:
    dead = []
    for element in html(site.page(source)).iter():
        for address in filter(None, (element.get("href"), element.get("src"))):
            target = urlsplit(urljoin(site.address(source), address))
            if target.geturl().startswith(site.url) and not _exists(site, target.path, target.fragment):
                dead.append(address)
    assert dead == []


def _exists(site: BuiltSite, path: str, fragment: str) -> bool:
    file = site.folder / unquote(path).removeprefix(urlsplit(site.url).path)
    if file.is_dir():
        file = file / "index.html"
    if not file.is_file():
        return False
    return fragment == "" or file.suffix != ".html" or unquote(fragment) in anchors(file)


def test_nothing_is_fetched_from_another_host(site: BuiltSite) -> None:
    foreign = [
        (path.name, address)
        for path in site.folder.rglob("*")
        if path.suffix in (".html", ".css")
        for address in _fetched(path)
        if urlsplit(address).netloc and not address.startswith(site.url)
    ]
    assert foreign == []


def _fetched(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    found = [first or second for first, second in _CSS_ADDRESS.findall(source)]
    if path.suffix == ".html":
        found += [
            element.get(_FETCHED[element.tag], "")
            for element in html(path).iter()
            if element.tag in _FETCHED and element.get("rel") != "canonical"
        ]
    return [address for address in found if not address.startswith("data:")]


def test_every_page_can_be_edited_and_its_source_viewed(site: BuiltSite) -> None:
    for source in PAGES:
        links = {link.get("href", "") for link in html(site.page(source)).iter("a")}
        assert any(link.endswith(f"/edit/main/docs/{source}") for link in links), source
        assert any(link.endswith(f"/raw/main/docs/{source}") for link in links), source
