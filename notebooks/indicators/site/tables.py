"""The tables of the bundle as pages in Markdown: the codebook, all figures by theme, the sources."""

import html
import re

from docutils.nodes import make_id

from .. import data, labels
from ..i18n import LANGUAGES, WORDS, unit
from .words import WORDS_OF_SITE, block, inline, said


def pages():
    """The text of each page by its name."""
    table, read = data.load(), data.read()[0]
    figures = table.sort_values(["indicator", "place", "start", "end", "published"], kind="stable")
    themes = list(read["indicators"]["theme"].unique())
    by_theme = {
        f"figures-{theme.replace('_', '-')}": _figures(theme, figures[figures["theme"].eq(theme)])
        for theme in themes
    }
    listed = "\n".join(by_theme)
    overview = f"# {inline(said('figures'))}\n\n{block(_counted(figures))}\n\n```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"
    return by_theme | {
        "figures": overview,
        "codebook": _codebook(read, figures),
        "sources": _sources(read["sources"], figures),
    }


def _counted(figures):
    return said("of", len(figures), figures["indicator"].nunique())


def _figures(theme, rows):
    """A page with the figures of a theme, one table for each indicator."""
    names = {
        language: WORDS_OF_SITE[language]["figures_of"].format(WORDS[language]["themes"][theme])
        for language in LANGUAGES
    }
    parts = [f"# {inline(names)}\n\n{block(_counted(rows))}"]
    for slug, found in rows.groupby("indicator", observed=True, sort=True):
        first = next(found.itertuples())
        heading = inline({"en": _plain(first.name_en), "zh": _plain(first.name_zh)})
        tables = {
            language: f"<div class='wide'>{labels.listing(found, language, sortable=False)}</div>"
            for language in LANGUAGES
        }
        parts.append(f"({make_id(slug)})=\n## {heading}\n\n{block(tables)}")
    return "\n\n".join(parts) + "\n"


def _plain(text):
    """A text of which Markdown takes nothing for markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", text)


def _codebook(read, figures):
    """The page of all indicators, a table for each theme, and the limits that others set."""
    indicators, counts = read["indicators"], figures["indicator"].astype(str).value_counts()
    parts = [f"# {inline(said('codebook'))}\n\n{block(said('codebook_said', len(indicators)))}"]
    for theme, rows in indicators.groupby("theme", sort=False):
        tables = {
            language: _table(
                "codebook_head",
                [_indicator(row, language, counts) for row in rows.itertuples()],
                language,
            )
            for language in LANGUAGES
        }
        parts.append(
            f"## {inline({language: WORDS[language]['themes'][theme] for language in LANGUAGES})}\n\n{block(tables)}"
        )
    limits = {
        language: _table(
            "limits_head",
            [_limit(row, indicators, language) for row in read["benchmarks"].itertuples()],
            language,
        )
        for language in LANGUAGES
    }
    return "\n\n".join([*parts, f"## {inline(said('limits'))}\n\n{block(limits)}"]) + "\n"


def _indicator(row, language, counts):
    words = WORDS_OF_SITE[language]
    names = [row.name_en, row.name_zh] if language == "en" else [row.name_zh, row.name_en]
    linked = f"<a href='figures-{row.theme.replace('_', '-')}.html#{make_id(row.indicator)}'>{html.escape(names[0])}</a>"
    texts = [
        names[1],
        _unit(row.unit, language),
        words["prices"][row.price_basis],
        words["better"][row.better],
        counts.get(row.indicator, 0),
        row.description,
    ]
    return [linked, *(html.escape(str(text)) for text in texts)]


def _unit(name, language):
    return "" if name == "count" else unit(name, language)


def _limit(row, indicators, language):
    (found,) = indicators[indicators["indicator"].eq(row.indicator)].itertuples()
    texts = [
        row.name_en if language == "en" else row.name_zh,
        labels.name(found, language),
        labels.amount(row.value, row.unit, language),
    ]
    return [
        *map(html.escape, texts),
        f"<a href='{html.escape(row.url)}'>{html.escape(row.publisher)}</a>",
        html.escape(row.as_printed),
    ]


def _sources(sources, figures):
    """The page of all documents and pages, with tier and address."""
    counts = figures["source"].astype(str).value_counts()
    tables = {
        language: _table(
            "sources_head",
            [_source(row, language, counts) for row in sources.itertuples()],
            language,
        )
        for language in LANGUAGES
    }
    return f"# {inline(said('sources'))}\n\n{block(said('sources_said', len(sources)))}\n\n{block(tables)}\n"


def _source(row, language, counts):
    published = row.published or WORDS[language]["listing"]["unknown"]
    texts = [
        labels.title(row, language),
        row.publisher,
        published,
        WORDS[language]["tiers"][row.tier],
    ]
    link = (
        f"<a href='{html.escape(row.url)}'>{html.escape(row.url)}</a>"
        if labels.WEB.match(row.url)
        else html.escape(row.url)
    )
    return [*map(html.escape, texts), link, str(counts.get(row.source, 0)), html.escape(row.note)]


def _table(heads, rows, language):
    head = "".join(f"<th scope='col'>{text}</th>" for text in WORDS_OF_SITE[language][heads])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
