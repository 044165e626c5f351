"""Observations in Parquet, read only where the chosen place can stand.

They are a file, or a folder of files (hive partitions or not). All columns are text as printed. The
package pyarrow is optional and imported when a Parquet file is read.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd

from ..columns import Table, unordered_header_faults
from ..files import missing
from ..messages import Fault, of_file, shown
from ..partitions import HOW_TO_INSTALL, Collected, Rows

BATCH_ROWS = 65_536  # that are in memory as Parquet has them
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"  # the name of a partition whose cells are empty
DEEPEST = 13  # folders in one another
ANEW = "write the table there anew"


@dataclass
class Dataset:
    """The files that can have rows of a place, and faults of the folder.

    Each file comes with the texts that the names of its folders give to columns. `others`: whether
    there are partitions of other places.
    """

    folder: Path
    files: list[tuple[Path, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    others: bool = False

    def name(self, file: Path | str) -> str:
        """The path of a file as a message shows it: within the folder that has the dataset."""
        name = Path(file).relative_to(self.folder.parent).as_posix()
        return name if name.isprintable() else repr(name)

    def fault(self, file: Path | str, problem: str) -> Fault:
        """A Fault of one of its files or folders."""
        return of_file(self.name(file), problem)

    def unreadable(self, file: Path | str, error: Exception) -> Fault:
        """The Fault of a file that cannot be read."""
        said = str(error).partition("\n")[0] or type(error).__name__
        reason = shown(getattr(error, "strerror", None) or said)
        cure = "write it anew, put a copy in its place, or allow yourself to read it"
        return self.fault(file, f"this is no Parquet file that can be read ({reason}); {cure}")


def is_parquet(path: Path) -> bool:
    """Whether a path is that of a Parquet file or folder, by its name."""
    return path.suffix.lower() == ".parquet"


def found(path: Path, place: str | None = None) -> Dataset:
    """The Dataset at a path; of partitions by place only that of `place`, if it is given."""
    dataset = Dataset(path)
    try:
        if path.is_dir():
            _walk(path, {}, place, dataset)
        else:
            path.stat()
            dataset.files.append((path, {}))
    except FileNotFoundError:
        dataset.faults.append(missing(path, dataset.name(path)))
    except (OSError, ValueError) as error:
        dataset.faults.append(dataset.unreadable(path, error))
    if not dataset.files and not dataset.faults and not dataset.others:
        problem = f"there is no Parquet file (.parquet) in this folder; {ANEW}"
        dataset.faults.append(dataset.fault(path, problem))
    return dataset


def _walk(folder, known, place, dataset):
    """Add the files in a folder, and beneath it; `known`: what the names of its folders say."""
    with os.scandir(folder) as entries:
        entries = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    for entry in sorted(entries, key=lambda entry: _natural(entry.name)):
        path, (name, equals, text) = Path(entry.path), entry.name.partition("=")
        if place is not None and name == "place" and equals and unquote(text) != place:
            dataset.others = True
        elif entry.is_dir():
            if len(path.parts) - len(dataset.folder.parts) > DEEPEST:
                problem = f"folders lie too deep in one another; {ANEW}"
                dataset.faults.append(dataset.fault(path, problem))
                continue
            named = {unquote(name): "" if text == NO_VALUE else unquote(text)} if equals else {}
            _walk(path, known | named, place, dataset)
        elif is_parquet(path):
            dataset.files.append((path, known))
        else:
            problem = "a file that is not Parquet (.parquet) stands among those that are"
            dataset.faults.append(dataset.fault(path, f"{problem}; move it away"))


def _natural(name):
    """What sorts part-2 before part-10."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split("([0-9]+)", name)]


