"""The table that `load` returns, and what it says of files that break the rules."""

import csv
import os
import pickle
import re

import frictionless
import pandas as pd
import pytest
from conftest import ROOT
from indicators import data
from indicators.data import printed_rules
from indicators.data.readers import csv as csv_reader

DATA = ROOT / "data"


def cells(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_printed_figure_is_loaded_as_it_stands_in_the_file(table):
    printed = [
        (row["indicator"], row["period"], row["value"], row["note"])
        for row in cells("observations.csv")
    ]
    assert (
        list(table[["indicator", "period", "printed", "note"]].itertuples(index=False, name=None))
        == printed
    )
    assert [float(value) for *_, value, _ in printed] == table["value"].tolist()


def test_every_column_has_its_type(table):
    categorical = set(table.columns[table.dtypes == "category"])
    assert categorical == {
        "indicator",
        "place",
        "measure",
        "status",
        "bound",
        "unit",
        "scope",
        "source",
        "theme",
        "price_basis",
        "better",
        "tier",
    }
    assert table["value"].dtype == float
    assert pd.api.types.is_datetime64_any_dtype(table["published"])
    assert table["start"].dtype == table["end"].dtype == table["decimals"].dtype == int
    assert list(table["status"].cat.categories) == ["actual", "target", "estimate"]


def test_printed_decimals_are_known(table):
    pension = table.query("indicator == 'livelihood_spending' and measure == 'cumulative'").iloc[0]
    assert (pension.value, pension.printed, pension.decimals) == (2153.3, "2153.3", 1)
    income = table.query("indicator == 'pupil_funds_primary' and measure == 'level'").iloc[0]
    assert (income.printed, income.decimals) == ("19937.12", 2)


@pytest.mark.parametrize("key", ["indicator", "source", "place", "scope"])
def test_every_entry_of_the_codebook_is_used(key):
    assert {row[key] for row in cells(f"{key}s.csv")} == {
        row[key] for row in cells("observations.csv")
    } - {""}


def test_every_domain_stands_once_with_its_owner_and_reason():
    domains = [row["domain"] for row in cells("domains.csv")]
    assert domains == list(dict.fromkeys(domains))
    assert all(map(all, map(dict.values, cells("domains.csv"))))


@pytest.mark.parametrize(
    ("printed", "limited"), [("失业率 3% 以下", True), ("每千人口3岁以下婴幼儿托位数 4.5", False)]
)
def test_an_age_in_a_name_is_no_bound(printed, limited):
    assert bool(printed_rules.LIMITED.search(printed)) == limited


def test_every_bound_of_the_report_is_told_by_its_word(table):
    table = table[table["source"] == "report-2021"]
    words = {
        "at_least": "以上|以下",
        "at_most": "以内|强",
        "more_than": "超|突破",
        "about": "左右|基本",
    }
    wrong = [
        (row.indicator, row.bound, row.as_printed)
        for row in table[table["bound"] != "exact"].itertuples()
        if not re.search(words[row.bound], row.as_printed)
    ]
    assert wrong == []


def test_every_fall_in_the_report_is_negative_and_nothing_else_is(table):
    table = table[table["source"] == "report-2021"]
    fell = table["as_printed"].str.contains("下降")
    assert table.loc[fell, "value"].lt(0).all()
    assert table.loc[~fell, "value"].ge(0).all()


def test_a_level_is_never_said_of_several_years_and_an_average_never_of_one(table):
    spanned = table["start"] < table["end"]
    assert not (spanned & table["measure"].eq("level")).any()
    assert (
        table.loc[table["measure"].isin(["average_growth_rate", "cumulative"])]
        .index.isin(table.index[spanned])
        .all()
    )


def test_a_figure_that_cannot_be_right_is_kept_and_flagged(table):
    of_report = table[table["source"] == "report-2021"]
    flagged = of_report[of_report["note"].str.startswith("Cannot be right as printed")]
    assert set(flagged["indicator"]) == {"exports_national_share"}
    assert flagged["printed"].tolist() == ["13.3", "1.4", "13.1"]


def test_the_library_finds_the_data_package_valid():
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_the_data_page_explains_every_column():
    page = (DATA / "README.md").read_text(encoding="utf-8")
    fields = [
        field["name"]
        for resource in data.schema()["resources"]
        for field in resource["schema"]["fields"]
    ]
    assert [name for name in fields if f"`{name}`" not in page] == []


def test_the_table_is_the_plain_join_of_the_files(table):
    read = {
        name: pd.DataFrame(cells(f"{name}.csv"))
        for name in ("observations", "indicators", "sources", "places", "scopes")
    }
    plain = read["observations"].merge(
        read["indicators"].drop(columns="unit"), on="indicator", how="left"
    )
    plain = plain.merge(
        read["sources"].rename(columns={"note": "source_note"}), on="source", how="left"
    )
    for key in ("place", "scope"):
        names = read[f"{key}s"][[key, "name_en", "name_zh"]].set_axis(
            [key, f"{key}_en", f"{key}_zh"], axis=1
        )
        plain = plain.merge(names, on=key, how="left")
    plain = plain.fillna("")
    years = plain["period"].str.split("/")
    plain["start"], plain["end"], plain["printed"] = (
        years.str[0].astype(int),
        years.str[-1].astype(int),
        plain["value"],
    )
    plain["decimals"] = plain["printed"].map(lambda value: len(value.partition(".")[2]))
    plain["value"], plain["published"] = (
        plain["value"].astype(float),
        pd.to_datetime(plain["published"].replace("", None)),
    )
    fields = {
        field["name"]: field
        for resource in reversed(data.schema()["resources"])
        for field in resource["schema"]["fields"]
    }
    for name in table.columns[table.dtypes == "category"]:
        ordered = fields[name].get("constraints", {}).get("enum") or read[f"{name}s"][name].tolist()
        plain[name] = pd.Categorical(plain[name].replace("", None), categories=ordered)
    pd.testing.assert_frame_equal(table, plain, check_exact=True)


# --- bad input -----------------------------------------------------------------------------


def replaced(file, old, new, count=1):
    def spoil(folder):
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return spoil


def rewritten(file, encoding):
    def spoil(folder):
        path = folder / file
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    return spoil


def first_row_again(folder):
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")


def second_bound(folder):
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join([*lines, lines[1].replace(",exact,6001", ",at_least,6001")]), encoding="utf-8"
    )


