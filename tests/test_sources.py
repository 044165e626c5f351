"""The check of a report's text, on a small report and a small data folder of our own."""

import csv

import pytest
from conftest import ROOT
from indicators import data, sources

REPORT = """一、2020 年的工作

全市生产总值 6001 亿元，财政总收入、一般公共预算收入年均增长 7.2%和 8.4%，医疗救助政策落实率

100%。实现“零填埋”。
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def small(folder):
    """A data folder whose report has the four figures of the text above, and one omission."""
    with open(folder / "observations.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = {
        ("gdp", "level", "2020"): "3",
        ("total_fiscal_revenue", "average_growth_rate", "2016/2020"): "3",
        ("general_public_budget_revenue", "average_growth_rate", "2016/2020"): "3",
        ("medical_assistance", "share", "2021"): "3/5",
        ("household_waste_landfilled", "share", "2020"): "5",
    }
    printed = {"household_waste_landfilled": "“零填埋”"}
    chosen = [row for row in rows if row["source"] == "report-2021" and (row["indicator"], row["measure"], row["period"]) in kept]
    for row in chosen:
        row["locator"] = kept[row["indicator"], row["measure"], row["period"]]
        row["as_printed"] = printed.get(row["indicator"], row["as_printed"])
    write(folder / "observations.csv", chosen)
    write(folder / "omissions.csv", [{"source": "report-2021", "locator": "1", "text": "2020 年", "reason": "date"}])
    limits = (folder / "benchmarks.csv").read_text(encoding="utf-8")
    (folder / "benchmarks.csv").write_text(limits.replace(",pm25,", ",gdp,"), encoding="utf-8")
    for name in ("indicator", "place", "scope", "source"):
        with open(folder / f"{name}s.csv", encoding="utf-8", newline="") as file:
            write(folder / f"{name}s.csv", [row for row in csv.DictReader(file) if row[name] in {used[name] for used in chosen}])
    places = (folder / "places.csv").read_text(encoding="utf-8")
    (folder / "places.csv").write_text(places.replace(",zhejiang,", ",,"), encoding="utf-8")
    return folder


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def checked(report, small, capsys):
    status = sources.main([str(report), "--data", str(small)])
    output = capsys.readouterr()
    return status, output.out + output.err


def test_a_report_that_fits_its_rows_passes(report, small, capsys):
    assert checked(report, small, capsys) == (0, "5 figures stand where they should, and every number of the text is accounted for.\n")


def test_a_number_that_no_row_claims_is_named_with_its_line(report, small, capsys):
    edit(report, "亿元，", "亿元，粮食产量 79 万吨，")
    status, said = checked(report, small, capsys)
    assert status == 1 and "line 3: the number 79 is neither a figure nor an omission" in said


def test_a_figure_that_stands_elsewhere_is_named(report, small, capsys):
    edit(small / "observations.csv", ",report-2021,3,生产总值", ",report-2021,5,生产总值")
    status, said = checked(report, small, capsys)
    assert status == 1 and "gdp level 2020 actual: line 5 does not have '生产总值 6001 亿元'" in said


def test_a_figure_changed_in_the_text_is_named(report, small, capsys):
    edit(report, "8.4%", "8.5%")
    status, said = checked(report, small, capsys)
    assert status == 1 and "general_public_budget_revenue" in said and "the number 8.5" in said


def test_an_omission_that_is_not_in_the_text_is_named(report, small, capsys):
    edit(small / "omissions.csv", "2020 年", "2021 年")
    status, said = checked(report, small, capsys)
    assert status == 1 and "omissions.csv: line 1 does not have '2021 年'" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (REPORT.encode("gb18030"), "not UTF-8"),
        ("另一份报告。\n另一行。\n".encode(), "it is another report"),
    ],
)
def test_a_text_that_cannot_be_checked_is_refused_in_words(tmp_path, small, capsys, content, message):
    path = tmp_path / "other.txt"
    if content is not None:
        path.write_bytes(content)
    status, said = checked(path, small, capsys)
    assert status == 2 and message in said


def test_a_broken_table_is_refused_in_words(report, small, capsys):
    edit(small / "observations.csv", ",actual,", ",actaul,")
    status, said = checked(report, small, capsys)
    assert status == 2 and "did you mean actual?" in said


def test_every_omission_is_of_the_report_and_says_why():
    tables, _ = data.read(ROOT / "data")
    assert set(tables["omissions"]["source"]) == {sources.SOURCE}
    assert tables["omissions"]["reason"].ne("").all()
