"""Workbooks (.xlsx): sheets as tables of text, each figure as it is shown, and tables as a workbook to fill in.

A spreadsheet keeps numbers, not what was printed: `7.0` becomes 7, 6 % becomes 0.06, and `1/2` a date. A cell whose text cannot be told
for certain is a fault.
"""

import re
import warnings
import zipfile
from datetime import datetime
from pathlib import Path

from ..tables import Column, Fault, Table, TableError, header_faults, nearest, shown

LARGEST = 200_000_000  # bytes of a workbook, unpacked
PLAIN = re.compile(r"(#,##)?0(?:\.(0+))?(_\)|_ |;.*)?")
TEXT = "format the cell as text and type what was printed"
PROTECTED = b"\xd0\xcf\x11\xe0"


def sheets(path):
    """The worksheets of a workbook by name. Raises TableError if the file is none."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            head = file.read(4)
        if head == PROTECTED:
            raise ValueError("it is protected by a password, or of the kind .xls")
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise ValueError("it is far too large")
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what openpyxl does not know of a workbook has no figures in it
            return {
                sheet.title: sheet
                for sheet in load_workbook(path, read_only=True, keep_links=False).worksheets
            }
    except Exception as error:  # a broken workbook can break openpyxl anywhere
        problem = f"the file cannot be read as a workbook ({_reason(error)}); open it in a spreadsheet and save it as .xlsx, without a password"
        raise TableError([Fault(path.name, None, None, problem)]) from None


def _reason(error):
    return (
        getattr(error, "strerror", None) or str(error).splitlines()[0][:200]
        if str(error)
        else type(error).__name__
    )


def chosen(path, found, names):
    """The sheets that are tables, by the name of the table: those of that name, or the only sheet there is.

    Raises TableError where no sheet has observations, or one seems to be misnamed.
    """
    if len(found) == 1 and not set(found) & set(names):
        return {"observations": next(iter(found.values()))}
    faults = [
        Fault(
            f"{path.name}, sheet {title}",
            None,
            None,
            f"no table has this name{near}; rename the sheet",
        )
        for title in found
        if title not in names and (near := nearest(title.lower(), names))
    ]
    if "observations" not in found and not faults:
        problem = f"no sheet is named observations (there are: {', '.join(map(shown, found))}); rename the one that has the figures"
        faults = [Fault(path.name, None, None, problem)]
    if faults:
        raise TableError(faults)
    return {name: found[name] for name in names if name in found}


def read_sheet(path, sheet, names, dates):
    """The Table of a worksheet (None if its header is wrong), and what is wrong with its shape and its cells; `dates`: columns of dates."""
    file = f"{path.name}, sheet {sheet.title}"
    try:
        sheet.reset_dimensions()
        rows = [_trimmed(list(row)) for row in sheet.iter_rows()]
    except Exception as error:  # as in `sheets`
        return None, [
            Fault(
                file,
                None,
                None,
                f"the sheet cannot be read ({_reason(error)}); open it in a spreadsheet and save it anew",
            )
        ]
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        return None, [
            Fault(file, None, None, f"the sheet is empty; its first row must be: {','.join(names)}")
        ]
    faults = header_faults(
        file, ["" if cell.value is None else str(cell.value) for cell in rows[0]], names
    )
    if faults:
        return None, faults
    faults = [
        _emptiness(file, first, last)
        for first, last in _runs([number for number, row in enumerate(rows, start=1) if not row])
    ]
    kept, numbers, letters = [], [], {name: _letter(place) for place, name in enumerate(names)}
    for number, row in ((number, row) for number, row in enumerate(rows[1:], start=2) if row):
        texts, found = _texts(file, number, row, names, dates)
        faults += found
        if not found:
            kept.append(texts)
            numbers.append(number)
    cells = zip(*kept, strict=True) if kept else [()] * len(names)
    return Table(
        file, numbers, dict(zip(names, map(Column.of, cells), strict=True)), letters
    ), faults


def _runs(numbers):
    """The first and the last of each run of numbers without a gap."""
    runs = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def _emptiness(file, first, last):
    rows = (
        "the row is empty; remove it"
        if first == last
        else f"the rows to {last} are empty; remove them, or what stands beneath them"
    )
    return Fault(file, first, None, rows)


def _trimmed(row):
    """The cells up to the last that is filled."""
    while row and row[-1].value in (None, ""):
        row.pop()
    return row


def _letter(place):
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def _texts(file, number, row, names, dates):
    """The texts of a row, and what is wrong with its cells."""
    if len(row) > len(names):
        problem = f"{len(row)} cells where {len(names)} are expected; look for a figure in the wrong column"
        return [], [Fault(file, number, None, problem, f"{_letter(len(names))}{number}")]
    texts, faults = [""] * len(names), []
    for place, (name, cell) in enumerate(zip(names, row, strict=False)):
        try:
            texts[place] = _text(cell, name in dates)
        except (
            IndexError,
            OverflowError,
        ) as error:  # of styles and numbers that no spreadsheet writes
            problem = f"the cell cannot be read ({error}); {TEXT}"
            faults.append(Fault(file, number, name, problem, f"{_letter(place)}{number}"))
        except ValueError as error:
            faults.append(Fault(file, number, name, str(error), f"{_letter(place)}{number}"))
    return texts, faults


def _text(cell, is_date):
    """The text of a cell as it is shown. Raises ValueError, saying why and what to do, where that cannot be told."""
    value, form = cell.value, getattr(cell, "number_format", "General")
    if value is None:
        return ""
    if cell.data_type == "f":
        raise ValueError(f"found the formula {shown(str(value))}; write the figure itself")
    if cell.data_type == "e":
        raise ValueError(
            f"found {shown(str(value))}, an error of the spreadsheet; write the figure itself"
        )
    if isinstance(value, str):
        return value
    if isinstance(value, datetime) and is_date and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(
            f"found {value}, of which the spreadsheet has made a {_kind(value)}; {TEXT}"
        )
    return _number(value, form)


def _kind(value):
    return "logical value" if isinstance(value, bool) else "date or a time"


def _number(value, form):
    """A number as text with the decimals that its format shows. Raises ValueError where it shows another number."""
    if "%" in form:
        raise ValueError(f"found {value!r}, shown as a percentage; {TEXT}, without the sign")
    if form in ("General", "@"):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    plain = PLAIN.fullmatch(form)
    if not plain or (plain[3] or "").startswith(";") and value < 0:
        raise ValueError(f"found {value!r}, shown in the format {form!r}; {TEXT}")
    text = f"{value:.{len(plain[2] or '')}f}"
    if abs(float(text) - value) > 1e-9 * max(1, abs(value)):
        raise ValueError(f"found {value!r}, shown as {text}; {TEXT}")
    return text


# --- a workbook to fill in -------------------------------------------------------------------


def written(path, package, rows):
    """Write a workbook with a sheet for each table, all cells text; `rows`: for each table lists of texts, header first.

    Cells of keys and of fixed values offer what is allowed, and each says what it is for.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    lists = {}
    for resource in package["resources"]:
        sheet = book.create_sheet(resource["name"])
        for row in rows[resource["name"]]:
            sheet.append(row)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.number_format = "@"
        sheet.freeze_panes = "B2"
        for place, field in enumerate(resource["schema"]["fields"]):
            _prepare(sheet, _letter(place), field, _offered(resource, field, lists))
    choices = book.create_sheet("allowed")
    choices.sheet_state = "hidden"
    for column, (name, values) in enumerate(lists.items(), start=1):
        for row, text in enumerate([name, *values], start=1):
            choices.cell(row, column, text)
    book.save(path)


