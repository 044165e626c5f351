"""The real JupyterLab in a real browser: what a student sees and does. Nothing may leave this machine."""

import contextlib
import csv
import io
import json
import math
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pandas as pd
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import NOTEBOOKS, ROOT, copy_of_bundle
from indicators import charts, data, explorers, growth, labels
from indicators.i18n import WORDS
from PIL import Image
from playwright.sync_api import TimeoutError as Late

START, GROWTH, AIR, LIVELIHOOD, TARGETS, SOURCES, EVERYTHING, MINE = (
    path.stem for path in NOTEBOOKS
)
TOKEN = "a-token-for-tests"
WAIT = 60_000  # milliseconds for a page to do what it is told
ANSWER = 30  # seconds for an explorer to answer
CONTRAST = 4.5  # of text with what is behind it, as WCAG 2 asks (AA)
WIDGET, CHART = "application/vnd.jupyter.widget-view+json", "application/vnd.vegalite.v5+json"
INDICATORS = ".widget-vbox:has(.views)"
OTHERS = (
    ".widget-vbox:not(:has(.views), .exercise)"  # the explorers of targets and of a few numbers
)
IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']"  # the sign of an idle kernel
SAVED = ".jp-Notebook .vega-embed"
CUT = 34  # so many characters of a target the page always shows
TIP = "#vg-tooltip-element.visible"
DRAWN = "[aria-roledescription='point'], [aria-roledescription='rule mark']"
FIRST = {
    "chosen": ["gdp_per_capita", "pm25", "urban_income"],
    "view": "levels",
}  # of the explorer of everything
CHOSEN = ["real_gdp", "general_public_budget_revenue", "retail_sales"]  # of the explorer of growth
TEN = [
    "gdp",
    "gdp_per_capita",
    "general_public_budget_revenue",
    "rd_intensity",
    "pm25",
    "good_air_days",
]  # of the explorer of a few numbers
TEN += ["urban_income", "rural_income", "urban_rural_income_ratio", "urbanisation_rate"]
MIDDLES = "marks => marks.map(mark => mark.getBoundingClientRect()).map(({x, y, width, height}) => [x + width / 2, y + height / 2])"
WRITTEN = "found => found.map(each => each.label ?? each.placeholder ?? each.innerText ?? each.textContent)"
OPTIONS = r"options => options.map(option => option.label.replace(/\xa0/g, ' '))"
HEIGHTS = """found => found.map(each => [each.getAttribute("aria-label") ?? each.textContent, each.getBoundingClientRect()])
    .map(([text, box]) => [text, box.y + box.height / 2])"""
PANELS = """cells => cells.map(cell => [".role-title-text text", "text[font-size='18px'], text[font-size='12px']", "text[font-size='11px']"]
    .map(which => [...cell.querySelectorAll(which)].map(text => text.textContent)))"""
STATE = """box => {
    const value = (control) => control.tagName === "SELECT" ? [...control.selectedOptions].map((option) => option.label)
        : control.type === "checkbox" ? control.checked : control.value ?? control.ariaValueNow ?? control.innerText;
    return [...box.querySelectorAll("select, input, .noUi-handle, button.mod-active")].map(value);
}"""
# What each text says, and its contrast with what is behind it.
CONTRASTS = r"""(texts) => {
    const numbers = (colour) => colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const over = ([r, g, b, a = 1], under, faded = 1) => [r, g, b].map((part, place) => a * faded * part + (1 - a * faded) * under[place]);
    const light = (colour) => colour.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const boxed = (node) => [node, getComputedStyle(node), node.getBoundingClientRect()];
    const shapes = new Map();
    const behind = (node) => {
        let ground = [255, 255, 255];
        for (let each = node, chain = []; each; each = each.parentElement) {
            chain.unshift(each);
            if (!each.parentElement) for (const one of chain) ground = over(numbers(getComputedStyle(one).backgroundColor), ground);
        }
        const svg = node.closest("svg");
        if (!svg) return ground;
        if (!shapes.has(svg)) shapes.set(svg, [...svg.querySelectorAll("path")].map(boxed).filter(([, style]) => style.fill !== "none"));
        const { x, y, width, height } = node.getBoundingClientRect(), middle = [x + width / 2, y + height / 2];
        for (const [shape, style, box] of shapes.get(svg)) {
            const before = shape.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
            const inside = box.left < middle[0] && middle[0] < box.right && box.top < middle[1] && middle[1] < box.bottom;
            if (before && inside) ground = over(numbers(style.fill), ground, style.opacity * style.fillOpacity);
        }
        return ground;
    };
    const contrast = (node) => {
        const style = getComputedStyle(node), ground = behind(node);
        const pair = [over(numbers(node.closest("svg") ? style.fill : style.color), ground, style.opacity), ground].map(light);
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    };
    const own = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    return texts.filter((node) => node.checkVisibility() && (own(node) || node.querySelector("tspan")))
        .map((node) => [node.textContent.trim().slice(0, 40), Math.round(100 * contrast(node)) / 100]);
}"""


class Lab:
    """JupyterLab as `make lab` starts it, on a copy of the bundle, with settings of its own."""

    target = "lab"

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        planned = subprocess.run(
            ["make", "-n", "-C", str(ROOT), self.target], capture_output=True, text=True, check=True
        ).stdout
        ((wanted, command),) = re.findall(
            r"^((?:\w+=\S+ )*)\S+ (-m jupyter.*)", planned.replace("\\\n", " "), re.MULTILINE
        )
        own = {
            f"JUPYTER_{kind}_DIR": str(self.folder / ".jupyter" / kind)
            for kind in ("CONFIG", "DATA", "RUNTIME")
        }
        own |= dict(setting.split("=") for setting in wanted.split())
        self.process = subprocess.Popen(
            [
                sys.executable,
                *shlex.split(command),
                "--no-browser",
                f"--ServerApp.port={self.port}",
            ],
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

    @contextlib.contextmanager
    def kernel_stopped(self, notebook):
        """While the kernel of a notebook gets no time to run."""
        sessions = json.load(urllib.request.urlopen(self.address("api/sessions")))
        (number,) = [session["kernel"]["id"] for session in sessions if notebook in session["path"]]
        (kernel,) = [
            each
            for each in psutil.Process(self.process.pid).children(recursive=True)
            if number in " ".join(each.cmdline())
        ]
        kernel.suspend()
        try:
            yield
        finally:
            kernel.resume()

    def address(self, path):
        return f"http://127.0.0.1:{self.port}/{path}?token={TOKEN}"


def run_all(page, living):
    """Choose Run All, and again if no cell has run: while a kernel connects, JupyterLab may forget what it was told. Waits for so many explorers."""
    page.locator(IDLE).first.wait_for(state="attached")
    last = page.locator(".widget-vbox .vega-embed svg").nth(living - 1)
    for wait in (WAIT / 6, WAIT / 6, WAIT):
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).click()
        with contextlib.suppress(Late):
            return last.wait_for(state="attached", timeout=wait)
        if any(
            re.search(r"[\d*]", text)
            for text in page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        ):
            break  # it runs, slowly
    last.wait_for(state="attached")


