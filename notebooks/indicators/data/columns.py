"""Columns of text, tables of them, and what is wrong with their header.

A column keeps each text once, and for each row a code that says which text it is. So every text is
checked once (`Column.each`), however many cells have it, and rows are gone through only where a
text is at fault.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from .messages import Fault, nearest, of_file, shown

TEXT = pd.StringDtype(na_value=np.nan)  # also where a reader has set pandas otherwise
MOST_ABOVE = 30  # rows above a header in which it is looked for
MOST_COMBINED = 2**62  # so many combinations of texts can be numbered


class Column:
    """The cells of a column: `values`, each text once, and `codes`, the index in it of each row."""

    def __init__(self, values: list[str], codes: np.ndarray):
        self.values, self.codes = values, codes

    @classmethod
    def of(cls, cells: Sequence[str]) -> "Column":
        """The column of these texts; their codes are found when they are asked for, if ever."""
        column = cls.__new__(cls)
        column.cells, column.values = cells, list(dict.fromkeys(cells))
        return column

    @cached_property
    def cells(self) -> Sequence[str]:
        """The text of each row."""
        return [self.values[code] for code in self.codes.tolist()]

    @cached_property
    def codes(self) -> np.ndarray:
        """For each row the index of its text in `values`."""
        known = {text: code for code, text in enumerate(self.values)}
        return np.fromiter(map(known.__getitem__, self.cells), np.intp, len(self.cells))

    def array(self) -> pd.api.extensions.ExtensionArray:
        """The text of each row, as pandas keeps text."""
        return pd.array(self.values, dtype=TEXT).take(self.codes)

    def each(self, answer: Callable[[str], object]) -> np.ndarray:
        """For each row what `answer` says of its text; each text is asked once."""
        return np.array(list(map(answer, self.values)))[self.codes]

    def among(self, texts: Iterable[str]) -> np.ndarray:
        """For each row whether its text is one of these."""
        return self.each(set(texts).__contains__)

    def at(self, rows: np.ndarray) -> "Column":
        """The column with its cells at these positions."""
        return Column(self.values, self.codes[rows])


@dataclass(frozen=True)
class Table:
    """The rows of a file that have the right shape: their numbers in the file, and the columns.

    `letters`: for a sheet of a workbook, the letter of each column. `part`: whether these are some
    rows of a larger table, which may have none of it; `apart`: whether the rules between rows are
    judged elsewhere.
    """

    file: str
    rows: Sequence[int]
    columns: dict[str, Column]
    letters: dict[str, str] = field(default_factory=dict)
    part: bool = False
    apart: bool = False

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def frame(self) -> pd.DataFrame:
        """The table as text; its index is the row in the file."""
        arrays = {name: column.array() for name, column in self.columns.items()}
        return pd.DataFrame(arrays, index=list(self.rows))

    def faults(self, column: str, wrong: np.ndarray, problem: Callable[[str], str]) -> list[Fault]:
        """A Fault for each row where `wrong` is true; `problem` says of a cell what is wrong."""
        values, codes, rows = self[column].values, self[column].codes, np.flatnonzero(wrong)
        said = {code: problem(values[code]) for code in np.unique(codes[rows])}
        return [self.fault(row, column, said[codes[row]]) for row in rows]

    def fault(self, position: int, column: str | tuple[str, ...], problem: str) -> Fault:
        """A Fault in the row at a position, in one column or several."""
        row = int(self.rows[position])
        letter = self.letters.get(column if isinstance(column, str) else column[0])
        return Fault(self.file, row, column, problem, f"{letter}{row}" if letter else None)

    def faults_of(self, column: str, texts: set[str], problem: Callable) -> list[Fault]:
        """A Fault for each cell of a column that has one of these texts."""
        return self.faults(column, self[column].among(texts), problem) if texts else []

    def cells(self, position: int, columns: Iterable[str] | None = None) -> dict[str, str]:
        """The texts of the row at a position, by column."""
        names = columns or self.columns
        return {name: self[name].values[self[name].codes[position]] for name in names}

    def without(self, rows: set[int]) -> "Table":
        """The table without these rows of the file."""
        if not rows:
            return self
        kept = np.array([at for at, row in enumerate(self.rows) if row not in rows], np.intp)
        columns = {name: Column.of(column.at(kept).cells) for name, column in self.columns.items()}
        return replace(self, rows=[self.rows[at] for at in kept], columns=columns)

    def with_empty(self, names: Iterable[str]) -> "Table":
        """The table with these columns beside its own, in which every cell is empty."""
        empty = {name: Column([""], np.zeros(len(self.rows), np.intp)) for name in names}
        return replace(self, columns=self.columns | empty)

    def pairs(self, key: str, column: str) -> dict[str, str]:
        """What stands in `column` beside each text of the column `key`, in its first row."""
        return dict(zip(reversed(self[key].cells), reversed(self[column].cells), strict=True))


def table_of(
    file: str, rows: Sequence[int], texts: list, names: Sequence[str], **others: Any
) -> Table:
    """The Table of rows that are lists of texts, one for each name of a column."""
    cells = zip(*texts, strict=True) if texts else [()] * len(names)
    return Table(file, rows, dict(zip(names, map(Column.of, cells), strict=True)), **others)


def combined(columns: Sequence[Column]) -> np.ndarray:
    """For each row a number that says which texts it has in these columns together."""
    whole, size = np.zeros(len(columns[0].codes), np.intp), 1
    for column in columns:
        if size * len(column.values) > MOST_COMBINED:
            whole, kinds = pd.factorize(whole)
            size = len(kinds)
        size *= len(column.values)
        whole *= len(column.values)
        whole += column.codes
    return whole


def doubled(numbers: np.ndarray) -> np.ndarray:
    """The numbers that stand more than once in an array."""
    ordered = np.sort(numbers)
    return ordered[1:][ordered[1:] == ordered[:-1]]


def header_faults(
    file: str, header: Sequence[str], names: Sequence[str], below: Iterable[Sequence[str]] = ()
) -> list[Fault]:
    """Each column that is missing, unknown, doubled or out of order, as a Fault in row 1.

    `below`: the rows beneath; if one of the first of them is the header, this is all that is said.
    """
    for row, cells in enumerate(islice(below, MOST_ABOVE), start=2):
        if list(cells[: len(names)]) == list(names):
            problem = f"the header stands in row {row}; delete what is above it"
            return [of_file(file, problem, row=1)]
    expected = f"expected: {','.join(names)}"
    if len(header) == 1 and (other := next((mark for mark in ";\t|" if mark in header[0]), None)):
        cure = "save the table with commas, or as a workbook (.xlsx)"
        return [of_file(file, f"the cells are separated by {other!r}; {cure}", row=1)]
    problem = f"the column is missing; {expected}"
    faults = [Fault(file, 1, name, problem) for name in names if name not in header]
    for name in dict.fromkeys(header):
        if name not in names:
            problem = f"the column is unknown{nearest(name, names)}; {expected}"
            faults.append(Fault(file, 1, shown(name), problem))
        elif header.count(name) > 1:
            faults.append(Fault(file, 1, name, "the column stands there more than once; keep one"))
    if not faults and header != names:
        faults = [of_file(file, f"the columns stand in another order; {expected}", row=1)]
    return faults


def unordered_header_faults(file: str, header: Iterable[str], names: Sequence[str]) -> list[Fault]:
    """As `header_faults`, of a table whose columns may stand in any order and have no row."""
    order = {name: index for index, name in enumerate(names)}
    header = sorted(map(str, header), key=lambda name: order.get(name, len(names)))
    return [replace(fault, row=None) for fault in header_faults(file, header, list(names))]
