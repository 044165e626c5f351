"""From the files of a data folder to one checked, tidy DataFrame.

`load` reads the files (`inputs`, `tables`) and enforces all rules (`rules`) on every call. A file that breaks a rule is refused whole.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from .inputs import Partitions, opened
from .partitions import located
from .readers import dask
from .rules import checked
from .tables import DATA, TABLES, TEXT, Column, Fault, TableError, nearest, schema, shown
from .templates import template

__all__ = [
    "DATA",
    "TABLES",
    "Fault",
    "Origin",
    "TableError",
    "benchmarks",
    "faults",
    "latest",
    "load",
    "read",
    "schema",
    "template",
    "together",
]

KEY = ["indicator", "place", "measure", "period", "status", "bound", "scope", "source"]
MANY = 100  # places that a message does not list
DESCRIBED = {  # what a table of `load` says of each key
    "indicator": ["theme", "name_en", "name_zh", "price_basis", "better", "description"],
    "place": ["place_en", "place_zh"],
    "scope": ["scope_en", "scope_zh"],
    "source": ["title_en", "title_zh", "publisher", "published", "url", "tier", "source_note"],
}


def load(table=DATA, place=None, codebook=DATA):
    """Return the observations of `table`, each with its codebook entry and source, as one DataFrame.

    `table`: a data folder as `template` makes it, or observations with the columns of `observations.csv`, whose keys are those of the
    folder `codebook`: a CSV file, a workbook, Parquet or a Dask DataFrame. One row is one printed figure; `place` (a key of `places.csv`)
    keeps the rows of one place only, and of Parquet and Dask no others are kept in memory. Beside the columns of
    `observations.csv` stand those of `indicators.csv` and `sources.csv` (the source's own note as
    `source_note`), the names of place and scope (`place_en`, `place_zh`, `scope_en`, `scope_zh`), and:
    `printed` (the value as text), `decimals` (how many were printed), `start` and `end` (first and last year of
    the period). `value` is a float in `unit`; columns with a fixed list of values are categorical;
    `published` is a date. `.attrs["origin"]` is the Origin, `.attrs["whole"]` the `extent`, which a part of the table keeps.

    Raises TableError, which lists every fault of every file, when a file is missing, unreadable
    or breaks the schema; ValueError when there is no such place.
    """
    origin = Origin.of(
        table, place, codebook
    )  # before the files are read: what is changed meanwhile counts as changed
    package, tables = _sound(table, codebook, place)
    _among(place, tables["places"]["place"].cells)
    columns = tables["observations"].columns
    if place is not None:
        rows = np.flatnonzero(columns["place"].each(place.__eq__))
        columns = {name: column.at(rows) for name, column in columns.items()}
    columns, categories = _joined(columns, tables), _categories(package, tables)
    period, printed, published = columns["period"], columns["value"], columns["published"]
    del tables
    data = {}
    for name in list(columns):
        column = columns.pop(name)  # large tables leave memory as the frame fills it
        data[name] = (
            _categorical(column, categories[name]) if name in categories else column.array()
        )
    data["start"] = period.each(lambda span: int(span.split("/")[0]))
    data["end"] = period.each(lambda span: int(span.split("/")[-1]))
    data["printed"] = data["value"]
    data["decimals"] = printed.each(lambda value: len(value.partition(".")[2]))
    data["value"] = printed.each(float)
    data["published"] = _dates(published)
    frame = pd.DataFrame(data, copy=False)
    frame.attrs |= {"origin": origin, "whole": extent(frame)}
    return frame


class Extent(dict):
    """The places and the themes of a table, by the names of their columns."""

    def __deepcopy__(self, memo):  # pandas copies what a table carries at every step
        return self


def extent(table):
    """The places and the themes of which a table has rows, in the order in which they first come."""
    return Extent({name: tuple(map(str, table[name].unique())) for name in ("place", "theme")})


def part(rows, had, of):
    """The rows of the places and the themes that a table had (`extent`), if it had not all of them (`of`)."""
    for name, whole in of.items():
        if set(had[name]) < set(whole):
            rows = rows[rows[name].isin(had[name])]
    return rows


@dataclass(frozen=True, eq=False)
class Origin:
    """Where a table was loaded from, with which arguments, and what its files were like then."""

    table: object
    place: str | None
    codebook: object
    stamp: tuple

    @classmethod
    def of(cls, table, place, codebook):
        return cls(table, place, codebook, _stamp(table, codebook, place))

    def changed(self):
        """Whether a file has been changed, or has gone, since the table was loaded."""
        return _stamp(self.table, self.codebook, self.place) != self.stamp

    def load(self):
        """The table loaded again. Raises as `load` does."""
        return load(self.table, self.place, self.codebook)

    def __deepcopy__(self, memo):
        return self


def _stamp(table, codebook, place):
    """When each file of an input was last changed, and how large it is; nothing where it cannot be said, as of a Dask DataFrame."""
    try:
        return tuple(
            (str(file), (found := file.stat()).st_mtime_ns, found.st_size)
            for file in opened(table, codebook, place).files
        )
    except (TableError, OSError):
        return ()


@dataclass(frozen=True)
class Together:
    """The origins of tables that stand in one, and which part of each does (`part`)."""

    origins: tuple
    parts: tuple

    def changed(self):
        """Whether one of them has changed."""
        return any(origin.changed() for origin in self.origins)

    def load(self):
        """The tables loaded again. Raises as `load` and `together` do."""
        return together(
            *(
                part(origin.load(), *which)
                for origin, which in zip(self.origins, self.parts, strict=True)
            )
        )

    def __deepcopy__(self, memo):
        return self


def together(*tables):
    """Tables of `load` as one, for example that of the bundle and your own, so that their places can be compared.

    Raises ValueError where they say different things of one key, or have one figure twice.
    """
    if not tables:
        raise ValueError("give at least one table")
    whole = pd.concat(
        [
            table.astype({name: TEXT for name in table.columns[table.dtypes == "category"]})
            for table in tables
        ],
        ignore_index=True,
    )
    for key, columns in DESCRIBED.items():
        for name in columns:
            _agree(whole.dropna(subset=[key]), key, name)
    _agree(whole[whole["measure"].isin(["level", "cumulative", "share"])], "indicator", "unit")
    twice = whole.duplicated(KEY)
    if twice.any():
        first = ", ".join(whole.loc[twice, KEY[:4]].iloc[0])
        raise ValueError(
            f"{twice.sum()} figures stand in more than one table, first {first}; leave them out of one, as in load(…, place=…)"
        )
    for name in tables[0].columns[tables[0].dtypes == "category"]:
        known = dict.fromkeys(text for table in tables for text in table[name].cat.categories)
        whole[name] = whole[name].astype(_dtype(tuple(known)))
    if all("origin" in table.attrs for table in tables):
        parts = tuple((extent(table), table.attrs["whole"]) for table in tables)
        whole.attrs |= {
            "origin": Together(tuple(table.attrs["origin"] for table in tables), parts),
            "whole": extent(whole),
        }
    return whole


def _agree(rows, key, name):
    """Raise ValueError where rows say two things in the column `name` of one key."""
    several = rows[[key, name]].drop_duplicates()
    again = several[key].duplicated()
    if again.any():
        same = several[several[key] == several.loc[again, key].iloc[0]]
        one, other = same[name].iloc[:2]
        raise ValueError(
            f"{same[key].iloc[0]!r} has the {name} {one!r} in one table and {other!r} in another; give it another key, or the same"
        )


def benchmarks(folder=DATA):
    """Limits and guideline values that others set: the rows of `benchmarks.csv`, `value` as a number in `unit`.

    Raises TableError as `load` does.
    """
    source = opened(folder, DATA)
    skipped = "observations" if source.large else None
    tables, faults = checked(
        source.package,
        lambda name, columns: (None, []) if name == skipped else source.read(name, columns),
    )
    if faults:
        raise TableError(faults)
    return tables["benchmarks"].frame().reset_index(drop=True).astype({"value": float})


def latest(table):
    """The drawn vintages: of several printings of one fact, the newest of the best tier.

    A fact is an indicator, place, measure, period, status and scope. An outcome printed as a number goes before one
    printed as a bound; an expected outcome is left out where the outcome is known. Rows of `table`.
    """
    fact = ["indicator", "place", "measure", "period", "status", "scope"]
    vague = table["status"].ne("target") & ~table["bound"].isin(["exact", "about"])
    ranked = table.assign(vague=vague).sort_values(
        ["vague", "tier", "published"], ascending=[True, True, False], kind="stable"
    )
    best = ranked.groupby(fact, observed=True, dropna=False, sort=False)["source"].transform(
        "first"
    )
    chosen = ranked[ranked["source"].astype("str") == best.astype("str")].drop(columns="vague")
    known = chosen.loc[chosen["status"] == "actual", ["indicator", "place", "measure", "period"]]
    superseded = chosen["status"].eq("estimate") & pd.MultiIndex.from_frame(
        chosen[known.columns]
    ).isin(pd.MultiIndex.from_frame(known))
    return chosen[~superseded].sort_index()


def read(table=DATA, codebook=DATA):
    """Return the tables of an input (as for `load`) as text, by name (index: the row in the file), and all faults found.

    A table whose header is wrong is left out; a row of the wrong shape too, and what such rows or the rules between
    tables would say comes to light when they are mended.
    """
    tables, faults = _checked(opened(table, codebook))
    return {name: table.frame() for name, table in tables.items()}, faults


class Faults(list):
    """Faults that a notebook shows line by line."""

    def __repr__(self):
        return str(TableError(self)) if self else "No fault was found."


def faults(table=DATA, codebook=DATA, place=None):
    """All faults of an input (as for `load`), to be read; none if it can be loaded. `place`: in Parquet, look at its rows only."""
    try:
        return Faults(_checked(opened(table, codebook, place), rows=False)[1])
    except TableError as error:
        return Faults(error.faults)


def _sound(table, codebook, place=None):
    """The descriptor and the tables of an input. Raises TableError when there is any fault, ValueError when there is no such place."""
    source = opened(table, codebook, place)
    if source.large and place is not None and (known := source.places()) is not None:
        _among(place, known)  # before a large table is read
    tables, faults = _checked(source)
    if faults:
        raise TableError(faults)
    return source.package, tables


def _checked(source, rows=True):
    """The tables of an input and all faults found; `rows`: whether those of a Dask DataFrame are wanted, too."""
    if isinstance(source, Partitions):
        return dask.checked(source, rows)
    tables, faults = checked(source.package, source.read)
    return tables, located(faults, tables.get("observations"))


def _among(place, known):
    """Raises ValueError where a place is not one of those known."""
    if place is not None and not (isinstance(place, str) and place in known):
        several = (
            f"choose from: {', '.join(known)}"
            if len(known) <= MANY
            else f"the table has {len(known)} others{nearest(str(place), known)}"
        )
        raise ValueError(
            f"unknown place {shown(str(place)) if isinstance(place, str) else repr(place)}; {several}"
        )


def _joined(columns, tables):
    """Columns of observations and, beside them, those of the tables that their keys point to."""
    headings = {
        "indicator": {
            name: name for name in tables["indicators"].columns if name not in ("indicator", "unit")
        },
        "source": {
            name: "source_note" if name == "note" else name
            for name in tables["sources"].columns
            if name != "source"
        },
        "place": {"name_en": "place_en", "name_zh": "place_zh"},
        "scope": {"name_en": "scope_en", "name_zh": "scope_zh"},
    }
    joined = dict(columns)
    for key, renamed in headings.items():
        table = tables[f"{key}s"]
        places = {text: place for place, text in enumerate(table[key].cells)}
        rows = columns[key].each(lambda text, places=places: places.get(text, -1))
        for name, heading in renamed.items():
            if heading in joined:
                raise ValueError(f"two tables have a column {heading!r}")
            joined[heading] = Column(
                [*table[name].cells, ""], rows
            )  # -1, for no entry, points to the last text
    return joined


def _categories(package, tables):
    """The allowed values of each column of keys or fixed values, in the order of the codebook."""
    categories = {}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "enum" in field.get("constraints", {}):
                categories.setdefault(field["name"], field["constraints"]["enum"])
    return categories | {
        key: tables[f"{key}s"][key].cells for key in ("indicator", "place", "scope", "source")
    }


def _categorical(column, categories):
    """A column as a categorical; an empty cell is a missing value."""
    places = {text: place for place, text in enumerate(categories)}
    codes = [places.get(text, -1) for text in column.values]
    return pd.Categorical.from_codes(codes, dtype=_dtype(tuple(categories))).take(column.codes)


@lru_cache(maxsize=32)
def _dtype(categories):
    return pd.CategoricalDtype(pd.array(categories, dtype=TEXT))


def _dates(column):
    """A column of dates; an empty cell is a missing value."""
    codes, used = pd.factorize(column.codes)
    return (
        pd.to_datetime([column.values[code] for code in used], format="%Y-%m-%d")
        .as_unit("us")
        .take(codes)
    )
