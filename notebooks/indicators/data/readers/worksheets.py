"""The cells of a worksheet with what openpyxl leaves out: hidden rows, raised digits, formulas.

This module imports openpyxl, so it is imported when a workbook is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from .cells import Cell

CHINESE_DATES = {*range(27, 37), *range(50, 59)}  # formats that need no text where Chinese is set
LAST_OF_SHEET = 1_048_576  # that a spreadsheet has


@dataclass
class Cells:
    """The rows of a sheet as lists of Cell, without empty ones at their ends.

    `hidden_rows` counts from 1; `hidden_columns` has their first and last numbers, from 1;
    `merged` has ranges as openpyxl gives them.
    """

    rows: list[list[Cell]]
    hidden_rows: list[int]
    hidden_columns: list[tuple[int, int]]
    merged: list


class _Parser(WorkSheetParser):
    """A parser that keeps of a formula itself and its value."""

    def parse_cell(self, element):
        cell = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            cell["formula"] = f"={formula.text or '…'}"
            cell["saved"] = cell["value"] is not None or element.get("t") == "str"
        return cell


def cells_of(sheet: Any) -> Cells:
    """The cells of a worksheet that openpyxl has opened to be read only."""
    book = sheet.parent
    with book._archive.open(sheet._worksheet_path) as part:
        parser = _Parser(
            part,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )
        rows = _rows(sheet, parser.parse(), _marking(book))
    hidden = [int(row) for row, found in parser.row_dimensions.items() if _is_hidden(found)]
    columns = [found for found in parser.column_dimensions.values() if _is_hidden(found)]
    return Cells(
        rows,
        sorted(row for row in hidden if row <= len(rows) and rows[row - 1]),
        [(int(found["min"]), int(found["max"])) for found in columns],
        parser.merged_cells.mergeCell if parser.merged_cells else [],
    )


def _marking(book):
    """The fonts that strike out, raise or lower the text of a cell, by the number of its style."""
    fonts = {at: font for at, font in enumerate(book._fonts) if font.strike or font.vertAlign}
    styles = enumerate(book._cell_styles if fonts else ())
    return {at: fonts[style.fontId] for at, style in styles if style.fontId in fonts}


def _rows(sheet, parsed: Iterable, marking: dict) -> list[list[Cell]]:
    """The rows of a sheet; those that are not in the file are empty."""
    rows = []
    for number, found in parsed:
        if number > LAST_OF_SHEET:
            raise ValueError(f"row {number} is beyond the last of a sheet")
        rows += [[] for _ in range(len(rows), number - 1)]
        if len(rows) >= number:
            raise ValueError(f"row {number} stands there twice, or not in its place")
        rows.append(_row(sheet, found, marking))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(sheet, found, marking):
    """The cells of a row up to the last that is filled."""
    row = []
    for each in found:
        row += [Cell()] * (each["column"] - 1 - len(row))
        if len(row) >= each["column"]:
            name = f"{get_column_letter(each['column'])}{each['row']}"
            raise ValueError(f"cell {name} stands there twice, or not in its place")
        cell = _cell(sheet, **each)
        if marking and (font := marking.get(each["style_id"])):
            cell = cell._replace(font=font)
        row.append(cell)
    while row and row[-1].value in (None, "") and row[-1].saved:
        row.pop()
    return row


def _cell(sheet, row, column, value, data_type, style_id, formula="", saved=True):
    """A Cell as the parser tells it."""
    if isinstance(value, str) and not formula:
        return Cell(value, data_type)
    form = "General"
    if isinstance(value, int | float):
        styled = ReadOnlyCell(sheet, row, column, value, data_type, style_id)
        try:
            form = styled.number_format
            if styled.style_array.numFmtId in CHINESE_DATES:
                value = from_excel(value, sheet.parent.epoch)
        except (IndexError, ValueError, OverflowError):  # a style or date that is none
            form = None
    return Cell(value, data_type, form, formula, saved)


def _is_hidden(dimension):
    """Whether a row or a column is hidden, or has no height or width."""
    size = dimension.get("ht", dimension.get("width", "1"))
    return dimension.get("hidden") in ("1", "true") or not size.strip("0.")
