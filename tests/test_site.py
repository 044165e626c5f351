"""The site as `make site` writes it: opened from a file and from a server, without a network."""

import csv
import json
import os
import re
import subprocess
import sys
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from indicators import data, explorers
from indicators.exercises import COURSE
from indicators.exercises.grading import Code
from indicators.i18n import LANGUAGES, WORDS
from indicators.site import bound_charts

PACKAGES = ROOT / ".venv" / "site"
CHART, POINT = "figure.chart", "[aria-roledescription='point']"
START, GROWTH, TARGETS, SOURCES = (
    path.stem for path in NOTEBOOKS if path.name[:2] in ("00", "01", "04", "05")
)
MOST, MOST_OF_PAGE = 15_000_000, 600_000  # bytes of the whole site, and of a page
CODE = {
    "ipynb",
    "n",
    *(word for path in NOTEBOOKS for word in re.findall(r"\w+", path.stem)),
}  # of addresses, and of line breaks in code
INCOME = {
    "城镇居民人均可支配收入": "城镇居民人均可支配收入",
    "disposable income per capita, urban": "Disposable income per capita, urban residents",
}


class Texts(HTMLParser):
    """The texts of HTML, its ids, what it loads and where it leads."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.loaded, self.links, self.pieces = set(), [], [], []
        self.feed(text)
        self.text = " ".join(" ".join(self.pieces).split())

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id"))
        self.loaded += [found[name] for name in ("src", "href") if name in found and tag != "a"]
        self.links += [found["href"]] if tag == "a" and "href" in found else []

    def handle_data(self, text):
        self.pieces.append(text)


class Visit:
    """A page of the browser with all that went wrong in it."""

    def __init__(self, browser, root, **context):
        self.root, self.faults = root, []
        self.page = browser.new_context(
            viewport={"width": 1280, "height": 900}, **context
        ).new_page()
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((root, "data:")) else self.faults.append(asked.url)
            ),
        )
        self.page.on(
            "requestfailed",
            lambda failed: (
                None if failed.failure == "net::ERR_ABORTED" else self.faults.append(failed.url)
            ),
        )

    def open(self, name):
        self.page.goto(f"{self.root}{name}.html")
        return self.ready()

    def ready(self, *languages):
        self.page.wait_for_function(
            "(wanted) => wanted.includes(document.documentElement.dataset.ready)",
            arg=languages or [*LANGUAGES],
        )
        return self

    def speak(self, language):
        self.page.get_by_role("button", name=LANGUAGES[language]).click()
        return self.ready(language)

    def chart(self, number=0):
        return self.page.locator(CHART).nth(number)

    def control(self, name, number=0):
        """A control of a chart by its name."""
        named = self.page.locator(".vega-bind-name", has_text=re.compile(f"^{re.escape(name)}$"))
        return self.chart(number).locator(".vega-bind", has=named).locator("input, select")

    def search(self, text):
        """The hits of a search: text by address."""
        self.page.locator(".sidebar-search").fill(text)
        self.page.locator(".sidebar-search").press("Enter")
        self.page.wait_for_function(
            "document.querySelector('.search-summary')?.textContent.match(/found|did not match/)"
        )
        hits = self.page.locator("#search-results li > a:first-child")
        return {hit.get_attribute("href"): hit.inner_text() for hit in hits.all()}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, written anew."""
    if not (PACKAGES / "ready").exists():
        missing = "the packages of the site are not there: `make test` sets them up"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    folder = tmp_path_factory.mktemp("any path") / "网站"
    paths = os.pathsep.join(map(str, (ROOT / "notebooks", PACKAGES)))
    command = [sys.executable, "-m", "indicators.site", str(folder)]
    run = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": f"{paths}{os.pathsep}{os.environ['PYTHONPATH']}"},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.stem: Texts(path.read_text(encoding="utf-8")) for path in sorted(site.glob("*.html"))
    }


