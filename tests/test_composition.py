"""A whole and its parts: what is printed stays, what is computed says so, nothing is zero."""

import html
import json
import re

import pandas as pd
import pytest
import vl_convert
from budget import PARTS, PRINTED, WHOLE, budget
from indicators import charts, data, explorers, growth, labels
from indicators.charts import renderer, style
from indicators.i18n import LANGUAGES, WORDS
from indicators.site import page_explorers

BUDGET = "general_public_budget_expenditure"
PURPOSES = "education social_security health science_technology environment community agriculture"
PURPOSES = [f"{name}_spending" for name in f"{PURPOSES} transport culture housing".split()]
PURPOSES.insert(9, "debt_interest_spending")
SECTORS = ["primary_value_added", "secondary_value_added", "tertiary_value_added"]


@pytest.fixture(scope="module")
def spending(table):
    return budget(table)


@pytest.fixture(scope="module")
def composed(spending):
    return growth.composition(spending, WHOLE, PARTS)


@pytest.fixture
def explorer(spending):
    return explorers.CompositionExplorer(spending, WHOLE, PARTS)


def of(rows, view, year):
    """The rows of a year in a view, by indicator; the rest by the word for it."""
    rows = rows[rows["view"].eq(view) & rows["start"].eq(year)]
    return {"rest" if row.role == "rest" else row.indicator: row for row in rows.itertuples()}


def where_and_when(rows):
    return set(rows[["place", "start"]].itertuples(index=False, name=None))


# --- figures ------------------------------------------------------------------------------


def test_what_is_printed_stays_as_it_is_printed(composed):
    printed = composed[~composed["computed"].astype(bool) & composed["role"].ne("missing")]
    known = {
        (slug, measure, year, text)
        for slug, measure, year, text, *_ in PRINTED
        if slug != "resident_population"
    }
    keys = ["indicator", "measure", "start", "printed"]
    in_views = printed[printed["view"].isin(["amounts", "growth"])]
    assert set(in_views[keys].itertuples(index=False, name=None)) == known


def test_a_part_that_is_not_printed_is_no_zero_and_lies_within_the_rest(composed):
    rows = of(composed, "amounts", 2020)
    roads, rest = rows["roads"], rows["rest"]
    assert roads.role == "missing" and pd.isna(roads.value) and roads.printed == ""
    assert (rest.value, rest.printed, rest.computed) == (1100 - 330 - 260 - 50, "460", True)
    assert rest.absent == ("roads",)
    # 330.0 is exact to half a tenth, each other figure to a half
    assert (rest.low, rest.high) == pytest.approx((460 - 1.55, 460 + 1.55))


def test_no_rest_is_left_where_the_parts_make_up_the_whole(table):
    rows = growth.composition(data.latest(table), "gdp", SECTORS)
    known = rows[rows["view"].eq("amounts") & rows["role"].eq("part")]
    assert {("shaoxing", 2015), ("shaoxing", 2021)} <= where_and_when(known)
    rest = rows[rows["role"].eq("rest")]
    assert where_and_when(rest) & where_and_when(known) == set()
    shares = rows[rows["view"].eq("shares") & rows["role"].eq("part")]
    sums = shares.groupby(["place", "start"])["value"].sum()
    assert sums.tolist() == pytest.approx([100] * len(sums), abs=0.1)


def test_a_basis_that_the_whole_never_has_is_the_parts_own_and_its_end_is_seen(composed):
    broken = composed[composed["broken"].astype(bool)]
    assert set(zip(broken["indicator"], broken["start"], strict=True)) == {("culture", 2020)}
    assert of(composed, "amounts", 2019)["culture"].value == 40


def test_a_part_on_another_basis_of_the_whole_is_not_counted_in(spending):
    revised = spending["indicator"].eq(WHOLE) & spending["start"].eq(2019)
    again = spending[revised].assign(scope="revised", value=1050.0, printed="1050")
    part = spending[spending["indicator"].eq("roads") & spending["start"].eq(2021)]
    both = pd.concat([spending, again, part.assign(scope="revised", start=2020, end=2020)])
    rows = of(growth.composition(both, WHOLE, PARTS), "amounts", 2020)
    assert rows["roads"].role == "missing"


