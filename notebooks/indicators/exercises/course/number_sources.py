"""Questions 05: where does each number come from?"""

from ... import labels
from ...checks import REPORTED
from ...growth import the
from ..grading import Choice, Code, Number, Row
from ..wording import said
from .lookups import in_words, value, where

DIFFERENCE = "That is the difference in {}; the question asks for per cent of the first account."
REVISED = "revised-2020"  # the basis on which later sources print the GDP of 2020


def _printings(tables):
    """All printings of the GDP of 2020."""
    return where(
        tables.every,
        indicator="gdp",
        place="shaoxing",
        measure="level",
        period="2020",
        status="actual",
    )


def _printed_first(tables, sources):
    return where(_printings(tables), source=sources)


def _revised(tables):
    rows = _printings(tables)
    return rows[rows["published"] == rows["published"].max()]


def _difference(tables):
    first = value(tables, "gdp", "2020", scope=REPORTED)
    return float(_revised(tables)["value"].iloc[0]) - first


def _revision(tables):
    drawn = value(tables, "gdp", "2020", scope=REPORTED)
    return 100 * (float(_revised(tables)["value"].iloc[0]) / drawn - 1)


def _division(tables):
    return "first" if the(tables.city, "gdp", "2021").scope == REPORTED else "nominal"


def _quotient(tables, scope):
    """What the GDP of 2021 over that of 2020 gives, in %."""
    return 100 * (value(tables, "gdp", "2021") / value(tables, "gdp", "2020", scope=scope) - 1)


def _press(tables):
    return where(tables.every, place="shaoxing", tier="press")["source"]


QUESTIONS = {
    "05-1": Row(
        answer=_revised,
        because=lambda t: said(
            "It was published years after the first account and belongs to the series that has "
            "been revised since. That is another basis, so charts draw both."
        ),
        among=lambda t: where(
            t.every,
            indicator="gdp",
            place="shaoxing",
            measure="level",
            period=["2017", "2020", "2021"],
        ),
        mistakes=(
            (
                lambda t: _printed_first(t, ["report-2021"]),
                "That is the first account, published weeks after the year was over.",
            ),
            (
                lambda t: _printed_first(t, ["report-2021-summary"]),
                "That repeats the first account a day later; a figure came years after it.",
            ),
            (
                lambda t: _printings(t)[_printings(t)["published"].isna()],
                "It may be new, but its date is not known; take one whose date is.",
            ),
            (
                lambda t: where(
                    t.every, indicator="gdp", place="shaoxing", measure="level", period="2021"
                ),
                "That is the GDP of 2021; the question is about 2020.",
            ),
        ),
        hints=(
            "A figure for 2020 can be published years after 2020.",
            "Set “Versions” to all, and look at the marks of 2020.",
            (
                "The table beneath has a column with the source and its date: which figure for "
                "2020 is the newest?"
            ),
        ),
    ),
    "05-2": Number(
        answer=_revision,
        because=lambda t: said(
            "{} was published first, and {} in the newest source.",
            in_words(t, "gdp", "2020", scope=REPORTED),
            labels.figure(next(_revised(t).itertuples())),
        ),
        unit="%",
        within=0.05,
        mistakes=(
            (_difference, DIFFERENCE.format("100 million CNY (亿元)")),
            (lambda t: _difference(t) / 10, DIFFERENCE.format("billions of CNY")),
            (
                lambda t: 100 + _revision(t),
                "That is the newest figure in % of the first account: the difference is that less "
                "100.",
            ),
            (
                lambda t: _revision(t) / 100,
                "That is a fraction; multiply it by 100 to get per cent.",
            ),
            (
                lambda t: _quotient(t, REPORTED),
                "That is GDP of 2021 over the first account of 2020; both figures are for 2020.",
            ),
        ),
        hints=(
            "Compare two figures for one year: which of them was there first is the base.",
            "Subtract the first account from the newest figure, and divide by the first account.",
            "In per cent that is less than one; the newest figure is lower, so it has a minus.",
        ),
    ),
    "05-3": Choice(
        answer=_division,
        because=lambda t: said(
            "{} and {} are of one series: {:.1f}%, at the prices of each year. Over the first "
            "account it would be {:.1f}%. The published growth, in real terms, is {}.",
            in_words(t, "gdp", "2020", scope=REVISED),
            in_words(t, "gdp", "2021"),
            _quotient(t, REVISED),
            _quotient(t, REPORTED),
            in_words(t, "real_gdp", "2021", "growth_rate"),
        ),
        options={
            "first": (
                "By the first account, because it is from a government’s own document.",
                "A better source does not help if it counts in another way: read the basis.",
            ),
            "either": (
                "By either, because the two differ by less than one per cent.",
                "Divide by both: how far apart are the two growth rates?",
            ),
            "nominal": (
                "By the revised figure; the quotient is the nominal growth of the year.",
                "Read the basis of the three figures again.",
            ),
            "real": (
                "By the revised figure; the quotient is the real growth of the year.",
                (
                    "Both are amounts at the prices of their own year: compare the quotient with "
                    "the published real growth rate of 2021."
                ),
            ),
        },
        argument=(
            "A common basis matters more than the better source. Over the first account, the "
            "quotient mixes growth with the revision, which is small beside GDP but large beside "
            "its growth. On one basis the quotient is nominal: it includes the change of prices, "
            "and the published real growth rate is lower. For growth, quote the published real "
            "rate. If you quote a rate that you computed, say so, and give both levels, their "
            "sources and their basis. One doubt remains: the revised figure for 2020 was published "
            "by the press and by a compilation, not by the city."
        ),
        hints=(
            "Growth is a comparison: both figures must be counted in the same way.",
            "Read the column Basis of the table: which figure for 2020 has the basis of 2021?",
            "Both are amounts at the prices of their own year: what does the quotient include?",
        ),
    ),
    "05-4": Code(
        answer=lambda t: float(_press(t).nunique()),
        because=lambda t: said(
            "{} of {} documents and pages about the city are press; charts draw them only where "
            "neither a government’s own document nor a copy of one was found.",
            _press(t).nunique(),
            where(t.every, place="shaoxing")["source"].nunique(),
        ),
        within=0,
        mistakes=(
            (
                lambda t: float(len(_press(t))),
                "That is the number of figures in them; each source counts once.",
            ),
            (
                lambda t: float(where(t.every, tier="press")["source"].nunique()),
                "That is for all places; use `every` as this page loaded it, for the city only.",
            ),
            (
                lambda t: float(where(t.every, place="shaoxing")["source"].nunique()),
                "That counts the sources of all kinds; take those that are press.",
            ),
            (
                lambda t: float(where(t.city, tier="press")["source"].nunique()),
                "That counts only sources whose figures charts draw; take every, not the drawn.",
            ),
            (
                lambda t: float(
                    where(t.every, place="shaoxing", tier=["press", "copy"])["source"].nunique()
                ),
                "Copies of documents are among them; a copy is not press.",
            ),
        ),
        hints=(
            "A source stands in as many rows as it has figures; each is to be counted once.",
            'every[every["tier"] == "press"] has the rows of the press.',
            "Take their column source; .nunique() counts what is different in it.",
        ),
    ),
}
