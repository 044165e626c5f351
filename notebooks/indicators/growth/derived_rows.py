"""Rows for what printed figures give together, in the form of a table of `data.load`.

Such a row is no outcome: its status is `implied` or `computed`, and no file may hold one.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..data import filled
from .figures import Figure, figure
from .series import NUMBERS, drawn_rows

WRONG = "Cannot be right"  # how the note of a figure begins that cannot be as printed
ENDS = ["value", "low", "high"]
ONE_OUTCOME = ["indicator", "place", "measure", "period", "scope"]  # what one outcome is drawn for
OF_FIGURE = ["value", "decimals", "bound", "status", "measure", "unit", "price_basis", "note"]
NAMED_BY = {  # how the note of a derived row names a figure that it comes from
    "growth_rate": "growth of ",
    "average_growth_rate": "average growth of ",
    "change": "a change of ",
}


def usable_outcomes(table: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    """Of the chosen rows the outcomes printed as numbers that can be right, `filled`.

    With their `position` in the table, and `low` and `high` as from `figure`.
    """
    chosen = chosen & table["status"].eq("actual") & table["bound"].isin(NUMBERS)
    rows = filled(table[chosen]).assign(position=np.flatnonzero(chosen))
    rows = rows[~rows["note"].str.startswith(WRONG)]
    figures = list(map(figure, rows[[*OF_FIGURE, "printed"]].itertuples(index=False)))
    return rows.assign(
        low=np.array([each.low for each in figures], float),
        high=np.array([each.high for each in figures], float),
    )


def derived_rows(
    table: pd.DataFrame,
    status: str,
    models: np.ndarray,
    origins: Sequence[tuple[int, ...]],
    value: Figure,
    **columns: object,
) -> pd.DataFrame:
    """A row for each model (a position in `table`), with the arrays of a Figure as its value.

    `origins`: the positions of the figures that each comes from. `columns` replace those of the
    model. `printed` is the interval: the lowest and the highest number that could be printed with
    the row's `decimals`. `of` has the labels of the origins in `table`, `note` their words. `drawn`
    is true for one row of each fact that has no outcome printed as a number: one of drawn figures
    before others, then the narrowest. The rows have labels of their own, from 0.
    """
    rows = table.iloc[models].reset_index(drop=True).assign(**columns)
    named = dict.fromkeys(position for each in origins for position in each)
    said = dict(zip(named, _said(table.iloc[list(named)]), strict=True))
    labels = table.index.tolist()
    rows = rows.assign(
        **{name: getattr(value, name) for name in ENDS},
        printed=_intervals(value, rows["decimals"]),
        status=like(table["status"], [status] * len(rows)),
        bound=like(table["bound"], ["exact"] * len(rows)),
        as_printed="",
        locator="",
        note=[_note([said[position] for position in each]) for each in origins],
        of=pd.Series(
            [tuple(labels[position] for position in each) for each in origins], rows.index, object
        ),
    )
    return rows.assign(drawn=_drawn(rows, table, origins))


def like(column: pd.Series, texts: Iterable[str]) -> pd.Categorical:
    """Texts with the categories of a column and, after them, those that are new."""
    texts = pd.Series(texts, dtype=object)
    known = column.astype("category").cat.categories
    return pd.Categorical(texts, [*known, *texts[~texts.isin(known)].unique()])


def _drawn(rows: pd.DataFrame, table: pd.DataFrame, origins: Sequence[tuple]) -> pd.Series:
    """The column `drawn` of `derived_rows`."""
    drawn = drawn_rows(table).to_numpy(bool)
    printed = table[table["status"].eq("actual") & table["bound"].isin(NUMBERS)]
    keys = pd.concat([printed[ONE_OUTCOME], rows[ONE_OUTCOME]]).astype(object).fillna("")
    facts = keys.groupby(ONE_OUTCOME, sort=False).ngroup().to_numpy()
    known, own = np.split(facts, [len(printed)])
    ranked = pd.DataFrame(
        {
            "fact": own,
            "other": [not drawn[list(each)].all() for each in origins],
            "width": rows["high"] - rows["low"],
        }
    ).sort_values(["other", "width"], kind="stable")
    first = ranked[~ranked["fact"].isin(known)].drop_duplicates("fact").index
    return rows.index.isin(first)


def _intervals(value: Figure, decimals: Iterable[int]) -> list[str]:
    """The ends of each interval, as texts with these decimals; one number where they are one."""
    ends = zip(value.low, value.high, decimals, strict=True)
    texts = ((f"{low:.{digits}f}", f"{high:.{digits}f}") for low, high, digits in ends)
    return [low if low == high else f"{low}–{high}" for low, high in texts]


def _said(rows: pd.DataFrame) -> list[str]:
    """Each row as the note of a derived one names it: 4.2 % in 2022, and the source."""
    names = ["measure", "bound", "printed", "unit", "period", "title_en"]
    cells = zip(*(rows[name].astype("str") for name in names), strict=True)
    return [
        f"{NAMED_BY.get(measure, '')}{'about ' * (bound == 'about')}{printed.replace('-', '−')} "
        f"{'× ' * unit[:1].isdigit()}{unit} in {period.replace('/', '–')} ({title})"
        for measure, bound, printed, unit, period, title in cells
    ]


def _note(parts: Sequence[str]) -> str:
    """The note of a row that comes from figures with these words."""
    return f"Computed from {', '.join(parts[:-1])} and {parts[-1]}." if parts else ""
