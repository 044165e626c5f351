"""References for BibLaTeX: a parser reads all of them, and finds what was written."""

import re

import pytest
from indicators import data, explorers, labels
from indicators.i18n import LANGUAGES
from pybtex.database import parse_string

DAY = "2026-01-02"
SAID = {"textbackslash{}": "\\", "textasciitilde{}": "~", "textasciicircum{}": "^"}


def entries(text):
    """The entries of a bibliography by their keys; a fault in it, or a key twice, is raised."""
    return parse_string(text, "bibtex").entries


def plain(text):
    """A field as it would be printed, without the braces that keep it as it is."""
    told = re.sub(r"\\(text\w+\{\}|.)", lambda it: SAID.get(it[1], f"\0{it[1]}"), text)
    return re.sub(r"(?<!\0)[{}]", "", told).replace("\0", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parser_finds_every_source_of_the_table_as_it_was_written(table, language):
    text = labels.bibliography(table, language, DAY)
    found, sources = entries(text), table.drop_duplicates("source").set_index("source")
    assert set(found) == {*sources.index, "shaoxing-bundle"} and text.isascii() is False
    for key, row in sources.iterrows():
        entry = found[key]
        authors = [plain("".join(person.last_names)) for person in entry.persons.get("author", [])]
        printers = [plain(entry.fields[field]) for field in entry.fields if field == "organization"]
        assert authors + printers == labels.publishers(row["publisher"], language)[0], key
        assert not printers or row["tier"] == "copy", key
        said = plain(entry.fields["title"] + entry.fields.get("titleaddon", ""))
        if language == "en":
            known = row["title_en"].replace(" %", "%").removesuffix(" (data file)")
            assert known in said or row["title_zh"] == said.strip("[]"), key
        spoken = entry.fields["langid"]
        assert spoken != "english" or said.isascii() or not row["title_zh"].isascii(), key
        known = row["published"] == row["published"]
        assert entry.fields.get("date") == (f"{row['published']:%Y-%m-%d}" if known else None), key
        assert ("url" in entry.fields) == ("urldate" in entry.fields), key
        assert entry.fields.get("url", row["url"]) == row["url"] and key.isascii()
        assert (entry.type == "report") == ("type" in entry.fields), key
        assert entry.type != "report" or authors, key
        assert entry.type != "online" or "url" in entry.fields, key
    assert {entry.type for entry in found.values()} == {"report", "online", "misc", "dataset"}
    bundle = found["shaoxing-bundle"]
    assert found["report-2021"].type == "report" and "version" in bundle.fields
    assert bundle.persons["author"] and bundle.type == "dataset"


def test_the_language_of_an_entry_is_that_of_its_document(table):
    found = entries(labels.bibliography(table, "en", DAY))
    spoken = {key: entry.fields["langid"] for key, entry in found.items()}
    assert spoken["report-2021"] == "chinese" and spoken["cgtn-well-being-2025"] == "english"
    assert spoken["nbs-income-2021"] == "english" and spoken["china-net-engel-2023"] == "japanese"
    assert spoken["people-korean-targets-2023"] == "korean"
    assert spoken["zhejiang-work-report-2023"] == "chinese"  # only its address is of another text


def test_what_bibtex_takes_for_a_sign_comes_back_as_it_was(table):
    title = r"50% & more $5 #1 a_b {c} ~d ^e \f “Ä” 绍兴"
    row = table[:1].assign(title_zh=title, publisher="R&D_office", url="http://a.example/%7B_{b} c")
    (entry, *_) = entries(labels.bibliography(row, "en", DAY)).values()
    assert plain(entry.fields["title"]) == title
    assert plain("".join(entry.persons["author"][0].last_names)) == "R&D_office"
    assert entry.fields["url"] == "http://a.example/%7B_%7Bb%7D%20c"


def test_a_key_stays_when_other_figures_are_chosen(table, tmp_path):
    keys = []
    for chosen in (["pm25"], ["urban_income", "pm25"]):
        explorer = explorers.IndicatorExplorer(data.latest(table), chosen, view="levels")
        explorer.write(tmp_path / "x.bib")
        found = entries((tmp_path / "x.bib").read_text(encoding="utf-8"))
        keys.append({key: entry.fields["title"] for key, entry in found.items()})
    assert keys[0].items() < keys[1].items()


def test_names_of_own_tables_give_keys_that_differ(table):
    found = entries(labels.bibliography(table[:0], "en", DAY, ["My City.xlsx", "绍兴", "table"]))
    assert len(found) == 3 and all(key.isascii() for key in found)
