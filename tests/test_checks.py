"""Verdicts on targets, and what the figures say about one another."""

import pytest
from indicators import checks, data, growth, labels
from indicators.growth import Figure


@pytest.fixture(scope="module")
def verdicts():
    return growth.verdicts(data.latest(data.load(place="shaoxing")))


class Target:
    def __init__(self, bound, value, better="higher"):
        self.bound, self.value, self.better, self.decimals = bound, value, better, 1


@pytest.mark.parametrize(
    ("low", "high", "bound", "target", "better", "verdict"),
    [
        (8.65, 8.75, "at_least", 7, "higher", "met"),
        (6.45, 6.55, "exact", 6.5, "higher", "within rounding"),
        (6.35, 6.45, "exact", 6.5, "higher", "missed"),
        (26.5, 27.5, "at_most", 30, "lower", "met"),
        (29.5, 30.5, "at_most", 30, "lower", "within rounding"),
        (30.5, 31.5, "at_most", 30, "lower", "missed"),
        (1.695, 1.705, "exact", 1.7, "lower", "within rounding"),
        (82.5, 82.5, "more_than", 82.5, "higher", "within rounding"),
        (82.5, 82.5, "at_least", 82.5, "higher", "met"),
        (7000, growth.OPEN, "exact", 8500, "higher", "cannot be told"),
        (9000, growth.OPEN, "exact", 8500, "higher", "met"),
        (6.45, 6.55, "about", 6.5, "higher", "met"),
        (6.25, 6.35, "about", 6.5, "higher", "missed"),
        (2.85, 2.95, "about", 3, None, "met"),
        (1.55, 1.65, "about", 3, None, "cannot be told"),
        (3.35, 3.45, "exact", 3, None, "cannot be told"),
        (1.55, 1.65, "at_most", 3, None, "met"),
    ],
)
def test_a_verdict_respects_the_bound_and_the_range(low, high, bound, target, better, verdict):
    assert (
        growth.judged(Figure((low + high) / 2, low, high, "x"), Target(bound, target, better))
        == verdict
    )


def test_every_target_for_2021_and_2025_has_a_row_and_a_verdict(verdicts, shaoxing):
    targets = shaoxing[(shaoxing["status"] == "target") & shaoxing["end"].isin([2021, 2025])]
    assert len(verdicts) == len(targets) > 75
    assert set(verdicts["verdict"]) <= {
        "met",
        "missed",
        "within rounding",
        "cannot be told",
        "not yet known",
    }
    unknown = verdicts[verdicts["verdict"] == "not yet known"]
    assert unknown["outcome"].isna().all() and unknown["gap"].isna().all()


def test_the_verdicts_that_are_known(verdicts):
    known = verdicts[verdicts["verdict"] != "not yet known"].set_index(["indicator", "period"])
    assert known.loc[("real_gdp", "2021"), "verdict"] == "met"
    assert known.loc[("real_gdp", "2021"), "gap"] == pytest.approx(1.7)
    assert known.loc[("real_gdp", "2025"), "verdict"] == "met"
    assert (
        known.loc[("gdp", "2025"), "verdict"] == "met"
        and known.loc[("gdp", "2025"), "another_basis"]
    )
    assert known.loc[("pm25", "2021"), "better_by"] == pytest.approx(10)  # % of the target
    assert known.loc[("real_gdp", "2021"), "better_by"] == pytest.approx(1.7)  # percentage points


def test_targets_looser_than_the_outcome_of_2020_are_found(verdicts):
    loose = set(verdicts.loc[verdicts["met_when_set"], "indicator"])
    assert {"pm25", "good_air_days", "exports_national_share"} <= loose
    assert "gdp" not in loose
    assert verdicts.loc[verdicts["met_when_set"], "pace"].isna().all()


@pytest.mark.parametrize(
    ("level", "target", "rate", "start", "year"),
    [
        (100, 121, 10, 2020, 2022),
        (100, 121.1, 10, 2020, 2023),
        (100, 100, 5, 2020, 2020),
        (100, 81, 10, 2020, 2022),
        (100, 200, 0, 2020, None),
    ],
)
def test_the_year_in_which_a_target_is_reached(level, target, rate, start, year):
    assert growth.year_reached(level, target, rate, start) == year


def test_a_verdict_in_words_names_outcome_difference_and_caveats(verdicts):
    said = {
        row.indicator: labels.verdict(row)
        for row in verdicts.itertuples()
        if row.period == "2025" or row.indicator == "real_gdp"
    }
    assert said["gdp"].startswith(
        "met (CNY 893.2 billion, CNY 43.2 billion above the target), but counted on another basis"
    )
    assert said["good_air_days"].startswith(
        "not yet known; already met when it was set; last known"
    )


def test_identities_that_hold_and_that_do_not(table, shaoxing):
    found = checks.identities(shaoxing, data.latest(table[table["place"] == "china"])).set_index(
        "Check"
    )["Agrees"]
    assert set(found[found == checks.DOES_NOT].index) == {
        "General public budget revenue: growth 2016 to 2017",
        "Residents: GDP ÷ GDP per capita, 2020",
        "Exports: share of the nation, 2020",
    }
    assert (found == "within rounding").sum() == len(found) - 3 >= 12


def test_derived_facts_come_with_their_range(shaoxing):
    facts = checks.derived(shaoxing).set_index("Fact")["Value"]
    assert (
        facts["Residents in 2020, implied"] == "about 5.17 million people (5.15 to 5.20)"
    )  # 6000.5 ÷ 11.65 to 6001.5 ÷ 11.55
    assert facts["Built-up area in 2015"].startswith("about 304.7 km²")
    assert facts["GDP, real: average growth 2016–2019"] == "about 6.7% (6.0 to 7.3)"


def test_disagreements_are_those_beyond_rounding(table):
    apart = checks.disagreements(table[table["place"] == "shaoxing"])
    facts = " | ".join(apart["Fact"])
    assert (
        "Life expectancy at birth, 2020" in facts
        and "Fiscal spending on livelihoods, 2021" in facts
    )
    assert "(GDP), 2017" not in facts  # 5108 and 5108.04 agree
    assert all("; " in printed for printed in apart["Published"])


def test_what_cannot_be_right_is_listed_with_its_reason(shaoxing):
    flagged = checks.flagged(shaoxing[shaoxing["source"] == "report-2021"])
    assert len(flagged) == 3 and flagged["Why"].str.contains("per mille").all()
