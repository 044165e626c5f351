"""Tables in CSV files, as an editor or a spreadsheet saves them.

What does not have the shape of the table is a fault. Where the shape is certain, though not the one
that the bundle writes, a Notice says how it was read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..columns import Column, Table, header_faults
from ..files import read_text
from ..messages import Fault, Notice, empty_rows, of_file
from ..partitions import Collected

ROWS_AT_ONCE = 1_000  # as lists of texts; more of them leave the cache, and take longer
SEPARATORS = ",;\t"
READ_AGAIN = "Unnamed: 0"  # how pandas calls the index that it wrote, once it has read it
LONGEST_ABOVE = 20_000  # characters, in which the header is looked for


def read(path: Path, names: Sequence[str]) -> tuple[Table | None, list[Fault]]:
    """The Table in a CSV file (None if its header is wrong) and what is wrong with its shape."""
    text, faults = read_text(path)
    if not text.strip():
        if all(isinstance(fault, Notice) for fault in faults):
            problem = f"the file is empty; its first row must be: {','.join(names)}"
            faults = [of_file(path.name, problem)]
        return None, faults
    mark, header, found = _layout(path.name, text, names)
    faults += found
    if not all(isinstance(fault, Notice) for fault in found):
        return None, faults
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark)
    cut_off, empty, misshapen = [], [], []
    rows = _numbered(reader, path.name, cut_off)
    next(rows)
    width, first = len(header), header.index(names[0])
    last, numbers, collected = first + len(names), [], Collected(names)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        whole = [pair for pair in some if len(pair[1]) == width and any(pair[1])]
        if width > len(names):
            whole = [(n, row[first:last]) for n, row in whole if _alone(row, first, last)]
        if len(whole) < len(some):
            _sort_out(path.name, some, {number for number, _ in whole}, width, empty, misshapen)
        numbers += [number for number, _ in whole]
        for name, cells in zip(names, zip(*(row for _, row in whole), strict=True), strict=False):
            column = Column.of(cells)
            collected.add(name, column.values, column.codes)
    faults += misshapen + cut_off + _empty(path.name, empty, [*numbers[-1:], *misshapen[-1:]])
    return Table(path.name, numbers, collected.columns()), faults


def _layout(file, text, names):
    """How the cells are separated, the header, and what is wrong with it."""
    line, cut_off = re.match(r"[^\r\n]*", text)[0], []
    for mark in SEPARATORS:
        reader = csv.reader([line], strict=True, delimiter=mark)
        _, header = next(_numbered(reader, file, cut_off), (1, []))
        first = int(header[:1] in ([""], [READ_AGAIN]))
        named, beside = header[first : first + len(names)], header[first + len(names) :]
        if named == names and not any(beside):
            return mark, header, _notices(file, mark, header[:first], beside)
    _, header = next(_numbered(csv.reader([line], strict=True), file, cut_off), (1, []))
    return ",", header, cut_off[:1] or header_faults(file, header, names, _below(text, names))


def _below(text, names):
    """The rows beneath the first, separated in the way that gives the header, if one does."""
    lines = [line for line in io.StringIO(text[:LONGEST_ABOVE], newline="")][1:]
    for mark in SEPARATORS:
        rows = list(csv.reader(lines, delimiter=mark))
        if any(row[: len(names)] == names for row in rows):
            return rows
    return []


def _notices(file, mark, first, beside):
    """What is said of a table that is separated in another way or has cells beside it."""
    said = []
    if mark != ",":
        cure = "save the table with commas, or as a workbook (.xlsx)"
        said.append(f"the cells are separated by {mark!r}; {cure}")
    if first:
        called = f"is called {first[0]!r}" if first[0] else "has no name"
        said.append(f"the first column {called}, as the index that pandas writes; remove it")
    if beside:
        said.append("unknown columns without a name stand beside the table; remove them")
    return [Notice(file, 1, None, problem) for problem in said]


def _alone(row, first, last):
    """Whether a row of the table has nothing beside it but the number of an index."""
    alone = "".join(row[:first]).isdigit() == bool(first) and not any(row[last:])
    return alone and any(row[first:last])


def _numbered(reader, file, cut_off) -> Iterator[tuple[int, list[str]]]:
    """The rows of a reader, numbered from 1; where it fails, the fault goes to `cut_off`."""
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, row
    except csv.Error as error:
        cure = "look for an unbalanced quotation mark or a cell that is far too long"
        cut_off.append(of_file(file, f"not CSV from here on ({error}); {cure}", number + 1))


def _sort_out(file, rows, whole, width, empty, misshapen):
    """Add the numbers of rows without any text, and the faults of those of another shape."""
    cure = "look for a comma or quotation mark too many or missing"
    for number, row in rows:
        if not any(row):
            empty.append(number)
        elif number not in whole:
            problem = f"{len(row)} cells where {width} are expected; {cure}"
            if len(row) == width:
                problem = "a cell stands beside the table, in a column without a name; remove it"
            misshapen.append(of_file(file, problem, number))


def _empty(file, numbers, ends):
    """The faults of rows without any text, and a Notice of those at the end of the table."""
    last = max([0, *(getattr(end, "row", end) for end in ends)])
    within = [each for each in numbers if each < last]
    if len(within) > 1 and within == list(range(2, last, 2)):
        problem = "every second row is empty, as where a program ends each line twice"
        return [of_file(file, f"{problem}; save it from a spreadsheet, or remove these rows", 2)]
    faults = [fault for each in within for fault in empty_rows(file, [each])]
    return faults + empty_rows(file, numbers[len(within) :], Notice)
