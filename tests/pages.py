"""What a test does and sees in the pages of JupyterLab: notebooks, explorers, marks."""

import contextlib
import json
import re
import time
from typing import NamedTuple

import nbformat
from bundle import NOTEBOOKS, ROOT
from indicators import labels
from indicators.i18n import LANGUAGES, WORDS
from playwright.sync_api import TimeoutError as Late
from servers import settled

START, GROWTH = "00-start-here", "01-how-fast-did-it-grow"
AIR, LIVELIHOOD = "02-did-the-air-and-water-get-better", "03-what-was-spent-on-livelihoods"
TARGETS, SOURCES = "04-were-the-targets-met", "05-where-does-each-number-come-from"
EVERYTHING, MINE = "06-explore-everything", "07-bring-your-own-table"
WAIT = 180_000  # milliseconds, a ceiling for a page to do what it is told
AGAIN = 20_000  # milliseconds until Run All is chosen again where that is needed
WIDGET, CHART = "application/vnd.jupyter.widget-view+json", "application/vnd.vegalite.v5+json"
INDICATORS = ".widget-vbox:has(.views)"
OTHERS = ".widget-vbox:not(:has(.views), .exercise)"  # explorers of targets or of a few numbers
IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']"  # the sign of an idle kernel
SAVED = ".jp-Notebook .vega-embed"
TIP = "#vg-tooltip-element.visible"
DRAWN = "[aria-roledescription='point'], [aria-roledescription='rule mark']"
# Waits until the page has drawn twice.
TURN = """() => new Promise(
    done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"""
WRITTEN = """found => found.map(
    each => each.label ?? each.placeholder ?? each.innerText ?? each.textContent)"""
# What a list offers: of one with ticks, what is found in it and what is chosen.
OFFERED = r"""list => [...list.querySelectorAll("option, [role=option]:not(.chosen *)")]
    .filter(row => row.ariaSelected === "true" || !row.closest("[hidden]"))
    .map(row => row.textContent.replace(/\xa0/g, " "))"""
TICKED = """list => [...list.querySelectorAll("[role=option][aria-selected=true]:not(.chosen *)")]
    .map(row => row.textContent)"""
COUNT = r"\s?[(（]\d+[)）]$"  # how many targets a choice has, behind its name
TICK = """(list, names) => {
    for (const row of list.querySelectorAll("[role=option]:not(.chosen *)"))
        if (names.includes(row.textContent.replace(COUNT, "")) !== (row.ariaSelected === "true"))
            row.click();
}""".replace("COUNT", f"/{COUNT}/")
# Counts may change at any time: a choice is looked for and made in one turn of the page.
CHOOSE = r"""(list, names) => {
    for (const option of list.options)
        option.selected = names.includes(
            option.label.replace(/\xa0/g, " ").replace(COUNT, ""));
    for (const name of ["input", "change"])
        list.dispatchEvent(new Event(name, { bubbles: true }));
}""".replace("COUNT", f"/{COUNT}/")
STATE = """box => {
    const value = (control) =>
        control.role === "listbox"
            ? [...control.querySelectorAll("[aria-selected=true]:not(.chosen *)")]
                .map((row) => row.textContent)
        : control.tagName === "SELECT" ? [...control.selectedOptions].map((option) => option.label)
        : control.type === "checkbox" ? control.checked
        : control.value ?? control.ariaValueNow ?? control.innerText;
    return [...box.querySelectorAll(
        "select, input, [role=listbox], .noUi-handle, button.mod-active")].map(value);
}"""
# Marks the prompts of cells that a run begins: the numbers of saved cells tell nothing of it.
WATCH_RUNS = """() => {
    for (const prompt of document.querySelectorAll("[data-ran]")) delete prompt.dataset.ran;
    window.runsWatched?.disconnect();
    window.runsWatched = new MutationObserver((records) => {
        for (const { target } of records)
            if (target.matches?.(".jp-InputPrompt") && target.textContent.includes("*"))
                target.dataset.ran = "";
    });
    window.runsWatched.observe(document.body, { childList: true, subtree: true });
}"""
# Keeps what JupyterLab has asked its kernels and they have not answered, for each connection.
LISTEN = """(() => {
    const unanswered = (window.unanswered = new Set());
    const part = (data, number) => {
        const view = new DataView(data), at = (each) => Number(view.getBigUint64(8 * each, true));
        const [start, end] = [at(number + 1), at(number + 2)];
        return new TextDecoder().decode(new Uint8Array(data, start, end - start));
    };
    const json = (data, number) => JSON.parse(part(data, number));
    window.WebSocket = class extends WebSocket {
        asked = new Set();
        constructor(...about) {
            super(...about);
            this.addEventListener("close", () => unanswered.delete(this.asked));
            this.addEventListener("message", ({ data }) => {
                if (!this.ofKernel || part(data, 0) !== "iopub") return;
                if (json(data, 1).msg_type === "status" && json(data, 4).execution_state === "idle")
                    this.asked.delete(json(data, 2).msg_id);
            });
        }
        get ofKernel() {
            return this.protocol === "v1.kernel.websocket.jupyter.org";
        }
        send(data) {
            if (this.ofKernel && part(data, 0) === "shell")
                unanswered.add(this.asked.add(json(data, 1).msg_id));
            super.send(data);
        }
    };
})()"""
# A widget of anywidget that has not begun after two seconds has failed; a busy machine needs more.
PATIENT = """(() => {
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (time) => timeout.call(AbortSignal, 100 * time);
})()"""
ANSWERED = f"({TURN})().then(() => [...unanswered].every((asked) => !asked.size))"
# A run that JupyterLab drops leaves an empty prompt behind.
HAS_RUN = """[...document.querySelectorAll(".jp-InputPrompt[data-ran]")]
    .some((prompt) => /[\\d*]/.test(prompt.textContent))"""
