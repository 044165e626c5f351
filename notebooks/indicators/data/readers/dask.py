"""A Dask DataFrame as a table, judged where its partitions are.

Only faults and chosen rows come to the notebook. Rules between rows (a key stands once, ends of a
range, figures out of their series) hold across partitions: workers split hashes of the rows by
value, find those that are suspicious, and only these rows are fetched and judged. Workers need Dask
and pandas, not this package: a copy is sent to them. Dask is imported when such a table is read.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import numpy as np

from .. import validation
from ..columns import Table, unordered_header_faults
from ..descriptor import columns, resource
from ..messages import Fault, TableError, of_file
from ..partitions import FIRST_ROW, HOW_TO_INSTALL, Collected, Rows, located
from .dask_tasks import Tasks

NAME = "Dask DataFrame"
LONGEST_REASON = 300  # characters of an error


def is_dask(table: object) -> bool:
    """Whether something is a Dask DataFrame. Raises TableError for another collection of Dask."""
    if not hasattr(type(table), "__dask_graph__"):
        return False
    try:
        from dask.dataframe import DataFrame
    except ImportError as error:
        problem = f"it is read with the package dask, which is not there ({error})"
        raise _refused(f"{problem}; {HOW_TO_INSTALL}") from None
    if not isinstance(table, DataFrame):
        found = f"this is a {type(table).__name__} of Dask"
        cure = "give a DataFrame of Dask, as dask.dataframe.read_parquet() makes it"
        raise _refused(f"{found}; {cure}")
    return True


def checked(source: Any, rows: bool = True) -> tuple[dict[str, Table], list[Fault]]:
    """The tables of an input whose `frame` is a Dask DataFrame, and all faults found.

    `rows`: whether the observations are wanted, those of `source.place`. Faults of a partition
    have its number in the DataFrame, from 0, and the row in it, from 1.
    """
    tables, faults = validation.checked(source.package, source.read)
    described = resource(source.package, "observations")
    names = columns(described)
    faults = faults + _meta_faults(source.frame, names)
    if faults:
        return tables, faults
    partitions = source.frame[names].to_delayed()
    tasks = Tasks(source, tables, names, described["schema"]["primaryKey"], len(partitions), rows)
    reports, suspects = _computed(*tasks.judged(partitions))
    faults = [_of_partition(Fault(*fault)) for found, _ in reports for fault in found]
    chosen = [rows for _, rows in reports]
    faults += _between(source, tasks, partitions, suspects, tables)
    if rows:
        tables |= {"observations": _gathered(chosen, names)}
        if not faults and all(each is None for each in chosen):
            problem = f"there are no rows in its {len(chosen)} partitions; look at how it is made"
            faults = [of_file(NAME, problem)]
    return tables, sorted(faults, key=_order)


def _refused(problem):
    return TableError([of_file(NAME, problem)])


def _meta_faults(frame, names):
    """All columns that are missing, unknown, doubled or not of text."""
    faults = unordered_header_faults(NAME, frame.columns, names)
    for name, kind in zip(frame.columns, frame.dtypes, strict=True):
        if hasattr(kind, "categories") and getattr(frame[name].cat, "known", False):
            kind = kind.categories.dtype
        is_text = str(kind) in ("category", "object") or getattr(kind, "type", None) is str
        if name in names and not is_text:
            lost = f"the column is of type {kind}, which loses what was printed (7.0 is not 7)"
            faults.append(Fault(NAME, None, name, f"{lost}; read it as text (dtype=str)"))
    return faults


def _computed(*wanted):
    """Values of Dask. Raises TableError where they cannot be computed."""
    import dask

    try:
        return dask.compute(*wanted)
    except Exception as error:  # partitions run anyone's code, on machines that may be lost
        said = (str(error).splitlines() or [""])[0][:LONGEST_REASON]
        problem = f"its partitions could not be computed ({type(error).__name__}: {said})"
        raise _refused(f"{problem}; look at how it is made, then load it again") from error


def _of_partition(fault):
    """A fault of a worker with its row as counted in the partition, from 1."""
    counted = fault.row and fault.row >= FIRST_ROW
    return replace(fault, row=fault.row - FIRST_ROW + 1 if counted else None)


def _order(fault):
    """What sorts faults by partition and row, those of the whole table first."""
    name, _, number = fault.file.rpartition(" ")
    return int(number) if name == "partition" else -1, fault.row or 0


def _gathered(pieces, names):
    """The Table of the chosen rows of all partitions."""
    collected = Collected(names)
    for piece in pieces:
        for name, (values, codes) in (piece or {}).items():
            collected.add(name, values, codes)
    found = collected.columns()
    return Table(NAME, range(FIRST_ROW, len(found[names[0]].codes) + FIRST_ROW), found, part=True)


def _between(source, tasks, partitions, suspects, tables):
    """The faults between rows of any partitions; only rows that are suspicious are fetched."""
    rows, series = defaultdict(list), defaultdict(list)
    for (of_rows, numbers), (of_series, hashes) in suspects:
        for part, row in zip(of_rows, numbers, strict=True):
            rows[part].append(row)
        for part, each in zip(of_series, hashes, strict=True):
            series[part].append(each)
    parts = sorted({*rows, *series})
    if not parts:
        return []
    wanted = [tasks.picked(partitions[part], rows[part], series[part]) for part in parts]
    (found,) = _computed(wanted)
    table = _gathered([each for _, each in found], tasks.names)
    which = np.concatenate([np.full(len(at), part) for part, (at, _) in enumerate(found)])
    numbers = np.concatenate([at + 1 for at, _ in found])
    table = replace(table, rows=Rows([f"partition {part}" for part in parts], which, numbers))

    def faults(apart):
        judged = tables | {"observations": replace(table, apart=apart)}
        return validation.checked(source.package, lambda name, _: (judged[name], []))[1]

    found = Counter(faults(apart=False)) - Counter(faults(apart=True))
    return located(list(found.elements()), table)
