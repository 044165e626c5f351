"""What a notebook shows everyone can read and reach: axe, keyboard, twice the size, dark theme."""

import contextlib

import pytest
from bundle import NOTEBOOKS
from expected import expected
from indicators import explorers
from page_checks import CLIPPED, faint, faults
from pages import (
    EVERYTHING,
    GROWTH,
    INDICATORS,
    OTHERS,
    SAVED,
    SOURCES,
    START,
    TARGETS,
    TIP,
    Explorer,
    Visit,
    settled,
)

FAULT = "('beforeend', '<img id=fault src=data:image/gif;base64,R0lGODlhAQABAAAAACw=>')"
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.labels?.length ? at.labels[0].innerText : at.innerText;
    return (at.ariaLabel ?? label).replace(/\\xa0/g, " ").trim();
}"""


@pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])
def test_what_a_notebook_shows_has_no_serious_fault_of_accessibility(desk, notebook):
    assert faults(desk.visit(notebook).page) == []


def test_a_serious_fault_of_accessibility_would_be_noticed(desk):
    page = desk.visit(TARGETS).page
    chart = page.locator(".widget-vbox .vega-embed svg").first
    label = chart.get_attribute("aria-label")
    chart.evaluate("svg => svg.removeAttribute('aria-label')")
    page.evaluate(f"document.querySelector('.jp-OutputArea').insertAdjacentHTML{FAULT}")
    found = {rule for rule, _ in faults(page)}
    chart.evaluate("(svg, label) => svg.setAttribute('aria-label', label)", label)
    page.evaluate("document.getElementById('fault').remove()")
    assert {"svg-img-alt", "image-alt"} & found


def test_every_control_of_an_explorer_is_reached_and_worked_by_keyboard_alone(pick, figures):
    explorer = pick()
    press = explorer.page.keyboard.press
    explorer.control("search").focus()
    reached = []
    for _ in range(2):  # back to the first control
        press("Shift+Tab")
    while "Save Citation" not in reached[-1:]:
        press("Tab")
        reached.append(explorer.page.evaluate(FOCUSED))
        assert len(reached) < 60
    words = explorer.words["controls"] | explorer.words["choices"]
    wanted = {
        words[key]
        for key in (
            "search",
            "theme",
            "indicators",
            "places",
            "vintages",
            *explorers.STATUSES,
            "pace",
            "table",
            "reset",
        )
    }
    assert wanted - set(reached) == set()


def test_keys_in_the_list_stay_in_the_list(explorer, figures, names):
    cells = explorer.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    box = explorer.control("indicators")
    box.focus()
    for key in ("d", "d", "b", "r", "Home", "ArrowDown"):
        box.press(key)
    explorer.draws(expected(figures, "levels", [names["en"].index[1]]))
    assert cells.count() == before


@pytest.mark.parametrize(
    ("notebook", "where"), [(EVERYTHING, INDICATORS), (START, OTHERS), (TARGETS, OTHERS)]
)
def test_at_twice_the_size_no_control_is_cut_off(desk, notebook, where):
    page = desk.visit(notebook).page
    # What is left of the page when everything is twice as large.
    page.set_viewport_size({"width": 700, "height": 600})
    try:
        settled(lambda: page.locator(where).first.evaluate(CLIPPED), [])
    finally:
        page.set_viewport_size({"width": 1400, "height": 1200})


@contextlib.contextmanager
def dark(visit):
    visit.theme("Dark")
    try:
        yield
    finally:
        visit.theme("Light")


@pytest.mark.parametrize(
    ("notebook", "where"),
    [(EVERYTHING, INDICATORS), (SOURCES, INDICATORS), (START, OTHERS), (TARGETS, OTHERS)],
)
def test_in_the_dark_theme_the_marks_stay_and_all_texts_can_be_read(desk, notebook, where):
    visit = desk.visit(notebook)
    explorer = Explorer(visit, where)
    marks = explorer.marks()
    with dark(visit):
        settled(explorer.marks, marks)
        explorer.approach(explorer.chart.locator("[aria-roledescription='point']").first)
        controls = "label, button:enabled, select:enabled, .widget-html-content *, .widget-readout"
        assert (
            faint(explorer.chart.locator("text"))
            + faint(explorer.box.locator(controls))
            + faint(visit.page.locator(f"{TIP} td"))
            == []
        )
        explorer.leave()


def test_in_the_dark_theme_a_saved_chart_can_be_read(browser, lab, desk):
    with dark(desk.visit(EVERYTHING)):
        visit = Visit(browser, lab, GROWTH)
        visit.page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
        assert faint(visit.page.locator(f"{SAVED} svg text")) == []
        visit.page.close()
