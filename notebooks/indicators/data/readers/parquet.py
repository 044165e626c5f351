"""Observations in Parquet: a file, or a folder of files (hive partitions or not), read only where the chosen place can stand.

All columns are text as printed. The package pyarrow is optional and imported when a Parquet file is read.
"""

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd

from ..partitions import LARGE, Collected, Rows
from ..tables import Fault, Table, header_faults, shown

BATCH = 65_536  # rows that are in memory as Parquet has them
NOTHING = "__HIVE_DEFAULT_PARTITION__"  # the name of a partition whose cells are empty
DEEPEST = 13  # folders in one another


@dataclass
class Dataset:
    """The files that can have rows of a place: each with the texts that its folders' names give to columns; and faults of the folder."""

    folder: Path
    files: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    others: bool = False  # whether there are partitions of other places


def is_parquet(path):
    return path.suffix.lower() == ".parquet"


def found(path, place=None):
    """The Dataset at `path`; of partitions by place only that of `place` is looked at, if it is given."""
    dataset = Dataset(path)
    try:
        if path.is_dir():
            _find(path, {}, place, dataset)
        else:
            path.stat()
            dataset.files.append((path, {}))
    except FileNotFoundError:
        dataset.faults.append(
            _fault(
                dataset,
                path,
                f"the file is missing from the folder {path.absolute().parent.name!r}; put it back",
            )
        )
    except (OSError, ValueError) as error:
        dataset.faults.append(_unreadable(dataset, path, error))
    if not dataset.files and not dataset.faults and not dataset.others:
        dataset.faults.append(
            _fault(
                dataset,
                path,
                "there is no Parquet file (.parquet) in this folder; write the table there anew",
            )
        )
    return dataset


def _find(folder, known, place, dataset):
    """Add the files in a folder, and in those beneath it, to a Dataset; `known`: what the names of the folders above say."""
    with os.scandir(folder) as entries:
        entries = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    for entry in sorted(
        (entry for entry in entries if not _is_other(entry.name, place, dataset)),
        key=lambda entry: _natural(entry.name),
    ):
        name, equals, text = entry.name.partition("=")
        if entry.is_dir():
            if len(Path(entry.path).parts) - len(dataset.folder.parts) > DEEPEST:
                dataset.faults.append(
                    _fault(
                        dataset,
                        entry.path,
                        "folders lie too deep in one another; write the table there anew",
                    )
                )
                continue
            named = {unquote(name): "" if text == NOTHING else unquote(text)} if equals else {}
            _find(entry.path, known | named, place, dataset)
        elif is_parquet(Path(entry.name)):
            dataset.files.append((Path(entry.path), known))
        else:
            dataset.faults.append(
                _fault(
                    dataset,
                    entry.path,
                    "a file that is not Parquet (.parquet) stands among those that are; move it away",
                )
            )


def _is_other(name, place, dataset):
    """Whether a name is that of the partition of another place."""
    other = (
        place is not None and name.startswith("place=") and unquote(name.partition("=")[2]) != place
    )
    dataset.others |= other
    return other


def _natural(name):
    """What sorts part-2 before part-10."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split("([0-9]+)", name)]


def read(path, names, place=None):
    """The Table in a file or folder of Parquet (None if columns are wrong), of `place` only if it is given, and what is wrong with its shape."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        return None, [
            Fault(
                path.name,
                None,
                None,
                f"Parquet is read with the package pyarrow, which is not there ({error}); {LARGE}",
            )
        ]
    dataset = found(path, place)
    faults, collected, which, rows, whole = list(dataset.faults), Collected(names), [], [], 0
    for part, (file, known) in enumerate(dataset.files):
        wrong, opened = _opened(dataset, file, known, names)
        faults += wrong
        if faults:
            continue  # of the other files it is only said whether their columns are right
        try:
            whole += opened.metadata.num_rows
            for at, batch in _batches(opened, place if "place" not in known else None):
                _collect(collected, batch, known, names)
                rows.append(at)
                which.append(np.full(len(at), part, np.int32))
        except Exception as error:  # what pyarrow raises for broken files has no class in common
            faults.append(_unreadable(dataset, file, error))
        finally:
            opened.close()
    if not faults and not whole and not dataset.others:
        faults = [_fault(dataset, path, "there are no rows; write the table there anew")]
    if faults:
        return None, faults
    parts = [_name(dataset, file) for file, _ in dataset.files]
    numbers = Rows(
        parts,
        np.concatenate([np.array([], np.int32), *which]),
        np.concatenate([np.array([], np.int64), *rows]),
    )
    return Table(path.name, numbers, collected.columns(), part=place is not None), []


