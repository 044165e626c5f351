"""Questions 06: what else would you like to know?"""

from ...growth import the
from ..grading import Choice, Code, Number
from .lookups import PLACES, average_growth, in_words, value, where


def _most_equal(tables):
    return min(
        PLACES, key=lambda place: value(tables, "urban_rural_income_ratio", "2020", place=place)
    )


def _population(tables):
    rows = where(tables.city, indicator="resident_population", measure="level", status="actual")
    return rows[rows["start"] > 2021]


def _next_target(tables):
    start, target = value(tables, "gdp", "2025"), the(tables.city, "gdp", "2027", status="target")
    return average_growth(start, float(target.value), 2)


def _slower(tables):
    return (
        "slower" if _next_target(tables) < value(tables, "gdp", "2025", "growth_rate") else "faster"
    )


def _everywhere(tables):
    return tables.every.groupby("indicator", observed=True)["place"].nunique()


QUESTIONS = {
    "06-1": Choice(
        answer=_most_equal,
        because=lambda t: (
            "; ".join(
                f"{name}: {in_words(t, 'urban_rural_income_ratio', '2020', place=place)}"
                for place, name in PLACES.items()
            )
            + "."
        ),
        options={
            place: (name, "A lower ratio is more equal: compare the three marks of 2020.")
            for place, name in PLACES.items()
        },
        hints=(
            "Search for ratio, choose it alone, and choose all three under “Places”.",
            "The ratio is urban income over rural income.",
        ),
    ),
    "06-2": Number(
        answer=lambda t: float(len(_population(t))),
        because=lambda t: f"They are for {', '.join(_population(t)['period'].astype(str))}.",
        unit="years",
        within=0,
        mistakes=(
            (
                lambda t: float(
                    where(t.city, indicator="resident_population", measure="level")[
                        "period"
                    ].nunique()
                ),
                "That counts all years with an outcome; the question is about those after 2021.",
            ),
        ),
        hints=(
            "Search for population, choose the residents alone, and the view “levels”.",
            "Set the first of the “Years” to 2022: how many years have a filled or an open circle?",
        ),
    ),
    "06-3": Choice(
        answer=_slower,
        because=lambda t: (
            f"From {in_words(t, 'gdp', '2025')} in 2025, "
            f"{in_words(t, 'gdp', '2027', status='target')} in 2027 needs {_next_target(t):.1f}% a "
            "year; the published nominal growth of 2025 is "
            f"{in_words(t, 'gdp', '2025', 'growth_rate')}."
        ),
        options={
            "slower": (
                "It asks for less growth a year than in 2025.",
                (
                    "Compute the constant growth rate from the outcome of 2025 to the target, and "
                    "compare it with the published nominal growth rate."
                ),
            ),
            "faster": (
                "It asks for more growth a year than in 2025.",
                "There are two years from 2025 to 2027, not one: what is the average?",
            ),
            "real": (
                (
                    "It cannot be compared, because the growth of 2025 is real and the target is "
                    "an amount."
                ),
                "A nominal growth rate was published, too: that of GDP at the prices of each year.",
            ),
        },
        argument=(
            "Two levels give a nominal growth rate, and a nominal rate was published for 2025: "
            "these two can be compared. The target then asks for a little less than the growth of "
            "2025. But prices matter, too: when they fall, the same nominal growth needs more real "
            "growth. The target is ‘at least’, so a higher GDP would also meet it. And its basis "
            "is not named, while GDP of 2025 is counted on the basis of an economic census."
        ),
        hints=(
            (
                "Search for GDP, choose Gross domestic product (GDP), “levels” for the amounts and "
                "“growth rates” for the rate."
            ),
            "From 2025 to 2027 there are two years: take the square root of the ratio.",
        ),
    ),
    "06-4": Code(
        answer=lambda t: float((_everywhere(t) == 3).sum()),
        because=lambda t: (
            f"Of {len(_everywhere(t))} indicators, {int((_everywhere(t) == 3).sum())} have a "
            "figure for each of the three places, though not always for the same year."
        ),
        within=0,
        mistakes=(
            (
                lambda t: float((_everywhere(t) > 1).sum()),
                "That also counts the indicators with two places.",
            ),
            (lambda t: float(len(_everywhere(t))), "That counts all indicators."),
        ),
        hints=(
            (
                'every.groupby("indicator", observed=True)["place"].nunique() counts the places of '
                "each indicator."
            ),
            "(… == 3).sum() counts those that have three.",
        ),
    ),
}
