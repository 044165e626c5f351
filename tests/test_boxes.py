"""That no text of a chart crosses another, a mark, a line or the edge of the picture."""

import nbformat
import pytest
from boxes import boxes_of, offenders
from bundle import EDITIONS
from indicators import explorers
from indicators.charts import renderer
from indicators.i18n import LANGUAGES

STATES = [
    (["gdp"], {"view": "levels"}),
    (["gdp"], {"view": "levels", "pace": True}),
    (["gdp"], {"view": "levels", "years": (2019, 2025)}),
    (["pm25"], {"view": "levels"}),
    (["urban_income", "rural_income"], {"view": "levels"}),
    (["real_gdp", "exports", "retail_sales"], {"view": "growth rates"}),
    (["gdp", "pm25", "urban_income"], {"view": "levels"}),
    (["gdp_per_capita", "urban_income"], {"view": "index"}),
    (["gdp", "real_gdp"], {"view": "gap to target"}),
    (["good_air_days"], {"view": "levels", "scale": "log"}),
]
BESIDE = [
    ("gdp_per_capita", "levels", "shaoxing", "zhejiang"),
    ("tertiary_value_added", "levels", "shaoxing", "zhejiang", "china"),
    ("urban_rural_income_ratio", "index", "shaoxing", "zhejiang", "china"),
    ("real_gdp_per_capita", "growth rates", "shaoxing", "zhejiang", "china"),
]


def charts_of(path):
    """The charts stored in a notebook, by the id of their cell."""
    cells = nbformat.read(path, 4).cells
    outputs = [(cell.id, each) for cell in cells for each in cell.get("outputs", [])]
    return {
        cell: output["data"][renderer.MIME]
        for cell, output in outputs
        if renderer.MIME in output.get("data", {})
    }


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}-{path.stem[:2]}")
def test_no_text_of_a_stored_chart_crosses_anything(path):
    found = {cell: offenders(spec) for cell, spec in charts_of(path).items()}
    assert {cell: crossed for cell, crossed in found.items() if crossed} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_an_explorer_crosses_anything(shaoxing, language):
    found = {}
    for chosen, state in STATES[: None if language == "en" else 4]:
        made = explorers.IndicatorExplorer(shaoxing, chosen, language=language, **state)
        found[str((chosen, state))] = offenders(made.chart.to_dict(validate=False))
    assert {state: crossed for state, crossed in found.items() if crossed} == {}


@pytest.mark.parametrize("width", [920, 560])
def test_no_text_of_several_places_crosses_anything_at_any_width(table, width):
    """A label goes to another side of its mark for that, or is left out."""
    found = {}
    for slug, view, *places in BESIDE:
        made = explorers.IndicatorExplorer(table, slug, view=view, places=places)
        spec = made.chart.to_dict(validate=False)
        params = [param for param in spec["params"] if param["name"] != "pane"]
        params.insert(0, {"name": "pane", "value": width})
        found[slug] = offenders(spec | {"title": "", "params": params})
    assert {slug: crossed for slug, crossed in found.items() if crossed} == {}


def test_a_label_goes_to_another_side_of_its_mark_only_where_it_would_touch(table):
    places = ("shaoxing", "zhejiang")
    made = explorers.IndicatorExplorer(table, "gdp_per_capita", view="levels", places=places)
    boxes, _ = boxes_of(made.chart.to_dict(validate=False))

    def is_above(label):
        (text,) = (box for box in boxes if box.kind == "text" and box.said == label)
        (mark,) = (box for box in boxes if box.kind == "mark" and f"CNY {label} " in box.said)
        return text.bottom < mark.top

    above = [is_above(label) for label in ("102.2", "127.875", "118.496", "92.057")]
    assert above == [True, True, True, False]
    assert not is_above("98.643")  # where a dotted line is


def test_a_text_that_crosses_another_or_a_line_is_told():
    """And one that has room is not."""
    two = {"a": 50, "b": 50}, {"a": 50, "b": 54}

    def drawn(rows, *more):
        text = {"mark": "text", "encoding": {"text": {"field": "said"}}}
        at = {axis: {"field": of, "type": "quantitative"} for axis, of in ("ya", "xb")}
        values = [row | {"said": "a long word"} for row in rows]
        return {"data": {"values": values}, "encoding": at, "layer": [text, *more]}

    rule = {"mark": "rule", "encoding": {"y": {"datum": 50}, "x": None}}
    assert offenders(drawn(two)) and offenders(drawn(two[:1], rule))
    assert offenders(drawn(two[:1])) == [] and len(boxes_of(drawn(two[:1]))[0]) > 3
