"""Figures in words."""

import ast
import csv
import io
import re
import threading
from decimal import Decimal

import pandas as pd
import pytest
from conftest import ROOT
from indicators import checks, data, growth, i18n, labels
from indicators.i18n import LANGUAGES, WORDS
from indicators.i18n.phrases import PHRASES
from indicators.i18n.units import UNITS


@pytest.mark.parametrize(
    ("indicator", "measure", "period", "status", "said"),
    [
        ("real_gdp", "growth_rate", "2021", "target", "at least 7%"),
        ("gdp", "level", "2025", "target", "CNY 850 billion"),
        ("pm25", "level", "2025", "target", "at most 30 µg/m³"),
        ("rd_intensity", "share", "2021", "target", "about 2.9%"),
        ("life_expectancy", "level", "2025", "target", "more than 82.5 years"),
        ("work_accidents", "growth_rate", "2016/2020", "actual", "−95.8%"),
        ("exports_national_share", "change", "2016/2020", "actual", "1.4 percentage points"),
        ("urban_rural_income_ratio", "level", "2020", "actual", "1.72 to 1"),
        ("urban_rural_income_ratio", "change", "2017/2019", "actual", "−0.043"),
        ("city_economic_strength_rank", "level", "2020", "actual", "rank 31"),
        ("lifts_added", "level", "2020", "actual", "168"),
        ("health_codes", "level", "2020", "actual", "more than 8.6 million codes"),
        ("urban_income", "level", "2020", "actual", "CNY 66,694"),
    ],
)
def test_a_figure_is_said_with_its_bound_its_digits_and_its_unit(
    shaoxing, indicator, measure, period, status, said
):
    assert labels.say(shaoxing, indicator, measure, period, status) == said


@pytest.mark.parametrize(
    ("printed", "unit", "said", "zh", "short"),
    [
        ("6001", "100 million CNY", "CNY 600.1 billion", "6001亿元", "600.1"),
        ("1349084", "100 million CNY", "CNY 134.9084 trillion", "1349084亿元", "134,908.4"),
        ("0.5", "100 million CNY", "CNY 50 million", "0.5亿元", "0.05"),
        ("-32", "100 million CNY", "−CNY 3.2 billion", "−32亿元", "−3.2"),
        ("+432", "100 million CNY", "+CNY 43.2 billion", "+432亿元", "+43.2"),
        ("0", "100 million CNY", "CNY 0", "0亿元", "0"),
        ("0.0", "100 million CNY", "CNY 0.0", "0.0亿元", "0.0"),
        (
            "5310–5334",
            "100 million CNY",
            "CNY 531.0–533.4 billion",
            "5310–5334亿元",
            "531.0–533.4",
        ),
        ("11.6", "10,000 CNY", "CNY 116 thousand", "11.6万元", "116"),
        ("11.60", "10,000 CNY", "CNY 116.0 thousand", "11.60万元", "116.0"),
        ("0.05", "10,000 CNY", "CNY 500", "0.05万元", "0.5"),
        ("127875", "CNY", "CNY 127,875", "127875元", "127,875"),
        ("1134", "CNY a month", "CNY 1,134 a month", "1134元/月", "1,134"),
        ("20", "CNY an hour", "CNY 20 an hour", "20元/小时", "20"),
        ("542.9", "10,000 persons", "5.429 million people", "542.9万人", "5,429"),
        ("79", "10,000 tonnes", "790 thousand tonnes", "79万吨", "790"),
        ("4.76", "per 1,000 persons", "4.76 per 1,000 people", "4.76个/千人", "4.76"),
        (
            *("0.30", "tonnes of standard coal per 10,000 CNY"),
            *("0.30 tonnes of standard coal per CNY 10,000", "0.30吨标准煤/万元", "0.30"),
        ),
        ("7.0", "%", "7.0%", "7.0%", "7.0"),
        ("10383", "count", "10,383", "10383", "10,383"),
        ("101.4", "index, previous year = 100", "101.4", "101.4", "101.4"),
        ("12345.60", "GWh", "12,345.60 GWh", "12345.60 GWh", "12,345.60"),
        ("12", "1,000 tonnes", "12 × 1,000 tonnes", "12 × 1,000 tonnes", "12"),
    ],
)
def test_english_moves_the_point_and_chinese_says_what_was_printed(printed, unit, said, zh, short):
    assert [labels.amount(printed, unit), labels.amount(printed, unit, "zh")] == [said, zh]
    shown = [labels.in_panel(printed, unit, language) for language in LANGUAGES]
    assert shown == [short, printed.replace("-", "−")]


