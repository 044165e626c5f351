"""What the pages tell to do is done by a test: each command, line of code, link, path, name."""

import importlib
import json
import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import bench
import pytest
import yaml
from conftest import NOTEBOOKS, ROOT, blocks, commands, copy_of_bundle
from indicators import data
from indicators.site import picture
from markdown_it import MarkdownIt
from PIL import Image
from servers import settled
from test_house import rooms
from test_template import FIGURE, SOURCE, fill
from traitlets.config import Config

PAGES = ["README.md", "CONTRIBUTING.md", ".github/hub.md", "data/README.md", "README.zh.md"]
PACKAGE = ROOT / "notebooks" / "indicators"
SOURCES = "PYTHONPATH=notebooks .venv/bin/python -m indicators.sources report.txt city-report-2023"
SECTION_ON_REPORTS = "test_the_section_leads_from_the_text_of_a_report_to_a_table_that_fits_it"
IMAGE = (
    "jupyter-repo2docker --no-run --image-name shaoxing "
    '--appendix "RUN pip install --no-cache-dir nbgitpuller==1.3.0" .'
)
LAB = "jupyter lab notebooks/00-start-here.ipynb"
UV = 'uv run --no-project --python ">=3.11,<3.15" --with-requirements requirements/lab.txt '
ON_WINDOWS = "test_the_lines_for_windows_open_the_first_notebook_and_compare_hashes"
PYTEST = ".venv/bin/python -m pytest -n0"
RUN = {  # the test that runs a command
    "make lab": "test_every_chart_is_there_before_anything_is_run",
    "make lab LANG=zh": "test_the_edition_of_the_readers_language_is_opened",
    "make lab LARGE=1": "test_make_lab_finds_the_packages_for_large_tables_when_asked_to",
    "make dashboard": "test_all_charts_and_no_code_are_shown_and_no_menu_is_spoken_of",
    "make site": "test_make_site_sets_up_its_packages_once_and_writes_into_one_folder",
    "make check": "test_make_check_says_nothing_before_the_faults",
    "make test": "test_make_test_and_make_test_slow_run_every_test_once",
    "make test-slow": "test_make_test_and_make_test_slow_run_every_test_once",
    "make key": "test_the_key_has_every_question_answer_and_argument",
    "make course": "test_one_command_writes_all_pages_and_none_is_put_under_version_control",
    "make answers": "test_the_commands_of_make_are_those_of_the_modules",
    "make collect FOLDER=handed-in": "test_the_command_writes_both_kinds_of_table",
    "make refresh": "test_make_refresh_runs_every_notebook_and_draws_the_picture",
    "make review": "test_a_diff_shows_the_line_that_changed_and_no_picture",
    "pdftotext -layout report.pdf report.txt": "test_the_first_command_gets_the_lines_of_a_pdf",
    f"{SOURCES} --rows > left.csv": SECTION_ON_REPORTS,
    SOURCES: SECTION_ON_REPORTS,
    LAB: "test_the_last_line_for_conda_opens_the_first_notebook",
    UV + LAB: "test_the_line_for_uv_opens_the_first_notebook_whatever_is_in_the_folder",
    "py -m venv .venv": ON_WINDOWS,
    r".venv\Scripts\python -m pip install -r requirements\lab.txt": ON_WINDOWS,
    r".venv\Scripts\python -m jupyterlab notebooks\00-start-here.ipynb": ON_WINDOWS,
    r".venv\Scripts\python -m jupyterlab notebooks\zh\00-start-here.ipynb": ON_WINDOWS,
    ".venv/bin/python -m ruff format .": "test_the_code_is_clean",
    f"{PYTEST} tests/test_growth.py": "test_the_commands_for_some_tests_find_them",
    f"{PYTEST} notebooks/04-were-the-targets-met.ipynb": (
        "test_the_commands_for_some_tests_find_them"
    ),
}
NOT_RUN = {  # why a command is not run, and the test of that part of it which can be
    "conda env create -f environment.yml": (
        "needs conda and its channel",
        "test_conda_and_lock_pin_the_same_versions",
    ),
    "conda activate shaoxing": ("needs conda", "test_conda_activates_the_environment_that_it_made"),
    "make lock": ("needs a registry", "test_make_lock_asks_for_what_the_lists_name"),
    "make fonts": ("writes into the bundle", "test_make_fonts_takes_the_characters_of_every_room"),
    "make bench PARTS=students": (
        "takes minutes and all of the machine",
        "test_the_memory_told_to_administrators_is_what_was_measured",
    ),
    IMAGE: ("needs Docker", "test_the_image_for_a_hub_has_the_environment_and_the_puller"),
}


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def named():
    return [command for name in PAGES for command in commands(name)]


