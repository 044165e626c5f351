"""What printed figures imply and give together: never stored, never an outcome, always a range."""

import csv

import pandas as pd
import pytest
from bundle import copy_of_bundle
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from indicators import checks, data, growth, labels
from indicators.growth import Figure

PLAIN = {
    "indicator": "urban_income",
    "place": "shaoxing",
    "status": "actual",
    "bound": "exact",
    "scope": None,
    "source": "a",
    "price_basis": "nominal",
    "note": "",
    "unit": "CNY",
    "title_en": "Title A",
}
LEVEL = {"measure": "level", "period": "2022", "printed": "76199"}
RATE = {"measure": "growth_rate", "period": "2022", "printed": "4.2", "unit": "%"}


@pytest.fixture(scope="module")
def row(table):
    """A row of the bundle as a dict, to make tables by hand."""
    return table.astype(object).iloc[0].to_dict() | {"published": pd.Timestamp("2023-01-01")}


@pytest.fixture(scope="module")
def made(row):
    """A function that makes a table by hand, of rows that differ from `PLAIN` as given."""

    def make(*rows):
        whole = [row | PLAIN | each for each in rows]
        for each in whole:
            first, last = each["period"].split("/")[0], each["period"].split("/")[-1]
            each |= {"start": int(first), "end": int(last), "value": float(each["printed"])}
            each["decimals"] = len(each["printed"].partition(".")[2])
        return pd.DataFrame(whole)

    return make


def printed(rows):
    return [(row.period, row.printed) for row in rows.itertuples()]


# --- one link ------------------------------------------------------------------------------


def test_a_level_and_its_growth_imply_the_year_before(made):
    table = made(LEVEL, RATE)
    rows = growth.implied(table)
    assert printed(rows) == [("2021", "73092–73163")]
    one = next(rows.itertuples())
    assert (one.low, one.high) == pytest.approx((76198.5 / 1.0425, 76199.5 / 1.0415))
    assert one.value == pytest.approx(76199 / 1.042) and one.of == (0, 1)
    assert (one.status, one.bound, one.start, one.end, one.drawn) == (
        ("implied", "exact", 2021, 2021, True)
    )
    assert (
        one.note
        == "Computed from 76199 CNY in 2022 (Title A) and growth of 4.2 % in 2022 (Title A)."
    )
    assert not one.as_printed and not one.locator


def test_a_level_and_the_growth_of_the_next_year_imply_that_year(made):
    rows = growth.implied(made(LEVEL | {"period": "2021", "printed": "73101"}, RATE))
    assert printed(rows) == [("2022", "76134–76208")]


@pytest.mark.parametrize(
    ("level", "rate", "year", "low", "high"),
    [
        (  # an average over a span leads to the year before the span
            {"period": "2020", "printed": "853"},
            {"measure": "average_growth_rate", "period": "2016/2020", "printed": "7.2"},
            "2015",
            852.5 / 1.0725**5,
            853.5 / 1.0715**5,
        ),
        (  # so does a growth over the whole span, which is no yearly one
            {"period": "2020", "printed": "1200"},
            {"period": "2016/2020", "printed": "20.0"},
            "2015",
            1199.5 / 1.2005,
            1200.5 / 1.1995,
        ),
        (
            {"period": "2020", "printed": "379.7"},
            {"measure": "change", "period": "2016/2020", "printed": "75", "unit": "CNY"},
            "2015",
            379.65 - 75.5,
            379.75 - 74.5,
        ),
        (  # a share moves by percentage points
            {"measure": "share", "unit": "%", "printed": "83.8"},
            {"measure": "change", "printed": "0.8", "unit": "percentage points"},
            "2021",
            82.9,
            83.1,
        ),
        ({"printed": "100"}, {"printed": "5", "bound": "about"}, "2021", 99.5 / 1.06, 100.5 / 1.04),
        (  # the source had rounded to trillions: the zeros were not printed
            {
                "printed": "203300",
                "bound": "about",
                "note": "Rounded by the source, which counts in trillions.",
            },
            {"printed": "7.7"},
            "2021",
            203200 / 1.0775,
            203400 / 1.0765,
        ),
    ],
)
def test_each_kind_of_rate_leads_to_its_year_with_its_range(made, level, rate, year, low, high):
    (one,) = growth.implied(made(LEVEL | level, RATE | rate)).itertuples()
    assert one.period == year and (one.low, one.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("level", "rate", "joins"),
    [
        ({}, {}, True),
        ({"scope": "whole-city"}, {"scope": "whole-city"}, True),
        ({"scope": "whole-city"}, {"scope": "national-sites"}, False),
        ({}, {"scope": "like-for-like"}, False),
        # a rate without a scope is one of the level beside it in its own source
        ({"scope": "after-census-5"}, {}, True),
        ({"scope": "after-census-5"}, {"source": "b"}, False),
        ({}, {"source": "b"}, True),
        ({}, {"place": "china"}, False),
        ({"indicator": "gdp"}, {"indicator": "real_gdp", "price_basis": "real"}, False),
        ({}, {"price_basis": "real"}, False),
        ({"price_basis": None}, {"price_basis": None}, True),
        ({}, {"status": "target"}, False),
        ({"status": "target"}, {}, False),
        ({}, {"status": "estimate"}, False),
        ({"status": "estimate"}, {}, False),
        ({}, {"bound": "at_least"}, False),
        ({"bound": "more_than"}, {}, False),
        ({"bound": "about"}, {}, True),
        ({}, {"period": "2020"}, False),
        ({}, {"printed": "-100"}, False),
        ({"printed": "0"}, {}, False),
        ({"note": "Cannot be right as printed: 13.3 %."}, {}, False),
        ({"measure": "share", "unit": "%", "printed": "80.0"}, {}, False),
        ({}, {"measure": "change", "unit": "percentage points"}, False),
        ({}, {"measure": "change", "unit": "CNY"}, True),
        ({"unit": "index, previous year = 100", "printed": "101.4"}, {}, False),
    ],
)
def test_what_joins_and_what_never_joins(made, level, rate, joins):
    assert len(growth.implied(made(LEVEL | level, RATE | rate))) == joins


