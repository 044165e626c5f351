"""What a worker does with one partition of a table. The reader `dask` sends this package to the workers of a cluster.

All results are plain: tuples, lists and arrays, which a notebook can read whatever the worker knows.
"""

import pickle
from functools import lru_cache

import numpy as np
import pandas as pd

from .. import rules
from ..partitions import FIRST
from ..tables import Column, Fault, Table, header_faults, shown

MOST = 10_000  # faults of a partition that are told
SEED = np.uint64(0x9E3779B97F4A7C15)
ENDS = {"at_least": 1, "at_most": 2}
AMOUNTS = {"level", "cumulative", "share"}
ROWS = np.dtype(
    [("fact", "u8"), ("key", "u8"), ("value", "f8"), ("end", "u1"), ("part", "u4"), ("row", "u4")]
)
SERIES = np.dtype([("series", "u8"), ("size", "u4"), ("low", "f8"), ("high", "f8"), ("part", "u4")])


@lru_cache(maxsize=4)
def _sent(context):
    """The context of a call of `load`: package, columns, key, place, whether rows are wanted, buckets and the other tables."""
    sent = pickle.loads(context)
    tables = {
        name: (Table(file, rows, {key: Column(*column) for key, column in columns.items()}), [])
        for name, (file, rows, columns) in sent["tables"].items()
    }
    return sent | {"tables": tables}


def judged(context, frame, part):
    """For a partition: a tuple of its faults and its chosen rows (columns as texts and codes), then one of hashes for each bucket."""
    sent = _sent(context)
    columns, faults = _columns(frame, sent["names"], f"partition {part}")
    empty = [(np.array([], ROWS), np.array([], SERIES))] * sent["buckets"]
    if columns is None or not len(frame):
        return (_plain(faults), None), *empty
    table = Table(
        f"partition {part}", range(FIRST, len(frame) + FIRST), columns, part=True, apart=True
    )
    found = (
        faults
        + rules.checked(
            sent["package"],
            lambda name, _: (table, []) if name == "observations" else sent["tables"][name],
        )[1]
    )
    rows = (
        range(len(frame))
        if sent["place"] is None
        else np.flatnonzero(table["place"].each(sent["place"].__eq__))
    )
    chosen = _picked(columns, rows) if sent["rows"] else None
    return (_plain(found), chosen), *_buckets(table, part, sent)


def suspects(context, buckets):
    """Of the hashes of one bucket: pairs of partition and row that may say the same twice or differ, and series that reach too far."""
    rows = np.concatenate([rows for rows, _ in buckets])
    series = np.concatenate([series for _, series in buckets])
    return _same(rows), _wide(series)


def picked(context, frame, rows, series):
    """The rows of a partition at these positions, and those of these series: positions, and columns as texts and codes."""
    columns, _ = _columns(frame, _sent(context)["names"], "")
    wanted = np.isin(_hash([columns[name] for name in ("indicator", "place", "measure")]), series)
    wanted[rows] = True
    return np.flatnonzero(wanted), _picked(columns, np.flatnonzero(wanted))


def _columns(frame, names, part):
    """The columns of a partition (None if one is missing or no text) and what is wrong with them."""
    order = {name: place for place, name in enumerate(names)}
    header = sorted(map(str, frame.columns), key=lambda name: order.get(name, len(names)))
    faults = header_faults(part, header, list(names))
    if faults:
        return None, [Fault(part, None, fault.column, fault.problem) for fault in faults]
    columns = {}
    for name in names:
        columns[name], wrong = _column(frame[name])
        if wrong is not None:
            faults.append(Fault(part, *wrong[:1], name, wrong[1]))
    return (None if faults else columns), faults


