"""Tables whose files have changed: which call loads them, what they are called, and the same part of them loaded again."""

import os
from pathlib import Path

from .. import data, growth, labels


def origin(table):
    """Where a table was loaded from (`data.Origin` or `data.Together`), or None for one that was made by hand."""
    return table.attrs.get("origin")


def again(table):
    """The same part of a table, from its files as they are now.

    Of a table with the rows of some places or themes only, these; of a table of drawn vintages (`data.latest`), the drawn ones; of targets
    (`growth.verdicts`, `growth.with_latest`), the targets judged anew. Raises as `data.load` does, and ValueError where no row is left.
    """
    judged, whole = table.attrs.get("judged"), table.attrs["whole"]
    new = data.part(origin(table).load(), judged or data.extent(table), whole)
    if judged or len(data.latest(table)) == len(table):
        new = data.latest(new)
    if judged:
        found = growth.verdicts(new)
        found = growth.with_latest(new, found) if "latest" in table else found
        new = data.part(found, data.extent(table), table.attrs["targets"])
    if new.empty:
        raise ValueError("The files have no such rows any more.")
    return new


def name(origin):
    """What the files of a table are called, as in `my-city.csv`; of several tables those that have changed, if any has."""
    changed = [each for each in _each(origin) if each.changed()] or _each(origin)
    return " + ".join(dict.fromkeys(_named(each.table).name or str(each.table) for each in changed))


def title(origin):
    """What a citation calls a table."""
    if origin is None:
        return "table"
    return " + ".join(
        dict.fromkeys(
            labels.BUNDLE if _bundled(each.table) else _named(each.table).name
            for each in _each(origin)
        )
    )


def stem(origin):
    """The name of files that are made of a table, as in `my-city`."""
    if origin is None:
        return "table"
    return "-".join(
        dict.fromkeys(
            labels.HOME if _bundled(each.table) else _named(each.table).stem
            for each in _each(origin)
        )
    )


def call(origin):
    """The Python that loads a table, with paths as they were given; `table` for one that was made by hand."""
    if origin is None:
        return "table"
    if hasattr(origin, "origins"):
        return f"data.together({', '.join(map(call, origin.origins))})"
    arguments = [] if _bundled(origin.table) else [_path(origin.table)]
    arguments += [f"place={origin.place!r}"] if origin.place is not None else []
    arguments += [] if _bundled(origin.codebook) else [f"codebook={_path(origin.codebook)}"]
    return f"data.load({', '.join(arguments)})"


def _each(origin):
    return (
        [one for each in origin.origins for one in _each(each)]
        if hasattr(origin, "origins")
        else [origin]
    )


def _named(table):
    """The path of a table; one that is no file or folder (a Dask DataFrame) is called `table`."""
    return Path(table) if isinstance(table, str | os.PathLike) else Path("table")


def _bundled(table):
    return _named(table) == data.DATA


def _path(table):
    return repr(os.fspath(table)) if isinstance(table, str | os.PathLike) else "table"
