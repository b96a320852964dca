"""The site that a page belongs to: where it begins, and how its Markdown is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

_OWN = ("chainrule", "chainrule.markdown_extension")
_ALWAYS = ("toc", "tables", "fenced_code")  # what MkDocs adds by itself
_DEFAULT = (
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.arithmatex",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)


class SettingsError(Exception):
    """A ``mkdocs.yml`` that cannot be read."""


@dataclass(frozen=True)
class Settings:
    """A site: its folder, the folder of its pages, its address, and its Markdown extensions.

    ``configured`` tells whether there is a ``mkdocs.yml``.
    """

    root: Path
    docs: Path
    configured: bool = False
    site_url: str = ""
    extensions: tuple[str, ...] = ()
    options: dict[str, dict[str, Any]] = field(default_factory=dict)

    def name(self, path: Path) -> str:
        """How a file is called in messages: from the site's root, else from where we stand."""
        for base in (self.root if self.configured else Path.cwd(), Path.cwd()):
            if path.resolve().is_relative_to(base):
                return path.resolve().relative_to(base).as_posix()
        return path.resolve().as_posix()


def settings_for(start: Path) -> Settings:
    """The settings of the site that a file or folder belongs to.

    The nearest ``mkdocs.yml`` above it counts; without one, the folder itself is the site, and
    common extensions are assumed. Raises SettingsError where the file cannot be read.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for parent in (folder, *folder.parents):
        if (parent / "mkdocs.yml").is_file():
            return _configured(parent)
    options = _adapted({"pymdownx.tabbed": {"alternate_style": True}}, folder)
    return Settings(folder, folder, extensions=(*_ALWAYS, *_DEFAULT), options=options)


def _configured(root: Path) -> Settings:
    loaded = _load(root / "mkdocs.yml")
    names, options = _extensions(loaded.get("markdown_extensions") or ())
    return Settings(
        root=root,
        docs=root / str(loaded.get("docs_dir") or "docs"),
        configured=True,
        site_url=str(loaded.get("site_url") or ""),
        extensions=tuple(dict.fromkeys((*_ALWAYS, *names))),
        options=_adapted(options, root),
    )


def _extensions(listed: Any) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """MkDocs allows a list of names and one-entry mappings, or one mapping."""
    entries = [listed] if isinstance(listed, dict) else listed
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for entry in entries:
        for name, given in (entry if isinstance(entry, dict) else {entry: None}).items():
            if name not in _OWN:
                names.append(str(name))
                options[str(name)] = dict(given or {})
    return names, options


def _adapted(options: dict[str, dict[str, Any]], root: Path) -> dict[str, dict[str, Any]]:
    """Options for reading a page alone: plain formulas, no highlighting, folders from the root."""
    adapted = {**options}
    adapted["pymdownx.arithmatex"] = {**options.get("pymdownx.arithmatex", {}), "generic": True}
    for highlighter in ("pymdownx.highlight", "codehilite"):
        if highlighter in options:
            adapted[highlighter] = {**options[highlighter], "use_pygments": False}
    if "pymdownx.snippets" in options:
        bases = options["pymdownx.snippets"].get("base_path", ["."])
        bases = [bases] if isinstance(bases, str) else bases
        adapted["pymdownx.snippets"] = {
            **options["pymdownx.snippets"],
            "base_path": [str(root / base) for base in bases],
        }
    return adapted


def _load(path: Path) -> dict[str, Any]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads plain data, and names of functions as MkDocs does; it never calls anything."""

    def named(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
        module, _, attribute = suffix.rpartition(".")
        try:
            return getattr(import_module(module), attribute)
        except (ImportError, AttributeError, ValueError):
            return None

    def unknown(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
        return node.value if isinstance(node, yaml.ScalarNode) else None

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", named)
    Loader.add_multi_constructor("!", unknown)
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    if not isinstance(loaded, dict):
        raise SettingsError(f"{path}: a mapping was expected")
    return loaded