@pytest.fixture(scope="module")
def served(site):
    """The address of the site on a server, beneath a path."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/%E7%BD%91%E7%AB%99/"
    server.shutdown()


@pytest.fixture(scope="module")
def opened(site):
    """The address of the site as files."""
    return f"{site.as_uri()}/"


@pytest.fixture
def visit(browser, opened):
    visit = Visit(browser, opened)
    yield visit
    visit.page.context.close()
    assert visit.faults == []


def figures(site):
    """The section of each indicator in the pages of figures, as HTML."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(site.glob("figures-*.html")))
    return dict(part.split('">', 1) for part in text.split('<section id="')[1:])


def test_every_notebook_is_a_page_with_its_prose_its_code_and_its_charts(site, pages):
    missing = []
    for path in NOTEBOOKS:
        cells = [
            cell
            for cell in nbformat.read(path, as_version=4).cells
            if "jupyterlab" not in cell.metadata.get("tags", [])
        ]
        drawn = sum(
            "application/vnd.vegalite.v5+json" in output.get("data", {})
            for cell in cells
            for output in cell.get("outputs", [])
        )
        if (site / f"{path.stem}.html").read_text(encoding="utf-8").count(
            '<figure class="chart">'
        ) != drawn:
            missing.append((path.stem, "charts"))
        said = set(re.findall(r"\w+", pages[path.stem].text))
        missing += [
            (path.stem, word)
            for cell in cells
            for word in re.findall(r"\w+", cell.source)
            if word not in said | CODE
        ]
    assert missing == []


def test_a_page_asks_the_questions_of_its_notebook_and_gives_nothing_away(pages):
    asked = {
        name: f"Exercise {name}. Your answer: {question.asks.split(':')[0]}"
        for name, question in COURSE.items()
        if not isinstance(question, Code)
    }
    said = {name: page.text.replace(" .", ".") for name, page in pages.items()}
    assert [
        name
        for name, asks in asked.items()
        if not any(page[:2] == name[:2] and asks in text for page, text in said.items())
    ] == []
    assert [
        hint
        for question in COURSE.values()
        for hint in question.hints
        if any(hint in text for text in said.values())
    ] == []


