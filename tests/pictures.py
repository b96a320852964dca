"""Makes the README's picture from the real site: ``python -m tests.pictures``."""

from __future__ import annotations

import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.built_site import ROOT, built_site

_TARGET = ROOT / "docs/assets/readme/page.png"
_LARGEST = 200 * 1024


def main() -> int:
    """Write the picture of the derivation; the result is the exit status."""
    site = built_site()
    command = [str(ROOT / "tools/chromium.sh")]
    chromium = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    _TARGET.parent.mkdir(exist_ok=True)
    with site.served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        size = {"width": 1280, "height": 900}
        page = browser.new_page(viewport=size, color_scheme="light")
        page.goto(site.address("gradient.md") + "#the-derivation")
        page.wait_for_function("document.documentElement.dataset.math === 'drawn'")
        page.wait_for_timeout(500)  # the header's title changes places while the page scrolls
        page.screenshot(path=_TARGET)
        browser.close()
    weight = _TARGET.stat().st_size
    print(f"{_TARGET.relative_to(ROOT)}: {weight // 1024} KB")
    return 0 if weight <= _LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
