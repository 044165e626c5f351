"""The sources of figures as references: APA, GB/T 7714—2025 and BibLaTeX, in either language.

A reference names who published the document, the document in its own language, its date and its
address; the last one is that of the table itself. Where in a document a figure stands is told
beneath. That a document was read on a copy is said; the address of a copy is never given.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..data import provenance
from ..i18n import WORDS, chosen
from .rows import HOME, copied, located, name, place_in_source, span, title

TYPES_BY_TIER = {
    "primary": "R",
    "copy": "R",
    "press": "N",
    "dataset": "DS",
}  # of GB/T 7714, by tier
OFFICIAL = ("primary", "copy")  # tiers of a government's own documents
NEWSPAPER = "报 ("  # in who published: a newspaper, which only prints what is official
NOBODY = re.compile("not recorded|not named|.*, not named")
BILINGUAL = re.compile(
    r"(?P<outer>[^()]+?) \((?P<inner>[^()]+)\)"
)  # of who published, in two languages
OF_ANOTHER = "The address is that of a "  # report that prints the same, as a note says
SUPPLIED = re.compile("(?i)title inferred|title is (a description|translated)|titles are desc")
SPOKEN = re.compile("(?:those of the|[Ii]n) (English|Japanese|Korean)")  # as a note or title says
COUNTED = re.compile(r"\b[Ll]ines\b")  # a note that says of which text a locator counts the lines
KANA = re.compile("[\u3041-\u30ff]")
HAN = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"(?<![0-9])[,:;?!] ?|[,:;?!](?![0-9]) ?")
FULL_WIDTH = dict(zip(",:;?!", "，：；？！", strict=True))
ESCAPES = {character: f"\\{character}" for character in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Reference:
    """A document, or a table of this bundle, as a list in one language names it."""

    key: str
    title: str  # in the language of the document, in [ ] where the document has none
    mark: str  # of GB/T 7714, as R/OL
    language: str
    spoken: str  # the language of the document, as BibLaTeX calls it
    publisher: str = ""  # as in `sources.csv`
    printed: bool = False  # by a newspaper, which is not its author
    translation: str = ""
    published: pd.Timestamp | None = None
    version: str = ""
    remarks: Sequence[str] = ()
    address: str = ""
    figures: Sequence[str] = ()

    @property
    def words(self) -> dict:
        """The words of references in its language."""
        return WORDS[self.language]["cited"]

    def names(self, own: bool = False) -> tuple[list[str], list[str]]:
        """Its authors and who printed it, in the language of the list or of the document."""
        codes = {"chinese": "zh", "english": "en"} if own else {}
        found = publishers(self.publisher, codes.get(self.spoken, self.language))[0]
        return ([], found) if self.printed else (found, [])

    @property
    def about(self) -> str:
        """What a reader has to know of it: whom it quotes, and on what it was read."""
        said = self.words["semicolon"].join(self.remarks)
        return said[:1].upper() + said[1:]


def citations(
    rows: pd.DataFrame,
    language: str | None = None,
    today: str | None = None,
    tables: Sequence[str] = (provenance.BUNDLE_TITLE,),
) -> str:
    """The sources of the figures, oldest first, and the tables: APA, GB/T 7714, and what is where.

    `today` (as 2026-01-02): the day of retrieval, else this day; `tables`: what the tables are
    called (see `provenance.titles`).
    """
    found, day = _references(rows, language, tables), _day(today)
    words = WORDS[chosen(language)]["cited"]
    separator = words["semicolon"]
    apa = [_apa(each, day) for each in found]
    if chosen(language) == "en":  # Chinese has no alphabet to order by
        apa.sort(key=str.casefold)
    numbered = [(f"[{number}]", each) for number, each in enumerate(found, 1)]
    parts = {
        "apa": apa,
        "gbt": [f"{number} {_gbt(each, day)}" for number, each in numbered],
        "figures": [
            f"{number} {separator.join(each.figures)}" for number, each in numbered if each.figures
        ],
    }
    blocks = [
        "\n".join([words["headings"][part], *lines]) for part, lines in parts.items() if lines
    ]
    unknown = [number for number, each in numbered if each.figures and not any(each.names())]
    warning = [words["unknown"].format(words["list"].join(unknown))] if unknown else []
    return "\n\n".join([*warning, *blocks, words["day"]])


def bibliography(
    rows: pd.DataFrame,
    language: str | None = None,
    today: str | None = None,
    tables: Sequence[str] = (provenance.BUNDLE_TITLE,),
) -> str:
    """The same references for BibLaTeX, in UTF-8; a key is that of `sources.csv`."""
    day = _day(today)
    return "\n".join(_entry(each, day) for each in _references(rows, language, tables))


def publishers(text: str, language: str | None = None) -> tuple[list[str], list[str]]:
    """Who published a source, in a language, and whom they quote; nobody where it is not recorded.

    `text`: names as `新华社 (Xinhua News Agency)`, parted by ` / `, and after `, quoting ` others.
    """
    own, *quoted = text.split(", quoting ")
    names = [[_named(each, language) for each in part.split(" / ")] for part in (own, *quoted)]
    return [] if NOBODY.match(own) else names[0], sum(names[1:], [])


def _named(text: str, language: str | None) -> str:
    """The name in a language of who has one in each, else the text."""
    pair = BILINGUAL.fullmatch(text)
    parts = sorted(pair.groups(), key=lambda part: bool(HAN.search(part))) if pair else []
    if not pair or [bool(HAN.search(part)) for part in parts] != [False, True]:
        return text
    return parts[chosen(language) == "zh"]


def _references(rows: pd.DataFrame, language: str | None, tables: Iterable[str]) -> list[Reference]:
    """The sources of rows, oldest first, and the tables that have them."""
    ordered = rows.sort_values(["published", "source"])
    groups = ordered.groupby("source", observed=True, sort=False)
    sources = [_of_source(str(key), each, chosen(language)) for key, each in groups]
    return [*sources, *(_of_table(each, chosen(language)) for each in tables)]


def _of_source(key: str, rows: pd.DataFrame, language: str) -> Reference:
    first, spoken = rows.iloc[0], _spoken(rows.iloc[0])
    own, translation = _titles(first, spoken, language)
    address, remarks = _address(first, language)
    publisher, official = first["publisher"], first["tier"] in OFFICIAL
    mark = TYPES_BY_TIER.get(first["tier"], "N")
    if mark == "N" and not publishers(publisher)[0]:  # not known to be a newspaper
        mark = "EB" if address else "Z"
    return Reference(
        key,
        own,
        mark + ("/OL" if address else ""),
        language,
        spoken,
        publisher,
        official and NEWSPAPER in publisher,
        translation,
        None if pd.isna(first["published"]) else first["published"],
        remarks=remarks,
        address=address,
        figures=_figures(rows, language),
    )


def _spoken(row: pd.Series) -> str:
    """The language of a source: as its note or title says, else that of its title."""
    said = SPOKEN.search(f"{row['source_note']} {row['title_en']}")
    if said:
        return said[1].lower()
    if KANA.search(row["title_zh"]):
        return "japanese"
    return "chinese" if HAN.search(row["title_zh"]) else "english"


def _titles(row: pd.Series, spoken: str, language: str) -> tuple[str, str]:
    """A source's title in its own language, and for a list in English what it means.

    A title that others gave it stands in [ ], in the language of the list where it can.
    """
    supplied = SUPPLIED.search(row["source_note"]) is not None
    english = re.sub(r"(?<=\d) %", "%", row["title_en"]).removesuffix(" (data file)")
    own = english if spoken == "english" and HAN.search(row["title_zh"]) else title(row, "zh")
    if supplied and spoken not in ("chinese", "english"):
        own = english if language == "en" else own
    own = _punctuated(own) if spoken == "chinese" else own
    translation = english if language == "en" and own != english and spoken != "english" else ""
    return (f"[{own}]" if supplied else own), translation


def _address(row: pd.Series, language: str) -> tuple[str, list[str]]:
    """A source's own address, if it has one to hand out, and what is to be said of it."""
    words = WORDS[language]["cited"]
    quoted = publishers(row["publisher"], language)[1]
    remarks = [*(words["quoting"].format(other) for other in quoted), *copied(row, language)]
    address = "" if row["url"] == row["read_at"] else row["url"]
    if address and OF_ANOTHER not in row["source_note"]:
        return address, remarks
    same = [words["same"].format(address)] if address else []
    return "", [*remarks, words["no_address"], *same]


