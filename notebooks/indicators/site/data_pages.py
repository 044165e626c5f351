"""The tables of the bundle as pages in Markdown: codebook, all figures by theme, sources."""

import html
import re
from typing import Any

from docutils.nodes import make_id

from .. import data, labels
from ..i18n import LANGUAGES, WORDS, unit
from .site_words import WORDS_OF_SITE, block, in_each_language, inline

UNSIGNED = re.compile("[0-9]+(?:[.][0-9]+)?")


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    figures, read = _figures_in_order(), data.read()[0]
    by_theme = {
        _page_of(theme): _figures(theme, figures[figures["theme"].eq(theme)])
        for theme in read["indicators"]["theme"].unique()
    }
    return by_theme | {
        "figures": _overview(figures, list(by_theme)),
        "codebook": _codebook(read, figures),
        "sources": _sources(read["sources"], figures),
    }


def _figures_in_order():
    order = ["indicator", "place", "start", "end", "published"]
    return data.load().sort_values(order, kind="stable").reset_index(drop=True)


def found_by_number() -> list[dict[str, Any]]:
    """What a search for a number or a year finds: for each figure its page and its row there.

    `numbers` are the figure as printed and in words, its years and those of its wording and note,
    without signs; the rest is told in each language.
    """
    return [
        {
            "page": _page_of(row.theme),
            "row": _row_id(row),
            "numbers": _numbers(row),
            "told": [labels.sentence(row, language) for language in LANGUAGES],
            "source": [labels.title(row, language) for language in LANGUAGES],
        }
        for row in _figures_in_order().itertuples()
    ]


def _numbers(row):
    said = labels.figure(row, "en").replace(",", "")
    return UNSIGNED.findall(f"{row.printed} {said} {row.period} {row.as_printed} {row.note}")


def _row_id(row):
    return f"figure-{row.Index}"


def _page_of(theme):
    return f"figures-{make_id(theme)}"


def _overview(figures, names):
    listed = "\n".join(names)
    return (
        f"# {_said('figures')}\n\n{block(_counted(figures))}\n\n"
        f"```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"
    )


def _said(key):
    """A heading of the site in both languages, as Markdown."""
    return inline(in_each_language(key))


def _counted(figures):
    return in_each_language("of", len(figures), figures["indicator"].nunique())


def _themed(theme):
    """The name of a theme by language."""
    return {language: WORDS[language]["themes"][theme] for language in LANGUAGES}


def _figures(theme, rows):
    """A page with the figures of a theme, one table for each indicator."""
    names = {
        language: WORDS_OF_SITE[language]["figures_of"].format(name)
        for language, name in _themed(theme).items()
    }
    parts = [f"# {inline(names)}\n\n{block(_counted(rows))}"]
    for slug, found in rows.groupby("indicator", observed=True, sort=True):
        first = next(found.itertuples())
        heading = inline({"en": _plain(first.name_en), "zh": _plain(first.name_zh)})
        tables = {
            language: f"<div class='wide'>{_listing(found, language)}</div>"
            for language in LANGUAGES
        }
        parts.append(f"({make_id(slug)})=\n## {heading}\n\n{block(tables)}")
    return "\n\n".join(parts) + "\n"


def _listing(figures, language):
    """A table of figures whose rows have ids."""
    ids = iter([f"{_row_id(row)}-{language}" for row in figures.itertuples()])
    table = labels.listing(figures, language, sortable=False)
    return re.sub("<tr>(?=<td>)", lambda _: f"<tr id='{next(ids)}'>", table)


def _plain(text):
    """A text of which Markdown takes nothing for markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", text)


def _codebook(read, figures):
    """The page of all indicators, a table for each theme, and the limits that others set."""
    indicators, counts = read["indicators"], figures["indicator"].astype(str).value_counts()
    about = block(in_each_language("codebook_said", len(indicators)))
    parts = [f"# {_said('codebook')}\n\n{about}"]
    for theme, rows in indicators.groupby("theme", sort=False):
        table = _table("codebook_head", rows, lambda row, to: _indicator(row, to, counts))
        parts.append(f"## {inline(_themed(theme))}\n\n{table}")
    limits = _table("limits_head", read["benchmarks"], lambda row, to: _limit(row, indicators, to))
    return "\n\n".join([*parts, f"## {_said('limits')}\n\n{limits}"]) + "\n"


def _indicator(row, language, counts):
    words = WORDS_OF_SITE[language]
    names = [row.name_en, row.name_zh] if language == "en" else [row.name_zh, row.name_en]
    address = f"{_page_of(row.theme)}.html#{make_id(row.indicator)}"
    texts = [
        names[1],
        "" if row.unit == "count" else unit(row.unit, language),
        words["prices"][row.price_basis],
        words["better"][row.better],
        str(counts.get(row.indicator, 0)),
        row.description,
    ]
    return [_link(address, names[0]), *map(html.escape, texts)]


def _limit(row, indicators, language):
    (found,) = indicators[indicators["indicator"].eq(row.indicator)].itertuples()
    texts = [
        row.name_en if language == "en" else row.name_zh,
        labels.name(found, language),
        labels.amount(row.value, row.unit, language),
    ]
    source = _link(row.url, row.publisher)
    return [*map(html.escape, texts), source, html.escape(row.as_printed)]


def _sources(sources, figures):
    """The page of all documents and pages, with tier and address."""
    counts = figures["source"].astype(str).value_counts()
    about = block(in_each_language("sources_said", len(sources)))
    table = _table("sources_head", sources, lambda row, to: _source(row, to, counts))
    return f"# {_said('sources')}\n\n{about}\n\n{table}\n"


def _source(row, language, counts):
    words = WORDS[language]
    texts = [
        labels.title(row, language),
        row.publisher,
        row.published or words["listing"]["unknown"],
        words["tiers"][row.tier],
    ]
    address = _link(row.url, row.url) if labels.WEB.match(row.url) else html.escape(row.url)
    if row.read_at:  # text to look up, no link
        where = f"{words['listing']['copied']}: {row.read_at}"
        address += f"{'<br>' * bool(address)}{html.escape(where)}"
    count = str(counts.get(row.source, 0))
    return [*map(html.escape, texts), address, count, html.escape(row.note)]


def _link(address, text):
    return f"<a href='{html.escape(address)}'>{html.escape(text)}</a>"


def _table(heads, rows, cells):
    """A table in both languages as HTML; `cells`: for a row and a language, its cells as HTML."""
    tables = {}
    for language in LANGUAGES:
        head = "".join(f"<th scope='col'>{text}</th>" for text in WORDS_OF_SITE[language][heads])
        body = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells(row, language))}</tr>"
            for row in rows.itertuples()
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        tables[language] = f"<div class='wide'>{table}</div>"
    return block(tables)
