"""A table carries what was done to it, so that it is made anew from files that have changed."""

import copy
import os

import pandas as pd
import pytest
from conftest import ROOT
from indicators import data, explorers, growth
from indicators.data import provenance

FACT = "indicator == 'gdp' and place == 'shaoxing' and period == '2020' and measure == 'level'"


@pytest.fixture
def own(folder):
    """A file with one printing of each fact, in a folder with its codebook."""
    path = folder.parent / "own.csv"
    rows = pd.read_csv(folder / "observations.csv", dtype=str, keep_default_na=False)
    rows.query(f"{FACT} and status == 'actual'").head(1).to_csv(path, index=False)
    return path


def add_printings(path):
    """Add two printings of the one fact to a file."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    known = pd.read_csv(ROOT / "data" / "sources.csv").query("published > '2022'")["source"]
    others = known[~known.isin(rows["source"])].head(2)
    more = [
        rows.assign(source=source, value=value, as_printed=f"{value}亿元")
        for source, value in zip(others, ("6012", "6034"), strict=True)
    ]
    pd.concat([rows, *more]).to_csv(path, index=False)


def test_printings_that_come_are_shown_when_the_table_was_not_narrowed_to_its_latest(own):
    whole, drawn = data.load(own), data.latest(data.load(own))
    pd.testing.assert_frame_equal(whole, drawn)  # so that their lengths tell nothing
    add_printings(own)
    assert len(provenance.reloaded(whole)) == 3
    assert len(provenance.reloaded(drawn)) == 1
    pd.testing.assert_frame_equal(provenance.reloaded(drawn), data.latest(data.load(own)))


@pytest.mark.parametrize("narrow", [lambda table: table, data.latest])
def test_an_explorer_that_loads_again_draws_what_a_new_one_does(own, narrow):
    state = {"vintages": "all", "view": "levels"}
    explorer = explorers.IndicatorExplorer(narrow(data.load(own)), ["gdp"], **state)
    assert len(explorer.data) == 1
    add_printings(own)
    explorer.hear({"seen": True})
    explorer.notice.children[1].click()
    new = explorers.IndicatorExplorer(narrow(data.load(own)), ["gdp"], **state)
    assert len(explorer.data) == len(new.data) == (1 if narrow is data.latest else 3)
    assert explorer.chart.to_dict() == new.chart.to_dict()


def test_steps_are_repeated_in_order_for_the_rows_that_they_were_done_for(folder):
    table = data.load(folder)
    city = data.latest(table[table["place"] == "shaoxing"])
    targets = growth.with_latest(city, growth.verdicts(city[city["theme"] == "growth"]))
    found = provenance.reloaded(targets[targets["place"] == "shaoxing"])
    assert found["verdict"].tolist() == targets["verdict"].tolist()
    pd.testing.assert_frame_equal(found[["latest", "met_in"]], targets[["latest", "met_in"]])
    assert set(found["theme"]) == {"growth"} < set(city["theme"])


def test_arguments_of_a_step_are_repeated_with_it(folder):
    targets = growth.verdicts(data.latest(data.load(folder)), years=(2021,))
    assert set(targets["end"]) == {2021} == set(provenance.reloaded(targets)["end"])


def test_each_file_is_loaded_once_for_all_steps_that_need_it(folder):
    city, calls = data.latest(data.load(folder)), []
    origin = provenance.origin(city).origins[0]
    loader = origin.loader
    object.__setattr__(origin, "loader", lambda *given: calls.append(given) or loader(*given))
    provenance.reloaded(growth.with_latest(city, growth.verdicts(city)))
    assert len(calls) == 1


def test_the_call_of_a_table_makes_the_same_table(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    table = data.load("data", place="china")
    for found, expected in [
        (table, "data.load('data', place='china')"),
        (data.latest(table), "data.latest(data.load('data', place='china'))"),
        (data.together(table), "data.together(data.load('data', place='china'))"),
    ]:
        said = provenance.call(provenance.origin(found))
        assert said == expected
        pd.testing.assert_frame_equal(eval(said, {"data": data}), found)
    assert provenance.call(provenance.origin(growth.verdicts(data.latest(table)))) == "table"


def test_what_is_made_of_a_table_made_by_hand_is_made_by_hand(table):
    hand = pd.DataFrame(table.to_dict("list")).astype(dict(table.dtypes))
    assert provenance.origin(data.latest(hand)) is None
    assert provenance.origin(data.together(hand.iloc[:1])) is None
    newest = data.latest(table)
    assert provenance.origin(growth.with_latest(hand, growth.verdicts(newest))) is None
    assert provenance.origin(growth.with_latest(newest, growth.verdicts(newest))) is not None


def test_what_a_table_carries_is_not_copied_with_it(table):
    newest = data.latest(table)
    for made in (provenance.origin(table), provenance.origin(newest), provenance.extent(table)):
        assert copy.deepcopy(made) is made
    assert provenance.origin(newest[newest["value"] > 0]) is provenance.origin(newest)


def test_tables_without_places_or_themes_can_be_narrowed_too(table):
    fewer = table.drop(columns="theme")
    assert len(data.latest(fewer)) == len(data.latest(table))
    assert len(provenance.reloaded(fewer[fewer["place"] == "china"])) == sum(
        table["place"] == "china"
    )


def test_a_table_of_one_place_gets_the_themes_that_come_to_it(folder):
    table = data.load(folder)
    themes = [set(table[table["place"] == place]["theme"]) for place in ("shaoxing", "china")]
    new = sorted(themes[0] - themes[1])[0]  # a theme that the nation has no figure of
    fewer, more = table[table["place"] == "china"], table[table["theme"] == new]
    path = folder / "observations.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    slug = table[table["theme"] == new]["indicator"].astype(str).iloc[0]
    row = rows[rows["indicator"] == slug].head(1)
    nation = rows[(rows["place"] == "china") & (rows["period"] == "2021")].iloc[0]
    own = {"place": "china", "source": nation["source"], "locator": nation["locator"]}
    pd.concat([rows, row.assign(**own)]).to_csv(path, index=False)
    now = data.load(folder)
    for narrowed, expected in [
        (fewer, now[now["place"] == "china"]),
        (more, now[now["theme"] == new]),
        (fewer[fewer["theme"] == "growth"], now.query("place == 'china' and theme == 'growth'")),
    ]:
        assert len(provenance.reloaded(narrowed)) == len(expected)
    assert len(provenance.reloaded(fewer)) == len(fewer) + 1


def test_rows_left_out_other_than_by_place_or_theme_are_known_and_their_return_is_said(own):
    add_printings(own)
    table = data.load(own)
    few = table[table["source"] == table["source"].iloc[0]]
    explorer = explorers.IndicatorExplorer(few, ["gdp"], view="levels")
    assert explorer.code().splitlines()[1].startswith("explorers.IndicatorExplorer(table, ")
    os.utime(own, (0, 0))
    explorer.hear({"seen": True})
    explorer.notice.children[1].click()
    assert "left out for a reason other than place or theme" in explorer.notice.children[0].value
    assert "data.load(" in explorer.code()


def test_places_themes_and_steps_are_no_rows_left_out(table):
    newest = data.latest(table)
    whole = [
        table,
        newest[newest["place"] == "china"],
        data.latest(table[table["theme"] == "growth"]),
        growth.with_latest(newest, growth.verdicts(newest)),
        table.drop(columns="theme"),
    ]
    assert [provenance.masked(each) for each in whole] == [False] * len(whole)
    cut = newest[newest["value"] > 0], data.latest(table[table["status"] == "actual"])
    assert [provenance.masked(each) for each in cut] == [True, True]
