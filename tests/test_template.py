"""A table of one's own: to be filled in, loaded, and put beside others."""

import io
import json
import os
import re
import resource
import subprocess
import sys

import nbformat
import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT
from indicators import checks, data, explorers, growth
from indicators.data import frames
from indicators.data.readers import xlsx
from nbclient import NotebookClient

HANGZHOU = ("hangzhou", "Hangzhou", "杭州", "zhejiang", "330100")
SOURCE = [
    "hangzhou-2021",
    "Communiqué 2020",
    "2020年杭州市统计公报",
    "杭州市统计局",
    "2021-03-18",
    "https://tjj.hangzhou.gov.cn/",
    "primary",
    "",
    "",
]
FIGURE = [
    "gdp",
    "hangzhou",
    "level",
    "2020",
    "actual",
    "exact",
    "16106",
    "100 million CNY",
    "",
    "hangzhou-2021",
    "page",
    "地区生产总值 16106 亿元",
    "",
]


@pytest.fixture
def mine(tmp_path):
    """A folder with one figure of another city."""
    folder = data.template(tmp_path / "my-city", *HANGZHOU)
    fill(folder / "observations.csv", FIGURE)
    fill(folder / "sources.csv", SOURCE)
    return folder


def fill(file, *rows):
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    pd.concat([frame, pd.DataFrame(rows, columns=frame.columns)]).to_csv(file, index=False)


def faults(path):
    with pytest.raises(data.TableError) as caught:
        data.load(path)
    return caught.value.faults


def test_a_folder_to_fill_in_lacks_figures_and_sources_only(tmp_path):
    folder = data.template(tmp_path / "my-city")
    assert {(fault.file, fault.problem.split(";")[0]) for fault in faults(folder)} == {
        (name, "there are no rows beneath the header")
        for name in ("observations.csv", "sources.csv")
    }
    for name in ("indicators.csv", "scopes.csv", "places.csv", "benchmarks.csv"):
        assert (folder / name).read_bytes() == (ROOT / "data" / name).read_bytes()


def test_a_folder_without_scopes_is_loaded_and_a_scope_that_it_lacks_is_told(mine):
    (mine / "scopes.csv").write_text("scope,name_en,name_zh,description\n", encoding="utf-8")
    assert len(data.load(mine)) == 1
    (mine / "observations.csv").write_text(
        (mine / "observations.csv").read_text(encoding="utf-8").replace("CNY,,", "CNY,urban,"),
        encoding="utf-8",
    )
    assert [fault.problem for fault in faults(mine)] == [
        "found 'urban', which scopes.csv does not list; add a row there, or look at the key"
    ]


def test_a_folder_that_is_filled_in_is_loaded(mine):
    loaded = data.load(mine)
    assert loaded[["place_zh", "printed", "title_zh"]].to_numpy().tolist() == [
        ["杭州", "16106", "2020年杭州市统计公报"]
    ]
    assert data.load(mine, place="hangzhou").shape == loaded.shape


def test_a_file_is_loaded_with_the_keys_of_a_folder_and_else_it_is_said_whose_keys_were_looked_up(
    mine,
):
    own = (mine / "observations.csv").rename(mine.with_name("my.csv"))
    assert data.load(own, codebook=mine)["printed"].tolist() == ["16106"]
    assert [fault.problem.partition(" (")[0] for fault in faults(own)] == [
        "found 'hangzhou', which places.csv of the codebook 'data' does not list; "
        "add a row there, or look at the key",
        "found 'hangzhou-2021', which sources.csv of the codebook 'data' does not list",
    ]


def test_a_workbook_that_is_filled_in_is_loaded(tmp_path, mine):
    path = tmp_path / "my-city.xlsx"
    assert data.template(path, *HANGZHOU) == path
    assert {fault.problem.split(";")[0] for fault in faults(path)} == {
        "there are no rows beneath the header"
    }
    book = openpyxl.load_workbook(path)
    for sheet, row in (("observations", FIGURE), ("sources", SOURCE)):
        for column, text in enumerate(row, start=1):
            book[sheet].cell(2, column, text or None)
    book.save(path)
    pd.testing.assert_frame_equal(data.load(path), data.load(mine), check_exact=True)


