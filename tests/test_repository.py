"""What must hold of the repository itself, whatever it says about mathematics."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("*.lock")}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

# Written in parts, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("conda", "anaconda", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
    ]
]
MACHINE_PATH = re.compile(r"(?<![\w./:-])/(?:work|root|home/\w+|Users/\w+)/")
PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def tracked_texts() -> dict[str, str]:
    """Path and content of every text file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    contents = {name: (ROOT / name).read_bytes() for name in paths}
    return {name: content.decode(errors="replace") for name, content in contents.items() if b"\0" not in content}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return tracked_texts()


def requirements(lock: str) -> dict[str, str]:
    """The text of each requirement in a lock file, by package name."""
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE).strip())
    return {entry.partition("==")[0]: entry for entry in entries}


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_a_package_registry(texts: dict[str, str], host: str) -> None:
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    found = {name: MACHINE_PATH.findall(text) for name, text in texts.items()}

    assert {name: paths for name, paths in found.items() if paths} == {}


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    for entry in requirements(LOCKS[name]).values():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry)


def test_the_test_lock_holds_the_site_lock() -> None:
    site = requirements(LOCKS["requirements-site.lock"])
    test = requirements(LOCKS["requirements-test.lock"])

    assert site.items() <= test.items()


def test_every_declared_dependency_is_locked() -> None:
    project = PROJECT["project"]
    groups = [
        project["dependencies"],
        PROJECT["build-system"]["requires"],
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    declared = {re.split(r"[<>=]", item)[0] for group in groups for item in group}

    assert declared <= requirements(LOCKS["requirements-test.lock"]).keys()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    uses = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    remote = [use for use in uses if not use.startswith("./")]

    assert [use for use in remote if not PINNED.fullmatch(use)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_right_that_a_job_does_not_name(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert set(job["permissions"].items()) <= {
            ("contents", "read"),
            ("pages", "write"),
            ("id-token", "write"),
        }
        assert "uses" in job or job["timeout-minutes"] <= 30


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_checkout_leaves_no_credentials_behind(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", [])]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]

    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_a_pull_request_never_runs_with_secrets(texts: dict[str, str]) -> None:
    workflows = [texts[f".github/workflows/{path.name}"] for path in WORKFLOWS]

    assert not any("pull_request_target" in text or "secrets." in text for text in workflows)


def test_contributing_is_short() -> None:
    assert len((ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)

    assert citation["version"] == version
    assert newest is not None
    assert newest[1] == version


def test_the_page_on_citing_says_what_the_citation_file_says() -> None:
    """Title, version and address are typed in two places; they agree, wherever the page breaks its lines."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    page = " ".join((ROOT / "docs" / "cite.md").read_text(encoding="utf-8").split())

    assert page.count(citation["title"]) == 2
    assert page.count(f"Version {citation['version']}") == 2
    assert citation["url"] in page
