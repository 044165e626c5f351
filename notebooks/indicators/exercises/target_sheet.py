"""The second sheet of the lesson on targets: all targets of the city for a year, on one page."""

from collections.abc import Iterable

import pandas as pd

from .. import i18n, labels
from ..i18n import LANGUAGES
from .lesson_texts import Row, plain
from .printed_pages import as_html, printable

LESSON, YEAR = "04-were-the-targets-met", 2025  # the lesson with the sheet, and the targets' year
SHEET_STYLE = """
  body { max-width: 180mm; margin: 1em auto; font-size: 13px; line-height: 1.35 }
  h1 { font-size: 22px; line-height: 1.2; margin: 0 0 2mm }
  table { width: 100% } td, th { padding: 0.2em 0.8em 0.2em 0 }
  td:first-child { min-width: 1.5em } td:nth-child(2) { width: 34% }
  @media print { body { font-size: 8.5pt; line-height: 1.3; margin: 0 } h1 { font-size: 16pt } }
"""
SHEET_WORDS = {
    "en": {
        "title": "The city’s {} targets for {}",
        "heads": "| | target | when it was set | outcome or last known | verdict | source |",
        "read": "‘Last known’ is a figure for a year before the target’s. It is no outcome. "
        "Figures as published.",
        "none": "none found",
        "source": "{}: {} ({:%Y-%m-%d})",
        "when_set": "{}; already met when it was set",
    },
    "zh": {
        "title": "绍兴市{1}年的{0}个目标",
        "heads": "| | 目标 | 制定时 | 结果或最近已知 | 判断 | 出处 |",
        "read": "“最近已知”是早于目标年份的数值，不是结果。数据均按公布时的原样。",
        "none": "没有找到",
        "source": "《{1}》（{2:%Y-%m-%d}）",
        "when_set": "{}；制定时已经达到",
    },
}


def sheet_name(language: str) -> str:
    """The name of the file of the sheet."""
    return f"{LESSON}-handout-2{'' if language == 'en' else f'-{language}'}.html"


def sheet(rows: Iterable[Row], language: str) -> str:
    """The page, in a language, of targets as from `growth.with_latest`."""
    words = SHEET_WORDS[language]
    with i18n.speaking(language):
        rows = list(rows)
        sources = list(dict.fromkeys(row.source for row in rows))
        lines = [_line(number, row, sources, words) for number, row in enumerate(rows, 1)]
        documents = {row.source: _document(row, words) for row in rows}
    title = words["title"].format(len(rows), YEAR)
    table = "\n".join([words["heads"], "|---|---|---|---|---|---|", *lines])
    listed = "\n\n".join(f"{_letter(sources, key)}: {documents[key]}" for key in sources)
    text = f"# {title}\n\n{words['read']}\n\n{table}\n\n{listed}"
    return printable(title, as_html(text), language, SHEET_STYLE)


def _line(number, row, sources, words):
    known = words["none"]
    if row.outcome is not None:
        known = f"{labels.figure(row.outcome)} ({labels.span(row.outcome.period)})"
    elif row.last_known is not None:
        known = labels.last_known(row, short=True)
    base = "–" if row.baseline is None else labels.reached_then(row)
    verdict = labels.verdict(row)
    if row.outcome is None:
        verdict = labels.verdict_names()[row.verdict]
        verdict = words["when_set"].format(verdict) if row.met_when_set else verdict
    told = [plain(text) for text in (labels.target(row), base, known, verdict)]
    return f"| {number} | {' | '.join(told)} | {_letter(sources, row.source)} |"


def _letter(sources, key):
    return chr(ord("A") + sources.index(key))


def _document(row, words):
    title = labels.title(row)
    return plain(words["source"].format(row.publisher, title, row.published))


def pages(judged: pd.DataFrame) -> dict[str, str]:
    """The sheet in each language, by the name of its file, from targets of all places and years."""
    of_city = judged["place"].eq("shaoxing") & judged["end"].eq(YEAR)
    rows = list(judged[of_city].itertuples())
    return {sheet_name(language): sheet(rows, language) for language in LANGUAGES}
