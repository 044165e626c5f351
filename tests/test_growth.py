"""The arithmetic, held to printed rates, plain loops and laws, none of which uses it."""

import csv
from math import inf

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators import data, growth, labels
from indicators.growth import Figure

levels = st.floats(0.01, 1e7)
rates = st.floats(-50, 100)
spans = st.integers(1, 12)


def exactly(value, unit="CNY", basis="nominal"):
    return Figure(value, value, value, unit, basis)


@st.composite
def rounded(draw, unit="CNY"):
    """A level printed with some decimals, with its range."""
    decimals = draw(st.integers(0, 2))
    value = round(draw(st.floats(10, 1e6)), decimals)
    return Figure(value, value - 0.5 * 10**-decimals, value + 0.5 * 10**-decimals, unit, "nominal")


# --- laws ----------------------------------------------------------------------------------


@given(levels, rates, spans)
def test_growth_and_compounding_invert_each_other(level, rate, years):
    start = exactly(level)
    end = exactly(level * (1 + rate / 100) ** years)
    assert growth.average_growth(start, end, years).value == pytest.approx(rate, abs=1e-6)


@given(rounded(), rounded(), spans)
def test_every_derived_range_contains_its_point_and_the_corners(one, other, years):
    for derived in (
        growth.average_growth(one, other, years),
        growth.year_on_year(one, other),
        growth.change(one, other),
        growth.share(one, other),
        growth.ratio(one, other),
        growth.gap(one, other),
    ):
        assert derived.low <= derived.value <= derived.high
    wide = growth.ratio(one, other)
    assert (wide.low, wide.high) == pytest.approx((one.low / other.high, one.high / other.low))


@given(rounded(), st.floats(1, 100))
def test_a_share_of_the_whole_gives_back_the_part(part, percent):
    whole = growth.whole_of(part, exactly(percent, "%"))
    assert growth.share(
        part, Figure(whole.value, whole.value, whole.value, "CNY", "nominal")
    ).value == pytest.approx(percent)


@given(rates, rates, st.integers(2, 10))
def test_the_earlier_average_and_the_last_year_compound_to_the_average(average, last, years):
    earlier = growth.earlier_average(exactly(average, "%"), exactly(last, "%"), years).value
    assert (1 + earlier / 100) ** (years - 1) * (1 + last / 100) == pytest.approx(
        (1 + average / 100) ** years
    )


# --- printed rates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "first", "second", "measure"),
    [
        ("urban_income", "2019", "2020", "growth_rate"),
        ("rural_income", "2019", "2020", "growth_rate"),
        ("gdp", "2024", "2025", "growth_rate"),
        ("general_public_budget_revenue", "2020", "2021", "growth_rate"),
    ],
)
def test_a_rate_computed_from_levels_is_the_rate_printed_within_rounding(
    shaoxing, indicator, first, second, measure
):
    start, end = (
        growth.figure(growth.the(shaoxing, indicator, period)) for period in (first, second)
    )
    printed = growth.figure(growth.the(shaoxing, indicator, second, measure))
    computed = growth.year_on_year(start, end)
    assert computed.low <= printed.high and computed.high >= printed.low


def test_the_ratio_of_incomes_is_the_ratio_printed(shaoxing):
    for year in ("2019", "2020"):
        urban, rural, printed = (
            growth.figure(growth.the(shaoxing, slug, year))
            for slug in ("urban_income", "rural_income", "urban_rural_income_ratio")
        )
        assert printed.low <= growth.ratio(urban, rural).value <= printed.high


def test_the_share_of_livelihood_spending_of_2021_is_the_share_printed(shaoxing):
    part, whole = (
        growth.figure(growth.the(shaoxing, slug, "2021"))
        for slug in ("livelihood_spending", "general_public_budget_expenditure")
    )
    printed = growth.figure(growth.the(shaoxing, "livelihood_spending_share", "2021", "share"))
    assert printed.low <= growth.share(part, whole).value <= printed.high