# A kernel that JupyterLab exchanges while cells run knows nothing of the first of them.
HAS_FAILED = """Boolean(document.querySelector("[data-mime-type='application/vnd.jupyter.stderr']"))
    && [...document.querySelectorAll(".jp-InputPrompt")].every(
        ({ textContent }) => !textContent.includes("*"))"""


def run_all(page, living):
    """Choose Run All, and again while no cell has run, or one failed. Waits for so many explorers
    that were not there before.

    While a kernel connects, JupyterLab may forget what it was told, or ask which one is meant.
    """
    page.locator(IDLE).first.wait_for(state="attached")
    page.evaluate(WATCH_RUNS)
    drawn = ".widget-vbox .vega-embed svg"
    page.locator(drawn).evaluate_all(
        "charts => charts.forEach(chart => { chart.dataset.before = ''; })"
    )
    last = page.locator(f"{drawn}:not([data-before])").nth(living - 1)
    asked = page.locator(".jp-Dialog .jp-mod-accept")  # once for each cell that waits
    due, end = not asked.count(), time.monotonic() + WAIT / 1000
    while time.monotonic() < end:
        with contextlib.suppress(Late):
            if due:  # a dialog may come meanwhile
                page.get_by_text("Run", exact=True).first.click(timeout=AGAIN)
                page.get_by_text("Run All Cells", exact=True).click(timeout=AGAIN)
            last.or_(asked).first.wait_for(state="attached", timeout=AGAIN)
        if last.count():
            return
        if due := not asked.count():
            due = not page.evaluate(HAS_RUN) or page.evaluate(HAS_FAILED)
        else:
            with contextlib.suppress(Late):
                asked.first.click(timeout=AGAIN)
    last.wait_for(state="attached", timeout=1)


class Untouched(NamedTuple):
    """What a notebook shows before anything is run."""

    marks: list
    prompts: list
    prose: str
    has_run: bool


class Visit:
    """A page of the lab with a notebook, every address it asked for and every error it reported."""

    def __init__(self, browser, lab, notebook):
        self.lab, self.outputs, self.explorers = lab, outputs(notebook), explorers(notebook)
        self.listen(browser)
        self.open(notebook)

    def listen(self, browser, height=1200):
        """Open an empty page that writes down what it asks for and the errors it reports."""
        self.asked, self.errors = [], []
        self.page = browser.new_page(viewport={"width": 1400, "height": height})
        self.page.set_default_timeout(WAIT)
        for script in (LISTEN, PATIENT):
            self.page.add_init_script(script)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def note(self, message):
        """Keep what the page reports, with the address that it speaks of."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    def open(self, notebook):
        """Open the notebook alone, and wait until its saved charts are drawn."""
        self.page.goto(self.lab.address(f"lab/tree/notebooks/{notebook}.ipynb") + "&reset")
        self.page.locator(f"{SAVED} svg").nth(self.charts() - 1).wait_for(state="attached")

    def run_all(self):
        """Run All, once the kernel is there: what it says before that a page may miss."""
        run_all(self.page, self.living())
        return self

    def charts(self):
        """How many saved charts the notebook has."""
        return sum(CHART in output for output in self.outputs)

    def living(self):
        """How many explorers the notebook has."""
        return self.explorers

    def untouched(self):
        """What the page shows before anything is run: the marks of each saved chart, the prompts,
        the prose, and whether it looks as if a cell had run."""
        self.page.evaluate(WATCH_RUNS)
        return Untouched(
            [self.saved(number) for number in range(self.charts())],
            self.page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts(),
            " ".join(self.page.locator(".jp-RenderedMarkdown").all_inner_texts()),
            self.has_run(),
        )

    def has_run(self):
        """Whether a cell has begun to run since the page was last watched."""
        return self.page.evaluate(HAS_RUN)

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


class Own(Visit):
    """A page with a notebook of one's own (its cells, between lines of three dashes), run."""

    def __init__(self, browser, lab, name, cells, height=1200):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells.split("---")],
            metadata=nbformat.read(NOTEBOOKS[0], 4).metadata,
        )
        nbformat.write(notebook, lab.folder / "notebooks" / f"{name}.ipynb")
        self.lab, self.count = lab, cells.count("Explorer(")
        self.listen(browser, height)  # JupyterLab draws what is in sight
        self.page.goto(lab.address(f"lab/tree/notebooks/{name}.ipynb") + "&reset")
        run_all(self.page, self.count)

    def explorer(self, number=0):
        return Explorer(self, f":nth-match(.widget-vbox:has(.vega-embed), {number + 1})")


