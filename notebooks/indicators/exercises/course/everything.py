"""Questions 06: what else would you like to know?"""

from ...growth import the
from ..grading import Choice, Code, Number
from ..wording import said
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
        because=lambda t: said(
            "Shaoxing: {}; Zhejiang: {}; China: {}.",
            *(in_words(t, "urban_rural_income_ratio", "2020", place=place) for place in PLACES),
        ),
        options={
            "shaoxing": (PLACES["shaoxing"], "Compare its ratio of 2020 with the two others."),
            "zhejiang": (
                PLACES["zhejiang"],
                "Its ratio lies between the two others: a lower one is more equal.",
            ),
            "china": (
                PLACES["china"],
                "Its ratio is the highest, so the distance between town and country is the widest.",
            ),
            "none": (
                "It cannot be told, because the incomes themselves differ between the places",
                "A ratio compares town and country within one place, so the level does not matter.",
            ),
        },
        hints=(
            "Search for ratio, choose it alone, and choose all three under “Places”.",
            "The ratio is urban income over rural income: equal incomes have a ratio of 1.",
            "Point at the three marks of 2020: which is the closest to 1?",
        ),
    ),
    "06-2": Number(
        answer=lambda t: float(len(_population(t))),
        because=lambda t: said(
            "They are for {}.", said(", ").join(_population(t)["period"].astype(str))
        ),
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
            (
                lambda t: float(len(_population(t)) + 1),
                (
                    "Is one too many among them? 2021 does not count, nor does a year without a "
                    "published outcome."
                ),
            ),
            (
                lambda t: float(max(_population(t)["start"])),
                "That is the last year; the question asks how many years there are.",
            ),
            (
                lambda t: float(len(_population(t)) - 1),
                "One is missing: an outcome printed as ‘about’ is published, too.",
            ),
        ),
        hints=(
            "Search for population, choose the residents alone, and the view “levels”.",
            "Set the first of the “Years” to 2022, for 2021 itself does not count.",
            "How many years have a filled or an open circle? Open means ‘about’, and counts.",
        ),
    ),
    "06-3": Choice(
        answer=_slower,
        because=lambda t: said(
            "From {} in 2025, {} in 2027 needs {:.1f}% a year; the published nominal growth of "
            "2025 is {}.",
            in_words(t, "gdp", "2025"),
            in_words(t, "gdp", "2027", status="target"),
            _next_target(t),
            in_words(t, "gdp", "2025", "growth_rate"),
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
            "half": (
                "It asks for more, because the whole step to 2027 is larger than that of 2025.",
                "The whole step takes two years: compare growth a year with growth a year.",
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
            "Two levels give a growth rate: from which year to which, and over how many steps?",
            (
                "Search for GDP, choose Gross domestic product (GDP), “levels” for the amounts and "
                "“growth rates” for the rate."
            ),
            "From 2025 to 2027 there are two years: take the square root of the ratio.",
        ),
    ),
    "06-4": Code(
        answer=lambda t: float((_everywhere(t) == 3).sum()),
        because=lambda t: said(
            "Of {} indicators, {} have a figure for each of the three places, though not always "
            "for the same year.",
            len(_everywhere(t)),
            (_everywhere(t) == 3).sum(),
        ),
        within=0,
        mistakes=(
            (
                lambda t: float((_everywhere(t) > 1).sum()),
                "That also counts the indicators with two places.",
            ),
            (
                lambda t: float(len(_everywhere(t))),
                "That counts all indicators, also those with one place or two.",
            ),
            (
                lambda t: float((_everywhere(t) == 2).sum()),
                "Those have two places; the question asks for all three.",
            ),
            (
                lambda t: float((_everywhere(t) == 1).sum()),
                "Those have one place only; the question asks for all three.",
            ),
            (
                lambda t: 100 * float((_everywhere(t) == 3).mean()),
                "That is a share in per cent; the question asks how many there are.",
            ),
        ),
        hints=(
            "First find out for each indicator how many places it has.",
            (
                'every.groupby("indicator", observed=True)["place"] has the places of each '
                "indicator; .nunique() counts those that differ."
            ),
            "Compare these numbers with 3: (… == 3).sum() counts where that is true.",
        ),
    ),
}
