"""References in APA and GB/T 7714: what they name, in which language, and what they never say."""

import re

import pandas as pd
import pytest
import yaml
from bundle import ROOT
from indicators import data, explorers, growth, labels
from indicators.data import provenance
from indicators.i18n import LANGUAGES, WORDS

DAY = "2026-01-02"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # and its punctuation
ADDRESS = re.compile(r"https?://\S+?(?=[.;；）)]*(?:\s|$))")


@pytest.fixture
def of_report(shaoxing):
    return shaoxing.loc[[growth.the(shaoxing, "pm25", "2020", "level").Index]]


def blocks(text):
    """The lines of each block of a list of references, without its heading."""
    return [block.splitlines()[1:] for block in text.split("\n\n")]


@pytest.fixture
def cited(table):
    """The APA and the GB/T entry of a source in a language, as `cited("report-2021", "en")`."""

    def entries(source, language):
        rows = table[table["source"].eq(source)]
        assert len(rows) > 0
        said = labels.citations(rows, language, DAY).split("APA\n")[1].split("\n\n")
        own = [line for line in said[0].splitlines() if "1.1.0" not in line]
        return own[0], said[1].splitlines()[1].removeprefix("[1] ")

    return entries


def test_a_reference_names_office_document_date_and_address_and_beneath_what_is_where(of_report):
    url = of_report["url"].iloc[0]
    apa, numbered, figures, _ = blocks(labels.citations(of_report, "en", DAY))
    bundle = "Shaoxing 2015–2025: plans and outcomes"
    version, released, _ = provenance.release()
    assert apa == [
        "Shaoxing Municipal People's Government. (2021, February 2). 2021年政府工作报告 "
        f"[Government work report 2021]. {url}",
        f"The authors of “{bundle}”. (2026, November 25). {bundle} (Version {version}) [Data set].",
    ]
    assert numbered == [
        f"[1] 绍兴市人民政府. 2021年政府工作报告[R/OL]. (2021-02-02)[{DAY}]. {url}.",
        f"[2] The authors of “{bundle}”. {bundle}[DS]. V{version}. {released}.",
    ]
    assert figures[0].startswith("[1] PM2.5, annual mean concentration, 2020 (part I, paragraph ")
    assert figures[0].endswith(" of the text)") and len(figures) == 1


def test_in_chinese_all_of_it_is_chinese(of_report):
    url = of_report["url"].iloc[0]
    apa, numbered, figures, _ = blocks(labels.citations(of_report, "zh", DAY))
    bundle = "绍兴2015–2025年：规划与结果"
    assert apa[0] == f"绍兴市人民政府（2021年2月2日）。《2021年政府工作报告》。{url}"
    assert apa[1].startswith(f"《{bundle}》作者（2026年") and apa[1].endswith("版）[数据集]。")
    assert (
        numbered[0] == f"[1] 绍兴市人民政府. 2021年政府工作报告[R/OL]. (2021-02-02)[{DAY}]. {url}."
    )
    assert numbered[1].startswith(f"[2] 《{bundle}》作者. {bundle}[DS]. V")
    assert figures[0].startswith("[1] PM2.5平均浓度，2020（第") and figures[0].endswith("第33行）")


def test_lines_are_told_only_where_the_note_says_of_which_text(of_report):
    for note, told in ((of_report["source_note"].iloc[0], 1), ("The title is line 3.", 0)):
        *_, figures, _ = blocks(labels.citations(of_report.assign(source_note=note), "en", DAY))
        assert figures[0].count("line ") == told and "2020 (part I, paragraph " in figures[0]
    rows = of_report.assign(locator="19", source_note="")
    assert blocks(labels.citations(rows, "en", DAY))[2][0].endswith("concentration, 2020")


