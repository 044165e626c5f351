"""The charts: what is drawn, with which mark, and that the drawing agrees with the table."""

import html
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from functools import cache
from itertools import combinations

import pytest
import vl_convert
from indicators import charts, checks, data, explorers, growth, i18n, labels
from indicators.charts import frame, indicator_panels, marks, renderer, style
from indicators.i18n import LANGUAGES, WORDS

RATES = ("real_gdp", "general_public_budget_revenue", "retail_sales", "exports")


@pytest.fixture(scope="module")
def explorer(economy):
    """A function from indicators and a state to the spec that an explorer of the economy saves."""

    @cache
    def spec(*chosen, **state):
        made = explorers.IndicatorExplorer(economy, chosen, **state)
        return made.chart.to_dict(validate=False)

    return spec


@pytest.fixture(scope="module")
def drawn(explorer):
    """As `explorer`, with the chart as SVG."""
    return cache(lambda *chosen, **state: svg_of(explorer(*chosen, **state)))


@pytest.fixture(scope="module")
def specs(economy):
    """Every chart of the bundle that has the grammar of marks, as a valid Vega-Lite dict."""
    past, implied = growth.past_beside_promised(economy), growth.implied_by_target(economy)
    found = {
        "past beside promised": charts.past_beside_promised(past),
        "levels to targets": charts.levels_to_targets(implied),
        "explorer": explorers.IndicatorExplorer(economy, RATES, view="growth rates").chart,
        "overview": explorers.NumbersExplorer(economy, ["gdp", "gdp_per_capita"]).chart,
    }
    return {name: chart.to_dict() for name, chart in found.items()}


def svg_of(spec):
    return vl_convert.vegalite_to_svg(renderer.ready(spec))


def points_in(svg):
    """What the points of an SVG say, each with where it stands."""
    found = re.findall(
        r'aria-label="([^"]*)"[^>]*aria-roledescription="point"[^>]*?'
        r'transform="translate\(([\d.]+),([\d.]+)',
        svg,
    )
    return [(html.unescape(said), float(x), float(y)) for said, x, y in found]


def rows_of(spec):
    (rows,) = spec["datasets"].values()
    return rows


def layers_of(spec, kind=None):
    """The layers of a panel, or those of a kind of mark; of points and rules those read out."""
    layers = spec["spec"]["layer"]
    if kind is None:
        return layers
    read_out = {"point", "rule"}
    return [
        layer
        for layer in layers
        if layer["mark"]["type"] == kind
        and (kind not in read_out or layer["mark"].get("aria", True))
        and "ariaRoleDescription" not in layer["mark"]  # what is between figures
    ]


def filter_list(layer):
    steps = [step["filter"] for step in layer.get("transform", []) if "filter" in step]
    return [str(step) for step in steps if step != marks.IS_PRINTED]


def filters_of(layer):
    return " ".join(filter_list(layer))


def test_a_chart_carries_the_figures_of_the_table_unchanged(specs, table):
    keys = ["start", "end", "value", "status", "bound"]
    known = {
        (labels.sentence(row), row.start, row.end, height, row.status, row.bound)
        for row in table.itertuples()
        for height in [labels.height(row.value, row.unit)]
    }
    for name, spec in specs.items():
        drawn = {(row["Description"], *(row[key] for key in keys)) for row in rows_of(spec)}
        assert drawn and drawn <= known, name


def test_spans_are_drawn_as_spans_and_years_as_points(specs):
    for spec in specs.values():
        spans, points = layers_of(spec, "rule"), layers_of(spec, "point")
        assert {"strokeDash" in layer["mark"]: filters_of(layer) for layer in spans} == {
            False: f"{marks.IS_SPAN} datum.status == 'actual'",
            True: f"{marks.IS_SPAN} datum.status != 'actual'",
        }
        for layer in spans:
            ends = [layer["encoding"][end]["field"] for end in ("x", "x2")]
            assert ends == ["begin", "finish"]
        of_years = {marks.IS_YEAR, marks.IS_DERIVED}
        assert points and all(of_years & set(filter_list(layer)) for layer in points)


def test_a_line_joins_only_what_the_table_joins(specs):
    lines = layers_of(specs["explorer"], "line")
    *_, line = [layer for layer in lines if "strokeDash" not in layer["mark"]]
    assert filters_of(line) == "datum.line > 0 datum.depth == datum.front"
    assert [detail["field"] for detail in line["encoding"]["detail"]] == ["line", "series"]


