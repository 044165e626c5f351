"""Questions 01: how fast did it grow?"""

from ...growth import the
from ..grading import Choice, Code, Number
from ..wording import said
from .lookups import average_growth, in_words, value, where

_REVENUE = "general_public_budget_revenue"
_RATES = {"growth_rate", "average_growth_rate"}


def _furthest(tables):
    average = value(tables, _REVENUE, "2016/2020", "average_growth_rate")
    return max(
        ("2017", "2018", "2019", "2020"),
        key=lambda year: abs(value(tables, _REVENUE, year, "growth_rate") - average),
    )


def _rebound(tables):
    target = the(tables.city, "real_gdp", "2021", "growth_rate", "target")
    both = value(tables, "real_gdp", "2020/2021", "average_growth_rate")
    met = value(tables, "real_gdp", "2021", "growth_rate") >= target.value
    return "rebound" if met and both < target.value else "twice" if met else "missed"


def _by_year(tables, measures, statuses):
    """Rates of GDP at constant prices, by the period as it is printed, as often as it stands."""
    rows = where(tables.city, indicator="real_gdp", measure=[*measures], status=[*statuses])
    return rows.astype({"period": str}).set_index("period")["value"]


def _real_rates(tables):
    return _by_year(tables, {"growth_rate"}, {"actual"})


def _below(rates):
    """How far each rate is below the highest of them, in percentage points."""
    return rates.max() - rates


