"""The arithmetic, against oracles that do not use it."""

import csv

import pandas as pd
import pytest
from conftest import ROOT
from indicators import growth


def test_the_average_growth_rate_compounds_to_the_end_level():
    assert growth.average_growth(100, 121, 2) == pytest.approx(10)
    assert growth.average_growth(100, 100, 5) == 0
    level = 6001.0
    for _ in range(5):
        level *= 1 + growth.average_growth(6001, 8500, 5) / 100
    assert level == pytest.approx(8500)


@pytest.mark.parametrize(("start", "end", "years"), [(0, 5, 5), (5, -1, 5), (5, 6, 0)])
def test_an_average_growth_rate_without_levels_or_years_is_refused(start, end, years):
    with pytest.raises(ValueError, match="two levels above zero and at least one year"):
        growth.average_growth(start, end, years)


def test_the_implied_growth_of_gdp_is_known_to_its_decimal_and_that_per_head_only_within_a_range(economy):
    rates = growth.implied_by_target(economy).drop_duplicates("indicator").set_index("indicator")
    assert list(rates.index) == ["gdp", "gdp_per_capita"]
    gdp, head = rates.loc["gdp"], rates.loc["gdp_per_capita"]
    assert gdp["implied"] == pytest.approx(100 * ((8500 / 6001) ** 0.2 - 1))
    assert gdp["implied_low"] < gdp["implied"] < gdp["implied_high"]
    assert round(gdp["implied_low"], 1) == round(gdp["implied_high"], 1) == 7.2
    assert head["implied_low"] == pytest.approx(100 * ((15 / 11.65) ** 0.2 - 1))
    assert head["implied_high"] == pytest.approx(100 * ((15 / 11.55) ** 0.2 - 1))


def test_past_and_promise_are_the_rates_of_the_file_with_two_of_the_three_kinds(table):
    with open(ROOT / "data" / "observations.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
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
    chosen = growth.past_beside_promised(table)
    assert set(chosen["indicator"]) == set(expected)
    for row in chosen.itertuples():
        assert expected[row.indicator].pop((row.measure, row.period, row.status)) == row.printed
    assert not any(expected.values())


def test_an_index_sets_the_outcome_of_the_base_year_to_100(table):
    index = growth.index_to_base(table, base=2020).set_index(["indicator", "period", "status"])["value"]
    assert index["gdp", "2020", "actual"] == 100
    assert index["gdp", "2025", "target"] == pytest.approx(8500 / 60.01)
    assert index["pm25", "2015", "actual"] == 200
    assert "real_gdp" not in index.index.get_level_values(0)


def test_ranks_shares_and_open_outcomes_have_no_index(table):
    index = growth.index_to_base(table)
    assert set(index["measure"]) == {"index"}
    for slug in ("city_economic_strength_rank", "rd_intensity", "bank_deposits", "covid_deaths"):
        assert slug not in set(index["indicator"])


def test_the_views_hold_every_rate_and_level_once_and_keep_its_bound_and_status(table):
    views = growth.views(table)
    rates, levels = views[views["view"] == "growth rates"], views[views["view"] == "levels"]
    assert len(rates) == table["measure"].isin(growth.RATES).sum()
    assert len(levels) == table["measure"].isin(growth.LEVELS).sum()
    assert set(rates["unit"]) == {"%"}
    assert levels.groupby("panel")["unit"].nunique().eq(1).all()
    keys = ["indicator", "measure", "period", "status"]
    same = rates.merge(table, on=keys, suffixes=("", "_table"))
    assert len(same) == len(rates) and (same["bound"] == same["bound_table"]).all() and (same["value"] == same["value_table"]).all()


@pytest.mark.parametrize("function", [growth.implied_by_target, growth.past_beside_promised, growth.index_to_base, growth.views])
def test_no_function_changes_its_input(economy, function):
    before = economy.copy(deep=True)
    function(economy)
    pd.testing.assert_frame_equal(economy, before)
