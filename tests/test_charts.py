"""The charts: what is drawn, with which mark, and that the drawing agrees with the table."""

import re

import pytest
import vl_convert
from indicators import charts, data, growth, labels, renderer

CHOSEN = ["real_gdp", "general_public_budget_revenue", "retail_sales", "exports"]


@pytest.fixture
def specs(economy):
    """Every chart of the bundle as a Vega-Lite dict, by name."""
    return {
        "past beside promised": charts.past_beside_promised(growth.past_beside_promised(economy)).to_dict(),
        "levels to targets": charts.levels_to_targets(growth.implied_by_target(economy)).to_dict(),
        "explorer": explorer(economy, CHOSEN),
    }


def explorer(economy, chosen, view="growth rates"):
    names = economy.set_index("indicator")["name_en"].to_dict()
    return charts.explorer(growth.views(economy), charts.choice(names, chosen, charts.YEARS, view)).to_dict()


def rows_of(spec):
    (rows,) = spec["datasets"].values()
    return rows


def filters_of(layer):
    return " ".join(str(step["filter"]) for step in layer.get("transform", []) if "filter" in step)


def test_a_chart_carries_the_figures_of_the_table_unchanged(specs, table):
    known = set(table[["indicator", "start", "end", "value", "status", "bound"]].itertuples(index=False, name=None))
    for name, spec in specs.items():
        drawn = {
            tuple(row[key] for key in ("indicator", "start", "end", "value", "status", "bound"))
            for row in rows_of(spec)
            if row.get("view") not in ("index", "gap to target")
        }
        assert drawn and drawn <= known, name


def test_spans_are_drawn_as_spans_and_years_as_points(specs):
    for spec in specs.values():
        spans = [layer for layer in spec["spec"]["layer"] if layer["mark"]["type"] == "rule"]
        assert {"strokeDash" in layer["mark"]: filters_of(layer) for layer in spans} == {
            False: f"{charts.SPAN} datum.status == 'actual'",
            True: f"{charts.SPAN} datum.status != 'actual'",
        }
        for layer in spec["spec"]["layer"]:
            if layer["mark"]["type"] == "rule":
                assert (layer["encoding"]["x"]["field"], layer["encoding"]["x2"]["field"]) == ("begin", "finish")
            if layer["mark"]["type"] == "point":
                assert charts.YEAR in filters_of(layer)


def test_a_line_joins_only_what_the_table_joins(specs):
    (line,) = [layer for layer in specs["explorer"]["spec"]["layer"] if layer["mark"]["type"] == "line"]
    assert filters_of(line) == "datum.line > 0" and line["encoding"]["detail"]["field"] == "line"


def test_limits_set_by_others_are_rules_and_no_points(shaoxing):
    rows = growth.with_lines(shaoxing.query("indicator == 'pm25' and measure == 'level'"))
    svg = vl_convert.vegalite_to_svg(charts.against_benchmarks(rows, data.benchmarks(), "PM2.5").to_dict())
    drawn = set(re.findall(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="(?:rule mark|point)"', svg))
    limits = {
        "WHO guideline value of 2021: 5",
        "National limit for class 1 areas (GB 3095-2012): 15",
        "National limit for class 2 areas (GB 3095-2012): 35",
    }
    assert drawn == limits | set(labels.worded(rows)["Description"])


def test_points_that_coincide_are_all_seen(economy):
    views = growth.views(economy).query("view == 'index'")
    names = views.set_index("indicator")["name_en"].to_dict()
    chosen = list(views.query("period == '2020'")["indicator"].unique())
    svg = vl_convert.vegalite_to_svg(charts.explorer(views, charts.choice(names, chosen, charts.YEARS, "index")).to_dict())
    at_base = re.findall(r'aria-label="([^"]*, 2020: 100.0[^"]*)"[^>]*transform="translate\(([\d.]+),', svg)
    assert len({label for label, _ in at_base}) == len({place for _, place in at_base}) == len(chosen) > 5


def test_only_an_exact_outcome_is_filled(specs):
    for spec in specs.values():
        filled = [layer for layer in spec["spec"]["layer"] if layer["mark"].get("filled")]
        assert len(filled) == 1 and charts.EXACT_OUTCOME in filters_of(filled[0])
        open_marks = [layer for layer in spec["spec"]["layer"] if layer["mark"].get("fill") == "white"]
        assert len(open_marks) == 1 and f"!({charts.EXACT_OUTCOME})" in filters_of(open_marks[0])


def test_an_arrow_points_where_a_bound_is_open(specs):
    for spec in specs.values():
        arrows = {layer["mark"]["text"]: filters_of(layer) for layer in spec["spec"]["layer"] if layer["mark"].get("text") in {"↑", "↓"}}
        assert arrows == {"↑": charts.OPEN_UP, "↓": charts.OPEN_DOWN}


def test_status_is_told_by_shape_and_not_by_colour_alone(specs):
    for spec in specs.values():
        shapes = [layer["encoding"]["shape"] for layer in spec["spec"]["layer"] if "shape" in layer["encoding"]]
        assert shapes and all(shape["field"] == "Status" for shape in shapes)
        assert all(len(set(shape["scale"]["range"])) == 3 for shape in shapes)


def test_every_mark_with_a_tooltip_has_a_description_and_plain_titles(specs):
    for spec in specs.values():
        for layer in spec["spec"]["layer"]:
            if "tooltip" in layer["encoding"]:
                assert layer["encoding"]["description"]["field"] == "Description"
                assert all(field["field"][0].isupper() for field in layer["encoding"]["tooltip"])


def test_the_alternative_text_of_a_reading_chart_states_every_figure(specs):
    for name in ("past beside promised", "levels to targets"):
        missing = [row["Description"] for row in rows_of(specs[name]) if row["Description"] not in specs[name]["description"]]
        assert missing == []


@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_every_chart_is_drawn_by_vega_lite_5_and_6(specs, version):
    for name, spec in specs.items():
        svg = vl_convert.vegalite_to_svg(spec | {"$schema": renderer.SCHEMA}, vl_version=version)
        assert svg.count('aria-roledescription="point"') + svg.count('aria-roledescription="rule mark"') > 3, name


def test_an_empty_choice_draws_no_mark_and_no_error(economy):
    spec = explorer(economy, [])
    assert 'aria-roledescription="point"' not in vl_convert.vegalite_to_svg(spec)


def test_a_colour_left_free_is_not_in_the_legend(economy):
    spec = explorer(economy, ["exports", None, "retail_sales"])
    svg = vl_convert.vegalite_to_svg(spec)
    legend = [charts.COLOURS[0], charts.COLOURS[2]]
    assert all(f'stroke="{colour}"' in svg for colour in legend) and f'stroke="{charts.COLOURS[1]}"' not in svg


def test_a_chart_is_sent_as_vega_lite_5_with_png_and_text(specs):
    data, metadata = renderer.bundle(specs["levels to targets"])
    assert set(data) == {renderer.MIME, "image/png", "text/plain"}
    assert data[renderer.MIME]["$schema"].endswith("/v5.json")
    assert data["image/png"].startswith(b"\x89PNG") and len(data["image/png"]) < 60_000
    assert data["text/plain"].startswith("From the outcome of 2020")
    assert metadata[renderer.MIME]["embed_options"]["renderer"] == "svg"
