"""Figures in words."""

import pandas as pd
import pytest
from indicators import labels


@pytest.mark.parametrize(
    ("indicator", "measure", "period", "status", "said"),
    [
        ("real_gdp", "growth_rate", "2021", "target", "at least 7%"),
        ("gdp", "level", "2025", "target", "8500 × 100 million CNY"),
        ("pm25", "level", "2025", "target", "at most 30 µg/m³"),
        ("rd_intensity", "share", "2021", "target", "about 2.9%"),
        ("life_expectancy", "level", "2025", "target", "more than 82.5 years"),
        ("work_accidents", "growth_rate", "2016/2020", "actual", "−95.8%"),
        ("exports_national_share", "change", "2016/2020", "actual", "1.4 percentage points"),
        ("urban_rural_income_ratio", "level", "2020", "actual", "1.72 to 1"),
        ("city_economic_strength_rank", "level", "2020", "actual", "rank 31"),
        ("lifts_added", "level", "2020", "actual", "168"),
        ("health_codes", "level", "2020", "actual", "more than 860 × 10,000 codes"),
        ("urban_income", "level", "2020", "actual", "66694 CNY"),
    ],
)
def test_a_figure_is_said_with_its_bound_its_digits_and_its_unit(shaoxing, indicator, measure, period, status, said):
    assert labels.say(shaoxing, indicator, measure, period, status) == said


def test_a_sentence_that_asks_for_no_figure_or_for_two_is_an_error(table):
    with pytest.raises(LookupError, match="0 figures, not one"):
        labels.say(table, "gdp", "level", "1999")
    with pytest.raises(LookupError, match="2 figures, not one"):
        labels.say(table.iloc[[0, 0]], "gdp", "level", "2020")


def test_a_total_over_five_years_is_never_called_yearly(table):
    total = labels.worded(table.query("indicator == 'criminal_cases'")).iloc[0]
    assert total["Description"] == "Criminal cases, 2016–2020: −62.7% (total growth over the span, outcome)"


def test_a_tooltip_has_no_raw_column_name_and_no_empty_cell(table):
    worded = labels.worded(table)
    assert not set(labels.TOOLTIP) & set(table.columns)
    assert (worded[labels.TOOLTIP] != "").all(axis=None)


def test_a_table_of_texts_keeps_every_word_and_takes_none_for_markup():
    frame = pd.DataFrame({"Fact": ["a | b", "<b>" + "x" * 300], "Value": ["1", "2"]})
    lines = labels.table(frame).splitlines()
    assert lines[:2] == ["| Fact | Value |", "| --- | --- |"]
    assert lines[2] == "| a &#124; b | 1 |" and lines[3] == f"| &lt;b&gt;{'x' * 300} | 2 |"
