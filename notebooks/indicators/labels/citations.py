"""The sources of figures as references: APA, GB/T 7714—2025 and BibTeX, in either language.

A reference names who published the document, the document, its date, the places of the figures in
it and the day of retrieval; the last one is that of the table itself. That a document was read on a
copy is said; the address of a copy is never given.
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
ENTRY_TYPES = {"R": "report", "N": "online", "DS": "dataset"}  # of BibLaTeX, by mark
NOBODY = re.compile("not recorded|not named|.*, not named")
BILINGUAL = re.compile(
    r"(?P<outer>[^()]+?) \((?P<inner>[^()]+)\)"
)  # of who published, in two languages
OF_ANOTHER = "The address is that of a "  # report that prints the same, as a note says
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
    """A document, or a table of this bundle, in one language."""

    key: str
    title: str
    mark: str  # of GB/T 7714, as R/OL
    language: str
    whence: str  # the table that it was found by; nothing for the table itself
    authors: Sequence[str] = ()
    published: pd.Timestamp | None = None
    version: str = ""
    places: Sequence[str] = ()
    remarks: Sequence[str] = ()
    address: str = ""
    figures: Sequence[str] = ()

    @property
    def words(self) -> dict:
        """The words of references in its language."""
        return WORDS[self.language]["cited"]


def citations(
    rows: pd.DataFrame,
    language: str | None = None,
    today: str | None = None,
    tables: Sequence[str] = (provenance.BUNDLE_TITLE,),
) -> str:
    """The sources of the figures, oldest first, and the tables: APA, GB/T 7714, and what of whom.

    `today` (as 2026-01-02): the day of retrieval, else this day; `tables`: what the tables are
    called (see `provenance.titles`).
    """
    found, day = _references(rows, language, tables), _day(today)
    words = WORDS[chosen(language)]["cited"]
    apa = [_apa(each, day) for each in found]
    if chosen(language) == "en":  # Chinese has no alphabet to order by
        apa.sort(key=str.casefold)
    numbered = [(f"[{number}]", each) for number, each in enumerate(found, 1)]
    parts = {
        "apa": apa,
        "gbt": [f"{number} {_gbt(each, day)}" for number, each in numbered],
        "figures": [
            f"{number} {words['semicolon'].join(each.figures)}"
            for number, each in numbered
            if each.figures
        ],
    }
    blocks = [
        "\n".join([words["headings"][part], *lines]) for part, lines in parts.items() if lines
    ]
    return "\n\n".join([*blocks, words["day"]])


def bibliography(
    rows: pd.DataFrame,
    language: str | None = None,
    today: str | None = None,
    tables: Sequence[str] = (provenance.BUNDLE_TITLE,),
) -> str:
    """The same references for BibTeX and BibLaTeX, in UTF-8; a key is that of `sources.csv`."""
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
    own = [_of_table(each, chosen(language)) for each in tables]
    whence = " + ".join(each.title for each in own)
    groups = ordered.groupby("source", observed=True, sort=False)
    return [*(_of_source(str(key), each, chosen(language), whence) for key, each in groups), *own]


def _of_source(key: str, rows: pd.DataFrame, language: str, whence: str) -> Reference:
    first, words = rows.iloc[0], WORDS[language]["cited"]
    authors, quoted = publishers(first["publisher"], language)
    remarks = [*(words["quoting"].format(other) for other in quoted), *copied(first, language)]
    address = "" if first["url"] == first["read_at"] else first["url"]
    online = "/OL" if address or first["read_at"] else ""
    if address and OF_ANOTHER in first["source_note"]:
        address, remarks = "", [*remarks, words["same"].format(address)]
    located_in = [
        place_in_source(row, language)
        for row in rows.itertuples()
        if row.locator not in ("", "page")
    ]
    return Reference(
        key,
        _punctuated(title(first, language)) if language == "zh" else title(first, language),
        TYPES_BY_TIER.get(first["tier"], "N") + online,
        language,
        whence,
        authors,
        None if pd.isna(first["published"]) else first["published"],
        places=list(dict.fromkeys(located_in)),
        remarks=remarks,
        address=address,
        figures=_figures(rows, language),
    )


def _of_table(called: str, language: str) -> Reference:
    """The bundle with its version, or another table."""
    if called != provenance.BUNDLE_TITLE:
        key = re.sub("[^a-z0-9]+", "-", called.encode("ascii", "backslashreplace").decode().lower())
        return Reference(f"table-{key.strip('-')}", called, "DS", language, "")
    version, released = provenance.release()
    own = WORDS[language]["said"]["bundle"]
    day = pd.Timestamp(released) if released else None
    return Reference("shaoxing-bundle", own, "DS", language, "", published=day, version=version)


def _figures(rows: pd.DataFrame, language: str) -> list[str]:
    """What is taken from a source: each indicator, its place where it is not home, its periods."""
    words, periods = WORDS[language]["cited"], {}
    for row in rows.sort_values(["start", "end"]).itertuples():
        say = name if row.place == HOME else located
        periods.setdefault(say(row, language), {})[span(row.period)] = None
    return [f"{what}{words['comma']}{words['list'].join(when)}" for what, when in periods.items()]


def _punctuated(text: str) -> str:
    """A Chinese title with Chinese punctuation; one in another language as it is."""
    if not HAN.search(text):
        return text
    text = re.sub(r" ?\(([^()]*)\)", r"（\1）", text)
    return HALF_WIDTH.sub(lambda found: FULL_WIDTH[found[0][0]], text)


def _day(today: str | None) -> pd.Timestamp:
    return pd.Timestamp(today or date.today())


# --- the three styles ---


def _apa(it: Reference, today: pd.Timestamp) -> str:
    words = it.words
    when = _dated(it.published, words["date"], words) if it.published else words["no_date"]
    version = [words["version"].format(it.version)] if it.version else []
    about = words["semicolon"].join([*version, *it.places, *it.remarks])
    what = it.title
    if it.language == "zh" and HAN.search(what):  # 《》 within 《》 become 〈〉
        what = words["titled"].format(what.translate(str.maketrans("《》", "〈〉")))
    what += words["in_brackets"].format(about) if about else ""
    who = words["last"].join(filter(None, [words["names"].join(it.authors[:-1]), *it.authors[-1:]]))
    form = words["apa" if who else "apa_nobody"]
    day = _dated(today, words["day_date"], words)
    told = words["retrieved" if it.whence else "retrieved_here"]
    told = told.format(day, it.address or it.whence)
    said = form.format(who=who, when=when, what=what, told=told)
    return re.sub(r"([.?!])\. ", r"\1 ", said)  # a name or title that ends a sentence itself


def _dated(day: pd.Timestamp, form: str, words: dict) -> str:
    month = words["months"][day.month - 1]
    return form.format(year=day.year, month=month, day=day.day)


def _gbt(it: Reference, today: pd.Timestamp) -> str:
    words = it.words
    head = [words["comma"].join(it.authors).strip(), f"{it.title}[{it.mark}]"]
    head += [f"V{it.version}"] if it.version else []
    when = [words["gbt_date"].format(f"{it.published:%Y-%m-%d}")] if it.published else []
    where = [words["semicolon"].join(it.places)] if it.places else []
    head.append(f"{words['colon'].join([*when, *where])}[{today:%Y-%m-%d}]")
    remarks = words["semicolon"].join(it.remarks)
    ends = [it.address, remarks[:1].upper() + remarks[1:]]
    return ". ".join(filter(None, [*head, *ends])) + "."


def _entry(it: Reference, today: pd.Timestamp) -> str:
    """An entry of BibLaTeX; braces within braces keep names and titles as they are."""
    words, entry = it.words, ENTRY_TYPES[it.mark.partition("/")[0]]
    note = words["semicolon"].join([*it.places, *it.remarks])
    fields = {
        "author": " and ".join(f"{{{_escaped(each)}}}" for each in it.authors),
        "title": f"{{{_escaped(it.title)}}}",
        "institution": " / ".join(map(_escaped, it.authors)) if entry == "report" else "",
        "year": str(it.published.year) if it.published else "",
        "date": f"{it.published:%Y-%m-%d}" if it.published else "",
        "version": it.version,
        "url": re.sub(r"[{}\\ ]", lambda found: f"%{ord(found[0]):02X}", it.address),
        "urldate": f"{today:%Y-%m-%d}",
        "note": _escaped(note[:1].upper() + note[1:]),
        "annotation": _escaped(words["semicolon"].join(it.figures)),
        "langid": "chinese" if HAN.search(it.title) else "english",
    }
    lines = [f"  {field} = {{{value}}},\n" for field, value in fields.items() if value]
    return f"@{entry}{{{it.key},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in text)
