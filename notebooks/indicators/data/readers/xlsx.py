"""Workbooks (.xlsx) as tables of text, each figure as it is shown.

A spreadsheet keeps numbers, not what was printed: `7.0` becomes 7, 6 % becomes 0.06, and `1/2` a
date. A cell whose text cannot be told for certain is a fault. What is read though it is not seen,
or seen in another way (what is hidden, formulas, merged cells), a Notice says.
"""

import io
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..columns import MOST_ABOVE, Table, header_faults, table_of
from ..messages import Fault, Notice, TableError, empty_rows, nearest, of_file, runs, shown
from .cells import Cell, seen_text, shown_number

LARGEST_UNPACKED = 200_000_000  # bytes
TEXT_CURE = "format the cell as text and type what was printed"
PROTECTED = b"\xd0\xcf\x11\xe0"  # how a file begins that is encrypted, or of the kind .xls
MIDNIGHT = " 00:00:00"  # the time of a date that has none
CHOICES = "allowed"  # the hidden sheet of a workbook to fill in, of texts that cells offer
STRICT = b"http://purl.oclc.org/ooxml/"  # how names begin in Strict Open XML
TRANSITIONAL = {
    STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    STRICT + b"officeDocument/relationships": b"http://schemas.openxmlformats.org/"
    b"officeDocument/2006/relationships",
}


def is_workbook(path: Path | str) -> bool:
    """Whether a path is that of a workbook, by its name."""
    return Path(path).suffix.lower() in (".xlsx", ".xlsm")


def sheets(path: Path) -> dict:
    """The worksheets of a workbook by name. Raises TableError if the file is none."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            _check_form(file.read(4096))
        if not zipfile.is_zipfile(path):
            raise ValueError("it is cut off or damaged: put a whole copy in its place")
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise ValueError("it is far too large")
            other = _other_form({part.filename for part in parts})
            strict = any(STRICT in packed.read(part) for part in parts if _names_others(part))
        if other:
            raise ValueError(other)
        with warnings.catch_warnings():
            # what openpyxl does not know of a workbook has no figures in it
            warnings.simplefilter("ignore")
            # Windows lets nobody save a file held open
            content = _as_usual(path) if strict else io.BytesIO(path.read_bytes())
            book = load_workbook(content, read_only=True, keep_links=False, rich_text=True)
            return {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # a broken workbook can break openpyxl anywhere
        cure = "open it in a spreadsheet and save it as .xlsx, without a password"
        if isinstance(error, PermissionError):
            cure = "close it in other programs, or allow yourself to read it"
        problem = f"the file cannot be read as a workbook ({_reason(error)}); {cure}"
        raise TableError([of_file(path.name, problem)]) from None


def _check_form(head):
    """Raise ValueError where a file begins in another way than a workbook."""
    if not head:
        raise ValueError("the file is empty")
    start = head.lstrip(b"\xef\xbb\xbf \r\n").lower()
    if head.startswith(PROTECTED):
        raise ValueError("it is protected by a password, or of the kind .xls")
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        raise ValueError("it is a web page that was named .xlsx")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head:
        raise ValueError("it is a text, perhaps CSV: if so, name it .csv")


def _other_form(names):
    """What a packed file with these parts is, if it is not a workbook of this kind; or nothing."""
    if "xl/workbook.bin" in names:
        return "it is a binary workbook, of the kind .xlsb"
    if "content.xml" in names:
        return "it is an OpenDocument spreadsheet, of the kind .ods"
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        return "it is a document of Numbers; in Numbers choose File > Export To > Excel"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "it is a document of Word or PowerPoint that was named .xlsx"
    if "[Content_Types].xml" not in names:
        return "it is a packed file (zip) of another kind, that was named .xlsx"
    return ""


def _names_others(part):
    """Whether a part of a workbook says which other parts there are; it is small."""
    return part.filename.endswith(".rels") or part.filename == "xl/workbook.xml"


def _as_usual(path):
    """A workbook in Strict Open XML with the names of the usual form, in memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(file, "w") as anew:
        for part in packed.infolist():
            text = packed.read(part)
            for strict, usual in TRANSITIONAL.items():
                text = text.replace(strict, usual)
            anew.writestr(part.filename, text)
    file.seek(0)
    return file


def _reason(error):
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return getattr(error, "strerror", None) or said