def test_parts_that_are_together_more_than_a_whole_belong_to_another(spending):
    small = spending[spending["indicator"].eq(WHOLE) & spending["start"].eq(2019)]
    small = small.assign(scope="narrow", value=500.0, printed="500")
    rows = growth.composition(pd.concat([small, spending]), WHOLE, PARTS)
    assert of(rows, "amounts", 2019)[WHOLE].printed == "1000"


def test_growth_is_printed_and_else_computed_and_never_both_in_a_year(composed):
    rows = composed[composed["view"].eq("growth") & composed["role"].ne("missing")]
    kinds = rows.groupby("start")["measure"].unique()
    assert {year: list(found) for year, found in kinds.items()} == {
        2020: ["growth_rate"],
        2021: ["computed_growth"],
    }
    assert rows[rows["start"].eq(2021)]["computed"].all()
    assert "roads" not in set(rows["indicator"])  # no amount in 2020
    assert of(composed, "growth", 2021)["pensions"].value == pytest.approx(100 * 10 / 260)


def test_a_part_grew_faster_or_slower_only_beyond_what_rounding_leaves_open(composed):
    rows = of(composed, "growth", 2020)
    assert {slug: row.against for slug, row in rows.items()} == {
        WHOLE: "",
        "schools": "same",  # 10.2 beside 9.5 to 10.5
        "pensions": "higher",
        "roads": "",
        "culture": "lower",
    }


def test_shares_and_amounts_per_resident_are_computed_with_their_ranges(composed):
    shares, heads = (of(composed, view, 2020) for view in ("shares", "per resident"))
    assert (shares["schools"].printed, shares[WHOLE].printed) == ("30.0", "100.0")
    assert shares["schools"].low < 30 < shares["schools"].high
    assert (heads["schools"].printed, heads["schools"].unit) == ("6600", "CNY")
    assert heads["schools"].low < 6600 < heads["schools"].high
    views = composed[composed["view"].isin(["shares", "per resident"])]
    assert views[views["role"].ne("missing")]["computed"].all()
    assert set(views.loc[views["view"].eq("per resident"), "start"]) == {2020}


def test_the_budget_of_the_nation_has_its_purposes_and_a_rest_in_each_year(table):
    rows = growth.composition(data.latest(table), BUDGET, PURPOSES)
    nation = rows[rows["place"].eq("china") & rows["view"].eq("amounts")]
    known = nation[nation["role"].eq("part")].groupby("start")["indicator"].nunique()
    assert set(range(2016, 2026)) <= set(known.index) and known[2021] == 4
    rest = nation[nation["role"].eq("rest")].set_index("start")
    whole = nation[nation["role"].eq("whole")].set_index("start")
    share = (rest["value"] / whole["value"]).reindex(known.index.difference([2021]))
    assert share.between(0.25, 0.5).all()
    broken = nation[nation["broken"].astype(bool)]
    assert ("culture_spending", 2019) in set(zip(broken["indicator"], broken["start"], strict=True))


def test_a_place_without_a_part_and_parts_in_another_unit_are_left_out(spending):
    other = spending[spending["indicator"].eq(WHOLE)].assign(place="zhejiang")
    both = pd.concat([spending, other])
    assert set(growth.composition(both, WHOLE, PARTS)["place"]) == {"china"}
    in_dollars = spending.assign(
        unit=spending["unit"].mask(spending["indicator"].eq("roads"), "100 million USD")
    )
    rows = growth.composition(in_dollars, WHOLE, PARTS)
    assert "roads" not in set(rows["indicator"])


# --- charts -------------------------------------------------------------------------------


def svg_of(chart):
    return vl_convert.vegalite_to_svg(renderer.ready(chart.to_dict()))


