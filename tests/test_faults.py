"""What goes wrong around the bundle: kernels and servers that die, folders that cannot be written, many runs and many students at once."""

import concurrent.futures
import json
import os
import resource
import subprocess
import sys
import urllib.error
import urllib.request

import nbformat
import psutil
import pytest
from conftest import NOTEBOOKS, ROOT, copy_of_bundle
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from test_browser import AIR, EVERYTHING, IDLE, INDICATORS, LIVELIHOOD, Desk, Explorer, Lab, Visit, expected, settled
from test_dashboard import Dashboard

RUNS = 50  # of one cell
INCOMES = ["urban_income", "rural_income"]
FLAT = 1.2  # so much more memory after all runs than after a fifth of them


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a folder")))
    yield lab
    lab.stop()


@pytest.fixture
def visit(browser, lab):
    """The page of a notebook with one explorer, after Run All."""
    visit = Visit(browser, lab, AIR).run_all()
    yield visit
    visit.page.close()


def kernels(lab):
    """The processes of the kernels of a lab."""
    return [child for child in family(lab) if "ipykernel_launcher" in " ".join(child.cmdline())]


def family(lab):
    """The processes of a server and of what it started, without those that have ended."""
    process = psutil.Process(lab.process.pid)
    return [each for each in (process, *process.children(recursive=True)) if each.status() != psutil.STATUS_ZOMBIE]


def accept(page):
    """Say yes to what JupyterLab asks."""
    page.locator(".jp-Dialog .jp-mod-accept").first.click()
    page.locator(".jp-Dialog").wait_for(state="detached")


# --- kernels and servers that die -------------------------------------------------------------


def test_a_chart_outlives_a_kernel_that_dies_while_it_is_dragged_and_runs_again(visit, lab, figures):
    explorer = Explorer(visit)
    drawn = explorer.marks()
    handle = explorer.handle("years", 1).bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 40, y, steps=4)
    for kernel in kernels(lab):
        kernel.kill()
    visit.page.mouse.move(x + 130, y, steps=8)
    visit.page.mouse.up()
    settled(lambda: bool(0 < len(explorer.marks()) < len(drawn)), True)  # the page draws by itself
    accept(visit.page)
    visit.run_all()
    settled(Explorer(visit).marks, drawn)
    assert [error for error in visit.errors if "WebSocket" not in error] == []


def test_a_page_outlives_a_server_that_is_started_anew(visit, lab, figures):
    explorer, before = Explorer(visit), (lab.folder / "notebooks" / f"{AIR}.ipynb").read_bytes()
    drawn = explorer.marks()
    lab.stop()
    explorer.press("views", "growth rates")
    settled(lambda: explorer.marks() not in ([], drawn), True)
    lab.start()
    visit.open(AIR)
    visit.run_all()
    settled(Explorer(visit).marks, drawn)
    assert (lab.folder / "notebooks" / f"{AIR}.ipynb").read_bytes() == before


def test_two_notebooks_at_once_leave_one_another_alone(browser, lab, figures):
    desk = Desk(browser, lab)
    one, other = Explorer(desk.visit(EVERYTHING)), Explorer(desk.visit(LIVELIHOOD))
    before = one.marks()
    other.press("views", "growth rates")
    other.speak("zh")
    other.draws(expected(figures, "growth rates", INCOMES, "zh"))
    assert one.marks() == before
    one.choose("places", "China")
    settled(lambda: one.marks() != before, True)
    other.draws(expected(figures, "growth rates", INCOMES, "zh"))
    desk.close()


