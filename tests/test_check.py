"""What `make check` says of the bundle's data after a change."""

import re

import check
import pytest

DEPOSITS = "银行业金融机构存贷款余额双超"
INCOME = "urban_income,shaoxing,level,2014,actual,exact,79880,CNY,,shaoxing-work-report-2024,page,"
INCOME += "城镇常住居民人均可支配收入 {} 元,\n"
# File, words, and what they are changed to, each at its first place: what is told, with N for a
# number; and what nothing is told of.
PAIRS = {
    "a site that published nothing": (
        ("sources.csv", "http://district.ce.cn/", "http://ce.cn.example.org/"),
        "sources.csv, row N, column url: the site of 'http://ce.cn.example.org/",
        "http://paper.ce.cn/",
    ),
    "a note that names where a copy was read": (
        ("sources.csv", "Report given on", "Read on example.com on"),
        "sources.csv, row N, column note: 'example.com' tells of a copy; only read_at does",
        "Read to the congress on",
    ),
    "digits where words were printed": (
        ("observations.csv", f"{DEPOSITS}万亿元", f"{DEPOSITS}10000亿元"),
        f"observations.csv, row N, column as_printed+note: '{DEPOSITS}N亿元' has digits, so the",
        f"{DEPOSITS}一万亿元",
    ),
    "a slip where the unit was changed": (
        ("observations.csv", "人均地区生产总值 127875 元", "人均地区生产总值 128775 元"),
        "row N, column value: found 'N.N', which is '人均地区生产总值 N 元' in no unit that",
        "2021年人均地区生产总值 12.7875 万元",
    ),
    "a slip in an index": (
        (
            "observations.csv",
            "地区生产总值指数（可比价） 107.1",
            "地区生产总值指数（可比价） 108.1",
        ),
        "row N, column value: found 'N.N', which is '地区生产总值指数（可比价） N.N 上年=N' in no",
        "地区生产总值指数（可比价）: 107.10",
    ),
    "a character that charts cannot show": (
        ("sources.csv", "绍兴日报", "绍兴日报𪚥"),
        "sources.csv, row N, column publisher: the font of the charts lacks '𪚥'; run `make fonts`",
        "浙江日报",
    ),
    "a wrong count": (
        ("README.md", "the nation (", "the nation (9"),
        "data/README.md, line N: found 'the nation (N)'; write N",
        "the nation\n(",
    ),
    "a count that went": (
        ("README.md", "its province Zhejiang (", "its province ("),
        "data/README.md: does not say 'Zhejiang (N)'; say so",
        "Zhejiang (",
    ),
}


def rewrite(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder):
    return [str(fault) for fault in check.faults(folder)]


def test_the_data_of_the_bundle_have_no_fault():
    assert told(check.data.DATA) == []


@pytest.mark.parametrize(("change", "said", "kept"), PAIRS.values(), ids=PAIRS)
def test_a_fault_is_told_with_its_place_and_what_is_right_is_not(folder, change, said, kept):
    rewrite(folder, *change)
    (fault,) = told(folder)
    assert said in check.NUMBER.sub("N", fault)
    rewrite(folder, change[0], change[2], kept)
    assert told(folder) == []


@pytest.mark.parametrize(("printed", "faults"), [("79880", []), ("79808", ["row N, column value"])])
def test_a_new_row_is_checked_and_makes_three_counts_wrong(folder, capsys, printed, faults):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(INCOME.format(printed))
    assert check.main(folder) == 1
    first, *said = capsys.readouterr().out.splitlines()
    assert first == f"data/ has {len(faults) + 3} faults:"
    said = [
        re.search(r"row N, column \w+|write .*", check.NUMBER.sub("N", line))[0] for line in said
    ]
    assert said == [*faults, "write N", "write N and N", "write N"]


def test_the_counts_that_are_told_are_right(folder):
    page = folder / "README.md"
    page.write_text(
        re.sub(r"(?<= \| )\d+(?= \|$)", "7", page.read_text("utf-8"), flags=re.M), "utf-8"
    )
    names = [*check.data.TABLES, "domains"]
    lines = [len(check.pd.read_csv(folder / f"{name}.csv")) for name in names]
    assert [int(fault.split()[-1]) for fault in told(folder)] == lines


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("sources.csv", "sources.csv: the file is missing"),
        ("domains.csv", "domains.csv'; restore the file"),
        ("README.md", "README.md'; restore the file"),
    ],
)
def test_a_file_that_is_missing_is_told_and_nothing_is_counted(folder, file, said):
    (folder / file).unlink()
    (fault,) = told(folder)
    assert said in fault


def test_a_row_of_the_wrong_shape_is_told_and_nothing_is_counted(folder):
    rewrite(folder, "observations.csv", ",6001,", ",6,001,")
    (fault,) = told(folder)
    assert fault.startswith("observations.csv, row 2: 14 cells where 13")


def test_where_nothing_is_wrong_the_next_step_is_told(capsys):
    assert check.main() == 0
    *fine, following = capsys.readouterr().out.splitlines()
    assert all(line.startswith("OK: ") for line in fine) and "make refresh" in following