class Show(Visit):
    """A page of the dashboard with a notebook."""

    def open(self, notebook):
        self.page.goto(self.lab.address(f"voila/render/{notebook}.ipynb"), wait_until="commit")

    def ready(self):
        """Itself, once every explorer is drawn."""
        self.page.locator(".widget-vbox .vega-embed svg").nth(self.living() - 1).wait_for(
            state="attached"
        )
        return self

    def text(self):
        return self.page.locator("body").inner_text()


class Desk:
    """The notebooks that are open and run, each once."""

    def __init__(self, browser, lab):
        self.browser, self.lab, self.visits = browser, lab, {}

    def visit(self, notebook):
        """The page of a notebook after Run All.

        `before` is what it showed when nothing was run, `ran` whether a cell has run since.
        """
        if notebook not in self.visits:
            visit = self.visits[notebook] = Visit(self.browser, self.lab, notebook)
            visit.before = visit.untouched()
            visit.ran = visit.run_all().has_run()
        return self.visits[notebook]

    def close(self):
        for visit in self.visits.values():
            visit.page.close()
        self.visits.clear()


class Explorer:
    """An explorer alive in a page: its controls (by keys of `WORDS`), what it draws and says."""

    def __init__(self, visit, where=INDICATORS):
        self.page, self.box, self.language = visit.page, visit.page.locator(where), "en"
        self.chart = self.box.locator(".vega-embed svg")
        self.chart.first.wait_for(state="attached")  # of a cell that still runs
        for fold in ("controls", "more"):  # a wide pane has no fold of the controls
            opener = self.box.locator(f".{fold} > .opener")
            opener.wait_for(state="attached")
            if opener.is_visible() and "mod-active" not in opener.get_attribute("class"):
                opener.click()
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
        """Press the button with the word at a path of `words`, as in `press("views", "levels")`."""
        words = self.words
        for key in path:
            words = words[key]
        self.button(words).click()

    def choose(self, key, *options):
        """Choose these, and no others, of a list; a count behind a name need not be said."""
        control, names = self.control(key), [str(option) for option in options]
        listed = control.get_attribute("role") == "listbox"
        said = control.locator("[role=option]" if listed else "option").all_text_contents

        def named():
            return {re.sub(COUNT, "", text.replace("\xa0", " ")) for text in said()}

        settled(lambda: set(names) - named(), set())
        control.evaluate(TICK if listed else CHOOSE, names)

    def speak(self, language):
        self.button(LANGUAGES[language]).click()
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
        """What a list offers in its order; of one with ticks, what is found and what is chosen."""
        return self.control(key).evaluate(OFFERED)

    def ticked(self, key):
        """What is chosen in a list with ticks, in the order of the list."""
        return self.control(key).evaluate(TICKED)

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
        """Move the mouse about near a mark until its tooltip shows; where the mouse is then."""

        def shown():
            mark.scroll_into_view_if_needed()  # again where the page has moved meanwhile
            if not (box := mark.bounding_box()):
                return False
            self.at = box["x"] + box["width"] + time.monotonic() % 2, box["y"] + box["height"] / 2
            self.page.mouse.move(*self.at)
            return self.page.locator(TIP).is_visible() and mark.bounding_box() == box

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
            "label, button, option, [role=option], .heading, input, th, .role-title-text text"
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
        """Wait until the kernel has answered all changes, and those that the page held back."""
        settled(lambda: all(self.page.evaluate(ANSWERED) for _ in range(3)), True)

    def reset(self):
        """Bring the first choice back and wait until the controls and the page show it.

        The kernel closes views last: a button that is still open would close under the mouse.
        """
        self.leave()
        self.caught_up()
        self.press("controls", "reset")
        self.language = "en"
        settled(self.state, self.first)
        self.caught_up()


def marks(where):
    """The descriptions of the marks drawn in `where`, sorted."""
    script = "found => found.filter(mark => mark.checkVisibility()).map(mark => mark.ariaLabel)"
    return sorted(where.locator(DRAWN).evaluate_all(script))


def cells(notebook):
    """The code cells of a notebook as it is saved."""
    found = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    return [cell for cell in found if cell.cell_type == "code"]


def outputs(notebook):
    """The MIME bundles of the saved outputs of a notebook, in order."""
    return [output.data for cell in cells(notebook) for output in cell.outputs if "data" in output]


def explorers(notebook):
    """How many cells of a notebook make an explorer."""
    return sum("Explorer(" in cell.source for cell in cells(notebook))