def test_a_rate_of_a_scoped_page_does_not_join_a_level_without_a_scope(made):
    beside = LEVEL | {"scope": "national-sites", "period": "2022", "printed": "70000"}
    table = made(beside, RATE, LEVEL | {"period": "2021", "source": "b", "printed": "73000"})
    assert [(row.period, row.scope) for row in growth.implied(table).itertuples()] == [
        ("2021", "national-sites")
    ]


# --- chains --------------------------------------------------------------------------------


def rates(first, last, printed="5.0"):
    return [RATE | {"period": str(year), "printed": printed} for year in range(first, last + 1)]


def test_a_chain_widens_with_each_link_and_stops_when_it_is_too_wide(made):
    table = made(LEVEL, *rates(2010, 2022))
    widths = {
        row.end: (row.high - row.low) / row.value * 100
        for row in growth.implied(table).itertuples()
    }
    assert sorted(widths, reverse=True) == list(range(2021, 2008, -1))
    assert sorted(widths.values()) == [widths[year] for year in sorted(widths, reverse=True)]
    narrow = growth.implied(table, widest=0.5)
    assert set(narrow["end"]) == {year for year, width in widths.items() if width <= 0.5}


def test_what_one_rate_implies_is_kept_however_wide_but_no_further_link(made):
    coarse = made(LEVEL | {"printed": "37"}, *rates(2021, 2022))
    assert printed(growth.implied(coarse)) == [("2021", "35–36")]


def test_a_chain_ends_at_a_printed_figure_of_its_basis(made):
    earlier = LEVEL | {"period": "2020", "printed": "69113"}
    table = made(LEVEL, earlier, *rates(2020, 2022))
    rows = growth.implied(table)
    assert {(row.of[0], row.end) for row in rows.itertuples()} == {
        *((0, 2021), (0, 2020)),
        *((1, 2019), (1, 2021), (1, 2022)),
    }
    assert set(rows.loc[rows["drawn"], "end"]) == {2019, 2021}
    assert not rows.duplicated(["end"])[rows["drawn"]].any()


@pytest.mark.parametrize(("rates", "drawn"), [(("5", "5"), False), (("10", "5"), True)])
def test_rates_that_mostly_miss_the_levels_of_their_series_draw_nothing(made, rates, drawn):
    levels = {"2020": "1000", "2021": "1100", "2022": "1210", "2024": "1300"}
    years = {"2021": rates[0], "2022": rates[1], "2024": "4"}
    rows = growth.implied(
        made(
            *(LEVEL | {"period": year, "printed": each} for year, each in levels.items()),
            *(RATE | {"period": year, "printed": each} for year, each in years.items()),
        )
    )
    assert set(rows.loc[rows["period"].eq("2023"), "drawn"]) == {drawn}


