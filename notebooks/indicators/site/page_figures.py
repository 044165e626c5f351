"""The figures that explorers of a page draw, and their lines of a CSV file."""

from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pandas as pd

from .. import data, growth, labels
from ..explorers import Explorer, IndicatorExplorer, TargetExplorer
from ..explorers.indicator_view import IndicatorView
from ..explorers.selection import YEAR_CHOICES, FiguresKey, IndexKey, IndicatorSelection
from ..i18n import LANGUAGES
from .packing import Packed, packed_lines, packed_parts

OF_ITS_TABLE = {"order", "line", "key", "Tip"}  # what a figure has from the table it stands in
OF_A_PART = ["series", "based", "official"]
LINE_NUMBER = "csv"  # the field of a figure with the number of its line


def parts(explorer: Explorer) -> dict[tuple, list[dict[str, Any]]]:
    """All figures of an explorer by the keys of their parts, in both languages; of targets, those
    of official sources, too."""
    if isinstance(explorer, TargetExplorer):
        chosen = explorer.language, explorer.places, explorer.official
        usual = [control.value for control in chosen]
        for language in LANGUAGES:
            every = [place for _, place in explorer.places.options]
            _choose(chosen, (language, every, True))
        _choose(chosen, usual)
    while any(key not in explorer.live.figures for key in explorer.all_parts()):
        explorer.hear({"ready": [list(key) for key in explorer.live.figures]})
    return dict(explorer.live.figures)


def _choose(controls, values):
    for control, value in zip(controls, values, strict=True):
        control.value = value


def own_figures(explorer: Explorer) -> dict[str, Packed]:
    """The `figures` that the page of an explorer has to bring: none where `shared_files` have
    them."""
    found = parts(explorer)
    known = _bundle()[0] if isinstance(explorer, IndicatorExplorer) else {}
    shared = all(_alike(figures, known.get(key, [])) for key, figures in found.items())
    return {} if shared else {"figures": packed_parts(found)}


def shared_files() -> dict[str, Packed]:
    """The files that pages share, by name: the figures of the bundle's table in each language,
    those of the index with other base years, and the lines of all of them."""
    found, lines = _bundle()
    files = {"lines": packed_lines(lines)}
    for language in LANGUAGES:
        own = {key: each for key, each in found.items() if key.language == language and each}
        usual = {key: each for key, each in own.items() if _base(key) == growth.BASE_YEAR}
        files[language] = packed_parts(usual)
        files[f"bases-{language}"] = packed_parts({k: own[k] for k in own.keys() - usual.keys()})
    return files


def _base(key):
    return getattr(key, "base", growth.BASE_YEAR)


def _alike(some, others):
    """Whether figures are the same, whatever else the table has in which they stand."""
    return [_itself(figure) for figure in some] == [_itself(figure) for figure in others]


def _itself(figure):
    return {
        name: value for name, value in figure.items() if name not in {*OF_ITS_TABLE, LINE_NUMBER}
    }


@cache
def _bundle():
    """The figures of the bundle's table, and their lines."""
    view = IndicatorView(data.load())
    keys = [
        key
        for language, pair, official in product(LANGUAGES, view.whole.pairs(), (False, True))
        for key in (
            FiguresKey(language, *pair, official),
            *(IndexKey(language, *pair, base, official) for base in YEAR_CHOICES),
        )
    ]
    found = view.records(keys)
    return found, _with_lines(view, found)


def _with_lines(view, found):
    """The lines of a CSV file of all figures of parts, its head first; each gets its number."""
    names = {name: tuple({getattr(key, name): 0 for key in found}) for name in FiguresKey._fields}
    every = IndicatorSelection(names["indicator"], places=names["place"])
    rows = pd.concat(
        _keyed(
            view.rows(replace(every, view=shown, base=base, official=official)),
            shown,
            base,
            official,
        )
        for official in (False, True)
        for shown, base in [("levels", 0), *(("index", base) for base in YEAR_CHOICES)]
    ).reset_index(drop=True)
    in_order = rows.sort_values(labels.CSV_ORDER, kind="stable").index
    number = pd.Series(range(1, len(rows) + 1), in_order)
    by_part = {
        part: list(number[group.index]) for part, group in rows.groupby(OF_A_PART, sort=False)
    }
    for key, figures in found.items():
        printed = [figure for figure in figures if figure["status"] != "pace"]
        series = growth.series_id(key.indicator, key.place, view.home)
        numbers = by_part.get((series, getattr(key, "base", 0), key.official), [])
        for figure, line in zip(printed, numbers, strict=True):
            figure[LINE_NUMBER] = line
    return labels.csv(rows).removesuffix("\r\n").split("\r\n")


def _keyed(rows, shown, base, official):
    """Rows of a view with what names their part: for the index its base year, else 0."""
    own = rows["view"].eq("index") == (shown == "index")
    return rows[own].assign(based=base, official=official)
