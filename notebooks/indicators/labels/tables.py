"""Rows as tables and files: Markdown, HTML and CSV."""

import html
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..data import FORMULA_MARKS
from ..i18n import WORDS, chosen, phrase, unit
from .amounts import in_panel, plain
from .rows import (
    DERIVED,
    HOME,
    Row,
    basis,
    copied,
    figure,
    forms,
    kind,
    located,
    name,
    place,
    place_in_source,
    source,
    span,
    status,
    title,
)

WEB = re.compile("https?://", re.IGNORECASE)  # how an address begins that may be a link
SIGNED = re.compile(r"[+-][0-9]+(\.[0-9]+)?")  # a number in every spreadsheet, and no formula
# what Markdown takes for more than a character
MARKDOWN_ESCAPES = str.maketrans({character: f"&#{ord(character)};" for character in "|[]`$*_\\~"})
CSV_ORDER = ["indicator", "place", "measure", "start", "end", "published"]
CSV = [
    *("indicator", "name_en", "name_zh", "place", "place_en", "place_zh", "measure", "period"),
    *("status", "bound", "figure", "computed", "low", "high", "unit", "shifted", "shifted_unit"),
    *("scope_en", "scope_zh"),
    *("as_printed", "note", "title_en", "title_zh", "publisher", "published", "tier"),
    *("url", "locator", "read_at"),
]
LINK = (
    "<a href='{}' target='_blank' rel='noopener noreferrer' "
    "style='text-decoration:underline'>{}</a>"
)

# The style of a heading: Chinese may break after any character, and its columns become one wide
WIDE_ENOUGH = {"en": "", "zh": "min-width:4.2em"}


def table(frame: pd.DataFrame, language: str | None = None) -> str:
    """A frame of texts as a Markdown table, whole and with nothing taken for markup.

    Headings and cells that are a phrase of `i18n.phrase` are in `language`.
    """
    rows = [frame.columns, ["---"] * len(frame.columns), *frame.itertuples(index=False)]
    said = [[" ".join(phrase(str(cell), language).split()) for cell in row] for row in rows]
    plain = [
        [html.escape(cell, quote=False).translate(MARKDOWN_ESCAPES) for cell in row] for row in said
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in plain)


def side_by_side(rows: pd.DataFrame, language: str | None = None) -> pd.DataFrame:
    """Rows of `growth.side_by_side` in words: a row for each indicator, a column for each place."""
    named = rows.sort_values("place").itertuples()
    places = {row.place: place(row, language) for row in named}
    found: dict[str, dict[str, str]] = {}
    for row in rows.itertuples():
        about = {"Indicator": name(row, language), "Year": span(row.period)}
        cells = found.setdefault(row.indicator, about | dict.fromkeys(places.values(), "–"))
        cells[places[row.place]] = figure(row, language)
    return pd.DataFrame(list(found.values()))


def listing(rows: pd.DataFrame, language: str | None = None, sortable: bool = True) -> str:
    """An HTML table of figures as printed, with source and note; every text is escaped.

    If `sortable`, a click on a heading (or Enter) sorts the rows in an explorer;
    `data-number` marks columns that sort as numbers, those that cells have as `data-value`: the
    year, and the figure whatever the scale at which it is said.
    """
    words = dict(WORDS[chosen(language)]["listing"])
    sort, unknown, _ = (words.pop(key) for key in ("sort", "unknown", "copied"))
    tools = f" tabindex='0' aria-sort='none' title='{sort}'" if sortable else ""
    look = "cursor:pointer;" * sortable + WIDE_ENOUGH[chosen(language)]
    head = "".join(
        f"<th scope='col'{tools} style='{look}'"
        f"{' data-number' * (sortable and key in ('period', 'figure'))}>{heading}</th>"
        for key, heading in words.items()
    )
    body = ""
    for row in rows.itertuples():
        cells = map(_td, _cells(row, language, unknown), _numbers(row, words, sortable))
        body += f"<tr>{''.join(cells)}</tr>"
    style = "border-spacing:12px 4px;text-align:left;line-height:1.35"
    return f"<table style='{style}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _numbers(row: Row, columns: Iterable[str], sortable: bool) -> list[float | None]:
    """The number by which each cell of a row sorts, or None."""
    known = {"period": row.start, "figure": plain(row.value, row.unit)} if sortable else {}
    return [known.get(column) for column in columns]


def _td(cell: str, number: float | None) -> str:
    return f"<td>{cell}</td>" if number is None else f"<td data-value='{number:.15g}'>{cell}</td>"


def _cells(row: Row, language: str | None, unknown: str) -> list[str]:
    """The cells of a row of `listing`, escaped; a source has its address, tier, date and place."""
    comma = forms(language)["comma"]
    texts = [
        name(row, language) if row.place == HOME else located(row, language),
        span(row.period),
        figure(row, language),
        kind(row, language) + comma + status(row, language),
        basis(row, language),
        row.as_printed,
    ]
    if row.status in DERIVED:
        return [*map(html.escape, [*texts, source(row, language), ""])]
    return [*map(html.escape, texts), _linked(row, language, unknown), html.escape(row.note)]


def _linked(row: Row, language: str | None, unknown: str) -> str:
    """The source of a row with its address, tier, date and place, escaped."""
    said = html.escape(title(row, language))
    if WEB.match(row.url):
        said = LINK.format(html.escape(row.url, quote=True), said)
    tier = WORDS[chosen(language)]["tiers"][row.tier]
    told = [tier, _dated(row.published, unknown), place_in_source(row, language)]
    form = forms(language)
    about = form["comma"].join([*told, *copied(row, language)])
    return form["with"].format(said, html.escape(about))


def _dated(published: pd.Timestamp, unknown: str) -> str:
    """A date as 2021-02-02, or the words for an unknown one."""
    return unknown if pd.isna(published) else f"{published:%Y-%m-%d}"


def csv(rows: pd.DataFrame) -> str:
    """The figures as CSV text, each with its source, by series in the order of the years.

    `figure` is what is drawn: as printed, or, with `computed`, an index or a gap computed from
    what was printed, or the interval (`low` to `high`) of a figure that is computed from others;
    its source is that of the first of them, and `note` names all. `shifted` is the same number as
    English charts count it, in `shifted_unit`. A text that a spreadsheet would
    take for a formula gets an apostrophe; a number with its sign, as the +1.7 of a gap, is none.
    """
    rows = rows.sort_values(CSV_ORDER, kind="stable").rename(columns={"printed": "figure"})
    computed = rows["measure"].isin(["index", "gap"]) | rows["status"].isin(DERIVED)
    rows["computed"] = computed.map({True: "computed", False: ""})
    drawn = list(zip(rows["figure"], rows["unit"].astype("str"), strict=True))
    rows["shifted"] = [in_panel(number, of, "en", parted=False) for number, of in drawn]
    rows["shifted_unit"] = [unit(of, "en") for _, of in drawn]
    rows = rows.reindex(columns=[*CSV, "decimals"])
    for end in ("low", "high"):  # two decimals more than the figure has
        ends = zip(rows[end], rows["decimals"], strict=True)
        rows[end] = ["" if pd.isna(at) else f"{at:.{decimals + 2}f}" for at, decimals in ends]
    texts = rows[CSV].astype("object").map(harmless)
    return texts.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(cell, str) or not cell or SIGNED.fullmatch(cell):
        return cell
    return "'" + cell if cell[0] in FORMULA_MARKS or cell[0].isspace() else cell