@settings(max_examples=40, deadline=None)
@given(st.floats(100, 1e6), st.floats(-20, 40), st.integers(0, 2), st.integers(0, 2), st.booleans())
def test_the_interval_holds_the_level_that_was_rounded_and_leads_back_to_it(
    made, before, rate, decimals, digits, back
):
    after = before * (1 + rate / 100)
    known, hidden = (after, before) if back else (before, after)
    level = LEVEL | {"period": "2022" if back else "2021", "printed": f"{known:.{decimals}f}"}
    rounded = f"{rate:.{digits}f}"
    assume(float(level["printed"]) > 0)
    table = made(level, RATE | {"printed": rounded})
    (row,) = growth.implied(table).itertuples()
    assert row.low <= hidden * (1 + 1e-9) and hidden <= row.high * (1 + 1e-9)
    there = growth.grown if back else growth.before_growth
    again = there(Figure(row.value, row.low, row.high, "CNY"), growth.figure(table.iloc[1]))
    assert again.low <= float(level["printed"]) <= again.high
    assert again.value == pytest.approx(float(level["printed"]))


# --- the bundle's table --------------------------------------------------------------------


def unexplained(pairs):
    """The pairs that do not agree, and of which no note says why."""
    return pairs[~pairs["agrees"] & pairs["why"].eq("")]


def test_the_intervals_hold_what_is_printed_or_a_note_says_why_not(table):
    newest = data.latest(table)
    pairs = growth.compared(newest, growth.implied(newest))
    assert len(pairs) > 80 and pairs["agrees"].sum() > 80
    silent = [labels.sentence(row.one) for row in unexplained(pairs).itertuples()]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("year", ["2016", "2018", "2021"])
def test_the_incomes_of_a_compilation_lie_within_what_official_growth_implies(table, year):
    own = table.query("indicator == 'urban_income' and place == 'shaoxing' and measure == 'level'")
    of_year = own[own["period"].eq(year) & own["status"].eq("actual")]
    (compiled,) = of_year[of_year["tier"].eq("dataset")].itertuples()
    rows = growth.implied(data.latest(table.drop(of_year.index)))
    (row,) = rows.query(
        f"indicator == 'urban_income' and place == 'shaoxing' and period == '{year}' and drawn"
    ).itertuples()
    assert row.low < compiled.value < row.high


def test_nothing_derived_is_in_the_files_or_can_be(tmp_path):
    with (ROOT / "data" / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not {row["status"] for row in rows} & {*growth.DERIVED}
    assert not {row["measure"] for row in rows} & {"share_of_spending", "per_resident"}
    path = copy_of_bundle(tmp_path) / "data" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",actual,", ",implied,", 1), "utf-8")
    with pytest.raises(data.TableError, match="status"):
        data.load(path.parent)


def test_derived_rows_go_through_views_but_are_no_outcomes_bases_or_lines(table):
    newest = data.latest(table)
    whole = growth.with_derived(newest)
    data.usable(whole)
    assert whole.index.is_unique and whole.iloc[: len(newest)].index.equals(newest.index)
    views = growth.views(whole)
    plain = growth.views(newest)
    for view in ("growth rates", "index", "gap to target", "totals"):
        assert len(views[views["view"].eq(view)]) == len(plain[plain["view"].eq(view)])
    assert views.loc[views["status"].eq("implied"), "line"].eq(0).all()
    assert set(views.loc[views["status"].eq("implied"), "view"]) == {"levels"}
    facts = ["indicator", "place", "measure", "period", "scope"]
    drawn = whole[whole["status"].isin(["actual", *growth.DERIVED])]
    drawn = drawn[drawn["bound"].isin(["exact", "about"])]
    assert not drawn[drawn["status"].ne("actual")].duplicated(facts).any()
    twice = drawn[drawn.duplicated(facts, keep=False)]
    assert not twice["status"].isin(growth.DERIVED).any()


def test_a_target_without_an_outcome_says_what_printed_figures_imply(made):
    target = LEVEL | {"period": "2021", "status": "target", "printed": "73000", "better": "higher"}
    (row,) = growth.verdicts(made(target, LEVEL, RATE)).itertuples()
    assert row.verdict == "not yet known" and row.outcome is None and row.last_known.low > 73000
    assert "published figures imply CNY 73,092–73,163 (computed)" in labels.verdict(row)
    assert "由公布的数值推算为73092–73163元" in labels.verdict(row, "zh")
    outcome = LEVEL | {"period": "2021", "printed": "73101"}
    (row,) = growth.verdicts(made(target, outcome, LEVEL, RATE)).itertuples()
    assert row.verdict == "met" and row.last_known is None


# --- computed ------------------------------------------------------------------------------