def heights(svg, names):
    """How far down each name stands in a drawing."""
    found = re.findall(r"translate\([\d.]+,([\d.]+)\)[^>]*>([^<]+)</text>", svg)
    return {html.unescape(text): float(y) for y, text in found if html.unescape(text) in names}


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("size", ["Schools", "Pensions", "Culture", "Roads", "The rest"]),
        ("growth", ["Pensions", "Schools", "Culture", "Roads", "The rest"]),
    ],
)
def test_the_parts_stand_in_the_order_of_the_framed_year(explorer, order, wanted):
    explorer.state = {"order": order, "year": 2020}
    found = heights(svg_of(explorer.chart), wanted)
    assert sorted(found, key=found.get) == wanted


@pytest.mark.parametrize("view", growth.COMPOSED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_for_reading_says_each_figure(composed, view, language):
    chart = charts.parts_over_years(composed, "What was spent", view, language)
    svg = html.unescape(svg_of(chart))
    rows = labels.with_rest_named(composed[composed["view"].eq(view)])
    drawn = rows[rows["role"].isin(["part", "rest"])]
    said = [labels.part_sentence(row, language) for row in drawn.itertuples()]
    assert [each for each in said if each not in svg or each not in chart.description] == []


def test_a_chart_for_reading_is_of_one_place(composed):
    both = pd.concat([composed, composed.assign(place="zhejiang")])
    with pytest.raises(ValueError, match=r"one place.*amounts.*china.*zhejiang"):
        charts.parts_over_years(both, "What was spent")


def test_the_colours_of_parts_differ():
    for colours, number in ((style.COLOURS_OF_PARTS, 0), (style.COLOURS_OF_PARTS_ON_DARK, 1)):
        others = {
            re.findall("#[0-9a-f]{6}", each.expr)[1 - number] for each in (style.REST, style.INK)
        }
        assert len({*map(str.lower, colours), *others}) == len(colours) + 2


# --- the explorer -------------------------------------------------------------------------


def test_the_first_state_is_the_last_year_with_a_part(explorer, table):
    assert (explorer.year.value, explorer.view.value) == (2021, "amounts")
    sectors = explorers.CompositionExplorer(data.latest(table), "gdp", SECTORS)
    known = table[table["indicator"].eq(SECTORS[0]) & table["place"].eq("shaoxing")]
    assert sectors.year.value == known["end"].max()
    assert f"Value added of the primary industry, {known['end'].max()}: " in sectors.text


def test_each_control_changes_what_is_drawn_and_reset_brings_it_back(explorer):
    first = explorer.state
    explorer.view.value, explorer.years.value, explorer.year.value = "shares", (2020, 2020), 2019
    assert set(explorer.data["view"]) == {"shares"}
    assert set(explorer.data["start"]) == {2019, 2020}  # the framed year has its bars all the same
    explorer.order.value, explorer.language.value = "growth", "zh"
    explorer.tabled.value = True
    assert "<table" in explorer.listing.value and "计算值" in explorer.listing.value
    explorer.reset.click()
    assert explorer.state == first and explorer.listing.value == ""


def test_what_is_said_names_what_was_not_printed_and_another_basis(explorer):
    explorer.year.value = 2020
    assert (
        "3 of 4 parts published. Not published: Public spending: roads." in explorer.summary.value
    )
    assert "Public spending: roads, 2020: not published" in explorer.text
    assert "culture, from 2020: the usual basis; before: without-tourism" in explorer.notes.value
    assert "First account" in explorer.notes.value
    explorer.year.value = 2024
    assert "No figure for 2024." in explorer.summary.value


def test_a_state_is_checked_and_code_draws_it_anew(explorer, spending):
    with pytest.raises(ValueError, match="unknown view 'share'.*did you mean shares"):
        explorer.state = {"view": "share"}
    explorer.state = {"view": "growth", "order": "growth", "year": 2020, "years": (2019, 2021)}
    made = explorers.CompositionExplorer(spending, WHOLE, PARTS, **explorer.state)
    assert made.state == explorer.state
    lines = explorer.code().splitlines()
    again = eval(lines[1], {"explorers": explorers, "table": spending})
    assert again.state == explorer.state and again.text == explorer.text


def test_a_call_that_cannot_be_right_says_why(spending, table):
    with pytest.raises(ValueError, match="unknown indicator 'rods'.*roads"):
        explorers.CompositionExplorer(spending, WHOLE, ["rods"])
    with pytest.raises(ValueError, match="no place has figures of 'gdp' and one of its parts"):
        explorers.CompositionExplorer(data.latest(table), "gdp", ["pm25"])
    with pytest.raises(ValueError, match="unknown place 'shaoxing'"):
        explorers.CompositionExplorer(spending, WHOLE, PARTS, places=["shaoxing"])


def test_files_have_what_is_drawn_and_mark_what_is_computed(explorer, tmp_path):
    for ending in (".csv", ".svg", ".txt"):
        explorer.write(tmp_path / f"drawn{ending}")
    rows = pd.read_csv(tmp_path / "drawn.csv", encoding="utf-8-sig", keep_default_na=False)
    assert len(rows) == len(explorer.data)
    computed = rows[rows["computed"].eq("computed")]
    assert set(computed["measure"]) == {"rest"} and "" not in set(rows["figure"])
    assert "All spending" in (tmp_path / "drawn.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tooltip_says_what_a_figure_is_and_with_what_range(explorer, language):
    explorer.state = {"language": language, "view": "shares", "year": 2020}
    words = WORDS[language]
    tips = {(each["name"], each["start"]): each["Tip"] for each in explorer.records}
    rest = next(
        each["Tip"]
        for each in explorer.records
        if each["rest"] and each["start"] == 2020 and each["view"] == "shares"
    )
    assert words["composed"]["without"] in rest and words["tooltip"]["figure"] in rest
    assert all(words["tooltip"]["figure"] in tip for tip in tips.values())
    assert "41.8" in rest[words["tooltip"]["figure"]]


@pytest.mark.parametrize("view", growth.COMPOSED)
def test_the_output_holds_the_very_chart_that_can_be_asked_for(explorer, view):
    explorer.state = {"view": view, "year": 2020}
    shown = explorer._repr_mimebundle_()[0][renderer.MIME]
    asked = renderer.ready(explorer.chart.to_dict())  # a valid one
    for param in shown["params"]:  # no controls stand beside it
        param |= {"value": 0} if param["name"] == "beside" else {}
    shown["title"] = asked["title"]
    assert json.dumps(shown, sort_keys=True) == json.dumps(asked, sort_keys=True)


def test_a_part_that_left_the_files_is_named_when_they_are_loaded_again(folder):
    explorer = explorers.CompositionExplorer(data.latest(data.load(folder)), "gdp", SECTORS)
    for name in ("observations.csv", "indicators.csv"):
        kept = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in kept if not line.startswith("primary_value_added")]
        (folder / name).write_text("".join(kept), encoding="utf-8")
    explorer.hear({"seen": True})
    explorer.notice.children[1].click()
    assert "primary industry" in explorer.notice.children[0].value
    assert "primary" not in explorer.text and "primary" not in explorer.code()


def test_a_view_without_figures_is_closed_and_says_why(table):
    without = budget(table)
    without = without[without["indicator"].ne("resident_population")]
    explorer = explorers.CompositionExplorer(without, WHOLE, PARTS)
    assert explorer.live.closed == {"2": WORDS["en"]["composed"]["view"]}
    assert explorers.CompositionExplorer(budget(table), WHOLE, PARTS).live.closed == {}


def test_several_places_have_a_panel_each(spending):
    other = spending.assign(place="zhejiang", place_en="Zhejiang", place_zh="浙江")
    both = pd.concat([spending, other], ignore_index=True)
    explorer = explorers.CompositionExplorer(both, WHOLE, PARTS, places=["china", "zhejiang"])
    svg = svg_of(explorer.chart)
    for place in ("China", "Zhejiang"):
        assert f">{place}, amounts, CNY billion<" in svg and f">{place} 2021<" in svg
    explorer.places.value = ()
    assert explorer.data.empty and WORDS["en"]["said"]["choose_place"] in explorer.summary.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_page_without_a_kernel_it_has_its_controls(explorer, language):
    explorer.language.value = language
    found = {control["names"] for control in page_explorers.controls(explorer)}
    assert found == {"viewed", "first last", "year", "order"}
