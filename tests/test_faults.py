"""What goes wrong around the bundle.

Kernels and servers that die, folders that cannot be written, many runs and many students at once.
"""

import concurrent.futures
import contextlib
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
from expected import expected
from indicators.data.files import replacing
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from pages import AIR, CHART, IDLE, INDICATORS, LIVELIHOOD, START, Explorer, Visit, marks
from servers import TOKEN, Dashboard, Lab, settled

RUNS = 30  # of one cell
INCOMES = ["urban_income", "rural_income"]
FLAT = 1.2  # so much more memory after all runs than after a fifth of them


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    folder = copy_of_bundle(tmp_path_factory.mktemp("a folder"), pictures=False)
    settings = folder / ".jupyter" / "CONFIG" / "jupyter_server_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '{"LabApp": {"expose_app_in_browser": true}}'
    )  # so that a test can open a second notebook beside the first
    lab = Lab(folder)
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
    return [
        each
        for each in (process, *process.children(recursive=True))
        if each.status() != psutil.STATUS_ZOMBIE
    ]


def accept(page):
    """Say yes to what JupyterLab asks."""
    page.locator(".jp-Dialog .jp-mod-accept").first.click()
    page.locator(".jp-Dialog").wait_for(state="detached")


# --- kernels and servers that die -------------------------------------------------------------


def test_a_chart_outlives_a_kernel_that_dies_while_it_is_dragged_and_runs_again(
    visit, lab, figures
):
    explorer = Explorer(visit)
    drawn = explorer.marks()
    explorer.handle("years", 1).hover()  # Run All has scrolled to the end of the page
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


def test_a_page_outlives_a_server_that_is_started_anew_without_being_loaded_anew(visit, lab):
    explorer, page, file = (
        Explorer(visit).watched(),
        visit.page,
        lab.folder / "notebooks" / f"{AIR}.ipynb",
    )
    drawn, before = explorer.marks(), file.read_bytes()
    lab.stop()
    page.locator(".jp-Dialog").get_by_role(
        "button", name="Close"
    ).click()  # the server cannot be reached, JupyterLab says
    explorer.press("views", "growth rates")
    settled(lambda: explorer.marks() not in ([], drawn), True)
    lab.start()
    page.evaluate(
        "jupyterapp.serviceManager.sessions.refreshRunning()"
    )  # JupyterLab looks by itself only now and then
    page.get_by_role("button", name="No Kernel").first.wait_for()
    assert (
        explorer.marks() not in ([], drawn)
        and not explorer.embedded_anew()
        and file.read_bytes() == before
    )
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text(
        "Run All Cells", exact=True
    ).click()  # starts a kernel; what it says while it starts JupyterLab may miss
    visit.run_all()
    settled(Explorer(visit).marks, drawn)
    visit.save()
    assert sources(file.read_bytes()) == sources(before)
    assert [
        error
        for error in visit.errors
        if not any(
            lost in error for lost in ("WebSocket", "ERR_CONNECTION_REFUSED", "message validation")
        )
    ] == []


def sources(notebook):
    """What a notebook says and runs."""
    return [(cell["cell_type"], cell["source"]) for cell in json.loads(notebook)["cells"]]


def test_two_notebooks_in_one_page_leave_one_another_alone(visit, figures):
    page = visit.page
    beside = {"path": f"notebooks/{LIVELIHOOD}.ipynb", "options": {"mode": "split-right"}}
    opening = "how => void jupyterapp.commands.execute('docmanager:open', how)"
    page.evaluate(opening, beside)
    kernel = "jupyterapp.shell.currentWidget.sessionContext?.session?.kernel"
    both = "document.querySelectorAll('.jp-NotebookPanel').length === 2"
    page.wait_for_function(f"{both} && {kernel}?.status === 'idle'")
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    one, other = (
        Explorer(visit, f".jp-NotebookPanel:has(h1:text('{title}')) {INDICATORS}")
        for title in ("Did the air", "What was spent")
    )
    before = one.marks()
    other.press("views", "growth rates")
    other.speak("zh")
    other.draws(expected(figures, "growth rates", INCOMES, "zh"))
    assert one.marks() == before
    one.press("views", "growth rates")
    settled(lambda: one.marks() not in ([], before), True)
    other.draws(expected(figures, "growth rates", INCOMES, "zh"))
    assert visit.errors == []


