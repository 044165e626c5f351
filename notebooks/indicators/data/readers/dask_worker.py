"""What a worker of Dask does with one partition of a table. `dask_tasks` brings the code there.

All results are plain: tuples, lists and arrays, which any notebook can read.
"""

import pickle
import re
from functools import lru_cache

import numpy as np
import pandas as pd

from .. import validation
from ..columns import Column, Table, unordered_header_faults
from ..messages import Fault, of_file, shown
from ..partitions import FIRST_ROW
from ..plausibility import apart, ends
from ..vocabulary import AMOUNTS, FACT, NUMBER, RANGE_ENDS, SERIES

MOST_TOLD = 10_000  # faults of a partition
SEED = np.uint64(0x9E3779B97F4A7C15)
END_CODES = {bound: code for code, bound in enumerate(RANGE_ENDS, start=1)}
ROW_TYPE = np.dtype(
    [("fact", "u8"), ("key", "u8"), ("value", "f8"), ("end", "u1"), ("part", "u4"), ("row", "u4")]
)
SERIES_TYPE = np.dtype(
    [("series", "u8"), ("size", "u4"), ("low", "f8"), ("high", "f8"), ("part", "u4")]
)


@lru_cache(maxsize=4)
def _opened(context):
    """The context of a call of `load`, as `dask_tasks` makes it, with its tables."""
    opened = pickle.loads(context)
    tables = {}
    for name, (file, rows, columns) in opened["tables"].items():
        tables[name] = Table(file, rows, {key: Column(*each) for key, each in columns.items()})
    return opened | {"tables": tables}


def judged(context: bytes, frame: pd.DataFrame, part: int) -> tuple:
    """For a partition its faults and chosen rows, and for each bucket its hashes.

    The chosen rows are columns as texts and codes, or None.
    """
    opened, name = _opened(context), f"partition {part}"
    columns, faults = _columns(frame, opened["names"], name)
    empty = [(np.array([], ROW_TYPE), np.array([], SERIES_TYPE))] * opened["buckets"]
    if columns is None or not len(frame):
        return (_plain(faults), None), *empty
    numbers = range(FIRST_ROW, len(frame) + FIRST_ROW)
    table = Table(name, numbers, columns, part=True, apart=True)
    tables = opened["tables"] | {"observations": table}
    faults += validation.checked(opened["package"], lambda name, _: (tables[name], []))[1]
    rows = range(len(frame))
    if opened["place"] is not None:
        rows = np.flatnonzero(table["place"].among([opened["place"]]))
    chosen = _picked(columns, rows) if opened["rows"] else None
    return (_plain(faults), chosen), *_buckets(table, part, opened)


def suspects(context: bytes, buckets: list) -> tuple:
    """Of the hashes of one bucket those that are suspicious.

    Returns pairs of lists: partitions and rows that may say the same twice or differ, and
    partitions and series that reach too far.
    """
    rows = np.concatenate([rows for rows, _ in buckets])
    series = np.concatenate([series for _, series in buckets])
    return _same(rows), _wide(series)


def picked(context: bytes, frame: pd.DataFrame, rows: np.ndarray, series: np.ndarray) -> tuple:
    """The rows of a partition at these positions, and those of these series.

    Returns their positions, and columns as texts and codes.
    """
    columns, _ = _columns(frame, _opened(context)["names"], "")
    wanted = np.isin(_hash([columns[name] for name in SERIES]), series)
    wanted[rows] = True
    return np.flatnonzero(wanted), _picked(columns, np.flatnonzero(wanted))


def _columns(frame, names, file):
    """The columns of a partition (None if one is missing or no text) and their faults."""
    faults = unordered_header_faults(file, frame.columns, names)
    if faults:
        return None, faults
    columns = {}
    for name in names:
        columns[name], wrong = _column(frame[name])
        if wrong:
            row, problem = wrong
            faults.append(Fault(file, row, name, problem))
    return (None if faults else columns), faults