class Visit:
    """A page of the lab with a notebook, with every address it asked for and every error it reported."""

    def __init__(self, browser, lab, notebook):
        self.lab, self.asked, self.errors = lab, [], []
        self.page = browser.new_page(viewport={"width": 1400, "height": 1200})
        self.page.set_default_timeout(WAIT)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.outputs = outputs(notebook)
        self.open(notebook)

    def open(self, notebook):
        """Open the notebook, without what an earlier visit left open, and wait until its saved charts are drawn."""
        self.page.goto(self.lab.address(f"lab/tree/notebooks/{notebook}.ipynb") + "&reset")
        self.page.locator(f"{SAVED} svg").nth(
            sum(CHART in output for output in self.outputs) - 1
        ).wait_for(state="attached")

    def run_all(self):
        """Run All, once the kernel is there: what it says before that a page may miss."""
        run_all(self.page, self.living())
        return self

    def living(self):
        """How many explorers the notebook has."""
        return sum({WIDGET, CHART} <= set(output) for output in self.outputs)

    def saved(self, number):
        """The descriptions of the marks in a saved chart."""
        return marks(self.page.locator(SAVED).nth(number))

    def away(self):
        """The addresses it asked for that are not this machine's."""
        return [
            url
            for url in self.asked
            if not url.startswith((f"http://127.0.0.1:{self.lab.port}/", "data:", "blob:"))
        ]

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.locator("#jp-main-dock-panel .jp-mod-dirty").wait_for(state="detached")

    def theme(self, name):
        """Choose a theme in JupyterLab's menu."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        self.page.locator(".lm-Menu-item", has=self.page.get_by_text("Theme", exact=True)).hover()
        with self.page.expect_response(
            lambda response: response.request.method == "PUT" and "themes" in response.url
        ):
            self.page.get_by_text(f"JupyterLab {name}", exact=True).click()
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light",
            arg=str(name == "Light").lower(),
        )


class Desk:
    """The notebooks that are open and run, each once."""

    def __init__(self, browser, lab):
        self.browser, self.lab, self.visits = browser, lab, {}

    def visit(self, notebook):
        """The page of a notebook after Run All; `before` holds what its saved charts drew when nothing was run."""
        if notebook not in self.visits:
            visit = self.visits[notebook] = Visit(self.browser, self.lab, notebook)
            visit.before = [
                visit.saved(number)
                for number in range(sum(CHART in output for output in visit.outputs))
            ]
            visit.run_all()
        return self.visits[notebook]

    def close(self):
        for visit in self.visits.values():
            visit.page.close()
        self.visits.clear()


class Explorer:
    """An explorer alive in a page: its controls by the keys of their names in `WORDS`, and what is drawn and written."""

    def __init__(self, visit, where=INDICATORS):
        self.page, self.box, self.language = visit.page, visit.page.locator(where), "en"
        self.chart = self.box.locator(".vega-embed svg")
        self.first = self.state()

    def watched(self):
        """Itself, with a mark on its chart by which `embedded_anew` knows it."""
        self.chart.evaluate("svg => { svg.embeddedAtFirst = true; }")
        return self

    def embedded_anew(self):
        return self.chart.evaluate_all(
            "charts => charts.length !== 1 || !charts[0].embeddedAtFirst"
        )

    @property
    def words(self):
        return WORDS[self.language]

    def control(self, key):
        return self.box.get_by_label(
            (self.words["controls"] | self.words["choices"])[key], exact=True
        )

    def button(self, name):
        return self.box.get_by_role("button", name=name, exact=True)

    def press(self, *path):
        """Press the button with the word at this path of `words`, as in `press("views", "levels")`."""
        words = self.words
        for key in path:
            words = words[key]
        self.button(words).click()

    def choose(self, key, *options):
        self.control(key).select_option(label=[str(option) for option in options])

    def speak(self, language):
        self.button(explorers.LANGUAGES[language]).click()
        self.language = language

    def handle(self, key, number=""):
        """A handle of a slider; of two, the first or the second."""
        return self.box.get_by_role(
            "slider", name=f"{self.words['controls'][key]} {number}".strip(), exact=True
        )

    def state(self):
        """What all controls say."""
        return self.box.evaluate(STATE)

    def options(self, key):
        return self.control(key).locator("option").evaluate_all(OPTIONS)

    def marks(self):
        return marks(self.box)

    def draws(self, expected):
        """Wait until the marks are those expected."""
        settled(self.marks, expected)

    def mark(self, row):
        """The mark of a row."""
        return self.chart.locator(
            f"[aria-label={json.dumps(labels.sentence(row, self.language), ensure_ascii=False)}]"
        )

    def approach(self, mark):
        """Move the mouse about near a mark until its tooltip shows, and return where the mouse is."""
        mark.scroll_into_view_if_needed()

        def shown():
            box = mark.bounding_box()
            self.at = box["x"] + box["width"] + time.monotonic() % 2, box["y"] + box["height"] / 2
            self.page.mouse.move(*self.at)
            return self.page.locator(TIP).is_visible()

        settled(shown, True)
        return self.at

    def tip(self, row):
        """What the tooltip says near the mark of a row, heading to text."""
        self.approach(self.mark(row))
        return dict(
            self.page.locator(f"{TIP} tr").evaluate_all(
                "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
            )
        )

    def leave(self):
        """Take the mouse away from the chart."""
        self.page.mouse.move(5, 5)
        self.page.locator(TIP).wait_for(state="hidden")

    def texts(self, which="text"):
        return self.chart.locator(which).evaluate_all(
            "texts => texts.map(text => text.textContent)"
        )

    def headings(self):
        """The headings of the panels."""
        return sorted(self.texts(".role-title-text text"))

    def says(self, key):
        """Wait until the line above the chart says what `said` has for this key."""
        self.box.get_by_text(self.words["said"][key].strip()).wait_for()

    def rows(self):
        """The cells of the tables beneath, without the headings."""
        return self.box.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
        )

    def written(self):
        """The words of all controls and headings."""
        texts = self.box.locator(
            "label, button, option, input, th, .role-title-text text"
        ).evaluate_all(WRITTEN)
        return {text.replace("\xa0", " ").strip() for text in texts}

    def views(self):
        """Whether the button of each view is disabled, and its title."""
        return self.box.locator(".views button").evaluate_all(
            "found => found.map(({innerText, disabled, title}) => [innerText, disabled, title])"
        )

    def download(self, kind):
        name = self.words["controls"]["citation"] if kind == "Citation" else kind
        with self.page.expect_download() as download:
            self.button(self.words["controls"]["save"].format(name)).click()
        return download.value.path().read_bytes()

    def caught_up(self):
        """Wait until the kernel has heard of all changes; the page, which draws before that, holds them back while the kernel is busy."""
        idle = self.page.locator(IDLE)
        settled(lambda: all(time.sleep(0.02) or idle.count() for _ in range(5)), True)

    def reset(self):
        """Bring the first choice back and wait until the controls and the page show it."""
        self.leave()
        self.caught_up()
        self.press("controls", "reset")
        self.language = "en"
        settled(self.state, self.first)


def settled(read, wanted):
    """Wait until what is read is as wanted; fail with the difference if it never is."""
    deadline = time.monotonic() + ANSWER
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found == wanted


def marks(where):
    """The descriptions of the marks drawn in `where`, sorted."""
    script = "found => found.filter(mark => mark.checkVisibility()).map(mark => mark.getAttribute('aria-label'))"
    return sorted(where.locator(DRAWN).evaluate_all(script))


def faint(texts):
    """The texts (a locator) with too little contrast with what is behind them."""
    found = texts.evaluate_all(CONTRASTS)
    assert found
    return [
        (text, contrast) for text, contrast in found if contrast < CONTRAST and text not in "↑↓"
    ]


def outputs(notebook):
    """The MIME bundles of the saved outputs of a notebook, in order."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text())["cells"]
    return [
        output["data"] for cell in cells for output in cell.get("outputs", ()) if "data" in output
    ]


