"""What is chosen is drawn by one rule, which kernel and page read alike.

What stands twice, in Python and in JavaScript or for pandas and for Vega, is held to each other.
"""

import json
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from budget import PARTS, WHOLE, budget
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indicators import data, explorers, growth
from indicators.explorers import indicator_view, page_rules
from indicators.explorers.composition import CompositionView
from indicators.explorers.indicator_view import IndicatorView
from indicators.explorers.numbers import NumbersView
from indicators.explorers.selection import (
    PART_ORDERS,
    TARGET_YEARS,
    YEAR_CHOICES,
    CompositionSelection,
    FiguresKey,
    IndexKey,
    IndicatorSelection,
    NumbersSelection,
    PartsKey,
    TargetSelection,
    TargetsKey,
)
from indicators.explorers.targets import VERDICT_CHOICES, TargetsView
from indicators.i18n import LANGUAGES

CASES = json.loads(Path(__file__).with_name("page_rules.json").read_text(encoding="utf-8"))
SCRIPT = (ROOT / "notebooks/indicators/explorers/page_rules.js").read_text(encoding="utf-8")
# Which records an expression is true of, as the page reads it.
DRAWN = """([expression, params, records]) => {
    const indexof = (list, item) => list.indexOf(item);
    const drawn = new Function("datum", "indexof", ...Object.keys(params), `return ${expression}`);
    return records.map((datum) => Boolean(drawn(datum, indexof, ...Object.values(params))));
}"""


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT)
    yield page
    page.close()


# --- rules in Python and in JavaScript ----------------------------------------------------


@pytest.mark.parametrize("case", CASES["series_looks"], ids=str)
def test_colours_are_given_alike_in_kernel_and_page(page, case):
    asked = [case["series"], case["drawn"], case["colours"], case.get("apart", False)]
    assert page_rules.series_looks(*asked) == case["looks"]
    assert page.evaluate("asked => seriesLooks(...asked)", asked) == case["looks"]


@pytest.mark.parametrize("case", CASES["stands_apart"], ids=str)
def test_places_that_would_lie_flat_stand_apart_in_the_kernel_as_in_the_page(page, case):
    asked = [case["view"], case["logarithmic"], case["sizes"]]
    assert page_rules.stands_apart(*asked) is case["apart"]
    assert page.evaluate("asked => standsApart(...asked)", asked) is case["apart"]


@pytest.mark.parametrize("case", CASES["panel_height"], ids=str)
def test_panels_are_as_high_in_the_kernel_as_in_the_page(page, case):
    assert page_rules.panel_height(case["panels"]) == case["height"]
    assert page.evaluate("panels => panelHeight(panels)", case["panels"]) == case["height"]


@pytest.mark.parametrize("case", CASES["is_logarithmic"], ids=str)
def test_heights_are_logarithms_alike_in_kernel_and_page(page, case):
    asked = [case["scale"], case["view"], case["values"]]
    assert page_rules.is_logarithmic(*asked) is case["logarithmic"]
    assert page.evaluate("asked => isLogarithmic(...asked)", asked) is case["logarithmic"]


@pytest.mark.parametrize("case", CASES["needed_parts"], ids=str)
def test_parts_are_needed_alike_in_kernel_and_page(page, case):
    asked = [case["kinds"], case["chosen"]]
    assert page_rules.needed_parts(*asked) == case["parts"]
    assert page.evaluate("asked => neededParts(...asked)", asked) == case["parts"]


FEW = st.integers(0, 9)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pairs=st.lists(st.tuples(FEW, st.integers(0, 2)), unique=True),
    panels=st.lists(st.sampled_from(["%", "CNY"])),
    colours=st.integers(1, 7),
)
def test_no_two_series_of_a_panel_look_alike_while_there_is_a_free_colour(
    page, pairs, panels, colours
):
    series = {f"{indicator}@{place}": [indicator, place] for indicator, place in pairs}
    drawn = [list(each) for each in zip(series, panels, strict=False)]
    asked = [series, drawn, colours]
    looks = page_rules.series_looks(*asked)
    assert page.evaluate("asked => seriesLooks(...asked)", asked) == looks
    assert page_rules.series_looks(dict(reversed(series.items())), drawn[::-1], colours) == looks
    for panel in set(panels):
        found = [tuple(looks[name]) for name, where in drawn if where == panel]
        most = max((len(set(each)) for each in zip(*pairs, strict=True)), default=0)
        assert len(set(found)) == len(found) or most > colours


