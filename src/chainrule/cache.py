"""Remembers what held, between runs: content-addressed, and never trusted beyond its digest.

Only results without a problem are kept, so a message is always made anew from what is there now.
``CHAINRULE_CACHE=off`` in the environment turns it off.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_MOST = 5_000  # entries kept: a site of this kind has some hundreds
_PACKAGES = ("sympy", "mpmath", "lark", "numpy", "markdown", "pymdown-extensions")


class Cache:
    """Entries by key, in one file of the project. Nothing here ever fails: it is only a memory."""

    def __init__(self, root: Path | None) -> None:
        off = os.environ.get("CHAINRULE_CACHE", "").lower() == "off"
        folder = None if root is None or off else root / ".cache" / "chainrule"
        self._file = folder / "verdicts.json" if folder is not None else None
        self._known = _load(self._file) if self._file is not None else {}
        self._used: dict[str, Any] = {}

    def key(self, *parts: object) -> str:
        """The key of what these values, and this engine, decide."""
        return digest(engine_digest(), *parts) if self._file is not None else ""

    def get(self, key: str) -> Any | None:
        """The entry of a key, if there is one."""
        found = self._known.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def put(self, key: str, entry: Any) -> None:
        """Keep an entry, which must be JSON."""
        if self._file is not None:
            self._used[key] = entry

    @property
    def used(self) -> dict[str, Any]:
        """The entries asked for or made in this run."""
        return dict(self._used)

    def save(self) -> None:
        """Write the entries, those of this run last; of others only as many as there is room for."""
        if self._file is None or all(self._known.get(k) == v for k, v in self._used.items()):
            return
        others = {k: v for k, v in self._known.items() if k not in self._used}
        entries = dict(list({**others, **self._used}.items())[-_MOST:])
        try:
            _write(self._file, entries)
        except OSError:  # a read-only project is checked as well as any
            return
        self._known = entries


def digest(*parts: object) -> str:
    """The digest of a sequence of values that are told apart by their ``repr``."""
    return sha256(repr(parts).encode()).hexdigest()


@cache
def engine_digest() -> str:
    """A digest of the engine's source and of the versions that it computes with."""
    hashed = sha256(sys.version.encode())
    for name in _PACKAGES:
        hashed.update(f"\n{name} {_version(name)}".encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".lark"):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _load(file: Path) -> dict[str, Any]:
    """The entries of a file; none where it is absent, torn, or not written by this program."""
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    if head != sha256(body.encode()).hexdigest():
        return {}
    try:
        entries = json.loads(body)
    except json.JSONDecodeError:
        return {}
    return entries if isinstance(entries, dict) else {}


def _write(file: Path, entries: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    body = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix="verdicts-")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"{sha256(body.encode()).hexdigest()}\n{body}")
    Path(temporary).replace(file)