def test_a_title_in_another_language_is_given_and_what_it_means_in_english(cited):
    assert "。《2018年居民收入和消费支出情况》[" in cited("nbs-income-2018", "zh")[0]
    title = "2018年居民收入和消费支出情况 [Household income and consumption expenditure in 2018] ["
    assert f". {title}" in cited("nbs-income-2018", "en")[0]
    japanese = (
        "中国エンゲル係数 2023年 29.8% [China's Engel coefficient is 29.8% in 2023] [Quoting "
    )
    assert f". {japanese}" in cited("china-net-engel-2023", "en")[0]
    for language in LANGUAGES:  # a page in English has its own title, and no second one
        apa, numbered = cited("nbs-income-2021", language)
        assert "Households' income and consumption expenditure in 2021" in apa and "[" not in apa
        assert numbered.startswith("National Bureau of Statistics. Households' income and ")


def test_a_title_that_others_gave_stands_in_brackets(cited):
    assert " (2023, January 17). [Report on GDP in 2022] [Read" in cited("xinhua-gdp-2022", "en")[0]
    apa, numbered = cited("xinhua-gdp-2022", "zh")
    assert "。[2022年GDP报道][读自副本" in apa and "新华社. [2022年GDP报道][N]. 2023" in numbered
    korean = [cited("people-korean-targets-2023", language)[1] for language in LANGUAGES]
    known = cited("nbs-retail-2019", "en")[0]
    assert "). [国家统计局]2019年社会消费品零售总额增长8.0% [[National Bureau of Stat" in known
    assert sum("[Growth targets of the provinces for 2023 (in Korean)]" in it for it in korean) == 1


def test_a_day_of_retrieval_is_told_in_apa_only_of_pages_without_a_date(cited):
    dated, undated = cited("cgtn-well-being-2025", "en"), cited("mettis-budget-2018", "en")
    assert "Retrieved" not in dated[0] and "). China unveils policies" in dated[0]
    assert (
        ". (n.d.). [China's" in undated[0] and "Retrieved January 2, 2026, from http" in undated[0]
    )
    assert f"(2025-06-10)[{DAY}]. http" in dated[1] and f"[N/OL]. [{DAY}]. http" in undated[1]


def test_a_source_without_an_address_has_no_sign_of_one_and_no_retrieval(table):
    rows = table.drop_duplicates("source")
    said = labels.citations(rows, "en", DAY).split("\n\n")
    apa, numbered = (part.splitlines()[1:] for part in said[1:3])
    missing = [line for line in apa + numbered if "o address of its own to give" in line]
    assert len(missing) > 300
    assert [line for line in missing if "Retrieved" in line or "/OL]" in line or DAY in line] == []
    others = set(numbered[:-1]) - set(missing)
    assert len(others) > 90 and all(f"[{DAY}]. http" in line for line in others)


def test_a_report_of_a_government_is_not_by_the_newspaper_that_printed_it(cited):
    apa, numbered = cited("shaoxing-work-report-2018", "en")
    assert apa.startswith("绍兴市政府工作报告（2018年，") and apa.endswith("9). Shaoxing Daily.")
    assert "[R]. 绍兴日报, 2018-04-09. " in numbered
    assert cited("shaoxing-communique-2021", "zh")[1].startswith("绍兴市统计局, 国家统计局绍兴调查")
    assert cited("zhejiang-daily-income-2017", "zh")[1].startswith("浙江日报. ")  # its own report


def test_sources_whose_publisher_is_not_recorded_are_warned_of(table):
    rows = table[table["source"].isin(["zhejiang-income-ranking-2022", "report-2021"])]
    for language in LANGUAGES:
        warning, _, numbered, _, _ = labels.citations(rows, language, DAY).split("\n\n")
        assert "[2]" in warning and "[1]" not in warning
        assert "\n[2] 2022年浙江各市居民收入排行[Z]. " in numbered
        known = labels.citations(rows[rows["source"].eq("report-2021")], language, DAY, ["x"])
        assert known.startswith("APA\n")


