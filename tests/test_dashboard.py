"""The notebooks as `make dashboard` shows them: no code, all widgets alive, nothing sent away.

Three of them are opened: numbers and an explorer (START), targets (TARGETS), and all controls
(EVERYTHING). The tests in JupyterLab drive the explorers of every notebook.
"""

import csv
import json
import re
import socket
import urllib.error
import urllib.request

import nbformat
import pytest
from conftest import NOTEBOOKS, copy_of_bundle
from expected import FIRST, expected, shown
from indicators import labels
from page_checks import faults
from pages import (
    CHART,
    EVERYTHING,
    GROWTH,
    INDICATORS,
    OTHERS,
    START,
    TARGETS,
    TURN,
    Explorer,
    Show,
)
from servers import Dashboard, settled

STOP = 120  # seconds, a ceiling for the server to stop
OPENED = [START, TARGETS, EVERYTHING]
OF_THE_LAB = ("import ", "explorers.", "Run All Cells")  # words that mean nothing without code
STARTING = "Starting… 正在启动……"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory, browser):
    dashboard = Dashboard(copy_of_bundle(tmp_path_factory.mktemp("a lecturer's folder")))
    yield dashboard
    dashboard.stop()


@pytest.fixture(scope="module")
def shows(browser, dashboard):
    """Three notebooks, each in a page of its own."""
    shows = {name: Show(browser, dashboard, name) for name in OPENED}
    for show in shows.values():  # all of them start meanwhile
        show.ready()
    yield shows
    for show in shows.values():
        show.page.close()


def test_nothing_is_shown_or_run_without_the_token(dashboard):
    for path in (f"voila/render/{START}.ipynb", "api/kernels"):
        try:
            answer = urllib.request.urlopen(dashboard.address(path).split("?")[0])
            assert "/login?next=" in answer.url
        except urllib.error.HTTPError as refused:
            assert refused.code == 403
    assert dashboard.kernels() == []


def test_only_this_machine_s_own_address_is_answered(dashboard):
    socket.create_connection(("127.0.0.1", dashboard.port)).close()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", dashboard.port), timeout=5)


def test_all_charts_and_no_code_are_shown_and_no_menu_is_spoken_of(shows):
    for notebook, show in shows.items():
        text, code = show.text(), show.page.locator(".jp-InputArea-editor, .cm-editor, .highlight")
        assert [word for word in (*OF_THE_LAB, "Error:", "Traceback") if word in text] == [], (
            notebook
        )
        assert code.count() == 0, notebook
        charts = show.page.locator(".vega-embed svg.marks")
        settled(charts.count, sum(CHART in output for output in show.outputs))


def spoken_in(cell):
    """The prose of a cell that the dashboard shows: its text, or its output in words."""
    if cell.cell_type == "markdown":
        return cell.source
    return "".join(output.data.get("text/markdown", "") for output in cell.outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_speaks_of_code_or_menus_is_left_out_of_the_dashboard(path):
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell for cell in cells if "jupyterlab" in cell.metadata.get("tags", [])]
    assert tagged
    assert [
        (word, cell.id)
        for cell in cells
        for word in OF_THE_LAB
        if cell not in tagged and word in spoken_in(cell)
    ] == []


@pytest.mark.parametrize(
    ("notebook", "view", "chosen"),
    [
        (START, "growth rates", ["urban_income", "rural_income"]),
        (EVERYTHING, "growth rates", FIRST["chosen"]),
        (EVERYTHING, "index", FIRST["chosen"]),
    ],
)
def test_an_explorer_draws_another_view_in_chinese_and_in_english(
    shows, figures, notebook, view, chosen
):
    explorer = Explorer(shows[notebook])
    before = explorer.marks()
    for language in ("zh", "en"):
        explorer.speak(language)
        explorer.press("views", view)
        explorer.draws(expected(figures, view, chosen, language))
        settled(lambda: explorer.words["controls"]["language"] in explorer.written(), True)
        assert before and explorer.marks() != before


