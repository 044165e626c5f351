"""The real JupyterLab in a real browser: what a student sees and does. Nothing may leave this machine."""

import csv
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import ROOT, copy_of_bundle
from indicators import charts, data, growth, labels
from playwright.sync_api import sync_playwright

GROWTH, TARGETS, SOURCES = (
    f"notebooks/{name}.ipynb" for name in ("01-how-fast-did-it-grow", "04-were-the-targets-met", "05-where-does-each-number-come-from")
)
TOKEN = "a-token-for-tests"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Every name but this machine's is unknown to the browser, and it asks for nothing by itself.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT = 60_000
LIVE = ".jp-OutputArea-output:has(.widget-toggle-buttons)"
LISTS = f"{LIVE} .widget-select-multiple select"
SAVED = ".jp-Notebook .vega-embed >> nth={}"
DRAWN = "[aria-roledescription='point'], [aria-roledescription='rule mark']"


class Lab:
    """JupyterLab as `make lab` starts it, on a copy of the bundle, with settings of its own."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        planned = subprocess.run(["make", "-n", "-C", str(ROOT), "lab"], capture_output=True, text=True, check=True).stdout
        (command,) = re.findall(r"-m jupyterlab .*", planned.replace("\\\n", " "))
        own = {f"JUPYTER_{kind}_DIR": str(self.folder / ".jupyter" / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
        self.process = subprocess.Popen(
            [sys.executable, *shlex.split(command), "--no-browser", f"--ServerApp.port={self.port}"],
            cwd=self.folder,
            env=os.environ | own | {"JUPYTER_TOKEN": TOKEN},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                return urllib.request.urlopen(self.address("api"))
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("JupyterLab did not answer within 30 seconds")

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def address(self, path):
        return f"http://127.0.0.1:{self.port}/{path}?token={TOKEN}"


class Visit:
    """A page of the lab, with every address it asked for and every error it reported."""

    def __init__(self, browser, lab):
        self.lab, self.asked, self.errors = lab, [], []
        self.page = browser.new_page(viewport={"width": 1400, "height": 1200})
        self.page.set_default_timeout(WAIT)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, notebook, charts):
        """Open a notebook, without what an earlier visit left open, and wait until so many charts are drawn."""
        self.page.goto(self.lab.address(f"lab/tree/{notebook}") + "&reset")
        self.page.locator(".jp-Notebook .vega-embed svg").nth(charts - 1).wait_for()
        return self

    def run_all(self):
        self.page.get_by_text("Run", exact=True).first.click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        self.page.locator(f"{LIVE} .vega-embed svg").wait_for()

    def marks(self, where):
        """The descriptions of the marks drawn in `where`, sorted."""
        script = "found => found.map(mark => mark.getAttribute('aria-label'))"
        return sorted(self.page.locator(where).locator(DRAWN).evaluate_all(script))

    def away(self):
        """The addresses it asked for that are not this machine's."""
        return [url for url in self.asked if not url.startswith((f"http://127.0.0.1:{self.lab.port}/", "data:", "blob:"))]

    def texts(self, where):
        """Everything that is written in the charts in `where`."""
        return self.page.locator(where).locator("svg text").all_text_contents()

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.locator("#jp-main-dock-panel .jp-mod-dirty").wait_for(state="detached")

    def expect_marks(self, expected):
        """Wait until the live explorer draws what is expected, and say what it draws if it never does."""
        deadline = time.time() + 10
        while (found := self.marks(LIVE)) != sorted(expected) and time.time() < deadline:
            self.page.wait_for_timeout(50)
        assert found == sorted(expected)


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        missing = "no Chromium on this machine: install the package chromium to run the browser tests"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a student's folder")))
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def opened(browser, lab):
    """The notebook, opened for the first time: not trusted, nothing run."""
    return Visit(browser, lab).open(GROWTH, charts=3)


@pytest.fixture(scope="module")
def running(opened):
    """The same page after Run All; `saved` holds the marks that were there before."""
    opened.saved = opened.marks(SAVED.format(2))
    opened.run_all()
    return opened


@pytest.fixture(scope="module")
def every():
    return data.load(place="shaoxing")


@pytest.fixture(scope="module")
def table(every):
    return data.latest(every)


