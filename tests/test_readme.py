"""What the guides say can be done: their commands exist, their links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.site_copy import SiteCopy

ROOT = Path(__file__).parents[1]
GUIDES = [ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"]
README = GUIDES[0].read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

CODE = re.compile(r"^```sh\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)]+)\)")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def commands(text: str) -> set[str]:
    """Every `make` target that the text names in code."""
    code = "\n".join(fence or span for fence, span in CODE.findall(text))
    return set(re.findall(r"^make ([a-z]+)", code, re.MULTILINE))


def links() -> list[tuple[Path, str]]:
    """Every relative link, with the guide that it stands in."""
    found = {(path, link) for path in GUIDES for link in LINK.findall(path.read_text("utf-8"))}
    return sorted((path, link) for path, link in found if "://" not in link)


def test_the_readme_names_the_two_commands() -> None:
    assert {"serve", "test"} <= commands(README)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_command_is_a_target(path: Path) -> None:
    assert commands(path.read_text("utf-8")) - TARGETS == set()


@pytest.mark.parametrize(("path", "link"), links(), ids=lambda part: getattr(part, "name", part))
def test_link_leads_to_a_file(path: Path, link: str) -> None:
    assert (path.parent / link.partition("#")[0]).exists()


def test_the_message_is_the_engines_own(site: SiteCopy) -> None:
    """The message in the README is what comes of a wrong sign in the last line of the main chain, word for word."""
    last = "\\left[ h_\\theta(x^{(i)}) - y^{(i)} \\right] x_j^{(i)}\n\\end{aligned}\n\\label{gradient/full}"
    site.edit("docs/gradient.md", last, last.replace("- y", "+ y"))

    _, output, _ = site.run("check")
    said = output.partition("\n\n")[0]

    shown = README.partition("<!-- message:begin -->")[2].partition("<!-- message:end -->")[0]
    assert f"```text\n{said}\n```" == shown.strip()
