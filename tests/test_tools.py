"""The scripts that set up Python and a browser, on machines that lack something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"

# Pretends to be a Python with the version and the modules that a test gives it.
PYTHON = """#!/bin/sh
case "$*" in
    --version) echo "Python {version}" ;;
    *"version_info < (3, 11)"*) exit {too_old} ;;
    *ensurepip*) [ -e "{venv_module}" ] ;;
    *-venv*) echo "python{version}-venv" ;;
    "-m venv --clear "*) echo "$*" ;;
esac
"""


class Machine:
    """A machine on which nothing is installed but what a test installs."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        self.path = folder / "bin"
        self.path.mkdir()
        for name in ("sh", "dirname", "env", "rm"):
            (self.path / name).symlink_to(Path(shutil.which(name) or "").resolve())

    def install(self, name: str, script: str, folder: Path | None = None) -> Path:
        program = (folder or self.path) / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        return program

    def run(self, tool: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TOOLS / tool, *arguments],
            env={"PATH": str(self.path), "HOME": str(self.home), **variables},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def python(machine: Machine, version: str = "3.11", *, too_old: bool = False) -> None:
    module = machine.home / "venv-module"
    script = PYTHON.format(version=version, too_old=int(too_old), venv_module=module)
    machine.install("python3", script)


def apt(machine: Machine) -> None:
    """An apt-get that says what it was asked for, and installs the venv module."""
    (machine.path / "touch").symlink_to(shutil.which("touch") or "")
    script = f'#!/bin/sh\necho "apt-get $*" >&2\ntouch "{machine.home}/venv-module"\n'
    machine.install("apt-get", script)


def test_an_old_python_is_named_in_one_line(machine: Machine) -> None:
    python(machine, "3.9.6", too_old=True)

    result = machine.run("venv.sh", ".venv")

    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or newer is needed (found: Python 3.9.6).")
    assert result.stderr.count("\n") == 1


def test_a_newer_python_under_another_name_is_found(machine: Machine) -> None:
    python(machine, "3.9.6", too_old=True)
    (machine.home / "venv-module").touch()
    machine.install("python3.12", (machine.path / "python3").read_text().replace("exit 1", "exit 0"))

    result = machine.run("venv.sh", "folder")

    assert result.stdout == "-m venv --clear folder\n"


def test_debian_s_missing_venv_module_is_installed(machine: Machine) -> None:
    python(machine)
    apt(machine)
    machine.install("id", "#!/bin/sh\necho 0\n")

    result = machine.run("venv.sh", "folder")

    assert "install -qq --yes --no-install-recommends python3.11-venv\n" in result.stderr
    assert result.stdout.endswith("-m venv --clear folder\n")


def test_without_root_the_message_says_what_to_install(machine: Machine) -> None:
    python(machine)
    apt(machine)
    machine.install("id", "#!/bin/sh\necho 1000\n")

    result = machine.run("venv.sh", "folder")

    assert result.returncode == 1
    assert "run 'apt-get install python3.11-venv' as root" in result.stderr


def test_a_missing_venv_module_elsewhere_is_said(machine: Machine) -> None:
    python(machine)

    result = machine.run("venv.sh", "folder")

    assert result.returncode == 1
    assert result.stderr.startswith("This Python has no venv module")


def test_a_browser_that_does_not_start_is_passed_over(machine: Machine) -> None:
    """Ubuntu's chromium-browser without its snap is a script that only says so."""
    machine.install("chromium", "#!/bin/sh\nexit 1\n")
    chrome = machine.install("google-chrome", "#!/bin/sh\n")

    assert machine.run("chromium.sh").stdout == f"{chrome}\n"


def test_a_browser_of_macos_is_found(machine: Machine) -> None:
    folder = machine.home / "Applications" / "Google Chrome.app" / "Contents" / "MacOS"
    chrome = machine.install("Google Chrome", "#!/bin/sh\n", folder)

    assert machine.run("chromium.sh").stdout == f"{chrome}\n"


def test_a_missing_browser_is_said_in_one_line(machine: Machine) -> None:
    result = machine.run("chromium.sh", "--install", CHROMIUM=os.devnull)

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("No Chrome or Chromium was found")
    assert result.stderr.count("\n") == 1
