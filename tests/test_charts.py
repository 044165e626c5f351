"""The charts: what is drawn, with which mark, and that the drawing agrees with the table."""

import html
import math
import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
import vl_convert
from indicators import charts, data, explorers, growth, labels
from indicators.charts import marks, renderer
from indicators.i18n import LANGUAGES, WORDS

CHOSEN = ["real_gdp", "general_public_budget_revenue", "retail_sales", "exports"]


@pytest.fixture(scope="module")
def specs(economy):
    """Every chart of the bundle that has the grammar of marks, as a Vega-Lite dict, by name."""
    return {
        "past beside promised": charts.past_beside_promised(
            growth.past_beside_promised(economy)
        ).to_dict(),
        "levels to targets": charts.levels_to_targets(growth.implied_by_target(economy)).to_dict(),
        "explorer": explorer(economy, CHOSEN),
        "overview": explorers.NumbersExplorer(economy, ["gdp", "gdp_per_capita"]).chart.to_dict(),
    }


def explorer(economy, chosen, view="growth rates", **state):
    return explorers.IndicatorExplorer(economy, chosen, view=view, **state).chart.to_dict()


def drawn_in(svg, role="point"):
    """What the marks of an SVG say, each with where it stands."""
    found = re.findall(
        rf'aria-label="([^"]*)"[^>]*aria-roledescription="{role}"[^>]*?transform="translate\(([\d.]+),([\d.]+)',
        svg,
    )
    return [(html.unescape(said), float(x), float(y)) for said, x, y in found]


def rows_of(spec):
    (rows,) = spec["datasets"].values()
    return rows


def filters_of(layer):
    return " ".join(
        str(step["filter"])
        for step in layer.get("transform", [])
        if step.get("filter", marks.IS_PRINTED) != marks.IS_PRINTED
    )


def test_a_chart_carries_the_figures_of_the_table_unchanged(specs, table):
    keys = ["start", "end", "value", "status", "bound"]
    known = set(
        zip(map(labels.sentence, table.itertuples()), *(table[key] for key in keys), strict=True)
    )
    for name, spec in specs.items():
        drawn = {(row["Description"], *(row[key] for key in keys)) for row in rows_of(spec)}
        assert drawn and drawn <= known, name


def test_spans_are_drawn_as_spans_and_years_as_points(specs):
    for spec in specs.values():
        spans = [
            layer
            for layer in spec["spec"]["layer"]
            if layer["mark"]["type"] == "rule" and layer["mark"].get("aria", True)
        ]
        assert {"strokeDash" in layer["mark"]: filters_of(layer) for layer in spans} == {
            False: f"{marks.IS_SPAN} datum.status == 'actual'",
            True: f"{marks.IS_SPAN} datum.status != 'actual'",
        }
        for layer in spec["spec"]["layer"]:
            if layer in spans:
                assert (layer["encoding"]["x"]["field"], layer["encoding"]["x2"]["field"]) == (
                    "begin",
                    "finish",
                )
            if layer["mark"]["type"] == "point" and layer["mark"].get("aria", True):
                assert marks.IS_YEAR in filters_of(layer)


def test_a_line_joins_only_what_the_table_joins(specs):
    lines = [
        layer for layer in specs["explorer"]["spec"]["layer"] if layer["mark"]["type"] == "line"
    ]
    (line,) = [layer for layer in lines if "strokeDash" not in layer["mark"]]
    assert filters_of(line) == "datum.line > 0" and [
        detail["field"] for detail in line["encoding"]["detail"]
    ] == ["line", "series"]


def test_limits_set_by_others_are_rules_and_no_points(shaoxing):
    rows = growth.with_lines(shaoxing.query("indicator == 'pm25' and measure == 'level'"))
    svg = vl_convert.vegalite_to_svg(
        charts.against_benchmarks(rows, data.benchmarks(), "PM2.5").to_dict()
    )
    drawn = set(
        re.findall(
            r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="(?:rule mark|point)"',
            svg,
        )
    )
    limits = {
        "WHO guideline value of 2021: 5",
        "National limit for class 1 areas (GB 3095-2012): 15",
        "National limit for class 2 areas (GB 3095-2012): 35",
    }
    assert drawn == limits | set(labels.worded(rows)["Description"])


