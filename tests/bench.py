"""How fast the bundle answers, beside other ways to make a chart answer.

`make bench` measures all; `make bench PARTS="peers start"` measures some parts.

The real JupyterLab is driven in a browser, with keys. A change is timed in the page: from the
trusted event (a key goes down, the mouse moves) to the animation frame in which the watched picture
(the chart; of a list or a table, its rows) last changed before the kernel was idle and the page had
been calm for `CALM` turns. So a picture that changes in steps counts with its last step. The clock
is the same for all. Each change is made there and back: there leads to a choice that this kernel
had not made before ("new"), back to one that it had ("again"). `--quick` makes few changes. Results
go to `bench.json` beside this file; parts that are not run keep theirs, on the same machine.
"""

import argparse
import contextlib
import functools
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import national
import nbformat
import pandas as pd
from conftest import BROWSER, FLAGS, NOTEBOOKS, ROOT, copy_of_bundle
from indicators import charts, data, explorers, growth
from indicators.i18n import LANGUAGES
from jupyter_client.manager import start_new_kernel
from pages import (
    DRAWN,
    EVERYTHING,
    GROWTH,
    INDICATORS,
    OTHERS,
    START,
    TARGETS,
    WAIT,
    Explorer,
    Visit,
)
from playwright.sync_api import sync_playwright
from servers import Lab
from test_processes import kept_in

RESULTS = Path(__file__).with_suffix(".json")
PACKAGES = (
    "jupyterlab",
    "pandas",
    "altair",
    "ipywidgets",
    "anywidget",
    "vl-convert-python",
    "playwright",
)
# A peer that the bundle does not need: installed aside, left out where that fails.
PLOTLY = "plotly==6.5.0"
CALM = 8  # turns of ten milliseconds
CHANGES, QUICK = 20, 3  # there and back
STARTS, RUNS, LONG, CLASS = 10, 3, 1000, 40
MILLION = 1_000_000
# Have figures in every view, for several places, printed several times, with targets.
KEPT = ["gdp_per_capita", "urban_income"]
EXPECTED = ["gdp", "general_public_budget_revenue"]  # have outcomes that were expected

CLOCK = """(drawn) => {
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const open = new Set(), now = () => performance.now();
    const bench = window.bench = { kernel, open, last: 0, began: undefined, ended: undefined };
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === "send" && msg.channel === "shell") open.add(msg.header.msg_id);
        const { msg_type } = msg.header;
        if (msg_type === "status" && msg.content.execution_state === "idle")
            open.delete(msg.parent_header.msg_id);
        bench.last = now();
    });
    const began = (event) => { if (event.isTrusted) bench.began ??= now(); };
    for (const type of ["keydown", "mousedown", "click", "input", "change", "pointermove"])
        window.addEventListener(type, began, true);
    bench.watch = (where, parts) => {
        const box = document.querySelector(where), found = () => [...box.querySelectorAll(parts)];
        const read = () => found().map((part) => part.innerHTML).join("");
        let seen = read(), asked = false;
        const look = () => {
            const time = now(), current = read();
            if (current !== seen) [seen, bench.ended, bench.last] = [current, time, time];
            asked = false;
        };
        bench.observer?.disconnect();
        bench.observer = new MutationObserver(() => {
            asked ||= Boolean(requestAnimationFrame(look));
        });
        bench.observer.observe(
            box, { subtree: true, childList: true, attributes: true, characterData: true });
        const words = (each) =>
            [each.matches(drawn) && each.ariaLabel, each.childElementCount ? "" : each.textContent];
        bench.words = () => found().flatMap((part) => [part, ...part.querySelectorAll("*")])
            .flatMap(words).filter(Boolean).sort();
    };
    bench.start = () => { bench.began = bench.ended = undefined; bench.last = now(); };
    const state = () => `not calm: ${open.size} messages open, ${bench.began} to ${bench.ended}: `
        + bench.words?.().slice(0, 9);
    // Calm is counted in turns of ten milliseconds or more: a page too busy to turn is not calm.
    bench.calm = async ({ turns, changed }) => {
        const limit = now() + 30000;
        let turn = 0;
        while (turn < turns || open.size || (changed && !bench.ended)) {
            const { last } = bench;
            await new Promise((done) => setTimeout(done, 10));
            if (now() > limit) throw new Error(state());
            turn = last === bench.last ? turn + 1 : 0;
        }
        return bench.ended - bench.began;
    };
    bench.ask = async (code, wanted) => {
        const { content } = await kernel.requestExecute(
            { code, user_expressions: { wanted } }).done;
        if (content.status !== "ok") throw new Error(`${content.ename}: ${content.evalue}`);
        return content.user_expressions.wanted?.data["text/plain"];
    };
}"""