def test_a_table_of_an_earlier_version_loads_without_the_column_read_at(mine, tmp_path):
    now = data.load(mine)
    assert now["read_at"].tolist() == [""]
    path = data.template(tmp_path / "my-city.xlsx", *HANGZHOU)
    book = openpyxl.load_workbook(path)
    for sheet, row in (("observations", FIGURE), ("sources", SOURCE)):
        for column, text in enumerate(row, start=1):
            book[sheet].cell(2, column, text or None)
    book["sources"].delete_cols(9)
    book.save(path)
    pd.testing.assert_frame_equal(data.load(path), now, check_exact=True)
    frame = pd.read_csv(mine / "sources.csv", dtype=str, keep_default_na=False)
    frame.drop(columns="read_at").to_csv(mine / "sources.csv", index=False)
    package = json.loads((mine / "datapackage.json").read_text(encoding="utf-8"))
    fields = next(each for each in package["resources"] if each["name"] == "sources")["schema"]
    fields["fields"] = [each for each in fields["fields"] if each["name"] != "read_at"]
    next(each for each in fields["fields"] if each["name"] == "tier")["constraints"]["enum"].pop()
    (mine / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    pd.testing.assert_frame_equal(data.load(mine), now, check_exact=True)
    frame.drop(columns=["read_at", "note"]).to_csv(mine / "sources.csv", index=False)
    assert ("sources.csv", "note") in [(each.file, each.column) for each in faults(mine)]


def test_what_is_printed_may_be_in_any_language_and_no_code_is_needed(tmp_path):
    folder = data.template(tmp_path / "wien", "vienna", "Vienna", "维也纳")
    fill(
        folder / "observations.csv",
        [
            "pm25",
            "vienna",
            "level",
            "2020",
            "actual",
            "exact",
            "11",
            "µg/m³",
            "",
            "wien-2021",
            "page",
            "PM2,5: 11 µg/m³",
            "",
        ],
    )
    fill(
        folder / "sources.csv",
        [
            "wien-2021",
            "Air report",
            "Jahresbericht",
            "Stadt Wien",
            "2021-06-01",
            "https://www.wien.gv.at/",
            "primary",
            "",
            "",
        ],
    )
    assert data.load(folder)["printed"].tolist() == ["11"]


def test_what_is_there_stays_when_a_table_is_made_again(mine):
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    (mine / "scopes.csv").unlink()
    assert data.template(mine, *HANGZHOU) == mine
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


def test_a_place_needs_a_key_and_names(tmp_path):
    for place, names in (
        ("Hangzhou", ("Hangzhou", "杭州")),
        ("hangzhou", ()),
        ("hang zhou", ("a", "b")),
        ("hangzhou", ("Hangzhou",)),
    ):
        with pytest.raises(
            ValueError, match="a new place needs a key of small letters, name_en and name_zh; found"
        ):
            data.template(tmp_path / "x", place, *names)
    for parent, code, said in (
        ("Zhejiang", "", "unknown parent 'Zhejiang' .did you mean zhejiang"),
        ("zhejiang", "3301", "six digits"),
    ):
        with pytest.raises(ValueError, match=said):
            data.template(tmp_path / "x", "hangzhou", "Hangzhou", "杭州", parent, code)
    with pytest.raises(ValueError, match="a folder or a workbook"):
        data.template(tmp_path / "x.csv")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("path", [None, 5, "~nouser/x"])
def test_what_is_no_path_is_told_in_words(path):
    with pytest.raises(ValueError, match="a folder or a workbook .*; found "):
        data.template(path)


def test_a_code_may_be_a_number(tmp_path):
    made = data.template(tmp_path / "x", "hangzhou", "Hangzhou", "杭州", "zhejiang", 330100)
    assert (made / "places.csv").read_text("utf-8").splitlines()[-1].endswith(",330100")
    for place in (5, ["hangzhou"]):
        with pytest.raises(ValueError, match="a new place needs a key"):
            data.template(tmp_path / "y", place, "a", "b")


def test_a_folder_that_is_missing_or_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="the folder cannot be made .*choose another.*file/x"):
        data.template(tmp_path / "file" / "x")
    with pytest.raises(FileNotFoundError, match="no such folder; make it, .*nodir'$"):
        data.template(tmp_path / "nodir" / "x.xlsx")
    assert data.template(tmp_path / "new" / "x").is_dir()


