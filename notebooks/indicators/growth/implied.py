"""Levels that a printed level and printed growth rates or changes imply for other years.

A growth rate of a year links the level of the year before with that of the year; a rate or change
over a span links the year before the span with its end. Only outcomes printed as numbers count, of
one indicator and place and with one price basis. Another scope never joins: level and rate have the
same scope, or both have none. A rate without a scope is one of the level that its own source prints
for its last year, and has the scope of that level.
"""

from functools import partial

import numpy as np
import pandas as pd

from ..data import RATES, recorded
from .derived_rows import ENDS, ONE_OUTCOME, derived_rows, usable_outcomes
from .figures import Figure, before_growth, grown, moved
from .series import LEVELS

ONE_BASIS = ["indicator", "place", "price_basis"]
NODE = ["series", "measure", "scope", "year"]  # codes of what one level is of
LINKS = [*RATES, "change"]  # measures that lead from one year to another
MOSTLY = 0.5  # a share of misses above which nothing is drawn of a series
NO_SCOPE, UNCLEAR = -1, -2  # codes of scopes: none, or one of several


def implied(table: pd.DataFrame, widest: float = 2.0) -> pd.DataFrame:
    """Levels and shares that printed ones imply for other years, as rows of status ‘implied’.

    From each printed level a chain goes back and on, a link of a year (or of a span) at a time. It
    ends at the first year with a printed figure on its basis, which it includes, and before its
    interval is wider than `widest` % of the value; what a level implies with one rate alone is
    kept, however wide. Of several printings of a rate the narrowest interval counts.

    The columns are those of the table (the row of the level, with its source, scope and decimals),
    with `value` computed from the figures themselves, `low` and `high`, `printed` (the interval as
    text: the lowest and highest number that could be printed), `note` and `of` (the labels in
    `table` of the level and then the rates). `drawn`: the narrowest of each fact that has no
    printed figure on its basis; in a table with a column `drawn`, one of drawn figures first. None
    of a series whose rates mostly miss its printed levels. Nothing implied is ever an outcome.
    """
    known = _coded(table)
    levels = _levels(known)
    links = _links(known, levels)
    printed = pd.MultiIndex.from_frame(levels[NODE])
    steps = [levels.iloc[:0]]
    for back in (True, False):
        front = levels
        while len(front):
            front = _step(front, links, back, widest)
            steps.append(front)
            front = front[~pd.MultiIndex.from_frame(front[NODE]).isin(printed)]
    found = pd.concat(steps).sort_values(["position", "year"], kind="stable", ignore_index=True)
    years = found["year"].astype("int64")
    rows = derived_rows(
        table,
        "implied",
        found["position"].to_numpy(int),
        found["path"].tolist(),
        Figure(*(found[name].to_numpy(float) for name in ENDS), ""),
        period=years.astype("str"),
        start=years,
        end=years,
    )
    rows["drawn"] &= ~_missing(rows, table)
    return recorded(rows, partial(implied, widest=widest), table)