def test_the_chinese_edition_is_shown_as_chinese(browser, dashboard, shows):
    show = Show(browser, dashboard, f"zh/{START}").ready()
    for each, language in ((show, "zh"), (shows[START], "en")):
        assert each.page.locator("html").get_attribute("lang") == language
        settled(lambda each=each: Explorer(each).box.get_attribute("lang"), language)
    settled(lambda: faults(show.page), [])
    assert "绍兴" in show.text() and show.away() + show.errors == []
    show.page.close()


def test_no_page_has_a_serious_fault_of_accessibility(shows):
    for show in shows.values():
        settled(lambda show=show: faults(show.page), [])


@pytest.mark.parametrize(("notebook", "theme"), [(START, "environment"), (TARGETS, "environment")])
def test_ten_numbers_and_targets_answer_to_a_theme_in_chinese_and_in_english(
    shows, notebook, theme
):
    explorer = Explorer(shows[notebook], OTHERS)
    drawn = [explorer.texts()]
    for language in ("zh", "en"):
        explorer.speak(language)
        explorer.choose("theme", explorer.words["themes"][theme])
        settled(
            lambda: (
                explorer.texts() not in drawn
                and explorer.words["controls"]["language"] in explorer.written()
            ),
            True,
        )
        drawn.append(explorer.texts())


@pytest.fixture(scope="module")
def everything(shows):
    """The explorer of everything, in its first state."""
    explorer = Explorer(shows[EVERYTHING])
    explorer.press("views", FIRST["view"])
    return explorer


# The texts of a projected page in type of less than 20 pixels
SMALL_TYPE = """() => {
    const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const holder = text.parentElement, range = document.createRange();
        range.selectNodeContents(text);
        if (!text.textContent.trim() || !range.getBoundingClientRect().width) continue;
        const size = parseFloat(getComputedStyle(holder).fontSize) * holder.currentCSSZoom;
        if (holder.checkVisibility() && size < 20) found.push(`${size}: ${text.textContent}`);
    }
    return found;
}"""

# Whether no text stands between the heading of a projected page and its chart, which fits in it
IN_ORDER = """() => {
    const shown = (which) => [...document.querySelectorAll(which)]
        .filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect())
        .filter(({ width, height }) => width && height);
    const [[head], [chart]] = [".jp-Cell :is(h1, h2)", ".vega-embed"].map(shown);
    const texts = shown("[cell-index]:not(.begins-screen, :has(.vega-embed))");
    return texts.every(({ y }) => y > chart.y) && (!texts.length || chart.y > head.y)
        && chart.right <= innerWidth && head.y >= 0;
}"""


