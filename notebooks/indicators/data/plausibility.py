"""Figures that cannot be right: out of reach for their unit, or ten times off their series."""

import numpy as np
import pandas as pd

from .columns import Column, Table, combined
from .vocabulary import SERIES

FASTEST_GROWTH = 1000  # per cent
TIMES_OFF = 10
SMALLEST_SERIES = 3  # figures of which one can be said to be off
UNLIMITED = (-np.inf, np.inf)
REACH = {  # the least and most that an amount can be at all: from a village to the whole nation
    "100 million CNY": (0, 2e7),
    "10,000 CNY": (0, 1000),
    "CNY": (0, 1e7),
    "CNY a month": (0, 1e6),
    "CNY a year": (0, 1e7),
    "100 million USD": (0, 1e6),
    "10,000 USD": (0, 1000),
    "ratio": (0, 1000),
    "rank": (1, 1e5),
    "count": (0, 1e9),
    "years": (0, 200),
    "years of life": (0, 200),
    "minutes": (0, 1440),
    "persons": (0, 2e9),
    "10,000 persons": (0, 2e5),
    "10,000 head": (0, 1e6),
    "10,000 tonnes": (0, 1e7),
    "10,000 mu": (0, 2e6),
    "km²": (0, 1e7),
    "µg/m³": (0, 1000),
    "days": (0, 366),
    "index, previous year = 100": (50, 200),
}


def out_of_reach(
    unit: Column, value: np.ndarray, rate: np.ndarray, change: np.ndarray
) -> np.ndarray:
    """Which values are too large or too small for what their unit can count.

    `rate`, `change`: whether the value is a rate of growth, or a change, which may be a fall.
    """
    low, high = (unit.each(lambda name, at=at: REACH.get(name, UNLIMITED)[at]) for at in (0, 1))
    too_small = np.where(change, abs(value), value) < low
    return np.where(rate, value > FASTEST_GROWTH, too_small | (abs(value) > high))


def out_of_series(table: Table, value: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Which values are ten times more, or less than a tenth of, the median of their series.

    `amount`: which values count. A series has at least three of them above zero.
    """
    rows, wrong = np.flatnonzero(amount & (value > 0)), np.zeros(len(value), bool)
    if table.apart or not len(rows):
        return wrong
    series = pd.factorize(combined([table[name].at(rows) for name in SERIES]))[0]
    suspected = apart(np.bincount(series), *ends(series, value[rows], value[rows]))[series]
    if suspected.any():
        figure = pd.Series(value[rows[suspected]])
        usual = figure.groupby(series[suspected]).transform("median")
        wrong[rows[suspected]] = (figure > TIMES_OFF * usual) | (figure < usual / TIMES_OFF)
    return wrong


def ends(groups: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least of `low` and the greatest of `high` in each group, by its number from 0."""
    size = groups.max(initial=-1) + 1
    least, greatest = np.full(size, np.inf), np.zeros(size)
    np.minimum.at(least, groups, low)
    np.maximum.at(greatest, groups, high)
    return least, greatest


def apart(size: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Which series may have a figure that is off, by their size and their least and greatest."""
    return (size >= SMALLEST_SERIES) & (high > TIMES_OFF * low)
