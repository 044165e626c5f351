"""Marks of the explorer of indicators in the real JupyterLab: what is told and saved of them."""

import csv
import io
import math
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from expected import CHOSEN, FIRST, alone, sentences, shown
from indicators import charts, growth, labels
from indicators.explorers.export import file_stem
from page_checks import HEIGHTS
from pages import (
    DRAWN,
    INDICATORS,
    TIP,
    settled,
)
from PIL import Image

MIDDLES = """marks => marks.map(mark => mark.getBoundingClientRect())
    .map(({x, y, width, height}) => [x + width / 2, y + height / 2])"""
ENDS = """lines => lines.map(line => [line.getBBox(), line.getCTM().f])
    .flatMap(([{y, height}, f]) => [y + f, y + height + f])"""
# What of a tooltip is not to be seen: texts, or the side of the window that it leaves.
CUT = """tip => {
    const { left, top, right, bottom } = tip.getBoundingClientRect();
    const left_out = Object.entries({
        left: left < 0, top: top < 0, right: right > innerWidth, bottom: bottom > innerHeight });
    const over = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
    return [...left_out.filter(([, left]) => left).map(([side]) => side),
        ...[...tip.querySelectorAll("td")].filter(over).map(cell => cell.innerText)];
}"""
IN_ORDER = """([texts, step]) => texts.every(
    (text, at) => !at || step * texts[at - 1].localeCompare(text) <= 0)"""


@pytest.mark.parametrize(("scale", "height"), [("linear", float), ("log", math.log10)])
def test_marks_and_plain_numbers_on_the_axis_stand_at_the_height_of_their_value(
    pick, figures, scale, height
):
    explorer = pick(["gdp"], places=["shaoxing", "zhejiang"])
    explorer.choose("scale", explorer.words["choices"][scale])
    rows = shown(figures, "levels", ["gdp"], ["shaoxing", "zhejiang"])
    explorer.draws(sentences(rows))
    values = {labels.sentence(row): labels.height(row.value, row.unit) for row in rows.itertuples()}

    def bent():
        """The marks and numbers on the axis that do not stand at their value, or are not plain."""
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
    chosen = ["gdp_per_capita", "urban_rural_income_ratio"]  # each on one basis in 2020
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
    middle = "mark => mark.getBBox().y + mark.getBBox().height / 2 + mark.getCTM().f"

    def joined():
        heights = sorted(explorer.mark(row).evaluate(middle) for row in ends)
        return sorted(lines.evaluate_all(ENDS)) == pytest.approx(heights, abs=1)

    settled(joined, True)
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
    explorer.caught_up()
    heads = explorer.box.locator("th")
    assert heads.all_inner_texts() == [
        words
        for key, words in explorer.words["listing"].items()
        if key not in ("sort", "unknown", "copied")
    ]
    numbers = {
        "period": [int(row.start) for row in rows.itertuples()],
        "figure": [labels.plain(row.value, row.unit) for row in rows.itertuples()],
    }
    for number, key in enumerate(list(explorer.words["listing"])[: heads.count()]):
        for order, step in (("ascending", 1), ("descending", -1)):
            heads.nth(number).press("Enter")
            assert [head.get_attribute("aria-sort") for head in heads.all()] == [
                order if place == number else "none" for place in range(heads.count())
            ]
            texts = [cells[number] for cells in explorer.rows()]
            if key in numbers:
                cells = explorer.box.locator(f"tbody td:nth-child({number + 1})")
                found = cells.evaluate_all("cells => cells.map((cell) => +cell.dataset.value)")
                assert found == sorted(numbers[key], reverse=step < 0)
            else:
                assert explorer.page.evaluate(IN_ORDER, [texts, step])
    explorer.control("table").uncheck()
    settled(explorer.rows, [])


def test_near_a_mark_a_tooltip_says_all_of_its_figure_and_other_printings(pick, figures):
    explorer = pick(["gdp", "grain_output"])
    rows = shown(figures, "levels", ["gdp", "grain_output"])
    explorer.draws(sentences(rows))
    explorer.caught_up()  # the page moves where the lines above the chart change
    rows = alone(rows)
    twice, once = (
        next(row for row in rows if bool(row.others) == several) for several in (True, False)
    )
    for row in (twice, once):
        tip = explorer.tip(row)
        assert tip == labels.tip(row)
        assert (explorer.words["tooltip"]["others"] in tip) == bool(row.others)
        explorer.leave()