def test_limits_set_by_others_are_rules_and_no_points(shaoxing):
    rows = growth.with_lines(shaoxing.query("indicator == 'pm25' and measure == 'level'"))
    svg = svg_of(charts.against_benchmarks(rows, data.benchmarks(), "PM2.5").to_dict())
    kinds = 'role="graphics-symbol" aria-roledescription="(?:rule mark|point)"'
    limits = {
        "WHO guideline value of 2021: 5",
        "National limit for class 1 areas (GB 3095-2012): 15",
        "National limit for class 2 areas (GB 3095-2012): 35",
    }
    said = set(re.findall(f'aria-label="([^"]*)" {kinds}', svg))
    assert said == limits | set(labels.worded(rows)["Description"])


def test_points_that_coincide_are_seen_side_by_side(table):
    rows = data.latest(table[table["indicator"].eq("real_gdp") & table["period"].eq("2018")])
    rows = growth.with_lines(rows[rows["measure"].eq("growth_rate") & rows["status"].eq("actual")])
    same = [row for row in rows.itertuples() if row.printed == "7.1"]
    svg = svg_of(charts.by_place(rows, "Growth").to_dict())
    found = {x for said, x, _ in points_in(svg) if "7.1%" in said}
    assert len(found) == len(same) == 2


def test_all_series_of_an_index_begin_at_one_point(economy, drawn):
    views = growth.views(economy).query("view == 'index'")
    at_base = views[views["period"].eq("2020") & views["status"].eq("actual")]
    alone = at_base.drop_duplicates("indicator", keep=False)  # on one basis in that year
    chosen = alone["indicator"].astype("str").unique()
    points = points_in(drawn(*chosen, view="index"))
    at_base = [(said, x) for said, x, _ in points if ", 2020: 100.0" in said]
    assert len({said for said, _ in at_base}) == len(chosen) > 5 > len({x for _, x in at_base}) == 1


def test_a_broken_line_of_chinese_ends_in_no_bracket_that_opens_and_parts_no_year():
    text = "尚无结果；最近已知93.4%（2021年），口径可能不同（“十四五”规划）"
    for width in range(16, 60):
        found = style.broken(text, width).split("\n")
        assert "".join(found) == text and max(map(style.cells, found)) <= width
        assert all(line[-1] not in "（“" and line[0] not in "，。；）”年" for line in found), found


def test_all_places_of_an_index_begin_at_one_point(every):
    rates = data.latest(every[every["indicator"].eq("real_gdp")])
    chain = growth.with_lines(growth.chained(rates, "real_gdp", base=2015))
    points = points_in(svg_of(charts.by_place(chain, "Index").to_dict()))
    at_base = {said: x for said, x, _ in points if ", 2015: 100.0" in said}
    assert len(at_base) == chain["place"].nunique() > 2 > len(set(at_base.values())) == 1


def test_only_an_exact_outcome_is_filled(specs):
    for spec in specs.values():
        points = layers_of(spec, "point")
        (filled,) = [layer for layer in points if layer["mark"].get("filled")]
        (hollow,) = [layer for layer in points if layer["mark"].get("fill") == frame.CARD.to_dict()]
        assert marks.EXACT_OUTCOME in filters_of(filled)
        assert f"!({marks.EXACT_OUTCOME})" in filters_of(hollow)


def test_an_arrow_points_where_a_bound_is_open(specs):
    # beside the sparklines of the overview the bound is written out
    for spec in (specs[name] for name in specs if name != "overview"):
        texts = {layer["mark"].get("text"): layer for layer in layers_of(spec, "text")}
        assert filters_of(texts["↑"]) == marks.OPEN_UP
        assert filters_of(texts["↓"]) == marks.OPEN_DOWN


def test_status_is_told_by_shape_and_not_by_colour_alone(specs):
    for spec in specs.values():
        encodings = [layer["encoding"] for layer in layers_of(spec)]
        shapes = [encoding["shape"] for encoding in encodings if "shape" in encoding]
        assert shapes and all(shape["field"] == "status" for shape in shapes)
        assert all(len(set(shape["scale"]["range"])) == 3 for shape in shapes)


