"""What goes wrong around the bundle: two copies, folders that cannot be written, many at once."""

import concurrent.futures
import contextlib
import json
import os
import resource
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import nbformat
import psutil
import pytest
from conftest import NOTEBOOKS, ROOT, copy_of_bundle
from indicators.charts import renderer
from indicators.data.files import replacing
from indicators.explorers import live_chart
from nbclient import NotebookClient
from pages import CHART, START
from servers import TOKEN, Dashboard, Kernel, Lab, family, kernels, settled

TWICE = """
import importlib, sys
from indicators import data, explorers
table = data.load()
before = explorers.IndicatorExplorer(table, ["gdp"], view="levels")
# in the order in which they were imported
for name in [name for name in sys.modules if name.startswith("indicators.")]:
    importlib.reload(sys.modules[name])
from indicators import data, explorers
after = explorers.IndicatorExplorer(data.load(), ["gdp"], view="levels")
before.view.value = after.view.value = "index"
assert before.text == after.text and before.chart.to_dict() == after.chart.to_dict()
for name in [name for name in sys.modules if name.startswith("indicators")]:
    del sys.modules[name]
from indicators import data, explorers
anew = explorers.IndicatorExplorer(data.load(), ["gdp"], view="index")
assert anew.text == after.text and "application/vnd.vegalite.v5+json" in anew._repr_mimebundle_()[0]
for name in [name for name in sys.modules if name.startswith("indicators")]:
    del sys.modules[name]
sys.path.insert(0, COPY)
from indicators import data, explorers
assert data.__file__.startswith(COPY)
other = explorers.IndicatorExplorer(data.load(), ["gdp"], view="index")
for each in (other, before, after, anew):
    each.view.value, each.implied.value = "levels", True
    assert each.text == other.text and each.chart.to_dict() == other.chart.to_dict()
import altair
assert altair.renderers.active == "jupyterlab-vegalite5"
for each in (before, other):
    assert "application/vnd.vegalite.v5+json" in each.chart._repr_mimebundle_()[0]
"""


def run(code, folder=ROOT / "notebooks", **more):
    """Run Python in a process of its own, with the package of a folder."""
    paths = os.pathsep.join([str(folder), os.environ["PYTHONPATH"]])
    command = [*more.pop("before", []), sys.executable, "-c", code]
    return subprocess.run(
        command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, **more
    )


@pytest.mark.slow
def test_the_package_may_be_imported_twice_and_from_two_folders(tmp_path):
    done = run(TWICE.replace("COPY", repr(str(copy_of_bundle(tmp_path) / "notebooks"))))
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [pytest.param(NOTEBOOKS[1], marks=pytest.mark.smoke), NOTEBOOKS[0], *NOTEBOOKS[2:]],
    ids=lambda path: path.stem,
)
def test_a_notebook_run_out_of_order_says_which_name_is_missing_and_is_right_once_it_is_in_order(
    path,
):
    notebook = nbformat.read(path, as_version=4)
    first, *others = code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    saved = [shown_by(cell) for cell in code]
    early, backwards = (
        [nbformat.v4.new_code_cell(cell.source) for cell in reversed(others)] for _ in range(2)
    )
    notebook.cells = [*early, nbformat.v4.new_code_cell(first.source), *backwards, *code]
    where = {"metadata": {"path": path.parent}}
    NotebookClient(notebook, allow_errors=True, startup_timeout=600, resources=where).execute()
    assert [names_missing(cell) for cell in early] == [True] * len(others)
    assert [
        shown
        for cell, shown in zip(backwards, reversed(saved), strict=False)
        if not names_missing(cell) and shown_by(cell) != shown
    ] == []
    assert not all(map(names_missing, backwards))
    assert [shown_by(cell) for cell in code] == saved


def names_missing(cell):
    """Whether a cell only says that a name is missing."""
    return [output.get("ename") for output in cell.outputs] == ["NameError"]


def shown_by(cell):
    """What a cell shows as text, as Markdown and as a chart."""
    kinds = ("text/plain", "text/markdown", CHART)
    return [
        (kind, output.data[kind])
        for output in cell.outputs
        for kind in kinds
        if kind in output.get("data", {})
    ]


# --- what a kernel takes ---

LEAN = """
import sys
from indicators import data, explorers
shown, _ = explorers.IndicatorExplorer(data.load(), ["gdp"], view="levels")._repr_mimebundle_()
print("image/png" in shown, *(name in sys.modules for name in ("vl_convert", "PIL")))
"""


def test_what_draws_pictures_is_loaded_where_pictures_are_asked_for_and_nowhere_else(monkeypatch):
    live_chart.page_script()  # is made with it, once
    assert run(LEAN).stdout.split() == ["False"] * 3
    monkeypatch.setenv(renderer.PICTURES, "1")
    assert run(LEAN).stdout.split() == ["True"] * 3


# --- folders that cannot be written -----------------------------------------------------------

DRAW = """
from indicators import data, explorers
explorer = explorers.IndicatorExplorer(data.load(), ["gdp"], view="levels")
explorer._repr_mimebundle_()
print(len(explorer.data) > 9, len(explorer.live.script.text) > 100_000)
"""