# --- what the table says --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def names(every):
    """Indicator to name, by language."""
    codebook = every.sort_values("indicator").drop_duplicates("indicator").set_index("indicator")
    return {"en": codebook["name_en"], "zh": codebook["name_zh"]}


@pytest.fixture(scope="module")
def where(every):
    """Place to name, by language."""
    places = every.drop_duplicates("place").set_index("place")
    return {"en": places["place_en"], "zh": places["place_zh"]}


def shown(
    figures,
    view,
    chosen,
    places=("shaoxing",),
    years=charts.YEARS,
    statuses=explorers.STATUSES,
    printings="newest",
):
    """The rows that are to be drawn, found without an explorer."""
    kept = (
        figures["view"].eq(view)
        & figures["indicator"].isin(chosen)
        & figures["place"].isin(places)
        & figures["status"].isin(statuses)
    )
    kept &= figures["start"].ge(max(years[0], charts.YEARS[0])) & figures["end"].le(
        min(years[1], charts.YEARS[1])
    )
    return figures[kept & (figures["drawn"] | (printings == "all"))]


def sentences(rows, language="en"):
    return sorted(labels.sentence(row, language) for row in rows.itertuples())


def expected(figures, view, chosen, language="en", **more):
    """The marks that are to be drawn, in words."""
    return sentences(shown(figures, view, chosen, **more), language)


def topic(row, language="en"):
    """The heading of a panel of several places and one indicator."""
    return f"{labels.name(row, language)}{': ' if language == 'en' else '：'}{labels.panel(row, language)}"


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    lab = Lab(copy_of_bundle(tmp_path_factory.mktemp("a student's folder")))
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def desk(browser, lab):
    desk = Desk(browser, lab)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def everything(desk, figures):
    """The explorer of everything, for all tests that change it."""
    explorer = Explorer(desk.visit(EVERYTHING)).watched()
    explorer.draws(expected(figures, **FIRST))
    explorer.reset()  # the first message of a control takes another way to the kernel than later ones, and might be overtaken
    return explorer


@pytest.fixture
def explorer(everything, figures):
    """The explorer of everything in its first state."""
    yield everything
    everything.reset()
    everything.draws(expected(figures, **FIRST))


@pytest.fixture
def pick(explorer, names, where):
    """A function that chooses indicators, a view and places in the page."""

    def pick(chosen=None, view=None, places=None):
        if chosen is not None:
            explorer.choose("indicators", *names[explorer.language][chosen])
        if view:
            explorer.press("views", view)
        if places:
            explorer.choose("places", *where[explorer.language][list(places)])
        return explorer

    return pick


# --- before anything is run, and after Run All ------------------------------------------------------


def test_every_chart_is_there_before_anything_is_run(desk, figures, shaoxing):
    economy = shaoxing[shaoxing["theme"] == "growth"]
    before = desk.visit(GROWTH).before
    assert before[0] == sentences(growth.past_beside_promised(economy))
    assert before[1] == sentences(growth.implied_by_target(economy))
    assert before[2:] == [expected(figures, "growth rates", CHOSEN)]


def test_the_first_answer_is_there_before_anything_is_run(browser, lab, shaoxing):
    visit = Visit(browser, lab, GROWTH)
    answer = labels.say(shaoxing, "real_gdp", "average_growth_rate", "2016/2020")
    assert f"grew by {answer} a year on average" in " ".join(
        visit.page.locator(".jp-RenderedMarkdown").all_inner_texts()
    )
    visit.page.close()


@pytest.mark.parametrize(
    ("notebook", "view", "chosen", "printings"),
    [
        (START, "levels", ["urban_income"], "newest"),
        (GROWTH, "growth rates", CHOSEN, "newest"),
        (AIR, "levels", ["pm25"], "newest"),
        (LIVELIHOOD, "levels", ["urban_income", "rural_income"], "newest"),
        (SOURCES, "levels", ["gdp"], "all"),
        (EVERYTHING, FIRST["view"], FIRST["chosen"], "newest"),
    ],
)
def test_an_explorer_opens_drawn_and_run_all_brings_it_to_life_with_the_same_marks(
    desk, figures, where, notebook, view, chosen, printings
):
    visit = desk.visit(notebook)
    marks = expected(figures, view, chosen, printings=printings)
    assert marks in visit.before
    explorer = Explorer(visit)
    explorer.draws(marks)
    if explorer.control("places").count():
        explorer.choose("places", where["en"]["china"])
        explorer.draws(expected(figures, view, chosen, places=["china"], printings=printings))
        explorer.reset()
        explorer.draws(marks)


# --- the controls of the explorer of indicators -----------------------------------------------------


@pytest.mark.parametrize(
    "chosen", [FIRST["chosen"], CHOSEN, ["livelihood_spending", "basic_pension"], ["real_gdp"], []]
)
def test_a_view_draws_what_the_table_says_and_views_without_a_figure_are_closed_with_the_reason(
    pick, figures, chosen
):
    explorer = pick(chosen)
    rows = {view: expected(figures, view, chosen) for view in explorers.VIEWS}
    known = set(
        figures[figures["indicator"].isin(chosen) & figures["place"].eq("shaoxing")]["view"]
    ) or set(explorers.VIEWS)
    for view in filter(rows.get, explorers.VIEWS):
        explorer.press("views", view)
        explorer.draws(rows[view])
    reasons = {
        name: "" if name in known else explorer.words["reasons"]["view"] for name in explorers.VIEWS
    }
    settled(
        explorer.views,
        [[explorer.words["views"][name], bool(reason), reason] for name, reason in reasons.items()],
    )


def test_together_the_choices_of_this_file_show_every_view(figures):
    """The test above would say nothing of a view for which it has no figure."""
    chosen = [*FIRST["chosen"], *CHOSEN, "livelihood_spending"]
    assert [view for view in explorers.VIEWS if not expected(figures, view, chosen)] == []


