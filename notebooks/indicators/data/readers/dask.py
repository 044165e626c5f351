"""A Dask DataFrame as a table: partitions are judged where they are, and only faults and chosen rows come to the notebook.

Rules between rows (a key stands once, ends of a range, figures out of their series) hold across partitions: workers split hashes of the rows
by value, find those that are suspicious, and only these rows are fetched and judged. Workers need Dask and pandas, not this package: a copy
is sent to them. Dask is imported when such a table is read.
"""

import hashlib
import pickle
import tempfile
import zipfile
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name

import numpy as np

from .. import rules
from ..partitions import FIRST, LARGE, Collected, Rows, located
from ..tables import Fault, Table, TableError, header_faults

MOST_BUCKETS = 32
NAME = "Dask DataFrame"


def is_dask(table):
    """Whether something is a Dask DataFrame. Raises TableError for another collection of Dask."""
    if not hasattr(type(table), "__dask_graph__"):
        return False
    try:
        from dask.dataframe import DataFrame
    except ImportError as error:
        raise _refused(
            f"it is read with the package dask, which is not there ({error}); {LARGE}"
        ) from None
    if not isinstance(table, DataFrame):
        raise _refused(
            f"this is a {type(table).__name__} of Dask; give a DataFrame of Dask, as dask.dataframe.read_parquet() makes it"
        )
    return True


def checked(source, rows=True):
    """The tables of a Dask DataFrame and its codebook, and all faults found. The rows are those of `source.place`; none if not `rows`.

    Faults of a partition have its place in the DataFrame, from 0, and the row in it, from 1.
    """
    tables, faults = rules.checked(source.package, source.read)
    described = next(
        resource["schema"]
        for resource in source.package["resources"]
        if resource["name"] == "observations"
    )
    names = [field["name"] for field in described["fields"]]
    faults = faults + _meta_faults(source.frame, names)
    if faults:
        return tables, faults
    parts = source.frame[names].to_delayed()
    work = _Work(
        source, tables, names, described["primaryKey"], min(MOST_BUCKETS, len(parts)), rows
    )
    heads, suspects = _computed(*work.judged(parts))
    faults = [_of_part(Fault(*fault)) for found, _ in heads for fault in found]
    faults += _between(work, parts, suspects, tables)
    if rows:
        tables |= {"observations": _gathered([chosen for _, chosen in heads], names)}
    if not faults and not any(sizes := [chosen is not None for _, chosen in heads]) and rows:
        faults = [
            Fault(
                NAME,
                None,
                None,
                f"there are no rows in its {len(sizes)} partitions; look at how it is made",
            )
        ]
    return tables, sorted(faults, key=_order)


def _refused(problem):
    return TableError([Fault(NAME, None, None, problem)])


def _meta_faults(frame, names):
    """All columns that are missing, unknown, doubled or not of text."""
    order = {name: place for place, name in enumerate(names)}
    header = sorted(map(str, frame.columns), key=lambda name: order.get(name, len(names)))
    faults = [replace(fault, row=None) for fault in header_faults(NAME, header, names)]
    for name, kind in zip(frame.columns, frame.dtypes, strict=True):
        kind = (
            kind.categories.dtype
            if hasattr(kind, "categories") and getattr(frame[name].cat, "known", False)
            else kind
        )
        if (
            name in order
            and str(kind) != "category"
            and str(kind) != "object"
            and getattr(kind, "type", None) is not str
        ):
            problem = f"the column is of type {kind}, which loses what was printed (7.0 is not 7); read it as text (dtype=str)"
            faults.append(Fault(NAME, None, name, problem))
    return faults


def _computed(*wanted):
    """Values of Dask. Raises TableError where they cannot be computed."""
    import dask

    try:
        return dask.compute(*wanted)
    except (
        Exception
    ) as error:  # partitions run code of whoever made them, on machines that may be lost
        reason = (str(error).splitlines() or [""])[0][:300]
        problem = f"its partitions could not be computed ({type(error).__name__}: {reason}); look at how it is made, then load it again"
        raise _refused(problem) from error


