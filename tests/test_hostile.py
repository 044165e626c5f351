"""Tables with texts that would run if a page took them for more than texts: nothing runs."""

import subprocess
import sys

import pandas as pd
import pytest
from indicators import data, explorers, growth, labels
from pages import DRAWN, TIP, TURN, WAIT, Own
from servers import Dashboard, settled

RUN = "window.__ran = (window.__ran || 0) + 1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f"javascript:{RUN}",
    f'"+({RUN})+"',
    f"'\"\\</title><svg onload='{RUN}'>",
    "datum.x",
    "{} {0} {name} %s %(x)d",
    "\u202egnp.exe",
    "",
    f"[x](javascript:{RUN})",
    f"</script></style>--><iframe srcdoc='<script>parent.{RUN}</script>'>",
    "'; " + RUN + "; '",
    "${" + RUN + "}",
    "A" * 10_000,
    "word " * 2_000,
]
TEXTS = [
    "name_en",
    "name_zh",
    "note",
    "source_note",
    "as_printed",
    "title_en",
    "title_zh",
    "publisher",
    "description",
    "url",
    "locator",
]
NAMES = ["place_en", "place_zh"]
INDICATORS = ["gdp", "gdp_per_capita", "pm25", "urban_income"]
JUDGED = ["real_gdp"]  # all places have targets for it
PLACES = ["shaoxing", "zhejiang", "china"]
TURNS = range(0, len(PAYLOADS), len(PLACES))  # in these, each column has every payload once
MADE = f"""
from indicators import data
PAYLOADS = {PAYLOADS!r}
def put(table, columns, key, values, turn):
    for number, name in enumerate(columns):
        texts = {{
            value: PAYLOADS[(rank + number + turn) % len(PAYLOADS)]
            for rank, value in enumerate(values)}}
        table[name] = [texts[value] for value in table[key]]
def hostile(turn=0):
    table = data.latest(data.load())
    table = table[table["indicator"].isin({INDICATORS + JUDGED})].copy()
    table.attrs = {{}}
    put(table, {TEXTS!r}, "indicator", {INDICATORS + JUDGED}, turn)
    put(table, {NAMES!r}, "place", {PLACES}, turn)
    return table
"""
CELLS = (
    MADE
    + """
from indicators import explorers, growth
chosen, two = ["gdp", "pm25", "urban_income"], ["shaoxing", "china"]
drawn = dict(view="levels", places=two)
---
explorers.IndicatorExplorer(hostile(0), chosen, tabled=True, **drawn)
---
explorers.IndicatorExplorer(hostile(4), chosen, tabled=True, **drawn)
---
explorers.IndicatorExplorer(hostile(9), chosen, arrangement="apart", **drawn)
---
explorers.NumbersExplorer(hostile(1), chosen, places=two)
---
explorers.NumbersExplorer(hostile(10), chosen, places=two, arrangement="apart")
---
judged = growth.with_latest(hostile(2), growth.verdicts(hostile(2)))
explorers.TargetExplorer(judged, year="all", verdict="all", places=two)
"""
)


@pytest.fixture(scope="module")
def made():
    names = {}
    exec(MADE, names)
    return names["hostile"]


# --- in the kernel ---


def test_in_all_turns_together_every_column_has_every_payload(made):
    tables = [made(turn).query("indicator in @INDICATORS") for turn in TURNS]
    found = {name: {text for table in tables for text in table[name]} for name in TEXTS + NAMES}
    assert {name: set(PAYLOADS) - texts for name, texts in found.items()} == {
        name: set() for name in found
    }


@pytest.mark.slow
@pytest.mark.parametrize("turn", [pytest.param(TURNS[0], marks=pytest.mark.smoke), *TURNS[1:]])
def test_every_text_is_escaped_in_all_that_a_page_takes_for_html(made, turn):
    table, drawn = made(turn), {"places": PLACES}
    judged = growth.with_latest(table, growth.verdicts(table))
    found = [
        explorers.IndicatorExplorer(table, INDICATORS, view="levels", tabled=True, **drawn),
        explorers.NumbersExplorer(table, INDICATORS, **drawn),
        explorers.TargetExplorer(judged, year="all", verdict="all", **drawn),
    ]
    found[0].pin(table.index[0])
    for explorer in found:
        for language in ("zh", "en"):
            explorer.language.value = language
            written = [
                getattr(explorer, name).value.lower()
                for name in ("summary", "listing", "pinned", "sources")
                if hasattr(explorer, name)
            ]
            evil = ("<script", "<img", "<svg", "<iframe", "href='java")
            assert [text for text in written if any(markup in text for markup in evil)] == []
            assert explorer.text and explorer.chart.to_dict(validate=language == "en")


