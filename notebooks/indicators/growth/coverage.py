"""What printed and derived figures say of one another, and which years have which of the two."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..data import filled, latest
from .computed import computed
from .derived_rows import ONE_OUTCOME, usable_outcomes
from .implied import implied

COMPARED = ["one", "other", "gap", "agrees", "why"]
# what a note says that explains why figures do not agree
EXPLAINED = "Not the growth on|On a base that|not the [0-9.]+ (% )?(of|that) "
COVERAGE = ["printed", "implied", "nothing"]  # what a year of a series may have
TWO_PLANS = range(2015, 2026)
COVERED = ["indicator", "measure", "name_en", "name_zh", "year", "kind", "figure"]


def compared(table: pd.DataFrame, derived: pd.DataFrame) -> pd.DataFrame:
    """Each derived figure beside the printed one of its fact or, without that, the drawn one.

    `derived`: rows of `implied` or `computed` of this table. What two levels and the rates between
    them say both ways is one comparison, seen from the later. Columns:

    - `one`, `other`: the derived row, and the printed or the drawn derived one, as namedtuples
    - `gap`: how far the interval of `one` lies above that of `other` or, negative, below it
    - `agrees`: whether they meet
    - `why`: where they do not, the sentence in a note of one of the figures that explains it
    """
    printed = usable_outcomes(table, table["measure"].isin(derived["measure"].unique()))
    facts = pd.concat([printed, derived], keys=["printed", "derived"])
    facts = facts[ONE_OUTCOME].astype(object).fillna("").groupby(ONE_OUTCOME, sort=False).ngroup()
    printed = printed.assign(fact=facts["printed"], of=[(label,) for label in printed.index])
    derived = derived.assign(fact=facts["derived"])
    unprinted = derived[derived["drawn"] & ~derived["fact"].isin(printed["fact"])]
    others = pd.concat([printed, unprinted]).groupby("fact", sort=False)
    rows = {fact: list(each.itertuples()) for fact, each in others}
    pairs = {}
    for one in derived.sort_values("end", kind="stable").itertuples():
        for other in rows.get(one.fact, ()):
            if other.of != one.of:
                pairs.setdefault(frozenset(one.of + other.of), (one, other))
    notes = dict(zip(table.index, filled(table)["note"], strict=True))
    rows = [_judged(*pair, map(notes.get, labels)) for labels, pair in pairs.items()]
    return pd.DataFrame(rows, columns=COMPARED)


def _judged(one: Any, other: Any, notes: Iterable[str]) -> tuple[Any, Any, float, bool, str]:
    """A row of `compared`; `notes`: those of the figures that the two come from."""
    gap = max(one.low - other.high, 0) + min(one.high - other.low, 0)
    agrees = abs(gap) <= 1e-9 * abs(one.value)
    sentences = (each for note in notes for each in note.removesuffix(".").split(". "))
    why = next((f"{each}." for each in sentences if re.search(EXPLAINED, each)), "")
    return one, other, gap, agrees, "" if agrees else why


def coverage(
    table: pd.DataFrame,
    series: Iterable[tuple[str, str]],
    place: str = "shaoxing",
    years: Iterable[int] = TWO_PLANS,
) -> pd.DataFrame:
    """Which years of each series have an outcome of this place, one row each.

    `table`: all vintages. `series`: pairs of indicator and measure. Columns: `indicator`,
    `measure`, `name_en`, `name_zh`, `year`, `kind` (`printed`: an outcome of any bound and basis;
    else `implied`: what printed figures imply or give together; else `nothing`) and `figure` (the
    row as a namedtuple, or None). A series of which the table has no row is named by its slug.
    """
    table = filled(table[table["place"].eq(place)])
    series, years = list(series), list(years)
    table = table.assign(drawn=table.index.isin(latest(table).index))
    outcomes = table[table["status"].eq("actual") & table["drawn"]]
    known = {}
    for rows in (outcomes, implied(table), computed(table)):
        yearly = rows[rows["drawn"] & rows["start"].eq(rows["end"])]
        for row in yearly.itertuples():
            known.setdefault((row.indicator, row.measure, row.end), row)
    names = table.drop_duplicates("indicator").set_index("indicator")[["name_en", "name_zh"]]
    cells = [
        (slug, measure, *(names.loc[slug] if slug in names.index else (slug, slug)), year)
        for slug, measure in series
        for year in years
    ]
    figures = [known.get((slug, measure, year)) for slug, measure, _, _, year in cells]
    kinds = [COVERAGE[(row.status != "actual") if row else 2] for row in figures]
    return pd.DataFrame(cells, columns=COVERED[:5]).assign(kind=kinds, figure=figures)