def _package():
    """The package that has the module `dask_worker` where tasks run: this one, or on a cluster a copy of it that is sent there.

    The name of a copy ends in a hash, so that it hides no other version of this bundle that a worker has.
    """
    from dask.base import get_scheduler

    client = getattr(get_scheduler(), "__self__", None)
    if not hasattr(client, "register_plugin"):
        return __name__.rpartition(".")[0]
    from distributed.diagnostics.plugin import UploadFile

    room = Path(__file__).parents[1]
    texts = {
        file.relative_to(room.parent).as_posix(): file.read_bytes()
        for file in sorted(room.rglob("*.py"))
    }
    package = f"indicators_{hashlib.sha256(repr(texts).encode()).hexdigest()[:12]}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{package}.zip")
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(f"{package}/__init__.py", "")
            for name, text in texts.items():
                packed.writestr(f"{package}/{name}", text)
        plugin = UploadFile(path)
    plugin.idempotent = True  # a cluster that has this copy is not sent it again
    client.register_plugin(plugin, name=package)  # workers that come later get it, too
    return f"{package}.{room.name}.{Path(__file__).parent.name}"


class _Work:
    """What is asked of the workers."""

    def __init__(self, source, tables, names, key, buckets, rows):
        import dask

        plain = {
            name: (
                table.file,
                table.rows,
                {key: (list(column.values), column.codes) for key, column in table.columns.items()},
            )
            for name, table in tables.items()
        }
        context = {
            "package": source.package,
            "names": names,
            "key": key,
            "place": source.place,
            "rows": rows,
            "buckets": buckets,
            "tables": plain,
        }
        self.source, self.names, self.buckets = source, names, buckets
        self.sent, self.module = dask.delayed(pickle.dumps(context)), f"{_package()}.dask_worker"

    def run(self, action, *arguments):
        """What a function of `dask_worker` returns; to be computed."""
        import dask

        function = dask.delayed(resolve_name, pure=True)(f"{self.module}:{action}")
        return function(self.sent, *arguments, pure=False)

    def judged(self, parts):
        """For each partition its faults and chosen rows, and for each bucket what is suspicious in it; to be computed."""
        reports = [self.run("judged", part, number) for number, part in enumerate(parts)]
        suspects = [
            self.run("suspects", [report[1 + bucket] for report in reports])
            for bucket in range(self.buckets)
        ]
        return [report[0] for report in reports], suspects

    def picked(self, part, rows, series):
        return self.run("picked", part, np.array(rows, np.intp), np.array(series, np.uint64))


def _of_part(fault):
    """A fault of a worker with its row as counted in the partition, from 1."""
    return replace(fault, row=fault.row - FIRST + 1 if fault.row and fault.row >= FIRST else None)


def _order(fault):
    return int(fault.file.rpartition(" ")[2]) if fault.file.startswith(
        "partition "
    ) else -1, fault.row or 0


def _gathered(pieces, names):
    """The Table of the chosen rows of all partitions."""
    collected = Collected(names)
    for piece in pieces:
        for name, (values, codes) in (piece or {}).items():
            collected.add(name, values, codes)
    columns = collected.columns()
    return Table(NAME, range(FIRST, len(columns[names[0]].codes) + FIRST), columns, part=True)


def _between(work, parts, suspects, tables):
    """The faults between rows of any partitions, from rows that are suspicious; these are fetched, and nothing else is."""
    rows, series = defaultdict(list), defaultdict(list)
    for (of_rows, numbers), (of_series, hashes) in suspects:
        for part, row in zip(of_rows, numbers, strict=True):
            rows[part].append(row)
        for part, each in zip(of_series, hashes, strict=True):
            series[part].append(each)
    wanted = sorted({*rows, *series})
    if not wanted:
        return []
    (found,) = _computed([work.picked(parts[part], rows[part], series[part]) for part in wanted])
    table = _gathered([columns for _, columns in found], work.names)
    which = np.concatenate([np.full(len(positions), at) for at, (positions, _) in enumerate(found)])
    numbers = Rows(
        [f"partition {part}" for part in wanted],
        which,
        np.concatenate([positions + 1 for positions, _ in found]),
    )

    def faults(apart):
        observations = replace(table, rows=numbers, apart=apart)
        return rules.checked(
            work.source.package,
            lambda name, _: (observations, []) if name == "observations" else (tables[name], []),
        )[1]

    return located(
        list((Counter(faults(False)) - Counter(faults(True))).elements()),
        replace(table, rows=numbers),
    )
