"""Questions 07: how do I bring my own table?"""

from ... import labels
from ..grading import Choice, Code, Number, Row
from ..wording import listed, said
from .lookups import PLACES, in_words, value, where


def _years_by_place(tables, statuses=("actual",)):
    """For each place, the years for which it has an outcome of PM2.5."""
    rows = where(tables.drawn, indicator="pm25", measure="level", status=[*statuses])
    return [set(where(rows, place=place)["period"].astype(str)) for place in PLACES]


def _years_in_all(tables, statuses=("actual",)):
    """The years for which all three places have an outcome of PM2.5."""
    return set.intersection(*_years_by_place(tables, statuses))


def _income(tables, whose, place="zhejiang"):
    return value(tables, f"{whose}_income", "2020", place=place)


def _for_heads(tables, **keys):
    return where(tables.drawn, indicator="gdp_per_capita", **keys)


def _heads(tables):
    """The figures of GDP per capita in 2020 that the first chart draws."""
    return where(
        tables.drawn,
        indicator="gdp_per_capita",
        measure="level",
        period="2020",
        status=["actual", "estimate"],
    )


def _ranking(tables):
    rows = _heads(tables)
    if set(rows["place"]) != set(PLACES):
        return "gap"
    return "alike" if len(rows[["status", "scope"]].drop_duplicates()) == 1 else "order"


def _told(row):
    """A figure of a place, with what a tooltip says of its status and basis."""
    told = said(", ").join(filter(None, (labels.status(row), labels.basis(row))))
    return said("{}: {} ({})", labels.place(row), labels.figure(row), told)


QUESTIONS = {
    "07-1": Number(
        answer=lambda t: float(len(_years_in_all(t))),
        because=lambda t: said(
            "{}. In these years, too, the three do not count the same cities and sites.",
            said(", ").join(sorted(_years_in_all(t))),
        ),
        unit="years",
        within=0,
        mistakes=(
            (
                lambda t: float(len(_years_in_all(t, ["actual", "estimate", "target"]))),
                "Targets are counted, too: a diamond is no outcome.",
            ),
            (
                lambda t: float(len(set().union(*_years_by_place(t)))),
                "That counts the years in which at least one place has an outcome; all three must.",
            ),
            (
                lambda t: float(len(_years_by_place(t)[0])),
                "That counts the outcomes of the city; the two other places need one, too.",
            ),
            (
                lambda t: float(max(map(int, _years_in_all(t)))),
                "That is a year; the question asks how many there are.",
            ),
        ),
        hints=(
            "Choose “a panel for each place” as the layout of the first chart, and move the year.",
            (
                "The line above the chart says how many numbers of each place have a figure; look "
                "at PM2.5 only."
            ),
            "Start with the years of the city, which has the fewest; a diamond is a target.",
        ),
    ),
    "07-2": Row(
        answer=lambda t: where(
            t.drawn, indicator="gdp_per_capita", place="zhejiang", period="2025", status="target"
        ),
        because=lambda t: said(
            "It says ‘at least’, so it is a bound. The target of the city is exact."
        ),
        among=lambda t: where(
            t.drawn, indicator="gdp_per_capita", period=["2020", "2021", "2024", "2025", "2027"]
        ),
        mistakes=(
            (
                lambda t: _for_heads(t, place="shaoxing", period="2025", status="target"),
                "That is the target of the city; the question asks for that of the province.",
            ),
            (
                lambda t: _for_heads(t, place="zhejiang", period="2027", status="target"),
                "That is a target of the province, but for 2027.",
            ),
            (
                lambda t: _for_heads(t, place="zhejiang", period="2025", status="actual"),
                "That is what came in 2025, an outcome; a target says what was asked for.",
            ),
            (
                lambda t: _for_heads(t, place="zhejiang", bound="at_least", status="actual"),
                "It is worded as ‘at least’, but it is an outcome, of an earlier year.",
            ),
        ),
        hints=(
            "A target stands with its status in brackets; look for the name of the province.",
            "Look at the panels of GDP per capita: which place has ‘≥’ beside its diamond at 2025?",
            "Narrow the list to “Zhejiang 2025 target”: it says ‘at least’.",
        ),
    ),
    "07-3": Choice(
        answer=_ranking,
        because=lambda t: said("{}.", listed(map(_told, _heads(t).itertuples()))),
        options={
            "alike": (
                (
                    "All three are outcomes on one basis, so both the order and the distances "
                    "between them hold."
                ),
                "Point at the three marks: what do they say of status and basis?",
            ),
            "gap": (
                "One of the places cannot be ranked, because it has no mark at 2020.",
                "Move the year to 2020 and read the line above the chart.",
            ),
            "never": (
                "They cannot be ranked: figures on different bases can never be compared.",
                (
                    "A new basis changes a figure by a few per cent; compare that with the "
                    "distances between the marks."
                ),
            ),
            "order": (
                (
                    "All three have a mark, but one is an expected outcome, and not all say that "
                    "they are on one basis: the order is safer than the distances."
                ),
                "Look again at the status and the basis of the three marks.",
            ),
        },
        argument=(
            "The marks differ in two ways: some are outcomes and one is an expected outcome, and "
            "the residents were counted before the census of 2020 or on a basis that is not "
            "stated. The new census changed the number of residents of the city by only a few per "
            "cent (notebook 05), and the marks lie further apart than that, so the order is likely "
            "to hold. The distances are not exact. Give the order, name status and basis in a "
            "footnote, and look for figures on the basis of one census."
        ),
        hints=(
            "A ranking needs a figure for each, of one kind and counted in one way.",
            "Set the year of the first chart to 2020.",
            "Point at each of the three marks: what does the tooltip say after Status and Basis?",
        ),
    ),
    "07-4": Code(
        answer=lambda t: _income(t, "urban") / _income(t, "rural"),
        because=lambda t: said(
            "The published ratio is {}: the two incomes agree with it within rounding.",
            in_words(t, "urban_rural_income_ratio", "2020", place="zhejiang"),
        ),
        within=0.005,
        mistakes=(
            (
                lambda t: _income(t, "rural") / _income(t, "urban"),
                "That is rural over urban income; the ratio is urban over rural.",
            ),
            (
                lambda t: _income(t, "urban") - _income(t, "rural"),
                "That is the difference in yuan; divide instead.",
            ),
            (
                lambda t: _income(t, "urban") / _income(t, "resident"),
                "That is urban income over that of all residents; divide by rural income.",
            ),
            (
                lambda t: _income(t, "urban", "shaoxing") / _income(t, "rural", "shaoxing"),
                "That is the ratio of the city; take the rows of mine.",
            ),
            (
                lambda t: 100 * (_income(t, "urban") / _income(t, "rural") - 1),
                "That is by how many per cent urban income is higher; the ratio is asked for.",
            ),
        ),
        hints=(
            "A ratio is one number divided by another: find each in mine by its indicator.",
            'incomes = mine.set_index("indicator")["value"] has the numbers by indicator.',
            'Divide incomes["urban_income"] by incomes["rural_income"].',
        ),
    ),
}