def _of_table(called: str, language: str) -> Reference:
    """The bundle with its authors and version, or another table."""
    if called != provenance.BUNDLE_TITLE:
        key = re.sub("[^a-z0-9]+", "-", called.encode("ascii", "backslashreplace").decode().lower())
        spoken = "chinese" if HAN.search(called) else "english"
        return Reference(f"table-{key.strip('-')}", called, "DS", language, spoken)
    version, released, address = provenance.release()
    own = WORDS[language]["said"]["bundle"]
    return Reference(
        "shaoxing-bundle",
        own,
        "DS/OL" if address else "DS",
        language,
        "chinese" if language == "zh" else "english",
        WORDS[language]["cited"]["authors"].format(own),
        published=pd.Timestamp(released) if released else None,
        version=version,
        address=address,
    )


def _figures(rows: pd.DataFrame, language: str) -> list[str]:
    """What is taken from a source: each indicator, its place where it is not home, its periods.

    After a period: where in the source. Lines are told only where its note says of which text.
    """
    words, periods = WORDS[language]["cited"], {}
    lines = COUNTED.search(rows["source_note"].iloc[0]) is not None
    for row in rows.sort_values(["start", "end"]).itertuples():
        say = name if row.place == HOME else located
        where = periods.setdefault(say(row, language), {}).setdefault(span(row.period), {})
        if row.locator not in ("", "page") and (told := place_in_source(row, language, lines)):
            where[told] = None
    found = {
        what: [
            when + (words["within"].format(words["semicolon"].join(where)) if where else "")
            for when, where in each.items()
        ]
        for what, each in periods.items()
    }
    return [f"{what}{words['comma']}{words['list'].join(when)}" for what, when in found.items()]