# --- ranges --------------------------------------------------------------------------------


def test_a_printed_number_stands_for_all_that_round_to_it(shaoxing):
    head = growth.figure(growth.the(shaoxing, "gdp_per_capita", "2020"))
    assert (head.low, head.high) == pytest.approx((11.55, 11.65))
    target = growth.figure(growth.the(shaoxing, "gdp_per_capita", "2025", status="target"))
    assert target.low == target.high == 15
    bound = growth.figure(growth.the(shaoxing, "pm25", "2025", status="target"))
    assert (bound.low, bound.high) == (-inf, 30)


def test_the_implied_growth_of_gdp_is_known_to_its_decimal_and_per_head_in_a_range(economy):
    implied = growth.implied_by_target(economy).drop_duplicates("indicator").set_index("indicator")
    assert list(implied.index) == ["gdp", "gdp_per_capita"]
    gdp, head = implied.loc["gdp"], implied.loc["gdp_per_capita"]
    assert gdp["implied"] == pytest.approx(100 * ((8500 / 6001) ** 0.2 - 1))
    assert round(gdp["implied_low"], 1) == round(gdp["implied_high"], 1) == 7.2
    assert head["implied_low"] == pytest.approx(100 * ((15 / 11.65) ** 0.2 - 1))
    assert head["implied_high"] == pytest.approx(100 * ((15 / 11.55) ** 0.2 - 1))


def test_a_level_that_may_be_zero_still_has_a_range():
    almost_nothing = Figure(0.4, -0.1, 0.9, "CNY", "nominal")
    assert growth.year_on_year(exactly(1.0), almost_nothing).low == -100
    assert growth.year_on_year(almost_nothing, exactly(1.0)).high == inf


def test_without_a_pair_of_outcome_and_target_nothing_is_implied(economy):
    nothing = growth.implied_by_target(economy[economy["indicator"] == "exports"])
    assert len(nothing) == 0 and {"implied", "implied_low", "implied_high"} <= set(nothing.columns)


# --- errors --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: growth.average_growth(exactly(5), exactly(6, basis="real"), 5),
            "real and nominal never mix",
        ),
        (
            lambda: growth.average_growth(exactly(5), exactly(6, "km²"), 5),
            "different units: CNY and km²",
        ),
        (
            lambda: growth.average_growth(exactly(0), exactly(6), 5),
            "two levels above zero and at least one year",
        ),
        (
            lambda: growth.average_growth(exactly(5), exactly(6), 0),
            "two levels above zero and at least one year",
        ),
        (lambda: growth.change(exactly(5), exactly(6, "%")), "different units"),
        (
            lambda: growth.earlier_average(exactly(6, "%", "real"), exactly(3, "%"), 5),
            "different price basis",
        ),
    ],
)
def test_what_may_not_be_computed_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_fact_that_is_not_there_or_there_twice_is_an_error(table, shaoxing):
    with pytest.raises(LookupError, match="0 figures, not one"):
        growth.the(shaoxing, "gdp", "1999")
    with pytest.raises(LookupError, match="[1-9][0-9]* figures, not one"):
        growth.the(table, "gdp", "2017")


# --- frames --------------------------------------------------------------------------------


