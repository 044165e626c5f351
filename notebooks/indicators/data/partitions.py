"""A table that comes in parts (files of a dataset, partitions of a Dask DataFrame): rows that know their part, and columns put together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .tables import Column

UNUSED = {
    "period": "2000",
    "value": "0",
}  # texts of a column without cells, so that its numbers are numbers; else the empty text
FIRST = 2  # the number of the first row; rules speak of row 1 where they mean the header
LARGE = "leave JupyterLab and start it with `make lab LARGE=1`, or with conda: `conda install pyarrow=26.0.1 dask=2026.8.0`"


class Row(int):
    """The number of a row in the whole table, which a message shows as its number in its part."""

    def __format__(self, form):
        return self.shown


class Rows(Sequence):
    """The numbers of a table's rows. `parts`: their names; `which`: for each row the place of its part; `rows`: its number there, from 1."""

    def __init__(self, parts, which, rows):
        self.parts, self.which, self.rows = parts, which, rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, position):
        row = Row(position + FIRST)
        row.shown = f"{self.rows[position]} of {self.parts[self.which[position]]}"
        return row

    def __iter__(self):
        return map(self.__getitem__, range(len(self)))

    def located(self, fault):
        """A fault of the whole table as one of the part that has the row."""
        at = (fault.row or 0) - FIRST
        if at < 0:
            return replace(fault, row=None)
        return replace(fault, file=self.parts[self.which[at]], row=int(self.rows[at]))


def located(faults, table):
    """The faults, those of a table in parts as faults of its parts."""
    if table is None or not isinstance(table.rows, Rows):
        return faults
    return [table.rows.located(fault) if fault.file == table.file else fault for fault in faults]


class Collected:
    """Columns that grow part by part: each text is kept once, each cell as the place of its text."""

    def __init__(self, names):
        self.texts, self.codes = {name: {} for name in names}, {name: [] for name in names}

    def add(self, name, values, codes):
        """Add cells: `codes`, for each the place of its text among `values`."""
        known = self.texts[name]
        places = np.array([known.setdefault(value, len(known)) for value in values], np.intp)
        self.codes[name].append(places[codes] if len(codes) else np.array([], np.intp))

    def columns(self):
        """The Column of each name; what was collected is gone then."""
        return {name: self._column(name) for name in [*self.texts]}

    def _column(self, name):
        codes = np.concatenate([np.array([], np.intp), *self.codes.pop(name)])
        return Column(list(self.texts.pop(name)) or [UNUSED.get(name, "")], codes)
