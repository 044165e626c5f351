"""Tables in CSV files, read strictly: what does not have the shape of the table is a fault."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..columns import Column, Table, header_faults
from ..files import read_text
from ..messages import Fault, of_file
from ..partitions import Collected

ROWS_AT_ONCE = 1_000  # as lists of texts; more of them leave the cache, and take longer


def read(path: Path, names: Sequence[str]) -> tuple[Table | None, list[Fault]]:
    """The Table in a CSV file (None if its header is wrong) and what is wrong with its shape."""
    text, faults = read_text(path)
    if faults:
        return None, faults
    if not text.strip():
        problem = f"the file is empty; its first row must be: {','.join(names)}"
        return None, [of_file(path.name, problem)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cut_off, empty, misshapen = [], [], []
    rows = _numbered(reader, path.name, cut_off)
    _, header = next(rows, (1, None))
    if cut_off or (faults := header_faults(path.name, header, names)):
        return None, cut_off or faults
    numbers, collected = [], Collected(names)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        whole = [(number, row) for number, row in some if len(row) == len(names) and any(row)]
        if len(whole) < len(some):
            _sort_out(path.name, some, len(names), empty, misshapen)
        numbers += [number for number, _ in whole]
        for name, cells in zip(names, zip(*(row for _, row in whole), strict=True), strict=False):
            column = Column.of(cells)
            collected.add(name, column.values, column.codes)
    return Table(path.name, numbers, collected.columns()), misshapen + cut_off + empty


def _numbered(reader, file, cut_off) -> Iterator[tuple[int, list[str]]]:
    """The rows of a reader, numbered from 1; where it fails, the fault goes to `cut_off`."""
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, row
    except csv.Error as error:
        cure = "look for an unbalanced quotation mark or a cell that is far too long"
        cut_off.append(of_file(file, f"not CSV from here on ({error}); {cure}", number + 1))


def _sort_out(file, rows, width, empty, misshapen):
    """Add the faults of rows without any text, and of those with too many or too few cells."""
    cure = "look for a comma or quotation mark too many or missing"
    for number, row in rows:
        if not any(row):
            empty.append(of_file(file, "the row is empty; remove it", number))
        elif len(row) != width:
            problem = f"{len(row)} cells where {width} are expected; {cure}"
            misshapen.append(of_file(file, problem, number))