def test_a_cell_that_is_run_many_times_keeps_one_explorer_in_the_page(visit, figures):
    drawn = Explorer(visit).marks()
    cell = visit.page.locator(".jp-CodeCell", has_text="explorers.IndicatorExplorer").first
    for _ in range(RUNS // 5):
        cell.locator(".cm-content").click()
        visit.page.keyboard.press("Control+Enter")
    settled(lambda: visit.page.locator(IDLE).count() and Explorer(visit).marks() == drawn, True)
    assert visit.page.locator(INDICATORS).count() == 1
    visit.save()  # what is not saved is not in the page that is loaded again
    visit.page.reload()
    visit.page.locator(".widget-vbox .vega-embed svg").wait_for(state="attached")
    settled(Explorer(visit).marks, drawn)
    assert visit.errors == []


# --- in the kernel ----------------------------------------------------------------------------

COUNT = "import gc, psutil, ipywidgets; gc.collect(); print(psutil.Process().memory_info().rss, len(ipywidgets.widgets.widget._instances))"


class Kernel:
    """A kernel in the folder of the notebooks that runs cells as JupyterLab sends them."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=ROOT / "notebooks")

    def run(self, code, cell):
        """What a cell prints. Raises AssertionError where it fails."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        sent = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(sent)
        said = ""
        while True:
            heard = self.client.get_iopub_msg(timeout=60)
            if heard["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            assert heard["msg_type"] != "error", heard["content"]
            said += heard["content"].get("text", "") if heard["msg_type"] == "stream" else ""
            if heard["content"].get("execution_state") == "idle":
                return said

    def counted(self):
        """Bytes of memory and how many widgets there are."""
        return tuple(map(int, self.run(COUNT, "count").split()))


@pytest.fixture
def kernel():
    kernel = Kernel()
    yield kernel
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)


MADE = {
    "indicators": "explorers.IndicatorExplorer(every, ['urban_income'], view='levels')",
    "targets": "explorers.TargetExplorer(growth.with_latest(city, growth.verdicts(city)))",
    "numbers": "explorers.NumbersExplorer(city, ['gdp', 'pm25'])",
}


@pytest.mark.parametrize(("name", "runs"), [("indicators", RUNS), ("targets", RUNS // 5), ("numbers", RUNS // 5)])
def test_a_cell_that_is_run_again_and_again_keeps_one_explorer_in_the_kernel(kernel, name, runs):
    kernel.run("from indicators import data, explorers, growth; every = data.load(); city = data.latest(data.load(place='shaoxing'))", "first")
    counts = {}
    for count in range(1, runs + 1):
        kernel.run(MADE[name], "again")
        if count in (1, runs // 5, runs):
            counts[count] = kernel.counted()
    assert len({widgets for _, widgets in counts.values()}) == 1
    assert counts[runs][0] < FLAT * counts[runs // 5][0]


def test_explorers_of_two_cells_and_two_in_one_cell_all_stay(kernel):
    kernel.run("from indicators import data, explorers; every = data.load(); kept = []", "first")
    counts = [kernel.counted()[1]]
    for cell, times in (("one", 1), ("other", 1), ("two", 2)):
        kernel.run(f"for _ in range({times}): kept.append({MADE['indicators']})", cell)
        counts.append(kernel.counted()[1])
    size = counts[1] - counts[0]
    assert [after - before for before, after in zip(counts, counts[1:], strict=False)] == [size, size, 2 * size]


TWICE = """
import importlib, sys
from indicators import data, explorers
table = data.load()
before = explorers.IndicatorExplorer(table, ["gdp"], view="levels")
for name in [name for name in sys.modules if name.startswith("indicators.")]:  # in the order in which they were imported
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
import altair
assert altair.renderers.active == "jupyterlab-vegalite5"
"""


def run(code, folder=ROOT / "notebooks", **more):
    """Run Python in a process of its own, with the package of a folder."""
    paths = os.pathsep.join([str(folder), os.environ["PYTHONPATH"]])
    command = [*more.pop("before", []), sys.executable, "-c", code]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, **more)


def test_the_package_may_be_imported_twice():
    done = run(TWICE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_out_of_order_says_which_name_is_missing_and_is_right_once_it_is_in_order(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    saved = [shown_by(cell) for cell in code]
    late = [nbformat.v4.new_code_cell(cell.source) for cell in reversed(code[1:])]
    notebook.cells = [*late, *code]
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": path.parent}}).execute()
    failed = [output for cell in late for output in cell.outputs]
    assert {output.get("ename") for output in failed} == {"NameError"} and len(failed) == len(late)
    assert [shown_by(cell) for cell in code] == saved


def shown_by(cell):
    """What a cell shows as text and as Markdown."""
    return [(kind, output.data[kind]) for output in cell.outputs for kind in ("text/plain", "text/markdown") if kind in output.get("data", {})]


# --- folders that cannot be written -----------------------------------------------------------

START = """
from indicators import data, explorers
explorer = explorers.IndicatorExplorer(data.load(), ["gdp"], view="levels")
explorer._repr_mimebundle_()
print(len(explorer.data), len(explorer.live._esm) > 100_000)
"""


def test_a_full_disk_keeps_nothing_half_written_and_harms_no_chart(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    full = run(START, folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
    assert full.stdout.split() == ["10", "True"], full.stderr
    kept = list((folder / "indicators" / "__pycache__").iterdir())
    assert [path.name for path in kept if path.stat().st_size in (0, 100_000) or not path.suffix == ".pyc" and "live.js" in path.name] == []
    assert run(START, folder).stdout == full.stdout
    assert [path for path in (folder / "indicators" / "__pycache__").iterdir() if "live.js" in path.name] != []


def test_what_was_kept_stays_when_the_disk_is_full(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    assert run(START, folder).returncode == 0
    before = {path.name: path.read_bytes() for path in (folder / "indicators" / "__pycache__").iterdir()}
    (folder / "indicators" / "live.js").write_text((folder / "indicators" / "live.js").read_text() + "// changed\n")
    assert run(START, folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))).returncode == 0
    assert {path.name: path.read_bytes() for path in (folder / "indicators" / "__pycache__").iterdir()} == before


def test_a_bundle_that_cannot_be_written_is_loaded_and_drawn_and_stays_as_it_is(tmp_path):
    folder = copy_of_bundle(tmp_path)
    before = everything_in(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    may_not = ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"] if os.getuid() == 0 else []  # root may write anything
    done = run(START, folder / "notebooks", before=may_not)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    assert done.stdout.split() == ["10", "True"], done.stderr
    assert everything_in(folder) == before


def everything_in(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- a class ----------------------------------------------------------------------------------


def test_students_who_start_at_once_share_nothing_but_what_is_whole(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: run(START, folder), range(4)))
    assert {done.stdout for done in runs} == {runs[0].stdout} and runs[0].stdout.endswith("True\n"), runs[0].stderr
    kept = [path.name for path in (folder / "indicators" / "__pycache__").iterdir() if not path.name.endswith(".pyc")]
    assert sorted(name.rpartition("-")[0] for name in kept) == ["explorer.json", "live.js"]


# --- who may connect ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Lab, Dashboard])
def test_a_server_and_its_kernels_listen_on_this_machine_only_and_ask_for_the_token(tmp_path, kind):
    server = kind(copy_of_bundle(tmp_path))
    try:
        request = urllib.request.Request(server.address("api/kernels"), data=b'{"name": "python3"}', method="POST")
        json.load(urllib.request.urlopen(request))
        settled(lambda: bool(kernels(server)), True)
        listening = [
            connection.laddr.ip for each in family(server) for connection in each.net_connections("inet") if connection.status == psutil.CONN_LISTEN
        ]
        assert set(listening) == {"127.0.0.1"}
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(server.address("api/contents").split("?")[0])
        assert json.load(urllib.request.urlopen(server.address("api/kernels")))
    finally:
        server.stop()
