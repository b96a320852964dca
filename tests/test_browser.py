"""The site in a real browser: on a desk and on a phone, by day and by night, offline but for itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.built_site import ROOT, BuiltSite, built_site, sources

PAGES = sources()
_WIDTHS = {"desk": 1280, "phone": 375}
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    # Without the rest, Chromium asks its maker's hosts for updates, accounts and suggestions.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
_DRAWN = "document.documentElement.dataset.math === 'drawn'"

_UNDRAWN = """() => [...document.querySelectorAll('.arithmatex')].filter(formula => {
    const box = formula.querySelector('mjx-container mjx-math')?.getBoundingClientRect();
    return !box || box.width < 2 || box.height < 2;
  }).map(formula => formula.textContent)"""

_RAW_TEX = r"""() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      const code = parentElement.closest('code, pre, script, style, noscript');
      if (!code && /\\[([]|\\(frac|sum|begin|label)|\$\$/.test(textContent)) found.push(textContent);
    }
    return found;
  }"""

_UNREACHABLE = """() => [...document.querySelectorAll('.arithmatex, .chainrule-message')]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0)
    .map(box => box.textContent)"""

# WCAG 2: the contrast of each text with the colours behind it, at least 4.5, or 3 for large text.
_FAINT = """() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const opacity = element => {
      let product = 1;
      for (let e = element; e; e = e.parentElement) product *= getComputedStyle(e).opacity;
      return product;
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((c, k) => c * a + below[k] * (1 - a));
    const behind = element => {
      const layers = [];
      for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
      return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const light = colour => {
      const [r, g, b] = colour.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      const text = texts.currentNode.textContent.trim();
      if (!text || element.closest('script, style, noscript, mjx-assistive-mml')) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const below = behind(element);
      const [r, g, b, a] = rgba(style.color);
      const shown = over([r, g, b, a * opacity(element)], below);
      const [bright, dark] = [light(shown), light(below)].sort((one, other) => other - one);
      const ratio = (bright + 0.05) / (dark + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      if (ratio < (large ? 3 : 4.5)) {
        found.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${text.slice(0, 40)}`);
      }
    }
    return [...found];
  }"""


@dataclass
class Visit:
    """A tab, and all that goes wrong in it."""

    page: Page
    site: BuiltSite
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        note = self.faults.append
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: note(f"error: {error}"))
        self.page.on("requestfailed", lambda request: note(f"failed: {request.url}"))
        self.page.route(lambda url: not self._ours(url), self._refuse)

    def open(self, source: str, fragment: str = "") -> None:
        """Open a page of ``docs``, and wait until its formulas are drawn."""
        self.page.goto(self.site.address(source) + fragment)
        self.page.wait_for_function(_DRAWN)

    def find(self, script: str) -> Any:
        """What a script finds on the page."""
        return self.page.evaluate(script)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _ours(self, url: str) -> bool:
        return url.startswith((self.site.url, "data:", "blob:"))

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"off-site: {route.request.url}")
        route.abort()


@pytest.fixture(scope="module")
def site() -> Iterator[BuiltSite]:
    built = built_site()
    with built.served():
        yield built


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = subprocess.run([str(ROOT / "tools/chromium.sh")], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found.stdout.strip(), args=_OPTIONS)
        yield launched
        launched.close()


@pytest.fixture
def desk(browser: Browser, site: BuiltSite) -> Iterator[Visit]:
    with browser.new_context(viewport={"width": _WIDTHS["desk"], "height": 900}) as context:
        yield Visit(context.new_page(), site)


@pytest.mark.parametrize("width", _WIDTHS.values(), ids=_WIDTHS)
@pytest.mark.parametrize("source", PAGES)
def test_page_is_legible(browser: Browser, site: BuiltSite, source: str, width: int) -> None:
    size = {"width": width, "height": 900}
    with browser.new_context(viewport=size, color_scheme="light") as context:
        visit = Visit(context.new_page(), site)
        visit.open(source)
        assert visit.find(_UNDRAWN) == []
        assert visit.find(_RAW_TEX) == []
        assert visit.page.locator("mjx-merror, [data-mjx-error]").count() == 0
        assert visit.find("document.documentElement.scrollWidth") <= width
        assert visit.find(_UNREACHABLE) == []
        assert visit.find(_FAINT) == []
        visit.page.emulate_media(color_scheme="dark")
        visit.page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
        assert visit.find(_FAINT) == []
        assert visit.faults == []


def test_an_address_leads_to_its_line(desk: Visit) -> None:
    desk.open("gradient.md", "#gradient/full/9")
    top = desk.find("document.getElementById('gradient/full/9').getBoundingClientRect().top")
    assert 0 < top < 300
    assert desk.faults == []


def test_formulas_are_drawn_again_after_navigation_without_a_new_document(desk: Visit) -> None:
    desk.open("index.md")
    desk.find("window.stays = true")
    desk.page.locator(".md-nav__link[href$='/gradient/'] >> visible=true").first.click()
    desk.page.wait_for_url("**/gradient/")
    desk.page.wait_for_function(f"document.querySelector('figure.equation') && {_DRAWN}")
    assert desk.find("window.stays") is True
    assert desk.find(_UNDRAWN) == []
    assert desk.find("document.querySelectorAll('style[id^=MJX]').length") >= 1
    assert desk.faults == []


def test_formulas_break_anew_when_the_width_changes(desk: Visit) -> None:
    desk.open("gradient.md")
    desk.page.set_viewport_size({"width": 375, "height": 900})
    desk.page.wait_for_function("document.querySelectorAll('.chain mjx-linestack').length > 9")
    desk.page.wait_for_function(_DRAWN)
    assert desk.find("document.documentElement.scrollWidth") <= 375
    assert desk.find(_UNREACHABLE) == []
    assert desk.faults == []


def test_a_snippet_opens_and_can_be_copied(desk: Visit) -> None:
    desk.open("gradient.md")
    snippet = desk.page.locator("figure[id='gradient/full'] details")
    snippet.locator("summary").click()
    assert "because" in snippet.locator("code").inner_text()
    assert snippet.locator("button.md-code__button").first.is_visible()
    assert desk.faults == []


def test_the_search_finds_an_equation(desk: Visit) -> None:
    desk.open("index.md")
    desk.page.locator(".md-search__input").click()
    desk.page.keyboard.type("sigmoid")
    desk.page.locator(".md-search-result__item").first.wait_for()
    assert desk.faults == []