def test_past_and_promise_are_the_rates_of_the_report_with_two_of_the_three_kinds(table):
    with open(ROOT / "data" / "observations.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == "report-2021"]
    wanted = {
        ("average_growth_rate", "2016/2020", "actual"),
        ("growth_rate", "2020", "actual"),
        ("growth_rate", "2021", "target"),
    }
    found = {}
    for row in rows:
        if (kind := (row["measure"], row["period"], row["status"])) in wanted:
            found.setdefault(row["indicator"], {})[kind] = row["value"]
    expected = {name: kinds for name, kinds in found.items() if len(kinds) > 1}
    chosen = growth.past_beside_promised(table[table["source"] == "report-2021"])
    assert set(chosen["indicator"]) == set(expected)
    for row in chosen.itertuples():
        assert expected[row.indicator].pop((row.measure, row.period, row.status)) == row.printed
    assert not any(expected.values())


def test_an_index_sets_the_outcome_of_the_base_year_to_100_and_stops_at_a_break(shaoxing):
    indexed = growth.index_to_base(shaoxing, base=2020)
    index = indexed.set_index(["indicator", "period", "status"])["value"].sort_index()
    assert set(index["gdp", "2020", "actual"]) == {100}  # on each of its two bases
    scopes = indexed[indexed["indicator"].eq("gdp") & indexed["status"].eq("actual")]["scope"]
    assert set(scopes) == {"after-census-4", "revised-2020"}
    assert index["gdp", "2025", "target"].item() == pytest.approx(8500 / 60.01)
    assert index["pm25", "2015", "actual"].item() == 200
    assert ("gdp", "2024", "actual") not in index.index


def test_ranks_shares_and_open_outcomes_have_no_index(shaoxing):
    index = growth.index_to_base(shaoxing)
    assert set(index["measure"]) == {"index"}
    for slug in (
        "city_economic_strength_rank",
        "rd_intensity",
        "bank_deposits",
        "covid_deaths",
        "real_gdp",
    ):
        assert slug not in set(index["indicator"])


def test_the_views_hold_every_rate_and_level_once_and_keep_its_bound_and_status(shaoxing):
    views = growth.views(shaoxing)
    rates, levels = views[views["view"] == "growth rates"], views[views["view"] == "levels"]
    assert len(rates) == shaoxing["measure"].isin(growth.RATES).sum()
    assert len(levels) == shaoxing["measure"].isin(growth.LEVELS).sum()
    assert set(rates["unit"]) == {"%"}
    panels = levels.assign(panel=[labels.panel(row) for row in levels.itertuples()])
    assert panels.groupby("panel")["unit"].nunique().eq(1).all()
    assert set(views["indicator"]) == set(
        shaoxing["indicator"]
    )  # every figure can be drawn somewhere
    columns = ["indicator", "measure", "period", "status", "bound", "value", "source"]
    kept = shaoxing.loc[shaoxing["measure"].isin(growth.RATES), columns]
    assert rates[columns].to_numpy().tolist() == kept.to_numpy().tolist()


def test_no_line_crosses_a_gap_a_break_a_bound_or_a_target(table):
    drawn = growth.views(table[table["place"] == "shaoxing"])
    for _, joined in drawn[drawn["line"] > 0].groupby("line"):
        assert sorted(joined["start"].unique()) == list(
            range(joined["start"].min(), joined["start"].max() + 1)
        )
        assert (joined["start"] == joined["end"]).all()
        assert (
            joined[["indicator", "measure", "scope", "unit"]]
            .astype("object")
            .fillna("")
            .drop_duplicates()
            .shape[0]
            == 1
        )
        assert set(joined["status"]) <= {"actual", "estimate"} and set(joined["bound"]) <= {
            "exact",
            "about",
        }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "2021: no figure in between"),
        ({"scope": "x", "scope_en": "X"}, "2020–2022: the basis of counting changes"),
        ({"bound": "at_least"}, None),
        ({"status": "target"}, None),
        ({"status": "implied"}, None),
        ({"start": 2021, "end": 2021}, None),
        ({"start": 2016, "end": 2022}, None),
    ],
    ids=str,
)
def test_what_is_between_two_figures_is_told_of_gaps_and_breaks_only(shaoxing, changes, said):
    rows = shaoxing.query("indicator == 'gdp' and measure == 'level' and status == 'actual'")
    one = rows.query("period == '2020'").iloc[[0]].assign(scope="usual", scope_en="Usual")
    later = one.assign(**{"start": 2022, "end": 2022} | changes)
    rows = growth.with_lines(pd.concat([one, later], ignore_index=True))
    first, second = rows.itertuples()
    assert first.after is None
    assert (second.after and labels.between(second).split(", from")[0]) == said
    assert said is None or second.after.start == 2020


