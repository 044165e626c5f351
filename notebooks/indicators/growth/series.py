"""Figures of a table set in relation: views, indices, gaps, lines, growth implied by targets.

Every function takes a table as `data.load` gives it and returns a new frame; none changes its
input.
"""

from collections.abc import Collection
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pandas as pd

from ..data import RATES, filled
from .figures import average_growth, figure, half_step

LEVELS = ["level", "share"]
TOTALS = ["cumulative", "change"]
BASE_YEAR = 2020
DERIVED = ["implied", "computed"]  # statuses of rows that no source prints
NUMBERS = ["exact", "about"]  # bounds of figures that are printed as a number, not as a range


def the(
    table: pd.DataFrame,
    indicator: str,
    period: str,
    measure: str = "level",
    status: str = "actual",
    place: str = "shaoxing",
    scope: str | None = None,
) -> Any:
    """The one row with these keys, as a namedtuple; of several, the only one without a scope.

    `scope` chooses among figures that are counted on different bases. Raises LookupError, which
    names the keys and the scopes, unless there is exactly one.
    """
    keys = {
        "indicator": indicator,
        "place": place,
        "measure": measure,
        "period": period,
        "status": status,
    } | ({"scope": scope} if scope else {})
    rows = table[(table[list(keys)] == list(keys.values())).all(axis=1)]
    if len(rows) > 1 and rows["scope"].isna().sum() == 1:
        rows = rows[rows["scope"].isna()]
    if len(rows) != 1:
        scopes = ", ".join(map(str, rows["scope"]))
        cure = "choose one, as in scope=…, or give the usual one no scope"
        why = f", counted on different bases ({scopes}): {cure}"
        raise LookupError(f"{len(rows)} figures, not one, for {keys}{why if scopes else ''}")
    return next(rows.itertuples())


def implied_by_target(table: pd.DataFrame, start: int = 2020, end: int = 2025) -> pd.DataFrame:
    """Outcomes of `start` and target levels for `end`, with the growth between the two.

    Two rows of `table` for each indicator that has both as exact levels in one unit (not shares,
    not ranks), with `implied`, `implied_low` and `implied_high`: the average annual growth rate
    in %, nominal where `price_basis` is. Raises ValueError for a table of several places.
    """
    _check_one_place(table)
    usable = table["measure"].eq("level") & table["unit"].ne("rank") & table["bound"].eq("exact")
    levels = table[usable & table["value"].gt(half_step(table["decimals"]))]
    outcomes = levels[levels["status"].eq("actual") & levels["period"].eq(str(start))]
    targets = levels[levels["status"].eq("target") & levels["period"].eq(str(end))]
    pairs = pd.concat([outcomes, targets]).drop_duplicates(["indicator", "status"])
    paired = set(outcomes["indicator"]) & set(targets["indicator"])
    pairs = pairs[pairs["indicator"].isin(paired)].sort_values("indicator", kind="stable")
    rows = {(str(row.indicator), row.status): row for row in pairs.itertuples()}
    slugs = pairs["indicator"].astype("str")
    rates = {
        slug: average_growth(
            figure(rows[slug, "actual"]), figure(rows[slug, "target"]), end - start
        )
        for slug in slugs.unique()
    }
    ends = {"implied": "value", "implied_low": "low", "implied_high": "high"}
    columns = {name: [getattr(rates[slug], end) for slug in slugs] for name, end in ends.items()}
    return pairs.assign(**pd.DataFrame(columns, pairs.index, dtype=float))


def past_beside_promised(
    table: pd.DataFrame, span: str = "2016/2020", last: str = "2020", target: str = "2021"
) -> pd.DataFrame:
    """The rates that put the past beside the promise, for each indicator with two of the three.

    The three are the average annual growth rate over `span`, the growth rate of the year `last`,
    and the target for the year `target`. Rows of `table`, in the order of the codebook. Raises
    ValueError for a table of several places.
    """
    _check_one_place(table)
    wanted = [
        ("average_growth_rate", "actual", span),
        ("growth_rate", "actual", last),
        ("growth_rate", "target", target),
    ]
    kinds = sum(
        rank * (table[["measure", "status", "period"]] == list(kind)).all(axis=1)
        for rank, kind in enumerate(wanted, 1)
    )
    rows = table[kinds > 0]
    found = kinds[kinds > 0].groupby(rows["indicator"], observed=True).transform("nunique")
    return rows[found > 1].sort_values("indicator", kind="stable")


def _check_one_place(table: pd.DataFrame) -> None:
    """Raise ValueError for a table of several places."""
    places = sorted(map(str, table["place"].unique()))
    if len(places) > 1:
        raise ValueError(
            f"figures of several places: {', '.join(places)}; "
            "choose one, as in load(place='shaoxing')"
        )