def test_the_years_are_narrowed_by_keyboard(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    first, last = explorer.handle("years", 1), explorer.handle("years", 2)
    for _ in range(2021, 2025):
        last.press("ArrowLeft")
    explorer.draws(expected(figures, "growth rates", CHOSEN, years=(2015, 2021)))
    for _ in range(2015, 2020):
        first.press("ArrowRight")
    explorer.draws(expected(figures, "growth rates", CHOSEN, years=(2020, 2021)))
    axis = set(explorer.texts("[aria-label^='X-axis'] text"))
    assert axis == {"2020", "2021"}
    first.press("Home")
    last.press("End")
    explorer.draws(expected(figures, "growth rates", CHOSEN))


@pytest.mark.parametrize("word", ["存款", "DIGITAL", "gdp", "no such indicator"])
def test_the_search_finds_chinese_and_english_and_keeps_what_is_chosen(explorer, names, word):
    explorer.control("search").fill(word)
    found = [
        slug
        for slug in names["en"].index
        if word.lower() in f"{names['en'][slug]} {names['zh'][slug]}".lower()
        or slug in FIRST["chosen"]
    ]
    settled(lambda: explorer.options("indicators"), list(names["en"][found]))
    assert explorer.state() != explorer.first
    assert explorer.control("indicators").locator("option:checked").evaluate_all(OPTIONS) == list(
        names["en"][FIRST["chosen"]]
    )


def test_a_theme_leaves_its_indicators_and_what_is_chosen(explorer, every, names):
    themes = every.drop_duplicates("indicator").set_index("indicator")["theme"].astype(str)
    for theme in themes.unique():
        explorer.choose("theme", explorer.words["themes"][theme])
        found = [
            slug for slug in names["en"].index if themes[slug] == theme or slug in FIRST["chosen"]
        ]
        settled(lambda found=found: explorer.options("indicators"), list(names["en"][found]))
    assert sorted(explorer.options("theme")) == sorted(
        explorer.words["themes"][theme] for theme in ["all", *themes.unique()]
    )


def test_indicators_are_chosen_and_taken_away(pick, figures):
    for chosen in (["retail_sales"], ["total_fiscal_revenue", "exports"], []):
        explorer = pick(chosen)
        explorer.draws(expected(figures, "levels", chosen))
    explorer.says("choose")


@pytest.mark.parametrize(
    ("places", "chosen"),
    [
        (["shaoxing", "china"], ["urban_income"]),
        (["shaoxing", "zhejiang", "china"], ["gdp", "pm25"]),
    ],
)
def test_several_places_are_laid_over_or_have_a_panel_each(pick, figures, where, places, chosen):
    explorer = pick(chosen, places=places)
    rows = shown(figures, "levels", chosen, places)
    explorer.draws(sentences(rows))
    panels = {
        (topic(row) if len(chosen) == 1 else labels.panel(row), labels.place(row))
        for row in rows.itertuples()
    }
    settled(explorer.headings, sorted({panel for panel, _ in panels}))
    explorer.choose("arrangement", explorer.words["choices"]["apart"])
    settled(explorer.headings, sorted(f"{panel} · {place}" for panel, place in panels))
    assert explorer.marks() == sentences(rows)
    explorer.choose("arrangement", explorer.words["choices"]["overlay"])
    settled(explorer.headings, sorted({panel for panel, _ in panels}))


def test_all_printings_or_the_newest_of_the_best_source_are_drawn(pick, figures):
    explorer = pick(["gdp", "life_expectancy"])
    for choice, printings in (("latest", "newest"), ("every", "all"), ("latest", "newest")):
        explorer.choose("vintages", explorer.words["choices"][choice])
        explorer.draws(expected(figures, "levels", ["gdp", "life_expectancy"], printings=printings))
    assert len(expected(figures, "levels", ["gdp"], printings="all")) > len(
        expected(figures, "levels", ["gdp"])
    )


def test_an_index_is_set_against_the_chosen_base_year(pick, figures):
    explorer = pick(view="index")
    levels = figures[figures["view"] == "levels"]
    for year in range(charts.YEARS[0], charts.YEARS[1] + 1):
        explorer.choose("base", year)
        indexed = growth.index_to_base(levels, year).assign(view="index")
        explorer.draws(expected(indexed, "index", FIRST["chosen"]))


@pytest.mark.parametrize(("scale", "height"), [("linear", float), ("log", math.log10)])
def test_marks_and_plain_numbers_on_the_axis_stand_at_the_height_of_their_value(
    pick, figures, scale, height
):
    explorer = pick(["gdp"], places=["shaoxing", "zhejiang"])
    explorer.choose("scale", explorer.words["choices"][scale])
    rows = shown(figures, "levels", ["gdp"], ["shaoxing", "zhejiang"])
    explorer.draws(sentences(rows))
    values = {labels.sentence(row): row.value for row in rows.itertuples()}

    def bent():
        """The marks and the numbers on the axis that do not stand where their values say, or are no plain numbers."""
        at = dict(
            explorer.chart.locator(f"{DRAWN}, [aria-label^='Y-axis'] text").evaluate_all(HEIGHTS)
        )
        plain = {
            text for text in at if text in values or re.fullmatch(r"[1-9]\d{0,2}(,\d{3})*|0", text)
        }
        numbers = {text: values.get(text) or float(text.replace(",", "")) for text in plain}
        if scale == "log":
            numbers = {text: number for text, number in numbers.items() if number > 0}
        if not values.keys() <= at.keys():
            return sorted(values)
        (low, bottom), (high, top) = (
            (height(values[text]), at[text])
            for text in (pick(values, key=values.get) for pick in (min, max))
        )
        return sorted(
            text
            for text in at
            if text not in numbers
            or abs(
                at[text] - bottom - (top - bottom) * (height(numbers[text]) - low) / (high - low)
            )
            > 1
        )

    settled(bent, [])
    assert len(explorer.texts("[aria-label^='Y-axis'] text")) > 3


def test_outcomes_targets_and_expected_outcomes_are_ticked_on_and_off(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    assert set(shown(figures, "growth rates", CHOSEN)["status"]) == set(explorers.STATUSES)
    for number in range(len(explorers.STATUSES), -1, -1):
        for statuses in combinations(explorers.STATUSES, number):
            for status in explorers.STATUSES:
                explorer.control(status).set_checked(status in statuses)
            explorer.draws(expected(figures, "growth rates", CHOSEN, statuses=statuses))
    explorer.says("tick")


def test_a_target_a_bound_and_an_outcome_are_drawn_with_different_marks(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    rows = shown(figures, "growth rates", CHOSEN)
    explorer.draws(sentences(rows))
    years = rows[rows["start"] == rows["end"]]
    kinds = {
        "outcome": years[years["status"].eq("actual") & years["bound"].eq("exact")],
        "target": years[years["status"].eq("target")],
        "expected outcome": years[years["status"].eq("estimate")],
    }
    looks = {}
    for kind, found in kinds.items():
        mark = explorer.mark(next(found.itertuples()))
        looks[kind] = mark.get_attribute("d"), mark.get_attribute("fill")
    assert len({shape for shape, _ in looks.values()}) == 3
    assert (
        looks["outcome"][1] in charts.COLOURS
        and looks["target"][1] == looks["expected outcome"][1] == "white"
    )
    assert explorer.texts().count("↑") == rows["bound"].isin(["at_least", "more_than"]).sum()
    assert explorer.texts().count("↓") == rows["bound"].isin(["at_most", "less_than"]).sum()


@pytest.mark.parametrize("view", ["levels", "index"])
def test_the_required_pace_is_a_dashed_line_in_words_from_the_outcome_to_the_target(
    pick, figures, shaoxing, view
):
    chosen = ["gdp", "gdp_per_capita"]
    explorer = pick(chosen, view)
    rows = shown(figures, view, chosen)
    explorer.draws(sentences(rows))
    lines = explorer.chart.locator(".mark-line path[stroke-dasharray='5,4']")
    assert lines.count() == 0
    explorer.control("pace").check()
    paths = growth.required_paths(shaoxing[shaoxing["indicator"].isin(chosen)]).drop_duplicates(
        "path"
    )
    said = sorted(
        explorer.words["said"]["needs"].format(labels.amount(f"{pace:.1f}", "%"))
        for pace in paths["pace"]
    )
    settled(lambda: sorted(text for text in explorer.texts() if text in said), said)
    assert len(said) == lines.count() == 2
    goals = {
        (path.indicator, end.period, end.status)
        for path in paths.itertuples()
        for end in (path.base, path.goal)
    }
    ends = [row for row in rows.itertuples() if (row.indicator, row.period, row.status) in goals]
    heights = sorted(
        explorer.mark(row).evaluate(
            "mark => mark.getBBox().y + mark.getBBox().height / 2 + mark.getCTM().f"
        )
        for row in ends
    )
    reached = lines.evaluate_all(
        "found => found.map(line => [line.getBBox(), line.getCTM().f]).flatMap(([{y, height}, f]) => [y + f, y + height + f])"
    )
    assert sorted(reached) == pytest.approx(heights, abs=1)
    explorer.control("pace").uncheck()
    settled(lines.count, 0)
    assert [text for text in explorer.texts() if text in said] == []


def test_the_table_beneath_lists_the_drawn_figures_and_is_sorted_by_each_heading(pick, figures):
    explorer = pick(CHOSEN, "growth rates")
    explorer.control("table").check()
    rows = shown(figures, "growth rates", CHOSEN)
    listed = sorted(
        [labels.name(row), labels.span(row.period), labels.figure(row)] for row in rows.itertuples()
    )
    settled(lambda: sorted(cells[:3] for cells in explorer.rows()), listed)
    heads = explorer.box.locator("th")
    assert heads.all_inner_texts() == [
        words for key, words in explorer.words["listing"].items() if key not in ("sort", "unknown")
    ]
    numbers = {
        "period": [int(row.start) for row in rows.itertuples()],
        "figure": [row.value for row in rows.itertuples()],
    }
    for number, key in enumerate(list(explorer.words["listing"])[: heads.count()]):
        for order, step in (("ascending", 1), ("descending", -1)):
            heads.nth(number).press("Enter")
            assert [head.get_attribute("aria-sort") for head in heads.all()] == [
                order if place == number else "none" for place in range(heads.count())
            ]
            texts = [cells[number] for cells in explorer.rows()]
            if key in numbers:
                found = [
                    float(re.search(r"-?\d[\d.]*", text.replace("−", "-"))[0]) for text in texts
                ]
                assert found == sorted(numbers[key], reverse=step < 0)
            else:
                assert explorer.page.evaluate(
                    "([texts, step]) => texts.every((text, at) => !at || step * texts[at - 1].localeCompare(text) <= 0)",
                    [texts, step],
                )
    explorer.control("table").uncheck()
    settled(explorer.rows, [])


def test_reset_brings_everything_back_to_the_first_choice(pick, figures, where):
    explorer = pick(["real_gdp"], "growth rates", ["shaoxing", "china"])
    explorer.control("search").fill("income")
    explorer.choose("theme", explorer.words["themes"]["environment"])
    explorer.choose("arrangement", explorer.words["choices"]["apart"])
    explorer.choose("vintages", explorer.words["choices"]["every"])
    for key in ("actual", "table"):
        explorer.control(key).set_checked(key == "table")
    explorer.handle("years", 1).press("ArrowRight")
    explorer.speak("zh")
    explorer.draws(
        expected(
            figures,
            "growth rates",
            ["real_gdp"],
            "zh",
            places=["shaoxing", "china"],
            years=(2016, 2025),
            statuses=["target", "estimate"],
            printings="all",
        )
    )
    explorer.reset()
    explorer.draws(expected(figures, **FIRST))
    settled(explorer.rows, [])


def test_in_chinese_everything_is_chinese_and_back_in_english_everything_is_english(pick, figures):
    explorer = pick(["gdp"], "levels", ["shaoxing", "china"])
    explorer.control("table").check()
    row = next(row for row in shown(figures, "levels", ["gdp"]).itertuples() if row.others)
    english = explorer.written()
    for language in ("zh", "en"):
        explorer.speak(language)
        rows = shown(figures, "levels", ["gdp"], ["shaoxing", "china"])
        explorer.draws(sentences(rows, language))
        settled(
            lambda: sorted(cells[2] for cells in explorer.rows()),
            sorted(labels.figure(each, explorer.language) for each in rows.itertuples()),
        )
        written, words = explorer.written(), WORDS[language]
        keys = [
            key
            for key in words["controls"]
            if key
            not in (
                "save",
                "citation",
                "year",
                "target_year",
                "order",
                "rate",
                "reset_tip",
                "again",
            )
        ]
        wanted = (
            {words["controls"][key] for key in keys}
            | set(words["themes"].values())
            | set(words["views"].values())
        )
        wanted |= {
            words["choices"][key]
            for key in (
                *explorers.STATUSES,
                *explorers.ARRANGEMENTS,
                *explorers.SCALES,
                "latest",
                "every",
            )
        }
        wanted |= {
            heading for key, heading in words["listing"].items() if key not in ("sort", "unknown")
        }
        wanted |= {
            words["controls"]["save"].format(words["controls"]["citation"]),
            *(topic(each, language) for each in rows.itertuples()),
        }
        assert wanted - written == set()
        if language == "zh":
            assert [text for text in english & written if re.search("[a-z]{2}", text)] == [
                "English"
            ]
        assert explorer.tip(row) == labels.tip(row, language)
        explorer.leave()


def test_near_a_mark_a_tooltip_says_all_of_its_figure_and_other_printings(pick, figures):
    explorer = pick(["gdp", "grain_output"])
    rows = list(shown(figures, "levels", ["gdp", "grain_output"]).itertuples())
    twice, once = (
        next(row for row in rows if bool(row.others) == several) for several in (True, False)
    )
    for row in (twice, once):
        tip = explorer.tip(row)
        assert tip == labels.tip(row)
        assert (explorer.words["tooltip"]["others"] in tip) == bool(row.others)
        explorer.leave()


def test_a_click_near_a_mark_keeps_its_figure_with_every_printing_and_rings_it(pick, figures):
    explorer = pick(["gdp"])
    row = next(row for row in shown(figures, "levels", ["gdp"]).itertuples() if row.others)
    rings = explorer.chart.locator(f".mark-symbol path[stroke='{charts.INK}']")
    assert rings.count() == 0 and explorer.rows() == []
    explorer.page.mouse.click(*explorer.approach(explorer.mark(row)))
    settled(rings.count, 1)
    kept = sorted([labels.figure(each), each.as_printed] for each in (row, *row.others))
    settled(lambda: sorted([cells[2], cells[5]] for cells in explorer.rows()), kept)
    (ring,), (mark,) = rings.evaluate_all(MIDDLES), explorer.mark(row).evaluate_all(MIDDLES)
    assert ring == pytest.approx(mark, abs=1)
    explorer.reset()
    settled(rings.count, 0)
    settled(explorer.rows, [])


def why(figures, paths, view, chosen, places):
    """For each control that may be disabled the key of the reason, or nothing where it makes sense."""
    on_levels, rows = view in ("levels", "index"), shown(figures, view, chosen, places)
    mine = figures[figures["indicator"].isin(chosen) & figures["place"].isin(places)]
    return {
        "base": "" if view == "index" else "base",
        "scale": "log_view" if not on_levels else "log_zero" if (rows["value"] <= 0).any() else "",
        "arrangement": "" if len(places) > 1 else "arrangement",
        "vintages": "vintages" if mine["drawn"].all() else "",
        "pace": "pace_view"
        if not on_levels
        else ""
        if paths["indicator"].isin(chosen).any()
        else "pace_none",
    }


@pytest.mark.parametrize(
    ("view", "chosen", "places"),
    [
        *((view, ["gdp", "pm25", "livelihood_spending"], ["shaoxing"]) for view in explorers.VIEWS),
        ("levels", ["covid_deaths"], ["shaoxing"]),
        ("levels", ["pm25"], ["shaoxing", "china"]),
        ("index", ["gdp"], ["zhejiang", "shaoxing"]),
    ],
)
def test_a_control_is_disabled_exactly_when_it_makes_no_sense_and_the_reason_stands_beneath(
    pick, figures, shaoxing, view, chosen, places
):
    explorer = pick(chosen, view, places)
    explorer.draws(expected(figures, view, chosen, places=places))
    reasons = why(figures, growth.required_paths(shaoxing), view, chosen, places)
    disabled = lambda: {key: explorer.control(key).is_disabled() for key in reasons}  # noqa: E731
    settled(disabled, {key: bool(reason) for key, reason in reasons.items()})

    def said():
        text = explorer.box.inner_text()
        return {key for key, reason in explorer.words["reasons"].items() if reason in text}

    settled(said, set(filter(None, reasons.values())))


def test_what_is_drawn_is_saved_as_csv_png_svg_and_citation(explorer, figures):
    rows = list(shown(figures, FIRST["view"], FIRST["chosen"]).itertuples())
    saved = list(csv.DictReader(explorer.download("CSV").decode("utf-8-sig").splitlines()))
    facts = [
        "indicator",
        "place",
        "period",
        "status",
        "printed",
        "as_printed",
        "title_en",
        "locator",
    ]
    found = [[line["figure" if fact == "printed" else fact] for fact in facts] for line in saved]
    assert sorted(found) == sorted([str(getattr(row, fact)) for fact in facts] for row in rows)
    width, height = Image.open(io.BytesIO(explorer.download("PNG"))).size
    drawing = ElementTree.fromstring(explorer.download("SVG"))
    assert (width, height) == pytest.approx(
        (2 * float(drawing.get("width")), 2 * float(drawing.get("height"))), abs=40
    )  # another font
    assert (
        width > charts.PANEL[0]
        and height > len({labels.panel(row) for row in rows}) * charts.PANEL[1]
    )
    written = [
        "".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert [labels.short(row) for row in rows if labels.short(row) not in written] == []
    whole = " ".join(
        part
        for text in drawing.iter("{http://www.w3.org/2000/svg}text")
        for part in text.itertext()
    )
    assert [row.title_en for row in rows if row.title_en not in whole] == []
    citation = explorer.download("Citation").decode()
    said = {
        text for row in rows for text in (row.title_en, row.publisher, labels.name(row), row.url)
    }
    dates = {
        f"{row.published:%Y-%m-%d}"
        if row.published == row.published
        else explorer.words["listing"]["unknown"]
        for row in rows
    }
    assert [
        text for text in said | dates | {date.today().isoformat()} if text not in citation
    ] == []


def test_changes_in_quick_succession_end_with_what_the_controls_say(pick, figures):
    """In the real page; that two threads do not mix is held in test_explorers.py."""
    for _ in range(5):
        explorer = pick([])
        for view in explorers.VIEWS:
            explorer.press("views", view)
        for status in explorers.STATUSES:
            explorer.control(status).uncheck()
        for status in explorers.STATUSES[1:]:
            explorer.control(status).check()
        pick(CHOSEN, "growth rates")
        explorer.draws(expected(figures, "growth rates", CHOSEN, statuses=explorers.STATUSES[1:]))
        explorer.control("actual").check()
        explorer.draws(expected(figures, "growth rates", CHOSEN))


def test_a_choice_is_drawn_while_the_kernel_cannot_answer(pick, figures, lab, where, table):
    parts = set(explorers.IndicatorExplorer(table, FIRST["chosen"]).all_parts())
    explorer = pick()
    settled(
        lambda: int(explorer.box.locator("[data-parts]").get_attribute("data-parts")) >= len(parts),
        True,
    )
    with lab.kernel_stopped(EVERYTHING):
        for view, chosen, places in [
            ("index", ["gdp", "exports"], ["shaoxing"]),
            ("levels", ["gdp", "pm25"], ["shaoxing", "china"]),
        ]:
            pick(chosen, view, places)
            explorer.draws(expected(figures, view, chosen, places=places))
        explorer.control("target").uncheck()
        explorer.draws(
            expected(figures, view, chosen, places=places, statuses=["actual", "estimate"])
        )
        explorer.handle("years", 1).press("ArrowRight")
        explorer.button("中文").click()
        explorer.draws(
            expected(
                figures,
                view,
                chosen,
                "zh",
                places=places,
                statuses=["actual", "estimate"],
                years=(2016, 2025),
            )
        )
    explorer.language = "zh"
    settled(lambda: explorer.words["controls"]["language"] in explorer.written(), True)


def test_a_second_view_of_an_explorer_draws_the_same(pick, figures, desk):
    chosen = ["gdp", "exports", "pm25"]
    explorer = pick(chosen, "index")
    explorer.draws(expected(figures, "index", chosen))
    page = desk.visit(EVERYTHING).page
    explorer.box.locator(".widget-html").first.click(button="right")
    page.get_by_text("Create New View for Cell Output", exact=True).click()
    try:
        second = page.locator(".jp-LinkedOutputView .widget-vbox:has(.views)")
        settled(lambda: marks(second), expected(figures, "index", chosen))
    finally:
        page.locator(".lm-TabBar-tab:has-text('Output View') .lm-TabBar-tabCloseIcon").click()


def test_keys_in_the_list_stay_in_the_list(explorer, figures, names):
    cells = explorer.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    box = explorer.control("indicators")
    box.focus()
    for key in ("d", "d", "b", "r", "Home", "ArrowDown"):
        box.press(key)
    explorer.draws(expected(figures, "levels", [names["en"].index[1]]))
    assert cells.count() == before


# --- the explorer of a few numbers ------------------------------------------------------------------


@pytest.fixture(scope="module")
def numbers(desk):
    return Explorer(desk.visit(START), OTHERS).watched()


def panels(explorer):
    """What each panel says: its heading, the figure beside it, and the lines on its targets."""
    cells = explorer.chart.locator(".cell > g").evaluate_all(PANELS)
    return {"".join(heading): ("".join(figures), "".join(goal)) for heading, figures, goal in cells}


def values(explorer):
    return {heading: value for heading, (value, _) in panels(explorer).items()}


def of_year(figures, year, chosen, language):
    """The heading of each number and its figure of a year, as the table says."""
    rows = shown(figures, "levels", chosen)
    found = {
        charts.cut(labels.headed(row, language), 62): WORDS[language]["said"]["no_figure"].format(
            year
        )
        for row in rows.itertuples()
    }
    known = rows[rows["status"].ne("target") & rows["start"].eq(year) & rows["end"].eq(year)]
    return found | {
        charts.cut(labels.headed(row, language), 62): labels.short(row)
        for row in known.itertuples()
    }


def test_the_year_slider_sets_the_figures_beside_the_panels(numbers, figures):
    handle = numbers.handle("year")
    handle.press("Home")
    for year in range(charts.YEARS[0], charts.YEARS[1] + 1):
        settled(lambda: values(numbers), of_year(figures, year, TEN, "en"))
        handle.press("ArrowRight")


def test_beside_each_number_stand_its_targets_with_their_verdicts(numbers, shaoxing):
    verdicts = growth.verdicts(shaoxing)
    aims = verdicts[verdicts["indicator"].isin(TEN) & verdicts["measure"].isin(growth.LEVELS)]
    goals = {heading: goal for heading, (_, goal) in panels(numbers).items()}
    said, words = numbers.words["said"], numbers.words["verdicts"]
    pairs = [
        (
            labels.headed(row),
            said["target_short"].format(labels.span(row.period), labels.short(row))
            + words[row.verdict],
        )
        for row in aims.itertuples()
    ]
    assert [(heading, wanted) for heading, wanted in pairs if wanted not in goals[heading]] == []
    assert {heading for heading, goal in goals.items() if goal == said["no_goal"]} == set(goals) - {
        heading for heading, _ in pairs
    }


def test_the_theme_and_the_language_choose_the_numbers_and_their_words(numbers, figures, every):
    themes = every.drop_duplicates("indicator").set_index("indicator")["theme"].astype(str)
    year = int(numbers.handle("year").get_attribute("aria-valuenow").split(".")[0])
    for language in ("zh", "en"):
        numbers.speak(language)
        for theme in ("environment", "livelihood"):
            numbers.choose("theme", numbers.words["themes"][theme])
            all_of_theme = of_year(figures, year, themes.index[themes == theme], language)
            settled(lambda known=set(all_of_theme): set(values(numbers)) - known, set())
            assert 2 < len(values(numbers)) <= 10
            assert {
                heading: value
                for heading, value in values(numbers).items()
                if all_of_theme[heading] != value
            } == {}
        numbers.choose("theme", numbers.words["choices"]["ten"])
        settled(lambda: values(numbers), of_year(figures, year, TEN, language))
        wanted = {numbers.words["controls"][key] for key in ("language", "year", "theme")} | {
            numbers.words["choices"]["ten"]
        }
        assert wanted - numbers.written() == set()


# --- the explorer of targets ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def aims(desk):
    return Explorer(desk.visit(TARGETS), OTHERS).watched()


@pytest.fixture(scope="module")
def promised(every):
    table = data.latest(every[every["place"] == "shaoxing"])
    return growth.with_latest(table, growth.verdicts(table))


def lines(explorer):
    """The rows of the chart from top to bottom: the target, its outcome, and when it would be reached."""
    columns = [
        explorer.chart.locator(which)
        for which in ("[aria-label^='Y-axis'] text", ".concat_1_marks text", ".concat_2_marks text")
    ]
    placed = [
        sorted(
            column.evaluate_all(
                "texts => texts.map(text => [text.getBoundingClientRect().y, text.textContent])"
            )
        )
        for column in columns
    ]
    return list(zip(*([text[:CUT] for _, text in column] for column in placed), strict=False))


def promises(promised, year="2025", theme="all", order="codebook", rate=5.0, language="en"):
    """What `lines` are to be, as the table says; targets are cut as the page may cut them."""
    words = WORDS[language]["verdicts"]
    rows = promised[promised["end"].astype(str).eq(year) | (year == "all")]
    rows = rows[rows["theme"].eq(theme) | (theme == "all")]
    if order == "gap":
        gap = pd.to_numeric(rows["better_by"]).fillna(pd.to_numeric(rows["baseline_by"]))
        rows = rows.loc[gap.sort_values(kind="stable").index]

    def outcome(row):
        return words[row.verdict] + (
            "*" * row.another_basis + f": {labels.figure(row.outcome, language)}"
            if row.outcome
            else ""
        )

    def when(row):
        return labels.when(row, rate, language) or words["none"]

    return [
        (labels.target(row, language)[:CUT], outcome(row)[:CUT], when(row))
        for row in rows.itertuples()
    ]


def told(promised, year="2025", language="en"):
    """The descriptions of the marks of all themes, as the table says."""
    rows = promised[promised["end"].astype(str) == year]
    known = [labels.verdict(row, language) for row in rows[rows["better_by"].notna()].itertuples()]
    return sorted(
        known
        + [
            labels.origin(row.baseline, language)
            for row in rows[rows["baseline_by"].notna()].itertuples()
        ]
    )


def test_the_targets_answer_to_year_theme_order_and_rate(aims, promised):
    settled(lambda: lines(aims), promises(promised))
    assert aims.marks() == told(promised)
    for year in ("2021", "all", "2025"):
        aims.button(aims.words["choices"].get(year, year)).click()
        settled(lambda year=year: lines(aims), promises(promised, year))
    for theme in promised[promised["end"] == 2025]["theme"].astype(str).unique():
        aims.choose("theme", aims.words["themes"][theme])
        settled(lambda theme=theme: lines(aims), promises(promised, theme=theme))
    aims.choose("theme", aims.words["themes"]["all"])
    aims.press("choices", "gap")
    settled(lambda: lines(aims), promises(promised, order="gap"))
    for _ in range(6):
        aims.handle("rate").press("ArrowRight")
    settled(lambda: lines(aims), promises(promised, order="gap", rate=8.0))
    assert promises(promised, rate=8.0) != promises(promised)
    assert aims.words["chart"]["target_heads"][2].format("8.0") in aims.texts()


def test_the_targets_speak_chinese_and_english(aims, promised):
    for language in ("zh", "en"):
        aims.speak(language)
        settled(
            lambda language=language: lines(aims),
            promises(promised, order="gap", rate=8.0, language=language),
        )
        assert aims.marks() == told(promised, language=language)
        wanted = {
            aims.words["controls"][key]
            for key in ("language", "theme", "target_year", "order", "rate")
        }
        wanted |= {aims.words["choices"][key] for key in ("codebook", "gap", "all")} | set(
            aims.words["chart"]["target_heads"][:2]
        )
        settled(lambda wanted=wanted: wanted - aims.written(), set())


# --- all of them ---------------------------------------------------------------------------------


def test_a_chart_is_embedded_once_for_very_many_changes(pick, numbers, aims, figures):
    explorer = pick()
    seen = {each: each.watched() and 0 for each in (explorer, numbers, aims)}

    def count(each):
        if each.embedded_anew():
            seen[each] += 1
            each.watched()

    for chosen in (["urban_income"], [], ["pm25", "gdp"]):
        pick(chosen)
        explorer.draws(expected(figures, "levels", chosen))
        count(explorer)
    for each in (explorer, numbers, aims):
        for language in ("zh", "en"):
            each.speak(language)
            settled(lambda each=each: each.words["controls"]["language"] in each.written(), True)
            each.choose("theme", each.words["themes"]["livelihood"])
            count(each)
    for view in ("growth rates", "index", "levels"):
        explorer.press("views", view)
        explorer.draws(expected(figures, view, ["pm25", "gdp"]))
        count(explorer)
    assert max(seen.values()) <= 1  # the two hundredth draw may have been among these


# --- for everyone ---------------------------------------------------------------------------------


SHOWN = {
    "include": [[".jp-OutputArea"], [".jp-MarkdownOutput"]]
}  # what a notebook shows; the rest is JupyterLab's own
CLIPPED = """box => {
    const room = box.getBoundingClientRect(), controls = [...box.querySelectorAll("select, input, button, label, .widget-readout, .noUi-target")];
    const cut = ({left, right}) => left < room.left - 1 || right > room.right + 1;
    return controls.filter((each) => each.checkVisibility() && cut(each.getBoundingClientRect())).map((each) => each.textContent.slice(0, 30));
}"""
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.getAttribute("aria-label") ?? (at.labels?.length ? at.labels[0].innerText : at.innerText);
    return label.replace(/\\xa0/g, " ").trim();
}"""


def faults(page):
    """What axe-core calls serious or critical in what a notebook shows.

    In a chart that JupyterLab draws by itself, Vega calls the place for marks of a kind a picture even where it is empty: that one says
    nothing to anybody.
    """
    found = (
        Axe()
        .run(page, context=SHOWN, options={"resultTypes": ["violations"]})
        .response["violations"]
    )
    found = [
        (rule["id"], node["html"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    return [
        (rule, html)
        for rule, html in found
        if not (rule == "svg-img-alt" and re.fullmatch(r"<g class=\"mark-[^>]*></g>", html))
    ]


@pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])
def test_what_a_notebook_shows_has_no_serious_fault_of_accessibility(desk, notebook):
    assert faults(desk.visit(notebook).page) == []


def test_a_serious_fault_of_accessibility_would_be_noticed(desk):
    page = desk.visit(TARGETS).page
    page.evaluate(
        "document.querySelector('.widget-vbox .vega-embed svg').removeAttribute('aria-label')"
    )
    page.evaluate(
        "document.querySelector('.jp-OutputArea').insertAdjacentHTML('beforeend', '<img id=fault src=data:image/gif;base64,R0lGODlhAQABAAAAACw=>')"
    )
    assert {"svg-img-alt", "image-alt"} & {rule for rule, _ in faults(page)}
    page.evaluate("document.getElementById('fault').remove()")


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


@pytest.mark.parametrize(
    ("notebook", "where"), [(EVERYTHING, INDICATORS), (START, OTHERS), (TARGETS, OTHERS)]
)
def test_at_twice_the_size_no_control_is_cut_off(desk, notebook, where):
    page = desk.visit(notebook).page
    page.set_viewport_size(
        {"width": 700, "height": 600}
    )  # what is left of the page when everything is twice as large
    try:
        settled(lambda: page.locator(where).first.evaluate(CLIPPED), [])
    finally:
        page.set_viewport_size({"width": 1400, "height": 1200})


# --- the dark theme ---------------------------------------------------------------------------------


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


@contextlib.contextmanager
def dark(visit):
    visit.theme("Dark")
    try:
        yield
    finally:
        visit.theme("Light")


# --- reloaded, saved and opened anew ----------------------------------------------------------------


def test_a_page_loaded_anew_shows_what_its_controls_say(desk, figures):
    visit = desk.visit(GROWTH)
    Explorer(visit).press("views", "levels")
    Explorer(visit).draws(expected(figures, "levels", CHOSEN))
    visit.save()
    visit.page.reload()
    visit.page.locator(f"{INDICATORS} .vega-embed svg").wait_for(state="attached")
    Explorer(visit).draws(expected(figures, "levels", CHOSEN))


def test_in_no_notebook_anything_left_this_machine_or_an_error_was_reported(desk):
    visits = {path.stem: desk.visit(path.stem) for path in NOTEBOOKS}
    assert [name for name, visit in visits.items() if not visit.asked] == []
    assert {
        name: visit.away() + visit.errors
        for name, visit in visits.items()
        if visit.away() + visit.errors
    } == {}


def test_a_notebook_saved_after_a_run_shows_its_charts_when_opened_anew(desk, browser, lab):
    visit = desk.visit(GROWTH)
    before = visit.before
    visit.save()
    desk.close()
    lab.stop()
    lab.start()
    again = Visit(browser, lab, GROWTH)
    assert [again.saved(number) for number in range(len(before))] == before
    assert "Error displaying widget" not in again.page.content()
    again.page.close()


# --- a table of one's own ---------------------------------------------------------------------------


def test_a_table_of_ones_own_is_drawn_beside_the_bundles(desk, figures):
    visit = desk.visit(MINE)
    assert (
        visit.page.locator(".jp-OutputArea-output pre")
        .get_by_text("row 3, column value: found '31,930'")
        .count()
        == 1
    )
    explorer = Explorer(visit)
    one = (
        "Zhejiang, Disposable income per capita, urban residents, 2020: 62699 CNY (level, outcome)"
    )
    explorer.draws(sorted([*expected(figures, "levels", ["urban_income"]), one]))
    explorer.choose("places", "Zhejiang")
    explorer.draws([one])