def test_every_command_is_run_by_a_test_or_it_is_said_why_not():
    assert set(named()) == RUN.keys() | NOT_RUN.keys()
    written = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")
    )
    tests = [*RUN.values(), *(test for _, test in NOT_RUN.values())]
    assert [name for name in tests if not re.search(rf"^def {name}\(", written, re.MULTILINE)] == []


def test_no_code_stands_in_a_block_that_is_not_looked_at():
    tokens = [token for name in PAGES for token in MarkdownIt().parse(page(name))]
    assert [token.content for token in tokens if token.type == "code_block"] == []
    known = {"sh", "python", "dockerfile", ""}
    assert {token.info for token in tokens if token.type == "fence"} == known


def test_the_lines_for_a_table_of_your_own_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    first, second, _ = blocks("data/README.md", "python")
    exec(first, names)
    assert data.faults("my-city")
    fill(Path("my-city/observations.csv"), FIGURE)
    fill(Path("my-city/sources.csv"), SOURCE)
    exec(second, names)
    assert len(names["mine"]) == 1


def test_the_settings_for_a_hub_are_python():
    names = {"c": Config()}
    for block in blocks(".github/hub.md", "python"):
        exec(block, names)
    assert names["c"].Spawner == {"mem_limit": "1G", "default_url": "/lab"}


def test_conda_activates_the_environment_that_it_made():
    assert f"conda activate {yaml.safe_load(page('environment.yml'))['name']}" in named()


def test_the_last_line_for_conda_opens_the_first_notebook(tmp_path):
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(
        f'#!/bin/sh\ncat "${{1#file://}}" > {opened}.part && mv {opened}.part {opened}\n'
    )
    browser.chmod(0o755)
    kinds = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in kinds}
    lab = [sys.executable, "-m", "jupyterlab", *LAB.split()[2:]]
    server = subprocess.Popen(
        [*lab, "--ServerApp.port=0", "--allow-root"],
        cwd=copy_of_bundle(tmp_path / "bundle"),
        env=os.environ | own | {"BROWSER": f"{browser} %s"},
        stderr=subprocess.DEVNULL,
    )
    try:
        settled(opened.exists, True)
    finally:
        server.kill()
        server.wait()
    assert "/lab/tree/00-start-here.ipynb" in opened.read_text(encoding="utf-8")