def test_the_line_of_gdp_breaks_at_the_census_revisions(shaoxing):
    views = growth.views(shaoxing[shaoxing["indicator"] == "gdp"]).query(
        "view == 'levels' and line > 0"
    )
    lines = {
        line["scope"].iloc[0]: sorted(line["start"].astype(int))
        for _, line in views.groupby("line")
    }
    assert lines == {
        "before-census-4": [2015, 2016, 2017, 2018],
        "final-before-census-4": [2016, 2017],
        "after-census-4": [2019, 2020],
        "revised-2020": list(range(2015, 2024)),
        "after-census-5": [2024, 2025],
    }


@pytest.mark.parametrize(
    "function",
    [
        growth.implied_by_target,
        growth.past_beside_promised,
        growth.index_to_base,
        growth.with_lines,
        growth.views,
    ],
)
def test_no_function_changes_its_input(economy, function):
    before = economy.copy(deep=True)
    function(economy)
    pd.testing.assert_frame_equal(economy, before)


def test_a_gap_is_the_outcome_less_the_target_of_the_same_year(shaoxing):
    found = growth.gaps(shaoxing)
    said = {(row.indicator, row.period): (row.printed, row.unit) for row in found.itertuples()}
    assert said["pm25", "2021"] == ("-3", "µg/m³") and said["good_air_days", "2021"] == (
        "+8.4",
        "percentage points",
    )
    for row in found.itertuples():
        target = growth.the(
            shaoxing, row.indicator, row.period, shaoxing.loc[row.Index, "measure"], "target"
        )
        assert target.as_printed in row.note and row.value == pytest.approx(
            shaoxing.loc[row.Index, "value"] - target.value
        )


def test_an_index_has_the_base_that_was_chosen_and_keeps_to_its_scope(shaoxing):
    for base in range(2015, 2026):
        indexed = growth.index_to_base(shaoxing, base)
        at_base = indexed.query(
            "period == @base and status == 'actual'", local_dict={"base": str(base)}
        )
        assert set(at_base.loc[at_base["bound"] == "exact", "printed"]) <= {"100.0"}
        assert base == growth.BASE_YEAR or set(indexed["scope"].dropna()) <= set(
            at_base["scope"].dropna()
        )
        assert set(indexed["unit"]) <= {f"index, {base} = 100"}


def test_a_required_path_leads_from_the_outcome_to_the_target_at_an_even_rate(shaoxing):
    paths = growth.required_paths(shaoxing)
    assert {"gdp", "gdp_per_capita"} <= set(paths["indicator"]) and "pm25" not in set(
        paths["indicator"]
    )  # PM2.5 was met when it was set
    for _, path in paths.groupby("path"):
        goal, base = path["goal"].iloc[0], path["base"].iloc[0]
        assert list(path["year"]) == list(range(2020, goal.end + 1))
        assert path["value"].iloc[0] == base.value and path["value"].iloc[-1] == pytest.approx(
            goal.value
        )
        assert (path["value"] / path["value"].shift()).dropna().to_numpy() == pytest.approx(
            1 + path["pace"].iloc[0] / 100
        )


def test_other_vintages_are_drawn_but_never_joined_nor_taken_for_the_base(table):
    home = table[table["place"] == "shaoxing"]
    latest = data.latest(home)
    views = growth.views(home.assign(drawn=home.index.isin(latest.index)))
    assert (
        len(views) > len(growth.views(latest)) and (views.loc[~views["drawn"], "line"] == 0).all()
    )
    known = growth.views(latest).set_index(["view", "row"])["printed"]
    drawn = views[views["drawn"]].set_index(["view", "row"])["printed"]
    assert drawn.sort_index().equals(known.sort_index())