def chosen(path: Path, found: dict, names: Sequence[str]) -> tuple[dict, list[Notice]]:
    """The sheets that are tables, by the name of the table, and what is to be said of others.

    They are those of that name, or else the only sheet with something in it. A hidden sheet is one
    of them only where no sheet that is seen may have its place. Raises TableError where no sheet
    has observations, or one seems to be misnamed.
    """
    hidden = [title for title, sheet in found.items() if sheet.sheet_state != "visible"]
    seen = {title: sheet for title, sheet in found.items() if title not in hidden}
    tables = {name: seen[name] for name in names if name in seen}
    left = [title for title in seen if title not in names and not _is_empty(seen[title])]
    if not tables and len(left) == 1:
        tables, left = {"observations": seen[left[0]]}, []
    others = [(title, nearest(title.lower(), names)) for title in seen if title not in names]
    faults = [
        of_file(f"{path.name}, sheet {title}", f"no table has this name{near}; rename the sheet")
        for title, near in others
        if near and seen[title] not in tables.values()
    ]
    for name in names:
        if name in hidden and not (name == "observations" and left):
            tables.setdefault(name, found[name])
    if "observations" not in tables and not faults:
        there = f"no sheet is named observations (there are: {', '.join(map(shown, found))})"
        if "observations" in hidden:
            there = f"the sheet observations is hidden, others are seen: {', '.join(left)}"
        faults = [of_file(path.name, f"{there}; rename the one that has the figures")]
    if faults:
        raise TableError(faults)
    said = {title: _hidden(title, found, tables) for title in hidden if title != CHOICES}
    problem = "the sheet is no table, and was not read; copy its figures to observations if it has"
    said |= dict.fromkeys(left, f"{problem} some")
    return tables, [
        Notice(f"{path.name}, sheet {title}", None, None, text) for title, text in said.items()
    ]


def _hidden(title, found, tables):
    """What is said of a hidden sheet."""
    if found[title] in tables.values():
        return "the sheet is hidden, and was read as the table of its name; show it, or delete it"
    taken = f" (in its place, the sheet {tables[title].title})" if title in tables else ""
    return f"the sheet is hidden, and was not read{taken}; show it if it has figures, or delete it"


def _is_empty(sheet):
    sheet.reset_dimensions()  # else openpyxl fills it up to a size that may be wrong
    try:
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        return all(value in (None, "") for value in cells)
    except Exception:  # as in `sheets`; what cannot be read is told when it is
        return False


def read_sheet(path: Path, sheet: Any, kinds: dict[str, str]) -> tuple[Table | None, list[Fault]]:
    """The Table of a worksheet (None if its header is wrong) and what is wrong with it.

    That is its shape, and cells whose text cannot be told. `kinds`: the columns with their types.
    """
    from .worksheets import cells_of

    file, names = f"{path.name}, sheet {sheet.title}", list(kinds)
    try:
        cells = cells_of(sheet)
    except Exception as error:  # as in `sheets`
        cure = "open it in a spreadsheet and save it anew"
        return None, [of_file(file, f"the sheet cannot be read ({_reason(error)}); {cure}")]
    if not cells.rows:
        problem = f"the sheet is empty; its first row must be: {','.join(names)}"
        return None, [of_file(file, problem)]
    header, *below = (_as_header(row) for row in cells.rows[: MOST_ABOVE + 1])
    if faults := header_faults(file, header, names, below):
        return None, faults
    faults = _unseen(file, cells, names) + _unmerged(file, cells, kinds)
    faults += empty_rows(file, (at for at, row in enumerate(cells.rows, start=1) if not row))
    kept, numbers, formulas = [], [], {}
    for number, row in enumerate(cells.rows[1:], start=2):
        texts, found = _texts(file, number, row, kinds, formulas)
        faults += found
        if row and not found:
            kept.append(texts)
            numbers.append(number)
    faults += [_computed(file, names, name, found) for name, found in formulas.items()]
    letters = {name: letter(index) for index, name in enumerate(names)}
    return table_of(file, numbers, kept, names, letters=letters), faults


def _as_header(row):
    return ["" if cell.value is None else str(cell.value) for cell in row]


