"""One set of versions: the conda list, the locks, what make names and what runs."""

import re
import subprocess
import sys
from importlib import metadata

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("requirements/*.txt")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SET_UP = (ROOT / ".ci" / "set-up").read_text(encoding="utf-8")
BESIDE = ["large", "review", "site"]  # what stands beside the environment, each in its folder


def pinned_by_conda():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [entry for entry in listed if isinstance(entry, str)] + [
        pip for entry in listed if isinstance(entry, dict) for pip in entry["pip"]
    ]
    return dict(re.fullmatch(r"([a-z-]+)(?:==?([\d.a-z]+))?", entry).groups() for entry in plain)


def locked(name):
    """The requirements of a lock, by package."""
    lines = [line.rstrip(" \\") for line in LOCKS[name].splitlines() if re.match(r"[a-z]", line)]
    return {canonicalize_name(need.name): need for need in map(Requirement, lines)}


def asked_for(name):
    """The packages, with versions such as ==1.2, that the Makefile names for a lock."""
    (line,) = re.findall(f"^{name.upper()}_PACKAGES = (.*)", MAKEFILE, re.MULTILINE)
    return {need.name: str(need.specifier) for need in map(Requirement, line.split())}


def test_the_named_packages_are_there():
    assert {"jupyterlab", "pandas", "altair", "ipywidgets", "nbval"} <= set(pinned_by_conda())


def test_conda_and_lock_pin_the_same_versions():
    conda = {
        name: f"=={version}"
        for name, version in pinned_by_conda().items()
        if name not in ("python", "pip")
    }
    lab = locked("lab")
    assert {name: str(lab[name].specifier) for name in conda} == conda


def test_what_runs_is_what_is_locked():
    running = {canonicalize_name(dist.name): dist.version for dist in metadata.distributions()}
    wrong = {
        name: running.get(name)
        for name, need in locked("lab").items()
        if not need.marker or need.marker.evaluate()
        if not need.specifier.contains(running.get(name, "0"))
    }
    assert wrong == {}


def test_the_locks_are_those_that_make_writes():
    assert set(LOCKS) == {"lab", *BESIDE}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_registry_is_named(name):
    packages = re.split(r"\n(?=[a-z])", LOCKS[name])[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"https?://|--index-url|--find-links", LOCKS[name])


@pytest.mark.parametrize("name", BESIDE)
def test_packages_beside_the_lab_are_none_of_its_own_in_the_versions_that_make_names(name):
    lab, beside = locked("lab"), locked(name)
    again = [package for package in beside if package in lab and not lab[package].marker]
    assert again == []
    named = asked_for(name)
    assert {package: str(beside[package].specifier) for package in named} == named


def test_conda_is_told_the_versions_for_large_tables_that_make_has():
    pages = [ROOT / "data" / "README.md", *(ROOT / "notebooks" / "indicators").rglob("*.py")]
    told = [
        {name: f"=={version}" for name, version in re.findall(r"(\w+)=([\d.]+)", line)}
        for page in pages
        for line in re.findall("conda install [^`\n]+", page.read_text(encoding="utf-8"))
    ]
    assert len(told) >= 2  # the page on data, and the hint of who has not installed them
    assert [
        named for named in told if not named or named.items() - asked_for("large").items()
    ] == []


def test_the_page_for_administrators_names_the_puller_that_is_tested():
    page = (ROOT / ".github" / "hub.md").read_text(encoding="utf-8")
    assert f"nbgitpuller{asked_for('review')['nbgitpuller']}" in page


def test_conda_runs_a_python_that_make_accepts():
    accepted = re.search(r"\(3, (\d+)\) <= sys.version_info\[:2\] <= \(3, (\d+)\)", SET_UP)
    low, high = map(int, accepted.groups())
    assert low <= int(pinned_by_conda()["python"].split(".")[1]) <= high
    assert low <= sys.version_info.minor <= high


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_the_code_is_clean(command):
    ruff = [sys.executable, "-m", "ruff", *command.split(), "."]
    run = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