def truncated(rows=None, characters=None):
    """Keep so many rows of the observations, and so many characters of the last of them."""

    def spoil(folder):
        path = folder / "observations.csv"
        *whole, last = path.read_text(encoding="utf-8").splitlines(keepends=True)[:rows]
        path.write_text("".join([*whole, last[:characters]]), encoding="utf-8")

    return spoil


def pipe_instead(folder):
    (folder / "sources.csv").unlink()
    os.mkfifo(folder / "sources.csv")


LAST = len((DATA / "observations.csv").read_text(encoding="utf-8").splitlines())


IN_REPORT = 'report-2021,"part I, paragraph 2; line 19"'
ON_AIR = 'report-2021,"part I, paragraph 7; line 33"'
GDP = f"gdp,shaoxing,level,2020,actual,exact,6001,100 million CNY,after-census-4,{IN_REPORT}"

# What is done to a copy of the data, and what the error must say (in this order).
FAULTS = {
    "a missing file": (
        lambda folder: (folder / "sources.csv").unlink(),
        ["sources.csv", "missing", "put it back"],
    ),
    "a missing package": (
        lambda folder: (folder / "datapackage.json").unlink(),
        ["datapackage.json", "missing"],
    ),
    "a broken package": (
        replaced("datapackage.json", "{", "", 1),
        ["datapackage.json, row", "not JSON", "restore"],
    ),
    "a directory in place of a file": (
        lambda folder: ((folder / "sources.csv").unlink(), (folder / "sources.csv").mkdir()),
        ["sources.csv", "not a file that can be read"],
    ),
    "a pipe in place of a file": (pipe_instead, ["sources.csv", "not a file that can be read"]),
    "a file cut off at the end of a row": (
        truncated(rows=150),
        ["indicators.csv, row", "no row of observations.csv uses", "restore its rows"],
    ),
    "a file cut off within a row": (
        truncated(characters=40),
        [f"observations.csv, row {LAST}", "no end", "cut off"],
    ),
    "a header and nothing else": (
        truncated(rows=1),
        ["observations.csv: there are no rows beneath the header"],
    ),
    "a package of another shape": (
        replaced("datapackage.json", "resources", "tables"),
        ["datapackage.json", "not a description"],
    ),
    "a package that points elsewhere": (
        replaced("datapackage.json", '"path": "sources.csv"', '"path": "../sources.csv"'),
        ["datapackage.json", "file of its name"],
    ),
    "a value that was not printed": (
        replaced("observations.csv", ",6001,", ",6010,"),
        ["row 2, column value: found '6010'", "no such number"],
    ),
    "a share above 100": (
        replaced(
            "observations.csv",
            f"exact,90.7,%,,{ON_AIR},AQI优良天数比例由75.7%升至90.7%",
            f"exact,907,%,,{ON_AIR},比例907%",
        ),
        ["column value: found '907'", "cannot be above 100"],
    ),
    "half a rank": (
        replaced(
            "observations.csv",
            f"exact,31,rank,,{IN_REPORT},城市综合经济实力居全国第 31",
            f"exact,3.1,rank,,{IN_REPORT},第3.1",
        ),
        ["'3.1'", "whole number"],
    ),
    "a level below zero": (
        replaced("observations.csv", ",6001,", ",-6001,"),
        ["row 2, column value: found '-6001'", "cannot be below zero"],
    ),
    "a number of too many digits": (
        replaced("observations.csv", ",6001,", f",{'6' * 400},"),
        ["column value", "at most 15 digits"],
    ),
    "an outcome of the future": (
        replaced(
            "observations.csv", "gdp,shaoxing,level,2020,actual", "gdp,shaoxing,level,2099,actual"
        ),
        ["row 2, column period: found '2099'", "well after report-2021 was published"],
    ),
    "a period out of range": (
        replaced("observations.csv", "level,2020,", "level,0202,"),
        ["column period: found '0202'", "from 2000 to 2099"],
    ),
    "a level at constant prices": (
        replaced("observations.csv", "\ngdp,shaoxing", "\nreal_gdp,shaoxing"),
        ["column measure: found 'level'", "only its rates"],
    ),
    "an invisible character": (
        replaced("observations.csv", "生产总值", "生产\u202e总值"),
        ["column as_printed", "invisible or broken"],
    ),
    "lost characters": (
        replaced("indicators.csv", "人均生产总值", "??????"),
        ["indicators.csv, row 4, column name_zh: found '??????'", "Chinese"],
    ),
    "an empty file": (
        lambda folder: (folder / "indicators.csv").write_text(""),
        ["indicators.csv: the file is empty", "indicator,theme,"],
    ),
    "a missing column": (
        replaced("observations.csv", ",bound,", ","),
        ["observations.csv, row 1, column bound", "missing", "expected: indicator,place"],
    ),
    "a misspelt column": (
        replaced("observations.csv", ",bound,", ",bounds,"),
        ["observations.csv, row 1, column bound", "row 1, column 'bounds'", "did you mean bound?"],
    ),
    "a column twice": (
        replaced("observations.csv", ",unit,", ",value,"),
        ["column unit", "column value", "more than once"],
    ),
    "two columns swapped in the header": (
        replaced("observations.csv", "status,bound", "bound,status"),
        ["observations.csv, row 1", "another order"],
    ),
    "a cell too many": (
        replaced("observations.csv", ",6001,", ",6,001,"),
        ["observations.csv, row 2: 14 cells where 13"],
    ),
    "an unbalanced quotation mark": (
        replaced("observations.csv", "生产总值", '"生产总值'),
        ["not CSV", "quotation mark"],
    ),
    "a duplicate key": (
        first_row_again,
        [
            f"observations.csv, row {LAST + 1}",
            "'gdp', 'shaoxing', 'level', '2020'",
            "row 2 has already",
        ],
    ),
    "text in a number": (
        replaced("observations.csv", ",6001,", ",6001亿,"),
        ["observations.csv, row 2, column value: found '6001亿'", "a number such as"],
    ),
    "a number that is none": (
        replaced("observations.csv", ",6001,", ",NaN,"),
        ["column value: found 'NaN'"],
    ),
    "full-width digits": (
        replaced("observations.csv", ",6001,", ",６００１,"),
        ["column value: found '６００１'"],
    ),
    "an empty number": (
        replaced("observations.csv", ",6001,", ",,"),
        ["row 2, column value", "empty", "required"],
    ),
    "a space too many": (
        replaced("observations.csv", ",2020,actual", ",2020 ,actual"),
        ["column period: found '2020 '", "spaces"],
    ),
    "an unknown indicator": (
        replaced("observations.csv", "\ngdp,", "\ngpd,"),
        [
            "observations.csv, row 2, column indicator: found 'gpd'",
            "indicators.csv does not list",
            "did you mean gdp?",
        ],
    ),
    "an unknown source": (
        replaced("observations.csv", "report-2021", "report-2020"),
        [
            "column source: found 'report-2020'",
            "sources.csv does not list",
            "did you mean report-2021?",
        ],
    ),
    "an unknown place": (
        replaced("observations.csv", "gdp,shaoxing,", "gdp,shaoxin,"),
        [
            "row 2, column place: found 'shaoxin'",
            "places.csv does not list",
            "did you mean shaoxing?",
        ],
    ),
    "an unknown scope": (
        replaced("observations.csv", "after-census-4", "after-census-3"),
        [
            "row 2, column scope: found 'after-census-3'",
            "scopes.csv does not list",
            "did you mean after-census-",
        ],
    ),
    "two bounds that are no range": (
        second_bound,
        [f"row {LAST + 1}, column bound: found 'at_least'", "another row says the same"],
    ),
    "an unknown status": (
        replaced("observations.csv", ",actual,", ",actaul,"),
        [
            "row 2, column status: found 'actaul'",
            "one of actual, target, estimate",
            "did you mean actual?",
        ],
    ),
    "an unknown unit": (
        replaced("observations.csv", "6001,100 million CNY", "6001,亿元"),
        ["column unit: found '亿元'"],
    ),
    "a unit that is not the codebook's": (
        replaced("observations.csv", GDP, GDP.replace("100 million CNY", "CNY")),
        [
            "row 2, column unit: found 'CNY'",
            "for a level of gdp the codebook allows '100 million CNY'",
        ],
    ),
    "a period that is none": (
        replaced("observations.csv", "2016/2020", "2020-2016"),
        ["column period: found '2020-2016'", "2016/2020"],
    ),
    "a period that ends before it begins": (
        replaced("observations.csv", "2016/2020", "2020/2016"),
        ["column period: found '2020/2016'", "must end after it begins"],
    ),
    "an average of one year": (
        replaced("observations.csv", "average_growth_rate,2016/2020", "average_growth_rate,2020"),
        ["column period: found '2020'", "needs a span"],
    ),
    "a level over a span": (
        replaced("observations.csv", "gdp,shaoxing,level,2020", "gdp,shaoxing,level,2016/2020"),
        ["row 2, column period: found '2016/2020'", "a level belongs to one year"],
    ),
    "a share that is called a level": (
        replaced("observations.csv", "rd_intensity,shaoxing,share", "rd_intensity,shaoxing,level"),
        ["column measure: found 'level'", "rd_intensity is a share", "must be share"],
    ),
    "a level that is called a share": (
        replaced("observations.csv", "gdp,shaoxing,level", "gdp,shaoxing,share"),
        ["row 2, column measure: found 'share'", "gdp is not a share"],
    ),
    "a name that stands twice": (
        replaced("indicators.csv", "GDP at constant prices", "Gross domestic product (GDP)"),
        ["indicators.csv, row 3, column name_en", "a second time"],
    ),
    "a date that is none": (
        replaced("sources.csv", "2021-02-02", "2021-02-30"),
        ["sources.csv, row 2, column published", "a date"],
    ),
    "an address that is none": (
        replaced("sources.csv", "https://", "sx:"),
        ["sources.csv, row 2, column url", "http"],
    ),
    "a byte-order mark": (
        rewritten("observations.csv", "utf-8-sig"),
        ["observations.csv, row 1", "byte-order mark", "save it as UTF-8"],
    ),
    "UTF-16": (rewritten("indicators.csv", "utf-16"), ["indicators.csv, row 1", "byte-order mark"]),
    "GB18030": (
        rewritten("indicators.csv", "gb18030"),
        ["indicators.csv, row 2", "GB18030", "save it as UTF-8"],
    ),
}

