"""Several printings of one fact, and several tables in one."""

import pandas as pd

from .columns import TEXT
from .frames import category_dtype, filled, usable
from .messages import both
from .provenance import recorded
from .vocabulary import AMOUNTS, FACT, KEY

OFFICIAL = ("primary", "copy")  # tiers of a government's own words; the others report or compile
DESCRIBED = {  # what a table of `load` says of each key
    "indicator": ["theme", "name_en", "name_zh", "price_basis", "better", "description"],
    "place": ["place_en", "place_zh"],
    "scope": ["scope_en", "scope_zh"],
    "source": [
        *("title_en", "title_zh", "publisher", "published", "url", "tier", "source_note"),
        "read_at",
    ],
}


def latest(table: pd.DataFrame) -> pd.DataFrame:
    """The drawn vintages: of several printings of one fact, the newest of the best tier.

    A fact is an indicator, place, measure, period, status and scope. An outcome printed as a
    number goes before one printed as a bound; an expected outcome is left out where the outcome is
    known. Returns rows of `table`, in its order.
    """
    table = filled(table)
    vague = table["status"].ne("target") & ~table["bound"].isin(["exact", "about"])
    ranked = table.assign(vague=vague).sort_values(
        ["vague", "tier", "published"], ascending=[True, True, False], kind="stable"
    )
    facts = ranked.groupby(list(FACT), observed=True, dropna=False, sort=False)
    best = facts["source"].transform("first")
    chosen = ranked[ranked["source"].astype("str") == best.astype("str")].drop(columns="vague")
    told = ["indicator", "place", "measure", "period"]
    known = pd.MultiIndex.from_frame(chosen.loc[chosen["status"] == "actual", told])
    expected = chosen["status"].eq("estimate")
    superseded = expected & pd.MultiIndex.from_frame(chosen[told]).isin(known)
    return recorded(chosen[~superseded].sort_index(), latest, table)


def official(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that stand in a government's own document or in a copy of one."""
    return recorded(table[table["tier"].isin(OFFICIAL)], official, table)


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of `load` as one, as that of the bundle and your own, to compare their places.

    Raises ValueError where they say different things of one key, or have one figure twice.
    """
    if not tables:
        raise ValueError(both("give at least one table"))
    tables = [usable(table) for table in tables]
    named = [_categorical(table) for table in tables]
    texts = [
        table.astype(dict.fromkeys(names, TEXT)) for table, names in zip(tables, named, strict=True)
    ]
    whole = pd.concat(texts, ignore_index=True)
    for key, columns in DESCRIBED.items():
        for name in columns:
            _check_agreement(whole.dropna(subset=[key]), key, name)
    _check_agreement(whole[whole["measure"].isin(AMOUNTS)], "indicator", "unit")
    twice = whole.duplicated(KEY)
    if twice.any():
        first = ", ".join(whole.loc[twice, KEY[:4]].iloc[0])
        cure = "leave them out of one, as in load(…, place=…)"
        raise ValueError(
            both(f"{twice.sum()} figures stand in more than one table, first {first}; {cure}")
        )
    for name in named[0]:
        known = dict.fromkeys(text for table in tables for text in _known(table[name]))
        whole[name] = whole[name].astype(category_dtype(tuple(known)))
    return recorded(whole, together, *tables)


def _categorical(table):
    """The names of the columns with a fixed list of values."""
    return table.columns[table.dtypes == "category"]


def _known(column):
    """The texts of a column, also of one without a fixed list of values, in their order."""
    return column.astype("category").cat.categories


def _check_agreement(rows, key, name):
    """Raise ValueError where rows say two things in the column `name` of one key."""
    several = rows[[key, name]].drop_duplicates()
    again = several[key].duplicated()
    if again.any():
        same = several[several[key] == several.loc[again, key].iloc[0]]
        (slug, one), (_, other) = same.iloc[:2].itertuples(index=False)
        raise ValueError(
            both(
                f"{slug!r} has the {name} {one!r} in one table and {other!r} in another; "
                "give it another key, or the same"
            )
        )