def planned(target):
    """The commands that make would run for a target, if nothing had to be set up."""
    command = ["make", "-n", "--old-file=.venv/ready", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_lock_asks_for_what_the_lists_name():
    assert re.findall(r"-o (\S+) -$", planned("lock"), re.MULTILINE) == [
        f"requirements/{name}.txt" for name in ("lab", "large", "review", "site")
    ]


def test_make_fonts_takes_the_characters_of_every_room(tmp_path):
    (command,) = [line for line in planned("fonts").splitlines() if line.startswith("find ")]
    (tmp_path / ".venv").mkdir()
    room = tmp_path / "notebooks" / "indicators" / "data" / "readers"
    room.mkdir(parents=True)
    (room / "made_up.py").write_text("# 㐀", encoding="utf-8")
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    assert (tmp_path / ".venv" / "characters.txt").read_text(encoding="utf-8") == "# 㐀"


def test_the_commands_for_some_tests_find_them():
    asked = [command.split()[1:] for command in named() if command.startswith(PYTEST)]
    runs = [
        subprocess.run(
            [sys.executable, *command, "--collect-only", "-q"], cwd=ROOT, capture_output=True
        )
        for command in asked
    ]
    assert len(runs) == 2 and [run.stdout.decode() for run in runs if run.returncode] == []


def test_the_memory_told_to_administrators_is_what_was_measured():
    told = " ".join(page(".github/hub.md").split())
    assert "students" in bench.PARTS
    measured = json.loads(bench.RESULTS.read_text(encoding="utf-8"))["students"]
    memory, wait = (
        [measured[f"{number} at once"][what] for number in (40, 1)]
        for what in ("median share of all memory, MB", "median s to the first chart")
    )
    assert f"holds {memory[0]} MB, alone {memory[1]} MB" in told
    assert f"come after {wait[0]:.0f} s, for one student after {wait[1]:.0f} s" in told


def links():
    for name in PAGES:
        for token in MarkdownIt().parse(page(name)):
            for child in token.children or []:
                if child.type == "link_open":
                    yield name, child.attrs["href"]


def anchors(path):
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_within_the_repository_leads_somewhere():
    wrong = []
    for name, link in links():
        address, _, anchor = link.partition("#")
        target = (ROOT / name).parent / urllib.parse.unquote(address) if address else ROOT / name
        if not re.match("https?:", link) and not (
            target.exists() and (not anchor or anchor in anchors(target))
        ):
            wrong.append((name, link))
    assert wrong == []


def test_the_address_of_the_repository_stands_in_the_last_two_lines_of_the_readme_only():
    address = re.compile(r"https://(?:mybinder\.org/v2/gh/|[^\s]*github\.com)")
    found = [
        (name, line) for name in PAGES for line in page(name).splitlines() if address.search(line)
    ]
    assert found == [("README.md", line) for line in page("README.md").splitlines()[-2:]]


def repository(address):
    return re.fullmatch(r"[\w.-]+/[\w.-]+", address)


def test_the_link_to_binder_opens_the_first_notebook():
    (link,) = re.findall(r"^\[binder\]: (.+)$", page("README.md"), re.MULTILINE)
    parts = urllib.parse.urlsplit(link)
    assert (parts.scheme, parts.netloc) == ("https", "mybinder.org")
    assert repository(re.fullmatch("/v2/gh/(.+)/HEAD", parts.path)[1])
    assert urllib.parse.parse_qs(parts.query) == {
        "urlpath": [f"lab/tree/notebooks/{NOTEBOOKS[0].name}"]
    }


def test_the_link_for_a_class_copies_the_same_repository_and_opens_the_first_notebook():
    binder, link = re.findall(r"^\[(?:binder|class)\]: (.+)$", page("README.md"), re.MULTILINE)
    parts = urllib.parse.urlsplit(link)
    asked = {
        name: value
        for name, (value,) in urllib.parse.parse_qs(parts.query, strict_parsing=True).items()
    }
    assert (parts.scheme, parts.path) == ("https", "/hub/user-redirect/git-pull")
    assert asked["repo"] == "https://github.com/" + re.search("/gh/(.+)/HEAD", binder)[1]
    assert asked["urlpath"] == f"lab/tree/{asked['targetpath']}/notebooks/{NOTEBOOKS[0].name}"
    assert asked.keys() == {"repo", "branch", "targetpath", "urlpath"}


def test_nothing_in_the_pages_is_fetched_from_elsewhere():
    sources = [
        source
        for name in PAGES
        for source in re.findall(r"(?:src|srcset)=\"([^\"]+)\"|!\[[^\]]*\]\(([^)]+)\)", page(name))
    ]
    assert sources == [(f".github/picture-{look}.png", "") for look in ("dark", "light")]


@pytest.mark.parametrize("look", picture.LOOKS)
def test_the_picture_is_drawn_from_the_data_and_is_small(look):
    path = ROOT / ".github" / f"picture-{look}.png"
    saved = Image.open(path)
    assert saved.text[picture.ORIGIN] == picture.origin(picture.spec(), look), "run `make refresh`"
    assert path.stat().st_size < 100_000
    assert f'alt="{picture.TITLE}. ' in page("README.md")


def test_the_picture_has_the_paper_and_the_letters_of_light_and_of_dark_pages(tmp_path):
    picture.draw(tmp_path)
    for look, paper, ink in (("light", "#ffffff", "#333333"), ("dark", "#0d1117", "#eeeeee")):
        drawn = Image.open(tmp_path / f"picture-{look}.png")
        assert drawn.size == Image.open(ROOT / ".github" / f"picture-{look}.png").size
        colours = {
            "#{:02x}{:02x}{:02x}".format(*colour): count
            for count, colour in drawn.convert("RGB").getcolors(1 << 20)
        }
        assert max(colours, key=colours.get) == paper
        assert colours.get(ink, 0) > 100
    other = {**picture.spec(), "title": "another"}
    assert picture.origin(other, "light") != picture.origin(picture.spec(), "light")


def test_the_citation_is_valid_names_both_licences_and_has_the_version_of_the_data():
    cited, package = yaml.safe_load(page("CITATION.cff")), json.loads(page("data/datapackage.json"))
    for entry in (cited, *cited["references"]):
        assert entry["title"] and all(set(author) == {"name"} for author in entry["authors"])
        assert entry["authors"][0]["name"].lower() in page("LICENSE").lower()
    assert cited.keys() >= {"cff-version", "message", "title", "authors"}
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "software"
    assert [cited["title"], cited["version"]] == [package["title"], package["version"]]
    licences = [cited["license"], cited["references"][0]["license"]]
    assert licences == ["MIT", package["licenses"][0]["name"]]
    assert re.search("^MIT License$", page("LICENSE"), re.MULTILINE)
    assert page("data/LICENSE").startswith("Attribution 4.0 International\n")
    assert "Section 8 -- Interpretation." in page("data/LICENSE")


# --- the page for who carries on ----------------------------------------------------------------

PATH = re.compile(r"[\w.*-]+/[\w./*-]*|Makefile|[\w.*-]+\.(?:py|md|yml|yaml|json|csv|txt)")
PUBLIC = re.compile(r"([a-z_]+)\.(\w+)")


def mapped(text):
    """What stands first in each line of the blocks of a page that are no code."""
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    return [
        line.split()[0] for token in fences if not token.info for line in token.content.splitlines()
    ]


def quoted(text):
    """What a page has between backquotes."""
    tokens = MarkdownIt().enable("table").parse(text)
    pieces = [piece for token in tokens for piece in token.children or []]
    return [piece.content for piece in pieces if piece.type == "code_inline"]


def lost(text):
    """The paths, from the top or the package, and the public names in a page that are not there."""
    told = mapped(text) + quoted(text)
    paths = {name for name in told if PATH.fullmatch(name)}
    names = {name for name in told if PUBLIC.fullmatch(name)} - paths
    known = set(filter(is_there, paths)) | set(filter(is_public, names))
    return [name for name in told if name in paths | names and name not in known]


def is_there(path):
    return any(any(top.glob(path)) for top in (ROOT, PACKAGE))


def is_public(name):
    """Whether a dotted name such as growth.views is one of the package."""
    room, own = PUBLIC.fullmatch(name).groups()
    return room in rooms() and hasattr(importlib.import_module(f"indicators.{room}"), own)


def test_every_path_and_name_for_who_carries_on_exists():
    assert lost(page("CONTRIBUTING.md")) == []


def test_a_path_or_name_that_is_not_there_is_told():
    there = "`growth.views` in `growth/`, `tests/test_growth.py`, `Makefile`, `read(path)`\n"
    assert lost(f"{there}\n```\ndata/*.csv   printed figures\n```\n") == []
    gone = "`growth.sights` in `widgets/`, `tests/test_sights.py`\n"
    said = ["views/", "growth.sights", "widgets/", "tests/test_sights.py"]
    assert lost(f"{gone}\n```\nviews/   what is seen\n```\n") == said


def test_the_map_has_the_rooms_of_the_package_in_their_order():
    paths = [path for path in mapped(page("CONTRIBUTING.md")) if "*" not in path]
    assert [re.sub(r"/$|\.py$", "", path) for path in paths] == rooms()


def test_the_readme_is_short():
    assert len(page("README.md").splitlines()) <= 120


def test_the_page_for_who_carries_on_is_short():
    assert len(page("CONTRIBUTING.md").splitlines()) <= 150