def test_points_that_coincide_are_all_seen(economy):
    views = growth.views(economy).query("view == 'index'")
    chosen = list(views.query("period == '2020'")["indicator"].astype("str").unique())
    svg = vl_convert.vegalite_to_svg(explorer(economy, chosen, "index"))
    at_base = [(said, x) for said, x, _ in drawn_in(svg) if ", 2020: 100.0" in said]
    assert len({said for said, _ in at_base}) == len({x for _, x in at_base}) == len(chosen) > 5


def test_only_an_exact_outcome_is_filled(specs):
    for spec in specs.values():
        filled = [
            layer
            for layer in spec["spec"]["layer"]
            if layer["mark"].get("filled") and layer["mark"].get("aria", True)
        ]
        assert len(filled) == 1 and marks.EXACT_OUTCOME in filters_of(filled[0])
        open_marks = [
            layer for layer in spec["spec"]["layer"] if layer["mark"].get("fill") == "white"
        ]
        assert len(open_marks) == 1 and f"!({marks.EXACT_OUTCOME})" in filters_of(open_marks[0])


def test_an_arrow_points_where_a_bound_is_open(specs):
    for spec in (
        specs[name] for name in specs if name != "overview"
    ):  # beside the sparklines the bound is written out
        arrows = {
            layer["mark"]["text"]: filters_of(layer)
            for layer in spec["spec"]["layer"]
            if layer["mark"].get("text") in {"↑", "↓"}
        }
        assert arrows == {"↑": marks.OPEN_UP, "↓": marks.OPEN_DOWN}


def test_status_is_told_by_shape_and_not_by_colour_alone(specs):
    for spec in specs.values():
        shapes = [
            layer["encoding"]["shape"]
            for layer in spec["spec"]["layer"]
            if "shape" in layer["encoding"]
        ]
        assert shapes and all(shape["field"] == "status" for shape in shapes)
        assert all(len(set(shape["scale"]["range"])) == 3 for shape in shapes)


def test_every_mark_of_a_figure_has_a_tooltip_in_words_and_a_description(specs):
    for spec in specs.values():
        told = [
            layer
            for layer in spec["spec"]["layer"]
            if layer["encoding"].get("tooltip") == {"value": {"expr": "datum.Tip"}}
        ]
        arrows, shapes = (
            [mark for mark in told if (mark["mark"]["type"] == "text") == text]
            for text in (True, False)
        )
        layers = spec["spec"]["layer"]
        assert [arrow for arrow in arrows if layers.index(arrow) > layers.index(shapes[0])] == [], (
            "an arrow covers no mark"
        )
        assert len(shapes) == 4 and all(
            mark["encoding"]["description"]["field"] == "Description" for mark in shapes
        )
        for row in rows_of(spec):
            assert set(row["Tip"]) <= set(WORDS["en"]["tooltip"].values()) and row["Description"]


def test_the_alternative_text_of_a_reading_chart_states_every_figure(specs):
    for name in ("past beside promised", "levels to targets"):
        missing = [
            row["Description"]
            for row in rows_of(specs[name])
            if row["Description"] not in specs[name]["description"]
        ]
        assert missing == []


@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_every_chart_is_drawn_by_vega_lite_5_and_6(specs, version):
    for name, spec in specs.items():
        svg = vl_convert.vegalite_to_svg(spec | {"$schema": renderer.SCHEMA}, vl_version=version)
        assert (
            svg.count('aria-roledescription="point"')
            + svg.count('aria-roledescription="rule mark"')
            > 3
        ), name


def test_a_series_is_named_once_at_the_right_of_its_panel_and_names_do_not_touch(economy):
    chosen = [
        *CHOSEN,
        "fixed_asset_investment",
        "real_services_value_added",
        "real_industrial_value_added",
    ]
    spec = explorer(economy, chosen)
    svg = vl_convert.vegalite_to_svg(spec)
    names = {
        row["Names"][0].split("\n")[0]
        for row in rows_of(spec)
        if row["heading"] == "Growth rate, % a year"
    }
    found = re.findall(
        r'<text text-anchor="start" transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>(?:<tspan[^>]*>)?([^<]+)<',
        svg,
    )
    places = [(float(y), html.unescape(said)) for x, y, said in found if float(x) > charts.PANEL[0]]
    assert sorted(said for _, said in places) == sorted(names) and len(names) == len(chosen)
    heights = sorted(y for y, _ in places)
    assert min(later - earlier for earlier, later in zip(heights, heights[1:], strict=False)) > 12