OWN = "explorer = next(each for each in Out.values() if isinstance(each, explorers.Explorer))"
HEAD = """import altair as alt, ipywidgets as widgets
from indicators import data, explorers, growth
every = data.load()
rows = growth.views(data.latest(every))
rows = rows[rows["view"].eq("levels") & rows["place"].eq("shaoxing") & rows["start"].ge(2015)]
rows = rows[["indicator", "end", "value", "status"]].astype({"indicator": str, "status": str})
year, pick = widgets.IntSlider(min=2015, max=2025, value=2025), widgets.Dropdown(options=OPTIONS)
def chosen(year, pick):
    return rows[rows["indicator"].eq(pick) & rows["end"].le(year)]
def chart(year, pick):
    encoding = dict(x="end:O", y="value:Q", color="status:N", tooltip=["end", "value", "status"])
    lines = alt.Chart(chosen(year, pick)).mark_line(point=True).encode(**encoding)
    return lines.properties(width=560, height=300)
def peer(shown, update):
    update()
    for control in (year, pick):
        control.observe(lambda change: update(), "value")
    return widgets.VBox([year, pick, shown])
"""
FLOOR, OURS = "floor: one text", "explorer of the bundle"
# Each makes `box`: a slider of years, a list of indicators and what they change, of the same rows.
PEERS = {
    FLOOR: """shown = widgets.HTML()
def update():
    shown.value = f"<p class='text'>{pick.value} {year.value}</p>"
box = peer(shown, update)""",
    "interact and display": """from IPython.display import display
def plain(spec):
    kind = "application/vnd.vegalite.v5+json"
    spec = spec | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
    options = {"renderer": "svg", "actions": False}
    return {kind: spec, "text/plain": "A chart."}, {kind: {"embed_options": options}}
alt.renderers.register("plain", plain), alt.renderers.enable("plain")
box = widgets.interactive(lambda year, pick: display(chart(year, pick)), year=year, pick=pick)""",
    "JupyterChart": """alt.JupyterChart.enable_offline()
options = {"renderer": "svg", "actions": False}
shown = alt.JupyterChart(chart(year.value, pick.value), embed_options=options)
def update():
    shown.chart = chart(year.value, pick.value)
box = peer(shown, update)""",
    "FigureWidget of plotly": """import plotly.graph_objects as go
traces = [go.Scatter(name=status, mode="lines+markers") for status in rows["status"].unique()]
shown = go.FigureWidget(traces, dict(width=650, height=380))
def update():
    found = chosen(year.value, pick.value)
    with shown.batch_update():
        for trace in shown.data:
            mine = found[found["status"] == trace.name]
            trace.x, trace.y = mine["end"].to_numpy(), mine["value"].to_numpy()
box = peer(shown, update)""",
    OURS: """box = explorers.IndicatorExplorer(every, chosen=[pick.value], view="levels")
pick = box.indicators""",
}
SHOW = """pick.add_class("pick"), box.add_class("peer")
box"""


@dataclass
class Control:
    """A control, and acts that change it there and back; before them the kernel runs `prepare`.

    Each of the three is given the number of the change.
    """

    there: object
    back: object
    prepare: object = lambda number: "None"
    parts: str = "svg"
    fresh: int = CHANGES  # so many times the way there leads to a new choice


class Timed:
    """A page with the clock in it, its box and kernel."""

    def __init__(self, page, where):
        self.page, self.where = page, where
        page.mouse.move(5, 5)
        page.evaluate(CLOCK, DRAWN)

    def tell(self, code, wanted="None"):
        """The text of an expression after code has run in the kernel and all is calm again."""
        said = self.page.evaluate("([code, wanted]) => bench.ask(code, wanted)", [code, wanted])
        self.calm()
        return said

    def calm(self, turns=CALM, changed=False):
        """Wait until the kernel has answered all and nothing has happened for so many turns."""
        return self.page.evaluate("how => bench.calm(how)", {"turns": turns, "changed": changed})

    def time(self, act, number):
        """Milliseconds from the event to the last change of the picture."""
        self.page.evaluate("bench.start()")
        act(number)
        return self.calm(changed=True)

    def measure(self, control, changes):
        """The times of the new choices and of those made before."""
        new, again = [], []
        self.page.evaluate(
            "([where, parts]) => bench.watch(where, parts)", [self.where, control.parts]
        )
        for number in range(changes):
            self.tell(control.prepare(number))
            before = self.page.evaluate("bench.words()")
            (new if number < control.fresh else again).append(self.time(control.there, number))
            again.append(self.time(control.back, number))
            after = self.page.evaluate("bench.words()")
            assert after == before, f"the way back leads elsewhere: {set(before) ^ set(after)}"
        return new, again


