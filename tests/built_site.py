"""The site, built once for all tests as it is published, and the server that shows it to a browser."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import yaml

ROOT = Path(__file__).parent.parent
# Below a folder, as the published site is: a link that begins at the top of the host is then dead.
_FOLDER = "the-logistic-gradient"


@dataclass(frozen=True)
class BuiltSite:
    """The folder of the built pages, and the address that they were built for."""

    folder: Path
    url: str
    server: ThreadingHTTPServer

    def page(self, source: str) -> Path:
        """The HTML file of a page of ``docs``."""
        name = Path(source).stem
        return self.folder / ("index.html" if name == "index" else f"{name}/index.html")

    def address(self, source: str) -> str:
        """The address of a page of ``docs``."""
        name = Path(source).stem
        return self.url if name == "index" else f"{self.url}{name}/"

    @contextmanager
    def served(self) -> Iterator[None]:
        """Answer at ``url``."""
        thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield
        self.server.shutdown()
        thread.join()


def sources() -> list[str]:
    """The pages of ``docs``, by name."""
    return sorted(path.name for path in (ROOT / "docs").glob("*.md"))


@cache
def built_site() -> BuiltSite:
    """Build the site with ``mkdocs build --strict`` (never ``-q``, which forgives dead links).

    Raises RuntimeError with what mkdocs printed when it fails.
    """
    top = Path(tempfile.mkdtemp(prefix="site-"))
    atexit.register(shutil.rmtree, top)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(top)))
    atexit.register(server.server_close)
    url = f"http://127.0.0.1:{server.server_port}/{_FOLDER}/"
    # Instant navigation works at the address that the site was built for, and only there.
    config = top / "mkdocs.yml"
    inherited = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "docs"),
        "site_dir": str(top / _FOLDER),
        "site_url": url,
        "watch": [],
        "theme": {"custom_dir": str(ROOT / "theme")},
    }
    config.write_text(yaml.safe_dump(inherited), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"mkdocs build --strict failed:\n{done.stdout}{done.stderr}")
    return BuiltSite(top / _FOLDER, url, server)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing; the tests do."""
