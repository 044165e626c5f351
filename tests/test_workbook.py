"""Tables as workbooks: the same table, the same faults, with sheet and cell."""

import io
import random
import re
import shutil
import warnings
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from broken import IN_CELLS, rows_of
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indicators import data
from openpyxl.chart import BarChart, Reference

DATA = ROOT / "data"
SHEET = "observations"
FEW = 40  # observations, where their number is not the point


def book_of(folder, names=data.TABLES, whole=False):
    """A workbook with the files of a folder as sheets of text; of observations few, or all."""
    tables = {name: rows_of(folder / f"{name}.csv") for name in names}
    if not whole:
        tables[SHEET] = tables[SHEET][: FEW + 1]
    return book_with(tables)


def book_with(tables):
    """A workbook with rows as sheets of text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that begins with = is a text
    return book


def saved(book, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(path)
    return path


def put(path, cell, value, form="General"):
    """Put a value into a cell of a workbook with real observations."""
    book = book_of(DATA, [SHEET])
    book[SHEET][cell] = value
    book[SHEET][cell].number_format = form
    return saved(book, path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "table.xlsx"


@pytest.fixture(scope="session")
def few(table):
    """The observations of a workbook with few."""
    return table.iloc[:FEW]


def faults(path):
    with pytest.raises(data.TableError) as caught:
        data.load(path)
    return caught.value.faults


def test_a_workbook_is_loaded_as_the_files_are(table, path):
    saved(book_of(DATA, whole=True), path)
    pd.testing.assert_frame_equal(data.load(path), table, check_exact=True)


def test_sheets_that_are_not_there_are_those_of_the_bundle(few, path):
    saved(book_of(DATA, [SHEET]), path)
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)
    book = book_of(DATA, [SHEET])
    book[SHEET].title = "Tabelle1"
    saved(book, path)
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)


KINDS = list(dict.fromkeys(broken.kind for broken in IN_CELLS))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_in_a_cell_is_told_as_in_a_file_with_its_cell(tmp_path, path, kind):
    chosen = [broken for broken in IN_CELLS if broken.kind == kind]
    wrong = {}
    for number, broken in enumerate((chosen[0], chosen[-1])):
        folder = shutil.copytree(DATA, tmp_path / str(number))
        broken.spoil(folder)
        names = [name for name in data.TABLES if differs(folder / f"{name}.csv")]
        tables = {name: rows_of(folder / f"{name}.csv") for name in [SHEET, *names]}
        numbers = needed(tables[SHEET], broken)
        tables[SHEET] = [tables[SHEET][number - 1] for number in numbers]
        try:
            saved(book_with(tables), path)
        except openpyxl.utils.exceptions.IllegalCharacterError:
            assert kind == "control character"
            continue
        told = [as_of_a_file(fault, numbers) for fault in faults(path)]
        cells = [fault.cell for fault in told if fault.row and fault.row > 1 and fault.column]
        placed = all(re.fullmatch("[A-M][0-9]+", cell or "") for cell in cells)
        wrong[broken.name] = broken.judged(told) or ("" if placed else f"no cell: {told}")
    assert {name: said for name, said in wrong.items() if said} == {}


def needed(rows, broken):
    """The numbers of rows that show a fault: few, and those that a rule may compare.

    They are all, where the fault is in no row.
    """
    kept, row = set(range(1, FEW + 2)), broken.row
    if broken.file != f"{SHEET}.csv":
        return sorted(kept)
    if row is None:
        return list(range(1, len(rows) + 1))
    slug, source = rows[row - 1][0], rows[row - 1][9]
    alike = [number for number, each in enumerate(rows, 1) if slug == each[0]]
    same = [number for number, each in enumerate(rows, 1) if source == each[9]]
    return sorted(kept | {row} | set(alike) | set(same[:FEW]))


def differs(file):
    return file.read_bytes() != (DATA / file.name).read_bytes()


def as_of_a_file(fault, numbers):
    """The fault as it would be told of a file; `numbers`: which of its rows are in the sheet."""
    sheet = re.fullmatch(r"table\.xlsx, sheet (\w+)", fault.file)[1]
    row = numbers[fault.row - 1] if sheet == SHEET and fault.row else fault.row
    problem = re.sub(r"table\.xlsx, sheet (\w+)", r"\1.csv", fault.problem)
    problem = problem.replace(" of the codebook 'data'", "")
    return data.Fault(f"{sheet}.csv", row, fault.column, problem, fault.cell)


# What is put into the value of row 2 (printed as 6001), in which format, and what is said.
CELLS = {
    "a formula": ("=6000+1", "General", "found the formula '=6000\\+1'; write the figure itself"),
    "a link": ('=HYPERLINK("http://example.org")', "General", "found the formula"),
    "an error": ("#REF!", "General", "an error of the spreadsheet; write the figure itself"),
    "a percentage": (
        60.01,
        "0%",
        "found 60.01, shown as a percentage; "
        "format the cell as text and type what was printed, without the sign",
    ),
    "a date": (
        date(2020, 6, 1),
        "yyyy-mm-dd",
        "has made a date or a time; format the cell as text and type what was printed",
    ),
    "a time": (datetime(2020, 6, 1, 6, 1), "yyyy-mm-dd hh:mm", "has made a date or a time"),
    "a logical value": (
        True,
        "General",
        "found True, of which the spreadsheet has made a logical value",
    ),
    "a rounded number": (6000.96, "0", "found 6000.96, shown as 6001"),
    "a number in thousands": (6001, "0.0,", "shown in the format '0.0,'"),
    "a currency": (6001, '"¥"#,##0', "shown in the format"),
    "a scientific number": (6001, "0.00E+00", "shown in the format"),
    "a fraction": (6001, "# ?/?", "shown in the format"),
    "a number that was computed": (
        6001.000000000001,
        "General",
        "of at most 15 digits|no such number",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_shows_another_text_than_it_keeps_is_told(path, name):
    value, form, said = CELLS[name]
    (fault,) = faults(put(path, "G2", value, form))
    assert (fault.file, fault.row, fault.column, fault.cell) == (
        "table.xlsx, sheet observations",
        2,
        "value",
        "G2",
    )
    assert re.search(said, str(fault)), str(fault)


@pytest.mark.parametrize(
    "value, form, printed",
    [
        (6001, "General", "6001"),
        (6001.0, "0", "6001"),
        (6001, "#,##0", "6001"),
        ("6001", "@", "6001"),
        (6001, "@", "6001"),
    ],
)
def test_a_number_keeps_what_its_format_shows(path, value, form, printed):
    assert data.load(put(path, "G2", value, form))["printed"].iloc[0] == printed


def test_decimals_that_a_format_shows_are_printed_decimals(path):
    header, *rows = rows_of(DATA / f"{SHEET}.csv")
    row = next(row for row in rows if re.fullmatch(r"[0-9]+\.0", row[6]))
    book = book_with({SHEET: [header, row]})
    cell, printed = book[SHEET]["G2"], row[6]
    cell.value, cell.number_format = float(printed), "0.0"
    loaded = data.load(saved(book, path))
    assert loaded["printed"][0] == printed and loaded["decimals"][0] == 1
    cell.number_format = "General"  # without it, the spreadsheet has lost them
    (fault,) = faults(saved(book, path))
    assert fault.cell == "G2" and "no such number" in fault.problem


def test_a_year_may_be_a_number_and_a_day_a_date(path, few):
    book = book_of(DATA)
    for row in range(2, 40):
        if re.fullmatch("[0-9]{4}", book[SHEET][f"D{row}"].value):
            book[SHEET][f"D{row}"] = int(book[SHEET][f"D{row}"].value)
    book["sources"]["E2"] = date(2021, 2, 2)
    pd.testing.assert_frame_equal(data.load(saved(book, path)), few, check_exact=True)


def test_all_faults_of_a_workbook_are_told_at_once(path):
    book = book_of(DATA)
    book[SHEET]["G2"], book[SHEET]["E9"], book["sources"]["E2"], book["places"]["E2"] = (
        "=1",
        "goal",
        "yesterday",
        33.5,
    )
    told = faults(saved(book, path))
    assert {fault.cell for fault in told} == {"G2", "E9", "E2"} and len(told) == 4


# --- the workbook as a whole ----------------------------------------------------------------


def changed(change):
    def make(path):
        book = book_of(DATA)
        change(book)
        saved(book, path)

    return make


def rename(old, new):
    return changed(lambda book: setattr(book[old], "title", new))


def insert(row):
    return changed(lambda book: book[SHEET].insert_rows(row))


def bomb(path):
    """A workbook that unpacks to far more than there is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)