def read_back(words):
    """The digits of an amount in English, and the number that it says."""
    number, scale = re.search(r"([\d,.]+)(?: (thousand|million|billion|trillion))?", words).groups()
    power = {None: 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}[scale]
    digits = number.replace(",", "")
    return digits, Decimal(digits).scaleb(power) * (-1 if words.startswith("−") else 1)


POWERS = {"10,000": 4, "100": 8}  # the first words of units: 10,000 persons, 100 million CNY


def test_every_figure_of_the_table_in_words_is_what_was_printed_digit_for_digit(table):
    for printed, unit in set(zip(table["printed"], table["unit"].astype("str"), strict=True)):
        digits, number = read_back(labels.amount(printed, unit).removeprefix("rank "))
        assert number == Decimal(printed).scaleb(POWERS.get(unit.split()[0], 0)), (printed, unit)
        own, said = (text.lstrip("-").replace(".", "").lstrip("0") for text in (printed, digits))
        kept, more = sorted((own, said), key=len)
        assert more.startswith(kept) and not more[len(kept) :].strip("0"), (printed, unit)
        places = printed if more == own else digits  # zeros that came or went are no decimals
        assert more == kept or "." not in places, (printed, unit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_is_as_high_as_its_label_says(table, language):
    for row in table.itertuples():
        label = labels.in_panel(row.printed, row.unit, language)
        height = labels.height(row.value, row.unit, language)
        assert height == float(label.replace(",", "").replace("−", "-")), (row.printed, row.unit)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ((2789.2, 2787.38, 2791.12, "100 million CNY"), "about CNY 278.9 billion (278.7 to 279.1)"),
        ((2790.4, 2787.38, 2791.12, "100 million CNY"), "about CNY 279.0 billion (278.7 to 279.1)"),
        ((432, 431.95, 432.05, "100 million CNY"), "CNY 43.20 billion"),
        ((5.27, 5.18, 5.37, "%"), "about 5.3% (5.18 to 5.37)"),
        ((6.7, 6.04, 7.33, "%"), "about 6.7% (6.0 to 7.3)"),
        ((0, -0.5, 0.5, "100 million CNY"), "about CNY 0.0 million (−50 to 50)"),
        ((999.7, 998.1, 1001.3, "10,000 persons"), "about 10.00 million people (9.98 to 10.01)"),
    ],
)
def test_a_range_has_the_scale_of_its_figure_and_no_more_digits_than_it_bears(figure, said):
    assert labels.ranged(growth.Figure(*figure)) == said


def test_a_sentence_that_asks_for_no_figure_or_for_two_is_an_error(table):
    with pytest.raises(LookupError, match="0 figures, not one"):
        labels.say(table, "gdp", "level", "1999")
    with pytest.raises(LookupError, match="2 figures, not one"):
        labels.say(table.iloc[[0, 0]], "gdp", "level", "2020")