def test_every_mark_of_a_figure_has_a_tooltip_in_words_and_a_description(specs):
    tooltip, headings = {"value": {"expr": "datum.Tip"}}, set(WORDS["en"]["tooltip"].values())
    for name, spec in specs.items():
        told = [layer for layer in layers_of(spec) if layer["encoding"].get("tooltip") == tooltip]
        arrows = [layer for layer in told if layer["mark"]["type"] == "text"]
        shapes = [layer for layer in told if layer not in arrows]
        assert told == arrows + shapes, "an arrow covers no mark"
        described = [layer["encoding"]["description"]["field"] for layer in shapes]
        assert described == ["Description"] * (5 if name == "explorer" else 4)
        for row in rows_of(spec):
            assert set(row["Tip"]) <= headings and row["Description"]


def test_the_alternative_text_of_a_reading_chart_states_every_figure(specs):
    for spec in (specs["past beside promised"], specs["levels to targets"]):
        said = {row["Description"] for row in rows_of(spec)}
        assert said and {text for text in said if text not in spec["description"]} == set()


@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_every_chart_is_drawn_by_vega_lite_5_and_6(specs, version):
    kinds = 'aria-roledescription="(?:point|rule mark)"'
    for name, spec in specs.items():
        svg = vl_convert.vegalite_to_svg(spec | {"$schema": renderer.SCHEMA}, vl_version=version)
        assert len(re.findall(kinds, svg)) > 3, name


def test_a_series_is_named_once_at_the_right_of_its_panel_and_names_do_not_touch(explorer, drawn):
    chosen = [*RATES, "fixed_asset_investment"]
    chosen += ["real_services_value_added", "real_industrial_value_added"]
    rows, svg = rows_of(explorer(*chosen)), drawn(*chosen)
    in_panel = [row for row in rows if row["heading"] == "Growth rate, % a year"]
    names = {row["Names"][0].split("\n")[0] for row in in_panel}
    where = r'<text text-anchor="start" transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>'
    texts = re.findall(where + r"(?:<tspan[^>]*>)?([^<]+)<", svg)
    found = sorted((float(y), html.unescape(said)) for x, y, said in texts if beside_panel(x))
    assert sorted(said for _, said in found) == sorted(names) and len(names) == len(chosen)
    heights = [y for y, _ in found]
    assert min(later - earlier for earlier, later in zip(heights, heights[1:], strict=False)) > 12


def beside_panel(x):
    return float(x) > frame.USUAL_PANE - indicator_panels.AXIS_AND_NAMES


def test_a_logarithmic_scale_keeps_ratios_and_labels_plain_numbers(explorer, drawn):
    state = {"view": "levels", "scale": "log"}
    svg = drawn("gdp", **state)
    values = {row["Description"]: row["value"] for row in rows_of(explorer("gdp", **state))}
    points = sorted((values[said], y) for said, _, y in points_in(svg))
    (low, bottom), (high, top) = points[0], points[-1]
    slope = (top - bottom) / math.log(high / low)
    off = [y - bottom - slope * math.log(value / low) for value, y in points]
    assert len(points) > 5 and max(map(abs, off)) < 0.5
    assert {"500", "700"} & set(re.findall(r">([\d,.]+)</text>", svg))


def chart_of_levels(table):
    return explorers.IndicatorExplorer(table, ["gdp", "pm25"], view="levels").chart


def chart_of_rates(table):
    return charts.past_beside_promised(growth.past_beside_promised(table))


@pytest.mark.parametrize("sign", [1, -1], ids=["above zero", "below zero"])
@pytest.mark.parametrize(
    ("chart", "panels", "height"), [(chart_of_levels, 2, 260), (chart_of_rates, 3, 130)]
)
def test_zero_is_on_the_axis_and_all_marks_are_in_the_panel(shaoxing, chart, panels, height, sign):
    table = shaoxing.assign(value=sign * shaoxing["value"])
    svg = svg_of(chart(table).to_dict(validate=False))
    points = points_in(svg)
    assert len(points) >= 10 and [point for point in points if not 0 <= point[2] <= height] == []
    assert svg.count(">0</text>") >= panels