def test_only_addresses_of_the_web_can_be_followed():
    rows = data.load().head(1)
    for url, linked in {
        "https://example.org": True,
        "HTTP://example.org": True,
        "javascript:alert(1)": False,
        " javascript:alert(1)": False,
        "data:text/html,x": False,
        "//example.org": False,
        "java\nscript:https://x": False,
        "": False,
    }.items():
        assert ("<a " in labels.listing(rows.assign(url=url))) == linked, url


def test_a_table_in_markdown_takes_nothing_for_markup():
    said = labels.table(pd.DataFrame({"a": PAYLOADS, "b": "x|y\n# z"}))
    assert len(said.splitlines()) == len(PAYLOADS) + 2
    assert not any(markup in said for markup in ("<", "](", "`", "$", "\\"))


# --- in the page ---


@pytest.fixture(scope="module")
def visit(browser, lab):
    visit = Own(browser, lab, "hostile", CELLS, height=6000)
    yield visit
    visit.page.close()


def poke(page, box, tabled):
    """Point at marks, keep one, and sort the table; what the tooltip said."""
    mark = box.locator(DRAWN).first
    mark.scroll_into_view_if_needed()
    said = []
    for number in range(min(box.locator(DRAWN).count(), 6)):
        at = box.locator(DRAWN).nth(number).bounding_box()
        page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
        page.evaluate(TURN)
        said += page.locator(TIP).all_inner_texts()
    page.mouse.down()
    page.mouse.up()
    if tabled:
        box.locator("tbody tr").first.wait_for()
        box.locator("th").first.click()
    page.mouse.move(5, 5)
    return said


def test_nothing_runs_in_the_page_however_it_is_used(visit):
    page = visit.page
    for number in range(visit.count):
        explorer = visit.explorer(number)
        said = poke(page, explorer.box, explorer.box.locator("tbody tr").count())
        explorer.speak("zh")
        explorer.caught_up()
        said += poke(page, explorer.box, explorer.box.locator("tbody tr").count())
        assert said and page.evaluate("window.__ran") is None, number
        assert explorer.box.locator("script, img, iframe, a[href^='javascript' i]").count() == 0, (
            number
        )
    assert page.locator("#vg-tooltip-element img, #vg-tooltip-element script").count() == 0
    assert [error for error in visit.errors if "favicon" not in error] == []
    visit.save()
    page.reload()
    page.locator(".jp-Notebook .vega-embed svg").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")  # any picture that is asked for has come or failed
    assert (
        page.evaluate("window.__ran") is None
        and page.locator(".jp-Notebook .jp-OutputArea img[src='x']").count() == 0
    )


def test_nothing_runs_in_the_saved_notebook_as_html(visit, browser):
    path = visit.lab.folder / "notebooks" / "hostile.ipynb"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", "html", str(path)],
        check=True,
    )
    page = browser.new_page()
    page.set_default_timeout(WAIT)
    page.goto(path.with_suffix(".html").as_uri())
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("window.__ran") is None and page.locator("img[src='x'], iframe").count() == 0
    )
    assert page.locator(".jp-OutputArea").count() > 0
    page.close()


def test_nothing_runs_in_the_dashboard(visit, browser):
    dashboard = Dashboard(visit.lab.folder)
    try:
        page = browser.new_page(viewport={"width": 1400, "height": 1200})
        page.set_default_timeout(WAIT)
        page.goto(dashboard.address("voila/render/hostile.ipynb"), wait_until="commit")
        boxes = page.locator(".widget-vbox:has(.vega-embed)")
        settled(boxes.count, visit.count)
        for number in range(visit.count):
            box = boxes.nth(number)  # while others still come the page moves
            settled(lambda box=box: bool(poke(page, box, False)), True)
        assert (
            page.evaluate("window.__ran") is None
            and page.locator("img[src='x'], iframe").count() == 0
        )
        page.close()
    finally:
        dashboard.stop()