def test_every_printed_figure_is_in_the_site_in_both_languages(site):
    with open(ROOT / "data" / "observations.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sections, wrong = figures(site), []
    for slug in {row["indicator"] for row in rows}:
        found, own = (
            sections.get(slug.replace("_", "-"), ""),
            [row for row in rows if row["indicator"] == slug],
        )
        texts = Texts(found).text
        lines = [
            text
            for row in own
            for text in (row["as_printed"], row["value"].replace("-", "−"), row["note"])
            if " ".join(text.split()) not in texts
        ]
        wrong += (
            [(slug, lines)]
            if lines or found.count("<tr>") != len(LANGUAGES) * (1 + len(own))
            else []
        )
    assert wrong == []


def test_every_indicator_and_every_source_is_in_the_site(pages):
    read = data.read()[0]
    names = [
        name for key in ("name_en", "name_zh", "description") for name in read["indicators"][key]
    ]
    about = [
        text for key in ("title_en", "publisher", "url", "note") for text in read["sources"][key]
    ]
    assert [name for name in names if " ".join(name.split()) not in pages["codebook"].text] == []
    assert [text for text in about if " ".join(text.split()) not in pages["sources"].text] == []


def test_nothing_is_loaded_from_elsewhere_and_every_link_leads_somewhere(site, pages):
    wrong = []
    for name, page in pages.items():
        wrong += [
            (name, address)
            for address in page.loaded
            if address.startswith("/") or re.match(r"(https?:)?//", address)
        ]
        for link in page.links:
            file, _, heading = link.partition("#")
            if link.startswith(("http://", "https://")):
                continue
            if (
                file
                and not (site / file).exists()
                or heading
                and heading not in pages[file.removesuffix(".html") or name].ids
            ):
                wrong.append((name, link))
    assert wrong == []


def test_the_site_and_its_pages_are_small(site):
    sizes = {path.name: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < MOST
    assert {name: size for name, size in sizes.items() if size > MOST_OF_PAGE}.keys() == {"vega.js"}


def test_charts_are_chinese_in_chinese(site):
    """All that a chart says by itself; the table has notes, and some sources, in English only."""
    english = {}
    for path in site.glob("0*.html"):
        for number in range(path.read_text(encoding="utf-8").count('<figure class="chart">')):
            spec = chart_of(site, path.stem, number, "zh")
            said = [text for text in own_words(spec) if re.search("[A-Za-z]{4}", text)]
            english |= {(path.stem, number): said} if said else {}
    assert english == {}


def chart_of(site, name, number=0, language="en"):
    """A chart of a page as its spec."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    return json.loads(
        re.findall(f'<script type="application/json" lang="{language}">(.*?)</script>', text)[
            number
        ]
    )


def own_words(spec):
    """What a chart says in titles and controls, and the headings and names of its figures."""
    title = spec.get("title", {"text": ""})
    yield from [
        title["text"],
        *(
            [title["subtitle"]]
            if isinstance(title.get("subtitle"), str)
            else title.get("subtitle", [])
        ),
    ]
    for bind in (param["bind"] for param in spec.get("params", []) if "bind" in param):
        yield from [bind["name"], *bind.get("labels", [])]
    for row in (row for rows in spec["datasets"].values() for row in rows):
        yield from (
            row[key]
            for key in (
                "Indicator",
                "Panel",
                "Implied",
                "heading",
                "where",
                "panel",
                "Target",
                "Goal",
                "Short",
                "限值",
            )
            if key in row
        )
        yield from row["Tip"] if isinstance(row.get("Tip"), dict) else []


@pytest.mark.parametrize("way", ["opened", "served"])
def test_pages_open_from_a_file_and_from_a_server_with_all_their_charts(
    way, request, browser, pages
):
    """All pages as files; one of each kind from a server, since no link of any is absolute."""
    visit, lost = Visit(browser, request.getfixturevalue(way)), []
    for name in pages if way == "opened" else [START, "index", "figures-environment", "sources"]:
        visit.open(name)
        drawn = visit.page.evaluate(DRAWN)
        lost += [
            (name, number, one)
            for number, one in enumerate(drawn)
            if not one["marks"] or not one["alt"] or one["beyond"]
        ]
        lost += (
            [(name, "wider than the window")]
            if visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
            else []
        )
    visit.page.context.close()
    assert (lost, visit.faults) == ([], [])


DRAWN = """() => [...document.querySelectorAll('figure.chart')].map((figure) => {
    const box = figure.querySelector('.drawn'), svg = box.querySelector('svg');
    const marks = svg?.querySelectorAll('[aria-roledescription]').length;
    const alt = box.getAttribute('aria-label');
    return { marks, alt, beyond: box.scrollWidth - box.clientWidth };
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_pointing_at_a_mark_tells_it_in_words(visit, language, pages):
    known, wrong = {*WORDS[language]["tooltip"].values(), *WORDS[language]["aims"]}, []
    for path in NOTEBOOKS:
        visit.open(path.stem).speak(language)
        for number in range(visit.page.locator(CHART).count()):
            visit.chart(number).locator(POINT).last.hover(force=True)
            tip = visit.page.locator("#vg-tooltip-element.visible")
            tip.wait_for()
            keys = set(tip.locator("td.key").all_inner_texts())
            wrong += (
                []
                if keys and {key.removesuffix(":") for key in keys} <= known
                else [(path.stem, number, keys)]
            )
            visit.page.mouse.move(0, 0)
    assert wrong == []


def labels_of(chart):
    """What the marks of a chart say of themselves."""
    return [
        mark.get_attribute("aria-label")
        for mark in chart.locator(
            "[aria-roledescription='point'], [aria-roledescription='rule mark']"
        ).all()
    ]


def test_the_sliders_leave_out_years_and_a_span_stays_whole_or_goes(visit):
    chart = visit.open(GROWTH).chart()
    spans = [text for text in labels_of(chart) if "2016–2020" in text]
    assert len(spans) == 5 and any("2021" in text for text in labels_of(chart))
    visit.control("To").fill("2020")
    assert [text for text in labels_of(chart) if ", 2021" in text] == []
    assert [text for text in labels_of(chart) if "2016–2020" in text] == spans
    visit.control("From").fill("2017")
    left = labels_of(chart)
    assert (
        left and [text for text in left if "2020:" not in text or "–" in text.split(":")[0]] == []
    )


def test_a_first_year_after_the_last_is_taken_the_other_way_round(visit):
    chart = visit.open(START).chart(1)
    visit.control("From", 1).fill("2020")
    visit.control("To", 1).fill("2017")
    assert {re.search("20[0-9]{2}", text)[0] for text in labels_of(chart)} == {
        "2017",
        "2019",
        "2020",
    }


def test_ticks_show_and_hide_kinds_and_series_and_the_others_keep_their_colours(visit):
    chart = visit.open(GROWTH).chart(2)
    before, colours = labels_of(chart), chart.evaluate(COLOURS)
    visit.control("Targets", 2).uncheck()
    assert (
        set(before) - set(labels_of(chart))
        == {text for text in before if text.endswith("target)")}
        != set()
    )
    visit.control("Targets", 2).check()
    visit.control("General public budget revenue", 2).uncheck()
    assert sorted(labels_of(chart)) == sorted(
        text for text in before if not text.startswith("General public")
    )
    assert chart.evaluate(COLOURS).items() < colours.items()


COLOURS = """(chart) => Object.fromEntries(
    [...chart.querySelectorAll("[aria-roledescription='rule mark']")]
    .map((mark) => [mark.getAttribute('aria-label'), mark.getAttribute('stroke')]))"""


def test_a_click_in_the_legend_hides_a_kind_and_another_shows_it(visit):
    chart = visit.open(SOURCES).chart()
    entry, marks = (
        chart.locator(".role-legend text", has_text=re.compile("^target$")),
        chart.locator(POINT),
    )
    whole = marks.count()
    for shown in (False, True):
        entry.click()
        assert visit.control("Targets").is_checked() == shown
        assert (marks.count() == whole) == shown


def test_a_bound_keeps_its_arrow_and_goes_with_it(visit):
    chart = visit.open(GROWTH).chart()
    arrows = chart.locator("text", has_text=re.compile("^↑$"))
    assert arrows.count() == 2
    visit.control("Targets").uncheck()
    assert arrows.count() == 0


def test_the_year_and_the_what_if_answer(visit):
    numbers = visit.open(START).chart()
    visit.control("Year").fill("2015")
    numbers.get_by_text("4465.97", exact=True).wait_for()
    targets = visit.open(TARGETS).chart()
    visit.control("If it moved by (% a year)").fill("7")
    targets.get_by_text("At 7.0% a year").wait_for()
    visit.control("Theme").select_option("Environment")
    assert {"GDP per capita, 2025: 15 × 10,000 CNY"}.isdisjoint(
        targets.locator("text").all_text_contents()
    )


@pytest.mark.parametrize("way", ["opened", "served"])
def test_a_language_changes_titles_charts_and_tables_and_is_remembered(way, request, browser):
    visit = Visit(browser, request.getfixturevalue(way)).open(START).speak("zh")
    page, (question, asked) = visit.page, TITLE
    assert (page.title(), page.locator("h1").inner_text().rstrip("¶")) == (asked, asked)
    assert (
        page.get_by_role("navigation")
        .or_(page.locator(".sidebar-tree"))
        .get_by_text("绍兴增长得有多快？")
        .is_visible()
    )
    assert (
        "城镇常住居民人均可支配收入" in visit.chart(1).locator("svg").text_content()
        and "2025年目标：8500" in visit.chart().locator("svg").text_content()
    )
    assert (
        page.get_by_text("生产总值，2025：8500 亿元").first.is_visible()
        and not page.get_by_text("Gross domestic product (GDP), 2025:").first.is_visible()
    )
    visit.control("终止年", 1).fill("2019")
    visit.speak("en")
    assert visit.control("To", 1).input_value() == "2019"
    assert page.title() == question
    visit.speak("zh")
    page.get_by_text("绍兴增长得有多快？").first.click()
    visit.ready("zh")
    assert page.title() == "绍兴增长得有多快？"
    page.context.close()
    assert visit.faults == []


TITLE = "How did Shaoxing fare from 2015 to 2025?", "从2015年到2025年，绍兴怎么样？"


@pytest.mark.parametrize("way", ["opened", "served"])
def test_a_search_finds_english_and_chinese_and_the_hit_opens(way, request, browser):
    visit = Visit(browser, request.getfixturevalue(way))
    for asked, seen in INCOME.items():
        hits = visit.open("index").search(asked)
        assert any("livelihood" in address for address in hits), hits
        visit.page.locator("#search-results a[href*='livelihood']").first.click()
        visit.page.wait_for_url("**/figures-livelihood.html*")
        assert visit.ready().page.get_by_text(seen).locator("visible=true").count() > 0
    assert "figures-environment.html#pm25" in visit.open("index").search("PM2.5平均浓度")
    assert visit.open("index").search("no such word anywhere") == {}
    visit.page.context.close()
    assert visit.faults == []


def test_paper_has_the_charts_whole_and_no_navigation(visit):
    page = visit.open(GROWTH).page
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    hidden = [
        ".sidebar-drawer",
        ".announcement",
        ".mobile-header",
        ".related-pages",
        ".controls",
        ".skip-to-content",
    ]
    assert [part for part in hidden if page.locator(part).first.is_visible()] == []
    wide = page.locator("figure.chart svg").evaluate_all(RIGHT_ENDS)
    assert len(wide) == 3 and max(wide) <= 700
    assert page.pdf(format="A4").count(b"/Type /Page\n") > 1
    visit.open("sources")
    said = page.evaluate(
        "getComputedStyle(document.querySelector('.wide td a'), '::after').content"
    )
    assert said.strip('" ').startswith("http")


def test_a_telephone_has_all_controls_and_no_page_wider_than_it(browser, opened, pages):
    visit, wide = Visit(browser, opened), []
    visit.page.set_viewport_size({"width": 390, "height": 844})
    for name in pages:
        page = visit.open(name).page
        wide += [name] if page.evaluate("document.documentElement.scrollWidth") > 390 else []
        ends = page.locator(CONTROLS).evaluate_all(RIGHT_ENDS)
        wide += [(name, right) for right in ends if right > 390]
    visit.page.context.close()
    assert (wide, visit.faults) == ([], [])


CONTROLS = ".controls :is(input, select)"
RIGHT_ENDS = "(found) => found.map((each) => each.getBoundingClientRect().right)"
UNNAMED = "(found) => found.filter((each) => !each.labels[0]?.innerText.trim()).length"


def test_keys_alone_move_a_chart_and_every_control_has_a_name(visit):
    page = visit.open(GROWTH).page
    controls = page.locator(CONTROLS)
    assert controls.count() > 10 and controls.evaluate_all(UNNAMED) == 0
    before = labels_of(visit.chart())
    page.get_by_role("button", name="中文").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "until":
            break
    page.keyboard.press("ArrowLeft")
    assert 0 < len(labels_of(visit.chart())) < len(before)


def test_a_dark_page_has_light_words_and_charts_on_white(browser, opened):
    visit = Visit(browser, opened, color_scheme="dark").open(GROWTH)
    colours = visit.page.evaluate(BACKGROUNDS_AND_WORDS)
    dark, words, card = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours]
    visit.page.context.close()
    assert dark < 150 and words > 450 and card == 765


BACKGROUNDS_AND_WORDS = """() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return [style('body').backgroundColor, style('article p').color,
        style('figure.chart .drawn').backgroundColor];
}"""


def test_each_kind_of_explorer_has_its_controls_on_a_page_without_a_kernel(monkeypatch):
    public = [getattr(explorers, name) for name in explorers.__all__]
    kinds = [kind for kind in public if isinstance(kind, type) and kind is not explorers.Explorer]
    assert kinds and [kind for kind in kinds if kind not in bound_charts.BOUND] == []
    explorer = explorers.NumbersExplorer(data.load(place="shaoxing"), ["gdp"])
    assert bound_charts.bound_spec(explorer, "en")["params"]
    monkeypatch.delitem(bound_charts.BOUND, explorers.NumbersExplorer)
    with pytest.raises(TypeError, match="say in BOUND which controls .* a NumbersExplorer has"):
        bound_charts.bound_spec(explorer, "en")
