"""What notebook 03 computes: a purpose beside the budget, places side by side, a share's past."""

import pytest
from budget import PARTS, WHOLE, budget
from indicators import checks, data, explorers, growth, labels

PLACES = ["shaoxing", "zhejiang", "china"]
INCOMES = ["urban_income", "rural_income"]


@pytest.fixture(scope="module")
def drawn(table):
    return data.latest(table)


@pytest.fixture(scope="module")
def courses(table):
    return growth.parts_over_span(growth.composition(budget(table), WHOLE, PARTS))


def test_a_part_runs_from_its_first_to_its_last_amount_beside_the_whole_in_these_years(courses):
    found = {course.first.indicator: course for course in courses}
    schools = found["schools"]
    assert (schools.first.printed, schools.last.printed) == ("300", "350")
    assert schools.rate.value == pytest.approx(100 * ((350 / 300) ** 0.5 - 1))
    assert schools.of_whole.value == pytest.approx(10)
    against = {slug: course.against for slug, course in found.items()}
    assert against == dict.fromkeys(["schools", "roads", "culture"], "lower") | {
        "pensions": "higher"
    }


def test_a_course_does_not_cross_a_break_of_the_basis(courses):
    years = {course.first.indicator: (course.first.start, course.last.start) for course in courses}
    assert years == {
        "schools": (2019, 2021),
        "pensions": (2019, 2021),
        "roads": (2019, 2021),
        "culture": (2020, 2021),
    }


def test_a_part_as_fast_as_the_whole_within_rounding_is_neither_faster_nor_slower(table):
    rows = budget(table)
    last = rows["indicator"].eq("schools") & rows["measure"].eq("level") & rows["start"].eq(2021)
    rows.loc[last, ["value", "printed", "decimals"]] = [363.0, "363", 0]
    (schools, *_) = growth.parts_over_span(growth.composition(rows, WHOLE, PARTS))
    assert schools.against == "same"


@pytest.mark.parametrize(("language", "faster"), [("en", "faster than the total"), ("zh", "快于")])
def test_a_course_is_told_in_words(courses, language, faster):
    told = labels.parts_over_span(courses, language)
    row = told[told["Part"].str.lower().eq("pensions")].iloc[0]
    assert row["Years"] == "2019–2021" and faster in row["Compared with the total"]
    assert (row["First amount"], row["Last amount"]) == {
        "en": ("CNY 20 billion", "CNY 27 billion"),
        "zh": ("200亿元", "270亿元"),
    }[language]


def test_purposes_of_the_nation_that_outgrew_the_budget_have_a_larger_share_of_it(drawn):
    rows = growth.composition(drawn, "general_public_budget_expenditure", growth.SPENDING[:10])
    shares = rows[rows["view"].eq("shares") & rows["place"].eq("china")]
    share = {(row.indicator, row.start): row.value for row in shares.itertuples()}
    courses = growth.parts_over_span(rows)
    assert len(courses) > 8 and {course.against for course in courses} == {"higher", "lower"}
    for first, last, *_, against in courses:
        gained = share[last.indicator, last.start] > share[first.indicator, first.start]
        assert gained == (against == "higher"), first.indicator


@pytest.mark.parametrize("view", growth.COMPOSED)
def test_the_sources_of_what_is_computed_are_those_of_its_printed_figures(drawn, view):
    parts = growth.SPENDING[:10]
    explorer = explorers.CompositionExplorer(
        drawn, "general_public_budget_expenditure", parts, view
    )
    titles = {labels.source(row, "en") for row in drawn.itertuples()}
    said = explorer.sources.value
    assert "computed from" not in said
    assert any(title in said for title in titles)


def test_places_stand_side_by_side_in_the_last_year_that_most_have_on_one_basis(drawn):
    rows = growth.side_by_side(drawn, [*INCOMES, "life_expectancy"], PLACES)
    assert list(dict.fromkeys(rows["indicator"])) == [*INCOMES, "life_expectancy"]
    for slug in INCOMES:
        (year,) = rows.loc[rows["indicator"].eq(slug), "end"].unique()
        known = drawn[drawn["indicator"].eq(slug) & drawn["measure"].eq("level")]
        later = known[known["end"].gt(year) & known["status"].eq("actual")]
        assert later.groupby("end")["place"].nunique().max() < 3
        assert rows["indicator"].eq(slug).sum() == 3
    assert rows.groupby("indicator", observed=True)["scope"].nunique(dropna=False).max() == 1


def test_a_place_without_a_figure_has_a_dash_beside_the_others(drawn):
    rows = growth.side_by_side(drawn, [*INCOMES, "life_expectancy"], PLACES)
    told = labels.side_by_side(rows).set_index("Indicator")
    assert list(told.columns) == ["Year", "Shaoxing", "Zhejiang", "China"]
    assert told.loc["Life expectancy at birth", "China"] == "–"
    assert told.loc["Life expectancy at birth", "Shaoxing"].endswith("years")


def test_both_printings_of_2021_lead_back_to_one_budget_and_to_two_shares(table):
    facts = checks.livelihoods(table[table["place"].eq("shaoxing")])
    headings = ["CNY 54.35819 billion", "CNY 52.8 billion"]
    assert list(facts.columns) == ["Fact", *headings, "How"]
    told = facts.set_index("Fact")
    whole = told.loc["All spending, 2021", headings]
    assert all("71.4" in text for text in whole)
    # by hand: 528 / 1.061 / (714 / 1.071), and the same with 543.5819
    assert list(told.loc["Share of all spending, 2020", headings]) == [
        "about 76.8% (76.7 to 77.0)",
        "about 74.6% (74.5 to 74.8)",
    ]


def test_the_five_years_are_the_four_before_2020_and_2020_itself():
    five, share, all_of_2020, spent = 2153.3, 0.772, 714 / 1.071, 528 / 1.061
    earlier = (five - spent) / (five / share - all_of_2020)
    facts = checks.livelihoods(data.load(place="shaoxing")).set_index("Fact")
    told = facts.loc["Share of all spending, 2016–2019", "CNY 52.8 billion"]
    assert told.startswith(f"about {100 * earlier:.1f}%")