def test_a_lecturer_projects_one_question_a_screen_in_large_type_its_chart_first(shows):
    page = shows[START].page
    button, told = page.get_by_role("button", name="Project"), page.locator("#projector span")
    charts, before = (
        page.locator(".vega-embed:visible"),
        page.locator(".vega-embed:visible").count(),
    )
    button.click()
    screens = int(told.inner_text().removeprefix("1 / "))
    headings = page.locator(".jp-Cell :is(h1, h2):visible")
    seen = []
    for number in range(screens):
        settled(told.inner_text, f"{number + 1} / {screens}")
        assert headings.count() >= 1
        seen.append(charts.count())
        if seen[-1]:  # charts follow a change of the page after a moment
            settled(lambda: page.evaluate(IN_ORDER), True)
        settled(lambda: page.evaluate(SMALL_TYPE), [])
        page.mouse.wheel(0, 400)
        page.evaluate(TURN)  # else the next screen might be scrolled
        page.keyboard.press("ArrowRight")
    assert sum(seen) == before and max(seen) < before
    pdf = page.pdf(format="A4", landscape=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= screens, "a page and more for each question"
    listed = page.get_by_role("combobox", name="Notebook").locator("option")
    names = listed.evaluate_all("options => options.map(option => option.value)")
    assert names[: len(NOTEBOOKS)] == [path.name for path in NOTEBOOKS]
    page.keyboard.press("Escape")
    button.wait_for()
    settled(charts.count, before)


def test_the_years_are_narrowed_by_keyboard(everything, figures):
    everything.draws(expected(figures, **FIRST))
    for _ in range(2021, 2025):
        everything.handle("years", 2).press("ArrowLeft")
    everything.draws(expected(figures, **FIRST, years=(2015, 2021)))
    everything.handle("years", 2).press("End")
    everything.draws(expected(figures, **FIRST))


def test_near_a_mark_a_tooltip_says_all_of_its_figure(everything, figures):
    row = next(shown(figures, **FIRST).itertuples())
    assert everything.tip(row) == labels.tip(row)
    everything.leave()


def test_what_is_drawn_is_saved_and_the_explorer_stays_alive(everything, figures):
    saved = csv.DictReader(everything.download("CSV").decode("utf-8-sig").splitlines())
    assert len(list(saved)) == len(expected(figures, **FIRST))
    assert everything.download("PNG").startswith(b"\x89PNG")
    everything.press("views", "index")
    everything.draws(expected(figures, "index", FIRST["chosen"]))


# Sets a control and presses a button in one turn of the page: the kernel hears of both at once.
AT_ONCE = """([handle, button], keys) => {
    for (let times = 0; times < keys; times++)
        handle.dispatchEvent(
            new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true, cancelable: true }));
    button.click();
}"""


def test_a_file_asked_for_in_the_moment_of_a_change_has_what_the_page_draws(everything, figures):
    everything.press("views", FIRST["view"])
    everything.draws(expected(figures, **FIRST))
    handle, button = everything.handle("years", 2), everything.button("Save CSV")
    both = [handle.element_handle(), button.element_handle()]
    with everything.page.expect_download() as download:
        everything.page.evaluate(f"both => ({AT_ONCE})(both, 5)", both)
    saved = csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines())
    narrow = expected(figures, **FIRST, years=(2015, 2020))
    assert len(list(saved)) == len(narrow) < len(expected(figures, **FIRST))
    everything.draws(narrow)
    everything.handle("years", 2).press("End")
    everything.draws(expected(figures, **FIRST))


def test_a_link_leads_to_its_notebook_and_the_kernel_that_was_left_ends(shows, dashboard):
    page = shows[START].page
    links = page.locator("a[href$='.ipynb']").evaluate_all("links => links.map(link => link.href)")
    assert links == [
        dashboard.address(f"voila/render/{path.name}").split("?")[0] for path in NOTEBOOKS[1:]
    ]
    kernel = json.loads(page.locator("#jupyter-config-data").text_content())["kernelId"]
    assert kernel in dashboard.kernels()
    page.locator("a[href$='.ipynb']").first.click()
    page.get_by_text(STARTING).wait_for()
    page.locator(f"{INDICATORS} .vega-embed svg").wait_for()
    assert page.url == links[0]
    settled(page.get_by_text(STARTING).count, 0)
    settled(lambda: kernel in dashboard.kernels(), False)


def test_a_notebook_that_fails_says_why_beneath_what_could_be_shown(shows, dashboard):
    cells = [
        nbformat.v4.new_markdown_cell("# Before"),
        nbformat.v4.new_code_cell("raise ValueError('row 7 has no number')"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    broken = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(broken, dashboard.folder / "notebooks" / "broken.ipynb")
    shows[TARGETS].open("broken")
    shows[TARGETS].page.get_by_text("ValueError: row 7 has no number").wait_for()
    assert shows[TARGETS].page.get_by_role("heading", name="Before").is_visible()


def test_in_no_notebook_anything_left_this_machine_or_an_error_was_reported(shows):
    assert [name for name, show in shows.items() if not show.asked] == []
    assert {
        name: show.away() + show.errors for name, show in shows.items() if show.away() + show.errors
    } == {}


def test_an_address_without_a_notebook_says_so_and_asks_nobody_else(shows):
    shows[TARGETS].open("no-such-notebook")
    shows[TARGETS].page.get_by_text("404").first.wait_for()
    assert shows[TARGETS].away() == []


def test_the_server_stops_while_a_page_starts(dashboard):
    with urllib.request.urlopen(dashboard.address(f"voila/render/{GROWTH}.ipynb")):
        dashboard.process.terminate()
        try:
            dashboard.process.wait(STOP)
        finally:
            dashboard.process.kill()