def key(locator, name):
    return lambda number: locator.press(name)


def keys(locator, there="ArrowDown", back="ArrowUp"):
    return key(locator, there), key(locator, back)


def ticks(listed, name):
    """Ticks the option that `name` gives for a number, and unticks it."""

    def press(number):
        listed.get_by_role("option", name=name(number), exact=True).last.click()

    return press, press


# --- what to choose ---


@functools.cache
def slugs():
    """The indicators in the order of an explorer's list."""
    return list(data.load()["indicator"].cat.categories)


@functools.cache
def names(language="en"):
    """What the indicators are called."""
    codebook = data.load().drop_duplicates("indicator")
    return codebook.astype({"indicator": str}).set_index("indicator")[f"name_{language}"]


def second_of(pairs):
    """What the second of the pair of a number is called."""
    return lambda number: names()[pairs[number][1]]


@functools.cache
def with_levels():
    """Pairs of indicators that follow one another in the codebook and have levels above zero."""
    rows = growth.views(data.latest(data.load(place="shaoxing")))
    rows = rows[
        rows["view"].eq("levels")
        & rows["start"].ge(charts.YEARS[0])
        & rows["end"].le(charts.YEARS[1])
    ].astype({"indicator": str})
    good = set(
        rows.groupby("indicator").filter(lambda found: (found["value"] > 0).all())["indicator"]
    )
    pairs = []
    for pair in pairwise(slugs()):
        if good.issuperset(pair) and not (pairs and pair[0] in pairs[-1]):
            pairs.append(pair)
    return pairs


def letters():
    """Letters that stand in the names of some indicators and not of all."""
    codebook = data.load().drop_duplicates("indicator")
    names = (codebook["name_en"] + codebook["name_zh"]).str.lower()
    return [
        letter
        for letter in "qzxjkvbywfgpmhdcluosrnitae0123456789-,"
        if 0 < names.str.contains(letter, regex=False).sum() < len(names)
    ]


def indicator_controls(explorer):
    """The controls of the explorer of everything, by name."""
    pairs, typed = with_levels(), letters()
    others = [second for _, second in pairs if second not in KEPT + EXPECTED]
    first = explorers.IndicatorExplorer(data.load(), KEPT, view="levels").state

    def state(kept=KEPT, **more):
        return lambda number: (
            f"explorer.state = {first | {'chosen': [*kept, others[number]]} | more!r}"
        )

    def views(name):
        return key(explorer.button(explorer.words["views"][name]), "Enter")

    def hover(number):
        mark = explorer.chart.locator("[aria-roledescription='point']").first
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        explorer.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def one(number):
        return f"explorer.state = {first | {'chosen': pairs[number][:1]}!r}"

    part, listed = explorer.control, ".tick-list [role=listbox]"
    return {
        "years": Control(*keys(explorer.handle("years", 2), "ArrowLeft", "ArrowRight"), state()),
        "view": Control(views("index"), views("levels"), state()),
        "indicators": Control(*ticks(part("indicators"), second_of(pairs)), one),
        "places": Control(*ticks(part("places"), lambda number: "Zhejiang"), state()),
        "outcomes ticked": Control(*keys(part("actual"), "Space", "Space"), state()),
        "targets ticked": Control(*keys(part("target"), "Space", "Space"), state()),
        "expected outcomes ticked": Control(
            *keys(part("estimate"), "Space", "Space"), state(EXPECTED, vintages="all")
        ),
        "layout": Control(*keys(part("arrangement")), state(places=("shaoxing", "zhejiang"))),
        "printings": Control(*keys(part("vintages")), state()),
        "base year": Control(*keys(part("base")), state(view="index")),
        "scale": Control(*keys(part("scale")), state()),
        "required pace": Control(*keys(part("pace"), "Space", "Space"), state()),
        "language": Control(*languages(explorer), state()),
        "highlight by hover": Control(
            hover, lambda number: explorer.page.mouse.move(5, 5), state()
        ),
        "table": Control(*keys(part("table"), "Space", "Space"), state(), "tbody"),
        "search": Control(
            lambda number: part("search").press(typed[number]),
            key(part("search"), "Backspace"),
            state(),
            listed,
        ),
        "theme": Control(*keys(part("theme")), state(), listed),
    }


def languages(explorer):
    return tuple(key(explorer.button(LANGUAGES[name]), "Enter") for name in ("zh", "en"))


