"""What a table was made of: the call that loaded it and each step since, to repeat and to cite.

A table carries its provenance in `.attrs`, and pandas hands it on to rows that are taken of it.
That a table has the rows of some places or themes only is seen from its `extent`; each other step
is recorded by the function that does it (`recorded`).
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .descriptor import DATA
from .inputs import opened
from .messages import TableError, both

BUNDLE_TITLE = "Shaoxing 2015–2025: plans and outcomes"
BY_HAND = "table"  # what a table is called that no file was loaded for


NARROWED_BY = ("place", "theme")


class Extent(tuple):
    """The pairs of place and theme that a table has rows of, in the order of their first rows.

    None stands for a column that the table does not have. `rows`: how many rows each pair has.
    """

    def __new__(cls, rows: dict[tuple, int]):
        made = super().__new__(cls, rows)
        made.rows = rows
        return made

    def __deepcopy__(self, memo):  # pandas copies what a table carries at every step
        return self

    def left_by(self, kept: "Extent") -> dict[str, set[str]]:
        """The places and the themes that `kept` was narrowed to, by the name of the column.

        A table of one place need not have all themes: it is not narrowed by theme if it has all
        that this place had.
        """
        left = {}
        for position, name in enumerate(NARROWED_BY):
            mine, others = ({pair[at] for pair in kept} for at in (position, 1 - position))
            possible = {
                pair[position] for pair in self if None in others or pair[1 - position] in others
            }
            if None not in mine and mine < possible:
                left[name] = mine
        return left

    def lacks_rows_of(self, whole: "Extent") -> bool:
        """Whether a pair has fewer rows than it had in `whole`."""
        return any(self.rows[pair] < whole.rows.get(pair, 0) for pair in self)


def extent(table: pd.DataFrame) -> Extent:
    """The extent of a table."""
    pairs = table.reindex(columns=NARROWED_BY).astype("object")
    pairs = pairs.where(pairs.notna(), None)
    return Extent(Counter(zip(*(pairs[name] for name in NARROWED_BY), strict=True)))


@dataclass(frozen=True, eq=False)
class Origin:
    """A call of `load`: its arguments, the state of its files, and the extent of the result."""

    table: object
    place: str | None
    codebook: object
    stamp: tuple
    loader: Callable | None = None
    whole: Extent | None = None

    @property
    def origins(self) -> tuple["Origin", ...]:
        """The calls of `load` that the table was made of: this one."""
        return (self,)

    def changed(self) -> bool:
        """Whether a file has been changed, or has gone, since the table was loaded."""
        return stamp(self.table, self.place, self.codebook) != self.stamp

    def load(self, done: dict | None = None) -> pd.DataFrame:
        """The table loaded again. Raises as `load` does."""
        return self.loader(self.table, self.place, self.codebook)

    def __deepcopy__(self, memo):
        return self


@dataclass(frozen=True, eq=False)
class Step:
    """A call of a function on tables: the provenance and extent of each, and that of the result."""

    function: Callable
    tables: tuple[tuple["Provenance", Extent], ...]
    whole: Extent

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The calls of `load` that the table was made of, each once."""
        return tuple(dict.fromkeys(each for made, _ in self.tables for each in made.origins))

    def changed(self) -> bool:
        """Whether a file of one of the tables has been changed, or has gone, since then."""
        return any(each.changed() for each in self.origins)

    def load(self, done: dict | None = None) -> pd.DataFrame:
        """The result of the same call on tables loaded again, each once (`done` has those so far).

        Raises as `load` and the functions do.
        """
        done = {} if done is None else done
        for made, _ in self.tables:
            done[made] = done[made] if made in done else made.load(done)
        return self.function(*(_narrowed(done[made], made, had) for made, had in self.tables))

    def __deepcopy__(self, memo):
        return self


Provenance = Origin | Step


def stamp(table: object, place: str | None, codebook: object) -> tuple:
    """When each file of an input was last changed, and how many bytes it has.

    Empty where that cannot be said, as of a Dask DataFrame.
    """
    try:
        return tuple(
            (str(file), (found := file.stat()).st_mtime_ns, found.st_size)
            for file in opened(table, codebook, place).files
        )
    except (TableError, OSError):
        return ()