@pytest.mark.parametrize("name", ["my-city", "hangzhou v1.0", "my.city", "2021.06", "x.xlsx"])
def test_a_path_may_begin_at_home_and_a_dot_in_the_name_of_a_folder_is_no_ending(
    tmp_path, monkeypatch, name
):
    monkeypatch.setenv("HOME", str(tmp_path))
    path = data.template(f"~/{name}", *HANGZHOU)
    assert path == tmp_path / name and data.template(path, *HANGZHOU) == path
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert len(data.faults(f"~/{name}")) == 2  # nothing but the rows to fill in is missing
    if path.is_dir():
        assert data.schema(f"~/{name}")["title"] == name


@pytest.mark.parametrize("name", ["", " ", "x.csv", "x.Parquet", "x.xls", "x.ods", "x.numbers"])
def test_what_is_no_folder_and_no_workbook_is_not_made(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=f"a folder or a workbook .*; found {name.strip()!r}"):
        data.template(name)
    (tmp_path / "notes").touch()
    with pytest.raises(ValueError, match="a folder or a workbook .*; found 'notes'"):
        data.template("notes")
    assert [each.name for each in tmp_path.iterdir()] == ["notes"]


@pytest.mark.parametrize("name", ["x", "x.xlsx"])
def test_a_table_that_is_there_is_not_changed_and_a_place_that_it_lacks_is_told(tmp_path, name):
    path = data.template(tmp_path / name, *HANGZHOU)
    assert data.template(path, *HANGZHOU) == path
    with pytest.raises(
        ValueError,
        match="x.* was there already and does not list 'ningbo'; "
        "add this row to its places: ningbo,Ningbo,宁波,,$",
    ):
        data.template(path, "ningbo", "Ningbo", "宁波")