@pytest.fixture(scope="module")
def everywhere():
    return data.latest(data.load())


@pytest.fixture(scope="module")
def economy(table):
    return table[table["theme"] == "growth"]


CHOSEN = ["GDP at constant prices", "General public budget revenue", "Total retail sales of consumer goods"]


def sentences(rows):
    return sorted(labels.worded(rows)["Description"])


def chosen_in(visit):
    return visit.page.locator(f"{LISTS} >> nth=0").locator("option:checked").evaluate_all("options => options.map(option => option.value)")


def expected(economy, names, view, first=2015, last=2025):
    """What the table says is to be drawn, found without the explorer."""
    rows = growth.views(economy)
    return sentences(rows[[row.view == view and row.name_en in names and first <= row.start and row.end <= last for row in rows.itertuples()]])


def test_every_chart_is_there_before_anything_is_run(opened, economy):
    assert opened.page.locator(LIVE).count() == 0
    shown = [opened.marks(SAVED.format(number)) for number in range(3)]
    assert shown[0] == sentences(growth.past_beside_promised(economy))
    assert shown[1] == sentences(growth.implied_by_target(economy))
    assert shown[2] == expected(economy, CHOSEN, "growth rates")


def test_the_first_answer_is_there_before_anything_is_run(opened):
    assert "grew by 6% a year on average" in " ".join(opened.page.locator(".jp-RenderedMarkdown").all_inner_texts())


def test_run_all_brings_the_explorer_to_life_with_the_same_marks(running, economy):
    running.expect_marks(running.saved)
    running.expect_marks(expected(economy, chosen_in(running), "growth rates"))


@pytest.mark.parametrize("view", ["levels", "index", "gap to target", "growth rates"])
def test_the_view_buttons_draw_what_the_table_says(running, economy, view):
    running.page.get_by_role("button", name=view, exact=True).click()
    running.expect_marks(expected(economy, chosen_in(running), view))


def test_the_years_are_narrowed_by_keyboard(running, economy):
    lower, upper = running.page.locator(f"{LIVE} .noUi-handle").all()
    for _ in range(2021, 2025):
        upper.press("ArrowLeft")
    running.expect_marks(expected(economy, chosen_in(running), "growth rates", 2015, 2021))
    for _ in range(2015, 2020):
        lower.press("ArrowRight")
    running.expect_marks(expected(economy, chosen_in(running), "growth rates", 2020, 2021))
    lower.press("Home")
    upper.press("End")
    running.expect_marks(expected(economy, chosen_in(running), "growth rates"))


def test_indicators_are_chosen_and_taken_away(running, economy):
    box = running.page.locator(f"{LISTS} >> nth=0")
    before = chosen_in(running)
    for names in (["Total retail sales of consumer goods"], ["Total fiscal revenue", "Exports of goods"]):
        box.select_option(value=names)
        running.expect_marks(expected(economy, names, "growth rates"))
    box.select_option(value=[])
    running.page.locator(f"{LIVE} svg").wait_for(state="hidden")
    box.select_option(value=before)
    running.expect_marks(expected(economy, before, "growth rates"))


def test_a_mark_stands_at_the_height_of_its_value(running, economy):
    middle = "box => box.y + box.height / 2"
    read = f"marks => marks.map(mark => [mark.getAttribute('aria-label'), ({middle})(mark.getBoundingClientRect())])"
    heights = dict(running.page.locator(LIVE).locator("[aria-roledescription='point']").evaluate_all(read))
    rows = growth.views(economy).query("view == 'growth rates'")
    values = {sentence: value for sentence, value in zip(labels.worded(rows)["Description"], rows["value"], strict=True) if sentence in heights}
    (low, bottom), (high, top) = ((values[name], heights[name]) for name in (min(values, key=values.get), max(values, key=values.get)))
    off = {name: heights[name] - (bottom + (top - bottom) * (values[name] - low) / (high - low)) for name in values}
    assert len(values) > 5 and max(map(abs, off.values())) < 1