def _opened(dataset, file, known, names):
    """The faults of a file's columns, and the open file, or None where there are some."""
    import pyarrow.parquet

    try:
        opened = pyarrow.parquet.ParquetFile(file, page_checksum_verification=True)
        schema, rows = opened.schema_arrow, opened.metadata.num_rows
    except Exception as error:  # as above
        return [_unreadable(dataset, file, error)], None
    faults = _column_faults(dataset, file, schema, known, names)
    if faults:
        opened.close()
        return faults, None
    if rows:
        stored = [
            name
            for name in names
            if name not in known and not pyarrow.types.is_null(schema.field(name).type)
        ]
        opened.close()
        opened = pyarrow.parquet.ParquetFile(
            file, page_checksum_verification=True, read_dictionary=stored
        )
    return [], opened


def _column_faults(dataset, file, schema, known, names):
    """All columns of a file that are missing, unknown, given twice or not text."""
    order = {name: place for place, name in enumerate(names)}
    header = sorted([*schema.names, *known], key=lambda name: order.get(name, len(names)))
    faults = [
        replace(fault, row=None)
        for fault in header_faults(_name(dataset, file), header, list(names))
    ]
    for column in schema:
        if column.name in order and not _is_text(column.type):
            problem = f"the column is of type {column.type}, which loses what was printed (7.0 is not 7); write it as text (string)"
            faults.append(Fault(_name(dataset, file), None, column.name, problem))
    return faults


def _is_text(kind):
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    return any(
        so(kind)
        for so in (types.is_string, types.is_large_string, types.is_string_view, types.is_null)
    )


def _batches(opened, place):
    """The rows of a file (of `place`, if it is given) some at a time: their numbers in the file, from 1, and a RecordBatch of them."""
    import pyarrow.compute

    first = 1
    for group in range(opened.metadata.num_row_groups):
        about = opened.metadata.row_group(group)
        if place is None or _may_have(about, place):
            at = first
            for batch in opened.iter_batches(BATCH, row_groups=[group], use_threads=False):
                numbers, at = np.arange(at, at + len(batch)), at + len(batch)
                if place is not None:
                    here = pyarrow.compute.equal(batch["place"].cast("string"), place).fill_null(
                        False
                    )
                    batch, numbers = (
                        batch.filter(here),
                        numbers[here.to_numpy(zero_copy_only=False)],
                    )
                if len(batch):
                    yield numbers, batch
        first += about.num_rows


def _may_have(group, place):
    """Whether a group of rows can have rows of a place, by what the file says of the least and the greatest text of its column."""
    column = next(
        (
            group.column(at)
            for at in range(group.num_columns)
            if group.column(at).path_in_schema == "place"
        ),
        None,
    )
    told = column.statistics if column is not None and column.is_stats_set else None
    return told is None or not told.has_min_max or told.min <= place <= told.max


def _collect(collected, batch, known, names):
    """Add the cells of a RecordBatch, without making a text of each."""
    import pyarrow

    for name in names:
        if name in known:
            collected.add(name, [known[name]], np.zeros(len(batch), np.intp))
            continue
        array = batch[name]
        array = array.cast("string") if array.type == "null" else array
        array = array if hasattr(array, "dictionary") else array.dictionary_encode()
        codes, used = pd.factorize(
            array.indices.cast("int64").fill_null(-1).to_numpy(zero_copy_only=False)
        )
        texts = array.dictionary.take(
            pyarrow.array([None if code < 0 else code for code in used.tolist()], "int64")
        ).to_pylist()
        collected.add(name, [text or "" for text in texts], codes)


def _name(dataset, file):
    """The path of a file as a message shows it: within the folder that has the dataset."""
    name = Path(file).relative_to(dataset.folder.parent).as_posix()
    return name if name.isprintable() else repr(name)


def _fault(dataset, file, problem):
    return Fault(_name(dataset, file), None, None, problem)


def _unreadable(dataset, file, error):
    reason = (
        getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__
    )
    problem = f"this is no Parquet file that can be read ({shown(reason)}); write it anew, put a copy in its place, or allow yourself to read it"
    return _fault(dataset, file, problem)