def test_a_sentence_takes_the_figure_without_a_scope_and_asks_when_there_is_none(shaoxing):
    pm25 = shaoxing[
        shaoxing["indicator"].eq("pm25")
        & shaoxing["period"].eq("2023")
        & shaoxing["measure"].eq("level")
    ]
    other = pm25.assign(scope="whole-city", value=27.0)
    assert growth.the(pd.concat([pm25, other]), "pm25", "2023").value == 28
    with pytest.raises(
        LookupError,
        match=r"2 figures, not one, .* on different bases \(whole-city, national-sites\): "
        "choose one, as in scope=…, or give the usual one no scope",
    ):
        growth.the(pd.concat([other, pm25.assign(scope="national-sites")]), "pm25", "2023")
    both = pd.concat([other, pm25.assign(scope="national-sites")])
    assert growth.the(both, "pm25", "2023", scope="national-sites").value == 28
    with pytest.raises(LookupError, match="0 figures, not one"):
        growth.the(both, "pm25", "2023", scope="elsewhere")


# --- identifiers of series -----------------------------------------------------------------

SLUGS = st.text("ab@%0245_", max_size=6)  # what an identifier is made of, and its escapes


@given(st.tuples(SLUGS, SLUGS), st.tuples(SLUGS, SLUGS), SLUGS)
def test_distinct_pairs_of_indicator_and_place_have_distinct_series(one, other, home):
    same = growth.series_id(*one, home) == growth.series_id(*other, home)
    assert same == (one == other)


PLAIN = st.from_regex("[a-z][a-z0-9_-]*", fullmatch=True)


@given(PLAIN, PLAIN, PLAIN)
def test_an_ordinary_series_is_called_by_its_slug_and_elsewhere_with_its_place(slug, place, home):
    expected = slug if place == home else f"{slug}@{place}"
    assert growth.series_id(slug, place, home) == expected


def test_the_views_name_each_series_as_series_id_does(table):
    renamed = table["indicator"].astype("str").replace("exports", "gdp@china")
    drawn = growth.views(table.assign(indicator=renamed))
    assert {"gdp", "gdp@china", "gdp%40china"} < set(drawn["series"])
    for row in drawn[["indicator", "place", "series"]].drop_duplicates().itertuples():
        assert row.series == growth.series_id(row.indicator, row.place, "shaoxing")


# --- targets, against a search of the whole table for each ---------------------------------

ABOUT = ["indicator", "place", "measure"]


def outcomes_of(table, target):
    """The outcomes of the indicator, place and measure of a target."""
    same = (table[name].eq(getattr(target, name)) for name in ABOUT)
    found = table["status"].eq("actual")
    for each in same:
        found &= each
    return table[found]


def first_of(rows, period, target, beside=None):
    """The first outcome of a period on the basis of the target, else of another outcome."""
    rows = rows[rows["period"].eq(period)]
    if target.scope and not pd.isna(target.scope):
        rows = rows[rows["scope"].eq(target.scope)]
    if beside is not None:
        alike = rows["scope"].isna() if pd.isna(beside.scope) else rows["scope"].eq(beside.scope)
        rows = pd.concat([rows[alike], rows[~alike]])
    return next(rows.itertuples(index=False), None)


