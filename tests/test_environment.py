"""One set of versions: the conda list, the lock and what runs."""

import re
import subprocess
import sys
from importlib import metadata

import yaml
from conftest import ROOT
from indicators.data import partitions
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LARGE, SITE = (
    (ROOT / f"requirements-{name}.txt").read_text(encoding="utf-8") for name in ("large", "site")
)
REVIEW = (ROOT / ".ci" / "requirements-review.txt").read_text(encoding="utf-8")


def pinned_by_conda():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [entry for entry in listed if isinstance(entry, str)] + [
        pip for entry in listed if isinstance(entry, dict) for pip in entry["pip"]
    ]
    return dict(re.fullmatch(r"([a-z-]+)(?:==?([\d.a-z]+))?", entry).groups() for entry in plain)


def locked(lock=LOCK):
    lines = [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z]", line)]
    return {canonicalize_name(need.name): need for need in map(Requirement, lines)}


def test_the_named_packages_are_there():
    assert {"jupyterlab", "pandas", "altair", "ipywidgets", "nbval"} <= set(pinned_by_conda())


def test_conda_and_lock_pin_the_same_versions():
    conda = {
        name: version
        for name, version in pinned_by_conda().items()
        if name not in ("python", "pip")
    }
    assert {name: str(locked()[name].specifier) for name in conda} == {
        name: f"=={version}" for name, version in conda.items()
    }


def test_what_runs_is_what_is_locked():
    wanted = {
        name: need for name, need in locked().items() if not need.marker or need.marker.evaluate()
    }
    running = {canonicalize_name(dist.name): dist.version for dist in metadata.distributions()}
    wrong = {
        name: running.get(name)
        for name, need in wanted.items()
        if not need.specifier.contains(running.get(name, "0"))
    }
    assert wrong == {}


def test_every_locked_package_has_hashes_and_no_registry_is_named():
    for lock in (LOCK, LARGE, SITE, REVIEW):
        packages = re.split(r"\n(?=[a-z])", lock)[1:]
        assert [package for package in packages if "--hash=sha256:" not in package] == []
        assert not re.search(r"https?://|--index-url|--find-links", lock)


def test_packages_for_large_tables_stand_beside_the_lab_and_have_one_version_everywhere():
    assert not set(locked()) & set(locked(LARGE))
    pinned = {
        name: str(locked(LARGE)[name].specifier) for name in ("pyarrow", "dask", "distributed")
    }
    makefile, page = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "data/README.md")
    )
    assert (
        dict(
            re.findall(r"(\w+)(==[\d.]+)", re.search("^OPTIONAL = (.*)", makefile, re.MULTILINE)[1])
        )
        == pinned
    )
    for told in (page, partitions.LARGE):
        (conda,) = re.findall("conda install ([^`\\n]+)", told)
        assert {
            name: f"={version}" for name, version in re.findall(r"(\w+)(=[\d.]+)", conda)
        }.items() <= pinned.items()


def test_packages_for_reviewers_stand_beside_the_environment_and_are_those_asked_for():
    review, makefile = locked(REVIEW), (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {name for name in set(locked()) & set(review) if not locked()[name].marker} == set()
    asked = dict(
        re.findall(r"([\w-]+)(==[\d.]+)", re.search("^REVIEW = (.*)", makefile, re.MULTILINE)[1])
    )
    assert {name: str(review[name].specifier) for name in asked} == asked
    assert f"nbgitpuller{asked['nbgitpuller']}" in (ROOT / ".github" / "hub.md").read_text(
        encoding="utf-8"
    )


def test_packages_for_the_site_stand_beside_the_lab_in_the_versions_that_make_names():
    assert not set(locked()) & set(locked(SITE))
    pages = re.search(
        "^PAGES = (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )[1]
    named = {need.name: need.specifier for need in map(Requirement, pages.split())}
    assert {name: locked(SITE)[name].specifier for name in named} == named


def test_conda_runs_a_python_that_make_accepts():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    low, high = re.search(
        r"\((3, \d+)\) <= sys.version_info\[:2\] <= \((3, \d+)\)", makefile
    ).groups()
    supported = range(int(low.split(", ")[1]), int(high.split(", ")[1]) + 1)
    assert int(pinned_by_conda()["python"].split(".")[1]) in supported
    assert sys.version_info.minor in supported


def test_the_code_is_clean():
    for command in (["check"], ["format", "--check"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stdout + run.stderr
