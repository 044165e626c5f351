"""Questions 05: where does each number come from?"""

from ... import labels
from ...checks import REPORTED
from ...growth import the
from ..grading import Choice, Code, Number, Row
from .lookups import in_words, value, where


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


def _revised(tables):
    rows = _printings(tables)
    return rows[rows["published"] == rows["published"].max()]


def _revision(tables):
    drawn = value(tables, "gdp", "2020", scope=REPORTED)
    return 100 * (float(_revised(tables)["value"].iloc[0]) / drawn - 1)


def _division(tables):
    one = the(tables.city, "gdp", "2020", scope=REPORTED)
    other = the(tables.city, "gdp", "2021")
    return "basis" if one.scope != other.scope else "nominal"


def _press(tables):
    return where(tables.every, place="shaoxing", tier="press")["source"]


QUESTIONS = {
    "05-1": Row(
        answer=_revised,
        because=lambda t: (
            "It was published years after the first account. Charts draw the figure of the better "
            "kind of source, and keep this one a click away."
        ),
        among=lambda t: where(
            t.every,
            indicator="gdp",
            place="shaoxing",
            measure="level",
            period=["2017", "2020", "2021"],
        ),
        hints=(
            "Set “Printings” to all, and look at the marks of 2020.",
            (
                "The table beneath has a column with the source and its date: which printing of "
                "2020 is the newest?"
            ),
        ),
    ),
    "05-2": Number(
        answer=_revision,
        because=lambda t: (
            f"{in_words(t, 'gdp', '2020', scope=REPORTED)} was printed first, and "
            f"{labels.figure(next(_revised(t).itertuples()), 'en')} in the newest source."
        ),
        unit="%",
        within=0.05,
        mistakes=(
            (
                lambda t: (
                    float(_revised(t)["value"].iloc[0]) - value(t, "gdp", "2020", scope=REPORTED)
                ),
                (
                    "That is the difference in 100 million CNY; the question asks for per cent of "
                    "the first account."
                ),
            ),
        ),
        hints=(
            "Take the first account from the newest printing, and divide by the first account.",
            "The newest printing is lower: the answer has a minus.",
        ),
    ),
    "05-3": Choice(
        answer=_division,
        because=lambda t: (
            f"{in_words(t, 'gdp', '2020', scope=REPORTED)} and {in_words(t, 'gdp', '2021')} are "
            "counted on different bases. The printed growth, in real terms, is "
            f"{in_words(t, 'real_gdp', '2021', 'growth_rate')}."
        ),
        options={
            "real": (
                "Yes: it gives the real growth of the year.",
                (
                    "Both are amounts in prices of their own year: what would have to be taken out "
                    "first?"
                ),
            ),
            "nominal": (
                "Yes: it gives the nominal growth of the year.",
                "Point at both marks and read their basis.",
            ),
            "inflation": (
                "Yes, if the rise of consumer prices is taken off afterwards.",
                (
                    "GDP has prices of its own, and the two amounts have another fault, too: read "
                    "their basis."
                ),
            ),
            "basis": (
                (
                    "No: the two are counted on different bases, and the result is nobody's growth "
                    "rate."
                ),
                "Read the basis of both once more.",
            ),
        },
        argument=(
            "The level of 2021 was published with a revised 2020 behind it; the first account of "
            "2020 was not. The quotient mixes growth with the revision. Had both been on one "
            "basis, it would still be nominal. Quote the printed real rate for growth, and for "
            "levels the source and its date. In a footnote: which printing, published when."
        ),
        hints=(
            "Choose the view “levels”: is there a line between the marks of 2020 and 2021?",
            "Point at both marks and compare what the tooltip says after Basis.",
        ),
    ),
    "05-4": Code(
        answer=lambda t: float(_press(t).nunique()),
        because=lambda t: (
            f"{_press(t).nunique()} of {where(t.every, place='shaoxing')['source'].nunique()} "
            "documents and pages about the city are press; charts draw them only where nothing "
            "better was found."
        ),
        within=0,
        mistakes=(
            (
                lambda t: float(len(_press(t))),
                "That is how many figures they print; each source counts once.",
            ),
            (
                lambda t: float(where(t.every, tier="press")["source"].nunique()),
                "That is for all places; take every as this page has loaded it, for the city.",
            ),
        ),
        hints=(
            'every[every["tier"] == "press"] has the rows.',
            ".nunique() of the column source counts each source once.",
        ),
    ),
}