QUESTIONS = {
    "01-1": Choice(
        answer=_furthest,
        because=lambda t: said(
            "It grew by {}, against an average of {}: nothing in the average tells of such a year.",
            in_words(t, _REVENUE, _furthest(t), "growth_rate"),
            in_words(t, _REVENUE, "2016/2020", "average_growth_rate"),
        ),
        options={
            "2017": (
                "2017",
                "Its mark lies above the bar of the average, but another lies further above it.",
            ),
            "2018": ("2018", "Compare its mark with the bar of the average once more."),
            "2019": (
                "2019",
                "Its mark lies a little below the bar of the average; two others are further off.",
            ),
            "2020": (
                "2020",
                (
                    "It is the lowest of the four. But the question is about the distance from the "
                    "average, upward or downward, and another is further above it."
                ),
            ),
        },
        hints=(
            "Choose Shaoxing and General public budget revenue alone, and the view “growth rates”.",
            "The bar across the years 2016–2020 is the average annual growth rate.",
            (
                "Measure from each filled circle to the bar, upward and downward: which distance "
                "is the longest?"
            ),
        ),
    ),
    "01-2": Number(
        answer=lambda t: average_growth(value(t, _REVENUE, "2015"), value(t, _REVENUE, "2020"), 5),
        because=lambda t: said(
            "From {} to {} in five years. The report gives {}: the two agree.",
            in_words(t, _REVENUE, "2015"),
            in_words(t, _REVENUE, "2020"),
            in_words(t, _REVENUE, "2016/2020", "average_growth_rate"),
        ),
        unit="%",
        within=0.1,
        mistakes=(
            (
                lambda t: 100 * (value(t, _REVENUE, "2020") / value(t, _REVENUE, "2015") - 1) / 5,
                (
                    "That is a fifth of the total growth. Growth compounds: take the fifth root of "
                    "the ratio instead."
                ),
            ),
            (
                lambda t: 100 * (value(t, _REVENUE, "2020") / value(t, _REVENUE, "2015") - 1),
                "That is the growth over all five years, not of a year.",
            ),
            (
                lambda t: average_growth(value(t, _REVENUE, "2015"), value(t, _REVENUE, "2020"), 6),
                "From the end of 2015 to the end of 2020 there are five steps, not six.",
            ),
            (
                lambda t: average_growth(value(t, _REVENUE, "2015"), value(t, _REVENUE, "2020"), 4),
                "From the end of 2015 to the end of 2020 there are five steps, not four.",
            ),
        ),
        hints=(
            "Growth compounds: a fifth of the total growth is too much.",
            "The view “levels” has the amounts of 2015 and 2020; point at the marks, and divide.",
            "There are five steps: (end / start) to the power of 1/5, less 1, in per cent.",
        ),
    ),
    "01-3": Choice(
        answer=_rebound,
        because=lambda t: said(
            "Growth was {} in 2021, after {} in 2020; over the two years the average was {}.",
            in_words(t, "real_gdp", "2021", "growth_rate"),
            in_words(t, "real_gdp", "2020", "growth_rate"),
            in_words(t, "real_gdp", "2020/2021", "average_growth_rate"),
        ),
        options={
            "twice": (
                "Yes, and it shows that the economy grew by 7% or more in every year since 2019.",
                "Look at the mark of 2020, and at the bar over 2020 and 2021.",
            ),
            "rebound": (
                (
                    "Yes; but the year before was low, and over the two years together growth was "
                    "below 7% a year."
                ),
                "Compare the outcome of 2021 with the target once more.",
            ),
            "missed": (
                "No: over the two years together growth was below 7% a year.",
                "The target was for 2021 alone; an average over two years does not judge it.",
            ),
            "nominal": (
                "It cannot be said, for the target is nominal and the outcome is real.",
                "Both are rates of GDP at constant prices: look at the name of the indicator.",
            ),
        },
        argument=(
            "The target was met: it was for one year, and the published rate of that year is "
            "above it. But a growth rate compares with the year before, and that was the year of "
            "the epidemic. The published average over both years is the fairer measure of speed, "
            "and lies below the target of 2021. A target that looks ambitious after a bad year may "
            "only ask for a return to the path."
        ),
        hints=(
            "Choose Shaoxing and GDP at constant prices alone, and the view “growth rates”.",
            "Compare the mark of 2021 with the target for 2021, then look at the year before.",
            "One of the bars is an average over 2020 and 2021: is it above 7% a year or below?",
        ),
    ),
    "01-4": Code(
        answer=lambda t: _below(_by_year(t, {"growth_rate"}, {"actual"})),
        because=lambda t: said(
            "The rates go from {:g}% to {:g}%, so the slowest year is {:.1f} percentage points "
            "below the fastest. A target is no outcome, and an average belongs to no single year.",
            _real_rates(t).min(),
            _real_rates(t).max(),
            _real_rates(t).max() - _real_rates(t).min(),
        ),
        within=0.05,
        version=2,
        mistakes=(
            (
                lambda t: _below(_by_year(t, {"growth_rate"}, {"actual", "target"})),
                "Targets are among your rates, so some years stand twice: take outcomes only.",
            ),
            (
                lambda t: _below(_by_year(t, {"growth_rate", "average_growth_rate"}, {"actual"})),
                "Averages over several years are among your rates: take growth rates only.",
            ),
            (
                lambda t: _below(_by_year(t, _RATES, {"actual", "target", "estimate"})),
                "All rates are in it, targets and averages, too: take outcomes of single years.",
            ),
            (
                lambda t: _below(_by_year(t, {"growth_rate"}, {"target"})),
                "Those are the targets, not the outcomes.",
            ),
            (
                lambda t: _by_year(t, {"growth_rate"}, {"actual"}),
                "Those are the rates themselves; subtract each from the highest of them.",
            ),
            (
                lambda t: -_below(_by_year(t, {"growth_rate"}, {"actual"})),
                "The sign is the other way: the highest rate less the rate of each year.",
            ),
            (
                lambda t: _real_rates(t) - _real_rates(t).min(),
                "That is how far each year is above the slowest; the fastest is asked for.",
            ),
            (
                lambda t: 100 * (1 - _real_rates(t) / _real_rates(t).max()),
                "That is in % of the highest rate; the question asks for percentage points.",
            ),
        ),
        hints=(
            "Which rows of economy are outcomes of single years? Look at measure and status.",
            (
                "economy.query(\"indicator == 'real_gdp' and …\") takes rows; with and, measure "
                "is 'growth_rate' and status is 'actual'. .set_index(\"period\")[\"value\"] makes "
                "rates of them."
            ),
            "rates.max() is the highest rate; a Series can be subtracted from a number.",
        ),
    ),
}
