"""The check of a report's text, on a small report and a small data folder of our own."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT, commands, copy_of_bundle
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


LOCATORS = {  # of the figures of the text above
    ("gdp", "level", "2020"): "3",
    ("total_fiscal_revenue", "average_growth_rate", "2016/2020"): "3",
    ("general_public_budget_revenue", "average_growth_rate", "2016/2020"): "3",
    ("medical_assistance", "share", "2021"): "3/5",
    ("household_waste_landfilled", "share", "2020"): "5",
}


@pytest.fixture
def small(folder):
    """A data folder whose report has the five figures of the text above, and one omission."""
    chosen = []
    for row in rows_of(folder / "observations.csv"):
        key = row["indicator"], row["measure"], row["period"]
        if row["source"] == "report-2021" and key in LOCATORS:
            chosen.append(row | {"locator": LOCATORS[key]})
    for row in chosen:
        if row["indicator"] == "household_waste_landfilled":
            row["as_printed"] = "“零填埋”"
    write(folder / "observations.csv", chosen)
    date = {"source": "report-2021", "locator": "1", "text": "2020 年", "reason": "date"}
    write(folder / "omissions.csv", [date])
    edit(folder / "benchmarks.csv", ",pm25,", ",gdp,", count=-1)
    for name in ("indicator", "place", "scope", "source"):
        used = {row[name] for row in chosen}
        path = folder / f"{name}s.csv"
        write(path, [row for row in rows_of(path) if row[name] in used])
    edit(folder / "places.csv", ",zhejiang,", ",,")
    return folder


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def checked(report, small, capsys):
    status = sources.main([str(report), "--data", str(small)])
    output = capsys.readouterr()
    return status, output.out + output.err


def test_a_report_that_fits_its_rows_passes(report, small, capsys):
    assert checked(report, small, capsys) == (
        0,
        "5 figures stand where they should, and every number of the text is accounted for.\n",
    )


def test_a_number_that_no_row_claims_is_named_with_its_line(report, small, capsys):
    edit(report, "亿元，", "亿元，粮食产量 79 万吨，")
    status, said = checked(report, small, capsys)
    assert status == 1 and "line 3: the number 79 is neither a figure nor an omission" in said


def test_a_figure_that_stands_elsewhere_is_named(report, small, capsys):
    edit(small / "observations.csv", ",report-2021,3,生产总值", ",report-2021,5,生产总值")
    status, said = checked(report, small, capsys)
    assert (
        status == 1 and "gdp level 2020 actual: line 5 does not have '生产总值 6001 亿元'" in said
    )


def test_a_figure_changed_in_the_text_is_named(report, small, capsys):
    edit(report, "8.4%", "8.5%")
    status, said = checked(report, small, capsys)
    assert status == 1 and "general_public_budget_revenue" in said and "the number 8.5" in said


def test_an_omission_that_is_not_in_the_text_is_named(report, small, capsys):
    edit(small / "omissions.csv", "2020 年", "2021 年")
    status, said = checked(report, small, capsys)
    assert status == 1 and "omissions.csv, row 2: line 1 does not have '2021 年'" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (REPORT.encode("gb18030"), "not UTF-8"),
        (b"\n\n\f", "there is no text, as in a PDF of scanned pages"),
        ("另一份报告。\n另一行。\n".encode(), "it is another report"),
    ],
)
def test_a_text_that_cannot_be_checked_is_refused_in_words(
    tmp_path, small, capsys, content, message
):
    path = tmp_path / "other.txt"
    if content is not None:
        path.write_bytes(content)
    status, said = checked(path, small, capsys)
    assert status == 2 and message in said


IN_PART = {  # a text with headings, and the part and section of each line
    "2020 年工作报告": None,
    "一、过去五年": None,
    "五年来，我们稳步前进，": "part I, paragraph 1",
    "成绩显著。": "part I, paragraph 1",
    "2020 年，一是抗疫。": "part I, paragraph 2",
    "各位代表，谢谢！": "part I, paragraph 3",
    "二、目标": None,
    "重点抓好两方面工作：": "part II, paragraph 1",
    "1. 改革。": "part II, goal 1",
    "2.5 万人就业。": "part II, goal 1",
    "2．创新。": "part II, goal 2",
    "三、安排": None,
    "（一）产业。": "part III, section 1",
    "细则。": "part III, section 1",
    "（二）科技。": "part III, section 2",
    "各位代表，再接再厉！": "part III, closing",
}


def test_part_and_section_of_a_line_are_read_from_the_headings(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(IN_PART), encoding="utf-8")
    lines = sources.read_report(path)
    found = [(line, sources.sections(lines).get(number)) for number, line in lines.items() if line]
    assert found == [(sources.closed(line), where) for line, where in IN_PART.items()]


def test_a_locator_may_name_part_and_section_and_they_are_checked(report, small, capsys):
    for named in ('"part I, paragraph 1; line 3"', '"part II, goal 6; line 3"'):
        edit(small / "observations.csv", "report-2021,3,生产总值", f"report-2021,{named},生产总值")
        status, said = checked(report, small, capsys)
        edit(small / "observations.csv", f"report-2021,{named},", "report-2021,3,")
        wrong = "line 3 is not in part II, goal 6; write part I, paragraph 1; line 3"
        assert (status, wrong in said) == ("goal" in named, "goal" in named)


def test_each_figure_is_found_in_a_copy_that_breaks_its_lines_in_another_way(report, small):
    edit(small / "observations.csv", "report-2021,5,", 'report-2021,"part I, paragraph 1; line 5",')
    found = sources.find(report, table=small)
    assert found["line"].tolist() == [3, 3, 3, 5, 3]
    report.write_text(REPORT.replace("\n\n", "\n").replace("财政总收入", "\n财政总收入"), "utf-8")
    assert sources.find(report, table=small)["line"].tolist() == [2, 3, 3, 4, 3]
    report.write_text(REPORT.replace("6001", "6000"), encoding="utf-8")
    assert sources.find(report, table=small)["line"].tolist()[0] == 0


def test_a_broken_table_is_refused_in_words(report, small, capsys):
    edit(small / "observations.csv", ",actual,", ",actaul,")
    status, said = checked(report, small, capsys)
    assert status == 2 and "did you mean actual?" in said


def test_a_figure_on_another_line_is_named_with_its_row_and_that_line(report, small, capsys):
    edit(report, "一、", "\n\n一、")
    edit(small / "omissions.csv", ",1,", ",3,")
    for name, line in (("observations.csv", ",3,生产总值"), ("observations.csv", ",5,“零填埋”")):
        edit(
            small / name,
            line,
            line.replace("3", "5", 1) if "3" in line else line.replace("5", "7", 1),
        )
    edit(small / "observations.csv", ",3/5,", ",5/7,")
    edit(small / "observations.csv", "report-2021,3,财政总收入", "report-2021,5,财政总收入")
    status, said = checked(report, small, capsys)
    words = "一般公共预算收入…年均增长…8.4%"
    named = "general_public_budget_revenue average_growth_rate 2016/2020 actual"
    assert (status, said.splitlines()[0]) == (
        1,
        f"observations.csv, row 4: {named}: line 3 does not have {words!r}; write 5 as its locator",
    )


def test_words_that_end_on_the_next_line_claim_the_numbers_of_both(report, small, capsys):
    edit(report, "6001 亿元，财政", "60\n01 亿元，财政")
    for name in ("observations.csv", "omissions.csv"):
        text = (
            (small / name)
            .read_text(encoding="utf-8")
            .replace("report-2021,3,生产总值", "report-2021,3/4,生产总值")
        )
        for old, new in ((",3/5,", ",4/6,"), (",5,", ",6,"), (",3,", ",4,")):
            text = text.replace(f"report-2021{old}", f"report-2021{new}")
        (small / name).write_text(text, encoding="utf-8")
    assert checked(report, small, capsys)[0] == 0


@pytest.mark.parametrize(
    ("printed", "closed"),
    [
        ("2021 年 2 月", "2021年2月"),
        ("人均\t１１．６ 万元", "人均11.6万元"),
        ("38.6   35.1", "38.6 35.1"),
        ("增长 4. 4%，达 1 085.6 万元", "增长4.4%，达1085.6万元"),
        ("增速 － 2.6％", "增速-2.6%"),
        ("6% - 6.5%", "6%-6.5%"),
        ("6001  -2.6", "6001 -2.6"),
        ("6001 ① 亿元", "6001①亿元"),
        ("reached 65,760 yuan", "reached65,760yuan"),
    ],
)
def test_white_space_goes_but_for_what_parts_two_numbers(printed, closed):
    assert sources.closed(printed) == closed


NUMBERS = """\
全市生产总值 6 001①亿元，-2.6%，增长 4. 4%，
比上年下降－3.1％，目标6%-6.5%[1]，5个市场+10个超市。
"""


def test_numbers_are_listed_as_they_are_printed_with_their_sign_and_without_marks():
    lines = {at: sources.closed(line) for at, line in enumerate(NUMBERS.splitlines(), start=1)}
    rows, _ = sources.to_fill_in(lines, set(), "x")
    assert [(row["value"], row["as_printed"]) for row in rows] == [
        ("6001", "全市生产总值6001①亿元"),
        ("-2.6", "-2.6%"),
        ("4.4", "增长4.4%"),
        ("-3.1", "比上年下降-3.1%"),
        ("6", "目标6%-6.5%[1]"),
        ("6.5", "目标6%-6.5%[1]"),
        ("5", "5个市场+10个超市"),
        ("10", "5个市场+10个超市"),
    ]


@pytest.mark.parametrize(
    ("text", "values", "dates"),
    [
        ("2020年－2.6％", "-2.6", "2020年"),
        ("2020年增长2.6%", "2.6", "2020年增长"),
        ("6月−2.6%", "-2.6", "6月"),
        ("2016年-2020年目标6%-6.5%", "6 6.5", "2016年 2020年目标"),
        ("2020/12/31", "", "2020/12/31"),
        ("2020-12-31", "", "2020-12-31"),
        ("2020年12月31日", "", "2020年12月31日"),
        ("浓度37µg/m3", "37", ""),
    ],
)
def test_a_date_takes_no_sign_of_the_figure_behind_it(text, values, dates):
    observations, omissions = sources.to_fill_in({1: sources.closed(text)}, set(), "x")
    assert " ".join(row["value"] for row in observations) == values
    assert " ".join(row["text"] for row in omissions if row["reason"] == "date") == dates


def test_a_comma_within_a_number_ends_no_clause_and_one_between_two_does():
    lines = {1: "收入65,760元,支出1，085元，其中6001，853，12345,678"}
    assert [words for _, words, _ in sources.clauses(lines)] == [
        *("收入65,760元", "支出1，085元", "其中6001", "853", "12345", "678")
    ]


def test_words_claim_a_number_whole_with_its_sign_however_it_is_spaced():
    lines = {1: sources.closed("增速 － 2.6％，产值 1 085.6 万元")}
    assert sources.positions(lines, "1", "产值1085.6万元") is not None
    table = pd.DataFrame({"locator": ["1", "1"], "as_printed": ["2.6％", "产值 1 085.6 万元"]})
    claimed, astray = sources.claims(lines, table, "observations.csv", "as_printed")
    left, _ = sources.to_fill_in(lines, claimed, "x")
    assert astray == [] and [row["value"] for row in left] == ["-2.6"]  # a sign was left out


@pytest.mark.parametrize("long", [[], ["附注" * 60], ["附注" * 60, "说明" * 50]])
def test_wrapped_lines_are_joined_beside_lines_that_were_never_wrapped(long):
    wrapped = [
        "一、过去五年",
        *["全市上下同心协力推动高质量发展取得新的成效空气质量"] * 9,
        "达91.2%",
    ]
    lines = dict(enumerate([*wrapped, *long], start=1))
    joined = [where for where, words, _ in sources.clauses(lines) if "91.2" in words]
    assert joined == ["2/3/4/5/6/7/8/9/10/11"]


def test_rows_are_utf_8_on_every_system(report, small):
    command = [sys.executable, "-m", "indicators.sources", report, "--data", small, "--rows"]
    edit(report, "亿元，", "亿元，面积 8279 km²，")
    printed = subprocess.run(
        list(map(str, command)),
        env=os.environ | {"PYTHONPATH": str(ROOT / "notebooks"), "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=True,
    )
    assert ",8279,,,report-2021,3,面积8279km²," in printed.stdout.decode("utf-8")
    assert b"\r" not in printed.stdout


def test_figures_located_by_page_cannot_be_checked_and_it_says_what_to_do(report, folder, capsys):
    status = sources.main([str(report), "shaoxing-communique-2017", "--data", str(folder)])
    assert status == 2
    assert (
        "figures of shaoxing-communique-2017 are located by page; "
        "write the line of this text as the locator" in capsys.readouterr().err
    )


def test_a_key_that_is_no_source_is_refused_with_the_nearest(report, small, capsys):
    assert sources.main([str(report), "report-2012", "--data", str(small)]) == 2
    assert (
        capsys.readouterr().err
        == "sources.csv does not list 'report-2012' (did you mean report-2021?); "
        "add a row there, or look at the key\n"
    )


# --- the section of CONTRIBUTING.md, walked with a report of our own ------------------------------

KEY = "city-report-2023"
SOURCE = (
    f"{KEY},Report 2023,2023年工作报告,绍兴市人民政府,2023-02-01,"
    "https://www.sx.gov.cn/report,primary,Lines of pdftotext -layout.,"
)
PDF = """\
                  2023年工作报告

    全市生产总值7351亿元，增长4.4%；空气质量