def _missing(rows: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Whether what the series of each row implies mostly misses what is printed of it."""
    printed = usable_outcomes(table, table["measure"].isin(LEVELS))
    keys, own = (each[ONE_OUTCOME].astype(object).fillna("") for each in (printed, rows))
    tests = own.assign(row=rows.index).merge(keys.assign(at=printed.index), on=ONE_OUTCOME)
    one, other = rows.loc[tests["row"]], printed.loc[tests["at"]]
    slack = 1e-9 * one["value"].to_numpy(float)
    low, high = (np.asarray(each, float) for each in (one["low"], one["high"]))
    tests["missed"] = (low - slack > other["high"].to_numpy(float)) | (
        high + slack < other["low"].to_numpy(float)
    )
    series = [name for name in ONE_OUTCOME if name != "period"]
    missed = tests.groupby(series)["missed"].agg(["mean", "size"])
    missed = missed.index[missed["mean"].gt(MOSTLY) & missed["size"].gt(1)]
    return pd.Series(pd.MultiIndex.from_frame(own[series]).isin(missed), rows.index)


def _coded(table: pd.DataFrame) -> pd.DataFrame:
    """The figures that can be part of a chain, with numbers for what they must have in common."""
    rows = usable_outcomes(table, table["measure"].isin([*LEVELS, *LINKS]))
    return pd.DataFrame(
        {
            "series": rows.groupby(ONE_BASIS, observed=True, dropna=False, sort=False).ngroup(),
            "scope": pd.factorize(rows["scope"].where(rows["scope"].ne("")))[0],
            "source": pd.factorize(rows["source"])[0],
            "measure": rows["measure"].astype("str"),
            "unit": rows["unit"].astype("str").replace("percentage points", "%"),
            **{name: rows[name] for name in ["position", "start", "end", *ENDS]},
        }
    )


def _levels(known: pd.DataFrame) -> pd.DataFrame:
    """Where chains start: levels and shares of one year, above zero and no yearly index."""
    of_year = known["measure"].isin(LEVELS) & known["start"].eq(known["end"])
    of_year &= known["value"].gt(0) & ~known["unit"].str.startswith("index")
    levels = known[of_year].rename(columns={"end": "year"}).drop(columns="start")
    return levels.assign(path=[(position,) for position in levels["position"]])


def _links(known: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """What leads from one year to another: rates (above −100 %) and changes, with their scopes."""
    links = known[known["measure"].isin(LINKS)].assign(base=known["start"] - 1)
    links = links[links["low"].gt(-100) | links["measure"].eq("change")]
    beside = levels.groupby(["series", "source", "year"])["scope"].agg(["min", "max"])
    beside = beside.reindex(pd.MultiIndex.from_frame(links[["series", "source", "end"]]))
    clear = beside["min"].isin([NO_SCOPE]) | beside["min"].eq(beside["max"])
    of_level = beside["min"].where(clear | beside["min"].isna(), UNCLEAR).fillna(NO_SCOPE)
    scope = links["scope"].where(links["scope"].ne(NO_SCOPE), of_level.to_numpy(int))
    yearly = links["measure"].eq("average_growth_rate")
    return links.assign(scope=scope, years=np.where(yearly, links["end"] - links["base"], 1))


def _step(front: pd.DataFrame, links: pd.DataFrame, back: bool, widest: float) -> pd.DataFrame:
    """The figures one link away from those of `front`, of each level the narrowest for a year."""
    here, there = ("end", "base") if back else ("base", "end")
    near, far = (["series", "scope", year] for year in ("year", here))
    pairs = front.merge(links, left_on=near, right_on=far, suffixes=("", "_by"))
    change = pairs["measure_by"].eq("change")
    alike = change & pairs["unit"].eq(pairs["unit_by"])
    pairs = pairs[alike | ~change & pairs["measure"].eq("level")]
    pairs = pairs.assign(**_moved(pairs, back), year=pairs[there])
    pairs["path"] = [
        (*path, by) for path, by in zip(pairs["path"], pairs["position_by"], strict=True)
    ]
    pairs["width"] = pairs["high"] - pairs["low"]
    narrow = pairs["width"].le(widest / 100 * pairs["value"]) | pairs["path"].map(len).eq(2)
    pairs = pairs[narrow & pairs["value"].gt(0)].sort_values("width", kind="stable")
    return pairs.drop_duplicates(["position", "year"])[list(front)]


def _moved(pairs: pd.DataFrame, back: bool) -> dict[str, np.ndarray]:
    """Value, low and high of each level after, or before, what it is paired with."""
    level, by = (
        Figure(*(pairs[name + of].to_numpy(float) for name in ENDS), "") for of in ("", "_by")
    )
    changed = moved(level, by, -1 if back else 1)
    multiplied = (before_growth if back else grown)(level, by, pairs["years"].to_numpy())
    by_change, most = pairs["measure_by"].eq("change"), pairs["measure"].map({"share": 100})
    found = {
        name: np.where(by_change, getattr(changed, name), getattr(multiplied, name))
        for name in ENDS
    }
    return found | {name: np.clip(found[name], 0, most.fillna(np.inf)) for name in ("low", "high")}
