"""A Dask DataFrame as a table: partitions are judged where they are, and only faults and chosen rows come to the notebook.

Rules between rows (a key stands once, ends of a range, figures out of their series) hold across partitions: workers split hashes of the rows
by value, find those that are suspicious, and only these rows are fetched and judged. Workers need Dask and pandas, not this package: its text
is sent to them. Dask is imported when such a table is read.
"""

import builtins
import hashlib
import pickle
import re
import types
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from . import rules
from .parts import FIRST, LARGE, Collected, Rows, located
from .tables import Fault, Table, TableError, header_faults

MOST_BUCKETS = 32
NAME = "Dask DataFrame"


def is_dask(table):
    """Whether something is a Dask DataFrame. Raises TableError for another collection of Dask."""
    if not hasattr(type(table), "__dask_graph__"):
        return False
    try:
        from dask.dataframe import DataFrame
    except ImportError as error:
        raise _refused(f"it is read with the package dask, which is not there ({error}); {LARGE}") from None
    if not isinstance(table, DataFrame):
        raise _refused(f"this is a {type(table).__name__} of Dask; give a DataFrame of Dask, as dask.dataframe.read_parquet() makes it")
    return True


def checked(source, rows=True):
    """The tables of a Dask DataFrame and its codebook, and all faults found. The rows are those of `source.place`; none if not `rows`.

    Faults of a partition have its place in the DataFrame, from 0, and the row in it, from 1.
    """
    tables, faults = rules.checked(source.package, source.read)
    described = next(resource["schema"] for resource in source.package["resources"] if resource["name"] == "observations")
    names = [field["name"] for field in described["fields"]]
    faults = faults + _meta_faults(source.frame, names)
    if faults:
        return tables, faults
    parts = source.frame[names].to_delayed()
    work = _Work(source, tables, names, described["primaryKey"], min(MOST_BUCKETS, len(parts)), rows)
    heads, suspects = _computed(*work.judged(parts))
    faults = [_of_part(Fault(*fault)) for found, _ in heads for fault in found]
    faults += _between(work, parts, suspects, tables)
    if rows:
        tables |= {"observations": _gathered([chosen for _, chosen in heads], names)}
    if not faults and not any(sizes := [chosen is not None for _, chosen in heads]) and rows:
        faults = [Fault(NAME, None, None, f"there are no rows in its {len(sizes)} partitions; look at how it is made")]
    return tables, sorted(faults, key=_order)


def _refused(problem):
    return TableError([Fault(NAME, None, None, problem)])


def _meta_faults(frame, names):
    """All columns that are missing, unknown, doubled or not of text."""
    order = {name: place for place, name in enumerate(names)}
    header = sorted(map(str, frame.columns), key=lambda name: order.get(name, len(names)))
    faults = [replace(fault, row=None) for fault in header_faults(NAME, header, names)]
    for name, kind in zip(frame.columns, frame.dtypes, strict=True):
        kind = kind.categories.dtype if hasattr(kind, "categories") and getattr(frame[name].cat, "known", False) else kind
        if name in order and str(kind) != "category" and str(kind) != "object" and getattr(kind, "type", None) is not str:
            problem = f"the column is of type {kind}, which loses what was printed (7.0 is not 7); read it as text (dtype=str)"
            faults.append(Fault(NAME, None, name, problem))
    return faults


def _computed(*wanted):
    """Values of Dask. Raises TableError where they cannot be computed."""
    import dask

    try:
        return dask.compute(*wanted)
    except Exception as error:  # partitions run code of whoever made them, on machines that may be lost
        reason = (str(error).splitlines() or [""])[0][:300]
        problem = f"its partitions could not be computed ({type(error).__name__}: {reason}); look at how it is made, then load it again"
        raise _refused(problem) from error


def _texts(module, known):
    """The text of a module of this package, and of those that it imports, by name; added to those known."""
    if module not in known:
        known[module] = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
        for found in re.finditer(r"^from \.(\w*) import (.+)", known[module], re.MULTILINE):
            for name in [found[1]] if found[1] else found[2].split(", "):
                _texts(name, known)
    return known


class _Work:
    """What is asked of the workers."""

    def __init__(self, source, tables, names, key, buckets, rows):
        import dask

        texts = _texts("worker", {})
        plain = {
            name: (table.file, table.rows, {key: (list(column.values), column.codes) for key, column in table.columns.items()})
            for name, table in tables.items()
        }
        context = {"package": source.package, "names": names, "key": key, "place": source.place, "rows": rows, "buckets": buckets, "tables": plain}
        self.source, self.names, self.buckets = source, names, buckets
        sent = (f"indicators_{hashlib.sha256(repr(texts).encode()).hexdigest()[:12]}", texts, pickle.dumps(context))
        self.sent = dask.delayed(pickle.dumps(sent))
        self.run = dask.delayed(types.FunctionType(_run.__code__, {"__name__": "__main__", "__builtins__": builtins}, "_run"), pure=False)

    def judged(self, parts):
        """For each partition its faults and chosen rows, and for each bucket what is suspicious in it; to be computed."""
        reports = [self.run(self.sent, "judged", part, number) for number, part in enumerate(parts)]
        suspects = [self.run(self.sent, "suspects", [report[1 + bucket] for report in reports]) for bucket in range(self.buckets)]
        return [report[0] for report in reports], suspects

    def picked(self, part, rows, series):
        return self.run(self.sent, "picked", part, np.array(rows, np.intp), np.array(series, np.uint64))


def _run(sent, action, *arguments):
    """Run a function of the module `worker` from the text of the modules; pickled by value, so that a worker needs nothing installed."""
    import importlib
    import importlib.abc
    import importlib.util
    import pickle
    import sys

    package, texts, context = pickle.loads(sent)

    class Texts(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
        name = package

        def find_spec(self, name, path=None, target=None):
            module = name.partition(".")[2]
            if name == package or name.startswith(f"{package}.") and module in texts:
                spec = importlib.util.spec_from_loader(name, self, origin=f"/{package}/sent/{module}.py", is_package=name == package)
                spec.has_location = True  # modules look at their __file__
                return spec

        def get_source(self, name):
            return texts.get(name.partition(".")[2], "")

        def is_package(self, name):
            return name == package

    if all(getattr(finder, "name", None) != package for finder in sys.meta_path):
        sys.meta_path.append(Texts())
    return getattr(importlib.import_module(f"{package}.worker"), action)(context, *arguments)


def _of_part(fault):
    """A fault of a worker with its row as counted in the partition, from 1."""
    return replace(fault, row=fault.row - FIRST + 1 if fault.row and fault.row >= FIRST else None)


def _order(fault):
    return int(fault.file.rpartition(" ")[2]) if fault.file.startswith("partition ") else -1, fault.row or 0


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
    numbers = Rows([f"partition {part}" for part in wanted], which, np.concatenate([positions + 1 for positions, _ in found]))

    def faults(apart):
        observations = replace(table, rows=numbers, apart=apart)
        return rules.checked(work.source.package, lambda name, _: (observations, []) if name == "observations" else (tables[name], []))[1]

    return located(list((Counter(faults(False)) - Counter(faults(True))).elements()), replace(table, rows=numbers))