优良天数比例为91.2%，提高1.2个百分点。轨道交通1号线
通车。
                      - 1 -
"""
MEANT = {  # what a student fills in, by the number and its words
    "7351": ("gdp,shaoxing,level,2022,actual,exact", "100 million CNY", "revised-2020"),
    "4.4": ("real_gdp,shaoxing,growth_rate,2022,actual,exact", "%", ""),
    "91.2": ("good_air_days,shaoxing,share,2022,actual,exact", "%", ""),
    "1.2": ("good_air_days,shaoxing,change,2022,actual,exact", "percentage points", ""),
}
NAMES = {"4.4": "生产总值…增长4.4%", "1.2": "优良天数比例…提高1.2个百分点"}


@pytest.fixture
def bundle(tmp_path):
    return with_report(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A copy of the bundle whose table has the figures of the new report."""
    bundle = with_report(tmp_path_factory.mktemp("filled"))
    fill_in(bundle)
    return bundle


def with_report(folder):
    """A copy of the bundle with the text of a new report, and the source of it."""
    copy_of_bundle(folder)
    (folder / "report.txt").write_text(PDF, encoding="utf-8")
    append(folder / "data" / "sources.csv", SOURCE)
    return folder


def append(path, *lines):
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )


def test_the_first_command_gets_the_lines_of_a_pdf(bundle, browser):
    if shutil.which("pdftotext") is None:
        missing = "no pdftotext on this machine: install the package poppler-utils to run this test"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    page = browser.new_page()
    page.set_content(f"<pre style='font: 16px \"Noto Sans CJK SC\"'>{PDF}</pre>")
    page.pdf(path=bundle / "report.pdf", format="A4")
    page.close()
    (command,) = [line for line in commands("CONTRIBUTING.md") if line.startswith("pdftotext")]
    subprocess.run(shlex.split(command), cwd=bundle, check=True)
    lines, printed = (
        (re.sub("[ \f]", "", text)).split()
        for text in ((bundle / "report.txt").read_text(encoding="utf-8"), PDF)
    )
    assert lines == printed
    assert "7351" in said_in_the_section(bundle, 0).stdout + (bundle / "left.csv").read_text(
        encoding="utf-8"
    )