def test_a_total_over_five_years_is_never_called_yearly(table):
    total = labels.worded(table.query("indicator == 'criminal_cases'")).iloc[0]
    assert (
        total["Description"]
        == "Criminal cases, 2016–2020: −62.7% (total change over the span, outcome)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tooltip_has_no_raw_column_name_and_no_empty_cell(table, language):
    rows = labels.with_origins(labels.with_others(growth.with_derived(table)))
    tips = [labels.tip(row, language) for row in rows.itertuples()]
    headings = set().union(*tips)
    assert headings == set(WORDS[language]["tooltip"].values()) and not headings & set(
        table.columns
    )
    assert all(all(tip.values()) for tip in tips)


def test_a_tooltip_names_every_other_printing_of_the_same_fact(table):
    gdp = table.query("indicator == 'gdp' and place == 'shaoxing' and period == '2020'")
    gdp = gdp[gdp["scope"] == "revised-2020"]
    assert len(gdp) > 1
    for row in labels.with_others(gdp).itertuples():
        said = labels.tip(row)["Also published"]
        assert (
            all(other.title_en in said for other in gdp.itertuples() if other.Index != row.Index)
            and row.title_en not in said
        )
    alone = labels.with_others(table.query("indicator == 'lifts_added'"))
    assert "Also published" not in labels.tip(next(alone.itertuples()))


def test_both_languages_have_the_same_words():
    def keys(words):
        return {
            name: keys(value)
            if isinstance(value, dict)
            else len(value)
            if isinstance(value, list) and name == "plans"
            else None
            for name, value in words.items()
        }

    assert keys(WORDS["en"]) == keys(WORDS["zh"])


def test_speaking_nests_and_ends_with_its_block_even_after_an_error():
    with i18n.speaking("zh"):
        with i18n.speaking("en"):
            assert i18n.chosen() == "en" and i18n.chosen("zh") == "zh"
        assert i18n.chosen() == "zh"
        with pytest.raises(ValueError), i18n.speaking("en"):
            raise ValueError
        assert i18n.chosen() == "zh"
    assert i18n.chosen() == "en"


def test_the_language_that_one_thread_speaks_is_not_that_of_another():
    found = []
    with i18n.speaking("zh"):
        thread = threading.Thread(target=lambda: found.append(i18n.chosen()))
        thread.start()
        thread.join()
    assert found == ["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_without_a_language_are_in_the_current_one(shaoxing, language):
    rows, judged = shaoxing[:40], growth.verdicts(shaoxing)
    target = next(judged.itertuples())
    sayings = [
        lambda *said: labels.listing(rows, *said),
        lambda *said: labels.citations(rows, *said),
        lambda *said: labels.worded(rows, *said).to_csv(),
        lambda *said: labels.table(checks.derived(shaoxing, *said), *said),
        lambda *said: labels.table(checks.looser_targets(judged, *said), *said),
        lambda *said: labels.aims(target, *said),
    ]
    with i18n.speaking(language):
        current = [say() for say in sayings]
    assert current == [say(language) for say in sayings]
    assert all(
        one != say("zh" if language == "en" else "en")
        for one, say in zip(current, sayings, strict=True)
    )


def test_every_unit_and_theme_has_its_words(table):
    assert {name: of for name, of in UNITS.items() if not of.chinese or not i18n.unit(name)} == {}
    assert sorted(set(data.read()[0]["indicators"]["unit"]) - set(UNITS)) == []
    assert sorted(set(table["unit"].astype("str")) - set(WORDS["zh"]["units"])) == []
    assert sorted(set(table["theme"].astype("str")) - set(WORDS["zh"]["themes"])) == []


@pytest.mark.parametrize(
    ("indicator", "measure", "period", "status", "said"),
    [
        (
            "real_gdp",
            "growth_rate",
            "2021",
            "target",
            "生产总值（可比价），2021：至少7%（比上年增长，目标）",
        ),
        ("gdp", "level", "2025", "target", "生产总值，2025：8500亿元（水平值，目标）"),
        (
            "city_economic_strength_rank",
            "level",
            "2020",
            "actual",
            "城市综合经济实力全国位次，2020：第31位（水平值，实际）",
        ),
        (
            "city_economic_strength_rank",
            "level",
            "2025",
            "target",
            "城市综合经济实力全国位次，2025：第30位以内（水平值，目标）",
        ),
        (
            "life_expectancy",
            "level",
            "2025",
            "target",
            "人均预期寿命，2025：超过82.5岁（水平值，目标）",
        ),
        (
            "dayu_tripod_years",
            "level",
            "2020",
            "actual",
            "连续夺得“大禹鼎”，2020：5年（水平值，实际）",
        ),
        (
            "urban_rural_income_ratio",
            "level",
            "2020",
            "actual",
            "城乡居民收入倍差，2020：1.72：1（水平值，实际）",
        ),
    ],
)
def test_a_figure_is_said_in_chinese(shaoxing, indicator, measure, period, status, said):
    assert labels.sentence(growth.the(shaoxing, indicator, period, measure, status), "zh") == said


def test_the_words_of_a_chart_name_first_last_lowest_and_highest_outcome(shaoxing):
    rows = growth.views(shaoxing).query(
        "indicator == 'real_gdp' and view == 'growth rates' and start == end and status == 'actual'"
    )
    said = labels.told(rows.assign(panel=""))
    low, high = (
        rows.loc[rows["value"] == edge].iloc[0]
        for edge in (rows["value"].min(), rows["value"].max())
    )
    first, last = rows.sort_values("start").iloc[0], rows.sort_values("start").iloc[-1]
    first, last, low, high = (f"{row.printed}% in {row.period}" for row in (first, last, low, high))
    ends = f"outcomes from {first} to {last}, lowest {low}, highest {high}"
    assert said == f"GDP at constant prices: {ends}"


def test_a_table_of_texts_keeps_every_word_and_takes_none_for_markup():
    frame = pd.DataFrame({"Fact": ["a | b", "<b>" + "x" * 300], "Value": ["1", "2"]})
    lines = labels.table(frame).splitlines()
    assert lines[:2] == ["| Fact | Value |", "| --- | --- |"]
    assert lines[2] == "| a &#124; b | 1 |" and lines[3] == f"| &lt;b&gt;{'x' * 300} | 2 |"


FORMULAS = [
    *("=1", "+1+1", "@SUM(1)", "-2+3", "-cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1"),
    *("＝1", "－1", "＋1", "＠1", " =1", "-", "-1.2.3", "+1-1", "-2.6%的增速"),
]


def saved(row, note):
    """The note of a row as it stands in the saved CSV."""
    return list(csv.DictReader(io.StringIO(labels.csv(row.assign(note=note)), newline="")))[0][
        "note"
    ]


def test_no_saved_text_is_a_formula_to_a_spreadsheet(table):
    assert [saved(table[:1], formula) for formula in FORMULAS] == [
        "'" + formula for formula in FORMULAS
    ]
    plain = ["-95.8", "+1.7", "+12", "5.5", "no formula", "a=b", ""]
    assert [saved(table[:1], text) for text in plain] == plain


def test_a_saved_figure_keeps_what_was_printed_beside_its_shifted_form(table):
    rows = table[table["indicator"].isin(["gdp", "gdp_per_capita", "resident_population"])]
    lines = list(csv.DictReader(io.StringIO(labels.csv(rows), newline="")))
    found = {
        tuple(line[name] for name in ("figure", "unit", "shifted", "shifted_unit"))
        for line in lines
    }
    assert ("6001", "100 million CNY", "600.1", "CNY billion") in found
    assert {line[1:2] + line[3:] for line in found} >= {("10,000 persons", "thousand people")}
    assert sorted(line["figure"] for line in lines) == sorted(rows["printed"].astype("str"))


def test_a_listed_figure_sorts_by_its_size_and_not_by_its_first_digits(table):
    rows = table[table["indicator"].eq("gdp") & table["period"].eq("2020")]
    assert "data-value='600100000000'>CNY 600.1 billion<" in labels.listing(rows)
    assert "data-value" not in labels.listing(rows, sortable=False)


def test_words_that_end_on_the_next_line_are_placed_on_both(table):
    row = next(table[table["locator"].str.endswith("; line 155/157")].itertuples())
    assert [labels.place_in_source(row, language) for language in ("en", "zh")] == [
        "part III, section 8, lines 155 and 157 of the text",
        "第三部分，第8节，文本第155、157行",
    ]


def test_the_place_in_a_source_is_told_in_words_whatever_a_locator_names(table):
    told = {
        "part II, goal 6; line 77": [
            "part II, goal 6, line 77 of the text",
            "第二部分，目标6，文本第77行",
        ],
        "part III, closing; line 165": [
            "part III, closing, line 165 of the text",
            "第三部分，结尾，文本第165行",
        ],
        "annex; line 3": ["annex, line 3 of the text", "annex，文本第3行"],
        "19": ["line 19 of the text", "文本第19行"],
        "page": ["the page", "网页"],
        "table 3": ["the table 3", "table 3"],
    }
    rows = [next(table[:1].assign(locator=locator).itertuples()) for locator in told]
    languages = ("en", "zh")
    said = [[labels.place_in_source(row, language) for language in languages] for row in rows]
    assert said == list(told.values())


def test_that_a_source_was_read_on_a_copy_is_told_but_not_where(shaoxing):
    rows = shaoxing[:1].assign(read_at="http://mirror.example/1", url="")
    for language, words in (("en", "read on a copy"), ("zh", "读自副本")):
        cited, tip, listed = (
            labels.citations(rows, language).split("\n\n")[0].lower(),
            " ".join(labels.tip(next(rows.itertuples()), language).values()),
            labels.listing(rows, language),
        )
        assert [text.count(words) for text in (cited, tip, listed)] == [1, 1, 1]
        assert not any("mirror.example" in text for text in (cited, tip, listed))
        plain = shaoxing[:1].assign(read_at="")
        assert words not in labels.citations(plain, language) + labels.listing(plain, language)


def said_once(code):
    """The texts in code that are said in one place only: given to `phrase`, or as a title."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call) for call in calls]
    texts = [each for name, call in named if name in ("phrase", "_title") for each in call.args]
    texts = [each.value for each in texts if isinstance(each, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and text not in LANGUAGES]


def test_what_is_said_in_one_place_only_has_its_chinese():
    assert said_once("phrase('Limit', language) + _title('Set by', phrase(text))") == [
        "Limit",
        "Set by",
    ]
    package = (ROOT / "notebooks" / "indicators").rglob("*.py")
    said = {text for path in package for text in said_once(path.read_text(encoding="utf-8"))}
    assert len(said) > 10 and [text for text in said if text not in PHRASES] == []


def test_what_was_last_known_is_said_with_its_year_and_not_as_an_outcome(shaoxing):
    rows = {row.indicator: row for row in growth.verdicts(shaoxing, [2025]).itertuples()}
    far = rows["urbanisation_rate"]
    last = "last known 73.1% in 2023, 1.9 percentage points below the target (on another basis)"
    assert labels.verdict(far) == f"not yet known; {last}"
    assert labels.ruling(far) == "not yet known; last known 73.1% in 2023 (on another basis)"
    assert "最近已知73.1%（2023年），低于目标1.9个百分点" in labels.verdict(far, "zh")
    assert labels.aims(far)["Last known"].endswith("a figure for 2023, not for 2025, so no outcome")
    ratio = rows["urban_rural_income_ratio"]
    assert "last known 1.67 to 1 (computed) in 2022, 0.03 below" in labels.verdict(ratio)
    tip = labels.aims(ratio)["Last known"]
    assert tip.startswith("1.67 to 1 (computed) (2022): computed from ") and "57,000" not in tip
    assert "由" in labels.aims(ratio, "zh")["最近已知"]
    for met in (rows["gdp"], rows["real_gdp"]):
        assert "Last known" not in labels.aims(met) and "last known" not in labels.verdict(met)


def test_a_doubted_figure_says_so_wherever_it_is_said(shaoxing):
    found = checks.looser_targets(growth.verdicts(shaoxing, [2025])).set_index("Target")
    doubted = "Share of national exports, 2025: at least 13.1% (figure in doubt)"
    assert found["Already reached"][doubted] == "13.3% (2020) (figure in doubt)"
    others = found.drop(doubted)
    assert len(others) and not any("doubt" in said for said in [*others.index, *others.iloc[:, 0]])


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("1", "years", "1 year"),
        ("-1", "years", "−1 year"),
        ("1.0", "years", "1.0 years"),
        ("2", "years", "2 years"),
        ("1", "percentage points", "1 percentage point"),
        ("1", "10,000 persons", "10 thousand people"),
        ("1", "100 million pieces", "100 million pieces"),
    ],
)
def test_one_of_a_unit_is_not_many(number, unit, said):
    assert labels.amount(number, unit, "en") == said


def test_a_target_rate_says_what_it_is_a_change_on(table):
    judged = growth.verdicts(table[table["status"] == "target"], years=range(2016, 2026))
    said = {
        (row.place, row.indicator, row.period): labels.target(row) for row in judged.itertuples()
    }
    assert said["china", "energy_intensity", "2021/2025"].endswith(": −13.5% over the whole span")
    assert said["china", "energy_intensity", "2018"].endswith(": at most −3% on the year before")
    assert said["china", "real_gdp", "2022"].endswith(": about 5.5% more than the year before")


# --- cards of numbers ---


def test_a_card_says_the_change_in_words_and_that_prices_are_in_it(shaoxing):
    row = growth.the(shaoxing, "urban_income", "2020")
    up = growth.Since(2015, growth.Figure(42.7, 42.69, 42.71, "%", "nominal"))
    down = growth.Since(2015, growth.Figure(-50, -51.3, -48.6, "%"))
    either = growth.Since(2015, growth.Figure(0, -1.3, 1.3, "%"))
    assert [labels.below(row, since, "en") for since in (up, down, either, None)] == [
        "2020, up 42.7% since 2015, price changes included",
        "2020, down about 50.0% (48.6 to 51.3) since 2015",
        "2020, change since 2015: about 0.0% (−1.3 to 1.3)",
        "2020",
    ]
    other = growth.Since(2015, None)
    assert labels.below(row, other, "en") == "2020, counted on another basis than 2015"
    assert labels.below(row, other, "zh") == "2020年，口径与2015年不同"


def test_a_card_says_the_two_latest_targets_with_verdicts_that_need_no_sign(shaoxing):
    judged = growth.verdicts(shaoxing, range(2015, 2026)).sort_values("end", kind="stable")
    judged = judged[judged["measure"].isin(growth.LEVELS)]
    of = {slug: list(judged[judged["indicator"] == slug].itertuples()) for slug in ("gdp", "pm25")}
    assert labels.goals(of["gdp"], "en") == [
        "target 2025: CNY 850 billion: met (CNY 893.2 billion), but counted on another basis"
    ]
    assert labels.goals(of["pm25"], "en") == [
        "target 2025: at most 30 µg/m³: not yet known; already met when it was set",
        "target 2024: at most 28 µg/m³: not yet known",
        "and 1 earlier",
    ]
    assert labels.goals(of["pm25"][:1], "en") == [
        "target 2021: at most 30 µg/m³: met (27 µg/m³), but perhaps counted on another basis; "
        "already met when it was set"
    ]
    assert labels.goals([], "en") == ["no target for its level in 2015–2025"]


def test_a_column_of_a_chinese_table_is_wider_than_a_character(table):
    """Where Chinese may break after any character, English breaks at spaces."""
    heads = {
        language: labels.listing(table.head(1), language).partition("</thead>")[0]
        for language in LANGUAGES
    }
    assert {language: head.count("min-width:4.2em") for language, head in heads.items()} == {
        "en": 0,
        "zh": heads["zh"].count("<th "),
    }
