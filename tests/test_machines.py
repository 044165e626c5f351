"""What differs between machines: line ends, encodings, files that are open, names."""

import ast
import gc
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import psutil
import pytest
from conftest import REVIEW, ROOT, commands
from indicators import data
from indicators.data import files
from indicators.data.files import replacing

PACKAGE = sorted((ROOT / "notebooks" / "indicators").rglob("*.py"))


# --- texts: the same bytes everywhere -----------------------------------------------------------


NO_TEXTS = "Image", "os"  # whose `open` gives no text


def loose(text):
    """The calls, by line, that read or write a text as this machine would, not as all do."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if not said(call) >= needed(call)]


def said(call):
    return {keyword.arg for keyword in call.keywords}


def needed(call):
    """What a call must say to mean the same on every machine."""
    is_method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if is_method else getattr(call.func, "id", None)
    if name == "open" and not (is_method and getattr(call.func.value, "id", None) in NO_TEXTS):
        mode = call.args[0 if is_method else 1 :][:1]
        is_bytes = mode and "b" in str(getattr(mode[0], "value", ""))
        return set() if is_bytes else {"encoding", "newline"}
    texts = {"read_text": {"encoding"}, "write_text": {"encoding", "newline"}}
    return texts.get(name, set()) if is_method else set()


def test_every_text_is_read_and_written_alike_on_every_machine():
    found = {path.name: loose(path.read_text(encoding="utf-8")) for path in PACKAGE}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "is_loose"),
    [
        ("path.read_text()", True),
        ("path.read_text(encoding='utf-8')", False),
        ("path.write_text(text, encoding='utf-8')", True),
        ("path.write_text(text, encoding='utf-8', newline='\\n')", False),
        ("open(path)", True),
        ("path.open('w')", True),
        ("path.open('rb')", False),
        ("open(path, 'rb')", False),
    ],
)
def test_a_text_that_depends_on_the_machine_is_told(line, is_loose):
    assert bool(loose(line)) == is_loose


# --- files that another program has open, as Windows sees it ------------------------------------


def refuse(times, number):
    """A `Path.replace` that Windows refuses so many times, with a number of its own."""
    replace, left = Path.replace, [times]

    def refused(path, target):
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "Access is denied", str(path))
            error.winerror = number
            raise error
        return replace(path, target)

    return refused


@pytest.mark.parametrize(
    ("times", "number", "wanted"),
    [
        (0, 5, "new"),
        (3, 5, "new"),
        (3, 32, "new"),
        (99, 32, "close it"),
        (1, None, "Access is denied"),
    ],
)
def test_a_file_that_a_scanner_has_open_is_replaced_and_one_in_a_spreadsheet_is_told(
    tmp_path, monkeypatch, times, number, wanted
):
    path = tmp_path / "kept.csv"
    path.write_text("old")
    monkeypatch.setattr(files, "WAITS", (0, 0, 0, 0))
    monkeypatch.setattr(Path, "replace", refuse(times, number))
    said = ""
    try:
        with replacing(path) as half_done:
            half_done.write_text("new")
    except PermissionError as error:
        said = str(error)
    assert wanted in (said or path.read_text())
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [
        ("kept.csv", "old" if said else "new")
    ]


@pytest.mark.parametrize("name", ["own.xlsx", "own"])
def test_what_was_loaded_is_not_held_open(tmp_path, name):
    own = tmp_path / name
    gc.disable()  # or the garbage might be collected, and the file be closed, just in time
    try:
        data.template(own)
        assert data.faults(own)
        held = [file.path for file in psutil.Process().open_files()]
    finally:
        gc.enable()
    assert [path for path in held if path.startswith(str(tmp_path))] == []


@pytest.mark.parametrize("name", ["own.xlsx", "observations.csv"])
def test_a_table_that_a_spreadsheet_has_open_is_told_with_the_cure(tmp_path, monkeypatch, name):
    own = tmp_path / "own.xlsx" if name == "own.xlsx" else tmp_path / "own"
    data.template(own)

    def locked(path, *rest, **more):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **more)

    opened = Path.open
    monkeypatch.setattr(Path, "open", locked)
    monkeypatch.setattr(Path, "read_bytes", lambda path: locked(path, "rb").read())
    said = [str(fault) for fault in data.faults(own) if fault.file == name]
    assert len(said) == 1 and "(Permission denied); close it in other programs" in said[0]


# --- a clone on Windows, used there or under WSL ------------------------------------------------

TRACKED = (".ci", ".github", "data", "notebooks/indicators", "requirements", "tests")
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


def unfit(names):
    """The paths that Windows cannot have, or not beside one another."""
    wrong = [
        name
        for name in names
        for part in name.split("/")
        if set(part) & set('<>:"|?*\\')
        or part.endswith((" ", "."))
        or part.split(".")[0].lower() in RESERVED
    ]
    small = [name.lower() for name in names]
    return wrong + [name for name in names if small.count(name.lower()) > 1 or len(name) > 120]


def test_every_name_may_stand_on_windows():
    paths = [path for top in TRACKED for path in (ROOT / top).rglob("*")]
    names = [path.relative_to(ROOT).as_posix() for path in paths if path.suffix != ".pyc"]
    assert unfit(names) == []
    assert unfit(["a/b.csv", "a/c.csv", "console.py"]) == []
    wrong = ["aux.py", "a:b.csv", "a/why?.md", "end.", "A/x", "a/x"]
    assert unfit(wrong) == wrong


@pytest.mark.parametrize("attributes", [True, False])
def test_a_clone_on_windows_has_the_line_ends_that_scripts_need(tmp_path, attributes):
    there, clone = tmp_path / "there", tmp_path / "clone"
    for part in (".ci", "data", "requirements"):
        shutil.copytree(ROOT / part, there / part)
    for name in ("Makefile", ".pre-commit-config.yaml", *[".gitattributes"] * attributes):
        shutil.copy(ROOT / name, there)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=true"]
    own = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        [*who, "commit", "--quiet", "--message=All"],
        [*who, "clone", "--quiet", ".", str(clone)],
    ):
        subprocess.run(["git", *command], cwd=there, env=own, check=True, capture_output=True)
    changed = [
        path.name
        for path in clone.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix() and b"\r\n" in path.read_bytes()
    ]
    assert changed == [] if attributes else {"set-up", "pre-commit", "Makefile"} <= set(changed)
    no_python = {"PATH": str(tmp_path / "bin")}
    (tmp_path / "bin").mkdir()
    for tool in ("cmp", "mv", "rm"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    set_up = [shutil.which("sh"), ".ci/set-up", "lab"]
    run = subprocess.run(set_up, cwd=clone, env=no_python, capture_output=True, text=True)
    assert run.stderr.startswith("No Python from 3.11") == attributes


# --- without make -------------------------------------------------------------------------------

OPENED = "notebooks/00-start-here.ipynb"
MAIN = "import sys\n\n\ndef main():\n    print(*sys.argv[1:])\n"


@pytest.fixture
def small(tmp_path):
    """A folder with a lock of one small package, which has what the README starts."""
    wheel = tmp_path / "wheels" / "made_up-1-py3-none-any.whl"
    wheel.parent.mkdir()
    info = "made_up-1.dist-info"
    texts = {
        "jupyterlab/__init__.py": MAIN,
        "jupyterlab/__main__.py": "from jupyterlab import main\n\nmain()\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: made-up\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\njupyter = jupyterlab:main\n",
    }
    record = "".join(f"{name},,\n" for name in [*texts, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, text in (texts | {f"{info}/RECORD": record}).items():
            packed.writestr(name, text)
    lock = tmp_path / "requirements" / "lab.txt"
    lock.parent.mkdir()
    sha = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"made-up==1 \\\n    --hash=sha256:{sha}\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(command, folder):
    """What a command says where `wheels` are all that can be fetched; "" if it fails."""
    settings = {"NO_INDEX": "1", "FIND_LINKS": str(folder / "wheels")}
    own = {f"{tool}_{name}": value for tool in ("UV", "PIP") for name, value in settings.items()}
    own |= {"UV_OFFLINE": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_CACHE_DIR": str(folder / "uv")}
    base = {"PATH": os.pathsep.join([str(Path(sys.base_prefix, "bin")), os.environ["PATH"]])}
    found = os.environ | own | base
    ended = subprocess.run(command, cwd=folder, env=found, capture_output=True, text=True)
    return ended.stdout.strip() if ended.returncode == 0 else ""


def told(start):
    return [command for command in commands("README.md") if command.startswith(start)]


def test_the_line_for_uv_opens_the_first_notebook_whatever_is_in_the_folder(small):
    (line,) = told("uv ")
    _, *rest = shlex.split(line)
    uv = str(REVIEW / "bin" / "uv")
    assert run([uv, *rest], small).endswith(OPENED)
    python = small / ".venv" / "bin" / "python"  # of an environment whose Python has gone
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python3")
    assert run([uv, *rest], small).endswith(OPENED)
    (small / "requirements" / "lab.txt").write_text("other==1\n")
    assert run([uv, *rest], small) == ""


@pytest.mark.slow
def test_the_lines_for_windows_open_the_first_notebook_and_compare_hashes(small):
    make, install, start = told(("py ", ".venv\\"))
    here = {"py ": f"'{sys.executable}' ", "Scripts": "bin", "\\": "/"}
    for there, own in here.items():
        make, install, start = (each.replace(there, own) for each in (make, install, start))
    run(shlex.split(make), small)
    lock = small / "requirements" / "lab.txt"
    right = lock.read_text()
    lock.write_text(right.replace("sha256:", "sha256:0")[:-2] + "\n")
    run(shlex.split(install), small)
    assert run(shlex.split(start), small) == ""
    lock.write_text(right)
    run(shlex.split(install), small)
    assert run(shlex.split(start), small).endswith(OPENED)


def test_the_pythons_of_the_line_for_uv_are_those_that_make_accepts():
    (line,) = told("uv ")
    low, high = re.search(r">=3\.(\d+),<3\.(\d+)", line).groups()
    set_up = (ROOT / ".ci" / "set-up").read_text(encoding="utf-8")
    assert f"(3, {low}) <= sys.version_info[:2] <= (3, {int(high) - 1})" in set_up