def said_in_the_section(bundle, number):
    """Run a command of the section ‘To add a report’ as it stands there."""
    told = [command for command in commands("CONTRIBUTING.md") if "indicators.sources" in command]
    command = told[number].replace(".venv/bin/python", shlex.quote(sys.executable))
    return subprocess.run(
        command,
        shell=True,
        cwd=bundle,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def fill_in(bundle):
    """Bring the rows that the first command writes into the table, as the section says."""
    for row in listed(bundle, 0):
        if row["value"] in MEANT:
            key, unit, scope = MEANT[row["value"]]
            printed = NAMES.get(row["value"], row["as_printed"])
            locator = {"4.4": "3", "1.2": "3/4"}.get(row["value"], row["locator"])
            append(
                bundle / "data" / "observations.csv",
                f"{key},{row['value']},{unit},{scope},{KEY},{locator},{printed},",
            )
    for row in listed(bundle, 1):
        reason = row["reason"] or ("name" if "号线" in row["text"] else "page number")
        append(bundle / "data" / "omissions.csv", f"{KEY},{row['locator']},{row['text']},{reason}")


def listed(bundle, number):
    """The rows of left.csv beneath its first or second header, made anew."""
    assert said_in_the_section(bundle, 0).returncode == 0
    parts = re.split(
        "(?=^source,locator,text,reason$)",
        (bundle / "left.csv").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    return list(csv.DictReader(parts[number].splitlines()))


def test_the_section_leads_from_the_text_of_a_report_to_a_table_that_fits_it(bundle):
    numbers = [(row["value"], row["locator"], row["as_printed"]) for row in listed(bundle, 0)]
    assert numbers == [
        ("7351", "3", "全市生产总值7351亿元"),
        ("4.4", "3", "增长4.4%"),
        ("91.2", "3/4", "空气质量优良天数比例为91.2%"),
        ("1.2", "4", "提高1.2个百分点"),
        ("1", "4/5", "轨道交通1号线通车"),
        ("1", "6", "1-"),
    ]
    assert listed(bundle, 1)[0] == {
        "source": KEY,
        "locator": "1",
        "text": "2023年工作报告",
        "reason": "date",
    }
    fill_in(bundle)
    checked = said_in_the_section(bundle, 1)
    assert (
        checked.stdout
        == "4 figures stand where they should, and every number of the text is accounted for.\n"
        and checked.returncode == 0
    )
    assert len(data.load(bundle / "data")) == len(data.load()) + 4
    assert listed(bundle, 0) == listed(bundle, 1) == []


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (
            ("report.txt", "增长4.4%", "增长4.5%"),
            "observations.csv, row {second}: real_gdp growth_rate 2022 actual: "
            "line 3 does not have '生产总值…增长4.4%'; copy its words",
        ),
        (
            ("report.txt", "增长4.4%", "增长4.4%，人口535万"),
            "report.txt, line 3: the number 535 is neither a figure nor an omission "
            "(…长4.4%，人口535万；空气质量…); add its row to",
        ),
        (
            ("data/observations.csv", ",91.2,", ",91.3,"),
            "column value: found '91.3'; as_printed has no such number",
        ),
        (
            ("data/observations.csv", ",3/4,空气", ",4,空气"),
            "line 4 does not have '空气质量优良天数比例为91.2%'",
        ),
        (
            ("data/observations.csv", f"{KEY},3,生产", f"{KEY},page,生产"),
            f"other figures of {KEY} are located in another way, by line or by page",
        ),
        (("data/omissions.csv", ",page number", ",pagenumber"), "did you mean page number?"),
    ],
)
def test_a_slip_on_the_way_is_named_with_its_file_line_figure_and_cure(
    filled, tmp_path, slip, said
):
    bundle = shutil.copytree(filled, tmp_path / "bundle")
    edit(bundle / slip[0], *slip[1:])
    checked = said_in_the_section(bundle, 1)
    second = len(data.load()) + 3  # the first row is the header
    assert checked.returncode and said.format(second=second) in checked.stdout + checked.stderr