def _column(cells):
    """The Column of a Series, or None; then the row of the first cell that is no text, and why."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        values, codes = cells.cat.categories.tolist(), cells.cat.codes.to_numpy()
    else:
        codes, values = pd.factorize(cells)
        values = values.tolist()
    codes = np.asarray(codes, np.intp)
    used = np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(values)))
    other = next((code for code in used if not isinstance(values[code], str)), None)
    if other is not None:
        found = f"found {shown(repr(values[other]))}, of type {type(values[other]).__name__}"
        row = int(np.flatnonzero(codes == other)[0]) + FIRST_ROW
        return None, (row, f"{found}; write the column as text, as printed")
    new_codes = np.full(len(values) + 1, -1, np.intp)  # the last is that of -1, a missing value
    new_codes[used] = np.arange(len(used))
    codes, texts = new_codes[codes], [values[code] for code in used]
    if (codes < 0).any():
        texts = texts if "" in texts else [*texts, ""]
        codes = np.where(codes < 0, texts.index(""), codes)
    return Column(texts, codes), None


def _plain(faults):
    """Faults as tuples, not too many."""
    told = faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        problem = f"{len(faults) - MOST_TOLD} more faults; mend those that are listed first"
        told.append(of_file(faults[0].file, problem))
    return [(fault.file, fault.row, fault.column, fault.problem) for fault in told]


def _picked(columns, rows):
    """Columns at these rows as texts, each once and only those used, and codes."""
    found = {}
    for name, column in columns.items():
        codes, used = pd.factorize(column.codes[rows])
        found[name] = [column.values[code] for code in used], codes.astype(np.int32)
    return found


def _hash(columns):
    """For each row a number that is the same wherever the row has the same texts."""
    whole = np.full(len(columns[0].codes), SEED)
    for column in columns:
        texts = pd.util.hash_array(np.array(column.values, object), categorize=False)
        whole = (whole ^ texts[column.codes]) * SEED
        whole ^= whole >> np.uint64(29)
    return whole


def _buckets(table, part, opened):
    """What rules between rows ask of a partition, split by hash: rows and series."""
    value = table["value"].each(lambda text: float(text) if re.fullmatch(NUMBER, text) else np.nan)
    rows, series = _rows(table, part, value, opened["key"]), _series(table, part, value)
    count = np.uint64(opened["buckets"])
    return [
        (rows[rows["fact"] % count == bucket], series[series["series"] % count == bucket])
        for bucket in range(opened["buckets"])
    ]


def _rows(table, part, value, key):
    """For each row the hashes of its fact and key, its value and which end of a range it is."""
    rows = np.zeros(len(table.rows), ROW_TYPE)
    rows["fact"] = _hash([table[name] for name in (*FACT, "source")])
    rows["key"] = _hash([table[name] for name in key])
    rows["value"] = value
    rows["end"] = table["bound"].each(lambda bound: END_CODES.get(bound, 0))
    rows["part"], rows["row"] = part, np.arange(len(rows))
    return rows


def _series(table, part, value):
    """For each series of amounts above zero how many there are, the least and the greatest."""
    positive = np.flatnonzero((value > 0) & table["measure"].among(AMOUNTS))
    codes, found = pd.factorize(_hash([table[name].at(positive) for name in SERIES]))
    series = np.zeros(len(found), SERIES_TYPE)
    series["series"], series["part"] = found, part
    series["size"] = np.bincount(codes, minlength=len(found))
    series["low"], series["high"] = ends(codes, value[positive], value[positive])
    return series


def _same(rows):
    """Partition and row of those that share a key, or a fact without being ends of a range."""
    rows = rows[np.argsort(rows["fact"], kind="stable")]
    first = np.flatnonzero(np.diff(rows["fact"], prepend=~rows["fact"][:1]))
    group = np.repeat(np.arange(len(first)), np.diff([*first, len(rows)]))
    reached = np.full((len(RANGE_ENDS), len(first)), np.nan)
    for code, greatest in enumerate(reached, start=1):
        here = rows["end"] == code
        np.fmax.at(greatest, group[here], rows["value"][here])
    low, high = reached
    ranged = (rows["end"] > 0) & (low < high)[group]
    twice = pd.Index(rows["key"]).duplicated(keep=False)
    wrong = np.bincount(group, ~ranged | twice, minlength=len(first)) > 0
    rows = rows[(wrong & (np.bincount(group, minlength=len(first)) > 1))[group]]
    return rows["part"].tolist(), rows["row"].tolist()


def _wide(series):
    """Partition and series of those that may have a figure ten times off the others."""
    codes, found = pd.factorize(series["series"])
    size = np.bincount(codes, series["size"], minlength=len(found))
    low, high = ends(codes, series["low"], series["high"])
    series = series[apart(size, low, high)[codes]]
    return series["part"].tolist(), series["series"].tolist()