def nested(path):
    """A workbook whose texts name one another, each many times."""
    saved(book_of(DATA, [SHEET]), path)
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12)
    )
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("<v>6001</v>", "<v>&a11;</v>")
    head = f"<?xml version='1.0'?><!DOCTYPE worksheet [{entities}]>"
    spoilt = head + sheet[sheet.index("<worksheet") :]
    parts["xl/worksheets/sheet1.xml"] = spoilt.encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)


BOOKS = {
    "not a workbook": (
        lambda path: path.write_text("indicator,place\n"),
        "table.xlsx: the file cannot be read as a workbook .*save it as .xlsx",
    ),
    "an empty file": (lambda path: path.write_bytes(b""), "cannot be read as a workbook"),
    "one of the old kind": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        "protected by a password, or of the kind .xls",
    ),
    "a directory": (lambda path: path.mkdir(), "cannot be read as a workbook"),
    "a part of one": (
        lambda path: path.write_bytes(saved(book_of(DATA), path).read_bytes()[:9000]),
        "cannot be read as a workbook",
    ),
    "too large": (bomb, "far too large"),
    "texts within texts": (nested, "cannot be read"),
    "a misnamed sheet": (
        rename("sources", "source"),
        "sheet source: no table has this name .did you mean sources",
    ),
    "no observations": (
        rename(SHEET, "figures of 2021"),
        "no sheet is named observations .there are: .*'figures of 2021'",
    ),
    "an empty sheet": (
        changed(lambda book: book["places"].delete_rows(1, 9)),
        "sheet places: the sheet is empty; its first row must be",
    ),
    "a header and nothing else": (
        changed(lambda book: book["places"].delete_rows(2, 9)),
        "sheet places: there are no rows beneath the header",
    ),
    "a row above the header": (
        insert(1),
        "sheet observations, row 1, column indicator: the column is missing",
    ),
    "an empty row": (insert(9), "sheet observations, row 9: the row is empty; remove it"),
    "a figure beside the table": (
        changed(lambda book: book[SHEET].cell(9, 15, "x")),
        "sheet observations, cell N9: 15 cells where 13 are expected",
    ),
    "a missing column": (
        changed(lambda book: book[SHEET].delete_cols(6)),
        "row 1, column bound: the column is missing; expected",
    ),
    "merged cells": (
        changed(lambda book: book[SHEET].merge_cells("G2:G3")),
        "cell G3, column value: the cell is empty",
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_that_is_no_table_is_named_with_the_cure(path, name):
    make, said = BOOKS[name]
    make(path)
    assert re.search(said, str(data.TableError(faults(path)))), faults(path)


@pytest.mark.parametrize("cell", ["<v>1e400</v>", "999"])
def test_a_number_or_a_style_that_no_spreadsheet_writes_is_told_with_its_cell(path, cell):
    put(path, "G2", 6001)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name, old = (
        "xl/worksheets/sheet1.xml",
        re.search(rb'<c r="G2"[^>]*><v>6001</v></c>', parts["xl/worksheets/sheet1.xml"])[0],
    )
    new = '<c r="G2" s="999"><v>6001</v></c>' if "999" in cell else f'<c r="G2">{cell}</c>'
    parts[name] = parts[name].replace(old, new.encode())
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    (fault,) = faults(path)
    assert (
        fault.cell == "G2"
        and "the cell cannot be read" in fault.problem
        and "format the cell as text" in fault.problem
    )


def test_many_empty_rows_are_one_fault(path):
    book = book_of(DATA, [SHEET])
    book[SHEET]["A5000"] = "x"
    told = faults(saved(book, path))
    first = f"table.xlsx, sheet observations, row {FEW + 2}"
    empty = f"{first}: the rows to 4999 are empty; remove them"
    assert len(told) < 15 and str(told[0]).startswith(empty)


def test_a_number_below_zero_in_a_format_that_may_hide_its_sign_is_told(path):
    (fault,) = faults(put(path, "G2", -6001, "0;0"))
    assert "shown in the format '0;0'" in fault.problem


def test_other_sheets_and_trailing_blanks_change_nothing(path, few):
    book = book_of(DATA)
    book.create_sheet("my notes")["B3"] = "=1+1"
    chart = BarChart()
    chart.add_data(Reference(book[SHEET], min_col=7, min_row=1, max_row=9))
    book.create_chartsheet("chart").add_chart(chart)
    for row in range(900, 1200):
        book[SHEET].cell(row, 3).number_format = "@"
    pd.testing.assert_frame_equal(data.load(saved(book, path)), few, check_exact=True)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_is_refused_or_loaded_but_breaks_nothing_else(path, seed):
    raw, chance = bytearray(WHOLE), random.Random(seed)
    for _ in range(chance.randrange(1, 6)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw)
    try:
        data.load(path)
    except data.TableError as error:
        assert error.faults


def packed(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WHOLE = packed(book_of(DATA, [SHEET]))
