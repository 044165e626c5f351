"""What the questions look up in the tables: one figure, its words, rows, a verdict."""

import pandas as pd

from ... import labels
from ...growth import the
from ...i18n import WORDS, chosen
from ..answer_tables import Tables

PLACES = {"shaoxing": "Shaoxing", "zhejiang": "Zhejiang", "china": "China"}


def value(
    tables: Tables,
    indicator: str,
    period: str,
    measure: str = "level",
    status: str = "actual",
    place: str = "shaoxing",
    scope: str | None = None,
) -> float:
    """The number of the one drawn figure with these keys. Raises LookupError unless it is one."""
    keys = indicator, period, measure, status, place, scope
    return tables.once(keys, lambda: float(the(tables.drawn, *keys).value))


def in_words(
    tables: Tables,
    indicator: str,
    period: str,
    measure: str = "level",
    status: str = "actual",
    place: str = "shaoxing",
    scope: str | None = None,
) -> str:
    """The one drawn figure with these keys in words. Raises LookupError unless it is one."""
    row = the(tables.drawn, indicator, period, measure, status, place, scope)
    return labels.figure(row)


def where(frame: pd.DataFrame, **keys: str | list[str]) -> pd.DataFrame:
    """The rows of a frame whose columns have these values (one, or any of a list)."""
    for column, wanted in keys.items():
        frame = frame[frame[column].isin([wanted] if isinstance(wanted, str) else wanted)]
    return frame


def verdict_on(tables: Tables, indicator: str, period: str) -> str:
    """The verdict on the first target of an indicator for a period."""
    return where(tables.targets, indicator=indicator, period=period)["verdict"].iloc[0]


def verdict_in_words(tables: Tables, indicator: str, period: str) -> str:
    """The same in words."""
    return WORDS[chosen()]["verdicts"][verdict_on(tables, indicator, period)]


def average_growth(start: float, end: float, years: int) -> float:
    """The average annual growth rate, in %, that leads from `start` to `end`."""
    return 100 * ((end / start) ** (1 / years) - 1)
