"""What a command is about: paths on the command line become the pages of one site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from chainrule.settings import Settings, settings_for


class SelectionError(Exception):
    """Paths or labels that name nothing that can be checked."""


@dataclass(frozen=True)
class Selection:
    """Pages of one site. ``whole`` tells that none of its pages was left out."""

    settings: Settings
    pages: tuple[Path, ...]
    whole: bool


def select(paths: Sequence[Path]) -> list[Selection]:
    """The pages that the paths name, by site; without a path, those of the site we stand in.

    Raises SelectionError where a path names no page, SettingsError for a broken ``mkdocs.yml``.
    """
    if not paths:
        settings = settings_for(Path.cwd())
        if not settings.configured:
            raise SelectionError("there is no mkdocs.yml here or above: name the pages to check")
        paths = [settings.docs]
    by_root: dict[Path, tuple[Settings, dict[Path, None]]] = {}
    for path in paths:
        settings = settings_for(path)
        _, pages = by_root.setdefault(settings.root, (settings, {}))
        pages.update(dict.fromkeys(_pages(path)))
    return [Selection(settings, tuple(pages), _is_whole(settings, pages)) for settings, pages in by_root.values()]


def _pages(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(file.resolve() for file in path.rglob("*.md"))
        if not found:
            raise SelectionError(f"there is no Markdown file in {path}")
        yield from found
    elif path.is_file():
        yield path.resolve()
    else:
        raise SelectionError(f"there is no file or folder {path}")


def _is_whole(settings: Settings, pages: dict[Path, None]) -> bool:
    found = (file.resolve() for file in settings.docs.rglob("*.md"))
    return settings.configured and all(file in pages for file in found)


def no_such_label(label: str, labels: Sequence[str]) -> SelectionError:
    """The error for a label that no equation has, with the one that it may have been."""
    near = get_close_matches(label, labels, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return SelectionError(f"no equation has the label {label}{hint}")
