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


def test_a_reference_names_office_document_date_place_retrieval_address_and_bundle(of_report):
    url = of_report["url"].iloc[0]
    apa, numbered, figures, _ = blocks(labels.citations(of_report, "en", DAY))
    bundle = "Shaoxing 2015–2025: plans and outcomes"
    version, released = provenance.release()
    assert apa[-1].startswith(
        "Shaoxing Municipal People's Government. (2021, February 2). Government work report 2021 ("
    )
    assert apa[-1].endswith(f" of the text). Retrieved January 2, 2026, from {url}")
    assert apa[0].startswith(f"{bundle} (Version {version}). (")
    assert numbered[0].startswith(
        "[1] Shaoxing Municipal People's Government. Government work report 2021[R/OL]. "
        "(2021-02-02): part "
    )
    assert numbered[0].endswith(f"of the text[{DAY}]. {url}.")
    assert numbered[1] == f"[2] {bundle}[DS]. V{version}. ({released})[{DAY}]."
    assert figures == ["[1] PM2.5, annual mean concentration, 2020"]


def test_in_chinese_all_of_it_is_chinese(of_report):
    url = of_report["url"].iloc[0]
    apa, numbered, figures, _ = blocks(labels.citations(of_report, "zh", DAY))
    assert apa[0].startswith("绍兴市人民政府（2021年2月2日）。《2021年政府工作报告》（第")
    assert apa[0].endswith(f"行）。2026年1月2日取自 {url}")
    assert numbered[0].startswith(
        "[1] 绍兴市人民政府. 2021年政府工作报告[R/OL]. （2021-02-02）：第"
    )
    assert numbered[0].endswith(f"行[{DAY}]. {url}.") and figures == ["[1] PM2.5平均浓度，2020"]
    assert numbered[1].startswith("[2] 绍兴 2015–2025：规划与结果[DS]. V")


def test_no_english_reference_has_a_chinese_character(table):
    lines = labels.citations(table, "en", DAY).splitlines()
    assert [line for line in lines if CHINESE.search(line)] == [] and len(lines) > 900


def test_no_chinese_reference_has_punctuation_of_both_kinds(table):
    said = labels.citations(table, "zh", DAY)
    assert said.count("\n") > 900
    symbols = re.compile(r"\[[A-Z]+(/OL)?\]|\[[\d-]+\]|(?<=\S)\. |^\[\d+\] |\.$", re.MULTILINE)
    said = symbols.sub(" ", ADDRESS.sub("", said))  # the standard's own, which are narrow
    han = "\u4e00-\u9fff《》〈〉“”"
    assert re.findall(rf".{{9}}[{han}] ?[,:;?!()].{{9}}|.{{9}}[,:;?!()] ?[{han}].{{9}}", said) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_told_and_its_address_never_given(table, language):
    text = labels.citations(table, language, DAY) + labels.bibliography(table, language, DAY)
    copies = set(table["read_at"]) - {""}
    assert len(copies) > 150 and [address for address in copies if address in text] == []
    read = table.loc[table["read_at"].ne(""), "source"].nunique()
    assert text.count(WORDS[language]["listing"]["copied"].split(" ", 1)[-1]) == 3 * read


def test_an_address_that_is_that_of_the_copy_is_left_out(of_report):
    mirror = "http://mirror.example/1"
    for url, shown in ((mirror, 0), ("http://office.example/1", 2)):
        said = labels.citations(of_report.assign(url=url, read_at=mirror), "en", DAY)
        assert (said.count(url), said.count("ead on a copy")) == (shown, 2)


def test_the_address_of_another_report_is_not_given_as_that_of_the_document(table):
    rows = table[table["source"].eq("nbs-income-2018")]
    apa, numbered, *_ = blocks(labels.citations(rows, "en", DAY))
    url = rows["url"].iloc[0]
    assert f"(read on a copy; the same figures: {url}). Retrieved January 2, 2026, from Shaox" in (
        "\n".join(apa)
    )
    assert numbered[0].endswith(f"[{DAY}]. Read on a copy; the same figures: {url}.")
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
    apa, numbered, *_ = blocks(labels.citations(rows, "en", DAY))
    assert apa[0].startswith("Government work report 2021 (part ") and "). (n.d.). Retr" in apa[0]
    assert numbered[0].startswith("[1] Government work report 2021[R/OL]. part ")


def test_a_title_within_a_title_has_the_inner_marks_in_chinese_alone(of_report):
    rows = of_report.assign(title_zh="关于《公报》:解读(摘要)", title_en="On 《公报》")
    assert "。《关于〈公报〉：解读（摘要）》（" in labels.citations(rows, "zh", DAY)
    assert "] 绍兴市人民政府. 关于《公报》：解读（摘要）[R/OL]. " in labels.citations(
        rows, "zh", DAY
    )
    assert "On 《公报》" in labels.citations(rows, "en", DAY)


def test_a_name_or_title_that_ends_in_a_full_stop_has_no_second_one(of_report):
    rows = of_report.assign(publisher="Statistics Inc.", title_en="How much?", locator="page")
    apa, *_ = blocks(labels.citations(rows, "en", DAY))
    assert apa[-1].startswith("Statistics Inc. (2021, February 2). How much? Retrieved January 2,")


def test_of_another_table_its_name_is_told_and_no_version_of_the_bundle(of_report):
    apa, numbered, *_ = blocks(labels.citations(of_report.assign(url=""), "en", DAY, ["my-city"]))
    assert apa[1].endswith(". Retrieved January 2, 2026, from my-city")
    assert apa[0] == "my-city. (n.d.). Retrieved January 2, 2026."
    assert numbered[1] == f"[2] my-city[DS]. [{DAY}]."


def test_version_and_date_of_the_bundle_are_those_of_its_citation_file():
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert provenance.release() == (told["version"], str(told["date-released"]))


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
    assert [title for title in printed if title not in spending.citation] == []
    spending.places.value = ()
    assert spending.citation.startswith("APA\nShaoxing 2015–2025: plans and outcomes (Version")