def target_controls(explorer):
    def state(number):
        return f"explorer.rate.value = {number / 2}"

    def year(number):
        chosen = ["2021", "2025", "all"][number % 3], number // 3
        return f"explorer.year.value, explorer.rate.value = {chosen!r}"

    def buttons(there, back):
        return key(explorer.button(there), "Enter"), key(explorer.button(back), "Enter")

    return {
        "theme": Control(*keys(explorer.control("theme")), state),
        "year": Control(*buttons("2021", "2025"), state),
        "order": Control(*buttons("gap", "codebook"), state),
        "language": Control(*languages(explorer), state),
        "rate": Control(*keys(explorer.handle("rate"), "ArrowRight", "ArrowLeft"), year),
    }


def number_controls(explorer):
    """Only so many choices are new as there are themes."""
    count = explorer.control("theme").locator("option").count()

    def theme(number):
        return f"explorer.theme.value = explorer.theme.options[{number % count}][1]"

    def every_other(number):
        return f"explorer.theme.value = explorer.theme.options[{2 * number % (count - 1)}][1]"

    return {
        "year": Control(*keys(explorer.handle("year"), "ArrowLeft", "ArrowRight"), theme),
        "theme": Control(*keys(explorer.control("theme")), every_other, fresh=0),
        "language": Control(*languages(explorer), theme, fresh=count),
    }


# --- pages ---


@contextlib.contextmanager
def running():
    """A browser, a lab on a copy of the bundle, and whether its kernels have plotly."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--disable-pip-version-check",
            "--target",
            str(folder / "aside"),
        ]
        os.environ["PYTHONPATH"] = str(folder / "aside")
        got = not subprocess.run([*pip, PLOTLY], stderr=subprocess.DEVNULL).returncode
        settings = folder / "bundle" / ".jupyter" / "CONFIG" / "jupyter_server_config.json"
        copy_of_bundle(folder / "bundle")
        settings.parent.mkdir(parents=True)
        settings.write_text('{"LabApp": {"expose_app_in_browser": true}}')
        browser, lab = (
            playwright.chromium.launch(executable_path=BROWSER, args=FLAGS),
            Lab(folder / "bundle"),
        )
        try:
            yield browser, lab, got
        finally:
            browser.close()
            lab.stop()


@contextlib.contextmanager
def visited(browser, lab, notebook):
    """The page of a notebook, with a kernel of its own, before Run All."""
    visit = Visit(browser, lab, notebook)
    try:
        yield visit
    finally:
        close(visit.page)


def close(page):
    page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    page.close()


@contextlib.contextmanager
def peer(browser, lab, code):
    """The page of a scratch notebook with one peer, after Run All."""
    cell = nbformat.v4.new_code_cell("\n".join([HEAD.replace("OPTIONS", repr(KEPT)), code, SHOW]))
    about = nbformat.read(NOTEBOOKS[0], as_version=4).metadata  # names the kernel
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata=about),
        lab.folder / "notebooks" / "peer.ipynb",
    )
    page = browser.new_page(viewport={"width": 1400, "height": 1200})
    page.set_default_timeout(WAIT)
    try:
        page.goto(lab.address("lab/tree/notebooks/peer.ipynb") + "&reset")
        run_all(page)
        page.locator(".peer :is(svg, p.text)").first.wait_for(state="attached")
        # JupyterLab would take the arrow keys for its own; the bundle sees to that by itself
        page.locator(".peer .pick :is(select, [role=listbox])").evaluate(
            "list => list.toggleAttribute('data-lm-suppress-shortcuts', true)"
        )
        yield page
    finally:
        close(page)


def run_all(page):
    """Run All, once the kernel is there, and return when that was."""
    page.wait_for_function(
        """() => {
            const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
            return kernel?.connectionStatus === "connected" && kernel.status === "idle";
        }"""
    )
    began = time.perf_counter()
    page.evaluate("{ jupyterapp.commands.execute('notebook:run-all-cells') }")
    return began


def summed(values):
    """Median and 95th percentile, in whole units, and the number of values."""
    return (
        {
            "median": round(statistics.median(values)),
            "p95": round(pd.Series(values).quantile(0.95)),
            "changes": len(values),
        }
        if values
        else {}
    )


def timed(stopwatch, controls, changes):
    """Each control's times in ms."""
    found = {}
    for name, control in controls.items():
        print(f"  {name}", file=sys.stderr)
        new, again = stopwatch.measure(control, changes)
        found[name] = {"new": summed(new), "again": summed(again), "all": summed(new + again)}
    return found


# --- parts ---