def test_a_logarithmic_scale_keeps_ratios_and_labels_plain_numbers(economy):
    spec = explorer(economy, ["gdp"], "levels", scale="log")
    svg = vl_convert.vegalite_to_svg(spec)
    values = {row["Description"]: row["value"] for row in rows_of(spec)}
    places = sorted((values[said], y) for said, _, y in drawn_in(svg))
    (low, bottom), (high, top) = places[0], places[-1]
    off = [
        y - (bottom + (top - bottom) * math.log(value / low) / math.log(high / low))
        for value, y in places
    ]
    assert len(places) > 5 and max(map(abs, off)) < 0.5
    assert {"5,000", "7,000"} & set(re.findall(r">([\d,.]+)</text>", svg))


def test_a_required_path_is_dashed_and_in_words(economy):
    spec = explorer(economy, ["gdp"], "levels", pace=True)
    svg = vl_convert.vegalite_to_svg(spec)
    assert "7.2% a year needed" in svg and 'stroke-dasharray="5,4"' in svg
    assert not any(row["status"] == "pace" for row in rows_of(explorer(economy, ["gdp"], "levels")))
    (said,) = {row["Description"] for row in rows_of(spec) if row["status"] == "pace"} - {""}
    head = "Gross domestic product (GDP): required pace, 7.2% a year on average from 6001 × 100 million CNY in 2020"
    assert said == f"{head} to the target of 8500 × 100 million CNY for 2025 (computed)"


def test_plan_periods_are_named_shading(economy):
    svg = vl_convert.vegalite_to_svg(explorer(economy, ["gdp"], "levels"))
    assert all(svg.count(f">{name}<") == 1 for name in WORDS["en"]["chart"]["plans"])
    late = vl_convert.vegalite_to_svg(explorer(economy, ["gdp"], "levels", years=(2022, 2025)))
    assert [late.count(f">{name}<") for name in WORDS["en"]["chart"]["plans"]] == [0, 1]


def test_a_saved_chart_names_its_choice_and_every_source(shaoxing):
    for language in LANGUAGES:
        made = explorers.IndicatorExplorer(
            shaoxing, ["pm25", "urban_income"], view="levels", language=language
        )
        title = made.chart.to_dict()["title"]
        said = " ".join(title["text"])
        below = "".join(title["subtitle"]).replace(" ", "")
        missing = [
            source
            for row in made.data.itertuples()
            if (source := labels.title(row, language)).replace(" ", "") not in below
        ]
        assert missing == [] and all(
            labels.name(row, language) in said for row in made.data.itertuples()
        )


def test_a_chart_is_sent_as_vega_lite_5_with_png_and_text(specs):
    data, metadata = renderer.bundle(specs["levels to targets"])
    assert set(data) == {renderer.MIME, "image/png", "text/plain"}
    assert data[renderer.MIME]["$schema"].endswith("/v5.json")
    assert data["image/png"].startswith(b"\x89PNG") and len(data["image/png"]) < 60_000
    assert data["text/plain"].startswith("From the outcome of 2020")
    assert metadata[renderer.MIME]["embed_options"]["renderer"] == "svg"


def written(node, x=0.0, y=0.0):
    """The figures that an SVG writes beside marks, each with its box: left, right and height of its line."""
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
    [["gdp"], ["pm25"], ["real_gdp"], ["gdp", "gdp_per_capita", "urban_income", "rural_income"]],
    ids=len,
)
def test_the_figures_of_several_printings_do_not_cover_each_other(table, chosen):
    view = "growth rates" if chosen == ["real_gdp"] else "levels"
    spec = explorer(table[table["place"] == "shaoxing"], chosen, view=view, vintages="all")
    texts = list(written(ElementTree.fromstring(vl_convert.vegalite_to_svg(renderer.ready(spec)))))
    covered = [
        (one[0], two[0])
        for one, two in combinations(texts, 2)
        if abs(one[3] - two[3]) < 8 and one[1] < two[2] and two[1] < one[2]
    ]
    assert len(texts) >= 7 and covered == []
