"""From the files of a data folder, or of a table of one's own, to one checked, tidy DataFrame.

Every call reads the files (`inputs`) and enforces all rules (`validation`). A file that breaks a
rule is refused whole.
"""

import pandas as pd

from . import validation
from .columns import Table
from .descriptor import DATA
from .frames import framed
from .inputs import Input, Partitions, opened
from .messages import Fault, Faults, TableError, both, nearest, shown, tell
from .partitions import located
from .provenance import Origin, extent, stamp
from .readers import dask

MOST_LISTED = 100  # places that a message lists


def load(table: object = DATA, place: str | None = None, codebook: object = DATA) -> pd.DataFrame:
    """Return the observations of `table`, each with its codebook entry and source.

    `table`: a data folder as `template` makes it, or observations with the columns of
    `observations.csv`, whose keys are those of the folder `codebook`: a CSV file, a workbook,
    Parquet or a Dask DataFrame. `place` (a key of `places.csv`) keeps the rows of one place only;
    of Parquet and Dask no others are kept in memory.

    One row is one printed figure. Beside the columns of `observations.csv` stand those of
    `indicators.csv` and `sources.csv` (the source's own note as `source_note`), the names of place
    and scope (`place_en`, `place_zh`, `scope_en`, `scope_zh`), and: `printed` (the value as text),
    `decimals` (how many were printed), `start` and `end` (first and last year of the period).
    `value` is a float in `unit`; columns with a fixed list of values are categorical; `published`
    is a date. `.attrs["provenance"]` says what the table was made of (see `provenance`).

    What the files leave open (how cells are separated, rows that are hidden) is read as it seems to
    be meant, and a `TableNotice`, which is a warning, says so.

    Raises TableError, which lists every fault of every file, when a file is missing, unreadable
    or breaks the schema; ValueError when there is no such place.
    """
    before = stamp(table, place, codebook)  # what is changed while it is read counts as changed
    package, tables = _sound(table, codebook, place)
    _check_place(place, tables["places"]["place"].cells)
    frame = framed(package, tables, place)
    frame.attrs["provenance"] = Origin(table, place, codebook, before, load, extent(frame))
    return frame


def benchmarks(folder: object = DATA) -> pd.DataFrame:
    """Limits and guideline values that others set: the rows of `benchmarks.csv`.

    `value` is a number in `unit`. Raises TableError as `load` does.
    """
    source = opened(folder, DATA)
    skipped = "observations" if source.large else None
    tables, found = validation.checked(
        source.package,
        lambda name, columns: (None, []) if name == skipped else source.read(name, columns),
    )
    tell(source.notices)
    if found:
        raise TableError(found)
    return tables["benchmarks"].frame().reset_index(drop=True).astype({"value": float})


def read(
    table: object = DATA, codebook: object = DATA
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Return the tables of an input (as for `load`) as text, by name, and all faults found.

    The index is the row in the file. A table whose header is wrong is left out; a row of the wrong
    shape too, and what such rows or the rules between tables would say comes to light when they
    are mended.
    """
    tables, found = _checked(opened(table, codebook))
    return {name: table.frame() for name, table in tables.items()}, found


def faults(table: object = DATA, codebook: object = DATA, place: str | None = None) -> Faults:
    """All faults of an input (as for `load`); none if it can be loaded.

    `place`: in Parquet, look at the rows of this place only.
    """
    try:
        return Faults(_checked(opened(table, codebook, place), rows=False)[1])
    except TableError as error:
        return Faults(error.faults)


def _sound(table, codebook, place):
    """The descriptor and the tables of an input.

    Raises TableError when there is any fault, ValueError when there is no such place.
    """
    source = opened(table, codebook, place)
    if source.large and place is not None and (known := source.places()) is not None:
        _check_place(place, known)  # before a large table is read
    tables, found = _checked(source)
    if found:
        raise TableError(found)
    return source.package, tables


def _checked(source: Input, rows: bool = True) -> tuple[dict[str, Table], list[Fault]]:
    """The tables of an input and all faults; `rows`: whether those of Dask are wanted, too."""
    try:
        if isinstance(source, Partitions):
            return dask.checked(source, rows)
        tables, found = validation.checked(source.package, source.read)
    finally:
        tell(source.notices)
    return tables, located(found, tables.get("observations"))


def _check_place(place, known):
    """Raise ValueError where a place is not one of those known."""
    if place is None or isinstance(place, str) and place in known:
        return
    choices = f"choose from: {', '.join(known)}"
    if len(known) > MOST_LISTED:
        choices = f"the table has {len(known)} others{nearest(str(place), known)}"
    found = shown(str(place)) if isinstance(place, str) else repr(place)
    raise ValueError(both(f"unknown place {found}; {choices}"))
