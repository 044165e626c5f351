"""The targets of make, with a python3 that only writes down what it is asked to do."""

import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT, copy_of_bundle
from indicators import editions
from jupyter_server.auth.identity import IdentityProvider, PasswordIdentityProvider
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from voila.configuration import VoilaConfiguration

PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >> "{log}"
printf '%s\\n' "$2:$PIP_USER:$PIP_TARGET:$PYTHONPATH" >> "{log}-of-settings"
case "$*" in
  -c*names*) echo 00-first 01-second ;;
  -c*) exit {version_refused} ;;
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip install"*) [ ! -e "{stopped}" ] || kill -TERM $PPID; [ ! -e "{broken}" ] ;;
esac
"""
VENV = "-m venv .venv"
OWN = ["00-start-here-Copy1.ipynb", "08-mine.ipynb", "Untitled.ipynb", "answers/mine.ipynb"]
OWN += ["test_mine.py", ".ipynb_checkpoints/00-start-here-checkpoint.ipynb"]
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
        self.folder, self.log = path / "my bundle", path / "log"
        self.broken, self.stopped = path / "broken", path / "stopped"  # pip, while these are there
        self.folder.mkdir()
        (self.folder / "notebooks").mkdir()
        shutil.copy(ROOT / "Makefile", self.folder)
        for part in ("requirements", ".ci"):
            shutil.copytree(ROOT / part, self.folder / part)
        tools = path / "bin"
        tools.mkdir()
        for tool in ("make", "sh", "rm", "mkdir", "mv", "cp", "cmp", "id"):
            (tools / tool).symlink_to(shutil.which(tool))
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
            (tools / name).write_text(
                PYTHON.format(
                    log=self.log,
                    broken=self.broken,
                    stopped=self.stopped,
                    version_refused=version_refused,
                )
            )
            (tools / name).chmod(0o755)
        self.path = str(tools)

    def make(self, *asked, cwd="/", **own):
        command = [shutil.which("make"), "-C", str(self.folder), *asked]
        return subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | {"PATH": self.path} | own,
            capture_output=True,
            text=True,
        )

    def asked(self):
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line for line in lines if not line.startswith(("-c", "-Ic"))]

    def new_lock(self, name="lab"):
        with (self.folder / "requirements" / f"{name}.txt").open("a", encoding="utf-8") as lock:
            lock.write("# another version\n")


@pytest.fixture
def bundle(tmp_path):
    return Bundle(tmp_path)


def test_make_lab_sets_up_once_and_then_only_starts(bundle):
    assert bundle.make("lab").returncode == 0
    first = bundle.asked()
    assert first[0] == VENV
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


def test_a_set_up_that_failed_is_done_again(bundle):
    bundle.broken.touch()
    run = bundle.make("lab")
    assert run.returncode != 0 and "run make again with a network" in run.stderr
    assert not any("jupyterlab" in line for line in bundle.asked())
    bundle.broken.unlink()
    assert bundle.make("lab").returncode == 0
    assert bundle.asked()[0] == VENV


def test_a_lock_is_installed_when_it_says_something_new_and_not_when_it_was_only_touched(bundle):
    bundle.make("test")
    bundle.asked()
    lock = bundle.folder / "requirements" / "lab.txt"
    os.utime(lock, (2_000_000_000, 2_000_000_000))
    bundle.make("test")
    assert VENV not in bundle.asked()
    bundle.new_lock()
    os.utime(lock, (1, 1))  # as an archive that was unpacked over the folder leaves it
    bundle.make("test")
    assert bundle.asked()[0] == VENV


@pytest.mark.parametrize("how", ["broken", "stopped"])
def test_what_works_stays_until_the_new_is_whole(bundle, how):
    bundle.make("lab")
    own, before = bundle.folder / ".venv" / "own", bundle.folder / ".venv-before"
    own.touch()
    bundle.new_lock()
    getattr(bundle, how).touch()
    bundle.asked()
    run = bundle.make("lab")
    assert run.returncode != 0 and own.exists() and not before.exists()
    assert ".venv is what it was before; `make -o .venv/ready lab` does with that." in run.stderr
    bundle.asked()
    assert bundle.make("-o", ".venv/ready", "lab").returncode == 0
    (start,) = bundle.asked()
    assert start.startswith("-m jupyterlab")
    getattr(bundle, how).unlink()
    assert bundle.make("lab").returncode == 0
    assert not own.exists() and not before.exists()


def test_what_works_is_taken_again_after_a_set_up_that_was_cut_off(bundle):
    bundle.make("lab")
    there, before = bundle.folder / ".venv", bundle.folder / ".venv-before"
    there.rename(before)
    there.mkdir()  # half made, as the power went
    bundle.asked()
    assert bundle.make("lab").returncode == 0 and not before.exists()
    (start,) = bundle.asked()
    assert start.startswith("-m jupyterlab")
    before.mkdir()  # or half removed, once the new was whole
    bundle.make("lab")
    assert bundle.asked() == [start] and not before.exists()


def test_packages_beside_stay_until_the_new_are_whole(bundle):
    bundle.make("lab", "LARGE=1")
    own = bundle.folder / ".venv" / "large" / "own"
    own.touch()
    bundle.new_lock("large")
    bundle.broken.touch()
    assert bundle.make("lab", "LARGE=1").returncode != 0 and own.exists()
    bundle.broken.unlink()
    assert bundle.make("lab", "LARGE=1").returncode == 0 and not own.exists()


def test_an_environment_whose_python_has_gone_is_made_anew(bundle):
    bundle.make("lab")
    bundle.asked()
    python = bundle.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert bundle.make("lab").returncode == 0
    assert bundle.asked()[0] == VENV


def test_settings_of_a_user_for_pip_and_python_change_nothing(bundle):
    told = bundle.log.with_name("log-of-settings")
    own = {"PIP_USER": "1", "PIP_TARGET": "/elsewhere", "PYTHONPATH": "/opt/ros"}
    assert bundle.make("lab", "LARGE=1", **own).returncode == 0
    lines = told.read_text().splitlines()
    assert [line for line in lines if line.startswith("pip:")] == ["pip:::"] * 2
    assert [line for line in lines if "/opt/ros" in line] == []


@pytest.mark.parametrize("option", ["--no-user", "--user"])
def test_pip_installs_into_the_environment_though_its_file_says_for_the_user(tmp_path, option):
    wheel, file = tmp_path / "made_up-1-py3-none-any.whl", tmp_path / "pip.conf"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr(
            "made_up-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: made-up\nVersion: 1\n"
        )
        packed.writestr("made_up-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
    file.write_text("[install]\nuser = yes\n")
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-deps"]
    settings = {"PIP_CONFIG_FILE": str(file)}
    run = subprocess.run([*pip, option, str(wheel)], env=os.environ | settings, capture_output=True)
    assert (run.returncode == 0) == (option == "--no-user"), run.stderr
    assert "--no-user" in (ROOT / ".ci" / "set-up").read_text(encoding="utf-8")


SETTINGS = """
c.ServerApp.root_dir, c.ServerApp.port, c.ServerApp.token = "/", 9999, ""
c.IdentityProvider.token = ""
"""


@pytest.fixture
def home(tmp_path):
    """The home of a user whose own JupyterLab is open to all, and whose IPython says much."""
    for name in ("jupyter_lab_config.py", "jupyter_server_config.py"):
        (tmp_path / ".jupyter").mkdir(exist_ok=True)
        (tmp_path / ".jupyter" / name).write_text(SETTINGS)
    profile = tmp_path / ".ipython" / "profile_default" / "ipython_config.py"
    profile.parent.mkdir(parents=True)
    profile.write_text("c.InteractiveShell.ast_node_interactivity = 'all'\n")
    return tmp_path


def under_make(home, code):
    """What Python code says where make starts it, for a user with this home."""
    starts = ["make", "-C", str(ROOT), "-o", ".venv/ready", "lab", "LAB="]
    program = home / "program"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c \"$CODE\"\n")
    program.chmod(0o755)
    own = {"HOME": str(home), "CODE": code, "JUPYTER_CONFIG_PATH": str(home / ".jupyter")}
    set_by_make = "JUPYTER_", "IPYTHONDIR"
    found = {name: each for name, each in os.environ.items() if not name.startswith(set_by_make)}
    run = [*starts, f"PYTHON={program}"], [sys.executable, "-c", code]
    return [
        subprocess.run(each, env=found | own, capture_output=True, text=True).stdout for each in run
    ]


def test_a_server_takes_nothing_from_the_settings_of_its_user(home):
    code = """
