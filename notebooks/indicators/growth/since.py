"""How far a level has moved since the first year that is counted as it is."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from .derived_rows import WRONG
from .figures import Figure, average_growth, change, figure
from .series import NUMBERS

Row = Any  # a row of a table as a namedtuple


class Since(NamedTuple):
    """How a level has moved: since the year `first`, by `change`.

    Without `change`, `first` is a year that is counted on another basis.
    """

    first: int
    change: Figure | None


def since_first(rows: Iterable[Row]) -> list[Since | None]:
    """For each level or share of a year how it has moved since the first on its basis of counting.

    Levels change in % in all (not a year), shares in percentage points. Only outcomes printed as
    numbers, which can be right, are compared, and only those of one indicator, place, measure and
    unit; None for other rows, and where there is none before. Levels at current prices change with
    prices, too: that is no real growth.
    """
    rows, firsts, starts = list(rows), {}, {}
    for row in sorted(filter(_is_usable, rows), key=lambda row: row.start):
        firsts.setdefault((*_fact(row), _basis(row)), row)
        starts.setdefault(_fact(row), row)
    return [_since(row, firsts, starts) if _is_usable(row) else None for row in rows]


def _since(row: Row, firsts: dict[tuple, Row], starts: dict[tuple, Row]) -> Since | None:
    first, start = firsts[*_fact(row), _basis(row)], starts[_fact(row)]
    if first.start < row.start:
        return _moved(first, row)
    return Since(start.start, None) if start.start < row.start else None


def _moved(first: Row, row: Row) -> Since | None:
    """The change from one level to another; None where it has no sense in %, as for ranks."""
    if row.unit == "%":
        return Since(first.start, change(figure(first), figure(row)))
    if row.unit == "rank" or min(first.value, row.value) <= 0:
        return None
    return Since(first.start, average_growth(figure(first), figure(row), 1))


def _is_usable(row: Row) -> bool:
    year = row.start == row.end and row.status == "actual" and row.bound in NUMBERS
    return year and not str(row.note).startswith(WRONG)


def _fact(row: Row) -> tuple:
    return str(row.indicator), str(row.place), row.measure, row.unit


def _basis(row: Row) -> tuple:
    """What two levels must have in common to be compared: scope and price basis."""
    return tuple("" if pd.isna(each) else each for each in (row.scope, row.price_basis))
