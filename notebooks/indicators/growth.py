"""Rates, targets and indices, computed from printed figures. Every function returns a new frame."""

import pandas as pd

RATES = ["growth_rate", "average_growth_rate"]
LEVELS = ["level", "share"]
BASE_YEAR = 2020


def average_growth(start, end, years):
    """The average annual growth rate, in per cent, that leads from level `start` to level `end`.

    Both levels are in one unit and above zero, `years` (the years between them) is at least 1; takes
    numbers or aligned Series. Nominal levels give a nominal rate. Raises ValueError otherwise.
    """
    if not (pd.Series(start).gt(0).all() and pd.Series(end).gt(0).all() and pd.Series(years).ge(1).all()):
        raise ValueError("an average growth rate needs two levels above zero and at least one year between them")
    return 100 * ((end / start) ** (1 / years) - 1)


def half_step(decimals):
    """Half a unit of the last printed decimal: 11.6 stands for 11.55 to 11.65."""
    return 0.5 * 10.0**-decimals


def implied_by_target(table, start=2020, end=2025):
    """Outcomes of `start` and target levels for `end`, with the growth that leads from one to the other.

    Two rows of `table` for each indicator that has both as levels in one unit (not shares, not ranks).
    `implied` is the average annual growth rate in per cent, nominal where `price_basis` is nominal; `implied_low`
    and `implied_high` are its range when the outcome is known only to its printed decimals and the
    target is taken as said.
    """
    levels = table[table["measure"].eq("level") & table["unit"].ne("rank") & table["bound"].eq("exact")]
    outcome = levels[levels["status"].eq("actual") & levels["period"].eq(str(start))]
    target = levels[levels["status"].eq("target") & levels["period"].eq(str(end))]
    outcome, target = (rows.drop_duplicates("indicator").set_index("indicator") for rows in (outcome, target))
    known, promised = outcome["value"].align(target["value"], join="inner")
    step = half_step(outcome["decimals"].reindex(known.index))
    rates = {
        "implied": average_growth(known, promised, end - start),
        "implied_low": average_growth(known + step, promised, end - start),
        "implied_high": average_growth(known - step, promised, end - start),
    }
    rows = pd.concat([outcome, target]).loc[lambda rows: rows.index.isin(known.index)].reset_index()
    return rows.assign(**{name: rows["indicator"].map(rate).astype(float) for name, rate in rates.items()})


def past_beside_promised(table, span="2016/2020", last="2020", target="2021"):
    """The rates that put the past beside the promise, for each indicator with two of the three.

    The three are the average annual growth rate over `span`, the growth rate of the year `last`, and the
    target for the year `target`. Rows of `table`, unchanged.
    """
    average = table["measure"].eq("average_growth_rate") & table["period"].eq(span)
    yearly = table["measure"].eq("growth_rate") & table["status"].eq("actual") & table["period"].eq(last)
    promised = table["measure"].eq("growth_rate") & table["status"].eq("target") & table["period"].eq(target)
    kinds = average * 1 + yearly * 2 + promised * 4
    chosen = table[kinds > 0]
    return chosen[kinds[kinds > 0].groupby(chosen["indicator"], observed=True).transform("nunique") > 1]


def index_to_base(table, base=BASE_YEAR):
    """Levels as an index, the outcome of the year `base` = 100; bounds and status carry over.

    Only indicators with an exact outcome above zero in `base`; ranks and shares have no index.
    `printed` is the index to one decimal, as computed here, not as printed anywhere.
    """
    levels = table[table["measure"].eq("level") & table["unit"].ne("rank")]
    at_base = levels["period"].eq(str(base)) & levels["status"].eq("actual") & levels["bound"].eq("exact") & levels["value"].gt(0)
    bases = levels[at_base].drop_duplicates(["indicator", "place"]).set_index(["indicator", "place"])["value"]
    keys = pd.MultiIndex.from_frame(levels[["indicator", "place"]])
    value = 100 * levels["value"] / bases.reindex(keys).to_numpy()
    index = levels.assign(value=value, printed=value.map("{:.1f}".format), measure="index", unit=f"index, {base} = 100")
    return index[index["value"].notna()]


def views(table, base=BASE_YEAR):
    """All that an explorer can draw, by `view`: growth rates, levels (with shares), index.

    Rows of `table`, once for each view they belong to; `panel` names the axis they share.
    """
    rates = table[table["measure"].isin(RATES)]
    levels = table[table["measure"].isin(LEVELS)]
    index = index_to_base(table, base)
    panels = {
        "growth rates": (rates, "Growth rate, % a year"),
        "levels": (levels, levels["measure"].map(str.capitalize).astype("str") + ", " + levels["unit"].astype("str")),
        "index": (index, f"Index, {base} = 100"),
    }
    return pd.concat([rows.assign(view=view, panel=panel) for view, (rows, panel) in panels.items()], ignore_index=True)
