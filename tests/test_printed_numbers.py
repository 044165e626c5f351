"""The reader of printed numbers: what it documents it reads, and nothing else."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from indicators import data
from indicators.data.printed_numbers import (
    MINUS,
    closed,
    is_formula,
    numbers,
    plain_number,
    simple_number,
)
from indicators.data.vocabulary import NUMBER

STEADY = settings(derandomize=True, deadline=None)

# A printed text, and all that is read in it, each as the column `value` has it.
READ = {
    "增速－2.6％": "-2.6",
    "增速﹣2.6%": "-2.6",
    "增速‐2.6%": "-2.6",
    "增速‑2.6%": "-2.6",
    "增速–2.6%": "-2.6",
    "增速—2.6%": "-2.6",
    "增速−2.6%": "-2.6",
    "，-2.6%": "-2.6",
    "增速 - 2.6%": "-2.6",
    "（+2.6%）": "2.6",
    "增长6%-6.5%": "6 6.5",
    "增长6%–6.5%": "6 6.5",
    "增长6%−6.5%": "6 6.5",
    "增长6%—6.5%": "6 6.5",
    "增长6%～6.5%": "6 6.5",
    "增长6%~6.5%": "6 6.5",
    "增长6%至6.5%": "6 6.5",
    "增长6% - 6.5%": "6 6.5",
    "增长6-6.5%": "6 6.5",
    "6亿元-7亿元": "6 7",
    "3箱-4箱": "3 4",
    "3 箱 - 4 箱": "3 4",
    "3箱，-4箱": "3 -4",
    "产值6001亿元增速-2.6%": "6001 -2.6",
    "降幅-3%—-2.6%": "-3 -2.6",
    "三次产业比例2-47-51": "2 47 51",
    "2016-2020年": "2016 2020",
    "6001 -2.6%": "6001 -2.6",
    "6% -2.6%": "6 -2.6",
    "COVID-19": "19",
    "“1+9”政策": "1 9",
    "“10+N”": "10",
    "5分钟便利店+10分钟超市": "5 10",
    "——2.6%": "2.6",
    "- 1 -": "1",
    "-1-": "1",
    "- 5个项目": "5",
    "6001①亿元": "6001",
    "6001²亿元": "6001",
    "①6001亿元": "6001",
    "增速①-2.6%": "-2.6",
    "3.3²%": "3.3",
    "6001[1]亿元": "6001",
    "6001［12］亿元": "6001",
    "6001*亿元": "6001",
    "6001⑴亿元": "6001",
    "6001(1)亿元": "6001",
    "6001亿元（1）": "6001",
    "6001注1亿元": "6001",
    "（1）生产总值6001亿元": "6001",
    "注1：生产总值6001亿元": "6001",
    "生产总值[1] 6001": "6001",
    "居第31(30)位": "31 30",
    "6001 (1)": "6001 1",
    "关注1亿人": "1",
    "全省排名（3）": "3",
    "250⁹": "250",
    "6001¹)亿元": "6001",
    "37 µg/m³": "37",
    "100㎡": "100",
    "增长 4. 4%": "4.4",
    "增长4 .4%": "4.4",
    "1 085.6万": "1085.6",
    "1\u2009085.6万": "1085.6",
    "179 326人": "179326",
    "179\u00a0326人": "179326",
    "179\u202f326": "179326",
    "1 085-1 200元": "1085 1200",
    "38.6 35.1": "38.6 35.1",
    "38.6   35.1": "38.6 35.1",
    "853 543": "853 543",
    "853 543 1220亿元": "853 543 1220",
    "6001 853亿元": "6001 853",
    "853 543.5": "853 543.5",
    "排名第5 100%": "5 100",
    "0 .5%": "0.5",
    "4 .5.6": "4",
    "－ 2.6%的增速": "-2.6",
    "1.着力": "1",
    "1. 5个项目": "1 5",
    "入选。2. 100个项目": "2 100",
    "入选。 2. 100个项目": "2 100",
    "2020. 5个项目": "2020 5",
    "in 2020. 15 cities": "2020 15",
    "６，００１．５亿元": "6001.5",
    "12,345,678": "12345678",
    "1，085.6万": "1085.6",
    "6001，853": "6001 853",
    "6001, 853": "6001 853",
    "1,11 万": "1,11",
    "3.0.1版": "3.0.1",
    "1.085,6": "1.085,6",
    "A股": "",
    "增长6%-6.5": "6 6.5",
    "3个-5个百分点": "3 5",
    "6001亿-2.6%": "6001 -2.6",
    "GDP6-6.5%": "6 6.5",
    "M2-2.6%": "2 -2.6",
    "G20-2.6%": "20 -2.6",
    "A4-5": "4 5",
    "m2": "",
    "2020年-2.6%": "2020 -2.6",
    "2020年−2.6%": "2020 -2.6",
    "2020年－2.6％": "2020 -2.6",
    "1-6月-2.6%": "1 6 -2.6",
    "6001亿元-2.6%": "6001 -2.6",
    "图1-2.6%": "1 -2.6",
    "上年=100-2.6%": "100 -2.6",
    "6亿-7亿元": "6 7",
    "9000万元-1亿元": "9000 1",
    "2020年12月-2021年2月": "2020 12 2021 2",
    "2016年-2020年": "2016 2020",
    "1-6月": "1 6",
    "CPI－2.6％": "-2.6",
    "CPI−2.6%": "-2.6",
    "CPI-2.6%": "-2.6",
    "GDP–2.6%": "-2.6",
    "PM2.5-2.6%": "2.5 -2.6",
    "SO2-2.6%": "2 -2.6",
    "“1+9”": "1 9",
    "PM2.5-2.6": "2.5 2.6",
    "增长-6.5%--2.6%": "-6.5 -2.6",
    "-6.5%－－2.6%": "-6.5 -2.6",
    "-6.5%——2.6%": "-6.5 2.6",
    "增速⁻2.6%": "-2.6",
    "增速₋2.6%": "-2.6",
    "增速˗2.6%": "-2.6",
    "增速﹘2.6%": "-2.6",
    "增速⁃2.6%": "-2.6",
    "增速➖2.6%": "-2.6",
    "增速ー2.6%": "-2.6",
    "データ2.6%": "2.6",
    "データー2.6%": "2.6",
    "增速 -  2.6%": "-2.6",
    "图 1 100 亿元": "1 100",
    "A 100 200 亿元": "100 200",
    "第1 500强": "1 500",
    "表3 500家": "3 500",
    "2020年 100 200 300 亿元": "2020 100 200 300",
    "GDP 1 085亿元": "1085",
    "12 345 678人": "12345678",
    "前3 500家": "3 500",
    "4. 4%": "4.4",
    "全年：4. 4%": "4.4",
    "2. 100个": "2 100",
    "1085.\u00a06万人": "1085.6",
    "增速：4. 4个百分点": "4.4",
    "1'234.5亿元": "1234.5",
    "6, 001亿元": "6001",
    "6, 853亿元": "6 853",
    "6.0×10³": "6.0×10³",
    "6.0e3": "6.0e3",
    "4×100米": "4 100",
    "6,001e3": "6,001e3",
    "2020/12/31": "2020 12 31",
    "2020-12-31": "2020 12 31",
    "37µg/m3": "37",
    "µg/m3": "",
    "100m2": "100",
    "100 km2": "100",
    "元/m2": "",
    "M2增长2.6%": "2 2.6",
    "37 µg/m3，2.6%": "37 2.6",
}


@pytest.mark.parametrize("text", READ)
def test_all_numbers_of_a_text_are_read_as_they_are_printed_and_nothing_else(text):
    assert " ".join(number.value for number in numbers(text)) == READ[text]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("增长 4.4％", "%"),
        ("3.3²%", "%"),
        ("上升 1.4 个百分点", "个百分点"),
        ("6001①亿元", "亿元"),
        ("标准 145 元/月", "元/月"),
        ("浓度 37 µg/m³", "µg/m³"),
        ("2020年", "年"),
        ("指数 101.4 上年", ""),
        ("增长6-6.5%", "% %"),
        ("2016至2020年", "年 年"),
        ("-6.5--2.6%", "% %"),
        ("图1-2.6%", " %"),
    ],
)
def test_the_unit_after_a_number_is_read_beyond_its_mark(text, unit):
    assert " ".join(number.unit for number in numbers(text)) == unit


# --- every documented form ------------------------------------------------------------------

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
UNITS = ["%", "‰", "亿元", "万人", "个百分点", "微克/立方米", "µg/m³", "美元", "元/月"]
FOOTNOTES = ["", "①", "⑴", "²", "*", "[1]", "(1)", "注1", "¹)"]


@st.composite
def printed_forms(draw):
    """A number in words as a source may print it, and its value."""
    whole = str(draw(st.integers(0, 10**9)))
    tail = draw(st.sampled_from(["", ".5", ".05", ".333"]))
    separator = draw(st.sampled_from(["", "", ",", " ", "\u00a0", "\u2009", "\u202f"]))
    if separator == " " and re.fullmatch("[0-9]{9}", whole):
        separator = "\u2009"  # 100 200 300 are three numbers
    printed = f"{int(whole):,}".replace(",", separator) + tail
    if tail and draw(st.booleans()) and not re.match("(19|20)[0-9]{2}[.]", printed):
        printed = printed.replace(".", draw(st.sampled_from([". ", " ."])))
    if draw(st.booleans()):
        printed = printed.translate(FULL_WIDTH)
    sign = draw(st.sampled_from(["", "", *MINUS]))
    before = draw(st.sampled_from(["增速", "达到 ", "，", "“", "增速①"]))
    unit = draw(st.sampled_from(["", " "])) + draw(st.sampled_from(UNITS))
    if re.search(r" \d{3}", printed):
        unit = unit.replace("%", "个").replace("‰", "个")  # 5 100% are two numbers
    after = draw(st.sampled_from(["", "，", "。", "左右"]))
    text = f"{before}{sign}{printed}{draw(st.sampled_from(FOOTNOTES))}{unit}{after}"
    return text, f"{'-' if sign else ''}{whole}{tail}"


@STEADY
@given(printed_forms())
def test_a_number_in_any_form_is_read_as_itself_and_no_other_number_is(form):
    text, value = form
    assert [number.value for number in numbers(text)] == [value]


@STEADY
@given(printed_forms(), printed_forms())
def test_two_clauses_have_two_numbers(first, second):
    text = f"{first[0]}；工业{second[0]}"
    assert [number.value for number in numbers(text)] == [first[1], second[1]]


@STEADY
@given(st.sampled_from(["-", "–", "—", "−", "～", "~", "至", "－"]), printed_forms(), st.data())
def test_no_end_of_a_range_has_a_sign(dash, form, drawn):
    low, high = drawn.draw(st.integers(0, 10**6)), drawn.draw(st.integers(0, 10**6))
    unit = drawn.draw(st.sampled_from(["", *UNITS]))
    text = f"增长{low}{unit}{dash}{high}{unit or '%'}"
    assert [number.value for number in numbers(text)] == [str(low), str(high)]


ANY = st.text(
    alphabet=st.sampled_from(
        list("0123456789０９.,，．%％ \u00a0\u3000-－—–+①²*([])（）注年月日亿元增。；:aµ")
    ),
    max_size=25,
)


def read(text, spaced=True):
    return [(number.sign, number.digits) for number in numbers(text, spaced)]


@STEADY
@given(ANY)
@example("853 543 1220")
@example("- 1 -")
@example("- 1－5")
@example(" m3")
@example("6% -2.6%")
@example("1. 5个")
@example("853 ,543")
@example("0 .5%")
@example("4 .5.6")
@example("(1 )")
@example("－0-")
@example("注0 .")
@example("0:. 0")
@example(":-  0")
@example("注1 6001")
@example("6001 (1)")
def test_a_text_without_its_blanks_has_the_same_numbers(text):
    assert read(closed(text), spaced=False) == read(text)


@STEADY
@given(ANY)
def test_numbers_stand_in_order_each_with_its_own_characters(text):
    ends = [(number.start, number.end, number.close) for number in numbers(text)]
    flat = [place for each in ends for place in each]
    assert flat == sorted(flat) and flat[-1:] <= [len(text)]
    assert all(re.search("[0-9０-９]", text[start:end]) for start, end, _ in ends)


@STEADY
@given(ANY)
@example("增长 4.4%")
@example("2020年")
@example("12月")
@example("2\u00a0月")
@example("1①月")
def test_the_quick_reading_says_the_same(text):
    if simple := simple_number(text):
        (number,) = numbers(text)
        assert number.value == simple and not number.sign and not number.of_a_date


# --- cells ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        *((f"{sign}2.6", "-2.6") for sign in MINUS),
        ("- 2.6", "-2.6"),
        ("－２．６％", "-2.6"),
        ("+1.7", "1.7"),
        ("6 001", "6001"),
        ("179\u202f326", "179326"),
        ("6,001.0", "6001.0"),
        ("6001①", "6001"),
        ("3.3²%", "3.3"),
        ("7.0 ", "7.0"),
        ("6001亿", ""),
        ("1 2", ""),
        ("6001–6100", ""),
        ("约6001", ""),
        ("--5", ""),
        ("007", ""),
        ("1e3", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_cell_that_is_one_number_has_its_plain_form(cell, plain):
    assert plain_number(cell) == plain


@STEADY
@given(st.from_regex(re.compile(NUMBER), fullmatch=True))
def test_a_plain_number_is_its_own_plain_form(text):
    assert plain_number(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("-2.6%的增速", "－2.6％", "+1.7", "-95.8", "-2.6% 左右", "增长", "- 2.6%", "－ 2.6%"),
        *("-2.6 %", "-1,085.6万", "-1 085.6万", "－1 085.6万", "-2.6%（全市）", "-2.6（全市）"),
        *("-2.6% (全市)", "-6%-6.5%", "-2.6[1]%", "-2.6%, 全市", "-2.6pct"),
    ],
)
def test_a_number_with_its_sign_is_no_formula(text):
    assert not is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "+1+1", "-2+3 绍兴", "-2 +3", "-2.6|a", "@SUM(1)", "＝1", "-cmd|' /C calc'!A0"),
        *("-A1", "-", "- 1 -", "-2.6*3", "+1+1 亿元", "-1(2)", "-2.6＋3"),
        *("-2-3", "-6%-A1", "-6%-6.5%*2", "-2.6(A1)", "-2.6pct+1", "-2.6,A1"),
    ],
)
def test_what_a_spreadsheet_would_run_is_one(text):
    assert is_formula(text)


# --- rows -----------------------------------------------------------------------------------

FALLS = "下挫 下行 滑坡 衰退 贬值 回调 走弱 下浮 逆增长".split()
AS_PRINTED = {  # what is printed: the values that it takes, those that it refuses
    "增速－2.6％": ("-2.6", "2.6"),
    "增速‑2.6%": ("-2.6", "2.6"),
    "增速—2.6%": ("-2.6", "2.6"),
    "-2.6%的增速": ("-2.6", "2.6"),
    "下降2.6%": ("-2.6", "2.6"),
    "降幅2.6%": ("-2.6", "2.6"),
    "减少2.6%": ("-2.6", "2.6"),
    "回落2.6%": ("-2.6", "2.6"),
    "收窄2.6%": ("-2.6", "2.6"),
    "同比↓2.6%": ("-2.6", "2.6"),
    "负增长2.6%": ("-2.6", "2.6"),
    "产量下降但产值增长2.6%": ("2.6", "-2.6"),
    "增速回落至2.6%": ("2.6", "26"),
    "减税降费后增长2.6%": ("2.6", "-2.6"),
    "规上工业增加值2.6%": ("2.6", "-2.6"),
    "增长6%-6.5%": ("6 6.5", "-6.5 -6"),
    "增长4. 4%": ("4.4", "4"),
    "增长3.3²%": ("3.3", "3.32"),
    "增长3.3①%": ("3.3", "3.31"),
    "2020年增长2.6%": ("2.6", "2020"),
    "2020年-2.6%": ("-2.6", "2.6"),
    "2020年−2.6%": ("-2.6", "2.6"),
    "1-6月－2.6％": ("-2.6", "2.6"),
    "6001亿元-2.6%": ("-2.6", "2.6"),
    "图1-2.6%": ("-2.6", "2.6"),
    "上年=100-2.6%": ("-2.6", "2.6"),
    "价格CPI-2.6%": ("-2.6", "2.6"),
    "增长-6.5%--2.6%": ("-6.5 -2.6", "6.5 2.6"),
    "增速比上年回落0.5个百分点，为2.6%": ("2.6 -0.5", "0.5"),
    "增速回落，全年2.6%": ("2.6", ""),
    '"增速回落,为2.6%"': ("2.6", ""),
    "由下降3%转为2.6%": ("2.6 -3", "3"),
    "上年下降3%，今年2.6%": ("2.6 -3", "3"),
    "下降3%，工业2.6%": ("2.6 -3", "3"),
    "减少排放，增速2.6%": ("2.6", ""),
    "缩小城乡差距，收入比2.6%": ("2.6", ""),
    "同比增减 2.6%": ("2.6", ""),
    "升降幅度2.6%": ("2.6", ""),
    "涨跌幅2.6%": ("2.6", ""),
    "产量下降，降2.6%": ("-2.6", "2.6"),
    "增长3%，降2.6%": ("3 -2.6", "-3 2.6"),
    "分别下降3%、2.6%和1.2%": ("-3 -2.6 -1.2", "3 2.6 1.2"),
    "下降PM2.5浓度2.6%": ("-2.6", "2.6"),
    "分别增长3%、下降2.6%": ("3 -2.6", "-3 2.6"),
    "下降2.6%-3%": ("-2.6 -3", "2.6 3"),
    "绍兴 GDP fell in 2020 by 2.6%": ("-2.6", "2.6"),
    "降幅（2020年）2.6%": ("-2.6", "2.6"),
    **{f"出口{word}2.6%": ("-2.6", "2.6") for word in FALLS},
    "绍兴 GDP contracted 2.6%": ("-2.6", "2.6"),
    "绍兴 the contract grew 2.6%": ("2.6", "-2.6"),
    "下行压力下增速2.6%": ("2.6", ""),
    "增速△2.6%": ("-2.6 2.6", "26"),
    "增速▲2.6%": ("2.6", "-2.6"),
    "（2.6个百分点）": ("-2.6 2.6", "26"),
    "增速（2.6%）": ("2.6", "-2.6"),
    "- 2.6%的增速": ("-2.6 2.6", "26"),
    "6.0e3万元，增长2.6%": ("2.6", "6.0 6 3"),
    "1'234.5亿元，增长2.6%": ("2.6", "234.5 1"),
    "2020/12/31增长2.6%": ("2.6", "12 31"),
    "2020-12-31增长2.6%": ("2.6", "12 31 -31"),
    "2020年12月31日增长2.6%": ("2.6", "12 31"),
    "2016-2020年和1—9月增长2.6%": ("2.6", "2016 1 9"),
}

PARTS = 12  # a row has a year, and no table may have too many
RATE = "real_gdp,shaoxing,growth_rate,{},actual,exact,{},%,,report-2021,19,{},"
LEVEL = "gdp,shaoxing,level,{},actual,exact,{},100 million CNY,,report-2021,19,{},"


def said_of(folder, figures, row=RATE):
    """What is said of each value beside what was printed, by both; all are rows of one table."""
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [row.format(2000 + at, value, text) for at, (text, value) in enumerate(figures)]
    path.write_text("\n".join([lines[0], *rows, *lines[1:], ""]), encoding="utf-8")
    faults = [(fault.row, str(fault)) for fault in data.faults(folder)]
    return {
        figure: [said for row, said in faults if row == number]
        for number, figure in enumerate(figures, start=2)
    }


def misjudged(folder, texts, row):
    """What is said of the values that must be taken, or not said of those that must be refused."""
    taken = {(text, value) for text, (right, _) in texts for value in right.split()}
    wrong = {(text, value) for text, (_, wrong) in texts for value in wrong.split()}
    told = re.compile("no such number|another sign")
    said = said_of(folder, sorted(taken | wrong), row)
    refused = [figure for figure, faults in said.items() if told.search("".join(faults))]
    return [
        (figure, said[figure]) for figure in said if (figure in wrong) != (figure in refused)
    ] + [(figure, said[figure]) for figure in taken if said[figure]]


@pytest.mark.parametrize("part", range(PARTS))
def test_a_row_holds_the_figure_that_was_printed_and_no_other(folder, part):
    assert misjudged(folder, list(AS_PRINTED.items())[part::PARTS], RATE) == []


LEVELS = {
    "生产总值6001①亿元": ("6001", "60011"),
    "生产总值6001²亿元": ("6001", "60012 2"),
    "①6001亿元": ("6001", "16001 1"),
    "生产总值6001[1]亿元": ("6001", "1"),
    "生产总值6001（1）亿元": ("6001", "1"),
    "生产总值6001注1亿元": ("6001", "1"),
    "生产总值5 085.6亿元": ("5085.6", "5 85.6"),
    "生产总值5\u202f085.6亿元": ("5085.6", "5"),
    "生产总值-6001亿元": ("", "6001"),
    "生产总值 - 6001亿元": ("6001", ""),
}


def test_a_level_is_held_to_its_digits_and_to_a_minus_at_them(folder):
    assert misjudged(folder, LEVELS.items(), LEVEL) == []


def test_a_value_with_another_minus_is_asked_for_as_a_number_not_as_a_formula(folder):
    said = said_of(folder, [("增速－2.6％", f"{sign}2.6") for sign in MINUS])
    first, *others = said.values()
    assert first == []
    assert all("did you mean -2.6?" in fault and "formula" not in fault for (fault,) in others)
