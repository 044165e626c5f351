"""Workbooks (.xlsx) as tables of text, each figure as it is shown.

A spreadsheet keeps numbers, not what was printed: `7.0` becomes 7, 6 % becomes 0.06, and `1/2` a
date. A cell whose text cannot be told for certain is a fault.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ..columns import Table, header_faults, table_of
from ..messages import Fault, TableError, nearest, of_file, shown

LARGEST_UNPACKED = 200_000_000  # bytes
PLAIN_FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?(_\)|_ |;.*)?")
MOST_EXACT = 1e15  # whole numbers up to here are kept exactly
TEXT_CURE = "format the cell as text and type what was printed"
PROTECTED = b"\xd0\xcf\x11\xe0"  # how a file begins that is encrypted, or of the kind .xls


def is_workbook(path: Path | str) -> bool:
    """Whether a path is that of a workbook, by its name."""
    return Path(path).suffix.lower() in (".xlsx", ".xlsm")


def sheets(path: Path) -> dict:
    """The worksheets of a workbook by name. Raises TableError if the file is none."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            head = file.read(4)
        if head == PROTECTED:
            raise ValueError("it is protected by a password, or of the kind .xls")
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise ValueError("it is far too large")
        with warnings.catch_warnings():
            # what openpyxl does not know of a workbook has no figures in it
            warnings.simplefilter("ignore")
            content = io.BytesIO(path.read_bytes())  # Windows lets nobody save a file held open
            book = load_workbook(content, read_only=True, keep_links=False)
            return {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # a broken workbook can break openpyxl anywhere
        cure = "open it in a spreadsheet and save it as .xlsx, without a password"
        if isinstance(error, PermissionError):
            cure = "close it in other programs, or allow yourself to read it"
        problem = f"the file cannot be read as a workbook ({_reason(error)}); {cure}"
        raise TableError([of_file(path.name, problem)]) from None


def _reason(error):
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return getattr(error, "strerror", None) or said


def chosen(path: Path, found: dict, names: Sequence[str]) -> dict:
    """The sheets that are tables, by the name of the table: those of that name, or the only sheet.

    Raises TableError where no sheet has observations, or one seems to be misnamed.
    """
    if len(found) == 1 and not set(found) & set(names):
        return {"observations": next(iter(found.values()))}
    others = [(title, nearest(title.lower(), names)) for title in found if title not in names]
    faults = [
        of_file(f"{path.name}, sheet {title}", f"no table has this name{near}; rename the sheet")
        for title, near in others
        if near
    ]
    if "observations" not in found and not faults:
        there = f"no sheet is named observations (there are: {', '.join(map(shown, found))})"
        faults = [of_file(path.name, f"{there}; rename the one that has the figures")]
    if faults:
        raise TableError(faults)
    return {name: found[name] for name in names if name in found}


def read_sheet(
    path: Path, sheet: Any, names: Sequence[str], dates: Collection[str]
) -> tuple[Table | None, list[Fault]]:
    """The Table of a worksheet (None if its header is wrong) and what is wrong with it.

    That is its shape, and cells whose text cannot be told. `dates`: columns of dates.
    """
    file = f"{path.name}, sheet {sheet.title}"
    try:
        sheet.reset_dimensions()
        rows = [_trimmed(list(row)) for row in sheet.iter_rows()]
    except Exception as error:  # as in `sheets`
        cure = "open it in a spreadsheet and save it anew"
        return None, [of_file(file, f"the sheet cannot be read ({_reason(error)}); {cure}")]
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        problem = f"the sheet is empty; its first row must be: {','.join(names)}"
        return None, [of_file(file, problem)]
    header = ["" if cell.value is None else str(cell.value) for cell in rows[0]]
    if faults := header_faults(file, header, names):
        return None, faults
    faults = _empty_rows(file, rows)
    kept, numbers = [], []
    for number, row in enumerate(rows[1:], start=2):
        texts, found = _texts(file, number, row, names, dates)
        faults += found
        if row and not found:
            kept.append(texts)
            numbers.append(number)
    letters = {name: letter(index) for index, name in enumerate(names)}
    return table_of(file, numbers, kept, names, letters=letters), faults


def _empty_rows(file, rows):
    """A fault for each run of rows without any cell."""
    runs = []
    for number in (number for number, row in enumerate(rows, start=1) if not row):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    several = "the rows to {} are empty; remove them, or what stands beneath them"
    one = "the row is empty; remove it"
    return [
        of_file(file, one if first == last else several.format(last), first) for first, last in runs
    ]


def _trimmed(row):
    """The cells up to the last that is filled."""
    while row and row[-1].value in (None, ""):
        row.pop()
    return row


def letter(index: int) -> str:
    """The letter of a column, by its index from 0."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def _texts(file, number, row, names, dates):
    """The texts of a row, and what is wrong with its cells."""
    if len(row) > len(names):
        problem = f"{len(row)} cells where {len(names)} are expected"
        problem = f"{problem}; look for a figure in the wrong column"
        return [], [Fault(file, number, None, problem, f"{letter(len(names))}{number}")]
    texts, faults = [""] * len(names), []
    for index, (name, cell) in enumerate(zip(names, row, strict=False)):
        try:
            texts[index] = _text(cell, name in dates)
            continue
        except (IndexError, OverflowError) as error:  # of what no spreadsheet writes
            problem = f"the cell cannot be read ({error}); {TEXT_CURE}"
        except ValueError as error:
            problem = str(error)
        faults.append(Fault(file, number, name, problem, f"{letter(index)}{number}"))
    return texts, faults


def _text(cell, is_date):
    """The text of a cell as it is shown. Raises ValueError if that is not certain."""
    value, form = cell.value, getattr(cell, "number_format", "General")
    if value is None:
        return ""
    if cell.data_type == "f":
        raise ValueError(f"found the formula {shown(str(value))}; write the figure itself")
    if cell.data_type == "e":
        error = f"found {shown(str(value))}, an error of the spreadsheet"
        raise ValueError(f"{error}; write the figure itself")
    if isinstance(value, str):
        return value
    if isinstance(value, datetime) and is_date and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        kind = "logical value" if isinstance(value, bool) else "date or a time"
        raise ValueError(f"found {value}, of which the spreadsheet has made a {kind}; {TEXT_CURE}")
    return _number(value, form)


def _number(value, form):
    """A number as text, with as many decimals as its format shows.

    Raises ValueError where the format shows another number.
    """
    if "%" in form:
        raise ValueError(f"found {value!r}, shown as a percentage; {TEXT_CURE}, without the sign")
    if form in ("General", "@"):
        whole = value == int(value) and abs(value) < MOST_EXACT
        return str(int(value)) if whole else repr(value)
    plain = PLAIN_FORMAT.fullmatch(form)
    if not plain or (plain[3] or "").startswith(";") and value < 0:
        raise ValueError(f"found {value!r}, shown in the format {form!r}; {TEXT_CURE}")
    text = f"{value:.{len(plain[2] or '')}f}"
    if abs(float(text) - value) > 1e-9 * max(1, abs(value)):
        raise ValueError(f"found {value!r}, shown as {text}; {TEXT_CURE}")
    return text
