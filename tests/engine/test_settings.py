"""The site that a page belongs to is found, and its Markdown is read as the site reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.pages import page_from_text
from chainrule.settings import SettingsError, settings_for

CONFIGURATION = """
site_name: Falling
site_url: https://example.org/falling/
docs_dir: pages
edit_uri: !ENV [EDIT_URI, "edit/"]
markdown_extensions:
  toc:
    permalink: true
  pymdownx.arithmatex:
  pymdownx.emoji:
    emoji_index: !!python/name:pymdownx.emoji.gemoji
  pymdownx.snippets:
    base_path: parts
  pymdownx.highlight:
    use_pygments: true
  chainrule:
    proved_for: all times
"""


def test_the_nearest_configuration_above_counts(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    (tmp_path / "pages" / "deep").mkdir(parents=True)
    settings = settings_for(tmp_path / "pages" / "deep" / "page.md")
    assert settings.root == tmp_path
    assert settings.docs == tmp_path / "pages"
    assert settings.site_url == "https://example.org/falling/"
    assert settings.name(tmp_path / "pages" / "page.md") == "pages/page.md"


def test_the_engine_reads_markdown_as_the_site_does_but_for_itself(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    settings = settings_for(tmp_path)
    assert "chainrule" not in settings.extensions
    assert {"toc", "tables", "fenced_code", "pymdownx.emoji"} <= set(settings.extensions)
    assert callable(settings.options["pymdownx.emoji"]["emoji_index"])
    assert settings.options["pymdownx.snippets"]["base_path"] == [str(tmp_path / "parts")]
    assert settings.options["pymdownx.arithmatex"]["generic"]
    assert not settings.options["pymdownx.highlight"]["use_pygments"]
    assert len(page_from_text("$$\na\n$$\n", "page.md", settings).blocks) == 1


def test_a_site_without_arithmatex_shows_no_mathematics(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [admonition]\n")
    (problem,) = page_from_text("$$\na\n$$\n", "page.md", settings_for(tmp_path)).problems
    assert problem.code == "not-rendered"


def test_a_page_alone_is_called_as_it_is_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    settings = settings_for(tmp_path / "deep" / "page.md")
    assert not settings.configured
    monkeypatch.chdir(tmp_path)
    assert settings.name(tmp_path / "deep" / "page.md") == "deep/page.md"
    monkeypatch.chdir(tmp_path / "deep")
    assert settings.name(tmp_path / "other.md") == (tmp_path / "other.md").as_posix()


BROKEN = {"no YAML": "a: [", "no mapping": "- a\n", "no text": "\xff", "unknown object": "a: !!python/object:os.x {}"}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_configuration_that_cannot_be_read_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"mkdocs\.yml"):
        settings_for(tmp_path)
