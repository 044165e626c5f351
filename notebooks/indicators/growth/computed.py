"""Ratios and shares that two printed figures of one place and year give."""

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..data import filled, latest, recorded
from .derived_rows import ENDS, derived_rows, like, usable_outcomes
from .figures import Figure, ratio, times
from .implied import implied
from .series import drawn_rows

ALL_SPENDING, RESIDENTS = "general_public_budget_expenditure", "resident_population"
SECTORS = ["primary", "secondary", "tertiary"]
SPENDING = [  # by purpose; livelihood spending is a part that each government draws for itself
    *("education_spending", "social_security_spending", "health_spending"),
    *("science_technology_spending", "culture_spending", "environment_spending"),
    *("community_spending", "agriculture_spending", "transport_spending"),
    *("debt_interest_spending", "housing_spending", "livelihood_spending"),
]
OF_INDICATOR = ["indicator", "theme", "name_en", "name_zh", "price_basis", "better", "description"]
OF_SCOPE = ["scope", "scope_en", "scope_zh"]
CNY_PER_PERSON = 1e4  # 100 million CNY for 10,000 persons


class Rule(NamedTuple):
    """What two indicators give: `scale` × part / whole, as a figure of the indicator `of`."""

    of: str
    measure: str
    part: str
    whole: str
    unit: str
    scale: float
    decimals: int


RULES = [
    Rule("urban_rural_income_ratio", "level", "urban_income", "rural_income", "ratio", 1, 2),
    *(
        Rule(f"{sector}_share_of_gdp", "share", f"{sector}_value_added", "gdp", "%", 100, 1)
        for sector in SECTORS
    ),
    *(Rule(spent, "share_of_spending", spent, ALL_SPENDING, "%", 100, 1) for spent in SPENDING),
    *(
        Rule(spent, "per_resident", spent, RESIDENTS, "CNY", CNY_PER_PERSON, 0)
        for spent in [ALL_SPENDING, *SPENDING]
    ),
]


def computed(table: pd.DataFrame) -> pd.DataFrame:
    """What `RULES` give for each year and place, as rows of status ‘computed’.

    `table`: all vintages, best with a column `drawn`, since a page may print both figures of which
    another page is drawn for one.

    Both figures are outcomes printed as numbers, of one source, and of one scope where both have
    one. Only the residents (at the end of the year) are of any source: the one that `data.latest`
    chooses, of several scopes that with most years of the place. The columns are as those of
    `implied`, with the source of the part. A ratio or a share of GDP is a figure of its own
    indicator, where the table has one; spending keeps its indicator, with the measure
    `share_of_spending` or `per_resident`.
    """
    pairs = _ruled(table)
    described = _described(table, pairs)
    pairs, described = pairs[described >= 0], described[described >= 0]
    part, whole = (
        Figure(*(pairs[name + of].to_numpy(float) for name in ENDS), "") for of in ("", "_whole")
    )
    positions = pairs[["position", "position_whole"]].to_numpy(int)
    scoped = np.where(pairs["scoped"], *positions.T)
    rows = derived_rows(
        table,
        "computed",
        positions[:, 0],
        list(map(tuple, positions.tolist())),
        times(ratio(part, whole), pairs["scale"].to_numpy(float)),
        measure=like(table["measure"], pairs["measure_rule"]),
        unit=like(table["unit"], pairs["unit_rule"]),
        decimals=pairs["decimals_rule"].to_numpy(int),
        **{name: table[name].iloc[described].array for name in OF_INDICATOR},
        **{name: table[name].iloc[scoped].array for name in OF_SCOPE},
    )
    return recorded(rows, computed, table)


def with_derived(table: pd.DataFrame, widest: float = 2.0) -> pd.DataFrame:
    """`table`, then the drawn rows of `implied` and `computed`, with a column `drawn`.

    The table keeps its labels; those of the new rows follow the highest, or are 0 and on where the
    labels are no whole numbers. Printed rows have no `low`, `high` and `of`.
    """
    found = [rows[rows["drawn"]] for rows in (implied(table, widest), computed(table))]
    numbered = pd.api.types.is_integer_dtype(table.index) and len(table)
    first = int(table.index.max()) + 1 if numbered else 0
    new = pd.concat(found, ignore_index=True).set_index(
        pd.RangeIndex(first, first + sum(map(len, found)))
    )
    whole = pd.concat([table.assign(drawn=drawn_rows(table)), new])
    names = ["status", "measure", "unit"]
    whole = whole.assign(**{name: like(table[name], whole[name]) for name in names})
    return recorded(whole, partial(with_derived, widest=widest), table)


def _ruled(table: pd.DataFrame) -> pd.DataFrame:
    """The figures that `RULES` set in relation, in pairs."""
    named = {name for rule in RULES for name in (rule.part, rule.whole)}
    levels = table["measure"].eq("level") & table["start"].eq(table["end"])
    known = usable_outcomes(table, levels & table["indicator"].isin(named))
    known = known.assign(scoped=known["scope"].notna() & known["scope"].ne(""))
    rules = pd.DataFrame(RULES).assign(rule=range(len(RULES)))
    heads = rules["whole"].eq(RESIDENTS)
    one_source = _pairs(known, known, rules[~heads], "source")
    per_head = _pairs(known, _residents(known), rules[heads])
    return pd.concat([one_source, per_head], ignore_index=True)


def _pairs(
    parts: pd.DataFrame, wholes: pd.DataFrame, rules: pd.DataFrame, *common: str
) -> pd.DataFrame:
    """The figures of `parts` and `wholes` that a rule sets in relation, of one place and year."""
    parts = parts.astype({"indicator": "str"}).merge(
        rules, left_on="indicator", right_on="part", suffixes=("", "_rule")
    )
    keys = ["place", "end", *common]
    pairs = parts.merge(
        wholes.astype({"indicator": "str"}),
        left_on=["whole", *keys],
        right_on=["indicator", *keys],
        suffixes=("", "_whole"),
    )
    one_unit = pairs["unit"].eq(pairs["unit_whole"]) | pairs["whole"].eq(RESIDENTS)
    scope, of_whole = (pairs[f"scope{of}"].astype(object).fillna("") for of in ("", "_whole"))
    one_scope = scope.eq(of_whole) | ~(pairs["scoped"] & pairs["scoped_whole"])
    return pairs[one_unit & one_scope & pairs["low_whole"].gt(0)]


def _residents(known: pd.DataFrame) -> pd.DataFrame:
    """Of each place and year the residents that a figure per head is divided by."""
    heads = filled(latest(known[known["indicator"].eq(RESIDENTS)]))
    years = heads.groupby(["place", "scope"], observed=True, dropna=False)["end"]
    heads = heads.assign(years=years.transform("nunique"))
    longest = heads.sort_values(["years", "published"], ascending=False, kind="stable")
    return longest.drop(columns="years").drop_duplicates(["place", "end"])


def _described(table: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    """The position of a row that describes the indicator of each pair; −1 where there is none."""
    slugs = table["indicator"].astype("str").reset_index(drop=True).drop_duplicates()
    known = dict(zip(slugs, slugs.index, strict=True))
    return pairs["of"].map(known).fillna(-1).to_numpy(int)