# Faults that no Table Schema can say, or that the library lets pass; `load` is stricter there.
STRICTER = {
    "two bounds that are no range",
    "a number that is none",
    "an address that is none",
    "full-width digits",
    "a unit that is not the codebook's",
    "a period that ends before it begins",
    "an average of one year",
    "a level over a span",
    "a share that is called a level",
    "a level that is called a share",
    "a byte-order mark",
    "a file cut off at the end of a row",
    "a header and nothing else",
    "a level at constant prices",
    "a level below zero",
    "a number of too many digits",
    "a share above 100",
    "a value that was not printed",
    "an invisible character",
    "an outcome of the future",
    "half a rank",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_place_and_its_cure(folder, name):
    spoil, said = FAULTS[name]
    spoil(folder)
    with pytest.raises(data.TableError) as caught:
        data.load(folder)
    assert re.search(".*".join(map(re.escape, said)), str(caught.value), re.DOTALL), str(
        caught.value
    )


def test_an_amount_may_fall_but_not_by_more_than_its_unit_can_count(folder):
    replaced("observations.csv", "exact,75,km²", "exact,-75,km²")(folder)
    replaced("observations.csv", "增加 75 平方公里", "减少 75 平方公里")(folder)
    assert data.load(folder).query("indicator == 'built_up_area' and measure == 'change'")[
        "value"
    ].tolist() == [-75]
    replaced("observations.csv", "exact,-75,km²", "exact,-75000000,km²")(folder)
    replaced("observations.csv", "减少 75 平方公里", "减少 75000000 平方公里")(folder)
    with pytest.raises(
        data.TableError, match="found '-75000000'; no km² of built_up_area can be like this"
    ):
        data.load(folder)


@pytest.mark.parametrize(
    "name", sorted(name for name in FAULTS if "package" not in name and "pipe" not in name)
)
def test_what_the_library_refuses_is_refused_and_what_is_stricter_is_known(folder, name):
    FAULTS[name][0](folder)
    refused = not frictionless.validate(str(folder / "datapackage.json")).valid
    assert refused == (name not in STRICTER)


def test_all_faults_of_all_files_are_told_at_once(folder):
    replaced("observations.csv", ",6001,", ",six,")(folder)
    replaced("observations.csv", ",target,", ",goal,")(folder)
    replaced("sources.csv", "2021-02-02", "yesterday")(folder)
    replaced("indicators.csv", ",lower,", ",less,", count=2)(folder)
    with pytest.raises(data.TableError) as caught:
        data.load(folder)
    files = [fault.file for fault in caught.value.faults]
    assert (
        files.count("observations.csv") == 2
        and files.count("indicators.csv") == 2
        and files.count("sources.csv") == 1
    )
    assert all(str(fault) in str(caught.value) for fault in caught.value.faults)


def test_a_row_of_the_wrong_shape_hides_no_other_fault_of_its_file(folder):
    replaced("observations.csv", ",6001,", ",6,001,")(folder)
    replaced("observations.csv", ",target,", ",goal,")(folder)
    with pytest.raises(data.TableError) as caught:
        data.load(folder)
    assert [fault.column for fault in caught.value.faults] == [None, "status"]


def test_rows_are_counted_as_a_spreadsheet_does_even_after_a_line_break_in_a_cell(folder):
    replaced(
        "observations.csv",
        f"{IN_REPORT},生产总值 6001 亿元,",
        f'{IN_REPORT},生产总值 6001 亿元,"two\nlines"',
    )(folder)
    replaced("observations.csv", ",target,", ",goal,")(folder)
    with pytest.raises(data.TableError) as caught:
        data.load(folder)
    rows = {fault.column: fault.row for fault in caught.value.faults}
    first_target = next(
        number
        for number, row in enumerate(cells("observations.csv"), start=2)
        if row["status"] == "target"
    )
    assert rows == {"note": 2, "status": first_target}


def test_an_error_survives_a_copy():
    error = data.TableError([data.Fault("sources.csv", 2, "url", "found 'x'")])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_long_list_of_faults_is_cut_in_the_message_but_whole_in_the_error(folder):
    replaced("observations.csv", ",shaoxing,", ",shaoxin,", count=150)(folder)
    with pytest.raises(data.TableError) as caught:
        data.load(folder)
    assert len(caught.value.faults) == 150
    assert str(caught.value).splitlines()[-1] == " … and 50 more; all stand in .faults"


def test_a_notebook_shows_the_faults_and_no_traceback():
    error = data.TableError([data.Fault("observations.csv", 2, "value", "found 'six'")])
    assert error._render_traceback_() == [
        "TableError: The table was not loaded: 1 fault.\n"
        " - observations.csv, row 2, column value: found 'six'"
    ]


# --- other tables ------------------------------------------------------------------------


@pytest.fixture
def mine(tmp_path):
    """A file of a student: the first fifty rows of the table."""
    lines = (DATA / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "mine.csv").write_text("".join(lines[:51]), encoding="utf-8")
    return tmp_path / "mine.csv"


def test_a_file_is_loaded_with_the_keys_of_the_bundle(table, mine):
    pd.testing.assert_frame_equal(data.load(mine), table[:50], check_exact=True)
    assert data.load(str(mine)).shape == (50, len(table.columns))


def test_a_file_is_loaded_with_the_keys_of_a_folder(folder, mine):
    replaced("places.csv", "Shaoxing", "Shaoxing city")(folder)
    assert set(data.load(mine, codebook=folder)["place_en"]) == {"Shaoxing city"}


def test_what_is_no_table_is_named_and_the_cure_too(tmp_path):
    for wrong, said in [
        (tmp_path / "gone", "gone: no such file or folder in"),
        (tmp_path / "gone.csv", "gone.csv: no such file or folder in"),
        (5, "the table: int is not a table that can be loaded; give a data folder, a CSV file"),
        (None, "the table: NoneType is not a table that can be loaded"),
        (pd.DataFrame(), "the table: DataFrame is not a table"),
        ("", "the table: str is not a table that can be loaded (the name is empty)"),
        ("a" * 5000, "File name too long"),
        ("/dev/null", "null: a file of this kind cannot be loaded"),
        ("a\0b", "'a\\x00b': no such file or folder in"),
        (__file__, "test_data.py: a file of this kind cannot be loaded; give a data folder"),
    ]:
        with pytest.raises(data.TableError, match=re.escape(said)):
            data.load(wrong)


def test_a_codebook_is_a_data_folder(mine):
    for wrong, said in [
        ("gone", "gone: the codebook must be a data folder"),
        (mine, "mine.csv: the codebook must be"),
        (None, "the codebook: NoneType"),
    ]:
        with pytest.raises(data.TableError, match=re.escape(said)):
            data.load(mine, codebook=wrong)


def test_a_table_knows_its_files_and_whether_they_have_changed(folder):
    origin = data.load(folder, place="shaoxing").attrs["provenance"]
    assert not origin.changed()
    replaced("places.csv", "Shaoxing", "Shaoxing city")(folder)
    assert origin.changed()
    again = origin.load()
    assert set(again["place_en"]) == {"Shaoxing city"} and not again.attrs["provenance"].changed()
    (folder / "scopes.csv").unlink()
    assert again.attrs["provenance"].changed()


# --- large files ---------------------------------------------------------------------------


@pytest.fixture
def in_pieces(monkeypatch):
    """Of a CSV file seven rows at once are in memory."""
    monkeypatch.setattr(csv_reader, "ROWS_AT_ONCE", 7)


def test_a_large_file_is_loaded_as_a_small_one(table, folder, in_pieces):
    pd.testing.assert_frame_equal(data.load(folder), table, check_exact=True)


def test_a_large_file_has_the_faults_of_a_small_one(folder, monkeypatch):
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3], lines[20], lines[45] = "", f"{lines[20]},", ",".join([""] * lines[0].count(","))
    lines[60] = lines[60].replace(",", ',"', 1)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    _, small = data.read(folder)
    monkeypatch.setattr(csv_reader, "ROWS_AT_ONCE", 7)
    _, found = data.read(folder)
    assert found == small
    assert [fault.row for fault in found if fault.column is None] == [21, 61, 4, 46]


