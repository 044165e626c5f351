"""The site as `make site` writes it: opened from a file and from a server, without a network."""

import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from conftest import EDITIONS, NOTEBOOKS, ROOT
from indicators import data, explorers, labels
from indicators.exercises import COURSE
from indicators.exercises.grading import Code
from indicators.i18n import LANGUAGES, WORDS
from indicators.site import cells, folder, notebook_pages, page_explorers, site_words
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from page_checks import faults
from pages import TURN, WAIT, settled

PACKAGES = ROOT / ".venv" / "site"
CHART, POINT = "figure.chart", "[aria-roledescription='point']"
MARK = f"{POINT}, [aria-roledescription='bar']"
START, GROWTH, TARGETS, EVERYTHING = (
    path.stem for path in NOTEBOOKS if path.name[:2] in ("00", "01", "04", "06")
)
PAST, GROWN = 4, 0  # charts of the notebook on growth: the past beside the promise, the explorer
MOST, MOST_OF_PAGE = 17_000_000, 1_600_000  # bytes of the whole site, and of a file
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


class OfTheme(HTMLParser):
    """What a page says outside its own texts, which are in one language or the other."""

    OWN, EMPTY = {"head", "pre", "script", "style", "noscript"}, {"input", "img", "br", "hr"}

    def __init__(self, text):
        super().__init__()
        self.said, self.inside = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        own = tag in self.OWN or {"en", "zh", "drawn"} & {*(found.get("class") or "").split()}
        if tag not in self.EMPTY:
            self.inside.append((tag, bool(own) or self.in_own()))
        if not (own or self.in_own() or found.get("class") == "toctree-checkbox"):
            names = ("aria-label", "title", "placeholder", "alt")
            self.said |= {found[name] for name in names if found.get(name)}

    def handle_endtag(self, tag):
        while tag not in self.EMPTY and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if text.strip() and not self.in_own():
            self.said.add(text.strip())

    def in_own(self):
        return bool(self.inside) and self.inside[-1][1]


class Visit:
    """A page of the browser with all that went wrong in it."""

    def __init__(self, browser, root, **context):
        self.root, self.faults = root, []
        self.page = browser.new_context(
            viewport={"width": 1280, "height": 900}, **context
        ).new_page()
        self.page.set_default_timeout(WAIT)
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
            "(wanted) => wanted.includes(document.documentElement?.dataset.ready)",
            arg=languages or [*LANGUAGES],
        )
        return self

    def speak(self, language):
        self.page.get_by_role("button", name=LANGUAGES[language]).click()
        return self.ready(language)

    def chart(self, number=0):
        return self.page.locator(CHART).nth(number)

    def control(self, name, number=0):
        """A control of a chart by its name, also of those that are folded."""
        self.chart(number).locator(".controls").evaluate(UNFOLD)
        named = self.page.locator(".vega-bind-name", has_text=re.compile(f"^{re.escape(name)}$"))
        return self.chart(number).locator(".vega-bind", has=named).locator("input, select")

    def search(self, text):
        """The hits of a search: text by address."""
        self.page.locator(".sidebar-search").fill(text)
        self.page.locator(".sidebar-search").press("Enter")
        self.page.wait_for_function(
            "/result|did not match|结果|没有/.test("
            "document.querySelector('.search-summary')?.textContent ?? '')"
        )
        hits = self.page.locator("#search-results li > a:first-child")
        return {hit.get_attribute("href"): hit.inner_text() for hit in hits.all()}


UNFOLD = "(controls) => controls.querySelectorAll('details').forEach((each) => (each.open = true))"


@pytest.fixture(scope="module")
def site():
    """The folder of the site, made once for what it is made of: other runs of the tests take it."""
    if not (PACKAGES / "ready").exists():
        missing = "the packages of the site are not there: `make test` sets them up"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    kept = ROOT / ".pytest_cache" / "any path" / made_of()
    if not kept.exists():
        shutil.rmtree(kept.parent, ignore_errors=True)
        make_site(kept.with_name("half done") / "网站")
        kept.with_name("half done").rename(kept)
    return kept / "网站"


def made_of():
    """A hash of the files that the site is made of."""
    tops = [ROOT / name for name in ("README.md", "data", "notebooks", "requirements")]
    files = sorted(path for top in tops for path in [top, *top.rglob("*")] if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        if not {"__pycache__", ".ipynb_checkpoints", "answers"} & {*path.parts}:
            digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def make_site(folder):
    """Make the site as `make site` does."""
    paths = os.pathsep.join(map(str, (ROOT / "notebooks", PACKAGES)))
    command = [sys.executable, "-m", "indicators.site", str(folder)]
    run = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": f"{paths}{os.pathsep}{os.environ['PYTHONPATH']}"},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.stem: Texts(path.read_text(encoding="utf-8")) for path in sorted(site.glob("*.html"))
    }


