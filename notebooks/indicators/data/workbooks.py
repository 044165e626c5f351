"""A workbook to fill in: a sheet for each table; cells keep text and offer what is allowed."""

from pathlib import Path

from .readers.xlsx import CHOICES, letter

LAST_ROW = 9999  # down to which cells are prepared
LONGEST_PROMPT = 250  # characters; a spreadsheet shows no more


def write_workbook(path: Path, package: dict, rows: dict[str, list[list[str]]]) -> None:
    """Write a workbook with a sheet for each table of a descriptor, all cells text.

    `rows`: for each table lists of texts, header first. Cells of keys and of fixed values offer
    what is allowed, and each says what it is for.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = {}
    for resource in package["resources"]:
        sheet = book.create_sheet(resource["name"])
        _fill(sheet, rows[resource["name"]])
        for index, field in enumerate(resource["schema"]["fields"]):
            _prepare(sheet, letter(index), field, _offered(resource, field, lists))
    choices = book.create_sheet(CHOICES)
    choices.sheet_state = "hidden"
    for column, (name, values) in enumerate(lists.items(), start=1):
        for row, text in enumerate([name, *values], start=1):
            choices.cell(row, column, text)
    book.save(path)


def _fill(sheet, rows):
    """Write rows into a sheet, as text beneath a bold header that stays in sight."""
    from openpyxl.styles import Font

    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.number_format = "@"
    sheet.freeze_panes = "B2"


def _offered(resource, field, lists):
    """Where the allowed texts of a field stand, as a formula, or None."""
    for key in resource["schema"].get("foreignKeys", []):
        if key["fields"] == [field["name"]]:
            sheet = key["reference"]["resource"] or resource["name"]
            return f"{sheet}!$A$2:$A${LAST_ROW}"
    if "enum" not in field.get("constraints", {}):
        return None
    name, texts = f"{resource['name']} {field['name']}", field["constraints"]["enum"]
    lists.setdefault(name, texts)
    column = letter(list(lists).index(name))
    return f"{CHOICES}!${column}$2:${column}${len(texts) + 1}"


def _prepare(sheet, column, field, offered):
    """Let a column keep text, say what it is for, and offer what is allowed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.column_dimensions[column].number_format = "@"
    sheet.column_dimensions[column].width = 16
    rule = DataValidation()
    if offered:
        rule = DataValidation("list", offered, allow_blank=True, showErrorMessage=False)
    rule.promptTitle, rule.prompt = field["name"], field["description"][:LONGEST_PROMPT]
    rule.showInputMessage = True
    rule.add(f"{column}2:{column}{LAST_ROW}")
    sheet.add_data_validation(rule)
