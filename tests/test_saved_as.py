"""CSV files as editors and spreadsheets save them: what is certain is read and said."""

import csv
import io
import re
import shutil
import warnings

import pandas as pd
import pytest
from conftest import ROOT
from indicators import data

DATA = ROOT / "data"
FEW = 40  # observations
PLAIN = "".join(
    (DATA / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)[: FEW + 1]
)
ROWS = list(csv.reader(io.StringIO(PLAIN)))


def written(rows=ROWS, mark=",", end="\r\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator=end).writerows(rows)
    return text.getvalue()


def frame():
    return pd.DataFrame(ROWS[1:], columns=ROWS[0])


# How a program saves the table, and what is said of that, in order (of nothing, nothing).
SAVED = {
    "by an editor": (PLAIN.encode(), []),
    "with the line ends of Windows": (written().encode(), []),
    "by Excel as UTF-8": (written().encode("utf-8-sig"), ["row 1: .*a byte-order mark"]),
    "by Excel in Germany": (
        written(mark=";").encode("utf-8-sig"),
        ["row 1: .*a byte-order mark", "row 1: the cells are separated by ';'"],
    ),
    "by Excel as Unicode text": (
        written(mark="\t").encode("utf-16"),
        ["row 1: the text is UTF-16", "row 1: the cells are separated by '\\\\t'"],
    ),
    "by Excel or WPS in China": (
        written().encode("gb18030"),
        ["row 2: .*looks like GB18030, .*: '生产总值 6001 亿元'"],
    ),
    "by WPS with semicolons": (
        written(mark=";").encode("gb18030"),
        ["row 2: .*looks like GB18030", "separated by ';'"],
    ),
    "by Google Sheets": (
        written().removesuffix("\r\n").encode(),
        [f"row {FEW + 1}: the last line has no end, so the file may be cut off"],
    ),
    "by Numbers, with empty cells about": (
        written([[*row, "", ""] for row in [*ROWS, [""] * 13, [""] * 13]]).encode(),
        [
            "row 1: unknown columns without a name stand beside the table; remove them",
            f"row {FEW + 2}: the rows to {FEW + 3} are empty; remove them",
        ],
    ),
    "by pandas, with its index": (
        frame().to_csv().encode(),
        ["row 1: the first column has no name, as the index that pandas writes; remove it"],
    ),
    "by pandas, with its index that was read": (
        frame().to_csv(index_label="Unnamed: 0").encode(),
        ["row 1: the first column is called 'Unnamed: 0', as the index that pandas writes"],
    ),
    "with the end of DOS": (
        written().encode() + b"\x1a",
        [f"row {FEW + 2}: the text ends with the character Ctrl-Z, .*; remove it"],
    ),
    "by a Mac of old": (PLAIN.replace("\n", "\r").encode(), []),
}


@pytest.mark.parametrize("name", SAVED)
def test_a_file_is_read_as_it_is_saved_and_it_is_said_what_was_taken_for_certain(
    table, tmp_path, name
):
    raw, said = SAVED[name]
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    with warnings.catch_warnings(record=True) as caught:
        pd.testing.assert_frame_equal(data.load(path), table[:FEW], check_exact=True)
        assert not data.faults(path)
    told = [warning.message for warning in caught]
    assert len(told) == 2 * bool(said) and all(type(each) is data.TableNotice for each in told)
    for each in told:
        assert len(each.notices) == len(said)
        for notice, pattern in zip(each.notices, said, strict=True):
            assert re.search(pattern, str(notice)), str(notice)
            assert notice.file == "mine.csv" and str(notice) in str(each)


@pytest.mark.parametrize("name", [name for name, (_, said) in SAVED.items() if said])
def test_the_bundle_takes_only_what_it_writes(folder, name):
    path = folder / "observations.csv"
    path.write_bytes(SAVED[name][0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = data.faults(folder)
    assert told and {fault.file for fault in told} == {path.name}


def cut(rows):
    """The table of rows without its last three cells."""
    whole, last = written(rows).rstrip("\r\n").rsplit("\n", 1)
    kept = io.StringIO()
    csv.writer(kept).writerow(next(csv.reader([last]))[:-3])
    return f"{whole}\n{kept.getvalue().rstrip()}".encode()


# What no program saves so, and what the fault must say.
LEFT = {
    "cut within a row": (cut(ROWS), "row 41: 10 cells where 13 are expected"),
    "cut within a character": (PLAIN.encode()[: PLAIN.encode().rindex("亿".encode()) + 1], "UTF-8"),
    "UTF-16 that is cut": (written().encode("utf-16")[:-1], "the text is not UTF-8"),
    "UTF-8 with a word in GB18030": (
        PLAIN.encode().replace("生产".encode(), "生产".encode("gb18030"), 1),
        "row 2: the text is not UTF-8; ",
    ),
    "German in Latin letters": (
        (written(ROWS[:1]) + written(ROWS[1:2]).replace("生产总值", "Einkäufe für Bürger")).encode(
            "cp1252", "replace"
        ),
        "row 2: the text is not UTF-8",
    ),
    "Traditional Chinese": (
        written([ROWS[0], [*ROWS[1][:11], "國內生產總值 6001 億元", ""]]).encode("big5"),
        "row 2: the text is not UTF-8",
    ),
    "decimal commas": (
        written([ROWS[0], [*ROWS[1][:6], "6001,0", *ROWS[1][7:]], *ROWS[2:]], mark=";").encode(),
        "found '6001,0'.*did you mean 6001.0",
    ),
    "a figure beside the table": (
        written([[*ROWS[0], ""], [*ROWS[1], "x"]]).encode(),
        "row 2: a cell stands beside the table, in a column without a name; remove it",
    ),
    "an empty row within": (written([*ROWS[:9], [""] * 13, *ROWS[9:]]).encode(), "row 10: the row"),
    "a separator and another header": (
        written([["", *ROWS[0][1:]], *ROWS[1:]], mark=";").encode(),
        "the cells are separated by ';'; save the table with commas",
    ),
    "a title above the header": (
        written([["绍兴市 2021"], [], *ROWS]).encode(),
        r"1 fault.\n.*row 1: the header stands in row 3; delete what is above it",
    ),
    "a title above the header, with semicolons": (
        written([["绍兴市 2021"], *ROWS], mark=";").encode(),
        r"1 fault.\n.*row 1: the header stands in row 2; delete what is above it",
    ),
    "Ctrl-Z within": (written().replace("6001,", "6001\x1a,", 1).encode(), r"found '6001\\x1a'"),
    "each line ended twice": (
        written(end="\r\r\n").encode(),
        r"1 fault.\n.*row 2: every second row is empty, .*; save it from a spreadsheet",
    ),
    "a workbook": (b"PK\x03\x04\0\0", "no text but a packed file; if it is a workbook, name it"),
    "a workbook of old": (b"\xd0\xcf\x11\xe0\0", "no text but a workbook of the kind .xls; "),
    "a mark and nothing else": (b"\xef\xbb\xbf", "mine.csv: the file is empty"),
}


@pytest.mark.parametrize("name", LEFT)
@pytest.mark.filterwarnings("ignore::indicators.data.TableNotice")
def test_what_is_not_certain_is_refused_with_the_cure(tmp_path, name):
    raw, said = LEFT[name]
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    with pytest.raises(data.TableError, match=said):
        data.load(path)


def test_a_notice_names_the_line_that_called_each_time_and_can_be_made_an_error(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(written().encode("utf-8-sig"))
    for _ in range(2):  # a cell that runs again
        with pytest.warns(data.TableNotice) as caught:
            data.load(path)
        assert [warning.filename for warning in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error", data.TableNotice)
        with pytest.raises(data.TableNotice, match="read as it seems to be meant"):
            data.load(path)


@pytest.mark.parametrize("name", ["2025.csv", "my.numbers", "my.xlsx", "a.b"])
def test_a_data_folder_may_be_called_as_a_file(table, tmp_path, name):
    folder = shutil.copytree(DATA, tmp_path / name)
    pd.testing.assert_frame_equal(data.load(folder), table, check_exact=True)
    assert data.template(tmp_path / name).name == name or name == "my.xlsx"


@pytest.mark.parametrize("name", ["~$w.xlsx", "~$w.csv", ".~lock.w.xlsx#"])
def test_the_mark_beside_an_open_file_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x05student")
    with pytest.raises(data.TableError, match="a file that it has open; load the file itself"):
        data.load(tmp_path / name)


# --- other kinds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, said",
    [
        ("x.xls", "this is a workbook of Excel 97–2003, .* save it as .xlsx"),
        ("x.ODS", "this is an OpenDocument spreadsheet, .* save it as .xlsx"),
        ("x.numbers", "this is a document of Numbers, .* File > Export To > Excel"),
        ("x.et", "this is a workbook of WPS, .* save it as .xlsx"),
        ("x.tsv", "this is a text with tabs, .* name it .csv"),
        ("x.docx", "a file of this kind cannot be loaded; give a data folder, a CSV file"),
    ],
)
@pytest.mark.parametrize("make", ["file", "folder"])
def test_another_kind_of_file_is_named_with_the_cure(tmp_path, name, said, make):
    path = tmp_path / name
    if make == "folder" and path.suffix != ".numbers":
        path.mkdir()  # any other folder is a data folder, here without files
        said = "datapackage.json: the file is missing"
    elif make == "folder":
        path.mkdir()  # as Numbers saves a document with pictures
    else:
        path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(data.TableError, match=said):
        data.load(path)