# --- rows of a frame and records of the page ----------------------------------------------


@pytest.fixture(scope="module")
def printings():
    return data.load()


def any_of(draw, choices, least=0):
    return tuple(draw(st.lists(st.sampled_from(list(choices)), min_size=least, unique=True)))


@st.composite
def tables(draw, printings):
    """Some rows of the table, with a name here and there that a joined text would trip over."""
    rows = printings.sample(draw(st.integers(1, 50)), random_state=draw(st.integers(0, 10**6)))
    renamed = {"china": "a@b|c", "gdp": "gdp@china", "growth": "air|water"}
    renamed = {old: new for old, new in renamed.items() if draw(st.booleans())}
    for column in ("indicator", "place", "theme"):
        rows[column] = rows[column].cat.rename_categories(
            {name: renamed.get(name, name) for name in rows[column].cat.categories}
        )
    return rows.sort_index()


def chosen_places(draw, view):
    return {
        "places": any_of(draw, view.places.index),
        "language": draw(st.sampled_from(list(LANGUAGES))),
    }


def in_page(page, selection, records, needed):
    """The records that the page draws of all that it has, when those of these parts are chosen."""
    series = [figures[0]["series"] for key in needed if (figures := records[key])]
    params = selection.params | {"slots": list(dict.fromkeys(series))}
    found = [record for figures in records.values() for record in figures]
    told = [{name: part for name, part in each.items() if name != "Tip"} for each in found]
    drawn = page.evaluate(DRAWN, [selection.expression(), params, told])
    return [record for record, so in zip(found, drawn, strict=True) if so]


OFTEN = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@OFTEN
@given(draw=st.data())
def test_an_explorer_of_indicators_draws_the_same_in_kernel_and_page(page, printings, draw):
    draw = draw.draw
    view = IndicatorView(draw(tables(printings)))
    first, last = sorted(draw(st.tuples(*[st.sampled_from(YEAR_CHOICES)] * 2)))
    selection = IndicatorSelection(
        chosen=any_of(draw, view.codebook["indicator"]),
        years=(first, last),
        view=draw(st.sampled_from(explorers.VIEWS)),
        statuses=any_of(draw, explorers.STATUSES),
        base=draw(st.sampled_from([2015, 2019, 2020])),
        vintages=draw(st.sampled_from(explorers.VINTAGES)),
        pace=draw(st.booleans()),
        official=draw(st.booleans()),
        implied=draw(st.sampled_from([None, True, False])),
        **chosen_places(draw, view),
    )
    needed = selection.parts()
    records = view.records(dict.fromkeys([*needed, *view.all_parts(LANGUAGES)]))
    drawn = in_page(page, selection, records, needed)
    rows = selection.rows(view.rows(selection))
    assert sorted((each["view"], each["key"]) for each in drawn if each["status"] != "pace") == (
        sorted(zip(rows["view"], rows["row"], strict=True))
    )
    assert {each["view"] for each in drawn if each["status"] == "pace"} <= {selection.view}
    assert selection.pace or all(each["status"] != "pace" for each in drawn)


@OFTEN
@given(draw=st.data())
def test_an_explorer_of_numbers_draws_the_same_in_kernel_and_page(page, printings, draw):
    draw = draw.draw
    table = data.latest(draw(tables(printings)))
    view = NumbersView(table, tuple(map(str, table["indicator"].unique()[:5])))
    theme = draw(st.sampled_from(list(view.themes)))
    selection = NumbersSelection(theme=theme, **chosen_places(draw, view))
    records = {key: view.records(key) for key in view.all_parts(LANGUAGES)}
    drawn = in_page(page, selection, records, selection.parts())
    rows = selection.rows(view.rows)
    assert sorted(each["key"] for each in drawn) == sorted(rows["row"])


