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
from indicators.data.readers import cells
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

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
        (6001.000000000001, "General", "6001"),  # a spreadsheet keeps 15 digits
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


def title(book):
    book[SHEET].insert_rows(1, 2)
    book[SHEET]["A1"] = "绍兴市 2021"


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
    "an empty file": (lambda path: path.write_bytes(b""), r"as a workbook \(the file is empty\)"),
    "one of the old kind": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        "protected by a password, or of the kind .xls",
    ),
    "a directory": (lambda path: path.mkdir(), "cannot be read as a workbook"),
    "a part of one": (
        lambda path: path.write_bytes(saved(book_of(DATA), path).read_bytes()[:9000]),
        "it is cut off or damaged: put a whole copy in its place",
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
        "1 fault.*\n.*sheet observations, row 1: the header stands in row 2; delete what is above",
    ),
    "a title above the header": (
        changed(title),
        "1 fault.*\n.*sheet observations, row 1: the header stands in row 3; delete what is above",
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


# --- what is seen -----------------------------------------------------------------------------


def edited(path, change, part="xl/worksheets/sheet1.xml"):
    """Change the text of parts of a workbook, those whose names a pattern finds."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, change(text) if re.fullmatch(part, name) else text)
    return path


def with_cell(path, xml, cell="G2"):
    """Put a cell, as a program writes it, in the place of one of the real observations."""
    saved(book_of(DATA, [SHEET]), path)
    pattern = rf'<c r="{cell}"[^>]*>.*?</c>'.encode()
    return edited(path, lambda text: re.sub(pattern, lambda _: xml.encode(), text, count=1))


def told(path):
    """The table of a workbook, and what is said of how it was read."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loaded = data.load(path)
    return loaded, [str(notice) for warning in caught for notice in warning.message.notices]


RUN = "<r>{}<t>{}</t></r>"
RAISED = '<rPr><vertAlign val="superscript"/><sz val="10"/></rPr>'
LOWERED = '<rPr><sz val="10"/><vertAlign val="subscript"/></rPr>'
BOLD, STRUCK = '<rPr><b/><sz val="10"/></rPr>', '<rPr><strike/><sz val="10"/></rPr>'


def in_line(*runs):
    parts = "".join(RUN.format(*run) for run in runs)
    return f'<c r="G2" t="inlineStr"><is>{parts}</is></c>'


def share(path, runs):
    """Give a workbook a part of shared texts, which is one of these runs."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    edited(path, lambda text: text.replace(b"</Types>", part.encode()), r"\[Content_Types\].xml")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{namespace}"><si>{runs}</si></sst>')


@pytest.mark.parametrize("stored", ["in-line", "shared"])
@pytest.mark.parametrize(
    "runs, said",
    [
        ([("", "600"), (RAISED, "1")], "found '600¹'; allowed is a number"),
        ([("", "600"), (LOWERED, "1")], "found '600₁'; allowed is a number"),
        ([("", "６00"), (RAISED, "１")], "found '６00¹'"),
        ([("", "600"), (RAISED, "－１")], "found '600⁻¹'"),
        ([(STRUCK, "59"), ("", "6001")], "found '59', struck out; delete what does not hold"),
        ([(BOLD, "60"), ("", "01")], None),
    ],
)
def test_digits_that_are_raised_lowered_or_struck_out_are_none_of_the_number(
    path, few, stored, runs, said
):
    with_cell(path, in_line(*runs) if stored == "in-line" else '<c r="G2" t="s"><v>0</v></c>')
    if stored == "shared":
        share(path, "".join(RUN.format(*run) for run in runs))
    if said is None:
        pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)
        return
    (fault,) = faults(path)
    assert fault.cell == "G2" and fault.problem.startswith(said)


def test_raised_digits_of_a_unit_are_those_that_are_printed_so(path, table):
    header, *rows = rows_of(DATA / f"{SHEET}.csv")
    row = next(row for row in rows if row[7] == "µg/m³")
    saved(book_with({SHEET: [header, row]}), path)
    plain, runs = "<t>µg/m³</t>", RUN.format("", "µg/m") + RUN.format(RAISED, "3")
    edited(path, lambda text: text.replace(plain.encode(), runs.encode()))
    assert data.load(path)["unit"].tolist() == ["µg/m³"]


ACCOUNTS = r'_ * #,##0.0_ ;_ * \-#,##0.0_ ;_ * "-"??_ ;_ @_ '  # of Excel and WPS in China
FORMATS = [
    (6001, "General", "6001"),
    (6001, "#,##0", "6001"),
    (6001.5, ACCOUNTS, "6001.5"),
    (-6001.5, ACCOUNTS, "-6001.5"),
    (0, ACCOUNTS, None),  # seen is a dash
    (6001, r"_(* #,##0_);_(* \(#,##0\);_(* " + '"-"_);_(@_)', "6001"),
    (-6001, r"_(* #,##0_);_(* \(#,##0\);_(* " + '"-"_);_(@_)', "-6001"),
    (-7, "#,##0.0_);[Red](#,##0.0)", "-7.0"),
    (-7, "0.0_ ;[Red]\\-0.0\\ ", "-7.0"),
    (-7, "0.0;[Red]0.0", "-7.0"),
    (-7, "#,##0.00;[RED]-#,##0.00", "-7.00"),  # of LibreOffice
    (-7, "General;[Red]-General", "-7"),
    (7, "[$-804]General", "7"),
    (1234567, "#,##,##0", "1234567"),
    (9.899999999999999, "General", "9.9"),
    (-0.1 - 0.2, "General", "-0.3"),
    (0.123456789012345, "General", "0.123456789012345"),
    (8.5, "??0.0", "8.5"),
    (8.5, "_ ¥* #,##0.0_ ", "8.5"),
    (8.5, '_ "¥"* #,##0.0_ ;_ "¥"* \\-#,##0.0_ ;_ "¥"* "-"??_ ;_ @_ ', "8.5"),
    (-8.5, '_ "¥"* #,##0.0_ ;_ "¥"* \\-#,##0.0_ ;_ "¥"* "-"??_ ;_ @_ ', "-8.5"),
    (0, '_ "¥"* #,##0.0_ ;_ "¥"* \\-#,##0.0_ ;_ "¥"* "-"??_ ;_ @_ ', None),
    (6001, "_-[$¥-804]* #,##0_-", "6001"),
    (6001, "¥#,##0", None),
    (7, '"万"* 0', None),
    (7, "0_)", "7"),
    (7, "#", "7"),
    (0, "#", None),
    (-7, "0;0", None),
    (-7, "0;", None),
    (7, ";;;", None),
    (7, "-0", None),
    (7, "(0)", None),
    (7, '"0"0', None),
    (7, "[White]0", None),
    (7, "[DBNum1]General", None),
    (7, "[>5]0;0", None),
    (6001, "0.0,", None),
    (6001, '"¥"#,##0', None),
    (6001, "[$¥-804]#,##0", None),
    (6001, '0"万"', None),
    (6001, "0.00E+00", None),
    (0.5, "# ?/?", None),
]


@pytest.mark.parametrize("value, form, text", FORMATS)
def test_a_format_that_only_places_or_colours_a_number_shows_the_number(value, form, text):
    assert cells.shown_number(value, form) == text


FONTS = {
    "struck": (dict(strike=True), 6001, "found '6001', struck out; delete what does not hold"),
    "struck text": (dict(strike=True), "6001", "found '6001', struck out"),
    "raised": (dict(vertAlign="superscript"), 6001, "found '⁶⁰⁰¹'; allowed is a number"),
    "lowered text": (dict(vertAlign="subscript"), "6001", "found '₆₀₀₁'; allowed is a number"),
    "bold": (dict(bold=True, vertAlign="baseline"), "6001", None),
}


@pytest.mark.parametrize("name", FONTS)
def test_a_cell_that_is_struck_out_or_raised_as_a_whole_is_as_its_parts_are(path, few, name):
    font, value, said = FONTS[name]
    book = book_of(DATA, [SHEET])
    book[SHEET]["G2"], book[SHEET]["G2"].font = value, Font(**font)
    saved(book, path)
    if said is None:
        pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)
        return
    (fault,) = faults(path)
    assert fault.cell == "G2" and fault.problem.startswith(said)


def test_a_row_or_a_word_that_is_struck_out_is_one_fault(path):
    book = book_of(DATA, [SHEET])
    for cell in book[SHEET][9]:
        cell.font = Font(strike=True)
    (fault,) = faults(saved(book, path))
    assert fault.row == 9 and fault.problem.startswith("the row is struck out; delete it")
    for cell in book[SHEET][9]:
        cell.font = Font(strike=cell.column == 2)
    (fault,) = faults(saved(book, path))
    assert fault.cell == "B9" and fault.problem.startswith("found 'shaoxing', struck out")


@pytest.mark.parametrize(
    "text, said",
    [
        ("600_x0031_", None),
        ("_x0036_001", None),
        ("6001_x000D_", "found '6001\\r'"),
        ("6001_xD83D_", "found '6001\\ud83d'"),
        ("6001_x", "found '6001_x'"),
    ],
)
def test_characters_that_a_workbook_keeps_in_another_form_are_read(path, few, text, said):
    put(path, "G2", text)
    if said is None:
        pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)
        return
    assert faults(path)[0].problem.startswith(said)


@pytest.mark.parametrize(
    "xml, said",
    [
        ('<c r="G2"><v>6001</v></c><c r="G2"><v>6002</v></c>', "cell G2 stands there twice"),
        ('<c r="G2"><v>6001</v></c></row><row r="2">', "row 2 stands there twice"),
        ('<c r="G2"><v>6001</v></c>', None),
    ],
)
def test_a_row_or_a_cell_that_stands_there_twice_is_a_fault(path, few, xml, said):
    with_cell(path, xml)
    if said is None:
        pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)
        return
    (fault,) = faults(path)
    assert said in fault.problem and "save it anew" in fault.problem


def test_a_figure_of_an_account_is_loaded(path, few):
    put(path, "G2", 6001, ACCOUNTS.replace(".0", ""))
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)


@pytest.mark.parametrize(
    "xml, said",
    [
        ('<c r="G2"><f>6000+1</f><v>6001</v></c>', "'=6000+1', and read what it gave"),
        ('<c r="G2" t="str"><f>TEXT(A1,"0")</f><v>6001</v></c>', "and read what it gave"),
        # as LibreOffice has written it
        ('<c r="G2" t="inlineStr"><f>B1</f><is><t>6001</t></is></c>', "'=B1', and read what"),
        ('<c r="G2"><f t="shared" si="0"/><v>6001</v></c>', "'=…', and read what it gave"),
    ],
)
def test_what_a_formula_gave_is_read_and_said(path, few, xml, said):
    loaded, notices = told(with_cell(path, xml))
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    (notice,) = notices
    assert "sheet observations, cell G2, column value: found the formula" in notice
    assert said in notice and notice.endswith("write the figure itself")


@pytest.mark.parametrize(
    "xml, said",
    [
        ('<c r="G2"><f>6000+1</f><v></v></c>', "found the formula '=6000+1'; write the figure"),
        ('<c r="G2"><f>6000+1</f></c>', "found the formula '=6000+1'; write the figure itself"),
        ('<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "'#DIV/0!', an error of the spreadsheet"),
        ('<c r="G2" t="b"><f>1=1</f><v>1</v></c>', "a logical value"),
    ],
)
def test_a_formula_that_gave_no_figure_is_a_fault(path, xml, said):
    (fault,) = faults(with_cell(path, xml))
    assert fault.cell == "G2" and said in fault.problem


# --- what is hidden, merged or beside ----------------------------------------------------------


def flat(text):
    """A row and a column of a sheet without any height and width."""
    text = re.sub(rb'(<row r="9"[^>]* ht=")30', rb"\g<1>0", text)
    column = b'<col width="0" min="8" max="8" customWidth="1"/><col min="13"'
    return re.sub(rb'<col [^>]*min="8"[^>]*/>', column + b' max="13" hidden="1"/>', text)


def test_rows_and_columns_that_are_hidden_are_read_and_named(path, few):
    book = book_of(DATA, [SHEET])
    for row in (5, 6, 7, 9, 900):
        book[SHEET].row_dimensions[row].hidden = True
    for column in "HMZ":
        book[SHEET].column_dimensions[column].hidden = True
    book[SHEET].row_dimensions[9].hidden, book[SHEET].row_dimensions[9].height = False, 30
    book[SHEET].row_dimensions[11].height = 30
    edited(saved(book, path), flat)
    loaded, notices = told(path)
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    sheet, cure = "table.xlsx, sheet observations", "read as all others; show what is hidden, or"
    assert notices == [
        f"{sheet}, row 5: the rows to 7 are hidden, and were {cure} delete it",
        f"{sheet}, row 9: the row is hidden, and was {cure} delete it",
        f"{sheet}, column unit: the column is hidden, and was {cure} delete it",
        f"{sheet}, column note: the column is hidden, and was {cure} delete it",
    ]


def hide(book, *names):
    for name in names:
        book[name].sheet_state = "hidden"


def aside(book):
    """An old sheet of observations is hidden beside the one that is seen."""
    book[SHEET].title = "Sheet1"
    book.create_sheet(SHEET).append(["old"])
    book.create_sheet("Sheet2")
    hide(book, SHEET)


def beside(book):
    """Sheets that are no table are hidden, one with a name that is nearly one."""
    book.create_sheet("observation").append(["old"])
    book.create_sheet("WpsReserved").sheet_state = "veryHidden"
    hide(book, "observation")


def notes(book):
    """A sheet beside the observations is seen, and has something."""
    book.create_sheet("数据").append(["", "x"])


def away(book):
    hide(book, SHEET)
    book.create_sheet("Sheet1")


NOT_READ = "the sheet is hidden, and was not read; show it if it has figures, or delete it"
IN_ITS_PLACE = NOT_READ.replace("not read", "not read (in its place, the sheet Sheet1)")
LEFT_OUT = (
    "the sheet is no table, and was not read; copy its figures to observations if it has some"
)
READ = "the sheet is hidden, and was read as the table of its name; show it, or delete it"


@pytest.mark.parametrize(
    "change, said",
    [
        (aside, [f"sheet {SHEET}: {IN_ITS_PLACE}"]),
        (notes, [f"sheet 数据: {LEFT_OUT}"]),
        (beside, [f"sheet observation: {NOT_READ}", f"sheet WpsReserved: {NOT_READ}"]),
        (away, [f"sheet {SHEET}: {READ}"]),
    ],
)
def test_a_hidden_sheet_is_named_and_takes_no_place_of_one_that_is_seen(path, few, change, said):
    book = book_of(DATA, [SHEET])
    change(book)
    loaded, notices = told(saved(book, path))
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    assert notices == [f"table.xlsx, {each}" for each in said]


@pytest.mark.parametrize("other", ["notes", "places"])
def test_hidden_observations_are_not_read_where_others_may_be_those_that_are_seen(path, other):
    book = book_of(DATA, [SHEET])
    book.copy_worksheet(book[SHEET]).title = "数据"
    book.create_sheet(other).append(["old"])
    hide(book, SHEET)
    (fault,) = faults(saved(book, path))
    named = "数据, notes" if other == "notes" else "数据"
    assert fault.problem.startswith(
        f"the sheet observations is hidden, others are seen: {named}; rename the one"
    )


def test_a_codebook_that_is_hidden_is_read_and_named(path, few):
    book = book_of(DATA)
    hide(book, "scopes", "indicators")
    loaded, notices = told(saved(book, path))
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    assert notices == [f"table.xlsx, sheet {name}: {READ}" for name in ("indicators", "scopes")]


def about(book):
    """All that a spreadsheet may have besides cells."""
    sheet = book[SHEET]
    sheet.title = "Tabelle1"
    sheet["G2"].comment = Comment("look at the page", "me")
    sheet.freeze_panes = "B2"
    sheet.sheet_format.zeroHeight = True  # hides those rows only that have no cells
    sheet.auto_filter.ref = f"A1:M{FEW + 1}"
    sheet.add_table(Table(displayName="figures", ref=f"A1:M{FEW + 1}"))
    sheet.merge_cells("P1:R1")
    sheet["L2"].hyperlink = "https://example.org/"
    for name in ("Tabelle2", "Tabelle3"):
        book.create_sheet(name)


def test_comments_tables_filters_panes_links_and_empty_sheets_change_nothing(path, few):
    book = book_of(DATA, [SHEET])
    about(book)
    loaded, notices = told(saved(book, path))
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    assert notices == []


def test_merged_cells_say_the_same_of_each_row_but_no_figure_is_made_of_them(path, few):
    book = book_of(DATA, [SHEET])
    same = [cell.value for cell in book[SHEET]["B"][1:4]]
    assert len(set(same)) == 1
    book[SHEET].merge_cells("B2:B4")
    loaded, notices = told(saved(book, path))
    pd.testing.assert_frame_equal(loaded, few, check_exact=True)
    (notice,) = notices
    assert "cell B2, column place: the cells B2:B4 are merged, and were read as if" in notice
    book[SHEET].merge_cells("G2:G3")
    with pytest.warns(data.TableNotice):
        (fault,) = faults(saved(book, path))
    assert str(fault).endswith("cell G3, column value: the cell is empty; a value is required")


# --- as programs save a workbook ---------------------------------------------------------------

USUAL = b"http://schemas.openxmlformats.org/"
STRICT = b"http://purl.oclc.org/ooxml/"
NAMES = {
    USUAL + b"spreadsheetml/2006/main": STRICT + b"spreadsheetml/main",
    USUAL + b"officeDocument/2006/relationships": STRICT + b"officeDocument/relationships",
}


def as_strict(text):
    for usual, strict in NAMES.items():
        text = text.replace(usual, strict)
    return text


def test_a_workbook_in_strict_open_xml_is_read_with_its_days(path, few):
    saved(book_of(DATA), path)
    day = b'<c r="E2" t="d"><v>2021-02-02</v></c>'  # as Excel writes days in this form
    edited(path, lambda text: re.sub(rb'<c r="E2"[^>]*>.*?</c>', day, text), ".*sheet5.xml")
    edited(path, as_strict, ".*")
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)


def test_a_day_in_a_format_that_only_chinese_spreadsheets_know_is_a_day(path, few):
    book = book_of(DATA)
    book["sources"]["E2"] = 44229  # 2 February 2021
    saved(book, path)
    day = b'<xf numFmtId="31" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/></cellXfs>'
    edited(path, lambda text: text.replace(b"</cellXfs>", day), "xl/styles.xml")
    cell = b'<c r="E2" s="1"><v>44229</v></c>'
    edited(path, lambda text: re.sub(rb'<c r="E2"[^>]*>.*?</c>', cell, text), ".*sheet5.xml")
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)


@pytest.mark.parametrize("wrong", ["A1", "A1:XFD1048576"])
def test_a_size_that_a_program_gave_wrongly_changes_nothing(path, few, wrong):
    book = book_of(DATA, [SHEET])
    book.create_sheet("empty")
    saved(book, path)
    given = b'<dimension ref="%s"' % wrong.encode()
    edited(path, lambda text: re.sub(rb'<dimension ref="[^"]*"', given, text), ".*/sheet[12].xml")
    pd.testing.assert_frame_equal(data.load(path), few, check_exact=True)


def packed_with(*names):
    def make(path):
        with zipfile.ZipFile(path, "w") as packed:
            for name in names:
                packed.writestr(name, "x")

    return make


OBSERVATIONS = (DATA / f"{SHEET}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "make, said",
    [
        (packed_with("mimetype", "content.xml"), "an OpenDocument spreadsheet, of the kind .ods"),
        (packed_with("Index/Document.iwa"), "a document of Numbers; in Numbers choose File > Exp"),
        (packed_with("[Content_Types].xml", "word/document.xml"), "a document of Word or Power"),
        (packed_with("observations.csv"), "a packed file .zip. of another kind, that was named"),
        (packed_with("xl/workbook.bin"), "a binary workbook, of the kind .xlsb"),
        (lambda path: path.write_text(OBSERVATIONS, encoding="utf-8"), "a text, .*name it .csv"),
        (lambda path: path.write_text(OBSERVATIONS, encoding="gb18030"), "a text, .*name it .csv"),
        (lambda path: path.write_text(OBSERVATIONS, encoding="utf-16"), "a text, .*name it .csv"),
        (lambda path: path.write_text("\n<html><table>"), "a web page that was named .xlsx"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "the kind .xls"),
    ],
)
def test_another_kind_of_file_that_is_named_as_a_workbook_is_told(path, make, said):
    make(path)
    (fault,) = faults(path)
    assert re.search(f"cannot be read as a workbook .*{said}.*save it as .xlsx", str(fault))
