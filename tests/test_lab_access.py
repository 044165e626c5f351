"""What a notebook shows everyone can read and reach: axe, keyboard, twice the size, dark theme."""

import contextlib

import pytest
from bundle import NOTEBOOKS
from expected import FIRST, expected
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

FORMS = ".exercise"
HIGH_CONTRAST = "Dark High Contrast"
# Controls and their texts; what is disabled, too.
TEXTS = "label, button, option, input, textarea, .widget-html-content *, .widget-readout"
TEXTS += ", .heading, [role=option] span"
# Sets what a control says before anything is typed as a text, too, which can be measured.
HINTED = """box => {
    for (const control of box.querySelectorAll("input[placeholder], textarea[placeholder]")) {
        const { color, opacity } = getComputedStyle(control, "::placeholder");
        const hint = document.createElement("span");
        Object.assign(hint, { textContent: control.placeholder, className: "hinted" });
        Object.assign(hint.style, { color, opacity });
        control.before(hint);
    }
}"""
FAULT = "('beforeend', '<img id=fault src=data:image/gif;base64,R0lGODlhAQABAAAAACw=>')"
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.labels?.length ? at.labels[0].innerText : at.innerText;
    return (at.ariaLabel ?? label).replace(/\\xa0/g, " ").trim();
}"""


@pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])
def test_what_a_notebook_shows_has_no_serious_fault_of_accessibility(desk, notebook):
    page = desk.visit(notebook).page
    settled(lambda: faults(page), [])  # charts follow a pane that changes after a moment


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


def test_keys_in_a_list_move_and_tick_in_it_and_stay_there(explorer, figures, names, themes):
    cells = explorer.page.locator(".jp-Notebook .jp-Cell")
    before, called = cells.count(), names["en"][themes.index]
    box = explorer.control("indicators")
    box.focus()
    for key in ("Home", *[" "] * len(FIRST["chosen"])):
        box.press(key)
    explorer.draws([])
    for key in ("d", "d", "b", "r", "Home", "ArrowDown", " ", "End", " ", "ArrowUp", "p"):
        box.press(key)
    explorer.draws(expected(figures, "levels", [themes.index[1], themes.index[-1]]))
    assert explorer.ticked("indicators") == [called.iloc[1], called.iloc[-1]]
    active = explorer.page.locator("[data-active]").first.inner_text()
    assert active == next(name for name in called if name.lower().startswith("p"))
    assert cells.count() == before
    box.press("Tab")
    assert explorer.page.evaluate(FOCUSED) == explorer.words["controls"]["places"]


@pytest.fixture
def forms(desk):
    return desk.visit(START).page.locator(FORMS)


def pressed(control, *keys):
    """What a control says after some keys, with JupyterLab's keys for a new and no cell."""
    control.focus()
    for key in (*keys, "b", "d", "d"):
        control.press(key)
    return control.evaluate("at => at.selectedIndex ?? at.checked")


def test_keys_in_an_exercise_stay_in_its_controls(forms):
    cells = forms.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    number, row, sentence = (forms.nth(place) for place in range(3))
    assert pressed(number.get_by_label("in", exact=True), "Home", "ArrowDown", "ArrowDown") == 2
    assert pressed(row.get_by_label("Row", exact=True), "Home", "ArrowDown", "ArrowDown") == 2
    first, second, *_ = sentence.get_by_role("radio").all()
    first.check()
    first.press("ArrowDown")
    assert pressed(second) is True and not first.is_checked()
    number.get_by_role("button", name="Check").click()
    for key in ("b", "d", "d"):
        forms.page.keyboard.press(key)
    assert cells.count() == before


def test_a_pressed_button_has_the_keys_in_every_browser_and_jupyterlab_those_with_ctrl(forms):
    check, keyboard = forms.first.get_by_role("button", name="Check"), forms.page.keyboard
    check.evaluate("check => { document.activeElement.blur(); check.click(); }")  # as in Safari
    assert check.evaluate("check => check === document.activeElement")
    side = forms.page.locator("#jp-left-stack")
    shown = side.is_visible()
    for wanted in (not shown, shown):
        keyboard.press("Control+b")
        settled(side.is_visible, wanted)


@pytest.mark.parametrize("size", [(700, 600), (420, 900)])
@pytest.mark.parametrize(
    ("notebook", "where"),
    [(EVERYTHING, INDICATORS), (START, OTHERS), (START, FORMS), (TARGETS, OTHERS)],
)
def test_in_a_narrow_window_or_at_twice_the_size_no_control_is_cut_off(desk, notebook, where, size):
    page = desk.visit(notebook).page
    side = page.locator("#jp-left-stack")
    page.locator(where).first.locator("button").first.focus()
    page.keyboard.press("Control+b")  # else the list of files has most of the room
    settled(side.is_visible, False)
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    try:
        for box in page.locator(where).all():
            settled(lambda box=box: box.evaluate(CLIPPED), [])
    finally:
        page.set_viewport_size({"width": 1400, "height": 1200})
        page.keyboard.press("Control+b")
        settled(side.is_visible, True)


@contextlib.contextmanager
def dark(visit, theme="Dark"):
    visit.theme(theme)
    try:
        yield
    finally:
        visit.theme("Light")


@pytest.mark.parametrize(
    ("notebook", "where", "theme"),
    [
        (EVERYTHING, INDICATORS, "Dark"),
        (EVERYTHING, INDICATORS, HIGH_CONTRAST),
        (SOURCES, INDICATORS, "Dark"),
        (START, OTHERS, HIGH_CONTRAST),
        (TARGETS, OTHERS, HIGH_CONTRAST),
    ],
)
def test_in_the_dark_themes_the_marks_stay_and_all_texts_can_be_read(desk, notebook, where, theme):
    visit = desk.visit(notebook)
    explorer = Explorer(visit, where)
    marks = explorer.marks()
    with dark(visit, theme):
        settled(explorer.marks, marks)
        texts = explorer.chart.locator("text"), explorer.box.locator(TEXTS)
        settled(lambda: sum(map(faint, texts), []), [])
        explorer.approach(explorer.chart.locator("[aria-roledescription='point']").last)
        assert faint(visit.page.locator(f"{TIP} td")) == []
        explorer.leave()


@pytest.mark.parametrize("theme", [None, "Dark", HIGH_CONTRAST])
def test_all_texts_of_the_exercises_can_be_read_in_every_theme(desk, forms, theme):
    with dark(desk.visit(START), theme) if theme else contextlib.nullcontext():
        forms.evaluate_all(f"boxes => boxes.forEach({HINTED})")
        found = faint(forms.locator(f"{TEXTS}, .hinted"))
        forms.page.locator(".hinted").evaluate_all("found => found.forEach(each => each.remove())")
        assert found == []


def test_in_the_dark_theme_a_saved_chart_can_be_read(browser, lab, desk):
    with dark(desk.visit(EVERYTHING)):
        visit = Visit(browser, lab, GROWTH)
        visit.page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
        settled(lambda: faint(visit.page.locator(f"{SAVED} svg text")), [])
        visit.page.close()