def _column(cells):
    """The Column of a Series; and where not all its cells are text, the row of the first that is none, and the problem."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        values, codes = cells.cat.categories.tolist(), cells.cat.codes.to_numpy()
    else:
        codes, values = pd.factorize(cells)
        values = values.tolist()
    codes = np.asarray(codes, np.intp)
    used = np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(values)))
    texts, places = [values[code] for code in used], np.full(len(values) + 1, -1, np.intp)
    other = next(
        (at for at, text in zip(used, texts, strict=True) if not isinstance(text, str)), None
    )
    if other is not None:
        problem = f"found {shown(repr(values[other]))}, of type {type(values[other]).__name__}; write the column as text, as printed"
        return None, (int(np.flatnonzero(codes == other)[0]) + FIRST, problem)
    places[used] = np.arange(len(used))
    codes = places[codes]  # the last place is that of -1, a missing value
    if (codes < 0).any():
        texts = texts if "" in texts else [*texts, ""]
        codes = np.where(codes < 0, texts.index(""), codes)
    return Column(texts, codes), None


def _plain(faults):
    told = [(fault.file, fault.row, fault.column, fault.problem) for fault in faults[:MOST]]
    if len(faults) > MOST:
        told.append(
            (
                faults[0].file,
                None,
                None,
                f"{len(faults) - MOST} more faults; mend those that are listed first",
            )
        )
    return told


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


def _buckets(table, part, sent):
    """What rules between rows ask of a partition, split by hash: rows as facts and keys, and series with their size and reach."""
    numbers = [
        float(text) if rules.re.fullmatch(rules.NUMBER, text) else np.nan
        for text in table["value"].values
    ]
    rows = np.zeros(len(table.rows), ROWS)
    rows["fact"] = _hash([table[name] for name in rules.FACT])
    rows["key"] = _hash([table[name] for name in sent["key"]])
    rows["value"] = np.array(numbers)[table["value"].codes]
    rows["end"] = table["bound"].each(lambda bound: ENDS.get(bound, 0))
    rows["part"], rows["row"] = part, np.arange(len(rows))
    positive = np.flatnonzero((rows["value"] > 0) & table["measure"].each(AMOUNTS.__contains__))
    codes, found = pd.factorize(
        _hash([table[name].at(positive) for name in ("indicator", "place", "measure")])
    )
    series = np.zeros(len(found), SERIES)
    series["series"], series["size"], series["part"] = (
        found,
        np.bincount(codes, minlength=len(found)),
        part,
    )
    series["low"] = np.inf
    np.minimum.at(series["low"], codes, rows["value"][positive])
    np.maximum.at(series["high"], codes, rows["value"][positive])
    count = np.uint64(sent["buckets"])
    return [
        (rows[rows["fact"] % count == bucket], series[series["series"] % count == bucket])
        for bucket in range(sent["buckets"])
    ]


def _same(rows):
    """Pairs of partition and row of those that share a key, or a fact without being two ends of a range."""
    rows = rows[np.argsort(rows["fact"], kind="stable")]
    first = np.flatnonzero(np.diff(rows["fact"], prepend=~rows["fact"][:1]))
    group = np.repeat(np.arange(len(first)), np.diff([*first, len(rows)]))
    low, high = np.full(len(first), np.nan), np.full(len(first), np.nan)
    for bound, end in ((low, 1), (high, 2)):
        here = rows["end"] == end
        np.fmax.at(bound, group[here], rows["value"][here])
    ranged = (rows["end"] > 0) & (low < high)[group]
    twice = pd.Index(rows["key"]).duplicated(keep=False)
    wrong = np.bincount(group, ~ranged | twice, minlength=len(first)) > 0
    rows = rows[(wrong & (np.bincount(group, minlength=len(first)) > 1))[group]]
    return rows["part"].tolist(), rows["row"].tolist()


def _wide(series):
    """Pairs of partition and series of those with more than two figures, one more than ten times another."""
    codes, found = pd.factorize(series["series"])
    size, low, high = np.zeros(len(found)), np.full(len(found), np.inf), np.zeros(len(found))
    np.add.at(size, codes, series["size"])
    np.minimum.at(low, codes, series["low"])
    np.maximum.at(high, codes, series["high"])
    series = series[((size > 2) & (high > 10 * low))[codes]]
    return series["part"].tolist(), series["series"].tolist()
