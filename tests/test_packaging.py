"""The package as somebody else would install it."""

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return ZipFile(built)


def test_wheel_holds_every_file_of_the_engine(wheel: ZipFile) -> None:
    source = ROOT / "src"
    files = (path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc")

    assert {path.relative_to(source).as_posix() for path in files} <= set(wheel.namelist())


@pytest.mark.parametrize("name", ["chainrule/latex/latex.lark", "chainrule/py.typed"])
def test_wheel_holds_the_grammar_and_the_mark_of_types(wheel: ZipFile, name: str) -> None:
    assert name in wheel.namelist()


def test_wheel_holds_nothing_of_the_course(wheel: ZipFile) -> None:
    folders = {name.partition("/")[0] for name in wheel.namelist()}

    assert folders == {"chainrule", f"chainrule-{PROJECT['version']}.dist-info"}


def test_core_needs_three_packages_only() -> None:
    """The core also runs in a browser, where NumPy, Markdown and pytest are not to be had."""
    names = [dependency.partition(">")[0] for dependency in PROJECT["dependencies"]]

    assert names == ["lark", "mpmath", "sympy"]