def recorded(result: pd.DataFrame, function: Callable, *tables: pd.DataFrame) -> pd.DataFrame:
    """The result, which now carries that `function(*tables)` made it.

    It carries nothing if one of the tables was made by hand.
    """
    result.attrs.pop("provenance", None)
    if all(origin(table) for table in tables):
        had = tuple((origin(table), extent(table)) for table in tables)
        result.attrs["provenance"] = Step(function, had, extent(result))
    return result


def origin(table: pd.DataFrame) -> Provenance | None:
    """What a table was made of, or None for one that was made by hand."""
    return table.attrs.get("provenance")


def reloaded(table: pd.DataFrame) -> pd.DataFrame:
    """The table made anew from its files as they are now.

    Each step is repeated, for the places and themes that it was done for. Raises as `data.load`
    and the steps do, and ValueError where no row is left.
    """
    made = origin(table)
    new = _narrowed(made.load(), made, extent(table))
    if new.empty:
        raise ValueError(both("The files have no such rows any more."))
    return new


def masked(table: pd.DataFrame) -> bool:
    """Whether rows were left out other than by place or theme, of the table or on the way to it.

    That is not recorded: they are there again in a table that is loaded again.
    """
    made = origin(table)
    return made is not None and _masked(made, extent(table))


def _masked(made, had):
    before = made.tables if isinstance(made, Step) else ()
    return had.lacks_rows_of(made.whole) or any(_masked(*part) for part in before)


def _is_part(made, had):
    """Whether a table had not all of the places and themes that were made."""
    return bool(made.whole.left_by(had))


def _narrowed(rows, made, had):
    """The rows of the places and themes that a table had, if it had not all that were made."""
    for name, kept in made.whole.left_by(had).items():
        rows = rows[rows[name].isin(kept)]
    return rows


def name(made: Provenance) -> str:
    """What the files of a table are called, as in `my-city.csv`; of several, those that changed."""
    changed = [each for each in made.origins if each.changed()] or made.origins
    return " + ".join(dict.fromkeys(_named(each.table).name or str(each.table) for each in changed))


def titles(made: Provenance | None) -> list[str]:
    """What a citation calls the tables that a table is made of."""
    if made is None:
        return [BY_HAND]
    found = (
        BUNDLE_TITLE if _bundled(each.table) else _named(each.table).name for each in made.origins
    )
    return list(dict.fromkeys(found))


def release() -> tuple[str, str, str]:
    """Version, date and address of the bundle, as in `CITATION.cff`; empty what is not there."""
    try:
        text = (DATA.parent / "CITATION.cff").read_text(encoding="utf-8")
    except OSError:
        return "", "", ""
    found = (
        re.search(rf"^{key}: (.*)$", text, re.MULTILINE)
        for key in ("version", "date-released", "url")
    )
    version, released, address = (each[1].strip(" \"'") if each else "" for each in found)
    return version, released, address


def call(made: Provenance | None) -> str:
    """The Python that makes a table, with paths as they were given.

    A table that takes more to make than functions of `data` is called `table`.
    """
    return _call(made) or BY_HAND


def _call(made):
    """The call that makes a table; None if it takes more than functions of `data`."""
    if hasattr(made, "loader"):  # an `Origin`, also of a package that was imported before
        arguments = [] if _bundled(made.table) else [_path(made.table)]
        arguments += [f"place={made.place!r}"] if made.place is not None else []
        arguments += [] if _bundled(made.codebook) else [f"codebook={_path(made.codebook)}"]
        return f"data.load({', '.join(arguments)})"
    if made is None or not made.function.__module__.startswith(f"{__package__}."):
        return None
    # More rows than there were do no harm, but for tables that may then say the same.
    several = len(made.tables) > 1
    parts = [None if several and _is_part(*part) else _call(part[0]) for part in made.tables]
    return f"data.{made.function.__name__}({', '.join(parts)})" if all(parts) else None


def _named(table):
    """The path of a table; a Dask DataFrame has none and is called `table`."""
    return Path(table).expanduser() if isinstance(table, str | os.PathLike) else Path(BY_HAND)


def _bundled(table):
    return _named(table) == DATA


def _path(table):
    return repr(os.fspath(table)) if isinstance(table, str | os.PathLike) else BY_HAND
