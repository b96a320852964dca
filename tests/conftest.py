"""Fixtures that tests of several folders share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chainrule.site import check_site
from tests.site_copy import FIXTURE, SITE, SiteCopy, copy_site


@pytest.fixture
def fixture_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> SiteCopy:
    """A fresh copy of the small site about falling and fitting; nothing is remembered."""
    monkeypatch.setenv("CHAINRULE_CACHE", "off")
    copy_site(FIXTURE, tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    return SiteCopy(tmp_path / "site", capsys)


@pytest.fixture(scope="session")
def checked_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project's site that was checked once, so that what holds is remembered."""
    root = tmp_path_factory.mktemp("checked") / "site"
    copy_site(SITE, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CHAINRULE_CACHE", raising=False)
        check_site(root)
    return root


@pytest.fixture
def site(
    checked_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> SiteCopy:
    """A fresh copy of this project's site, with what holds on it remembered."""
    monkeypatch.delenv("CHAINRULE_CACHE", raising=False)
    shutil.copytree(checked_site, tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    return SiteCopy(tmp_path / "site", capsys)