def peers(changes):
    """Ways to make a chart answer: a slider of years and a list of indicators, on the same rows."""
    found = {}
    with running() as (browser, lab, plotly):
        for name, code in PEERS.items():
            if "plotly" not in name or plotly:
                with peer(browser, lab, code) as page:
                    times = timed(Timed(page, ".peer"), peer_controls(page, name), changes)
                found |= {f"{control}, {name}": each for control, each in times.items()}
    for name, times in found.items():
        floor = found[f"{name.split(',')[0]}, {FLOOR}"]
        times["ratio"] = round(times["all"]["median"] / floor["all"]["median"], 1)
    return found


def peer_controls(page, name):
    slider, listed = (
        page.locator(".peer .noUi-handle").last,
        page.locator(".peer .pick :is(select, [role=listbox])"),
    )
    pairs, picture = with_levels(), "svg, p.text"
    controls = {
        "years": Control(*keys(slider, "ArrowLeft", "ArrowRight"), parts=picture, fresh=0),
        "indicators": Control(*keys(listed), parts=picture, fresh=0),
    }
    if name == OURS:  # it alone keeps what it made
        controls["indicators"] = Control(
            *ticks(listed, second_of(pairs)),
            lambda number: f"pick.value = {pairs[number][:1]}",
            picture,
        )
    return controls


def explorer(notebook, where, controls):
    """A part that times the controls of the explorer of a notebook."""

    def part(changes):
        with running() as (browser, lab, _), visited(browser, lab, notebook) as visit:
            visit.run_all()
            stopwatch, alive = Timed(visit.page, where), Explorer(visit, where)
            stopwatch.tell(OWN)
            return timed(stopwatch, controls(alive), changes)

    return part


# Prints the most kilobytes that a process has held.
MOST_HELD = """
print(next(line for line in open("/proc/self/status") if "VmHWM" in line).split()[1])
"""


def start(changes):
    """Fresh processes, in pairs, and fresh kernels in the page, to the first explorer."""
    cells = [
        cell.source
        for cell in nbformat.read(NOTEBOOKS[1], as_version=4).cells
        if cell.cell_type == "code"
    ]
    explorer = next(cell for cell in cells if "explorers.I" in cell)
    codes = {
        "imports": "import pandas, altair, ipywidgets",
        "imports, load and first explorer, displayed": (
            f"{cells[0]}\n({explorer})._repr_mimebundle_()"
        ),
    }
    runs = {name: [] for name in codes}
    for _ in range(1 + (STARTS if changes == CHANGES else QUICK)):
        for name, code in codes.items():
            runs[name].append(whole_process(code))
    found = {}
    for name, (_, *each) in runs.items():  # the first writes what is compiled
        times, peaks = zip(*each, strict=True)
        found[name] = seconds(times) | {"peak, MB": round(statistics.median(peaks))}
    bare, first = found.values()
    first["ratio"] = round(first["median, s"] / bare["median, s"], 2)
    first["ratio of memory"] = round(first["peak, MB"] / bare["peak, MB"], 2)
    with running() as (browser, lab, _):
        for notebook in (START, GROWTH, TARGETS, EVERYTHING):
            runs = [
                first_chart(browser, lab, notebook)
                for _ in range(RUNS if changes == CHANGES else 1)
            ]
            found[f"Run All to first living chart: {notebook[:2]}"] = seconds(runs)
    return found


