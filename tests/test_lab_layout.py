"""How an explorer is laid out in the real JupyterLab: chart and controls are seen together."""

import nbformat
import pytest
from pages import WAIT, Own, settled

CELLS = """
from indicators import data, explorers
table = data.load()
---
explorers.IndicatorExplorer(table, ["gdp"])
"""
LAPTOP = {"width": 1366, "height": 768}
# Left, top, width and height of the explorer, of its chart and of what is in the chart.
BOXES = """box => ["", ".head", ".frame > .controls", ".drawn svg"].map((which) => {
    const { left, top, width, height } =
        (which ? box.querySelector(which) : box).getBoundingClientRect();
    return { left, top, width, height, right: left + width };
})"""
# The first x axis of a chart in its output: left, top and length of its line.
AXIS = """svg => {
    const at = svg.closest(".jp-OutputArea-child").getBoundingClientRect();
    const lines = [...svg.querySelectorAll(".role-axis-domain line")]
        .map((line) => line.getBoundingClientRect());
    const { left, top, width } = lines.find(({ width, height }) => width > height);
    return [left - at.left, top - at.top, width];
}"""
SEEN = """box => [...box.querySelectorAll(".frame > .controls > .contents > *")]
    .filter((control) => control.checkVisibility()).length"""


@pytest.fixture(scope="module")
def visit(browser, lab):
    visit = Own(browser, lab, "layout", CELLS)
    visit.page.set_viewport_size(LAPTOP)
    yield visit
    visit.page.close()


def test_chart_and_seven_controls_are_seen_together_on_a_laptop(visit):
    box = visit.page.locator(".explorer")
    box.locator(".more > .opener").wait_for()

    def fits():
        whole, head, controls, chart = box.evaluate(BOXES)
        return (
            whole["height"] <= 600
            and controls["top"] == head["top"]
            and controls["left"] >= chart["right"]
            and chart["left"] <= whole["left"] + 8
        )

    settled(fits, True)
    assert box.evaluate(SEEN) == 7  # with the places, and the button to the others
    assert box.get_by_label("Theme").is_hidden()
    box.get_by_role("button", name="More").click()
    settled(box.get_by_label("Theme").is_visible, True)
    settled(lambda: box.locator(".more > .opener").get_attribute("aria-expanded"), "true")
    box.get_by_role("button", name="More").click()


def test_in_a_narrow_pane_the_controls_are_folded_above_the_chart(visit):
    box = visit.page.locator(".explorer")
    visit.page.set_viewport_size({"width": 1000, "height": 768})
    opener = box.get_by_role("button", name="Controls")
    opener.wait_for()
    settled(lambda: box.evaluate(SEEN), 0)
    opener.click()
    settled(lambda: box.evaluate(SEEN), 7)

    def stacked():
        _, head, controls, chart = box.evaluate(BOXES)
        return head["top"] < controls["top"] < chart["top"]

    settled(stacked, True)
    opener.click()
    visit.page.set_viewport_size(LAPTOP)
    opener.wait_for(state="hidden")


def test_share_copies_the_code_and_says_so(visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.get_by_role("button", name="Share", exact=True).click()
    visit.page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("explorers.IndicatorExplorer(data.load(), chosen=('gdp',))")


def test_the_chart_stays_where_it_was_when_it_comes_alive(visit, browser):
    alive = visit.page.locator(".explorer .drawn svg")
    visit.save()
    path = visit.lab.folder / "notebooks" / "layout.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        for output in cell.outputs:
            output.metadata.pop("living", None)  # as in a notebook that somebody else has run
    nbformat.write(notebook, path.with_stem("layout-saved"))
    page = browser.new_page(viewport=LAPTOP)
    page.set_default_timeout(WAIT)
    page.goto(visit.lab.address("lab/tree/notebooks/layout-saved.ipynb") + "&reset")
    saved = page.locator(".jp-Notebook .vega-embed svg")
    saved.get_by_text("Run All Cells").wait_for()
    settled(lambda: saved.evaluate(AXIS) == pytest.approx(alive.evaluate(AXIS), abs=4), True)
    page.close()