# --- vintages ------------------------------------------------------------------------------


def test_the_newest_of_the_best_tier_is_drawn(table):
    gdp = table.query("indicator == 'gdp' and place == 'shaoxing' and period == '2020'")
    assert set(gdp["printed"]) >= {"6001", "5964", "5963.75"}
    drawn = data.latest(gdp).set_index("scope")
    assert drawn["printed"].to_dict() == {"after-census-4": "6001", "revised-2020": "5964"}
    assert drawn["tier"].to_dict() == {"after-census-4": "primary", "revised-2020": "press"}
    first = gdp[gdp["scope"].eq("after-census-4")]
    newest = first.loc[first["tier"] == "primary", "published"].max()
    assert drawn.loc["after-census-4", "published"] == newest


def test_a_compilation_is_drawn_only_where_nothing_else_prints_the_fact(table):
    tiers = list(table["tier"].cat.categories)
    assert tiers == ["primary", "copy", "press", "dataset"]
    row = table[table["tier"].eq("press")].iloc[[0]]
    late = row.assign(tier="dataset", source="report-2021", published=pd.Timestamp("2030-01-01"))
    both = pd.concat([late, row], ignore_index=True)
    both["tier"] = pd.Categorical(both["tier"], tiers)
    assert data.latest(both)["tier"].tolist() == ["press"]
    assert data.latest(both.iloc[[0]])["tier"].tolist() == ["dataset"]


