"""An index that printed yearly rates give, a link a year, with the range of their rounding."""

from functools import partial
from itertools import count
from typing import Any, NamedTuple

import pandas as pd

from ..data import recorded
from .derived_rows import derived_rows, like, usable_outcomes
from .figures import Figure, before_growth, figure, grown
from .series import drawn_rows

BASE = "The base of the index: 100 by definition."
FROM_RATES = "Computed from the printed growth rates of {}."


class Link(NamedTuple):
    """A year of a chain, its index, and the positions of the rates that lead to it."""

    year: int
    index: Figure
    path: tuple[int, ...]


def chained(table: pd.DataFrame, indicator: str, base: int) -> pd.DataFrame:
    """An index of the year `base` = 100 from the printed growth rates of an indicator.

    For each place, and basis of counting, that has a rate beside `base`: a chain on from the base
    and back, which ends before the first year without a printed rate. Only drawn outcomes printed
    as numbers count; an average over a span is no rate of a year. The rows are as those of
    `computed`, with the measure `index`; rates at constant prices give an index at constant prices.
    """
    rates = usable_outcomes(table, _yearly_rates(table, indicator))
    models, links = [], []
    for _, of_one in rates.groupby(["place", "scope"], observed=True, dropna=False, sort=False):
        by_year = {int(row.end): row for row in of_one.itertuples()}
        chain = _chain(by_year, base)
        models += [(by_year.get(link.year) or by_year[link.year + 1]).position for link in chain]
        links += chain
    years = pd.Series([link.year for link in links], dtype="int64")
    rows = derived_rows(
        table,
        "computed",
        pd.Series(models, dtype="int64").to_numpy(),
        [link.path for link in links],
        Figure(*(_ends(links, name) for name in ("value", "low", "high")), ""),
        measure=like(table["measure"], ["index"] * len(links)),
        unit=like(table["unit"], [f"index, {base} = 100"] * len(links)),
        decimals=1,
        period=years.astype("str"),
        start=years,
        end=years,
    )
    rows["note"] = [_note(link.year, base) for link in links]
    return recorded(rows, partial(chained, indicator=indicator, base=base), table)


def _yearly_rates(table: pd.DataFrame, indicator: str) -> pd.Series:
    """Which drawn rows have the indicator's growth rate of one year."""
    yearly = table["measure"].eq("growth_rate") & table["start"].eq(table["end"])
    return yearly & table["indicator"].eq(indicator) & drawn_rows(table)


def _note(year: int, base: int) -> str:
    """From the rates of which years the index of a year comes."""
    first, last = sorted((year, base))
    if first == last:
        return BASE
    return FROM_RATES.format(last if last == first + 1 else f"{first + 1}–{last}")


def _ends(links: list[Link], name: str) -> Any:
    return pd.Series([getattr(link.index, name) for link in links], dtype=float).to_numpy()


def _chain(rates: dict[int, Any], base: int) -> list[Link]:
    """The base and all years that rates without a gap join to it, in order; none for it alone."""
    start = Link(base, Figure(100, 100, 100, ""), ())
    after, before = [start], [start]
    for year in count(base + 1):
        if year not in rates:
            break
        _, index, path = after[-1]
        index = grown(index, figure(rates[year]))
        after.append(Link(year, index, (*path, rates[year].position)))
    for year in count(base, -1):
        if year not in rates or figure(rates[year]).low <= -100:
            break
        _, index, path = before[-1]
        index = before_growth(index, figure(rates[year]))
        before.append(Link(year - 1, index, (rates[year].position, *path)))
    return [*reversed(before[1:]), *after] if len(after) + len(before) > 2 else []


class Course(NamedTuple):
    """What the printed yearly rates of a place tell together, and beside those of another."""

    slowest: Any  # the row of the lowest rate, and of the highest
    fastest: Any
    without: list[int]  # years between the base and the last rate for which none is printed
    compared: list[int]  # years for which both places have a rate, after the base
    faster: list[int]  # those in which this place grew faster, rounding considered
    last: int  # the year to which both chains reach
    growth: Figure  # in %, from the base to that year: of this place, and of the other
    other: Figure


def course(table: pd.DataFrame, indicator: str, place: str, other: str, base: int) -> Course:
    """The years after `base` in a place beside another, as a sentence tells them.

    `table` as for `chained`. Raises LookupError where no year joins the chains of both places.
    """
    chains = chained(table, indicator, base)
    ends = {
        each: chains[chains["place"].eq(each) & chains["end"].gt(base)].set_index("end")
        for each in (place, other)
    }
    common = ends[place].index.intersection(ends[other].index)
    if common.empty:
        raise LookupError(f"no chain of {indicator} after {base} for both {place} and {other}")
    rates = usable_outcomes(table, _yearly_rates(table, indicator))
    own, others = (
        {row.end: row for row in rates[rates["place"].eq(each)].itertuples()} for each in ends
    )
    after = [year for year in sorted(own) if year > base]
    compared = [year for year in after if year in others]
    by_rate = sorted((own[year] for year in after), key=lambda row: row.value)
    return Course(
        by_rate[0],
        by_rate[-1],
        [year for year in range(base + 1, after[-1]) if year not in own],
        compared,
        [year for year in compared if figure(own[year]).low >= figure(others[year]).high],
        int(common.max()),
        *(_since_base(ends[each].loc[common.max()]) for each in (place, other)),
    )


def _since_base(row: Any) -> Figure:
    """The growth in % that an index has reached."""
    return Figure(row.value - 100, row.low - 100, row.high - 100, "%")