def test_a_full_disk_keeps_nothing_half_written_and_harms_no_chart(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    full = run(
        DRAW,
        folder,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert full.stdout.split() == ["True", "True"], full.stderr
    (whole,) = kept_in(folder)  # the script is too long, the chart is not
    assert whole.startswith("explorer.json-") and json.loads(kept_in(folder)[whole])
    assert run(DRAW, folder).stdout == full.stdout
    assert len(kept_in(folder)) == 2


def kept_in(folder):
    """What the package has made once for all, and anything that is half made, by name."""
    return {
        path.name: path.read_bytes()
        for path in (folder / "indicators" / "explorers" / "__pycache__").iterdir()
        if path.suffix != ".pyc"
    }


def test_two_that_write_one_file_at_once_do_not_meet(tmp_path):
    path = tmp_path / "kept.txt"
    with (
        replacing(path) as one,
        replacing(path) as other,
    ):  # in two containers even the numbers of their processes may be the same
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"kept.txt": "one"}


def test_what_was_kept_stays_when_the_disk_is_full(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    assert run(DRAW, folder).returncode == 0
    before = kept_in(folder)
    script = folder / "indicators" / "explorers" / "live_chart.js"
    script.write_text(script.read_text() + "// changed\n")
    assert (
        run(
            DRAW,
            folder,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        ).returncode
        == 0
    )
    assert len(before) == 2 and kept_in(folder) == before


def test_a_bundle_that_cannot_be_written_is_loaded_and_drawn_and_stays_as_it_is(tmp_path):
    folder = copy_of_bundle(tmp_path)
    before = everything_in(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    may_not = (
        ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"]
        if os.getuid() == 0
        else []
    )  # root may write anything
    done = run(DRAW, folder / "notebooks", before=may_not)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    assert done.stdout.split() == ["True", "True"], done.stderr
    assert everything_in(folder) == before


def everything_in(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# --- a class ----------------------------------------------------------------------------------


def test_of_those_who_want_a_text_at_once_one_makes_it_and_the_others_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(live_chart, "__file__", str(tmp_path / "live_chart.py"))
    made, all_here = [], threading.Barrier(4)

    def make():
        made.append("text")
        threading.Event().wait(0.2)  # so long, that others come meanwhile
        return made[-1]

    def want(number):
        all_here.wait()
        return live_chart.kept_text("kept", [], make)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(want, range(4))) == ["text"] * 4
    assert made == ["text"]
    assert live_chart.kept_text("other", [], make) == "text" and len(made) == 2


@pytest.mark.slow
def test_students_who_start_at_once_share_nothing_but_what_is_whole(tmp_path):
    shown, kept = [], []
    for count in (4, 1):
        folder = copy_of_bundle(tmp_path / str(count)) / "notebooks"
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            shown += pool.map(first_cells, [folder] * count)
        kept.append(kept_in(folder))
    assert shown == shown[-1:] * 5 and "gdp" in shown[0].lower()
    assert kept[0] == kept[1] and len(kept[0]) == 2


def first_cells(folder):
    """What the first code cells of the first notebook show, with an explorer, in a kernel."""
    cells = [
        cell for cell in nbformat.read(NOTEBOOKS[0], as_version=4).cells if cell.cell_type == "code"
    ][:3]
    with contextlib.closing(Kernel(folder)) as kernel:
        return "".join(kernel.run(cell.source, cell.id) for cell in cells)


# --- who may connect ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "page"),
    [(Lab, f"lab/tree/notebooks/{START}.ipynb"), (Dashboard, f"voila/render/{START}.ipynb")],
)
def test_a_server_and_its_kernels_listen_on_this_machine_only_and_ask_for_the_token(
    tmp_path, kind, page
):
    server = kind(copy_of_bundle(tmp_path))
    try:
        paths = ["api/contents", "api/kernels", page]
        addresses = [
            address
            for path in paths
            for address in (
                server.address(path).split("?")[0],
                server.address(path).replace(TOKEN, "guessed"),
            )
        ]
        assert [address for address in addresses if not refused(address)] == []
        assert refused(
            server.address("api/kernels").split("?")[0], b'{"name": "python3"}'
        ) and not kernels(server)
        for path in paths:
            with urllib.request.urlopen(server.address(path)) as answer:
                assert answer.status == 200 and "/login" not in answer.url
        assert not refused(server.address("api/kernels"), b'{"name": "python3"}')
        settled(lambda: bool(kernels(server)), True)
        assert {address for each in family(server) for address in listening(each)} == {"127.0.0.1"}
    finally:
        server.stop()


def listening(process):
    """The addresses at which a process listens.

    None when it has ended meanwhile, as the kernel of a page that was left does.
    """
    with contextlib.suppress(psutil.NoSuchProcess):
        return [
            connection.laddr.ip
            for connection in process.net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        ]
    return []


def refused(address, data=None):
    """Whether a server refuses to answer, or asks to log in first."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=data)) as answer:
            return "/login?next=" in answer.url
    except urllib.error.HTTPError as error:
        return error.code == 403