def _offered(resource, field, lists):
    """Where the allowed texts of a field stand, as a formula, or None."""
    for key in resource["schema"].get("foreignKeys", []):
        if key["fields"] == [field["name"]]:
            return f"{key['reference']['resource'] or resource['name']}!$A$2:$A$9999"
    if "enum" not in field.get("constraints", {}):
        return None
    lists.setdefault(f"{resource['name']} {field['name']}", field["constraints"]["enum"])
    place = list(lists).index(f"{resource['name']} {field['name']}")
    return f"allowed!${_letter(place)}$2:${_letter(place)}${len(field['constraints']['enum']) + 1}"


def _prepare(sheet, letter, field, offered):
    """Let a column keep text, say what it is for, and offer what is allowed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.column_dimensions[letter].number_format = "@"
    sheet.column_dimensions[letter].width = 16
    rule = (
        DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=False)
        if offered
        else DataValidation()
    )
    rule.promptTitle, rule.prompt, rule.showInputMessage = (
        field["name"],
        field["description"][:250],
        True,
    )
    rule.add(f"{letter}2:{letter}9999")
    sheet.add_data_validation(rule)


def is_workbook(path):
    """Whether a path is that of a workbook, by its name."""
    return Path(path).suffix.lower() in (".xlsx", ".xlsm")