def read(
    path: Path, names: Sequence[str], place: str | None = None
) -> tuple[Table | None, list[Fault]]:
    """The Table in a file or folder of Parquet, of one place only if it is given.

    Returns it (None if it cannot be read or columns are wrong) and what is wrong with its shape.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        problem = f"Parquet is read with the package pyarrow, which is not there ({error})"
        return None, [of_file(path.name, f"{problem}; {HOW_TO_INSTALL}")]
    dataset = found(path, place)
    faults, collected, which, rows, size = list(dataset.faults), Collected(names), [], [], 0
    for part, (file, known) in enumerate(dataset.files):
        wrong, opened = _opened(dataset, file, known, names)
        faults += wrong
        if faults:
            continue  # of the other files it is only said whether their columns are right
        try:
            size += opened.metadata.num_rows
            for numbers, batch in _batches(opened, None if "place" in known else place):
                _collect(collected, batch, known, names)
                rows.append(numbers)
                which.append(np.full(len(numbers), part, np.int32))
        except Exception as error:  # what pyarrow raises for broken files has no class in common
            faults.append(dataset.unreadable(file, error))
        finally:
            opened.close()
    if not faults and not size and not dataset.others:
        faults = [dataset.fault(path, f"there are no rows; {ANEW}")]
    if faults:
        return None, faults
    parts = [dataset.name(file) for file, _ in dataset.files]
    which = np.concatenate([np.array([], np.int32), *which])
    numbers = Rows(parts, which, np.concatenate([np.array([], np.int64), *rows]))
    return Table(path.name, numbers, collected.columns(), part=place is not None), []


def _opened(dataset, file, known, names):
    """The faults of a file's columns, and the open file, or None where there are some."""
    import pyarrow.parquet

    try:
        opened = pyarrow.parquet.ParquetFile(file, page_checksum_verification=True)
        schema, rows = opened.schema_arrow, opened.metadata.num_rows
        index = _index(schema)
    except Exception as error:  # as in `read`
        return [dataset.unreadable(file, error)], None
    faults = _column_faults(dataset.name(file), schema, index, known, names)
    if faults:
        opened.close()
        return faults, None
    if rows:
        stored = [name for name in names if name not in known and not _is_null(schema.field(name))]
        opened.close()
        opened = pyarrow.parquet.ParquetFile(
            file, page_checksum_verification=True, read_dictionary=stored
        )
    return [], opened


def _is_null(field):
    return field.type == "null"


def _column_faults(file, schema, index, known, names):
    """All columns of a file that are missing, unknown, given twice or not text."""
    stored = [name for name in schema.names if name not in index or name in names]
    faults = unordered_header_faults(file, [*stored, *known], names)
    for column in schema:
        if column.name in names and not _is_text(column.type):
            lost = f"the column is of type {column.type}, which loses what was printed"
            problem = f"{lost} (7.0 is not 7); write it as text (string)"
            faults.append(Fault(file, None, column.name, problem))
    return faults


def _index(schema):
    """The columns of a file that are the index of the DataFrame that was written, as it says."""
    columns = (schema.pandas_metadata or {}).get("index_columns", [])
    return [name for name in columns if isinstance(name, str)]


def _is_text(kind):
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    kinds = (types.is_string, types.is_large_string, types.is_string_view, types.is_null)
    return any(is_kind(kind) for is_kind in kinds)


def _batches(opened, place) -> Iterator[tuple[np.ndarray, object]]:
    """The rows of a file (of a place, if it is given), some at a time.

    Yields their numbers in the file, from 1, and a RecordBatch of them.
    """
    import pyarrow.compute

    first = 1
    for group in range(opened.metadata.num_row_groups):
        about = opened.metadata.row_group(group)
        at = first
        first += about.num_rows
        if place is not None and not _may_have(about, place):
            continue
        for batch in opened.iter_batches(BATCH_ROWS, row_groups=[group], use_threads=False):
            numbers, at = np.arange(at, at + len(batch)), at + len(batch)
            if place is not None:
                here = pyarrow.compute.equal(batch["place"].cast("string"), place).fill_null(False)
                batch, numbers = batch.filter(here), numbers[here.to_numpy(zero_copy_only=False)]
            if len(batch):
                yield numbers, batch


def _may_have(group, place):
    """Whether a group of rows can have rows of a place, by the statistics of its column."""
    columns = map(group.column, range(group.num_columns))
    column = next((column for column in columns if column.path_in_schema == "place"), None)
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
        indices = array.indices.cast("int64").fill_null(-1)
        codes, used = pd.factorize(indices.to_numpy(zero_copy_only=False))
        wanted = pyarrow.array([None if code < 0 else code for code in used.tolist()], "int64")
        texts = array.dictionary.take(wanted).to_pylist()
        collected.add(name, [text or "" for text in texts], codes)