def test_an_address_in_the_citation_file_is_that_of_the_bundle(of_report, monkeypatch):
    release = ("2.0.0", "2026-12-01", "https://bundle.example/")
    monkeypatch.setattr(provenance, "release", lambda: release)
    said = labels.citations(of_report, "en", DAY)
    assert "(Version 2.0.0) [Data set]. https://bundle.example/\n" in said
    assert f"[DS/OL]. V2.0.0. (2026-12-01)[{DAY}]. https://bundle.example/.\n" in said


def test_no_english_word_of_a_reference_is_chinese(table):
    texts = table[["title_zh", "publisher"]].drop_duplicates()
    own = {
        labels.publishers(text, "zh")[0][0]
        for text in texts["publisher"]
        if labels.publishers(text)[0]
    }
    assert len(own) > 80
    apa, _, *rest = labels.citations(table, "en", DAY).split("\n\n")[1:]
    translated = [re.sub(r".*?(\[[A-Z].*)|^[^\[]*$", r"\1", line) for line in apa.splitlines()]
    lines = [*translated, *"\n".join(rest).splitlines()]
    assert [line for line in lines if CHINESE.search(line)] == [] and len(lines) > 600


def test_no_chinese_reference_has_punctuation_of_both_kinds(table):
    said = labels.citations(table, "zh", DAY)
    assert said.count("\n") > 900
    symbols = re.compile(
        r"\[[A-Z]+(/OL)?\]|\([\d-]+\)|\[[\d-]+\]|(?<=\S)\. |^\[\d+\] |\.$|, (?=\d{4}-)",
        re.MULTILINE,
    )
    for text in table["publisher"].unique():  # several names in GB/T
        names = labels.publishers(text, "zh")[0]
        said = said.replace(", ".join(names), " ") if len(names) > 1 else said
    said = symbols.sub(" ", ADDRESS.sub("", said))  # the standard's own, which are narrow
    han = "\u4e00-\u9fff《》〈〉“”"
    assert re.findall(rf".{{9}}[{han}] ?[,:;?!()].{{9}}|.{{9}}[,:;?!()] ?[{han}].{{9}}", said) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_told_and_its_address_never_given(table, language):
    text = labels.citations(table, language, DAY) + labels.bibliography(table, language, DAY)
    copies = set(table["read_at"]) - {""}
    assert len(copies) > 150 and [address for address in copies if address in text] == []
    read = table.loc[table["read_at"].ne(""), "source"].nunique()
    assert text.lower().count(WORDS[language]["listing"]["copied"].split(" ", 1)[-1]) == 3 * read


def test_an_address_that_is_that_of_the_copy_is_left_out(of_report):
    mirror = "http://mirror.example/1"
    for url, shown in ((mirror, 0), ("http://office.example/1", 2)):
        said = labels.citations(of_report.assign(url=url, read_at=mirror), "en", DAY)
        assert (said.count(url), said.count("ead on a copy")) == (shown, 2)


def test_the_address_of_another_report_is_not_given_as_that_of_the_document(table):
    rows = table[table["source"].eq("nbs-income-2018")]
    apa, numbered, *_ = blocks(labels.citations(rows, "en", DAY))
    url = rows["url"].iloc[0]
    told = f"Read on a copy; no address of its own to give; the same figures: {url}"
    assert apa[0].endswith(f" [{told}].") and numbered[0].endswith(f"[R]. 2019-01-21. {told}.")
    assert "url" not in labels.bibliography(rows, "en", DAY).split("@dataset")[0].replace(
        "urldate", ""
    ).replace(url, "")


def test_an_address_of_a_source_that_was_read_elsewhere_is_its_own_or_said_to_be_another_s(table):
    rows = table.drop_duplicates("source")
    both = rows[rows["url"].ne("") & rows["read_at"].ne("")]
    own = ("https://www.zj.gov.cn/", "http://gks.mof.gov.cn/", "https://zjic.zj.gov.cn/")
    told = both["source_note"].str.contains("The address is that of a ")
    assert told.sum() > 20 and all(url.startswith(own) for url in both.loc[~told, "url"])


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("新华社 (Xinhua News Agency)", "Xinhua News Agency", "新华社"),
        ("SHINE (上海日报)", "SHINE", "上海日报"),
        ("Bureau (of statistics)", "Bureau (of statistics)", "Bureau (of statistics)"),
        ("杭州市统计局（杭州）", "杭州市统计局（杭州）", "杭州市统计局（杭州）"),
        ("not recorded", None, None),
        ("a journal, not named", None, None),
    ],
)
def test_who_published_is_named_in_one_language(text, english, chinese):
    said = [labels.publishers(text, language) for language in ("en", "zh")]
    assert said == [([name] if name else [], []) for name in (english, chinese)]


