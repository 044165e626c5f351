"""An index from printed growth rates, and charts of one indicator in several places."""

import math

import pandas as pd
import pytest
import vl_convert
from indicators import charts, data, growth, labels
from indicators.charts import renderer
from indicators.growth import figure


@pytest.fixture(scope="module")
def table(every):  # the drawn vintages
    return data.latest(every)


@pytest.fixture(scope="module")
def chain(table):
    return growth.chained(table, "real_gdp", 2016)


def of(chain, place):
    return chain[chain["place"].eq(place)].set_index("end")


def rates_of(table, place):
    yearly = table["measure"].eq("growth_rate") & table["status"].eq("actual")
    rows = table[yearly & table["indicator"].eq("real_gdp") & table["place"].eq(place)]
    return rows[rows["start"].eq(rows["end"])].set_index("end").sort_index()


@pytest.mark.parametrize("place", ["shaoxing", "zhejiang", "china"])
def test_a_chain_is_the_product_of_the_printed_rates(table, chain, place):
    index, rates = of(chain, place), rates_of(table, place)["value"]
    assert index.loc[2016, "value"] == 100
    for year, value in index["value"].items():
        between = rates.loc[min(year, 2016) + 1 : max(year, 2016)] / 100
        product = math.prod(1 + between)
        assert value == pytest.approx(100 * (product if year > 2016 else 1 / product))


def test_a_chain_ends_before_the_first_year_without_a_printed_rate(table, chain):
    for place in ("shaoxing", "zhejiang", "china"):
        index, rates = of(chain, place), rates_of(table, place)
        assert list(index.index) == list(range(index.index.min(), index.index.max() + 1))
        assert index.index.max() + 1 not in rates.index
        assert index.index.min() not in rates.index
        assert set(rates.loc[index.index.min() + 1 : index.index.max()].index) < set(index.index)


def test_the_range_of_a_chain_holds_every_rate_that_rounds_to_the_printed_one(table, chain):
    index, rates = of(chain, "shaoxing"), rates_of(table, "shaoxing")
    low = high = 100.0
    for year in range(2017, index.index.max() + 1):
        rate = figure(rates.loc[year])
        low, high = low * (1 + rate.low / 100), high * (1 + rate.high / 100)
        assert (index.loc[year, "low"], index.loc[year, "high"]) == pytest.approx((low, high))


def test_the_yearly_rates_of_the_13th_plan_give_the_printed_average(table):
    index = of(growth.chained(table, "real_gdp", 2015), "shaoxing").loc[2020]
    average = figure(
        growth.the(table, "real_gdp", "2016/2020", "average_growth_rate", place="shaoxing")
    )
    low, high = (100 * ((index[end] / 100) ** 0.2 - 1) for end in ("low", "high"))
    assert low <= average.high and average.low <= high


def test_nothing_that_is_chained_is_an_outcome_or_names_a_target_or_a_span(table, chain):
    assert set(chain["status"]) == {"computed"}
    assert set(chain["measure"]) == {"index"}
    used = table.loc[sorted({label for each in chain["of"] for label in each})]
    assert set(used["status"]) == {"actual"} and set(used["measure"]) == {"growth_rate"}
    assert (used["start"] == used["end"]).all()


def test_without_a_rate_beside_the_base_there_is_no_chain(table):
    assert growth.chained(table, "real_gdp", 1990).empty
    gone = table[~(table["place"].eq("china") & table["period"].isin(["2016", "2017"]))]
    assert set(growth.chained(gone, "real_gdp", 2016)["place"]) == {"shaoxing", "zhejiang"}


def test_the_course_of_a_place_is_told_by_its_printed_rates(table):
    course = growth.course(table, "real_gdp", "shaoxing", "china", 2015)
    own, others = rates_of(table, "shaoxing"), rates_of(table, "china")
    after = own.loc[2016:]["value"]
    assert (course.slowest.value, course.fastest.value) == (after.min(), after.max())
    assert course.without == sorted(set(range(2016, after.index.max())) - set(after.index))
    assert course.compared == sorted(set(after.index) & set(others.index))
    # all differences are wider than the rounding of the two rates
    assert course.faster == [y for y in course.compared if after[y] > others.loc[y, "value"] + 0.05]
    chains = growth.chained(table, "real_gdp", 2015)
    for place, growth_since in (("shaoxing", course.growth), ("china", course.other)):
        assert growth_since.value == of(chains, place).loc[course.last, "value"] - 100
    assert course.last == min(of(chains, place).index.max() for place in ("shaoxing", "china"))


def test_places_without_a_common_year_have_no_course(table):
    gap = table[~(table["place"].eq("zhejiang") & table["period"].eq("2016"))]
    with pytest.raises(LookupError, match="no chain of real_gdp after 2015 for both"):
        growth.course(gap, "real_gdp", "shaoxing", "zhejiang", 2015)


# --- charts ---


def drawn(chart):
    return vl_convert.vegalite_to_svg(renderer.ready(chart.to_dict()))


def test_places_are_drawn_in_one_chart_with_every_basis_named_beneath(table):
    rows = table[table["indicator"].eq("pm25") & table["measure"].eq("level")]
    chart = charts.by_place(growth.with_lines(rows), "Dust")
    svg = drawn(chart)
    for row in rows[rows["status"].eq("actual")].itertuples():
        assert labels.counted(row) in svg
        assert labels.sentence(row) in chart.description
    assert all(f">{place}<" in svg for place in ("Shaoxing", "Zhejiang", "China"))


def test_places_that_all_count_alike_have_no_list_of_bases(chain):
    chart = charts.by_place(growth.with_lines(chain), "Index", from_zero=False)
    assert len(chart.vconcat) == 1
    assert "Open circle: computed." in chart.title.subtitle[0]
    assert "target" not in chart.title.subtitle[0]


def test_a_place_keeps_its_colour_whichever_others_are_drawn(table):
    def colours(rows):
        chart = charts.by_place(growth.with_lines(rows), "Energy").to_dict()
        scale = chart["vconcat"][0]["layer"][0]["encoding"]["color"]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))

    rates = table[table["measure"].eq("growth_rate")]
    every = colours(rates[rates["indicator"].eq("real_gdp")])
    fewer = colours(rates[rates["indicator"].eq("energy_intensity")])
    assert set(every) > set(fewer) and fewer.items() <= every.items()


def test_the_title_of_the_chart_of_fine_dust_holds_for_every_outcome(table):
    dust = table[table["indicator"].eq("pm25") & table["place"].eq("shaoxing")]
    dust = dust[dust["measure"].eq("level") & dust["status"].eq("actual")]
    limits = data.benchmarks().set_index("benchmark")["value"]
    above = dust["value"].gt(limits["national-class-2"])
    assert {*dust.loc[above, "start"]} == {2015, 2018} and dust.loc[~above, "start"].min() > 2018
    assert not pd.isna(dust["value"]).any()