def test_two_sources_that_disagree_both_stay(table):
    spending = table.query(
        "indicator == 'livelihood_spending' and period == '2021' and measure == 'level'"
    )
    assert set(spending["printed"]) == {"528", "543.5819"}
    assert data.latest(spending)["printed"].tolist() == ["528"]


def test_an_expected_outcome_gives_way_to_the_outcome_and_a_bound_to_a_number(shaoxing):
    gdp = shaoxing.query("indicator == 'gdp' and period == '2015'")
    assert set(gdp["scope"]) == {"before-census-4", "revised-2020"} and len(gdp) == 2
    assert set(gdp["status"]) == {"actual"}
    income = shaoxing.query("indicator == 'resident_income' and measure == 'level'")
    assert set(income["bound"]) == {"exact"} and income["period"].is_unique
    assert set(shaoxing.query("indicator == 'real_gdp' and period == '2018'")["status"]) == {
        "target",
        "actual",
    }


def test_both_ends_of_a_range_are_drawn(table):
    ends = data.latest(
        table.query(
            "indicator == 'real_gdp' and place == 'china'"
            " and period == '2019' and status == 'target'"
        )
    )
    assert set(zip(ends["bound"], ends["printed"], strict=True)) == {
        ("at_least", "6"),
        ("at_most", "6.5"),
    }


def test_one_place_is_loaded_on_request_and_an_unknown_one_is_named(table):
    assert set(data.load(place="zhejiang")["place"]) == {"zhejiang"}
    with pytest.raises(
        ValueError, match="unknown place 'nowhere'; choose from: shaoxing, zhejiang, china"
    ):
        data.load(place="nowhere")
    with pytest.raises(ValueError, match="unknown place <NA>"):
        data.load(place=pd.NA)