def test_a_required_path_is_dashed_and_in_words(explorer, drawn):
    rows = rows_of(explorer("gdp", view="levels", pace=True))
    svg = drawn("gdp", view="levels", pace=True)
    assert "7.2% a year required" in svg and 'stroke-dasharray="5,4"' in svg
    without = rows_of(explorer("gdp", view="levels"))
    assert without and not any(row["status"] == "pace" for row in without)
    (said,) = {row["Description"] for row in rows if row["status"] == "pace"} - {""}
    assert said == (
        "Gross domestic product (GDP): required pace, 7.2% a year on average"
        " from CNY 600.1 billion in 2020"
        " to the target of CNY 850 billion for 2025 (computed)"
    )


def test_plan_periods_are_named_shading(drawn):
    names = WORDS["en"]["chart"]["plans"]
    svg, late = drawn("gdp", view="levels"), drawn("gdp", view="levels", years=(2022, 2025))
    assert [svg.count(f">{name}<") for name in names] == [1, 1]
    assert [late.count(f">{name}<") for name in names] == [0, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_chart_names_its_choice_and_every_source(shaoxing, language):
    chosen = ["pm25", "urban_income"]
    made = explorers.IndicatorExplorer(shaoxing, chosen, view="levels", language=language)
    title, rows = made.chart.title, list(made.data.itertuples())
    said, below = " ".join(title.text), "".join(title.subtitle).replace(" ", "")
    sources = {labels.title(row, language).replace(" ", "") for row in rows}
    names = {labels.name(row, language) for row in rows}
    assert {source for source in sources if source not in below} == set() < sources
    assert {name for name in names if name not in said} == set() < names


def test_charts_and_records_speak_the_language_that_is_passed_or_else_the_current_one(economy):
    rows = growth.past_beside_promised(economy)
    views = growth.views(labels.with_others(economy)).head(3)

    def made(**language):
        chart = charts.past_beside_promised(rows, **language)
        return chart.title.text, chart.description, charts.figures(views, **language)

    english, chinese = made(language="en"), made(language="zh")
    assert made() == english and all(a != b for a, b in zip(english, chinese, strict=True))
    with i18n.speaking("zh"):
        assert made() == chinese and made(language="en") == english


@pytest.mark.parametrize("chart", [charts.explorer, charts.overview, charts.targets])
def test_a_living_chart_draws_the_records_that_are_chosen(chart):
    chosen = "datum.series == 'gdp'"
    spec = chart([], {"language": "en"}, chosen=chosen).to_dict(validate=False)
    assert [step["filter"] for step in spec["transform"] if "filter" in step] == [chosen]


def test_a_chart_is_sent_as_vega_lite_5_and_text_and_with_a_png_where_nobody_sits_in_front(
    specs, monkeypatch
):
    def shown(asked, stdin):
        """The bundle where a picture is asked for or not, in a message to the kernel."""
        monkeypatch.delenv(renderer.PICTURES, raising=False)
        if asked:
            monkeypatch.setenv(renderer.PICTURES, asked)
        message = {"content": {"allow_stdin": stdin}}
        monkeypatch.setattr(renderer.front_end, "request", lambda: message)
        return renderer.bundle(specs["levels to targets"])

    data, metadata = shown(None, True)
    assert set(data) == {renderer.MIME, "text/plain"} == set(shown("0", False)[0])
    assert "image/png" in shown("1", True)[0]
    with_picture, _ = shown(None, False)
    png = with_picture.pop("image/png")
    assert png.startswith(b"\x89PNG") and len(png) < 60_000 and with_picture == data
    monkeypatch.setenv("VOILA_BASE_URL", "/")  # its pages want one, if only a point
    assert with_picture.keys() | {"image/png"} == shown(None, False)[0].keys()
    assert len(shown(None, False)[0]["image/png"]) < 100 < len(shown("1", False)[0]["image/png"])
    assert data[renderer.MIME]["$schema"].endswith("/v5.json")
    assert data["text/plain"].startswith("From the outcome of 2020")
    assert metadata[renderer.MIME]["embed_options"]["renderer"] == "svg"


def written(node, x=0.0, y=0.0):
    """The figures that an SVG writes beside marks, each with its left, right and height."""
    for right, down in re.findall(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", "")):
        x, y = x + float(right), y + float(down)
    if (
        node.tag.endswith("text")
        and node.get("font-size") == "11px"
        and re.fullmatch(r"[≈≥≤<> ]*[\d.]+", node.text or "")
    ):
        left = x - (3 * len(node.text) if node.get("text-anchor") == "middle" else 0)
        yield node.text, left, left + 6 * len(node.text), y
    for child in node:
        yield from written(child, x, y)


@pytest.mark.parametrize(
    "chosen",
    [
        ["gdp_per_capita"],
        ["pm25"],
        ["real_gdp"],
        ["gdp", "gdp_per_capita", "urban_income", "rural_income"],
    ],
    ids=len,
)
def test_the_figures_of_several_printings_do_not_cover_each_other(table, chosen):
    view = "growth rates" if chosen == ["real_gdp"] else "levels"
    city = table[table["place"] == "shaoxing"]
    made = explorers.IndicatorExplorer(city, chosen, view=view, vintages="all")
    svg = svg_of(made.chart.to_dict(validate=False))
    texts = list(written(ElementTree.fromstring(svg)))
    covered = [
        (one[0], two[0])
        for one, two in combinations(texts, 2)
        if abs(one[3] - two[3]) < 8 and one[1] < two[2] and two[1] < one[2]
    ]
    assert len(texts) >= 5 and covered == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grid_of_coverage_tells_its_three_kinds_apart_without_colour(table, language):
    rows = growth.coverage(table, checks.CORE)
    spec = charts.coverage_grid(rows, language).to_dict()
    shapes = spec["layer"][0]["encoding"]["shape"]["scale"]
    assert shapes["domain"] == growth.COVERAGE and len(set(shapes["range"])) == 3
    (cells,) = spec["datasets"].values()
    assert len(cells) == len(rows) == 264
    for count in rows["kind"].value_counts():
        assert str(count) in spec["title"]["subtitle"] and str(count) in spec["description"]
    words = WORDS[language]["tooltip"]
    headings = tuple(words[key] for key in ("indicator", "period", "figure"))
    assert {tuple(row["Tip"]) for row in cells if row["kind"] == "nothing"} == {headings}


def test_the_names_of_many_series_leave_the_axis_as_it_is(drawn, economy):
    slugs = economy[economy["unit"].eq("100 million CNY") & economy["measure"].eq("level")]
    slugs = tuple(dict.fromkeys(slugs["indicator"].astype("str")))
    svg = drawn(*slugs, view="levels")
    root = ElementTree.fromstring(svg)
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(slugs) > 8 and not any(re.fullmatch("[−-][0-9,]+", text) for text in texts)


# --- cards of numbers ---


@pytest.mark.parametrize("places", [["shaoxing"], ["shaoxing", "zhejiang", "china"]])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("pane", "columns"), [(500, 1), (700, 2), (1180, 2), (1480, 3)])
def test_cards_stand_on_a_grid_with_one_size_whatever_they_say(
    every, places, language, pane, columns
):
    slugs = ["gdp", "pm25", "urban_income", "good_air_days"]
    numbers = explorers.NumbersExplorer(data.latest(every), slugs, places=places, language=language)
    usual = f": {frame.USUAL_PANE})"
    spec = json.dumps(numbers.chart.to_dict()).replace(usual, f": {pane})")
    view = ElementTree.fromstring(vl_convert.vegalite_to_svg(spec, vl_version="5.8"))
    boxes = list(card_boxes(view))
    assert len(boxes) == len(slugs)
    lefts, tops = ({round(box[side]) for box in boxes} for side in (0, 1))
    assert (len(lefts), len(tops)) == (columns, -(-len(slugs) // columns))
    assert len({(round(box[2]), round(box[3])) for box in boxes}) == 1
    assert max(box[0] + box[2] for box in boxes) - min(lefts) <= pane


def card_boxes(node, x=0.0, y=0.0):
    """Left, top, width and height of the edge of each card in an SVG."""
    moved = re.match(r"translate\((-?[\d.]+),(-?[\d.]+)\)", node.get("transform", ""))
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    if "mark-rect" in node.get("class", "").split():
        for edge in node:
            points = re.findall(r"(-?[\d.]+),(-?[\d.]+)", edge.get("d"))
            across, down = ([float(point[side]) for point in points] for side in (0, 1))
            size = max(across) - min(across), max(down) - min(down)
            yield (x + min(across), y + min(down), *size)
    for child in node:
        yield from card_boxes(child, x, y)
