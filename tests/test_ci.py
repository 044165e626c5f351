"""What a CI machine does is what CONTRIBUTING.md says, on the versions that make accepts."""

import re
from types import SimpleNamespace

import yaml
from conftest import ROOT, commands, photograph, scope
from PIL import Image

FLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
(JOB,) = FLOW["jobs"].values()
SCRIPT = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_ci_runs_on_every_push_and_pull_request_and_may_only_read():
    assert set(FLOW[True]) == {"push", "pull_request"}  # YAML reads `on` as true
    assert FLOW["permissions"] == {"contents": "read"}


def test_ci_runs_the_commands_for_tests_of_the_readme():
    assert [step["run"] for step in JOB["steps"] if "run" in step] == [".ci/run"]
    tests = ["make test", "make test-slow"]
    assert SCRIPT.splitlines()[-2:] == tests and set(tests) <= set(commands("README.md"))
    assert "export CI=true" in SCRIPT
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_tests_that_share_a_kernel_or_a_page_go_to_one_worker():
    cells = {scope(f"notebooks/01-how.ipynb::Cell {number}") for number in range(9)}
    pages = {scope(f"tests/test_lab_{name}.py::test_it[a::b]") for name in ("marks", "access")}
    others = {scope(f"tests/test_{name}.py::test_it") for name in ("data", "growth")}
    assert [len(found) for found in (cells, pages, others)] == [1, 1, 2]


def test_make_test_runs_a_slow_test_of_each_kind():
    kinds = ["fuzz", "hostile", "processes", "lab_notebooks", "firefox", "smoke", "net"]
    files = [ROOT / "tests" / f"test_{kind}.py" for kind in kinds]
    files.append(ROOT / "tests" / "large" / "test_scale.py")
    sampled = re.compile(r"mark\.smoke|, pytest\.param\(300, |marks=pytest\.mark\.slow")
    assert [file.name for file in files if not sampled.search(file.read_text("utf-8"))] == []


def test_ci_runs_the_oldest_and_the_newest_python_that_make_accepts():
    set_up = (ROOT / ".ci" / "set-up").read_text(encoding="utf-8")
    accepted = re.search(r"\((3, \d+)\) <= sys.version_info\[:2\] <= \((3, \d+)\)", set_up).groups()
    assert JOB["strategy"]["matrix"]["python"] == [
        version.replace(", ", ".") for version in accepted
    ]
    assert JOB["container"]["image"] == "python:${{ matrix.python }}-trixie"


def test_ci_installs_the_packages_that_the_pages_name():
    installed = set(re.search("apt-get install (.*) >", SCRIPT)[1].split())
    assert installed >= {
        "git",
        "make",
        "python3-venv",
        "chromium",
        "firefox-esr",
        "fonts-noto-cjk",
        "poppler-utils",
    }


def test_actions_are_named_with_their_version():
    used = [step["uses"] for step in JOB["steps"] if "uses" in step]
    assert [
        name for name in used if not re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", name)
    ] == []


def test_ci_keeps_what_pages_showed_when_a_test_failed(browser, tmp_path):
    (kept,) = [step["with"] for step in JOB["steps"] if step.get("if") == "failure()"]
    assert (kept["path"], kept["include-hidden-files"], kept["if-no-files-found"]) == (
        ".pytest_cache/pages",
        True,
        "ignore",
    )
    context = browser.new_context(viewport={"width": 90, "height": 60})
    context.new_page()
    photograph([SimpleNamespace(contexts=[context])], tmp_path, "test_it[of/a page]")
    context.close()
    assert [Image.open(path).size for path in tmp_path.glob("test_it-of-a-page--0.png")] == [
        (90, 60)
    ]