def searched(table, target):
    """What `verdicts` and `with_latest` know of a target, as texts (so that NaN equals NaN)."""
    rows = outcomes_of(table, target)
    known_since = target.published if pd.notna(target.published) else pd.Timestamp("2021-01-01")
    since = str(min(known_since.year, target.start) - 1)
    baseline = first_of(rows, since, target) if target.measure in growth.LEVELS else None
    outcome = first_of(rows, target.period, target, baseline)
    judged = growth.judged(growth.figure(outcome), target) if outcome else "not yet known"
    if outcome and "Cannot be right" in f"{outcome.note} {target.note}":
        judged = "cannot be told"
    met_when_set = baseline and growth.judged(growth.figure(baseline), target) == "met"
    latest = (inf, inf, inf)
    if (
        target.measure in growth.LEVELS
        and target.unit not in ("rank", "years", "years of life", "count")
        and target.start == target.end
    ):
        scope = baseline.scope if baseline else None
        basis = rows["scope"].isna() if pd.isna(scope) else rows["scope"].eq(scope)
        rows = rows[basis & rows["bound"].isin(["exact", "about"]) & rows["start"].le(target.end)]
        known = list(rows.sort_values("start", kind="stable").itertuples())
        good = ("met", "within rounding")
        met = [row.start for row in known if growth.judged(growth.figure(row), target) in good]
        if known:
            latest = (known[-1].value, float(known[-1].start), float(met[0]) if met else inf)
    return list(map(repr, [judged, bool(met_when_set), outcome, baseline, *latest]))


def judged_in(table):
    """The same as `searched`, for each target, as the package finds it."""
    found = growth.with_latest(table, growth.verdicts(table))
    latest = found[["latest", "latest_year", "met_in"]].fillna(inf)
    known = found[["verdict", "met_when_set", "outcome", "baseline"]].join(latest)
    return [[repr(value) for value in row] for row in known.itertuples(index=False)]


def targets_of(table):
    aimed = table["status"].eq("target") & table["measure"].isin([*growth.LEVELS, *growth.RATES])
    return list(table[aimed & table["end"].isin([2021, 2025])].itertuples(index=False))


def test_the_outcomes_of_every_target_are_those_that_a_search_finds(table, shaoxing):
    for rows in (table, shaoxing):
        assert judged_in(rows) == [searched(rows, target) for target in targets_of(rows)]


@pytest.fixture(scope="module")
def several(table):
    """Ten indicators that have targets, in three places with figures and scopes of their own."""
    aimed = table.loc[table["status"] == "target", "indicator"].astype("str").unique()
    some = table[table["indicator"].isin(aimed[::8])].astype({"place": "str", "scope": "str"})
    near, far = (
        some.assign(place=place, value=some["value"] * factor)
        for place, factor in (("near", 0.9), ("far", 1.2))
    )
    return pd.concat([some, near.assign(scope="other"), far], ignore_index=True)


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([None, "near", "other"]))
def test_the_outcomes_are_found_in_any_order_of_rows_and_with_any_scopes(several, random, scope):
    order = random.sample(range(len(several)), len(several))
    rows = several.iloc[order]
    rows = rows.assign(scope=rows["scope"].where(rows["end"] % 2 == 0, scope))
    assert judged_in(rows) == [searched(rows, target) for target in targets_of(rows)]


def a_verdict(table, target, outcomes, **said):
    """The verdict on an exact target level, given as year and value, and rows of outcomes."""
    model = table[table["indicator"].eq("gdp_per_capita") & table["status"].eq("target")].iloc[0]
    years = [target, *outcomes]
    rows = pd.DataFrame([model.to_dict() | {"scope": None} for _ in years]).assign(
        status=["target", *["actual"] * len(outcomes)],
        period=[str(year) for year, _ in years],
        start=[year for year, _ in years],
        end=[year for year, _ in years],
        value=[float(value) for _, value in years],
        **said,
    )
    return growth.verdicts(rows, years=range(2016, 2026)).iloc[0]


@pytest.mark.parametrize(
    "printed, year, baseline",
    [
        ("2021-02-02", 2025, "2020"),
        ("2024-03-05", 2024, "2023"),
        ("2020-04-30", 2018, "2017"),  # printed again beside its outcome
        (None, 2025, "2020"),
        (None, 2020, None),
    ],
)
def test_a_target_was_set_from_the_year_before_it_was_printed(shaoxing, printed, year, baseline):
    published, outcomes = pd.Timestamp(printed), [(each, 9) for each in range(2015, year + 1)]
    found = a_verdict(shaoxing, (year, 8), outcomes, published=published)
    assert found.outcome.period == str(year)
    assert (found.baseline and found.baseline.period) == baseline
    assert found.met_when_set == bool(baseline)


