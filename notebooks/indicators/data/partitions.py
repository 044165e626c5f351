"""A table that comes in parts (files of a dataset, partitions of a Dask DataFrame).

Rows know their part, and columns are put together part by part.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .columns import Column, Table
from .messages import Fault

FILLER = {"period": "2000", "value": "0"}  # so that a column without cells is one of numbers
FIRST_ROW = 2  # the number of the first row; rules speak of row 1 where they mean the header
HOW_TO_INSTALL = (
    "leave JupyterLab and start it with `make lab LARGE=1`, "
    "or with conda: `conda install pyarrow=26.0.1 dask=2026.8.0`"
)


class Row(int):
    """The number of a row in the whole table, which a message shows as its number in its part."""

    def __format__(self, form):
        return self.shown


class Rows(Sequence):
    """The numbers of a table's rows.

    `parts`: names of the parts; `which`: for each row the index of its part; `rows`: for each row
    its number in the part, from 1.
    """

    def __init__(self, parts: list[str], which: np.ndarray, rows: np.ndarray):
        self.parts, self.which, self.rows = parts, which, rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, position):
        row = Row(position + FIRST_ROW)
        row.shown = f"{self.rows[position]} of {self.parts[self.which[position]]}"
        return row

    def __iter__(self):
        return map(self.__getitem__, range(len(self)))

    def located(self, fault: Fault) -> Fault:
        """A fault of the whole table as one of the part that has the row."""
        at = (fault.row or 0) - FIRST_ROW
        if at < 0:
            return replace(fault, row=None)
        return replace(fault, file=self.parts[self.which[at]], row=int(self.rows[at]))


def located(faults: list[Fault], table: Table | None) -> list[Fault]:
    """The faults, those of a table in parts as faults of its parts."""
    if table is None or not isinstance(table.rows, Rows):
        return faults
    return [table.rows.located(fault) if fault.file == table.file else fault for fault in faults]


class Collected:
    """Columns that grow part by part: each text is kept once, each cell as the code of its text."""

    def __init__(self, names: Sequence[str]):
        self.texts, self.codes = {name: {} for name in names}, {name: [] for name in names}

    def add(self, name: str, values: list[str], codes: np.ndarray) -> None:
        """Add cells: `codes`, for each the index of its text among `values`."""
        known = self.texts[name]
        new_codes = np.array([known.setdefault(value, len(known)) for value in values], np.intp)
        self.codes[name].append(new_codes[codes] if len(codes) else np.array([], np.intp))

    def columns(self) -> dict[str, Column]:
        """The Column of each name; what was collected is gone then."""
        return {name: self._column(name) for name in [*self.texts]}

    def _column(self, name):
        codes = np.concatenate([np.array([], np.intp), *self.codes.pop(name)])
        return Column(list(self.texts.pop(name)) or [FILLER.get(name, "")], codes)
