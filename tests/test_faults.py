"""Kernels and servers that die and cells that run again, in the page.

What happens in a kernel stands in `test_reruns`, in processes in `test_processes`.
"""

import json
import shutil

import pytest
from conftest import ROOT, copy_of_bundle
from expected import FIRST, expected
from pages import AIR, EVERYTHING, INDICATORS, Explorer, Visit, marks, run_all
from servers import Lab, kernels, settled

RUNS = 6  # of one cell


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    folder = copy_of_bundle(tmp_path_factory.mktemp("a folder"))
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
    """The page of a notebook with one explorer, as no test has saved it, after Run All."""
    shutil.copy(ROOT / "notebooks" / f"{AIR}.ipynb", lab.folder / "notebooks")
    visit = Visit(browser, lab, AIR).run_all()
    yield visit
    visit.page.close()


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
    explorer.caught_up()  # the page moves while cells run
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
    lost = page.locator(".jp-Dialog").get_by_role("button", name="Close").first
    page.add_locator_handler(lost, lost.click)  # JupyterLab says so, now and then anew
    lab.stop()
    try:
        explorer.press("views", "growth rates")
        settled(lambda: explorer.marks() not in ([], drawn), True)
    finally:
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
    beside = {"path": f"notebooks/{EVERYTHING}.ipynb", "options": {"mode": "split-right"}}
    opening = "how => void jupyterapp.commands.execute('docmanager:open', how)"
    page.evaluate(opening, beside)
    kernel = "jupyterapp.shell.currentWidget.sessionContext?.session?.kernel"
    both = "document.querySelectorAll('.jp-NotebookPanel').length === 2"
    current = f"jupyterapp.shell.currentWidget.context?.path === '{beside['path']}'"
    page.wait_for_function(f"{both} && {current} && {kernel}?.status === 'idle'")
    run_all(page, 1)
    one, other = (
        Explorer(visit, f".jp-NotebookPanel:has(h1:text('{title}')) {INDICATORS}")
        for title in ("Did the air", "What else would")
    )
    before = one.marks()
    other.press("views", "growth rates")
    other.speak("zh")
    other.draws(expected(figures, "growth rates", FIRST["chosen"], "zh"))
    assert one.marks() == before
    one.press("views", "growth rates")
    settled(lambda: one.marks() not in ([], before), True)
    other.draws(expected(figures, "growth rates", FIRST["chosen"], "zh"))
    assert visit.errors == []


def test_a_cell_that_is_run_many_times_keeps_one_explorer_in_the_page_even_if_loaded_anew_unsaved(
    visit, figures
):
    drawn = Explorer(visit).marks()
    visit.save()  # the file names the explorer of this run, as after a save of JupyterLab's own
    cell = visit.page.locator(".jp-CodeCell", has_text="explorers.IndicatorExplorer").first
    for _ in range(RUNS):
        cell.locator(".cm-content").click()
        visit.page.keyboard.press("Control+Enter")
    box = visit.page.locator(INDICATORS)
    Explorer(visit).caught_up()
    settled(lambda: (marks(box), box.count()), (drawn, 1))
    visit.page.on("dialog", lambda asked: asked.accept())  # yes, leave without saving
    visit.page.reload()
    explorer = Explorer(visit)
    settled(explorer.marks, drawn)
    explorer.press("views", "growth rates")
    settled(lambda: explorer.marks() not in ([], drawn), True)
    assert visit.errors == []