def index_bases(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that an index can be set against, each for its year: exact outcomes above zero."""
    return table[
        table["measure"].eq("level")
        & table["unit"].ne("rank")
        & table["status"].eq("actual")
        & table["bound"].eq("exact")
        & table["value"].gt(0)
    ]


def index_to_base(table: pd.DataFrame, base: int = BASE_YEAR) -> pd.DataFrame:
    """Levels as an index, the outcome of the year `base` = 100; bounds and status carry over.

    Only indicators with one exact outcome above zero in `base`; ranks, shares and derived levels
    have no index, and neither has a level of another scope than that of the base. A target without
    a scope is set against the outcome of 2020 of any scope, since the targets were set from 2020.
    `printed` is the index to one decimal, computed here. Of several vintages of the base the first
    counts.
    """
    printed = table["unit"].ne("rank") & ~table["status"].isin(DERIVED)
    levels = table[table["measure"].eq("level") & printed]
    at_base = index_bases(levels)
    at_base = at_base[at_base["period"].eq(str(base))]
    if at_base.empty:
        return at_base

    def base_of(*keys: str) -> np.ndarray:
        """The level of the base year with the same keys, for each of `levels`."""
        known = at_base.drop_duplicates(keys).set_index(list(keys))["value"]
        return known.reindex(pd.MultiIndex.from_frame(levels[list(keys)])).to_numpy()

    any_scope = levels["status"].eq("target") & levels["scope"].isna() & (base == BASE_YEAR)
    same_scope = pd.Series(base_of("indicator", "place", "scope"), levels.index)
    value = 100 * levels["value"] / same_scope.where(~any_scope, base_of("indicator", "place"))
    indexed = levels.assign(
        value=value,
        printed=value.map("{:.1f}".format),
        measure="index",
        unit=f"index, {base} = 100",
        decimals=1,
    )
    return indexed[indexed["value"].notna()]


def gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Outcomes less the targets for the same year, in the target's unit or percentage points.

    Rows of the outcomes printed as numbers, with the gap as `value` and `printed` (signed),
    `measure` ‘gap’, and a note with the target as printed. Ranks, and facts with several targets
    (a target printed as a range), have no gap.
    """
    keys = ["indicator", "place", "measure", "period"]
    usable = table[table["measure"].isin([*LEVELS, *RATES]) & table["unit"].ne("rank")]
    targets = usable[usable["status"].eq("target") & drawn_rows(usable)]
    targets = targets.drop_duplicates(keys, keep=False).set_index(keys)
    outcomes = usable[usable["status"].eq("actual") & usable["bound"].isin(NUMBERS)]
    outcomes = outcomes[pd.MultiIndex.from_frame(outcomes[keys]).isin(targets.index)]
    target = targets.loc[list(outcomes[keys].itertuples(index=False, name=None))]
    target = target.set_axis(outcomes.index)
    decimals = outcomes["decimals"].clip(lower=target["decimals"])
    pairs = zip(outcomes["value"] - target["value"], decimals, strict=True)
    printed = [f"{gap:+.{digits}f}" for gap, digits in pairs]
    said = "The target as printed: " + target["as_printed"] + " (" + target["title_en"] + "). "
    return outcomes.assign(
        value=[float(gap) for gap in printed],
        printed=printed,
        decimals=decimals,
        measure="gap",
        unit=outcomes["unit"].astype("str").replace("%", "percentage points"),
        note=(said + outcomes["note"]).str.strip(),
    )


def with_lines(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with `line` and `after`, which say how figures are joined.

    `line` is a number for each run of figures that a line may join, 0 for the rest. A line joins
    outcomes (expected ones too) printed as numbers for consecutive years, of one indicator, place,
    measure and scope: never across a gap, a break, a bound, a target or what is only implied. Only
    drawn vintages are joined. `after` is, as a namedtuple, the figure before years without one, or
    before a change of the scope; None for the rest.
    """
    yearly = (
        ~table["status"].isin(["target", "implied"])
        & table["start"].eq(table["end"])
        & drawn_rows(table)
    )
    names = ["view", "indicator", "place", "measure", "unit"]
    series = [name for name in names if name in table]
    rows = table[yearly & table["bound"].isin(NUMBERS)]
    rows = rows.sort_values([*series, "scope", "start"], kind="stable")
    keys = rows[[*series, "scope"]].astype("object").fillna("")
    same = (keys == keys.shift()).all(axis=1)
    line = (~(same & rows["start"].diff().eq(1))).cumsum()
    alone = line.map(line.value_counts()) == 1
    line = line.where(~alone, 0).reindex(table.index, fill_value=0).astype(int)
    after = _after(table[yearly].sort_values([*series, "start"], kind="stable"), series)
    return table.assign(
        line=line, after=pd.Series(map(after.get, table.index), table.index, object)
    )


def _after(rows: pd.DataFrame, series: list[str]) -> dict[Any, Any]:
    """The figure before a gap or a break, by the label of the one after it.

    `rows`: figures of single years, in order. No figure of the series is between the two, and
    neither is a bound. Where one of several scopes goes on, nothing breaks.
    """
    found = {}
    for _, of_series in groupby(rows.itertuples(), lambda row: [getattr(row, of) for of in series]):
        years = [list(of_year) for _, of_year in groupby(of_series, lambda row: row.start)]
        scopes = [
            {str(row.scope): row for row in of_year if row.bound in NUMBERS} for of_year in years
        ]
        for before, now in pairwise(scopes):
            common = before.keys() & now.keys()
            gaps = {now[scope].Index: before[scope] for scope in common}
            if before and now and not common:
                found[next(iter(now.values())).Index] = list(before.values())[-1]
            found |= {label: row for label, row in gaps.items() if _start(now) > row.start + 1}
    return found


def _start(scopes: dict[str, Any]) -> int:
    """The year of figures by scope."""
    return next(iter(scopes.values())).start


def views(table: pd.DataFrame, base: int = BASE_YEAR, home: str | None = None) -> pd.DataFrame:
    """All that an explorer can draw: rows of `table`, once for each `view` they belong to.

    The views are growth rates, levels (with shares), index (`base` = 100), gap to target, totals
    (with changes) over spans, and of a table `with_derived` the share of all spending and the
    amount per resident. `row` is the row's label in `table`, `line` as from `with_lines`, `series`
    as from `series_id`; `home` is the place of the table's first row if it is not given. A table of
    all vintages has a column `drawn` (whether `data.latest` chooses the row); without it, all rows
    are drawn.
    """
    home = home or (str(table["place"].iloc[0]) if len(table) else "")
    table = filled(table).assign(row=table.index, drawn=drawn_rows(table))
    table = table.sort_values("drawn", ascending=False, kind="stable")
    measure = table["measure"]
    parts = {
        "growth rates": table[measure.isin(RATES)],
        "levels": table[measure.isin(LEVELS)],
        "index": index_to_base(table, base),
        "gap to target": gaps(table),
        "totals": table[measure.isin(TOTALS)],
        "share of all spending": table[measure.eq("share_of_spending")],
        "per resident": table[measure.eq("per_resident")],
    }
    found = pd.concat([rows.assign(view=view) for view, rows in parts.items()], ignore_index=True)
    return with_lines(found.assign(series=_series_ids(found, home)))


def series_id(indicator: str, place: str, home: str) -> str:
    """The identifier of an indicator's series in a place: `gdp` at home, else `gdp@china`.

    Distinct pairs of indicator and place have distinct identifiers: `%` and `@` within a slug or
    a place are written `%25` and `%40`. An identifier is never taken apart again.
    """
    slug, where = (text.replace("%", "%25").replace("@", "%40") for text in (indicator, place))
    return slug if place == home else f"{slug}@{where}"


def _series_ids(rows: pd.DataFrame, home: str) -> pd.Series:
    """The identifier of the series of each row, made once for each pair of indicator and place."""
    number = rows.groupby(["indicator", "place"], observed=True).ngroup()
    first = rows[~number.duplicated()]
    pairs = zip(first["indicator"].astype("str"), first["place"].astype("str"), strict=True)
    ids = [series_id(*pair, home) for pair in pairs]
    return number.map(dict(zip(number[first.index], ids, strict=True))).astype("str")


def side_by_side(
    table: pd.DataFrame, indicators: Collection[str], places: Collection[str]
) -> pd.DataFrame:
    """Of each indicator the outcomes of the last year that most of the places have on one basis.

    `table`: drawn vintages. Levels and shares of one year count, printed as numbers. In the order
    of `indicators`.
    """
    order = {slug: number for number, slug in enumerate(indicators)}
    rows = table[table["indicator"].isin(indicators) & table["place"].isin(places)]
    rows = rows[rows["status"].eq("actual") & rows["bound"].isin(NUMBERS)]
    rows = rows[rows["measure"].isin(LEVELS) & rows["start"].eq(rows["end"])]
    keys = ["indicator", "measure", "period", "scope"]
    facts = rows.groupby(keys, observed=True, dropna=False, sort=False)
    ranked = rows.assign(fact=facts.ngroup(), known=facts["place"].transform("nunique"))
    best = ranked.sort_values(["known", "end"], ascending=False, kind="stable")
    chosen = rows[ranked["fact"].isin(best.drop_duplicates("indicator")["fact"])]
    return chosen.sort_values("indicator", key=lambda slugs: slugs.map(order), kind="stable")


def drawn_rows(table: pd.DataFrame) -> pd.Series:
    """Whether each row is drawn: the column `drawn`, or all rows where there is none."""
    return table["drawn"] if "drawn" in table else pd.Series(True, table.index)