@pytest.fixture(scope="module")
def served(site):
    """The address of the site on a server, beneath a path."""
    with serving(site.parent) as address:
        yield f"{address}/%E7%BD%91%E7%AB%99/"


@contextlib.contextmanager
def serving(folder, **headers):
    """The address of a server that sends the files of a folder, each with these headers."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def end_headers(self):
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
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
            '<figure class="chart'
        ) != drawn:
            missing.append((path.stem, "charts"))
        said = set(re.findall(r"\w+", pages[path.stem].text))
        missing += [
            (path.stem, word)
            for cell in cells
            for word in re.findall(r"\w+", site_words.for_site(cell.source).replace("\\n", " "))
            if word not in said | CODE
        ]
    assert missing == []


def test_a_page_speaks_of_what_it_has(pages):
    """Every wording of its own stands for a sentence of a notebook that is still there."""
    markdown = [
        cell.source
        for path in EDITIONS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and "jupyterlab" not in cell.metadata.get("tags", [])
    ]
    known = "\n".join(markdown)
    assert [said for said in site_words.WORDED_ANEW if said not in known] == []
    only = site_words.ONLY_IN_NOTEBOOKS
    assert [
        word for word in only if any(word in site_words.for_site(text) for text in markdown)
    ] == []
    spoken = [re.sub("[*`]", "", word) for word in only if " " in word]
    assert [(name, word) for name in pages for word in spoken if word in pages[name].text] == []


def test_what_the_theme_says_by_itself_has_a_wording_in_chinese(site):
    chinese, said = site_words.CHINESE, set()
    for path in site.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        said |= OfTheme(text).said
        if path.stem == "search":
            said |= {*re.findall("<title>(.*?)</title>", text)}
    assert said >= {"Skip to content", "Search", "Questions", "Link to this heading", "Next"}
    assert said - chinese.keys() - site_words.AS_THEY_ARE == set()
    assert [text for text in chinese.values() if re.search("[A-Za-z]{3}", text)] == [
        "找到${resultCount}条结果。"
    ]
    assert len({*chinese.values()}) == len(chinese)  # so that each leads back to English
    assert OfTheme('<p class="zh">Own</p><pre>Own</pre><p title="New">').said == {"New"}


def test_a_page_names_no_control_that_it_does_not_offer(site):
    wrong = []
    for path in EDITIONS:
        language = "zh" if path.parent.name == "zh" else "en"
        words, texts = WORDS[language]["controls"], site_words.WORDS_OF_SITE[language]
        offered = {texts["from"], texts["to"]} | {
            words[each] for each in ("share", "more", "reset", "search", "again")
        }  # the last is what notebook 07 tells of itself
        offered |= {"判断", "所需增速"}  # not only of controls
        for about in described(site / path.name.replace(".ipynb", ".html")):
            offered |= {each["label"] for each in about.get("controls", {}).get(language, [])}
        text = "".join(
            site_words.for_site(cell.source)
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "markdown" and "jupyterlab" not in cell.metadata.get("tags", [])
        )
        named = {*re.findall(r"\*([^*\n]+)\*" if language == "en" else "“([^”]+)”", text)}
        wrong += [(path.name, language, name) for name in named & {*words.values()} - offered]
    assert wrong == []


def test_every_heading_has_one_name_in_each_language(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    names = [pair for page in index["names"] for pair in page.values()]
    assert len(names) > 300 and len(index["names"]) == len(index["docnames"])
    chinese = re.compile("[\u4e00-\u9fff]")
    assert [pair for pair in names if chinese.search(pair[0]) or not chinese.search(pair[1])] == []


def test_the_site_has_the_notebooks_of_the_bundle_and_none_of_a_reader(pages):
    assert [name for name in pages if name[0].isdigit()] == [path.stem for path in NOTEBOOKS]


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
            if lines or found.count("<tr") != len(LANGUAGES) * (1 + len(own))
            else []
        )
    assert wrong == []


def test_every_indicator_and_every_source_is_in_the_site(pages):
    read = data.read()[0]
    names = [
        name for key in ("name_en", "name_zh", "description") for name in read["indicators"][key]
    ]
    said = ("title_en", "publisher", "url", "note", "read_at")
    about = [text for key in said for text in read["sources"][key]]
    assert [name for name in names if " ".join(name.split()) not in pages["codebook"].text] == []
    assert [text for text in about if " ".join(text.split()) not in pages["sources"].text] == []
    assert {*read["sources"]["read_at"]} & {*pages["sources"].links} == set()  # text, no link


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


def test_the_first_page_tells_the_decade_in_a_chart_and_five_sentences(site, pages):
    """In the same figures as notebook 00 does."""
    text = (site / "index.html").read_text(encoding="utf-8")
    assert text.count('<figure class="chart">') == 1
    lists = re.findall(r'<div class="(en|zh)" lang="..">\s*<ul>(.*?)</ul>', text, re.DOTALL)
    assert {language: told.count("<li>") for language, told in lists} == {"en": 5, "zh": 5}
    told = nbformat.read(NOTEBOOKS[0], as_version=4).cells
    said = "".join(output.data["text/markdown"] for at in (1, 5) for output in told[at].outputs)
    figures = re.findall("<b>(.*?)</b>", dict(lists)["en"])
    assert figures and [each for each in figures if f"**{each}**" not in said] == []


def test_the_site_lists_its_files_and_is_no_site_of_jekyll(site):
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert names - {folder.LIST} == {*(site / folder.LIST).read_text().split()} >= {".nojekyll"}


def test_the_site_and_its_pages_are_small(site):
    sizes = {path.name: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < MOST
    assert {name: size for name, size in sizes.items() if size > MOST_OF_PAGE} == {}


def test_charts_are_chinese_in_chinese(site):
    """All that a chart says by itself; the table has notes, and some sources, in English only."""
    english = {}
    for path in site.glob("0*.html"):
        for number in range(path.read_text(encoding="utf-8").count('<figure class="chart">')):
            spec = chart_of(site, path.stem, number, "zh")
            said = [text for text in own_words(spec) if re.search("[A-Za-z]{4}", text)]
            english |= {(path.stem, number): said} if said else {}
    assert english == {}


def test_explorers_are_chinese_in_chinese(site):
    files = [site / "_static" / f"figures-{name}.js" for name in ("zh", "bases-zh")]
    packed = [
        json.loads(path.read_text(encoding="utf-8").split(" = ", 1)[1][:-2]) for path in files
    ]
    said = []
    for path in site.glob("0*.html"):
        for about in described(path):
            packed += [about["figures"]] if "figures" in about else []
            said += [control["label"] for control in about["controls"]["zh"]]
            options = [each for control in about["controls"]["zh"] for each in options_of(control)]
            said += [name for name, _ in options]
    figures = [figure for table, _ in packed for figure in unpacked(table)]
    figures = [figure for figure in figures if figure.get("language") == "zh"]
    said += [word for figure in figures for word in own_words({"datasets": {"": [figure]}})]
    assert len(figures) > 1000 and [text for text in said if re.search("[A-Za-z]{4}", text)] == []


def described(path):
    """The explorers of a page, as JSON."""
    text = path.read_text(encoding="utf-8")
    return map(json.loads, re.findall('<script type="application/json">(.*?)</script>', text))


def options_of(control):
    return control.get("options", [])


def unpacked(table):
    """The records of a table of `packing.Packer`."""
    made = []
    for each in table:
        names, *values = each["r"] if isinstance(each, dict) else [None]
        if names is not None:
            each = dict(zip(made[names], [made[value] for value in values], strict=True))
        made.append(each)
    return [each for each in made if isinstance(each, dict)]


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
    for lines in (title["text"], title.get("subtitle", [])):
        yield from [lines] if isinstance(lines, str) else lines
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
                "Verdict",
                "Goal",
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
            tip = pointed(visit, number)
            keys = set(tip.locator("td.key").all_inner_texts())
            wrong += (
                []
                if keys and {key.removesuffix(":") for key in keys} <= known
                else [(path.stem, number, keys)]
            )
            visit.page.mouse.move(0, 0)
    assert wrong == []


def pointed(visit, number=0):
    """The tooltip of the last mark of a chart; pointed at again where the page has moved."""
    tip = visit.page.locator("#vg-tooltip-element.visible")

    def shown():
        visit.page.mouse.move(0, 0)
        visit.chart(number).locator(MARK).last.hover(force=True)
        visit.page.evaluate(TURN)
        return tip.count()

    settled(shown, 1)
    return tip


def labels_of(chart):
    """What the marks of a chart say of themselves."""
    return chart.locator(f"{POINT}, [aria-roledescription='rule mark']").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('aria-label'))"
    )


def others_than(before, chart):
    """What the marks of a chart say once that differs from what they said before."""
    settled(lambda: labels_of(chart) == before, False)
    return labels_of(chart)


def test_the_sliders_leave_out_years_and_a_span_stays_whole_or_goes(visit):
    chart = visit.open(GROWTH).chart(PAST)
    spans = [text for text in labels_of(chart) if "2016–2020" in text]
    assert len(spans) == 5 and any("2021" in text for text in labels_of(chart))
    visit.control("To", PAST).fill("2020")
    settled(lambda: [text for text in labels_of(chart) if ", 2021" in text], [])
    assert [text for text in labels_of(chart) if "2016–2020" in text] == spans
    visit.control("From", PAST).fill("2017")

    def others():
        return [
            text for text in labels_of(chart) if "2020:" not in text or "–" in text.split(":")[0]
        ]

    settled(others, [])
    assert labels_of(chart)


def test_a_first_year_after_the_last_is_taken_the_other_way_round(visit):
    chart = visit.open(START).chart(1)
    visit.control("From", 1).fill("2020")
    visit.control("To", 1).fill("2017")
    years = {"2017", "2018", "2019", "2020"}
    settled(lambda: {re.search("20[0-9]{2}", text)[0] for text in labels_of(chart)}, years)


def test_ticks_show_and_hide_kinds_and_series_and_the_others_keep_their_colours(visit):
    chart = visit.open(GROWTH).chart(GROWN)
    before, colours = labels_of(chart), chart.evaluate(COLOURS)
    visit.control("Targets", GROWN).check()
    added = set(others_than(before, chart)) - set(before)
    assert added and all(text.endswith("target)") for text in added)
    visit.control("Targets", GROWN).uncheck()
    settled(lambda: sorted(labels_of(chart)), sorted(before))
    chart.get_by_role("option", name="Zhejiang").click()
    left = sorted(text for text in before if not text.startswith("Zhejiang"))
    settled(lambda: sorted(labels_of(chart)), left)
    assert chart.evaluate(COLOURS).items() < colours.items()


COLOURS = """(chart) => Object.fromEntries(
    [...chart.querySelectorAll("[aria-roledescription='rule mark']")]
    .map((mark) => [mark.getAttribute('aria-label'), mark.getAttribute('stroke')]))"""


def test_a_click_in_the_legend_hides_a_kind_and_another_shows_it(visit):
    chart = visit.open(EVERYTHING).chart(1)
    entry, marks = (
        chart.locator(".role-legend text", has_text=re.compile("^target$")),
        chart.locator(POINT),
    )
    whole = marks.count()
    for shown in (False, True):
        entry.click()
        settled(visit.control("Targets", 1).is_checked, shown)
        settled(lambda: marks.count() == whole, shown)


def test_a_bound_keeps_its_arrow_and_goes_with_it(visit):
    chart = visit.open(GROWTH).chart(PAST)
    arrows = chart.locator("text", has_text=re.compile("^↑$"))
    assert arrows.count() == 2
    visit.control("Targets", PAST).uncheck()
    settled(arrows.count, 0)


def test_the_year_and_the_what_if_answer(visit):
    numbers = visit.open(START).chart()
    visit.control("Year").fill("2015")
    numbers.get_by_text("CNY 446.597 billion", exact=True).wait_for()
    targets = visit.open(TARGETS).chart()
    visit.control("If it moved by (% a year)").fill("7")
    targets.get_by_text("7.0% a year").first.wait_for()
    visit.control("Theme").select_option("Environment")
    gone, texts = "GDP per capita, 2025: CNY 150 thousand", targets.locator("text")
    settled(lambda: gone in texts.all_text_contents(), False)


def test_a_link_draws_the_same_view_in_its_language_and_colours(visit, site):
    chart = visit.open(EVERYTHING).chart()
    chart.get_by_placeholder("Part of a name").fill("PM2.5")
    first = chart.get_by_role("option", name="GDP per capita").first
    first.click()
    chart.get_by_role("option", name="Zhejiang").click()
    visit.control("View").select_option("growth rates")
    visit.control("To").fill("2021")
    visit.speak("zh")
    wanted = labels_of(chart), chart.evaluate(COLOURS)
    chart.get_by_role("button", name="分享").click()
    chart.get_by_role("status").get_by_text("已复制").wait_for()
    visit.page.locator(".sidebar-search").press("Control+v")
    link = visit.page.locator(".sidebar-search").input_value()
    assert link == visit.page.url
    assert link.split("#")[1].startswith("lang=zh&1.view=growth+rates&1.years=2015-2021&1.indic")
    visit.page.goto("about:blank")
    visit.page.goto(link)
    visit.ready("zh")
    settled(lambda: (labels_of(visit.chart()), visit.chart().evaluate(COLOURS)), wanted)
    assert wanted[0]
    visit.page.goto(f"{link.replace('&', '&amp;')}).")  # as a mail program may have it
    settled(lambda: visit.page.evaluate("location.href"), link)
    assert visit.page.locator(".not-understood").count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "1.indicators=nosuch",
        "1.years=2031-2040",
        "1.view=",
        "9.view=index",
        "a=b",
        "%E0=%",
        "lang=x",
    ],
)
def test_a_bad_address_draws_the_usual_view_and_says_in_a_line_why(visit, address):
    usual = labels_of(visit.open(GROWTH).chart())
    visit.page.goto(f"{visit.root}{GROWTH}.html#{address}")
    said = visit.page.locator(".not-understood")
    said.wait_for()
    settled(lambda: labels_of(visit.ready().chart()), usual)
    assert address.removeprefix("1.").split("=")[0][:1] in said.inner_text() or "%" in address


def test_an_explorer_is_saved_as_in_its_notebook(visit):
    chart = visit.open(EVERYTHING).chart()
    rows = explorers.IndicatorExplorer(
        data.load(), ["gdp_per_capita", "pm25", "urban_income"], view="levels", language="en"
    ).data
    assert saved(chart, "CSV").decode("utf-8-sig") == labels.csv(rows)
    assert saved(chart, "PNG").startswith(b"\x89PNG")
    svg = saved(chart, "SVG").decode()
    assert svg.startswith("<svg") and "PM2.5" in svg and "Sources: " in svg


def saved(chart, kind):
    with chart.page.expect_download() as download:
        chart.get_by_role("button", name=f"Save {kind}").click()
    assert download.value.suggested_filename == f"{EVERYTHING}-1.{kind.lower()}"
    return download.value.path().read_bytes()


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
        page.get_by_text("生产总值，2025：8500亿元").first.is_visible()
        and not page.get_by_text("Gross domestic product (GDP), 2025:").first.is_visible()
    )
    visit.control("终止年", 1).fill("2019")
    visit.speak("en")
    assert visit.control("To", 1).input_value() == "2019"
    assert page.title() == question
    visit.speak("zh")
    page.get_by_text("绍兴增长得有多快？").first.click()
    page.wait_for_url(f"**/{GROWTH}.html*")
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


@pytest.mark.parametrize(
    ("language", "other", "asked", "named", "piece"),
    [
        ("zh", "en", "生产总值", "数据：经济增长 > 生产总值", "生产总值 2015 约4470亿元"),
        ("zh", "en", "空气", "空气和水变好了吗？", "空气变好了"),
        ("zh", "en", "目标", "目标实现了吗？", "写明数字的目标"),
        ("zh", "en", "ＰＭ２．５　", "数据：生态环境 > PM2.5平均浓度", "56微克/立方米"),
        ("en", "zh", "Air quality ", "Figures: Environment", "air quality improved"),
        ("en", "zh", "空气", "Did the air and the water get better?", "中文: 空气变好了"),
    ],
)
def test_a_search_answers_in_the_language_of_the_page_and_of_the_switch(
    browser, served, language, other, asked, named, piece
):
    visit = Visit(browser, served).open("index").speak(language)
    hits = visit.search(asked)
    wanted = [address for address, text in hits.items() if text == named]
    assert len(wanted) == 1, hits
    found = visit.page.locator(f"#search-results li:has(a[href='{wanted[0]}']) .context")
    assert piece in found.inner_text() and "import " not in found.inner_text()
    before = re.search(r"\d+", visit.page.locator(".search-summary").inner_text())[0]
    visit.speak(other)
    said = "找到{}条结果。" if other == "zh" else "{} results."
    settled(lambda: visit.page.locator(".search-summary").inner_text(), said.format(before))
    texts = visit.page.locator("#search-results li > a").all_inner_texts()
    assert len(texts) == len({*texts}) == int(before)
    chinese = re.compile("[\u4e00-\u9fff]")
    assert [text for text in texts if bool(chinese.search(text)) != (other == "zh")] == []
    assert visit.page.title().startswith("搜索" if other == "zh" else "Search")
    assert visit.page.locator(".sidebar-search").input_value() == asked
    visit.page.context.close()
    assert visit.faults == []


def test_everyone_can_read_the_first_page_a_question_and_the_search(visit):
    """And what has no name, or no heading, is told."""
    page = visit.open("index").page
    assert faults(page, None) == []
    visit.search("PM2.5")
    assert (page.locator("h1").all_inner_texts(), faults(page, None)) == (["Search"], [])
    visit.speak("zh")
    assert page.locator("h1").all_inner_texts() == ["搜索"]
    page.locator("h1").evaluate("(heading) => heading.remove()")
    assert {rule for rule, _ in faults(page, None)} == {"page-has-heading-one"}
    assert faults(visit.speak("en").open(GROWTH).page, None) == []
    visit.control("From", PAST).fill("2017")
    nameless = "g[role=graphics-symbol]:not([aria-label])"
    visit.chart(PAST).locator(nameless).first.wait_for(state="detached")
    assert faults(page, None) == []
    page.locator("svg g[role=graphics-object]").first.evaluate(
        "(group) => group.setAttribute('role', 'graphics-symbol')"
    )
    assert {rule for rule, _ in faults(page, None)} == {"svg-img-alt"}


def test_a_search_wants_all_words_also_of_two_characters(visit):
    assert visit.open("index").search("空气 fare") != {}
    assert visit.open("index").search("空气 nosuchword") == {}


# What a reader sees or hears in a page, its figures and their tables aside.
WORDS_SEEN = """() => {
    const own = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
    while (own.nextNode()) {
        const { data, parentElement } = own.currentNode;
        if (!parentElement.closest('script, style, figure, table, pre, code, button[lang]'))
            if (parentElement.checkVisibility()) said.push(data.trim());
    }
    for (const name of ['aria-label', 'title', 'placeholder'])
        for (const each of document.querySelectorAll(`[${name}]:not(figure *)`))
            if (each.checkVisibility()) said.push(each.getAttribute(name));
    return [document.title, ...said.filter(Boolean)];
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_all_in_its_language(visit, language):
    foreign = re.compile("[A-Za-z]{4}" if language == "zh" else "[\u4e00-\u9fff]")
    known = r"English|Sphinx|Furo|pradyunsg|Python|make lab|Confidence: medium|收入|中文|万|亿"
    for name in ("index", GROWTH, TARGETS, "figures-growth", "search"):
        said = visit.open(name).speak(language).page.evaluate(WORDS_SEEN)
        assert len(said) > 20
        assert [text for text in said if foreign.search(re.sub(known, "", text))] == [], name
    visit.open(START)
    assert visit.page.evaluate("document.documentElement.lang") == language
    other = next(each for each in LANGUAGES if each != language)
    assert foreign.search(visit.speak(other).page.evaluate(WORDS_SEEN)[0])


TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


def test_the_switch_is_in_sight_and_keeps_the_place(visit):
    for name, heading in ((TARGETS, "city-province-and-nation"), ("codebook", "culture")):
        page = visit.open(name).speak("en").page
        page.locator(f"#{heading}").evaluate("(each) => each.scrollIntoView()")
        before = page.evaluate(TOP, heading)
        for language in ("zh", "en"):
            assert visit.speak(language).page.locator(".languages").is_visible()
            settled(lambda: abs(page.evaluate(TOP, heading) - before) < 3, True)  # noqa: B023
    page.evaluate("scrollTo(0, 0)")
    settled(lambda: page.evaluate("scrollY"), 0)
    assert visit.speak("zh").page.evaluate("scrollY") == 0


def test_an_address_of_a_heading_or_a_row_opens_there_in_either_language(visit):
    visit.open("index").speak("zh")
    for name, asked, meant in (
        (TARGETS, "city-province-and-nation", "city-province-and-nation"),
        ("figures-growth", "figure-300-en", "figure-300-zh"),
    ):
        visit.page.goto("about:blank")
        visit.page.goto(f"{visit.root}{name}.html#{asked}")
        visit.ready("zh")
        settled(lambda: 0 < visit.page.evaluate(TOP, meant) < 200, True)  # noqa: B023
    visit.speak("en")
    settled(lambda: 0 < visit.page.evaluate(TOP, "figure-300-en") < 200, True)
    assert visit.page.url.endswith("#figure-300-en")
    assert visit.page.locator("tr:target").is_visible()


def test_a_choice_in_an_explorer_stays_in_the_address_in_either_language(visit):
    visit.open(EVERYTHING).speak("zh").control("视图").select_option("增长率")
    settled(lambda: visit.page.url.split("#")[-1], "lang=zh&1.view=growth+rates")
    drawn = visit.chart().locator(POINT).count()
    visit.speak("en")
    settled(lambda: visit.page.url.split("#")[-1], "lang=en&1.view=growth+rates")
    assert visit.control("View").locator("option:checked").inner_text() == "growth rates"
    assert visit.chart().locator(POINT).count() == drawn > 0
    visit.page.reload()
    assert (
        visit.ready("en").control("View").locator("option:checked").inner_text() == "growth rates"
    )


def test_a_search_for_a_number_says_which_figure_it_is_and_leads_to_its_row(visit):
    gdp = "Gross domestic product (GDP), 2020: CNY 600.1 billion (level, outcome)"
    for asked in ("6001", "６００１", "GDP 6001 2020", "6001 亿元", "600.1"):
        assert gdp in visit.open("index").search(asked).values(), asked
    visit.page.get_by_role("link", name=gdp).first.click()
    visit.page.wait_for_url("**/figures-growth.html#*")
    found = visit.ready().page.locator("tr:target")
    assert "6001 亿元" in found.inner_text() and found.is_visible()
    first = next(iter(visit.open("index").search("目标 2021").values()))
    assert ", 2021: " in first and first.endswith(", target)")
    assert any("CNY 66,694" in text for text in visit.open("index").search("66,694").values())
    noted = visit.open("index").search("1.33")  # in the note of a figure only
    assert any("national exports, 2020: 13.3%" in text for text in noted.values()), noted
    assert visit.open("index").search("600") == {}  # of 6001


def test_a_server_that_forbids_code_from_text_still_shows_charts_that_answer(browser, site):
    policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
    with serving(
        site, Content_Security_Policy=f"{policy}; script-src 'self' 'unsafe-inline'"
    ) as at:
        visit = Visit(browser, f"{at}/")
        visit.page.add_init_script(MADE_FROM_TEXT)
        visit.open(GROWTH)
        assert visit.page.evaluate("refused") == "EvalError"
        before = labels_of(visit.chart())
        visit.control("To").fill("2020")
        assert 0 < len(others_than(before, visit.chart())) < len(before)
        pointed(visit)
        assert [one for one in visit.page.evaluate(DRAWN) if not one["marks"]] == []
        visit.page.context.close()
    assert visit.faults == []


MADE_FROM_TEXT = """addEventListener('DOMContentLoaded', () => {
    try { new Function(''); } catch (error) { window.refused = error.name; }
})"""


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
    charts = page.locator("figure.chart svg")
    settled(lambda: [end <= 700 for end in charts.evaluate_all(RIGHT_ENDS)], [True] * 6)
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
UNNAMED = "(found) => found.filter((each) => !each.labels[0]?.textContent.trim()).length"


def test_keys_alone_move_a_chart_and_every_control_has_a_name(visit):
    page = visit.open(GROWTH).page
    controls = page.locator(CONTROLS)
    assert controls.count() > 10 and controls.evaluate_all(UNNAMED) == 0
    before = labels_of(visit.chart())
    page.get_by_role("button", name="中文").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "last":
            break
    page.keyboard.press("ArrowLeft")
    assert 0 < len(others_than(before, visit.chart())) < len(before)


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


def test_each_kind_of_explorer_is_drawn_on_a_page_without_a_kernel():
    public = [getattr(explorers, name) for name in explorers.__all__]
    kinds = [kind for kind in public if isinstance(kind, type) and kind is not explorers.Explorer]
    assert kinds and set(kinds) == set(page_explorers.DRAWN_KINDS)


# --- a reader's own cells ---

CELLS = {
    "": [],
    "x = 1": [],
    "import os": [],
    "1;": [],
    "6 * 7": ["<pre>42</pre>"],
    "for each in range(2):\n    print(each)": ["<pre>0\n1\n</pre>"],
    "print('<b>')\n7": ["<pre>&lt;b&gt;\n</pre>", "<pre>7</pre>"],
    "%pwd": ["<pre>&#x27;{folder}&#x27;</pre>"],
    "%%html\n<i>own</i>": ["<i>own</i>\n"],
    "from IPython.display import HTML\ndisplay(HTML('<i>1</i>'))\nprint(2)": [
        "<i>1</i>",
        "<pre>2\n</pre>",
    ],
    "rows = [1]\ndisplay(rows)\nrows.append(2)": ["<pre>[1]</pre>"],
}
FAULTS = {
    "1 / 0": "ZeroDivisionError: division by zero",
    "for": "SyntaxError: invalid syntax",
    "%nosuch": "UsageError: Line magic function `%nosuch` not found",
    "input()": "EOFError",
    "unknown": "NameError: name 'unknown' is not defined",
}


def pages_of(path, *added):
    """A notebook with a question and these cells in a file, as the site has it."""
    asked = new_markdown_cell("# How?\n\n怎么样？")
    nbformat.write(new_notebook(cells=[asked, *added]), path)
    return notebook_pages.notebook(path).cells[1:]


def test_a_page_shows_what_each_cell_of_a_notebook_shows(tmp_path):
    made = pages_of(tmp_path / "own.ipynb", *map(new_code_cell, CELLS))
    shown = {
        source: [output.data["text/html"] for output in cell.get("outputs", [])]
        for source, cell in zip(CELLS, made, strict=True)
    }
    folder = str(tmp_path.resolve())
    wanted = {cell: [text.replace("{folder}", folder) for text in CELLS[cell]] for cell in CELLS}
    assert shown == wanted


@pytest.mark.parametrize("source", FAULTS)
def test_a_cell_that_fails_is_named_with_its_notebook_and_the_cure(tmp_path, source):
    before = os.getcwd(), sys.modules["__main__"], sys.stdin
    with pytest.raises(cells.CellError) as fault:
        pages_of(tmp_path / "own.ipynb", new_code_cell("1"), new_code_cell(source))
    assert str(fault.value).startswith(f"notebooks/own.ipynb, cell 3: {FAULTS[source]}")
    assert str(fault.value).endswith(cells.CURE)
    assert (os.getcwd(), sys.modules["__main__"], sys.stdin) == before
    left_out, meant = ({"tags": [tag]} for tag in ("jupyterlab", cells.MAY_FAIL))
    out, failed = pages_of(
        tmp_path / "own.ipynb",
        new_code_cell(source, metadata=left_out),
        new_code_cell(source, metadata=meant),
    )
    assert out.source == "" and FAULTS[source].split(":")[0] in failed.outputs[0].data["text/html"]


def test_a_chart_and_a_picture_of_a_reader_are_on_the_page(tmp_path):
    drawn = (
        "import altair as alt\nalt.Chart(alt.Data(values=[{'a': 1}])).mark_point().encode(x='a:Q')"
    )
    pasted = new_markdown_cell(
        "![](attachment:a.png)", attachments={"a.png": {"image/png": "AA=="}}
    )
    chart, frame, picture = pages_of(
        tmp_path / "own.ipynb",
        new_code_cell(drawn),
        new_code_cell("import pandas as pd\npd.DataFrame({'a': [1]})"),
        pasted,
    )
    assert chart.outputs[0].data["text/html"].startswith('<figure class="chart">')
    assert "<table" in frame.outputs[0].data["text/html"]
    assert picture.source == "![](data:image/png;base64,AA==)"


def test_a_notebook_that_another_program_saved_is_one_of_python(tmp_path):
    pages_of(tmp_path / "own.ipynb")
    made = notebook_pages.notebook(tmp_path / "own.ipynb")
    assert made.metadata.language_info["pygments_lexer"] == "ipython3"


def test_a_notebook_without_its_question_is_named(tmp_path):
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Mine")]), tmp_path / "own.ipynb")
    with pytest.raises(cells.CellError, match="own.ipynb, cell 1: the first cell is to hold the q"):
        notebook_pages.notebook(tmp_path / "own.ipynb")


def test_what_is_wrong_in_the_text_of_a_notebook_is_told_by_its_cell():
    said = "\x1b[91m/tmp/source/00-start-here.ipynb:270003: WARNING: image file not readable: a.png"
    told = "notebooks/00-start-here.ipynb, cell 27: WARNING: image file not readable: a.png"
    assert cells.named(said, Path("/tmp/source")) == told


# --- the folder of the site ---


@pytest.fixture
def made(tmp_path):
    """A site to be put elsewhere."""
    return written(tmp_path / "made", {"index.html": "new", "_static/site.js": "", ".nojekyll": ""})


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def read(target):
    files = {path.relative_to(target).as_posix(): path for path in target.rglob("*")}
    return {name: path.read_text() for name, path in files.items() if path.is_file()}


def test_a_site_keeps_what_is_another_s_and_takes_its_own_old_pages_away(tmp_path, made):
    target, others = (
        tmp_path / "site",
        {".git": "gitdir: x", "CNAME": "a.org", "_static/my.css": ""},
    )
    written(target, others | {".nojekyll": ""})
    folder.put(written(made, {"old/page.html": "old"}), target)
    shutil.rmtree(made / "old")
    folder.put(written(made, {"index.html": "newer"}), target)
    names = read(target).pop(folder.LIST).split()
    assert {name: read(target)[name] for name in names} == read(made)
    assert {name: text for name, text in read(target).items() if name not in names}.keys() == {
        *others,
        folder.LIST,
    }
    assert not (target / "old").exists()


@pytest.mark.parametrize("name", ["index.html", "_static/site.js", "_static"])
def test_a_folder_with_files_of_others_in_the_way_is_refused_whole(tmp_path, made, name):
    target = written(tmp_path / "site", {name: "mine", "searchindex.js": "mine"})
    before = read(target)
    with pytest.raises(folder.FolderError, match="Nothing was changed. Move them away"):
        folder.put(made, target)
    assert read(target) == before


def test_a_file_is_no_folder_for_a_site(tmp_path, made):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(folder.FolderError, match="is a file: name a folder"):
        folder.check(tmp_path / "site", ["index.html"])


def test_a_site_that_was_stopped_halfway_is_made_again(tmp_path, made, monkeypatch):
    target = tmp_path / "site"
    with monkeypatch.context() as patched:
        patched.setattr(folder.shutil, "copyfile", lambda *paths: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            folder.put(made, target)
    (target / "index.html").write_text("half")
    folder.put(made, target)
    assert (target / "index.html").read_text() == "new"


def test_a_list_of_files_reaches_nothing_outside_the_folder(tmp_path, made):
    outside = written(tmp_path, {"mine.txt": "mine"}) / "mine.txt"
    target = written(tmp_path / "site", {folder.LIST: f"../mine.txt\n{outside}\nold.html\n"})
    folder.put(made, target)
    assert outside.read_text() == "mine"
