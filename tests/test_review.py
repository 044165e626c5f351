"""With the programs of `make review`: diffs by cell, checks before a commit, what a hub builds.

A change is read by cell and checked before it is committed; a hub builds and pulls what is right.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.parse

import pytest
from conftest import NOTEBOOKS, REVIEW, ROOT, commands

FIRST = NOTEBOOKS[0].relative_to(ROOT)
AUTHOR = {
    f"GIT_{who}_{what}": "reader@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}
NO_OTHERS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_PAGER": "cat"}
CHOOSE = """
import json, sys
from repo2docker.__main__ import make_r2d
app = make_r2d([*sys.argv[1:-1], "--user-id=1000", "--user-name=jovyan", sys.argv[-1]])
packs = (kind(base_image=app.base_image) for kind in app.buildpacks)
pack = next(pack for pack in packs if pack.detect())
pack.platform, pack.appendix = "linux/amd64", app.appendix
print(json.dumps({
    "pack": type(pack).__name__,
    "python": pack.python_version,
    "environment": pack.environment_yaml_path,
    "run": app.run,
    "image": app.output_image_spec,
    "dockerfile": pack.render(),
}))
"""
PULL = """
import sys
from nbgitpuller.pull import GitPuller
print(*GitPuller(sys.argv[1], sys.argv[2], branch="main").pull())
"""

ASK = """
import sys
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import AsyncHTTPClient
async def ask():
    address = server.connection_url.rstrip("/") + sys.argv[1]
    answer = await AsyncHTTPClient().fetch(address, headers={"Authorization": "token secret"})
    print(answer.body.decode())
    server.stop(from_signal=True)
server = ServerApp()
server.initialize([
    "--ServerApp.jpserver_extensions={'nbgitpuller': True}",
    "--IdentityProvider.token=secret",
    "--ServerApp.port=0",
    "--ServerApp.open_browser=False",
    "--ServerApp.root_dir=.",
    "--allow-root",
])
server.io_loop.add_callback(ask)
server.start()
"""


def asked(*command, folder, environment=None):
    """What a program says, once it has ended well."""
    found = os.environ | NO_OTHERS | AUTHOR | (environment or {})
    run = subprocess.run(command, cwd=folder, env=found, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def beside(code, *arguments, folder):
    """What Python code says that finds the packages for reviewers."""
    found = {"PYTHONPATH": str(REVIEW)}
    return asked(sys.executable, "-c", code, *arguments, folder=folder, environment=found)


@pytest.fixture
def clone(tmp_path):
    """The repository as a clone with one commit, in which `make review` has been called."""
    folder = tmp_path / "clone"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".ipynb_checkpoints", ".*_cache", ".jupyter", ".hypothesis"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    asked("git", "init", "--quiet", "--initial-branch=main", folder=folder)
    (folder / ".git" / "info" / "exclude").write_text(".venv\n")
    there = ["--old-file=.venv/ready", "--old-file=.venv/review/ready"]
    asked("make", *there, "review", folder=folder)
    asked("git", "add", ".", folder=folder)
    asked("git", "commit", "--quiet", "--no-verify", "--message=All", folder=folder)
    return folder


def changed(path, change):
    """Write a notebook anew after `change` was called with it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def first_cell(notebook, text):
    notebook["cells"][0]["source"] = [text]


def last_cell(notebook, text):
    notebook["cells"][-1]["source"] = [text]


def one_more_cell(notebook, text):
    notebook["cells"].append(notebook["cells"][-1] | {"id": "more", "source": [text]})


