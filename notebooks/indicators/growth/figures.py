"""A number with the range that it stands for, and arithmetic that carries the range along.

A printed number stands for all numbers that round to it: 11.6 is 11.55 to 11.65. A bound stands
for all numbers on its open side; a target stands for the number itself. Every function takes
figures and gives a new `Figure`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

OPEN = float("inf")
ROUNDED = "Rounded by the source"  # in the note of a figure whose last zeros were not printed


@dataclass(frozen=True)
class Figure:
    """A number, the range it stands for (`low` to `high`), its unit, its price basis (or None).

    Number and range may be arrays, of figures that have unit and basis in common.
    """

    value: float
    low: float
    high: float
    unit: str
    basis: str | None = None


def figure(row: Any) -> Figure:
    """The Figure of a row (a namedtuple or Series); rounding, bound and status give its range.

    ‘About 8’ is taken as 7 to 9, one unit of the last printed digit either way; where the note says
    that the source had rounded it, the zeros at its end were not printed. A share stays within 0
    and 100.
    """
    half = half_step(int(row.decimals))
    if row.bound == "about" and ROUNDED in row.note and row.decimals == 0:
        half *= 10.0 ** (len(row.printed) - len(row.printed.rstrip("0")))
    low, high = {
        "exact": (row.value - half, row.value + half),
        "about": (row.value - 2 * half, row.value + 2 * half),
        "at_least": (row.value, OPEN),
        "more_than": (row.value, OPEN),
        "at_most": (-OPEN, row.value),
        "less_than": (-OPEN, row.value),
    }[row.bound]
    if row.status == "target" and row.bound in ("exact", "about"):
        low = high = row.value
    if row.measure == "share":
        low, high = max(low, 0), min(high, 100)
    basis = row.price_basis if isinstance(row.price_basis, str) else None
    return Figure(float(row.value), low, high, str(row.unit), basis)


def half_step(decimals: int | pd.Series) -> float | pd.Series:
    """Half a unit of the last printed decimal (a number or a Series): 0.05 for one decimal."""
    return 0.5 * 10.0**-decimals


def year_on_year(previous: Figure, current: Figure) -> Figure:
    """The growth rate, in %, from one year to the next; errors as in `average_growth`."""
    return average_growth(previous, current, 1)


def average_growth(start: Figure, end: Figure, years: int) -> Figure:
    """The average annual growth rate, in %, from level `start` to level `end` in `years` years.

    Of a target it is the pace that the target requires. The rate has the price basis of the
    levels: nominal levels give a nominal rate. Raises ValueError for levels that differ in unit
    or price basis or are not above zero, and for `years` below 1.
    """
    _comparable(start, end)
    if min(start.value, end.value) <= 0 or years < 1:
        raise ValueError(
            "an average growth rate needs two levels above zero and at least one year between them"
        )

    def rate(a: float, b: float) -> float:
        return 100 * ((max(b, 0) / a) ** (1 / years) - 1) if a > 0 else OPEN

    return _derived(rate, "%", start.basis, start, end)


def change(previous: Figure, current: Figure) -> Figure:
    """The absolute change in the unit of the level; of two shares, in percentage points.

    Raises ValueError for figures that differ in unit or price basis.
    """
    _comparable(previous, current)
    unit = "percentage points" if previous.unit == "%" else previous.unit
    return _derived(lambda a, b: b - a, unit, previous.basis, previous, current)


def gap(outcome: Figure, target: Figure) -> Figure:
    """Outcome less target, in the unit that `change` gives; errors as in `change`."""
    return change(target, outcome)


def share(part: Figure, whole: Figure) -> Figure:
    """The part in % of the whole; raises ValueError where unit or price basis differ."""
    _comparable(part, whole)
    return _derived(lambda a, b: 100 * a / b, "%", None, part, whole)


def whole_of(part: Figure, percent: Figure) -> Figure:
    """The whole of which `part` is `percent` %, in the part's unit."""
    return _derived(lambda a, b: a / (b / 100), part.unit, part.basis, part, percent)


def ratio(upper: Figure, lower: Figure) -> Figure:
    """The first level divided by the second; raises ValueError where unit or price basis differ."""
    _comparable(upper, lower)
    return _derived(lambda a, b: a / b, "ratio", None, upper, lower)


def total(*parts: Figure) -> Figure:
    """The sum of figures in their unit; raises ValueError where unit or price basis differ."""
    for part in parts[1:]:
        _comparable(parts[0], part)
    return _derived(lambda *values: sum(values), parts[0].unit, parts[0].basis, *parts)


def times(level: Figure, factor: float, unit: str | None = None) -> Figure:
    """The level multiplied by an exact factor, in `unit` if that changes its unit."""
    return _derived(lambda value: factor * value, unit or level.unit, level.basis, level)


def earlier_average(average: Figure, last: Figure, years: int) -> Figure:
    """The average annual growth, in %, over all but the last of `years` years.

    `average`: the average rate over all the years, in %; `last`: the rate of the last year, in %.
    Raises ValueError for rates that differ in price basis.
    """
    if average.basis != last.basis:
        raise ValueError(f"rates of different price basis: {average.basis} and {last.basis}")

    def rate(a: float, b: float) -> float:
        return 100 * (((1 + a / 100) ** years / (1 + b / 100)) ** (1 / (years - 1)) - 1)

    return _derived(rate, "%", average.basis, average, last)


def grown(level: Figure, rate: Figure, years: int = 1) -> Figure:
    """The level after `years` years of growth at `rate` % a year."""
    return _derived(lambda a, b: a * (1 + b / 100) ** years, level.unit, level.basis, level, rate)


def before_growth(level: Figure, rate: Figure, years: int = 1) -> Figure:
    """The level before `years` years of growth at `rate` % a year, a rate above −100 %."""
    return _derived(lambda a, b: a / (1 + b / 100) ** years, level.unit, level.basis, level, rate)


def moved(level: Figure, by: Figure, sign: int = 1) -> Figure:
    """The level after a change (of a share: in percentage points); before it if `sign` is −1."""
    return _derived(lambda a, b: a + sign * b, level.unit, level.basis, level, by)


def per_head(total: Figure, head: Figure, unit: str, scale: float) -> Figure:
    """How many people share `total` when each has `head`: `scale` × total / head, in `unit`."""
    return _derived(lambda a, b: scale * a / b, unit, None, total, head)


def _comparable(one: Figure, other: Figure) -> None:
    """Raise ValueError unless two figures have one unit and one price basis."""
    if one.unit != other.unit:
        raise ValueError(f"figures in different units: {one.unit} and {other.unit}")
    if one.basis != other.basis:
        raise ValueError(
            f"figures of different price basis: {one.basis} and {other.basis}; "
            "real and nominal never mix"
        )


def _derived(
    function: Callable[..., float], unit: str, basis: str | None, *figures: Figure
) -> Figure:
    """A Figure from a function that is monotonic in each argument: the corners give its range."""
    corners = [function(*ends) for ends in product(*((each.low, each.high) for each in figures))]
    value = function(*(each.value for each in figures))
    return Figure(value, reduce(np.minimum, corners), reduce(np.maximum, corners), unit, basis)