def test_every_omission_says_why():
    tables, _ = data.read(ROOT / "data")
    assert tables["omissions"]["reason"].ne("").all()


def test_every_source_located_by_line_says_what_its_lines_count():
    table = data.load()
    located = table[table["locator"].map(data.lines_of).str[1].ne("")]
    assert (
        sorted(set(located.loc[~located["source_note"].str.contains("[Ll]ines of"), "source"]))
        == []
    )


def test_a_pdf_in_place_of_its_text_is_told_with_what_to_do(tmp_path, small, capsys):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    assert sources.main([str(tmp_path / "report.pdf"), "--data", str(small)]) == 2
    path = tmp_path / "report.pdf"
    assert (
        capsys.readouterr().err
        == f"{path}: this is a PDF; get its text first, with pdftotext -layout {path} report.txt\n"
    )


def test_paths_begin_at_home_and_an_empty_one_is_none(report, small, capsys, monkeypatch):
    monkeypatch.setenv("HOME", str(report.parent))
    assert checked(f"~/{report.name}", f"~/{small.relative_to(report.parent)}", capsys)[0] == 0
    monkeypatch.chdir(small)
    assert checked(report, "", capsys) == (
        2,
        "The table was not loaded: 1 fault.\n - the table: str is not a table that can be loaded "
        "(the name is empty); give a data folder, a CSV file (.csv), a workbook (.xlsx), "
        "a Parquet file (.parquet) or a Dask DataFrame\n",
    )