def _unseen(file, cells, names):
    """What is said of rows and columns that are hidden."""
    said, cure = [], "read as all others; show what is hidden, or delete it"
    for first, last in runs(cells.hidden_rows):
        found = (
            "the row is hidden, and was"
            if first == last
            else f"the rows to {last} are hidden, and were"
        )
        said.append(Notice(file, first, None, f"{found} {cure}"))
    for first, last in cells.hidden_columns:
        for name in names[first - 1 : last]:
            said.append(Notice(file, None, name, f"the column is hidden, and was {cure}"))
    return said


def _unmerged(file, cells, kinds):
    """Give each row what merged cells show beside it, but no number; and what is said of that."""
    said = []
    for merged in cells.merged:
        at, first = merged.min_col - 1, merged.min_row
        if (
            first < 2
            or first > len(cells.rows)
            or at >= min(len(kinds), len(cells.rows[first - 1]))
        ):
            continue
        name = list(kinds)[at]
        rows = [row for row in cells.rows[first : merged.max_row] if row]
        if kinds[name] == "number" or not rows:
            continue
        for row in rows:
            row += [Cell()] * (at + 1 - len(row))
            row[at] = cells.rows[first - 1][at]
        problem = (
            f"the cells {merged.coord} are merged, and were read as if each row had their text"
        )
        said.append(
            Notice(file, first, name, f"{problem}; write it in each", f"{letter(at)}{first}")
        )
    return said


def letter(index: int) -> str:
    """The letter of a column, by its index from 0."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def _texts(file, number, row, kinds, formulas):
    """The texts of a row, and what is wrong with its cells; `formulas` gets those, by column."""
    if len(row) > len(kinds):
        problem = f"{len(row)} cells where {len(kinds)} are expected"
        problem = f"{problem}; look for a figure in the wrong column"
        return [], [Fault(file, number, None, problem, f"{letter(len(kinds))}{number}")]
    fonts = [cell.font for cell in row if cell.value is not None]
    if fonts and all(font is not None and font.strike for font in fonts):
        problem = "the row is struck out; delete it, or take the line away"
        return [], [Fault(file, number, None, problem)]
    texts, faults = [""] * len(kinds), []
    for index, (name, cell) in enumerate(zip(kinds, row, strict=False)):
        try:
            texts[index] = _text(cell, kinds[name] == "date")
            if cell.formula:
                formulas.setdefault(name, []).append((number, cell.formula))
            continue
        except (IndexError, OverflowError) as error:  # of what no spreadsheet writes
            problem = f"the cell cannot be read ({error}); {TEXT_CURE}"
        except ValueError as error:
            problem = str(error)
        faults.append(Fault(file, number, name, problem, f"{letter(index)}{number}"))
    return texts, faults


def _computed(file, names, name, found):
    """What is said of a column that has formulas, each with its row."""
    (row, formula), several = found[0], f" and {len(found) - 1} more" if len(found) > 1 else ""
    problem = (
        f"found the formula {shown(formula)}{several}, and read what it gave when it was saved"
    )
    cell = f"{letter(names.index(name))}{row}"
    return Notice(file, row, name, f"{problem}; write the figure itself", cell)


def _text(cell, is_date):
    """The text of a cell as it is shown. Raises ValueError if that is not certain."""
    value = cell.value
    if not cell.saved:
        raise ValueError(f"found the formula {shown(cell.formula)}; write the figure itself")
    if value is None:
        return ""
    if cell.kind == "e":
        error = f"found {shown(str(value))}, an error of the spreadsheet"
        raise ValueError(f"{error}; write the figure itself")
    if isinstance(value, str | list):
        return seen_text(value, cell.font)
    if isinstance(value, date) and is_date and str(value).removesuffix(MIDNIGHT) == str(value)[:10]:
        return str(value)[:10]
    if isinstance(value, bool) or not isinstance(value, int | float):
        kind = "logical value" if isinstance(value, bool) else "date or a time"
        raise ValueError(f"found {value}, of which the spreadsheet has made a {kind}; {TEXT_CURE}")
    if cell.form is None:
        raise IndexError("its style is missing")
    if "%" in cell.form:
        raise ValueError(f"found {value!r}, shown as a percentage; {TEXT_CURE}, without the sign")
    text = shown_number(value, cell.form)
    if text is None:
        raise ValueError(f"found {value!r}, shown in the format {cell.form!r}; {TEXT_CURE}")
    if not abs(float(text) - value) <= 1e-9 * max(1, abs(value)):
        raise ValueError(f"found {value!r}, shown as {text}; {TEXT_CURE}")
    return seen_text(text, cell.font)