def whole_process(code):
    """Seconds and most megabytes of a fresh process that runs some code."""
    run, began = [sys.executable, "-c", code + MOST_HELD], time.perf_counter()
    done = subprocess.run(run, cwd=ROOT / "notebooks", stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


def first_chart(browser, lab, notebook):
    with visited(browser, lab, notebook) as visit:
        began = run_all(visit.page)
        visit.page.locator(".widget-vbox .vega-embed svg").first.wait_for(state="attached")
        return time.perf_counter() - began


def leak(changes):
    """What page and kernel hold after a hundred and a thousand changes of an explorer."""
    few, many = (LONG // 10, LONG) if changes == CHANGES else (QUICK, 10 * QUICK)
    with running() as (browser, lab, _), visited(browser, lab, EVERYTHING) as visit:
        visit.run_all()
        stopwatch, alive = Timed(visit.page, INDICATORS), Explorer(visit)
        tools = visit.page.context.new_cdp_session(visit.page)
        tools.send("Performance.enable")
        for number in range(many):
            if number == few:
                before = held(stopwatch, tools)
            change(alive, number)
            stopwatch.calm(QUICK)
        after = held(stopwatch, tools)
    rows = {what: {f"after {few}": before[what], f"after {many}": after[what]} for what in after}
    for what, row in rows.items():
        row["ratio"] = round(after[what] / before[what], 2) if before[what] else None
    return rows


def change(alive, number):
    """One of many changes: of years, indicators, places, view and language in turn."""
    turn, way, others = number // 5, number // 5 % 2, [second for _, second in with_levels()]
    acts = [
        lambda: alive.handle("years", 2).press("ArrowRight" if way else "ArrowLeft"),
        lambda: alive.choose(
            "indicators",
            *names(alive.language)[[KEPT[0], others[turn % len(others)]]],
        ),
        lambda: alive.choose("places", *alive.options("places")[: 1 + way]),
        lambda: alive.press("views", "levels" if way else "index"),
        lambda: alive.speak("en" if way else "zh"),
    ]
    acts[number % 5]()


def held(stopwatch, tools):
    """What page and kernel hold once they are calm and what can be freed is freed."""
    stopwatch.calm(100)
    for _ in range(3):
        tools.send("HeapProfiler.collectGarbage")
    counted = {
        metric["name"]: metric["value"]
        for metric in tools.send("Performance.getMetrics")["metrics"]
    }
    kernel = stopwatch.tell("import psutil", "psutil.Process().memory_info().rss")
    return {
        "JavaScript heap, kB": round(counted["JSHeapUsedSize"] / 1024),
        "nodes": counted["Nodes"],
        "listeners": counted["JSEventListeners"],
        "kernel, kB": int(kernel) // 1024,
        "messages without an answer": stopwatch.page.evaluate("bench.open.size"),
    }


# Prints what it took to read a folder's table, bare or checked, and to make its first explorer.
READ = """import json, sys, time
import pandas
from indicators import data, explorers
folder, bare = sys.argv[1], sys.argv[2] == "bare"
def held(what):
    lines = open("/proc/self/status")
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024
before, began = held("VmRSS"), time.perf_counter()
table = pandas.read_csv(f"{folder}/observations.csv") if bare else data.load(folder)
found = {"seconds": time.perf_counter() - began}
found |= {"peak, MB": held("VmHWM") - before, "after, MB": held("VmRSS") - before}
if not bare:
    began = time.perf_counter()
    chosen = ["gdp_per_capita", "pm25", "urban_income"]
    explorer = explorers.IndicatorExplorer(table, chosen, view="levels", places=["shaoxing"])
    found["first explorer, s"] = time.perf_counter() - began
    found["its spec, kB"] = len(json.dumps(explorer.live.spec)) / 1024
print(json.dumps(found | {"rows": len(table)}))
"""


def load(changes):
    """Reading a table, bare and checked, and its first explorer: the real one, a million rows."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        many = larger(Path(folder), MILLION if changes == CHANGES else MILLION // 100)
        for size, where in (("real table", data.DATA), ("large table", many)):
            runs = {kind: [read(where, kind) for _ in range(RUNS)] for kind in ("bare", "checked")}
            for kind, each in runs.items():
                named = f"{size}, {'read_csv' if kind == 'bare' else 'load()'}"
                found[named] = {
                    what: round(statistics.median(run[what] for run in each), 3) for what in each[0]
                }
            found[named]["ratio"] = round(
                found[named]["seconds"] / found[f"{size}, read_csv"]["seconds"], 1
            )
    return found


def read(folder, kind):
    run = [sys.executable, "-c", READ, str(folder), kind]
    return json.loads(
        subprocess.run(
            run, cwd=ROOT / "notebooks", stdout=subprocess.PIPE, text=True, check=True
        ).stdout
    )


def larger(folder, size):
    """The data folder with more places, each with the figures of the city, up to so many rows."""
    shutil.copytree(data.DATA, folder, dirs_exist_ok=True)
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("observations", "places")
    }
    home = tables["observations"].query("place == 'shaoxing'")
    places = [
        f"place_{number}" for number in range((size - len(tables["observations"])) // len(home) + 1)
    ]
    more = {
        "observations": pd.concat([home] * len(places)).assign(
            place=[place for place in places for _ in home.index]
        ),
        "places": pd.DataFrame({"place": places, "name_en": places, "parent": "china"}).assign(
            name_zh=[f"地{number}" for number in range(len(places))],
            code=range(400_000, 400_000 + len(places)),
        ),
    }
    for name, table in tables.items():
        pd.concat([table, more[name]]).to_csv(folder / f"{name}.csv", index=False)
    return folder


# Prints what it took to load one place of a large table (of Parquet, or of Dask on two workers) in
# a process that has imported all that it needs.
PLACE = """import json, sys, time
import pandas, pyarrow.parquet
from indicators import data
folder, place, kind = sys.argv[1:]
def held(what):
    lines = open("/proc/self/status")
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024
def main():
    table, codebook = folder, data.DATA
    if kind == "dask":
        import dask.dataframe, distributed
        client = distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None)
        path, codebook = f"{folder}/observations.parquet", folder
        table = dask.dataframe.read_parquet(path, split_row_groups=10)
    before, began = held("VmRSS"), time.perf_counter()
    rows = len(data.load(table, place=place, codebook=codebook))
    took, peak = time.perf_counter() - began, held("VmHWM") - before
    print(json.dumps({"seconds": took, "peak, MB": peak, "rows": rows}))
    if kind == "dask":
        client.shutdown()
if __name__ == "__main__":
    main()
"""


def scale(changes):
    """One place of tables of one to ten million rows.

    From one Parquet file sorted by place, from hive partitions, and from Dask on two workers.
    """
    found = {}
    for places in (303, 909, 3000) if changes == CHANGES else (10, 30):
        named = f"{places * national.ROWS / MILLION:.1f} million rows"
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("one file", "partitions"):
                where = Path(folder) / kind
                run = [
                    sys.executable,
                    national.__file__,
                    str(where),
                    str(places),
                    *(["partitioned"] if kind == "partitions" else []),
                ]
                subprocess.run(run, cwd=ROOT, env=large(), check=True)
                found[f"{named}, {kind}"] = of_place(where, places, "parquet", RUNS)
            found[f"{named}, Dask"] = of_place(Path(folder) / "one file", places, "dask", 1)
    return found


def large():
    """The environment of a process that has the optional packages."""
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / ".venv" / "large"), str(ROOT / "notebooks")])
    }


def of_place(folder, places, kind, times):
    with tempfile.TemporaryDirectory() as elsewhere:
        # A file, as workers begin with that of the process that starts them.
        script = Path(elsewhere) / "place.py"
        script.write_text(PLACE, encoding="utf-8")
        run = [sys.executable, str(script), str(folder), national.key(places // 2), kind]
        runs = [
            json.loads(
                subprocess.run(
                    run, env=large(), stdout=subprocess.PIPE, text=True, check=True
                ).stdout
            )
            for _ in range(times)
        ]
    size = sum(file.stat().st_size for file in folder.rglob("*.parquet") if file.is_file())
    return {what: round(statistics.median(each[what] for each in runs), 3) for what in runs[0]} | {
        "on disk, MB": round(size / 1e6, 1)
    }


def suite(changes):
    """Only when it is named: seconds of all tests, of the notebooks under nbval and run bare, and
    a served page; sizes.
    """
    pytest = [sys.executable, "-m", "pytest", "-n0", "-q", "notebooks"]
    convert = [
        sys.executable,
        "-m",
        "nbconvert",
        "--log-level=ERROR",
        "--to",
        "notebook",
        "--execute",
        *map(str, NOTEBOOKS),
    ]
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "make test": took(["make", "test"]),
            "make test-slow": took(["make", "test-slow"]),
            "notebooks under nbval": took(pytest),
            "notebooks run bare": took([*convert, "--output-dir", folder]),
        }
        began = time.perf_counter()
        lab = Lab(copy_of_bundle(Path(folder) / "bundle"))
        found["make lab to a served page"] = time.perf_counter() - began
        lab.stop()
    sizes = {path.name: {"kB": round(path.stat().st_size / 1024)} for path in NOTEBOOKS}
    return {what: {"seconds": round(value, 1)} for what, value in found.items()} | sizes


def took(command):
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def students(changes):
    """Kernels that start at once, as in a class, and run the first cells of a notebook.

    One alone, then forty, from a cold start.
    """
    found, texts, kept = {}, set(), []
    for count in (1, CLASS if changes == CHANGES else 4):
        with tempfile.TemporaryDirectory() as folder:
            notebooks = copy_of_bundle(Path(folder)) / "notebooks"
            began = time.perf_counter()
            with ThreadPoolExecutor(count) as pool:
                pupils = list(pool.map(pupil, [notebooks] * count))
                held = [memory(manager) for manager, _, _ in pupils]
                texts |= {text for _, _, text in pupils}
                took = [done - began for _, done, _ in pupils]
                list(pool.map(lambda each: each[0].shutdown_kernel(now=True), pupils))
            kept.append(kept_in(notebooks))
        found[f"{count} at once"] = {
            "median s to the first chart": round(statistics.median(took), 1),
            "last, s": round(max(took), 1),
            "median own memory, MB": round(statistics.median(each["Private"] for each in held)),
            "median share of all memory, MB": round(
                statistics.median(each["Pss"] for each in held)
            ),
        }
    # Forty have made what one makes, whole and once.
    assert len(texts) == 1 and kept[0] == kept[1] and len(kept[0]) == 2
    return found


def pupil(folder):
    """A kernel that has run the first two code cells, when it was done, and what it showed."""
    cells = [
        cell.source
        for cell in nbformat.read(NOTEBOOKS[0], as_version=4).cells
        if cell.cell_type == "code"
    ][:2]
    manager, client = start_new_kernel(kernel_name="python3", cwd=folder, startup_timeout=600)
    shown = []
    for cell in cells:
        client.execute_interactive(
            cell,
            output_hook=lambda message: shown.append(
                message["content"].get("data", {}).get("text/plain")
            ),
            timeout=600,
        )
    client.stop_channels()
    return manager, time.perf_counter(), shown[-1]


def memory(manager):
    """Megabytes that a kernel holds alone, and with its share of what several hold."""
    lines = Path(f"/proc/{manager.provisioner.pid}/smaps_rollup").read_text().splitlines()[1:]
    kinds = {"Private": 0, "Pss": 0}
    for kind, size in ((line.split(":")[0], int(line.split()[1]) / 1024) for line in lines):
        for name in kinds:
            kinds[name] += (
                size if kind == name or kind.startswith(f"{name}_") and name == "Private" else 0
            )
    return kinds


def seconds(values):
    return {
        "median, s": round(statistics.median(values), 2),
        "p95, s": round(pd.Series(values).quantile(0.95), 2),
        "runs": len(values),
    }


PARTS = {
    "peers": peers,
    "indicators": explorer(EVERYTHING, INDICATORS, indicator_controls),
    "targets": explorer(TARGETS, OTHERS, target_controls),
    "numbers": explorer(START, OTHERS, number_controls),
    "start": start,
    "leak": leak,
    "load": load,
    "students": students,
    "scale": scale,
    "suite": suite,
}


# --- results ---


def machine():
    """What it was measured on and with; no name, no path."""
    model = (
        re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    chromium = subprocess.run([BROWSER, "--version"], capture_output=True, text=True).stdout
    return {
        "machine": {
            "system": platform.system(),
            "processor": model[1] if model else platform.machine(),
            "cores": os.cpu_count(),
        },
        "versions": {
            "python": platform.python_version(),
            "chromium": re.search(r"[\d.]+", chromium)[0],
        }
        | {name: metadata.version(name) for name in PACKAGES},
    }


def flat(row):
    """A row of results with one level of keys."""
    return {
        f"{key}, {inner}": value
        for key, part in row.items()
        for inner, value in (part.items() if isinstance(part, dict) else [("", part)])
    }


def markdown(part, rows):
    """The results of a part as a Markdown table."""
    table = pd.DataFrame(
        {
            name: {key.rstrip(", "): value for key, value in flat(row).items()}
            for name, row in rows.items()
        }
    ).T
    lines = [[part, *table.columns], ["---"] * (1 + len(table.columns))]
    lines += [
        [name, *("" if pd.isna(value) else f"{value:g}" for value in row)]
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def in_page(peers):
    """Write medians and 95th percentiles of the peers between the marks in CONTRIBUTING.md."""
    lines = [
        "| median (95th percentile), ms | slider of years | list of indicators |",
        "|---|---|---|",
    ]
    for name in PEERS:
        found = [
            peers[f"{control}, {name}"]["all"]
            for control in ("years", "indicators")
            if f"{control}, {name}" in peers
        ]
        lines += (
            [
                " | ".join(
                    [f"| {name}", *(f"{times['median']} ({times['p95']})" for times in found)]
                )
                + " |"
            ]
            if found
            else []
        )
    path = ROOT / "CONTRIBUTING.md"
    text = re.sub(
        "(?s)(<!-- bench -->\n).*(<!-- /bench -->)",
        lambda marks: f"{marks[1]}{chr(10).join(lines)}\n{marks[2]}",
        path.read_text(),
    )
    path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "parts", nargs="*", help=f"of {', '.join(PARTS)}; all but suite, if none is named"
    )
    parser.add_argument("--quick", action="store_true", help="few changes, and nothing is written")
    asked = parser.parse_args()
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results = machine()
    if all(before.get(part) == found for part, found in results.items()):
        results = before
    for name in asked.parts or list(PARTS)[:-1]:
        results[name] = PARTS[name](QUICK if asked.quick else CHANGES)
        print(markdown(name, results[name]), flush=True)
    if not asked.quick:
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        in_page(results.get("peers", {}))


if __name__ == "__main__":
    main()