def _punctuated(text: str) -> str:
    """A Chinese title with Chinese punctuation; one in another language as it is."""
    if not HAN.search(text):
        return text
    text = re.sub(r" ?\(([^()]*)\) ?", r"（\1）", text)
    return HALF_WIDTH.sub(lambda found: FULL_WIDTH[found[0][0]], text)


def _day(today: str | None) -> pd.Timestamp:
    return pd.Timestamp(today or date.today())


# --- the three styles ---


def _apa(it: Reference, today: pd.Timestamp) -> str:
    words, (authors, printers) = it.words, it.names()
    when = _dated(it.published, words["date"], words) if it.published else words["no_date"]
    what = it.title
    supplied = what.startswith("[") and what.endswith("]")
    if it.language == "zh" and HAN.search(what) and not supplied:  # 《》 within 《》 become 〈〉
        what = words["titled"].format(what.translate(str.maketrans("《》", "〈〉")))
    if it.translation:
        what = f"[{it.translation}]" if supplied else f"{what} [{it.translation}]"
    what += words["within"].format(words["version"].format(it.version)) if it.version else ""
    kind = words["dataset"] if it.mark.startswith("DS") else ""
    what += "".join(words["in_brackets"].format(each) for each in (kind, it.about) if each)
    who = words["last"].join(filter(None, [words["names"].join(authors[:-1]), *authors[-1:]]))
    head = words["apa" if who else "apa_nobody"].format(who=who, when=when, what=what)
    retrieved = words["retrieved"].format(_dated(today, words["day_date"], words), it.address)
    address = it.address if it.published else retrieved
    said = words["stop"].join(
        [head, *filter(None, [words["names"].join(printers), it.address and address])]
    )
    said += "" if it.address else words["stop"].strip()
    return re.sub(r"([.?!])\.( |$)", r"\1\2", said)  # a name or title that ends a sentence itself


def _dated(day: pd.Timestamp, form: str, words: dict) -> str:
    month = words["months"][day.month - 1]
    return form.format(year=day.year, month=month, day=day.day)


def _gbt(it: Reference, today: pd.Timestamp) -> str:
    """In the language of the document, with the signs of the standard, which are narrow."""
    authors, printers = it.names(own=True)
    day = f"{it.published:%Y-%m-%d}" if it.published else ""
    if it.address:
        day = (f"({day})" if day else "") + f"[{today:%Y-%m-%d}]"
    version = f"V{it.version}" if it.version else ""
    issue = ", ".join(filter(None, [*printers, day]))
    parts = [", ".join(authors), f"{it.title}[{it.mark}]", version, issue, it.address, it.about]
    return ". ".join(filter(None, parts)) + "."


def _entry(it: Reference, today: pd.Timestamp) -> str:
    """An entry of BibLaTeX; braces within braces keep names and titles as they are."""
    (authors, printers), mark = it.names(), it.mark.partition("/")[0]
    entry = "dataset" if mark == "DS" else "online" if it.address else "misc"
    entry = "report" if mark == "R" and authors else entry
    fields = {
        "author": " and ".join(f"{{{_escaped(each)}}}" for each in authors),
        "title": f"{{{_escaped(it.title)}}}",
        "titleaddon": f"[{_escaped(it.translation)}]" if it.translation else "",
        "type": it.words["report"] if entry == "report" else "",
        "institution": " / ".join(map(_escaped, authors)) if entry == "report" else "",
        "organization": " / ".join(map(_escaped, printers)),
        "year": str(it.published.year) if it.published else "",
        "date": f"{it.published:%Y-%m-%d}" if it.published else "",
        "version": it.version,
        "url": re.sub(r"[{}\\ ]", lambda found: f"%{ord(found[0]):02X}", it.address),
        "urldate": f"{today:%Y-%m-%d}" if it.address else "",
        "note": _escaped(it.about),
        "annotation": _escaped(it.words["semicolon"].join(it.figures)),
        "langid": it.spoken,
    }
    lines = [f"  {field} = {{{value}}},\n" for field, value in fields.items() if value]
    return f"@{entry}{{{it.key},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in text)