def test_a_cell_that_is_run_many_times_keeps_one_explorer_in_the_page_even_if_loaded_anew_unsaved(
    visit, figures
):
    drawn = Explorer(visit).marks()
    visit.save()  # the file names the explorer of this run, as after a save of JupyterLab's own
    cell = visit.page.locator(".jp-CodeCell", has_text="explorers.IndicatorExplorer").first
    for _ in range(RUNS // 5):
        cell.locator(".cm-content").click()
        visit.page.keyboard.press("Control+Enter")
    settled(
        lambda: visit.page.locator(IDLE).count() and marks(visit.page.locator(INDICATORS)) == drawn,
        True,
    )
    assert visit.page.locator(INDICATORS).count() == 1
    visit.page.on("dialog", lambda asked: asked.accept())  # yes, leave without saving
    visit.page.reload()
    explorer = Explorer(visit)
    settled(explorer.marks, drawn)
    explorer.press("views", "growth rates")
    settled(lambda: explorer.marks() not in ([], drawn), True)
    assert visit.errors == []


# --- in the kernel ----------------------------------------------------------------------------

COUNT = """
import gc, psutil, ipywidgets
gc.collect()
print(psutil.Process().memory_info().rss, len(ipywidgets.widgets.widget._instances))
"""


class Kernel:
    """A kernel in the folder of the notebooks that runs cells as JupyterLab sends them."""

    def __init__(self, folder=ROOT / "notebooks"):
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=folder)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, cell, fails=False):
        """What a cell prints and shows as text.

        Raises AssertionError where it fails and should not, or the reverse.
        """
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        sent = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(sent)
        said, failed = "", False
        while True:
            heard = self.client.get_iopub_msg(timeout=600)
            if heard["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            failed = failed or heard["msg_type"] == "error"
            assert fails or not failed, heard["content"]
            said += heard["content"].get("text", "") if heard["msg_type"] == "stream" else ""
            said += (
                heard["content"].get("data", {}).get("text/plain", "")
                if heard["msg_type"] == "execute_result"
                else ""
            )
            if heard["content"].get("execution_state") == "idle":
                assert failed == fails
                return said

    def counted(self):
        """Bytes of memory and how many widgets there are."""
        return tuple(map(int, self.run(COUNT, "count").split()))


@pytest.fixture
def kernel():
    with contextlib.closing(Kernel()) as kernel:
        yield kernel


MADE = {
    "indicators": "explorers.IndicatorExplorer(every, ['urban_income'], view='levels')",
    "targets": "explorers.TargetExplorer(growth.with_latest(city, growth.verdicts(city)))",
    "numbers": "explorers.NumbersExplorer(city, ['gdp', 'pm25'])",
}


# No picture is looked at here, and each takes half a second.
NO_PICTURES = "from indicators.charts import renderer\nrenderer.picture = lambda spec: b''\n"
IMPORTS = f"""{NO_PICTURES}
from indicators import data, explorers, growth
every, city = data.load(), data.latest(data.load(place='shaoxing'))
"""


def test_a_cell_that_is_run_again_and_again_keeps_one_explorer_in_the_kernel(kernel):
    kernel.run(IMPORTS, "first")
    counts = {}
    for count in range(1, RUNS + 1):
        kernel.run(MADE["indicators"], "again")
        if count in (1, RUNS // 5, RUNS):
            counts[count] = kernel.counted()
    assert len({widgets for _, widgets in counts.values()}) == 1
    assert counts[RUNS][0] < FLAT * counts[RUNS // 5][0]


@pytest.mark.parametrize("name", MADE)
def test_an_explorer_takes_the_place_of_the_one_that_its_cell_made_before_even_if_one_fails_between(
    kernel, name
):
    kernel.run(IMPORTS, "first")
    seen = []
    for _ in range(2):
        kernel.run(f"made = {MADE[name]}", "again")
        seen.append((kernel.run("print(made.model_id)", "ask"), kernel.counted()[1]))
    assert seen[0] == seen[1]
    kernel.run("explorers.IndicatorExplorer(every, ['no such indicator'])", "again", fails=True)
    kernel.run(f"made = {MADE[name]}", "again")
    assert kernel.run("print(made.model_id)", "ask") == seen[0][0]


def test_explorers_of_two_cells_and_two_in_one_cell_all_stay(kernel):
    kernel.run(f"{IMPORTS}kept = []", "first")
    counts = [kernel.counted()[1]]
    for cell, times in (("one", 1), ("other", 1), ("two", 2)):
        kernel.run(f"for _ in range({times}): kept.append({MADE['indicators']})", cell)
        counts.append(kernel.counted()[1])
    size = counts[1] - counts[0]
    assert [after - before for before, after in zip(counts, counts[1:], strict=False)] == [
        size,
        size,
        2 * size,
    ]


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
    each.view.value = "levels"
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
    quiet = nbformat.v4.new_code_cell(NO_PICTURES)
    notebook.cells = [quiet, *early, nbformat.v4.new_code_cell(first.source), *backwards, *code]
    NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": path.parent}}
    ).execute()
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


# --- folders that cannot be written -----------------------------------------------------------

DRAW = """
from indicators import data, explorers
explorer = explorers.IndicatorExplorer(data.load(), ["gdp"], view="levels")
explorer._repr_mimebundle_()
print(len(explorer.data), len(explorer.live._esm) > 100_000)
"""


def test_a_full_disk_keeps_nothing_half_written_and_harms_no_chart(tmp_path):
    folder = copy_of_bundle(tmp_path) / "notebooks"
    full = run(
        DRAW,
        folder,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert full.stdout.split() == ["10", "True"], full.stderr
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
    assert done.stdout.split() == ["10", "True"], done.stderr
    assert everything_in(folder) == before


def everything_in(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# --- a class ----------------------------------------------------------------------------------


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
    """What the first two code cells of the first notebook show in a kernel of their own."""
    cells = [
        cell for cell in nbformat.read(NOTEBOOKS[0], as_version=4).cells if cell.cell_type == "code"
    ][:2]
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