SPENT = {
    "measure": "level",
    "period": "2023",
    "unit": "100 million CNY",
    "indicator": "education_spending",
    "printed": "41248",
}
ALL = SPENT | {"indicator": "general_public_budget_expenditure", "printed": "274574"}
PEOPLE = SPENT | {
    "indicator": "resident_population",
    "unit": "10,000 persons",
    "printed": "140967",
    "source": "b",
    "price_basis": None,
}


def test_spending_is_computed_as_a_share_of_all_and_per_resident(made):
    rows = growth.computed(made(SPENT, ALL, PEOPLE))
    assert [
        (row.indicator, row.measure, row.printed, row.unit, row.of) for row in rows.itertuples()
    ] == [
        ("education_spending", "share_of_spending", "15.0", "%", (0, 1)),
        ("education_spending", "per_resident", "2926", "CNY", (0, 2)),
        ("general_public_budget_expenditure", "per_resident", "19478", "CNY", (1, 2)),
    ]
    share = rows[rows["measure"].eq("share_of_spending")].iloc[0]
    assert share["value"] == pytest.approx(100 * 41248 / 274574)
    assert share["low"] < share["value"] < share["high"] and share["status"] == "computed"


@pytest.mark.parametrize(
    ("part", "whole", "joins"),
    [
        ({}, {}, True),
        ({}, {"source": "b"}, False),
        ({}, {"place": "china"}, False),
        ({}, {"period": "2022"}, False),
        ({}, {"status": "target"}, False),
        ({"bound": "at_least"}, {}, False),
        ({"scope": "with-tourism"}, {}, True),
        ({"scope": "with-tourism"}, {"scope": "like-for-like"}, False),
        ({}, {"unit": "CNY"}, False),
    ],
)
def test_two_figures_of_one_source_and_basis_give_a_share(made, part, whole, joins):
    rows = growth.computed(made(SPENT | part, ALL | whole))
    assert len(rows) == joins
    if joins:
        assert rows["scope"].iloc[0] == SPENT.get("scope", part.get("scope"))


def test_computed_ratios_and_shares_hold_the_printed_ones(table):
    pairs = growth.compared(table, growth.computed(table))
    pairs = pairs[[row.other.status == "actual" for row in pairs.itertuples()]]
    assert len(pairs) > 5
    silent = [labels.sentence(row.one) for row in unexplained(pairs).itertuples()]
    assert not silent, "\n".join(silent)


def test_a_derived_row_is_told_as_computed_in_every_form(table):
    whole = labels.with_origins(labels.with_others(growth.with_derived(data.latest(table))))
    rows = whole[whole["status"].isin(growth.DERIVED)]
    assert rows["others"].map(len).eq(0).all() and rows["origins"].map(len).gt(1).all()
    for row in rows.itertuples():
        tip = labels.tip(row, "zh")
        assert all(labels.title(each, "zh") in tip["计算依据"] for each in row.origins)
        assert "备注（英文）" not in tip
        assert labels.figure(row).endswith("(computed)") and labels.place_in_source(row)
    lines = list(csv.DictReader(labels.csv(rows).splitlines()))
    assert {line["computed"] for line in lines} == {"computed"}
    assert not {line["as_printed"] + line["locator"] for line in lines} - {""}


# --- coverage ------------------------------------------------------------------------------


def test_the_core_series_are_covered_as_far_as_they_can_be(table):
    rows = growth.coverage(table, checks.CORE)
    kinds = rows["kind"].value_counts()
    assert len(rows) == kinds.sum() == 24 * 11
    assert kinds["printed"] >= 120 and kinds["printed"] + kinds["implied"] >= 135
    printed = rows[rows["kind"].eq("printed")]
    assert all(row.figure.status == "actual" for row in printed.itertuples())
    said = checks.coverage(table)
    assert all(f" {count} " in said for count in kinds)


def test_the_count_of_covered_years_calls_no_implied_figure_an_outcome(table):
    printed, implied = checks.coverage(table).split(" have only ")
    assert "outcome" in printed and "outcome" not in implied


def test_what_is_implied_is_told_beside_what_is_printed(table):
    rows = checks.implied(data.latest(table.query("place == 'shaoxing'")))
    (income,) = rows[rows["Fact"].str.contains("urban residents, 2021")].itertuples()
    assert (income.Implied, income.Published, income.Difference, income.Agrees) == (
        *("CNY 73,092–73,163 (computed)", "CNY 73,101", "–", "within rounding"),
    )
    apart = rows[rows["Agrees"].eq(checks.DOES_NOT)]
    assert apart["Reason"].str.len().gt(0).all() and apart["Difference"].ne("–").all()
