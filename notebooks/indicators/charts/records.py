"""The records that living charts draw: a dict for each figure, of numbers and words, for JSON.

Every record has its `language`, so that a page can hold those of several.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from .. import growth, labels
from ..i18n import WORDS, chosen
from .bundled import or_none
from .style import COLUMN_WIDTHS, WHEN_WIDTH, broken, wrapped

WHAT_IF_RATES = [number / 2 for number in range(31)]  # assumed changes in % a year
COPIED_COLUMNS = ["start", "end", "status", "bound", "line"]

Record = dict[str, Any]


def figures(rows: pd.DataFrame, language: str | None = None) -> list[Record]:
    """A record for each row of `growth.views`: period, value, kind, and the words for it.

    Values are `labels.height`, in the unit that the words of the panel name in this language.
    `key` is the number of the row in the table. A derived figure has the ends of its interval, and
    a label only where there is none that was printed, in a view of its own.
    """
    language = chosen(language)
    return [_figure(row, language) for row in rows.itertuples(index=False)]


def _figure(row, language):
    words = {
        "Label": labels.short(row, language),
        "Description": labels.sentence(row, language),
        "Tip": labels.tip(row, language),
        "language": language,
    }
    figure = {name: getattr(row, name) for name in COPIED_COLUMNS} | {"key": row.row} | words
    figure |= joint(row, language)
    figure["value"] = labels.height(row.value, row.unit, language)
    if row.status not in labels.DERIVED:
        return figure
    label = "" if row.view == "levels" else figure["Label"]
    ends = {end: labels.height(getattr(row, end), row.unit, language) for end in ("low", "high")}
    return figure | ends | {"Label": label}


JOINT = ["since", "from", "of", "broken", "Gap"]  # the fields of `joint`


def joint(row: Any, language: str | None = None) -> Record:
    """How a figure is joined to the one before a gap or a break, if it is `after` one.

    `since`: the year of that figure, `from`: its height, `of`: its status, `broken`: whether it is
    counted on another basis, `Gap`: what is said of it.
    """
    before = getattr(row, "after", None)
    if before is None:
        return {}
    return {
        "since": before.start,
        "from": labels.height(before.value, before.unit, language),
        "of": before.status,
        "broken": labels.changes_basis(row),
        "Gap": labels.between(row, language),
    }


def in_views(rows: pd.DataFrame, order: Iterable[int], language: str | None = None) -> list[Record]:
    """The records of `figures`, for an explorer of indicators, whose page chooses among them.

    Each says when it is drawn (`series`, `view`, `drawn`, `base`), in which panel (`heading`,
    `where`, `order`) and under which name (`Names`). `order`: for each row the rank of its panel.
    """
    language = chosen(language)
    found = zip(rows.itertuples(index=False), figures(rows, language), order, strict=True)
    return [figure | _in_view(row, rank, language) for row, figure, rank in found]


def base_year(unit: str) -> int:
    """The base year of the unit of an index, as 2015 of `index, 2015 = 100`."""
    return int(unit[7:11])


def _in_view(row, rank, language):
    """What an explorer of indicators needs to know of a row beside the figure."""
    when = {"series": row.series, "view": row.view, "drawn": bool(row.drawn), "order": rank}
    if row.view == "index":
        when["base"] = base_year(row.unit)
    where = labels.place(row, language)
    # The names of a series among others that differ by indicator, by place, or by both
    names = [wrapped(labels.name(row, language)), where, wrapped(labels.located(row, language), 3)]
    return when | {
        "heading": labels.panel(row, language),
        "where": where,
        "Names": names,
    }


def required(path: pd.DataFrame, of: Record, language: str | None = None) -> list[Record]:
    """The required growth to one target as records like those of `in_views`, one a year.

    `path`: rows of `growth.required_paths`, their values in the codebook's unit or an index. `of`:
    a record of `in_views` in whose panel and series it is drawn. The words are at the middle.
    """
    language = chosen(language)
    middle = (path["year"].iloc[0] + path["year"].iloc[-1] + 1) // 2
    found = []
    for row in path.itertuples():
        label, said = labels.required(row, language) if row.year == middle else ("", "")
        unit = "index" if of["view"] == "index" else row.goal.unit
        value = labels.height(row.value, unit, language)
        drawn = {"start": row.year, "end": row.year, "value": value, "line": row.path}
        kind = {"status": "pace", "bound": "exact", "key": -2}
        found.append(of | drawn | kind | {"Label": label, "Description": said, "Tip": {}})
    return found


def judgements(
    rows: pd.DataFrame, places: Sequence[str], language: str | None = None
) -> list[Record]:
    """A record for each target, rows of `growth.with_latest`, as the chart of targets draws it.

    The rows have `stage` (0: with an outcome, 1: with a last known figure, 2: neither), `same` (the
    number of the target, that of other places included) and `far`, how far it is from what is
    known. `by`, `stood` and `last` (with `low` and `high`): how far outcome, baseline and what was
    last known are from the target, in % or points, or None. `by_codebook` and `by_gap`: the
    target's rank as the rows stand, and by `far`. `Whens`: when it would be reached at each of
    `WHAT_IF_RATES`, if there is a what-if (`whatif`).
    `places`: slugs of all there are, in their order. `series`: the place; `by_place`: its number;
    `Targets` and `Ruling`: the texts of the columns, broken into lines for a wide, a narrow and a
    very narrow pane; `Targets` without and with the place, which words name where there are
    several.
    """
    language = chosen(language)
    by_gap = rows["far"].rank(method="first", na_option="bottom").astype(int)
    found = []
    for rank, (row, gap_rank) in enumerate(zip(rows.itertuples(), by_gap, strict=True)):
        judged = _judgement(row, language) | {"by_codebook": rank, "by_gap": gap_rank}
        found.append(judged | _in_place(row, language, places))
    return found


def _judgement(row, language):
    words = WORDS[language]["verdicts"]
    return {
        "Ruling": _broken(labels.ruling(row, language), "ruling"),
        "Verdict": labels.verdict(row, language),
        "Whens": [
            broken(labels.when(row, rate, language) or words["none"], WHEN_WIDTH)
            for rate in WHAT_IF_RATES
        ],
        "whatif": labels.when(row, WHAT_IF_RATES[0], language) is not None,
        "Stood": labels.origin(row.baseline, language),
        "Last": "" if row.last_known is None else labels.last_known(row, language),
        "Tip": labels.aims(row, language),
        "verdict": row.verdict,
        "bound": row.bound,
        "by": or_none(row.better_by),
        "stood": or_none(row.baseline_by),
        "last": or_none(row.last_by),
        "low": or_none(row.last_low),
        "high": or_none(row.last_high),
        "derived": row.last_known is not None and row.last_known.status in growth.DERIVED,
        "doubt": growth.doubted(row, row.baseline, row.outcome),
        "stage": row.stage,
        "same": row.same,
        "known": row.known,
        "report": row.source,
        "theme": row.theme,
        "year": str(row.end),
        "language": language,
    }


def _broken(text, column):
    """A text of a column as it is broken in panes of each width, the widest first."""
    return [broken(text, width) for width in COLUMN_WIDTHS[column]]


def _in_place(row, language, places):
    """What a judgement says of its place; words name it where there are several."""
    named = labels.placed(labels.target(row, language), row, language)
    of_place = {
        "series": row.place,
        "by_place": places.index(row.place),
        "Targets": [_broken(text, "target") for text in (labels.target(row, language), named)],
    }
    if len(places) == 1:
        return of_place
    place = {WORDS[language]["tooltip"]["place"]: labels.place(row, language)}
    named += WORDS[language]["forms"]["semicolon"]
    return of_place | {
        "Verdict": named + labels.verdict(row, language),
        "Stood": named + labels.origin(row.baseline, language),
        "Last": named + labels.last_known(row, language) if row.stage == 1 else "",
        "Tip": place | labels.aims(row, language),
    }