@pytest.mark.parametrize(
    ("known", "last", "better"),
    [
        ([(2020, 5), (2022, 6), (2023, 7)], "2023", -12.5),
        ([(2020, 5), (2023, 9)], "2023", 12.5),
        ([(2019, 7), (2020, 5)], None, None),  # nothing since the target was set
        ([(2020, 5), (2023, 7), (2025, 9)], None, None),  # there is an outcome
    ],
)
def test_what_was_last_known_is_later_than_the_baseline_and_never_an_outcome(
    shaoxing, known, last, better
):
    found = a_verdict(shaoxing, (2025, 8), known)
    assert (found.last_known and found.last_known.period) == last
    assert found.last_by == better or (better is None and pd.isna(found.last_by))
    assert (found.verdict == "not yet known") == (known[-1][0] < 2025)
    if last:
        assert found.last_low < found.last_by < found.last_high
        assert found.outcome is None and pd.isna(found.gap)


def test_what_was_last_known_is_on_the_basis_that_a_target_names_and_can_be_right(shaoxing):
    known = [(2020, 5), (2022, 6), (2023, 7)]
    scopes = {"scope": ["one", "one", "one", "other"]}
    assert a_verdict(shaoxing, (2025, 8), known, **scopes).last_known.period == "2022"
    notes = {"note": ["", "", "", "Cannot be right as printed: ten times …"]}
    assert a_verdict(shaoxing, (2025, 8), known, **notes).last_known.period == "2022"
    bounds = {"bound": ["exact", "exact", "exact", "at_least"]}
    assert a_verdict(shaoxing, (2025, 8), known, **bounds).last_known.period == "2022"


def test_incomes_of_one_source_give_the_last_known_ratio_with_its_range(shaoxing):
    found = growth.verdicts(shaoxing).set_index(["indicator", "period"])
    ratio = found.loc[("urban_rural_income_ratio", "2025")]
    last = ratio["last_known"]
    assert (last.status, last.period, ratio["outcome"]) == ("computed", "2022", None)
    assert {each.indicator for each in last.origins} == {"urban_income", "rural_income"}
    assert len({each.source for each in last.origins}) == 1
    assert last.low < last.value < last.high < 1.7 and ratio["last_high"] < ratio["last_low"]
    assert growth.distance(last, ratio).high < 0
    without = shaoxing[~(shaoxing["indicator"].eq("rural_income") & shaoxing["end"].gt(2020))]
    ratios = growth.verdicts(without).set_index(["indicator", "period"])["last_known"]
    assert ratios[("urban_rural_income_ratio", "2025")] is None


def test_a_target_is_looser_if_all_that_rounds_to_what_was_reached_meets_it(shaoxing):
    for reached, loose in ((9, True), (8, False), (7, False)):  # 8 stands for 7.5 to 8.5
        found = a_verdict(shaoxing, (2025, 8), [(2020, reached)])
        assert found.met_when_set == loose == growth.looser(found, found.baseline)
    assert not growth.looser(found, None)


def test_a_target_met_within_rounding_or_in_doubt_says_so_with_its_year(table, shaoxing):
    judged = growth.with_latest(shaoxing, growth.verdicts(shaoxing, range(2016, 2026)))
    said = {(row.indicator, row.period): labels.reached(row, 5) for row in judged.itertuples()}
    assert said["pm25", "2024"] == "met in 2020 within rounding"  # 28 against at most 28
    assert said["pm25", "2025"] == "met in 2020"
    assert said["exports_national_share", "2025"] == "met in 2020 (in doubt)"


def test_what_cannot_be_right_as_printed_meets_no_target(shaoxing):
    for note, verdict in (
        ("", "met"),
        ("Cannot be right as printed: ten times …", "cannot be told"),
    ):
        assert a_verdict(shaoxing, (2025, 8), [(2025, 9)], note=["", note]).verdict == verdict
        assert a_verdict(shaoxing, (2025, 8), [(2025, 9)], note=[note, ""]).verdict == verdict