def worded(notebook):
    """Change a line of code, and all pictures, as running it would."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells[0]["source"][-1] = cells[0]["source"][-1] + "  # seen"
    for shown in [output["data"] for cell in cells for output in cell["outputs"]]:
        if "image/png" in shown:
            shown["image/png"] = "iVBORw0KGgo" + "A" * 400


def test_a_diff_shows_the_line_that_changed_and_no_picture(clone):
    changed(clone / FIRST, worded)
    plain = asked("git", "diff", "--no-ext-diff", folder=clone / "data")
    shown = asked("git", "diff", folder=clone / "data")
    assert "AAAAAAAA" in plain and "image/png" in plain
    lines = [line for line in shown.splitlines() if line.startswith(("\x1b[32m+", "+"))]
    assert [line for line in lines if "# seen" in line] and len(shown.splitlines()) < 30
    assert "AAAA" not in shown and "image/png" not in shown


def test_changes_of_two_people_to_one_notebook_are_merged_by_cell(clone):
    asked("git", "switch", "--quiet", "--create", "other", folder=clone)
    changed(clone / FIRST, lambda notebook: first_cell(notebook, "# Another question?"))
    asked("git", "commit", "--quiet", "--no-verify", "--all", "--message=Ask", folder=clone)
    asked("git", "switch", "--quiet", "main", folder=clone)
    changed(clone / FIRST, lambda notebook: one_more_cell(notebook, "More."))
    asked("git", "commit", "--quiet", "--no-verify", "--all", "--message=Add", folder=clone)
    asked("git", "merge", "--quiet", "--no-edit", "other", folder=clone)
    cells = json.loads((clone / FIRST).read_text(encoding="utf-8"))["cells"]
    assert [cells[0]["source"], cells[-1]["source"]] == [["# Another question?"], ["More."]]


def commit(folder):
    """The checks before a commit of all that changed: whether they pass, and what they say."""
    asked("git", "add", ".", folder=folder)
    found = os.environ | NO_OTHERS | AUTHOR | {"PRE_COMMIT_HOME": str(folder.parent / "cache")}
    run = subprocess.run(
        ["git", "commit", "--message=Change"], cwd=folder, env=found, capture_output=True, text=True
    )
    return run.returncode == 0, run.stdout + run.stderr


def test_the_repository_passes_the_checks_before_a_commit(clone):
    found = {"PYTHONPATH": str(REVIEW), "PRE_COMMIT_HOME": str(clone.parent / "cache")}
    run = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    said = asked(*run, folder=clone, environment=found)
    assert said.count("Passed") == 4 and "Skipped" not in said


def renumbered(notebook):
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["execution_count"] = 7


def unnumbered(folder):
    changed(folder / FIRST, renumbered)


def unformatted(folder):
    path = folder / "notebooks" / "indicators" / "data" / "files.py"
    path.write_text(path.read_text(encoding="utf-8") + "import os\n", encoding="utf-8")


def faulty(folder):
    path = folder / "data" / "places.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("zhejiang", "zhejang", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (unnumbered, "notebooks were run from top to bottom"),
        (unformatted, "code keeps the rules"),
        (faulty, "data have no fault"),
    ],
)
def test_a_commit_with_a_fault_is_refused(clone, spoil, check):
    before = asked("git", "rev-parse", "HEAD", folder=clone)
    spoil(clone)
    passed, said = commit(clone)
    assert not passed and re.search(rf"^{check}.*Failed$", said, re.MULTILINE), said
    assert asked("git", "rev-parse", "HEAD", folder=clone) == before


def test_a_commit_of_words_is_let_through(clone):
    (clone / "data" / "README.md").write_text("# The data\n", encoding="utf-8")
    passed, said = commit(clone)
    assert passed, said


def test_the_image_for_a_hub_has_the_environment_and_the_puller(clone):
    _, *options = shlex.split(commands(".github/hub.md")[0])
    built = json.loads(beside(CHOOSE, *options, folder=clone))
    dockerfile = built.pop("dockerfile")
    assert built == {
        "pack": "CondaBuildPack",
        "python": "3.12",
        "environment": "environment.yml",
        "run": False,
        "image": "shaoxing",
    }
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in dockerfile
    assert dockerfile.rstrip().endswith("RUN pip install --no-cache-dir nbgitpuller==1.3.0")


def test_the_puller_understands_the_link_for_a_class(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    link = re.search(r"^\[class\]: https://HUB/hub/user-redirect(/.+)$", readme, re.MULTILINE)[1]
    page = beside(ASK, link, folder=tmp_path)
    found = re.findall(r'data-(repo|branch|path|targetpath)="([^"]*)"', page)
    told = {name: urllib.parse.unquote(value) for name, value in found}
    asked_for = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
    assert told == {"path": asked_for.pop("urlpath")} | asked_for


def test_a_link_followed_again_brings_what_is_new_and_keeps_what_is_the_student_s(clone):
    address, mine = clone.as_uri(), clone.parent / "shaoxing"
    beside(PULL, address, str(mine), folder=clone.parent)
    (mine / "notebooks" / "my-answers.ipynb").write_text("mine", encoding="utf-8")
    (mine / "notebooks" / "later.ipynb").write_text("mine, too", encoding="utf-8")
    (mine / "LICENSE").unlink()
    changed(mine / FIRST, lambda notebook: first_cell(notebook, "# My question?"))
    changed(clone / FIRST, lambda notebook: first_cell(notebook, "# Theirs?"))
    changed(clone / FIRST, lambda notebook: last_cell(notebook, "Theirs."))
    (clone / "notebooks" / "later.ipynb").write_text("theirs", encoding="utf-8")
    asked("git", "add", ".", folder=clone)
    asked("git", "commit", "--quiet", "--no-verify", "--message=New", folder=clone)
    beside(PULL, address, str(mine), folder=clone.parent)
    cells = json.loads((mine / FIRST).read_text(encoding="utf-8"))["cells"]
    assert [cells[0]["source"], cells[-1]["source"]] == [["# My question?"], ["Theirs."]]
    folder = mine / "notebooks"
    paths = [*folder.glob("my-answers*.ipynb"), *folder.glob("later*.ipynb")]
    texts = {path.name.split("__")[0] + "__" * ("__" in path.name): path for path in paths}
    assert {name: path.read_text(encoding="utf-8") for name, path in texts.items()} == {
        "my-answers.ipynb": "mine",
        "later.ipynb": "theirs",
        "later__": "mine, too",
    }
    assert (mine / "LICENSE").exists()