@OFTEN
@given(draw=st.data())
def test_an_explorer_of_targets_draws_the_same_in_kernel_and_page(page, printings, draw):
    draw = draw.draw
    judged = printings["measure"].isin([*growth.LEVELS, *growth.RATES])
    asked = printings["status"].eq("target") & printings["end"].isin([2021, 2025]) & judged
    every = draw(tables(printings[asked]))
    table = data.latest(every)
    view = TargetsView(growth.with_latest(table, growth.verdicts(table)), every)
    selection = TargetSelection(
        theme=draw(st.sampled_from([explorers.ALL, *view.themes])),
        year=draw(st.sampled_from(TARGET_YEARS)),
        official=draw(st.booleans()),
        verdict=draw(st.sampled_from(VERDICT_CHOICES)),
        report=draw(st.sampled_from([explorers.ALL, *view.reports.index])),
        **chosen_places(draw, view),
    )
    keys = [TargetsKey(*key) for key in product(LANGUAGES, view.places.index, (False, True))]
    drawn = in_page(page, selection, {key: view.records(key) for key in keys}, selection.parts())
    targets = view.of(selection.official)
    positions = targets.index.get_indexer(selection.rows(targets).index)
    assert sorted(each["by_codebook"] for each in drawn) == sorted(positions)


@OFTEN
@given(draw=st.data())
def test_an_explorer_of_parts_draws_the_same_in_kernel_and_page(page, printings, draw):
    draw, nation = draw.draw, budget(printings)
    table = pd.concat([nation, nation.assign(place="a@b|c")], ignore_index=True)
    view = CompositionView(table, WHOLE, PARTS)
    first, last = sorted(draw(st.lists(st.sampled_from(YEAR_CHOICES), min_size=2, max_size=2)))
    selection = CompositionSelection(
        view=draw(st.sampled_from(growth.COMPOSED)),
        years=(first, last),
        year=draw(st.sampled_from(YEAR_CHOICES)),
        order=draw(st.sampled_from(PART_ORDERS)),
        **chosen_places(draw, view),
    )
    keys = [PartsKey(language, place) for language in LANGUAGES for place in view.places.index]
    drawn = in_page(page, selection, {key: view.records(key) for key in keys}, selection.parts())
    rows = selection.rows(view.rows)[["place", "start", "part"]]
    assert sorted((each["series"], each["start"], each["part"]) for each in drawn) == sorted(
        rows.itertuples(index=False, name=None)
    )


# --- what is chosen twice, or named like a joined text ------------------------------------


@pytest.mark.parametrize("at_once", [5000, 10])
def test_a_choice_of_two_indicators_and_two_places_draws_each_figure_once(
    printings, monkeypatch, at_once
):
    monkeypatch.setattr(indicator_view, "WHOLE_AT_ONCE", at_once)
    state = {"chosen": ("gdp", "pm25"), "places": ("shaoxing", "china"), "view": "levels"}
    new = explorers.IndicatorExplorer(printings, **state)
    changed = explorers.IndicatorExplorer(printings, ["exports"])
    changed.state = state
    assert len(changed.data) == len(new.data) > 20
    assert changed.data["row"].is_unique and new.data["row"].is_unique
    one, other = (  # what figures imply has a label of its own in each explorer
        sorted(row for row in each.data["row"] if row < len(printings)) for each in (changed, new)
    )
    assert one == other
    assert changed.text == new.text and len(changed.records) == len(new.records)


def test_the_first_parts_that_are_asked_for_have_each_figure_once(printings):
    keys = [FiguresKey("en", "gdp", place) for place in ("shaoxing", "china")]
    together = IndicatorView(printings).records(keys)
    alone = {key: IndicatorView(printings).records([key])[key] for key in keys}
    for key in keys:
        said, expected = ([each["Description"] for each in of[key]] for of in (together, alone))
        assert said == expected != []


def test_a_choice_of_one_thing_twice_is_a_choice_of_it_once(printings):
    explorer = explorers.IndicatorExplorer(printings, ["gdp", "gdp"], places=["china", "china"])
    assert explorer.state["chosen"] == ("gdp",) and explorer.state["places"] == ("china",)
    explorer.state = {"chosen": ["pm25", "gdp", "pm25"]}
    assert explorer.state["chosen"] == ("pm25", "gdp")