def test_a_missing_number_of_a_verdict_is_nan_and_a_missing_row_none(shaoxing):
    found = growth.verdicts(shaoxing)
    numbers = ["gap", "gap_low", "gap_high", "better_by", "baseline_by", "pace"]
    assert set(found[numbers].dtypes) == {np.dtype(float)}
    assert set(found[["met_when_set", "another_basis"]].dtypes) == {np.dtype(bool)}
    for rows in (found["outcome"], found["baseline"]):
        assert {None} == {row for row in rows if not isinstance(row, tuple)}
    nothing = growth.verdicts(shaoxing[shaoxing["status"] != "target"])
    assert nothing.empty and list(nothing.columns) == list(found.columns)


def test_the_paths_of_all_are_those_of_each_indicator_in_each_place(table, several):
    known = ["indicator", "place", "pace", "year", "value"]
    for rows in (data.latest(table), several):
        groups = rows.groupby(["indicator", "place"], observed=True)
        each = pd.concat([growth.required_paths(group)[known] for _, group in groups])
        together = growth.required_paths(rows)
        assert len(together) > 20
        assert together[known].to_numpy().tolist() == each.to_numpy().tolist()
        assert together["path"].nunique() == together.groupby(["goal", "base"]).ngroups


@pytest.mark.parametrize("missing", [float("nan"), None, "", pd.NA])
def test_a_basis_that_is_not_stated_is_no_known_basis_however_it_is_kept(shaoxing, missing):
    scopes = pd.Series([missing] * len(shaoxing), shaoxing.index, dtype=object)
    table = shaoxing.assign(scope=scopes)
    known = growth.verdicts(table).dropna(subset=["outcome", "baseline"])
    assert len(known) and known["another_basis"].all()
    named = growth.verdicts(table.assign(scope="one way")).dropna(subset=["outcome", "baseline"])
    assert len(named) == len(known) and not named["another_basis"].any()


# --- since the first year on the same basis ---


def moved(shaoxing, indicator, year, **changes):
    """How a level of a year has moved since the first; `changes` to that row before."""
    rows = shaoxing[shaoxing["indicator"].eq(indicator) & shaoxing["measure"].isin(growth.LEVELS)]
    rows = list(rows[rows["start"].ge(2015)].itertuples())
    at = next(n for n, row in enumerate(rows) if row.start == year and row.status == "actual")
    rows[at] = rows[at]._replace(**changes)
    return growth.since_first(rows)[at]


def test_a_level_moves_since_the_first_year_on_its_basis_and_on_another_there_is_no_change(
    shaoxing,
):
    same, other = (moved(shaoxing, "pm25", year) for year in (2020, 2021))
    assert (same.first, same.change.value, same.change.unit) == (2015, -50, "%")
    assert same.change.low < -50 < same.change.high
    assert other == growth.Since(2015, None)
    assert moved(shaoxing, "pm25", 2015) is None


def test_a_share_moves_by_percentage_points_and_a_nominal_level_in_nominal_per_cent(shaoxing):
    share, level = (moved(shaoxing, slug, 2020) for slug in ("good_air_days", "urban_income"))
    assert (round(share.change.value, 6), share.change.unit) == (15, "percentage points")
    assert (round(level.change.value, 1), level.change.unit) == (42.7, "%")
    assert (share.change.basis, level.change.basis) == (None, "nominal")


def test_a_bound_or_what_cannot_be_right_has_no_change_where_a_number_has_one(shaoxing):
    assert moved(shaoxing, "pm25", 2020, bound="about").change
    assert moved(shaoxing, "pm25", 2020, bound="at_most") is None
    assert moved(shaoxing, "pm25", 2020, note="Cannot be right") is None
    assert moved(shaoxing, "pm25", 2020, unit="rank") is None
