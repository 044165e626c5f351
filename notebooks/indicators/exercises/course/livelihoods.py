"""Questions 03: what was spent on livelihoods, on what, and what came of it?"""

from ... import labels
from ...growth import SPENDING
from ..grading import Choice, Code, Number, Row
from ..wording import said
from .lookups import average_growth, in_words, value, where

LIVELIHOODS, SHARE = "livelihood_spending", "livelihood_spending_share"
BUDGET, SECURITY = "general_public_budget_expenditure", "social_security_spending"
PURPOSES = SPENDING[:10]  # those of the notebook
OTHER = "shaoxing-livelihood-spending-2021"  # the source with another figure for 2021
IN_YUAN = (
    "That is the rise for each resident in yuan; the question asks for a comparison of two rises, "
    "so give it in % of 2015."
)
IN_ALL = "That is the rise of the whole amount in yuan: take it per resident, in % of 2015."


def _risen(tables, indicator, scope=None):
    """Growth of a figure of the city from 2015 to 2021, in %."""
    first, last = (value(tables, indicator, year, scope=scope) for year in ("2015", "2021"))
    return 100 * (last / first - 1)


def _residents_risen(tables):
    return _risen(tables, "resident_population", "after-population-census")


def _per_resident(tables):
    return 100 * ((1 + _risen(tables, BUDGET) / 100) / (1 + _residents_risen(tables) / 100) - 1)


def _rise(tables, purpose):
    """Growth of a purpose of the nation's budget from 2020 to 2025, in %."""
    first, last = (value(tables, purpose, year, place="china") for year in ("2020", "2025"))
    return 100 * (last / first - 1)


def _amounts(tables, year):
    rows = where(tables.drawn, indicator=PURPOSES, place="china", period=year)
    return where(rows, measure="level", status="actual")


def _fastest(tables):
    return max(PURPOSES, key=lambda purpose: _rise(tables, purpose))


def _largest(tables):
    """The purpose that rose by the most yuan."""
    first, last = (
        _amounts(tables, year).astype({"indicator": str}).set_index("indicator")["value"]
        for year in ("2020", "2025")
    )
    return (last - first).idxmax()


def _named(tables, purpose):
    row = next(where(tables.drawn, indicator=purpose).itertuples())
    return labels.name(row).removeprefix("Public spending: ")


def _fifth(tables):
    return value(tables, LIVELIHOODS, "2016/2020", "cumulative") / 5


def _amount(number):
    return labels.amount(f"{number:.1f}", "100 million CNY")


def _cut_back(tables):
    less = value(tables, LIVELIHOODS, "2021") < _fifth(tables)
    smaller = value(tables, SHARE, "2021", "share") < value(tables, SHARE, "2016/2020", "share")
    return "less" if less else "line" if smaller else "more"


def _other(tables):
    rows = where(tables.every, source=OTHER, indicator=[LIVELIHOODS, SHARE], period="2021")
    return {str(row.indicator): labels.figure(row) for row in rows.itertuples()}


def _ranked(tables, year):
    """The purposes by their amounts of a year, the largest first."""
    return [*_amounts(tables, year).sort_values("value", ascending=False)["indicator"].astype(str)]


def _second(tables):
    """The purpose that rose by the highest percentage but one that has no other reply."""
    fastest = sorted(PURPOSES, key=lambda purpose: _rise(tables, purpose), reverse=True)
    others = {_fastest(tables), _largest(tables)}
    return next(purpose for purpose in fastest if purpose not in others)


def _more(tables):
    """By how much spending of the city rose from 2015 to 2021, in 100 million CNY."""
    return value(tables, BUDGET, "2021") - value(tables, BUDGET, "2015")


def _more_for_each(tables):
    """The same per resident, in CNY."""
    each = {
        year: value(tables, BUDGET, year)
        / value(tables, "resident_population", year, scope="after-population-census")
        for year in ("2015", "2021")
    }
    return 10_000 * (each["2021"] - each["2015"])


def _spent(tables):
    """What the nation spent, by year and purpose, in 100 million CNY."""
    rows = where(tables.drawn, indicator=[*PURPOSES, BUDGET], place="china", measure="level")
    return (
        where(rows, status="actual")
        .astype({"period": str, "indicator": str})
        .pivot(index="period", columns="indicator", values="value")
    )


def _shares(tables):
    spent = _spent(tables)
    return (100 * spent[SECURITY] / spent[BUDGET]).dropna()


def _of_purposes(tables):
    """Social security in % of the ten purposes, where all spending is known, too."""
    spent = _spent(tables)
    return (100 * spent[SECURITY] / spent[PURPOSES].sum(axis=1))[_shares(tables).index]


