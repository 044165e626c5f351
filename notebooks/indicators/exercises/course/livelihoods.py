"""Questions 03: what was spent on livelihoods?"""

from ..grading import Choice, Code, Number, Row
from .lookups import in_words, value, where


def _grown(tables, indicator):
    return 100 * value(tables, indicator, "2022") / value(tables, indicator, "2015")


def _distance(tables, year):
    return value(tables, "urban_income", year) - value(tables, "rural_income", year)


def _closing(tables):
    ratio = value(tables, "urban_rural_income_ratio", "2020") < value(
        tables, "urban_rural_income_ratio", "2019"
    )
    money = _distance(tables, "2020") < _distance(tables, "2019")
    return {
        (True, True): "both",
        (True, False): "ratio",
        (False, True): "money",
        (False, False): "neither",
    }[ratio, money]


def _distances(tables):
    incomes = where(
        tables.city, indicator=["urban_income", "rural_income"], measure="level", status="actual"
    )
    wide = incomes.astype({"period": str, "indicator": str}).pivot(
        index="period", columns="indicator", values="value"
    )
    return (wide["urban_income"] - wide["rural_income"]).dropna()


QUESTIONS = {
    "03-1": Number(
        answer=lambda t: _grown(t, "rural_income") - _grown(t, "urban_income"),
        because=lambda t: (
            f"With 2015 = 100, 2022 is {_grown(t, 'rural_income'):.1f} in the countryside and "
            f"{_grown(t, 'urban_income'):.1f} in town."
        ),
        unit="index points",
        within=0.2,
        mistakes=(
            (
                lambda t: (_grown(t, "rural_income") / _grown(t, "urban_income") - 1) * 100,
                "That is one index in % of the other; take one from the other.",
            ),
            (
                lambda t: (
                    100 * value(t, "rural_income", "2022") / value(t, "rural_income", "2020")
                    - 100 * value(t, "urban_income", "2022") / value(t, "urban_income", "2020")
                ),
                "That is with 2020 = 100; set the base year to 2015.",
            ),
        ),
        hints=(
            "Choose the view “index” and set “Base year” to 2015.",
            "Take the index of the town from that of the countryside, both for 2022.",
        ),
    ),
    "03-2": Row(
        answer=lambda t: where(
            t.city, indicator="minimum_living_allowance_monthly", scope="from-november"
        ),
        because=lambda t: (
            "Two amounts were in force in 2024; each has its own row, and its basis says in which "
            "months."
        ),
        among=lambda t: where(
            t.city,
            indicator=[
                "minimum_living_allowance",
                "minimum_living_allowance_monthly",
                "basic_pension",
            ],
        ),
        hints=(
            "Search for 最低生活 or allowance, choose the monthly standard, and tick the table.",
            "The column Basis says which months of 2024 each amount was for.",
        ),
    ),
    "03-3": Choice(
        answer=_closing,
        because=lambda t: (
            f"The ratio went from {in_words(t, 'urban_rural_income_ratio', '2019')} to "
            f"{in_words(t, 'urban_rural_income_ratio', '2020')}; the distance from "
            f"{_distance(t, '2019'):,.0f} CNY to {_distance(t, '2020'):,.0f} CNY."
        ),
        options={
            "both": (
                "The countryside caught up: the ratio fell and the distance in yuan shrank.",
                "Take the two incomes of 2019 from each other, and those of 2020.",
            ),
            "ratio": (
                (
                    "The ratio fell, but the distance in yuan grew: both may be said, and only "
                    "together are they fair."
                ),
                "Look at both once more, the ratio and the distance in yuan.",
            ),
            "money": (
                "The distance in yuan shrank, but the ratio rose.",
                "Choose the ratio itself: which of the two years has the higher one?",
            ),
            "neither": (
                "The countryside fell back: the ratio and the distance in yuan both grew.",
                "Choose the ratio itself: which of the two years has the higher one?",
            ),
        },
        argument=(
            "A target that is set as a ratio can be met while the distance in money grows: the "
            "lower income needs only the faster rate. Ratio and distance answer different "
            "questions, equality of chances to buy and equality of amounts. Prices differ between "
            "town and countryside, and both figures are averages. A fair sentence gives both, and "
            "says which of them the target is about."
        ),
        hints=(
            "The view “levels” has both incomes of both years: take one from the other.",
            "Search for ratio, and choose it: its panel has its own unit.",
        ),
    ),
    "03-4": Code(
        answer=_distances,
        because=lambda t: (
            f"It grew in every printed year, from {_distances(t).iloc[0]:,.0f} CNY in "
            f"{_distances(t).index[0]} to {_distances(t).iloc[-1]:,.0f} CNY in "
            f"{_distances(t).index[-1]}."
            if _distances(t).is_monotonic_increasing
            else "It did not grow in every printed year."
        ),
        within=0.5,
        hints=(
            (
                'incomes = table[table["measure"] == "level"].astype({"indicator": '
                'str}).pivot_table(index="period", columns="indicator", values="value", '
                "observed=True) has a column for each indicator."
            ),
            'Take incomes["rural_income"] from incomes["urban_income"].',
        ),
    ),
}
