"""The targets of make, with a python3 that only writes down what it is asked to do."""

import os
import re
import shutil
import subprocess

import pytest
from conftest import ROOT
from jupyter_server.auth.identity import IdentityProvider, PasswordIdentityProvider
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from voila.configuration import VoilaConfiguration

PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >> "{log}"
case "$*" in
  -c*) exit {version_refused} ;;
  "-m venv --clear .venv") rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip install"*) [ ! -e "{broken}" ] ;;
esac
"""
CONFIGURABLE = [
    ServerApp,
    IdentityProvider,
    PasswordIdentityProvider,
    MappingKernelManager,
    VoilaConfiguration,
]


class Bundle:
    """A copy of what make needs, in a folder with a space; its PATH has only the Python above."""

    def __init__(self, path, version_refused=0):
        self.folder, self.log, self.broken = path / "my bundle", path / "log", path / "broken"
        self.folder.mkdir()
        (self.folder / "notebooks").mkdir()
        shutil.copy(ROOT / "Makefile", self.folder)
        shutil.copytree(ROOT / "requirements", self.folder / "requirements")
        tools = path / "bin"
        tools.mkdir()
        for tool in ("make", "sh", "rm", "mkdir", "cp", "touch", "id"):
            (tools / tool).symlink_to(shutil.which(tool))
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
            (tools / name).write_text(
                PYTHON.format(log=self.log, broken=self.broken, version_refused=version_refused)
            )
            (tools / name).chmod(0o755)
        self.path = str(tools)

    def make(self, *asked, cwd="/"):
        command = [shutil.which("make"), "-C", str(self.folder), *asked]
        return subprocess.run(
            command, cwd=cwd, env=os.environ | {"PATH": self.path}, capture_output=True, text=True
        )

    def asked(self):
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line for line in lines if not line.startswith("-c")]


@pytest.fixture
def bundle(tmp_path):
    return Bundle(tmp_path)


def test_make_lab_sets_up_once_and_then_only_starts(bundle):
    assert bundle.make("lab").returncode == 0
    first = bundle.asked()
    assert first[0] == "-m venv --clear .venv"
    assert "--require-hashes -r requirements/lab.txt" in first[1]
    assert first[-1].startswith("-m jupyterlab")
    assert bundle.make("lab").returncode == 0
    assert bundle.asked() == first[-1:]


@pytest.mark.parametrize(
    ("target", "first"), [("lab", "/lab/tree/notebooks/"), ("dashboard", "/voila/render/")]
)
def test_make_opens_the_first_notebook_for_this_machine_only_with_a_token(bundle, target, first):
    bundle.make(target)
    start = bundle.asked()[-1]
    assert "--ServerApp.ip=127.0.0.1" in start
    assert f"default_url={first}00-start-here.ipynb" in start
    assert "token" not in start and "password" not in start and "--no-browser" not in start


def test_an_interrupted_set_up_is_done_again(bundle):
    bundle.broken.touch()
    assert bundle.make("lab").returncode != 0
    assert not any("jupyterlab" in line for line in bundle.asked())
    bundle.broken.unlink()
    assert bundle.make("lab").returncode == 0
    assert bundle.asked()[0] == "-m venv --clear .venv"


def test_a_new_lock_is_installed(bundle):
    bundle.make("test")
    bundle.asked()
    os.utime(bundle.folder / "requirements" / "lab.txt", (2_000_000_000, 2_000_000_000))
    bundle.make("test")
    assert bundle.asked()[0] == "-m venv --clear .venv"


def test_without_a_python_of_a_supported_version_there_is_one_clear_line(tmp_path):
    run = Bundle(tmp_path, version_refused=1).make("lab")
    said = [line for line in run.stderr.splitlines() if not line.startswith("make")]
    assert run.returncode != 0
    (line,) = said
    assert line.startswith("No Python from 3.11 to 3.14 was found: install one (https://")
    assert line.endswith("/) and run make again.")


def test_make_test_and_make_test_slow_run_every_test_once(bundle):
    asked = []
    for target in ("test", "test-slow"):
        bundle.make(target)
        asked += [line for line in bundle.asked() if line.startswith("-m pytest")]
    fast, slow = "-m pytest -m not slow or smoke", "-m pytest -m slow and not smoke"
    assert asked == [fast, f"{fast} tests/large", slow, f"{slow} tests/large"]


def test_make_refresh_runs_every_notebook_and_draws_the_picture(bundle):
    for name in ("00-first.ipynb", "01-second.ipynb"):
        (bundle.folder / "notebooks" / name).touch()
    bundle.make("refresh")
    run, draw = bundle.asked()[-2:]
    assert "nbconvert" in run and "--execute --inplace" in run
    assert run.endswith("notebooks/00-first.ipynb notebooks/01-second.ipynb")
    assert draw == "-m indicators.site.picture .github"


def test_make_lab_finds_the_packages_for_large_tables_when_asked_to(bundle):
    said = bundle.make("lab", "LARGE=1").stdout
    assert [line for line in bundle.asked() if "--target .venv/large" in line]
    assert f'PYTHONPATH="{bundle.folder}/.venv/large" .venv/bin/python -m jupyterlab' in said


def test_every_setting_that_the_page_for_administrators_names_exists():
    page = (ROOT / ".github" / "hub.md").read_text(encoding="utf-8")
    settings = {kind.__name__: set(kind.class_traits(config=True)) for kind in CONFIGURABLE}
    named = [pair for pair in re.findall(r"`(\w+)\.(\w+)`", page) if pair[0] in settings]
    assert {owner for owner, _ in named} == set(settings)
    assert [f"{owner}.{name}" for owner, name in named if name not in settings[owner]] == []


def test_packages_beside_the_environment_are_set_up_once_and_only_when_asked_for(bundle):
    bundle.make("lab")
    assert not any("--target" in line for line in bundle.asked())
    for target in ("test", "test"):
        bundle.make(target)
    setups = [line for line in bundle.asked() if "--target" in line]
    for name in ("large", "review"):
        (setup,) = [line for line in setups if line.endswith(f"-r requirements/{name}.txt")]
        assert f"--no-deps --require-hashes --target .venv/{name} " in setup


def test_make_site_sets_up_its_packages_once_and_writes_into_one_folder(bundle):
    for _ in range(2):
        assert bundle.make("site").returncode == 0
    asked = bundle.asked()
    (setup,) = [line for line in asked if "requirements/site.txt" in line]
    assert "--no-deps --require-hashes --target .venv/site" in setup
    assert asked[-1] == "-m indicators.site site"