@pytest.mark.parametrize("size", [(1400, 1200), (700, 600)])
def test_a_tooltip_shows_all_that_it_says_within_the_window(pick, figures, size):
    explorer = pick(["gdp"])
    explorer.choose("vintages", explorer.words["choices"]["every"])
    explorer.speak("zh")
    rows = shown(figures, "levels", ["gdp"], printings="all").itertuples()
    heading = explorer.words["tooltip"]["others"]
    row = max(rows, key=lambda row: len(labels.tip(row, "zh").get(heading, "")))
    assert len(labels.tip(row, "zh")[heading]) >= 120
    explorer.caught_up()
    explorer.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    try:
        explorer.approach(explorer.mark(row))
        assert explorer.page.locator(TIP).evaluate(CUT) == []
        explorer.leave()
    finally:
        explorer.page.set_viewport_size({"width": 1400, "height": 1200})


def test_a_click_near_a_mark_keeps_its_figure_with_every_printing_and_rings_it(pick, figures):
    explorer = pick(["gdp"])
    rows = shown(figures, "levels", ["gdp"])
    explorer.draws(sentences(rows))
    explorer.caught_up()
    row = next(row for row in alone(rows) if row.others)
    rings = explorer.chart.locator(".mark-symbol path[stroke='#333333']")
    assert rings.count() == 0 and explorer.rows() == []
    explorer.page.mouse.click(*explorer.approach(explorer.mark(row)))
    settled(rings.count, 1)
    kept = sorted([labels.figure(each), each.as_printed] for each in (row, *row.others))
    settled(lambda: sorted([cells[2], cells[5]] for cells in explorer.rows()), kept)

    def ringed():  # once the page, in which a table has come, is at rest
        (ring,), (mark,) = rings.evaluate_all(MIDDLES), explorer.mark(row).evaluate_all(MIDDLES)
        return ring == pytest.approx(mark, abs=1)

    settled(ringed, True)
    explorer.reset()
    settled(rings.count, 0)
    settled(explorer.rows, [])


SVG_TEXT = "{http://www.w3.org/2000/svg}text"
FACTS = "indicator place period status printed as_printed title_en locator".split()


def test_what_is_drawn_is_saved_as_csv_with_every_figure_and_its_source(explorer, figures):
    rows = list(shown(figures, FIRST["view"], FIRST["chosen"]).itertuples())
    saved = csv.DictReader(explorer.download("CSV").decode("utf-8-sig").splitlines())
    found = [[line["figure" if fact == "printed" else fact] for fact in FACTS] for line in saved]
    assert sorted(found) == sorted([str(getattr(row, fact)) for fact in FACTS] for row in rows)


def test_of_two_views_of_an_explorer_the_one_whose_button_is_pressed_saves_one_file(explorer):
    page, saved = explorer.page, []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    explorer.box.click(button="right", position={"x": 5, "y": 5})
    page.get_by_text("Create New View for Cell Output", exact=True).click()
    try:
        settled(lambda: page.locator(f"{INDICATORS} .vega-embed svg").count(), 2)
        for box, name in ((explorer.box.last, "Save CSV"), (explorer.box.first, "Save Citation")):
            with page.expect_download():
                box.get_by_role("button", name=name).click()
        stem = file_stem({"places": ["shaoxing"], "years": charts.YEARS} | FIRST)
        assert saved == [f"{stem}.csv", f"{stem}.txt"]
    finally:
        page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabCloseIcon").last.click()
        settled(explorer.box.count, 1)


def test_what_is_drawn_is_saved_as_pictures_with_every_figure_and_source(explorer, figures):
    rows = list(shown(figures, FIRST["view"], FIRST["chosen"]).itertuples())
    width, height = Image.open(io.BytesIO(explorer.download("PNG"))).size
    drawing = ElementTree.fromstring(explorer.download("SVG"))
    size = 2 * float(drawing.get("width")), 2 * float(drawing.get("height"))
    assert (width, height) == pytest.approx(size, abs=40)  # another font
    panels = {labels.panel(row) for row in rows}
    assert width > 300 and height > len(panels) * 100
    texts = [list(text.itertext()) for text in drawing.iter(SVG_TEXT)]
    written, whole = {"".join(text) for text in texts}, " ".join(sum(texts, []))
    printed = [labels.short(row) for row in rows if row.status not in growth.DERIVED]
    assert [text for text in printed if text not in written] == []
    assert [row.title_en for row in rows if row.title_en not in whole] == []


def test_the_citation_names_every_source_with_publisher_date_and_address(explorer, figures):
    rows = list(shown(figures, FIRST["view"], FIRST["chosen"]).itertuples())
    citation = explorer.download("Citation").decode()
    said = {date.today().isoformat()}
    for row in rows:
        said |= {row.title_en.removesuffix(" (data file)").replace(" %", "%")}
        said |= {*labels.publishers(row.publisher)[0], labels.name(row), row.url}
        said |= {f"{row.published:%Y-%m-%d}"} if row.published == row.published else set()
    assert [text for text in said if text not in citation] == []