def with_theme(folder, theme):
    """A data folder whose theme of growth has another name."""
    for name in ("datapackage.json", "indicators.csv"):
        path = folder / name
        old, new = (
            ('"growth"', json.dumps(theme)) if name.endswith("json") else (",growth,", f",{theme},")
        )
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return data.latest(data.load(folder))


@pytest.mark.parametrize("theme", ["air|water", "air@water", "air_water"])
def test_a_theme_of_any_name_is_drawn(folder, theme):
    table = with_theme(folder, theme)
    numbers = explorers.NumbersExplorer(table, ["gdp"], theme=theme)
    targets = explorers.TargetExplorer(
        growth.with_latest(table, growth.verdicts(table)), theme=theme, verdict="all"
    )
    assert not numbers.data.empty and set(numbers.data["theme"].astype(str)) == {theme}
    assert not targets.data.empty and set(targets.data["theme"].astype(str)) == {theme}
    numbers.hear({"ready": []})
    assert any(key.theme == theme for key in numbers.live.figures)


def test_two_series_whose_joined_names_are_alike_stay_two(printings):
    table = printings.assign(
        indicator=printings["indicator"].cat.rename_categories({"pm25": "gdp@china"}),
    )
    explorer = explorers.IndicatorExplorer(
        table, ["gdp", "gdp@china"], places=["shaoxing", "china"], view="levels"
    )
    assert len(explorer.slots) == len(set(explorer.slots)) == 4
    for key in explorer.selection.parts():
        rows = explorer.data
        rows = rows[rows["indicator"].eq(key.indicator) & rows["place"].eq(key.place)]
        figures = [each for each in explorer.live.figures[key] if each["view"] == "levels"]
        assert isinstance(key, IndexKey) or {each["key"] for each in figures} >= set(rows["row"])


@pytest.fixture
def two_places(printings):
    """The figures of two places as one table, and the same with labels that stand twice."""
    places = [printings[printings["place"] == place] for place in ("shaoxing", "china")]
    return pd.concat(places, ignore_index=True), pd.concat(
        [rows.reset_index(drop=True) for rows in places]
    )


@pytest.mark.parametrize("view", explorers.VIEWS)
def test_what_is_drawn_does_not_rest_on_the_labels_of_rows(two_places, view):
    slugs = list(two_places[0]["indicator"].astype(str).unique())
    places = ["shaoxing", "china"]
    one, other = (
        explorers.IndicatorExplorer(table, slugs, view=view, places=places) for table in two_places
    )
    assert one.text == other.text and len(one.data) == len(other.data) > 0
    of_china = other.data[other.data["place"] == "china"]
    for key in of_china["row"].head(1):
        other.pin(int(key))
        assert "China" in other.pinned.value and "Shaoxing" not in other.pinned.value
    assert len(of_china) or view == "per resident"


def test_targets_are_in_order_of_the_gap_once_whatever_their_labels(two_places):
    table = data.latest(two_places[0])
    targets = growth.with_latest(table, growth.verdicts(table))
    parts = [targets[targets["place"] == place] for place in ("shaoxing", "china")]
    again = pd.concat([rows.reset_index(drop=True) for rows in parts if len(rows)])
    explorer = explorers.TargetExplorer(again, year=explorers.ALL, verdict=explorers.ALL)
    explorer.order.value = "gap"
    assert len(explorer.data) == len(explorer.records) > 10


def test_rows_are_in_the_order_of_the_table_whatever_was_chosen_before(printings):
    table = printings.sort_values("value")
    new = explorers.IndicatorExplorer(table, ["gdp", "pm25"], view="levels")
    changed = explorers.IndicatorExplorer(table, ["exports"], view="levels")
    changed.places.value, changed.indicators.value = new.places.value, ("gdp", "pm25")
    assert changed.text == new.text


def test_places_as_plain_texts_and_a_table_without_rows_can_be_explored(printings):
    plain = printings.assign(place=printings["place"].astype("str"))
    assert explorers.IndicatorExplorer(plain, ["gdp"]).text == (
        explorers.IndicatorExplorer(printings, ["gdp"]).text
    )
    assert explorers.IndicatorExplorer(printings.iloc[:0], ()).data.empty