def test_several_publishers_and_whom_they_quote_are_told_apart():
    text = "新华社 (Xinhua) / AFPBB, quoting 财政部 (Ministry of Finance)"
    assert labels.publishers(text, "en") == (["Xinhua", "AFPBB"], ["Ministry of Finance"])
    assert labels.publishers(f"not recorded, quoting {text[6:]}", "zh")[0] == []


def test_every_publisher_of_the_bundle_has_a_name_in_english(table):
    named = {name for text in table["publisher"].unique() for name in labels.publishers(text)[0]}
    assert len(named) > 80 and [name for name in named if CHINESE.search(name)] == []


def test_a_document_without_publisher_or_date_begins_with_its_title(of_report):
    rows = of_report.assign(publisher="not recorded", published=pd.NaT)
    _, apa, numbered, *_ = blocks(labels.citations(rows, "en", DAY))
    told = (
        "2021年政府工作报告 [Government work report 2021]. (n.d.). Retrieved January 2, 2026, from"
    )
    assert apa[0].startswith(told)
    assert numbered[0].startswith(f"[1] 2021年政府工作报告[R/OL]. [{DAY}]. http")


def test_a_title_within_a_title_has_the_inner_marks_in_chinese_alone(of_report):
    rows = of_report.assign(title_zh="关于《公报》:解读(摘要)", title_en="On 《公报》")
    assert "。《关于〈公报〉：解读（摘要）》。" in labels.citations(rows, "zh", DAY)
    assert "] 绍兴市人民政府. 关于《公报》：解读（摘要）[R/OL]. " in labels.citations(
        rows, "zh", DAY
    )
    assert "On 《公报》" in labels.citations(rows, "en", DAY)


def test_a_name_or_title_that_ends_in_a_full_stop_has_no_second_one(of_report):
    rows = of_report.assign(publisher="Statistics Inc.", title_zh="How much?", source_note="")
    apa, *_ = blocks(labels.citations(rows, "en", DAY))
    assert apa[0].startswith("Statistics Inc. (2021, February 2). How much? http")


def test_of_another_table_its_name_is_told_and_no_version_of_the_bundle(of_report):
    apa, numbered, *_ = blocks(labels.citations(of_report.assign(url=""), "en", DAY, ["my-city"]))
    assert apa[0] == "my-city [Data set]. (n.d.)." and numbered[1] == "[2] my-city[DS]."


def test_version_and_date_of_the_bundle_are_those_of_its_citation_file():
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert provenance.release()[:2] == (told["version"], str(told["date-released"]))
    assert provenance.release()[2] == told.get("url", "")
    said = WORDS["en"]["cited"]["authors"].format(WORDS["en"]["said"]["bundle"])
    assert [author["name"] for author in told["authors"]] == [said]


def test_an_explorer_cites_what_its_figures_were_computed_from(table):
    spending = explorers.CompositionExplorer(
        data.latest(table),
        "general_public_budget_expenditure",
        growth.SPENDING[:3],
        view="per resident",
        places=["china"],
    )
    rows = spending.data
    printed = {each.title_en for row in rows.itertuples() for each in row.origins or (row,)}
    assert len(printed) > len(set(rows["title_en"]))
    plain = {title.removesuffix(" (data file)").replace(" %", "%") for title in printed}
    assert [title for title in plain if title not in spending.citation] == []
    spending.places.value = ()
    assert spending.citation.startswith("APA\nThe authors of “Shaoxing 2015–2025: plans and ")