def test_a_target_a_bound_and_an_outcome_are_drawn_with_different_marks(running):
    def drawn(words):
        mark = running.page.locator(LIVE).locator(f"[aria-roledescription='point'][aria-label='{words}']")
        return mark.get_attribute("d"), mark.get_attribute("fill")

    outcome = drawn("GDP at constant prices, 2020: 3.3% (growth on the year before, outcome)")
    target = drawn("GDP at constant prices, 2021: at least 7% (growth on the year before, target)")
    expected_once = drawn("Total retail sales of consumer goods, 2018: about 11% (growth on the year before, expected outcome)")
    assert "A" in outcome[0] and "A" not in target[0]
    assert len({shape for shape, _ in (outcome, target, expected_once)}) == 3
    assert outcome[1] in charts.COLOURS and target[1] == expected_once[1] == "white"
    assert running.texts(LIVE).count("↑") == 1


def test_a_tooltip_speaks_plainly(running, economy):
    mark = running.page.locator(LIVE).locator("[aria-label^='GDP at constant prices, 2021: at least']")
    mark.scroll_into_view_if_needed()
    mark.hover()
    tip = running.page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    rows = dict(tip.locator("tr").evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"))
    assert list(rows) == labels.TOOLTIP
    assert (rows["Figure"], rows["Period"], rows["Status"]) == ("at least 7%", "2021", "target")
    printed = next(row for row in economy.itertuples() if (row.indicator, row.period, row.status) == ("real_gdp", "2021", "target"))
    assert (rows["Source"], rows["Place in source"]) == (printed.title_en, labels.place_in_source(printed))


def test_near_a_mark_its_tooltip_shows_and_a_click_keeps_its_figure(running):
    mark = running.page.locator(LIVE).locator("[aria-label^='GDP at constant prices, 2021: at least']")
    mark.scroll_into_view_if_needed()
    box, tip = mark.bounding_box(), running.page.locator("#vg-tooltip-element.visible")
    beside, middle = box["x"] + box["width"] + 3, box["y"] + box["height"] / 2
    running.page.mouse.move(beside + 1, middle)
    running.page.mouse.move(beside, middle)
    tip.wait_for()
    assert "at least 7%" in tip.inner_text() and "GDP at constant prices" in tip.inner_text()
    running.page.mouse.click(beside, middle)
    kept = running.page.locator(f"{LIVE} tbody tr")
    kept.wait_for()
    assert kept.count() == 1 and "at least 7%" in kept.inner_text()
    running.page.mouse.move(beside, 5)
    tip.wait_for(state="hidden")
    running.page.get_by_role("button", name="Reset", exact=True).click()
    kept.wait_for(state="detached")


def test_another_place_is_laid_over(running, everywhere, economy):
    box = running.page.locator(f"{LISTS} >> nth=0")
    box.select_option(value=["GDP at constant prices"])
    running.page.locator(f"{LISTS} >> nth=1").select_option(value=["Shaoxing", "China"])
    rows = growth.views(everywhere)
    both = rows["place"].isin(["shaoxing", "china"]) & rows["start"].ge(2015) & rows["end"].le(2025)
    running.expect_marks(sentences(rows[both & rows["view"].eq("growth rates") & rows["indicator"].eq("real_gdp")]))
    running.page.locator(f"{LISTS} >> nth=1").select_option(value=["Shaoxing"])
    box.select_option(value=CHOSEN)
    running.expect_marks(expected(economy, CHOSEN, "growth rates"))


def test_the_search_finds_chinese_and_english_and_keeps_what_is_chosen(running, economy):
    search = running.page.get_by_role("textbox", name="Search", exact=True)
    names = "options => options.map(option => option.value)"
    for word in ("存款", "DIGITAL"):
        search.fill(word)
        found = [row.name_en for row in economy.drop_duplicates("indicator").itertuples() if word.lower() in f"{row.name_en} {row.name_zh}".lower()]
        views = set(growth.views(economy)["name_en"])
        expected_names = {*CHOSEN, *(name for name in found if name in views)}
        deadline = time.time() + 10
        while (
            shown := set(running.page.locator(f"{LISTS} >> nth=0").locator("option").evaluate_all(names))
        ) != expected_names and time.time() < deadline:
            running.page.wait_for_timeout(50)
        assert shown == expected_names and found
    assert chosen_in(running) == CHOSEN
    search.fill("")
    running.expect_marks(expected(economy, CHOSEN, "growth rates"))


def test_targets_and_outcomes_are_switched_off_and_on_and_reset(running, economy):
    running.page.get_by_label("Outcomes", exact=True).uncheck()
    running.expect_marks([text for text in expected(economy, CHOSEN, "growth rates") if not text.endswith(" outcome)") or "expected" in text])
    running.page.get_by_role("button", name="levels", exact=True).click()
    running.page.get_by_role("button", name="Reset", exact=True).click()
    running.expect_marks(expected(economy, CHOSEN, "growth rates"))
    assert running.page.get_by_label("Outcomes", exact=True).is_checked()


def test_the_table_beneath_shows_the_drawn_figures_and_is_sorted_by_a_heading(running, economy):
    running.page.get_by_label("Table of the drawn figures").check()
    rows = running.page.locator(f"{LIVE} tbody tr")
    rows.first.wait_for()
    assert rows.count() == len(expected(economy, CHOSEN, "growth rates"))
    head = running.page.locator(f"{LIVE} th", has_text="Period")
    for order in ("ascending", "descending"):
        head.press("Enter")
        assert head.get_attribute("aria-sort") == order
        periods = [int(text[:4]) for text in running.page.locator(f"{LIVE} tbody td:nth-child(2)").all_inner_texts()]
        assert periods == sorted(periods, reverse=order == "descending")
    running.page.get_by_label("Table of the drawn figures").uncheck()
    rows.first.wait_for(state="detached")


@pytest.mark.parametrize(("kind", "start"), [("CSV", b"\xef\xbb\xbfindicator,"), ("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("Citation", b"")])
def test_what_is_drawn_is_saved_as_a_file(running, economy, kind, start):
    with running.page.expect_download() as download:
        running.page.get_by_role("button", name=f"Save {kind}", exact=True).click()
    content = download.value.path().read_bytes()
    assert content.startswith(start) and len(content) > 300
    if kind == "CSV":
        assert len(list(csv.DictReader(content.decode("utf-8-sig").splitlines()))) == len(expected(economy, CHOSEN, "growth rates"))
    if kind == "Citation":
        assert "Government work report 2021" in content.decode()


def test_keys_in_the_list_stay_in_the_list(running, economy):
    cells = running.page.locator(".jp-Notebook .jp-Cell").count()
    box = running.page.locator(f"{LISTS} >> nth=0")
    box.focus()
    for key in ("d", "d", "b", "r"):
        box.press(key)
    running.page.wait_for_timeout(300)
    assert running.page.locator(".jp-Notebook .jp-Cell").count() == cells
    box.press("Home")
    box.press("ArrowDown")
    running.expect_marks(expected(economy, ["GDP at constant prices"], "growth rates"))
    assert chosen_in(running) == ["GDP at constant prices"]
    box.select_option(value=CHOSEN)


def test_a_page_loaded_anew_shows_what_its_controls_say(running, economy):
    running.page.get_by_role("button", name="levels", exact=True).click()
    running.expect_marks(expected(economy, CHOSEN, "levels"))
    running.save()
    running.page.reload()
    running.page.locator(f"{LIVE} .vega-embed svg").wait_for()
    running.expect_marks(expected(economy, chosen_in(running), "levels"))


def test_a_notebook_saved_after_a_run_shows_its_charts_when_opened_anew(running, browser, lab):
    running.save()
    running.page.close()
    lab.stop()
    lab.start()
    again = Visit(browser, lab).open(GROWTH, charts=3)
    assert again.marks(SAVED.format(2)) == running.saved
    assert "Error displaying widget" not in again.page.content()
    again.page.close()


def test_the_targets_answer_to_their_controls(browser, lab, table):
    visit = Visit(browser, lab).open(TARGETS, charts=1)
    targets = growth.with_latest(table, growth.verdicts(table))

    def rows(year, theme="all"):
        return [row for row in targets.itertuples() if str(row.end) == year and theme in ("all", row.theme)]

    def expect(wanted, also=()):
        deadline = time.time() + 10
        while (missing := [text for text in [*wanted, *also] if text not in " ".join(visit.texts(LIVE))]) and time.time() < deadline:
            visit.page.wait_for_timeout(50)
        assert missing == []

    assert all(row.name_en[:40] in " ".join(visit.texts(SAVED.format(0))) for row in rows("2025"))
    visit.run_all()
    expect([labels.target(row)[:50] for row in rows("2025")])
    visit.page.get_by_role("button", name="2021", exact=True).click()
    visit.page.locator(f"{LIVE} select >> nth=0").select_option(label="Environment")
    wanted = rows("2021", "environment")
    expect([labels.target(row)[:50] for row in wanted])
    assert sum("2021:" in text for text in visit.texts(LIVE)) == len(wanted)
    visit.page.get_by_role("button", name="gap", exact=True).click()
    visit.page.wait_for_timeout(500)
    read = "texts => texts.map(text => [text.getBoundingClientRect().y, text.textContent])"
    placed = visit.page.locator(f"{LIVE} svg text").evaluate_all(read)
    shown = [text for _, text in sorted(placed) if "2021:" in text]
    assert [text.split(",")[0] for text in shown[:2]] == [row.name_en.split(",")[0] for row in sorted(wanted, key=by_gap)[:2]]
    visit.page.get_by_role("button", name="2025", exact=True).click()
    visit.page.locator(f"{LIVE} select >> nth=0").select_option(label="Growth")
    handle = visit.page.locator(f"{LIVE} .noUi-handle")
    for _ in range(6):
        handle.press("ArrowRight")
    head = next(row for row in rows("2025") if row.indicator == "gdp_per_capita")
    expect([], also=[str(growth.year_reached(head.latest, head.value, 8.0, int(head.latest_year)))])
    assert visit.away() == [] and visit.errors == []
    visit.page.close()


def by_gap(row):
    gap = row.better_by if row.better_by == row.better_by and row.better_by is not None else row.baseline_by
    return gap if gap == gap and gap is not None else float("inf")


def test_every_vintage_is_drawn_and_listed(browser, lab, every):
    visit = Visit(browser, lab).open(SOURCES, charts=2)
    visit.run_all()

    def drawn(slug, view):
        rows = growth.views(every).query("indicator == @slug and view == @view and start >= 2015 and end <= 2025")
        return sentences(rows)

    visit.expect_marks(drawn("gdp", "levels"))
    visit.page.locator(f"{LIVE} select >> nth=0").select_option(label="GDP at constant prices")
    visit.page.get_by_role("button", name="growth rates", exact=True).click()
    visit.expect_marks(drawn("real_gdp", "growth rates"))
    assert visit.page.locator(f"{LIVE} tbody tr").count() == (every["indicator"] == "real_gdp").sum()
    assert visit.away() == [] and visit.errors == []
    visit.page.close()


@pytest.mark.parametrize(
    ("notebook", "saved", "chosen"),
    [
        ("00-start-here", 2, ["urban_income"]),
        ("02-did-the-air-and-water-get-better", 3, ["pm25"]),
        ("03-what-was-spent-on-livelihoods", 2, ["urban_income", "rural_income"]),
        ("06-explore-everything", 1, ["gdp_per_capita", "pm25", "urban_income"]),
    ],
)
def test_the_other_explorers_open_drawn_and_answer(browser, lab, everywhere, notebook, saved, chosen):
    visit = Visit(browser, lab).open(f"notebooks/{notebook}.ipynb", charts=saved)
    rows = growth.views(everywhere).query("indicator in @chosen and start >= 2015 and end <= 2025")
    home = rows[rows["place"] == "shaoxing"]
    assert visit.marks(SAVED.format(saved - 1)) == sentences(home.query("view == 'levels'"))
    visit.run_all()
    visit.expect_marks(sentences(home.query("view == 'levels'")))
    visit.page.locator(f"{LISTS} >> nth=1").select_option(value=["China"])
    visit.expect_marks(sentences(rows.query("place == 'china' and view == 'levels'")))
    visit.page.get_by_role("button", name="Reset", exact=True).click()
    visit.page.get_by_role("button", name="growth rates", exact=True).click()
    visit.expect_marks(sentences(home.query("view == 'growth rates'")))
    assert visit.away() == [] and visit.errors == []
    visit.page.close()


def test_nothing_left_this_machine_and_no_error_was_reported(opened):
    assert opened.asked and opened.away() == []
    assert opened.errors == []