QUESTIONS = {
    "03-1": Number(
        answer=_per_resident,
        because=lambda t: said(
            "The amount rose by {:.1f}%, the residents by {:.1f}%, so spending per resident rose "
            "by {:.1f}%. A city that grows must spend more to give each resident the same.",
            _risen(t, BUDGET),
            _residents_risen(t),
            _per_resident(t),
        ),
        unit="%",
        within=0.5,
        mistakes=(
            (
                lambda t: _risen(t, BUDGET),
                "That is the rise of the amount; the residents grew, too.",
            ),
            (
                lambda t: _risen(t, BUDGET) - _residents_risen(t),
                "Divide one factor by the other; growth rates cannot be subtracted.",
            ),
            *((lambda t, of=of: _more_for_each(t) / of, IN_YUAN) for of in (1, 1_000, 10_000)),
            *((lambda t, of=of: _more(t) / of, IN_ALL) for of in (1, 10)),
            (
                lambda t: _per_resident(t) / 6,
                "That is a sixth of the rise; the question asks for the rise over all the years.",
            ),
            (
                lambda t: average_growth(100, 100 + _per_resident(t), 6),
                "That is the growth of one year; the question asks for the rise over all of them.",
            ),
            (
                lambda t: 100 + _per_resident(t),
                "That is the end in % of the start: the rise is that less 100.",
            ),
        ),
        hints=(
            "When residents grow in number, an amount for each of them grows less than the whole.",
            "Choose “General public budget expenditure” in Shaoxing and the view “per resident”.",
            (
                "Each mark is a short range. Take the middle of those of 2015 and 2021, divide, "
                "and say by how many per cent it rose."
            ),
        ),
    ),
    "03-2": Row(
        answer=lambda t: where(_amounts(t, "2025"), indicator=_fastest(t)),
        because=lambda t: said(
            "It rose by {:.1f}%, the whole budget by {:.1f}%. {} rose by the most yuan, but by "
            "{:.1f}% only.",
            _rise(t, _fastest(t)),
            _rise(t, BUDGET),
            _named(t, _largest(t)).capitalize(),
            _rise(t, _largest(t)),
        ),
        among=lambda t: _amounts(t, "2025"),
        mistakes=(
            (
                lambda t: where(_amounts(t, "2025"), indicator=_largest(t)),
                "It rose by the most yuan, and is large; per cent of its own start, another grew "
                "more.",
            ),
            (
                lambda t: where(_amounts(t, "2025"), indicator=_ranked(t, "2020")[0]),
                "It was the largest in 2020; the question asks for growth, not for size.",
            ),
            (
                lambda t: where(_amounts(t, "2025"), indicator=_second(t)),
                "It comes near, but one purpose grew still faster: compute both.",
            ),
            (
                lambda t: where(_amounts(t, "2025"), indicator=_ranked(t, "2025")[-1]),
                "It is the smallest. A small part can grow fast, but this one is not it.",
            ),
        ),
        hints=(
            "By percentage: compare each amount with its own start, not with the others.",
            "A purpose that grows faster than the budget has a larger share at the end: compare "
            "the shares of 2020 and 2025.",
            "Divide the share of 2025 by that of 2020, for those that gained; the highest quotient "
            "is asked for, and it may belong to a small part.",
        ),
    ),
    "03-3": Choice(
        answer=_cut_back,
        because=lambda t: said(
            "A fifth of the five years is {}, and 2021 had {}, or {}. Another source has {} and {} "
            "for that year: the line around livelihoods is not one line.",
            _amount(_fifth(t)),
            in_words(t, LIVELIHOODS, "2021"),
            in_words(t, SHARE, "2021", "share"),
            _other(t)[LIVELIHOODS],
            _other(t)[SHARE],
        ),
        options={
            "less": (
                "The city spent less on livelihoods in 2021 than in an average year before.",
                "Set the amount of 2021 beside a fifth of the five years.",
            ),
            "moved": (
                "Money was moved from livelihoods to other purposes in 2021.",
                "Which purpose of the city gained? No amount of another purpose was published.",
            ),
            "line": (
                (
                    "The amount was higher than in an average year before and the share lower, "
                    "and nothing tells whether both years were counted in the same way."
                ),
                "Compare the amounts, a year with a year, and then the shares.",
            ),
            "more": (
                "The share did not fall: it was higher in 2021 than before.",
                "Compare the two shares of the communiqué and of the report.",
            ),
        },
        argument=(
            "A share of 77.2% hides what is in it: who counts what as livelihoods, how the money "
            "is divided among schools, pensions and roads, and which year of the five had more. It "
            "hides the amount, which can rise while the share falls, and the number of residents "
            "among whom it is divided. As a target a share is easy to remember and protects such "
            "spending when a budget shrinks. But it is met by a wider line without a yuan more, "
            "and it says nothing of services. A fair sentence gives amount, share and line."
        ),
        hints=(
            "A share and an amount are two questions: answer each.",
            "A total over five years is not one year: divide it by five first.",
            "Look at the table of the two amounts for one year: what do they agree on?",
        ),
    ),
    "03-4": Code(
        answer=_shares,
        because=lambda t: said(
            "It went from {:.1f}% in {} to {:.1f}% in {}.",
            *(_shares(t).iloc[0], _shares(t).index[0]),
            *(_shares(t).iloc[-1], _shares(t).index[-1]),
        ),
        within=0.05,
        mistakes=(
            (lambda t: _shares(t) / 100, "Those are fractions; multiply by 100 to get per cent."),
            (
                lambda t: 10_000 / _shares(t),
                "That is all spending in % of the part: divide the other way round.",
            ),
            (
                lambda t: _spent(t)[SECURITY].dropna(),
                "Those are the amounts themselves; divide them by all spending of the same year.",
            ),
            (
                lambda t: _of_purposes(t),
                "That is the share of the ten purposes together, which are not all spending.",
            ),
            (
                lambda t: 100 * (_shares(t) / _shares(t).iloc[0] - 1),
                "That is the change of the share since the first year; give the share itself.",
            ),
        ),
        hints=(
            "Two amounts of one year are to be divided, and nation has each in a row of its own.",
            "Of the rows whose measure is level, pivot_table can put the indicators side by side, "
            "one row a period (observed=True leaves out what is not there).",
            "The columns are social_security_spending and general_public_budget_expenditure; a "
            "share in % is 100 times their quotient.",
        ),
    ),
}