from jupyter_core.application import JupyterApp
for name in ("jupyter_lab_config", "jupyter_server_config"):
    app = JupyterApp(config_file_name=name)
    app.load_config_file()
    print("found", *(f"{owner}.{name}" for owner in app.config for name in app.config[owner]))
"""
    under, plain = under_make(home, code)
    assert under.count("found") == plain.count("found ServerApp.root_dir ") == 2
    assert plain.count("IdentityProvider.token") == 2
    assert not re.search("token|root_dir|port", under)


def test_a_kernel_takes_nothing_from_the_settings_of_its_user(home):
    code = """
from IPython.terminal.ipapp import TerminalIPythonApp
app = TerminalIPythonApp()
app.initialize(["--no-banner"])
print("found", app.shell.ast_node_interactivity)
"""
    under, plain = under_make(home, code)
    assert "found last_expr\n" in under and plain == "found all\n"


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


def test_make_check_says_nothing_before_the_faults(bundle):
    bundle.make("lab")
    run = bundle.make("check")
    assert bundle.asked()[-1] == "tests/check.py"
    assert [line for line in run.stdout.splitlines() if not line.startswith("make")] == []


def test_make_refresh_runs_every_notebook_and_draws_the_picture(bundle):
    for own in ("00-first-Copy1.ipynb", "08-mine.ipynb", "Untitled.ipynb"):
        (bundle.folder / "notebooks" / own).touch()
    bundle.make("refresh")
    run, draw = bundle.asked()[-2:]
    assert "nbconvert" in run and "--execute --inplace" in run
    assert "--KernelManager.transport_encryption=auto" in run  # else each kernel prints a warning
    assert run.endswith("notebooks/00-first.ipynb notebooks/01-second.ipynb")
    assert draw == "-m indicators.site.picture .github"


def test_the_makefile_asks_the_package_for_the_notebooks_of_the_bundle(tmp_path):
    (asks,) = re.findall(r'-c \\\n  ("from .*names.*")\)', (ROOT / "Makefile").read_text())
    run = subprocess.run(
        [sys.executable, "-c", asks.strip('"')],
        env=os.environ | {"PYTHONPATH": str(ROOT / "notebooks")},
        capture_output=True,
        text=True,
    )
    assert run.stdout.split() == editions.names()


def test_make_test_runs_the_notebooks_of_the_bundle_and_none_of_a_reader(tmp_path):
    bundle = copy_of_bundle(tmp_path / "a bundle")
    shutil.copytree(ROOT / "tests", bundle / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", bundle)
    folder = bundle / "notebooks"
    for own in OWN:
        (folder / own).parent.mkdir(exist_ok=True)
        (folder / own).write_text("{ no notebook")
    asked = ["-n0", "-q", "--collect-only", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *asked, "tests/test_net.py", "notebooks"],
        cwd=bundle,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout
    found = {line.split("::")[0] for line in run.stdout.splitlines() if "::Cell" in line}
    assert found == {f"notebooks/{name}.ipynb" for name in editions.names()}


@pytest.mark.parametrize(
    ("own", "opened"),
    [
        ({"LANG": "en_US.UTF-8"}, "notebooks/00-start-here.ipynb"),
        ({"LANG": "zh_CN.UTF-8"}, "notebooks/zh/00-start-here.ipynb"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "notebooks/00-start-here.ipynb"),
    ],
)
def test_the_edition_of_the_readers_language_is_opened(bundle, own, opened):
    bundle.make("lab", **{"LC_ALL": ""} | own)
    assert f"default_url=/lab/tree/{opened}" in bundle.asked()[-1]
    bundle.make("dashboard", **{"LC_ALL": ""} | own)
    assert f"root_dir={opened.removesuffix('00-start-here.ipynb')} " in bundle.asked()[-1]


def test_a_language_on_the_command_line_counts_more_than_the_locale(bundle):
    for asked, locale, folder in (("zh", "en_US.UTF-8", "zh/"), ("en", "zh_CN.UTF-8", "")):
        bundle.make("lab", f"LANG={asked}", LC_ALL=locale)
        assert f"/notebooks/{folder}00-start-here.ipynb" in bundle.asked()[-1]


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
