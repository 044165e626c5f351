"""Questions 07: how do I bring my own table?"""

from ..grading import Choice, Code, Number, Row
from .lookups import PLACES, in_words, value, where


def _years_in_all(tables):
    """The years for which all three places have an outcome of PM2.5."""
    rows = where(tables.drawn, indicator="pm25", measure="level", status="actual")
    return set.intersection(
        *(set(where(rows, place=place)["period"].astype(str)) for place in PLACES)
    )


def _ranking(tables):
    rows = where(
        tables.drawn,
        indicator="gdp_per_capita",
        measure="level",
        period="2020",
        status=["actual", "estimate"],
    )
    return "all" if set(rows["place"]) == set(PLACES) else "gap"


QUESTIONS = {
    "07-1": Number(
        answer=lambda t: float(len(_years_in_all(t))),
        because=lambda t: (
            f"{', '.join(sorted(_years_in_all(t)))}; and even then the three do not count the same "
            "cities and sites."
        ),
        unit="years",
        within=0,
        hints=(
            "Choose “a panel for each place” as the layout of the last chart, and move the year.",
            (
                "The line above the chart says for how many numbers each place has a figure; look "
                "at PM2.5 only."
            ),
        ),
    ),
    "07-2": Row(
        answer=lambda t: where(
            t.drawn, indicator="gdp_per_capita", place="zhejiang", period="2025", status="target"
        ),
        because=lambda t: "It is printed as ‘at least’: a bound, where the city prints a number.",
        among=lambda t: where(
            t.drawn, indicator="gdp_per_capita", period=["2020", "2021", "2024", "2025", "2027"]
        ),
        hints=(
            "Look at the panels of GDP per capita: which place has ‘≥’ beside its diamond at 2025?",
            "China has outcomes only; the city prints an exact target.",
        ),
    ),
    "07-3": Choice(
        answer=_ranking,
        because=lambda t: (
            "Shaoxing has an outcome for 2020 and China one that was only expected; Zhejiang has "
            "none in this table."
            if _ranking(t) == "gap"
            else "All three have a figure for 2020."
        ),
        options={
            "last": (
                "Zhejiang comes last, for it has no mark at 2020.",
                "No mark means that no figure was found, not that it is zero.",
            ),
            "between": (
                "Zhejiang lies between the two: its line of the years before and after shows it.",
                "Between two marks no figure is printed; the line is not drawn for that reason.",
            ),
            "gap": (
                (
                    "Two places have a mark for 2020, one of them an expected outcome; for "
                    "Zhejiang no figure was found, and nothing is said of it."
                ),
                "Look again: all three have a figure for 2020.",
            ),
            "all": (
                "All three can be ranked: each has a figure for 2020.",
                "Move the year to 2020 and read the line above the chart.",
            ),
        },
        argument=(
            "A gap is not a zero, and a value between two printed ones is a guess. The province "
            "surely had a GDP per capita in 2020; this table only does not have it, so the honest "
            "course is to find and enter it with its source, as this page shows. Even then the "
            "marks differ: an outcome, one that was only expected, and bases from before and after "
            "the census of population."
        ),
        hints=(
            "Set the year of the last chart to 2020.",
            "Read what the line above the chart says of each place.",
        ),
    ),
    "07-4": Code(
        answer=lambda t: (
            value(t, "urban_income", "2020", place="zhejiang")
            / value(t, "rural_income", "2020", place="zhejiang")
        ),
        because=lambda t: (
            "The province prints "
            f"{in_words(t, 'urban_rural_income_ratio', '2020', place='zhejiang')}: what you typed "
            "agrees with it within rounding."
        ),
        within=0.005,
        mistakes=(
            (
                lambda t: (
                    value(t, "rural_income", "2020", place="zhejiang")
                    / value(t, "urban_income", "2020", place="zhejiang")
                ),
                "That is the countryside over the town; the ratio is the other way round.",
            ),
            (
                lambda t: (
                    value(t, "urban_income", "2020", place="zhejiang")
                    - value(t, "rural_income", "2020", place="zhejiang")
                ),
                "That is the distance in yuan; divide instead.",
            ),
        ),
        hints=(
            'incomes = mine.set_index("indicator")["value"] has the numbers by indicator.',
            'Divide incomes["urban_income"] by incomes["rural_income"].',
        ),
    ),
}