def test_the_descriptor_names_the_table_and_is_not_that_of_the_bundle(mine):
    package = json.loads((mine / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == "my-city" and "closed" not in package and "licenses" not in package


def test_a_workbook_to_fill_in_keeps_text_and_offers_what_is_allowed(tmp_path):
    sheet = openpyxl.load_workbook(data.template(tmp_path / "x.xlsx"))["observations"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert {sheet.column_dimensions[letter].number_format for letter in "ABCDEFGHIJKLM"} == {"@"}
    assert rules["A2"].formula1 == "indicators!$A$2:$A$9999" and rules["E2"].formula1.startswith(
        "allowed!$"
    )
    assert all(rule.prompt for rule in rules.values()) and len(rules) == 13


def test_no_sheet_of_a_workbook_to_fill_in_is_taken_for_a_misnamed_table(tmp_path):
    path = data.template(tmp_path / "x.xlsx")
    sheets, notices = xlsx.chosen(path, xlsx.sheets(path), data.TABLES)
    assert sheets.keys() == set(data.TABLES) and notices == []


FULL = """
import sys
from indicators import data
try:
    data.template(sys.argv[1])
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize("name, full", [("my-city", 20_000), ("my-city.xlsx", 9_000)])
def test_a_full_disk_leaves_nothing_half_written(tmp_path, name, full):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))

    path = tmp_path / name
    paths = os.pathsep.join([str(ROOT / "notebooks"), os.environ["PYTHONPATH"]])
    command = [sys.executable, "-c", FULL, path]
    run = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": paths},
        preexec_fn=limit,
        capture_output=True,
        text=True,
    )
    assert run.stdout == "File too large\n", run.stderr
    assert [
        part.name
        for part in tmp_path.rglob("*")
        if part.name.startswith(".") or not part.stat().st_size
    ] == []
    data.template(path)
    assert len(faults(path)) == 2  # nothing but the rows to fill in is missing


# --- tables beside one another ---------------------------------------------------------------


def test_tables_of_several_places_stand_in_one(table, mine):
    both = data.together(table, data.load(mine))
    assert len(both) == len(table) + 1 and both.index.is_unique
    assert set(both["place"]) == {"shaoxing", "zhejiang", "china", "hangzhou"}
    assert both.dtypes[:12].astype("str").tolist() == table.dtypes[:12].astype("str").tolist()
    assert list(both["indicator"].cat.categories) == list(table["indicator"].cat.categories)


def test_tables_that_say_different_things_of_one_key_are_not_put_together(table, mine):
    text = (mine / "indicators.csv").read_text(encoding="utf-8")
    (mine / "indicators.csv").write_text(
        text.replace("Gross domestic product (GDP)", "Gross product"), encoding="utf-8"
    )
    with pytest.raises(
        ValueError,
        match="'gdp' has the name_en 'Gross domestic product .GDP.' in one table "
        "and 'Gross product' in another",
    ):
        data.together(table, data.load(mine))


def test_tables_that_count_one_indicator_in_two_units_are_not_put_together(table, mine):
    for name, old in (
        ("indicators.csv", "生产总值,100 million CNY"),
        ("observations.csv", "16106,100 million CNY"),
    ):
        text = (mine / name).read_text(encoding="utf-8")
        assert old in text
        (mine / name).write_text(
            text.replace(old, old.replace("100 million CNY", "CNY"), 1), encoding="utf-8"
        )
    with pytest.raises(
        ValueError, match="'gdp' has the unit '100 million CNY' in one table and 'CNY' in another"
    ):
        data.together(table, data.load(mine))
    with pytest.raises(ValueError, match="at least one table"):
        data.together()


def test_a_figure_that_stands_in_both_tables_is_named(table):
    with pytest.raises(
        ValueError,
        match=f"{len(table)} figures stand in more than one table, "
        "first gdp, shaoxing, level, 2020",
    ):
        data.together(table, data.load())


def test_tables_together_know_when_one_of_them_has_changed(table, mine):
    origin = data.together(table, data.load(mine)).attrs["provenance"]
    assert not origin.changed()
    fill(
        mine / "observations.csv",
        [
            *FIGURE[:3],
            "2021",
            "actual",
            "exact",
            "18109",
            *FIGURE[7:11],
            "地区生产总值 18109 亿元",
            "",
        ],
    )
    assert origin.changed()
    assert set(origin.load().query("place == 'hangzhou'")["printed"]) == {"16106", "18109"}


# --- what a student sees ---------------------------------------------------------------------


def test_faults_are_read_line_by_line_and_none_is_said(mine):
    assert repr(data.faults(mine)) == "No fault was found." and not data.faults(mine)
    (mine / "scopes.csv").unlink()
    assert (
        repr(data.faults(mine))
        .splitlines()[1]
        .startswith(" - scopes.csv: the file is missing from the folder 'my-city'")
    )
    assert "no such file or folder" in repr(data.faults(mine / "gone"))


def test_a_broken_table_in_a_notebook_shows_its_faults_and_no_traceback_and_no_chart(mine):
    (mine / "sources.csv").write_text("source\n", encoding="utf-8")
    call = f"explorers.IndicatorExplorer(data.load({str(mine)!r}), ['gdp'])"
    cell = f"from indicators import data, explorers\n{call}"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": ROOT / "notebooks"}}
    ).execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "error" and output.traceback[0].startswith(
        "TableError: The table was not loaded: 7 faults.\n - sources.csv, row 1"
    )
    assert not re.search(r"Traceback|File |line [0-9]|rules\.py", "\n".join(output.traceback))


# --- tables made by hand ---------------------------------------------------------------------


def by_hand(table, nothing):
    """Two series of a table with nothing in its optional columns, and with empty texts there."""
    some = table[table["indicator"].isin(["gdp", "pm25"])]
    none = pd.Series([nothing] * len(some), some.index, dtype=object)
    return [some.assign(**dict.fromkeys(frames.OPTIONAL, cells)) for cells in (none, "")]


@pytest.mark.parametrize("nothing", [np.nan, None, pd.NA])
def test_nothing_in_an_optional_column_is_an_empty_text(table, nothing):
    hand, empty = by_hand(table, nothing)
    assert data.latest(hand)[list(frames.OPTIONAL)].eq("").all(axis=None)
    assert checks.flagged(hand).equals(checks.flagged(empty))


def test_a_table_with_nothing_in_optional_columns_is_drawn_as_one_with_empty_texts(table):
    made, known = (explorers.IndicatorExplorer(rows, ["pm25"]) for rows in by_hand(table, np.nan))
    assert made.text == known.text and made.citation == known.citation


def test_a_table_without_gaps_stays_itself(table):
    assert frames.filled(table) is table
    assert frames.filled(table.assign(note=np.nan)).attrs.keys() == table.attrs.keys()


def read_again(table):
    """A table as it comes back from a file that pandas has written."""
    return pd.read_csv(io.StringIO(table.to_csv(index=False)))


def first(**cells):
    """Change cells in the first row of a table."""
    return lambda table: pd.concat([table[:1].astype(object).assign(**cells), table[1:]])


BY_HAND = {
    "read again": (read_again, "'period' does not hold texts; load it with data.load"),
    "numbers for years": (
        lambda table: table.assign(period=table["period"].str[:4].astype(int)),
        "'period' does not hold texts; load it with data.load",
    ),
    "one number among texts": (first(period=2021), "'period' does not hold texts; load it"),
    "no place": (first(place=None), "'place' lacks a value in some rows; load it with data.load"),
    "no figure": (first(value=np.nan), "'value' lacks a value in some rows; load it with"),
    "no end": (
        lambda table: table.assign(value=table["value"].where(table.index != 0, np.inf)),
        "'value' has figures without end; load it with data.load",
    ),
    "texts for figures": (
        lambda table: table.assign(value=table["printed"]),
        "'value' does not hold numbers; load it with data.load",
    ),
    "texts for days": (
        lambda table: table.assign(published=table["published"].astype(str)),
        "'published' does not hold dates; load it",
    ),
    "a column less": (lambda table: table.drop(columns="unit"), "no column 'unit'; load it with"),
    "a note less": (lambda table: table.drop(columns="note"), "no column 'note'; load it with"),
    "a column twice": (
        lambda table: pd.concat([table, table[["unit"]]], axis=1),
        "the column 'unit' more than once; keep one",
    ),
    "a path": (lambda table: "x.csv", "str is not a table; load it with data.load"),
    "a list": (lambda table: [table], "list is not a table; load it with data.load"),
    "rows twice": (
        lambda table: pd.concat([table, table[:1]]),
        "twice, first gdp, shaoxing, level",
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_table_of_another_form_is_told_with_its_column_and_the_cure(table, mine, name):
    change, said = BY_HAND[name]
    economy = table[table["indicator"].eq("gdp") & ~table["period"].str.contains("/")]
    wrong, own = change(economy.reset_index(drop=True)), data.load(mine)
    for use in (
        lambda rows: explorers.IndicatorExplorer(rows, ["gdp"]),
        lambda rows: explorers.NumbersExplorer(rows, ["gdp"]),
        lambda rows: data.together(own, rows),
    ):
        with pytest.raises(ValueError, match=said):
            use(wrong)
        assert use(economy) is not None


def test_texts_of_no_fixed_list_are_taken_as_those_that_have_one(table, mine):
    own = data.load(mine)
    plain = table.astype({"place": object, "unit": str})
    pd.testing.assert_frame_equal(data.together(own, plain), data.together(own, table))


def test_targets_that_are_no_verdicts_are_told(table):
    with pytest.raises(ValueError, match="no column 'verdict'; make it with growth.with_latest"):
        explorers.TargetExplorer(table)
    judged = growth.with_latest(table, growth.verdicts(table))
    assert not explorers.TargetExplorer(judged).data.empty


@pytest.mark.parametrize("theme", data.NO_THEMES)
def test_a_theme_is_not_called_as_another_choice_is(table, mine, theme):
    described = json.loads((mine / "datapackage.json").read_text(encoding="utf-8"))
    fields = next(
        each["schema"]["fields"] for each in described["resources"] if each["name"] == "indicators"
    )
    themes = next(each for each in fields if each["name"] == "theme")["constraints"]["enum"]
    themes.append(theme)
    (mine / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (fault,) = faults(mine)
    assert f"a theme cannot be called '{theme}'; give it another key" in fault.problem
    with pytest.raises(ValueError, match=f"a theme cannot be called '{theme}'"):
        explorers.IndicatorExplorer(table.assign(theme=theme), ["gdp"])
    assert explorers.IndicatorExplorer(table.assign(theme="wealth"), ["gdp"]).data["theme"].any()
