"""CSV files as tables of text, and what is wrong with their shape.

A table keeps each text of a column once, and for each row which text it is. So every text is checked once (`Column.each`),
however many cells have it, and rows are gone through only where a text is at fault.
"""

import csv
import difflib
import io
import json
import re
import unicodedata
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).resolve().parents[3] / "data"
TABLES = ("observations", "indicators", "places", "scopes", "sources", "omissions", "benchmarks")
NUMBER = r"-?(?=[0-9.]{1,16}$)(0|[1-9][0-9]*)(\.[0-9]+)?"
LARGE_FORM = {
    "observations": "observations.parquet"
}  # in place of observations.csv, a file or a folder
MAY_DIFFER = ("unit", "theme")  # columns whose lists of values another table may extend
SHOWN_FAULTS = 100
SHOWN_CELL = 60  # characters of a cell that a message repeats
LARGE = 1_000_000  # bytes; a file of more is read in blocks
LONGEST = 1_000_000  # bytes of a line
BLOCK = 16_000_000  # bytes
FEW = 10_000  # texts of a column; pandas sorts those of a categorical, which with more would take longest
MARK = "\n"  # a text that no cell of a regular block has
TEXT = pd.array([], dtype="str").dtype
PLAIN = bytes(set(range(256)) - set(b',"\r\n\0'))


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where it stands, what was found, what is allowed.

    `row` counts as a spreadsheet does (the header is row 1); None where the file as a whole is meant. `cell`: its name
    in a sheet of a workbook, as in `G12`.
    """

    file: str
    row: int | None
    column: str | None
    problem: str
    cell: str | None = None

    def __str__(self):
        where = [self.file]
        where += [f"cell {self.cell}"] if self.cell else [f"row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.problem}"


class TableError(ValueError):
    """A table that cannot be trusted; `faults` holds every Fault, the message lists them."""

    def __init__(self, faults):
        self.faults = list(faults)
        lines = [f" - {fault}" for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(f" … and {len(self.faults) - SHOWN_FAULTS} more; all stand in .faults")
        count = f"{len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}"
        super().__init__("\n".join([f"The table was not loaded: {count}.", *lines]))

    def __reduce__(self):
        return type(self), (self.faults,)

    def _render_traceback_(self):
        """What a notebook shows: the faults, not the inside of this module."""
        return [f"{type(self).__name__}: {self}"]


class Column:
    """The cells of a column: `values`, each text once, and `codes`, for each row the place of its text among them."""

    def __init__(self, values, codes):
        self.values, self.codes = values, codes

    @classmethod
    def of(cls, cells):
        """The column of these texts; small tables need no codes but of their keys, so they are found when asked for."""
        column = cls.__new__(cls)
        column.cells, column.values = cells, list(dict.fromkeys(cells))
        return column

    @cached_property
    def cells(self):
        """The text of each row, in a sequence."""
        return [self.values[code] for code in self.codes.tolist()]

    @cached_property
    def codes(self):
        places = {text: place for place, text in enumerate(self.values)}
        return np.fromiter(map(places.__getitem__, self.cells), np.intp, len(self.cells))

    def array(self):
        """The text of each row, as pandas keeps text."""
        return pd.array(self.values, dtype=TEXT).take(self.codes)

    def each(self, answer):
        """For each row what `answer` says of its text, as an array; each text is asked once."""
        return np.array(list(map(answer, self.values)))[self.codes]

    def at(self, rows):
        """The column with its cells at these positions."""
        return Column(self.values, self.codes[rows])


@dataclass(frozen=True)
class Table:
    """The rows of a file that have the right shape: their numbers in the file, and the columns by name.

    `letters`: for a sheet of a workbook, the letter of each column. `part`: whether these are some rows of a larger table, of which there
    may be none; `apart`: whether the rules between rows are judged elsewhere.
    """

    file: str
    rows: range | list
    columns: dict
    letters: dict = field(default_factory=dict)
    part: bool = False
    apart: bool = False

    def __getitem__(self, name):
        return self.columns[name]

    def frame(self):
        """The table as text, as a DataFrame; its index is the row in the file."""
        return pd.DataFrame(
            {name: column.array() for name, column in self.columns.items()}, index=list(self.rows)
        )

    def faults(self, column, wrong, problem):
        """A Fault for each row that `wrong` (one truth per row) marks; `problem` says of its cell what is wrong."""
        values, codes, rows = self[column].values, self[column].codes, np.flatnonzero(wrong)
        said = {code: problem(values[code]) for code in np.unique(codes[rows])}
        return [self.fault(row, column, said[codes[row]]) for row in rows]

    def fault(self, position, column, problem):
        """A Fault in one row, in a column or several (`a+b`)."""
        row = int(self.rows[position])
        letter = self.letters.get(column.split("+")[0])
        return Fault(self.file, row, column, problem, f"{letter}{row}" if letter else None)

    def faults_of(self, column, texts, problem):
        """A Fault for each cell of a column that has one of these texts."""
        return self.faults(column, self[column].each(texts.__contains__), problem) if texts else []

    def cells(self, position, columns=None):
        """The texts of one row, by column."""
        return {
            name: self[name].values[self[name].codes[position]] for name in columns or self.columns
        }

    def without(self, rows):
        """The table without these rows of the file."""
        if not rows:
            return self
        kept = np.array([at for at, row in enumerate(self.rows) if row not in rows], np.intp)
        columns = {name: Column.of(column.at(kept).cells) for name, column in self.columns.items()}
        return replace(self, rows=[self.rows[at] for at in kept], columns=columns)

    def pairs(self, key, column):
        """What stands in `column` beside each text of the column `key` (in its first row)."""
        return dict(zip(reversed(self[key].cells), reversed(self[column].cells), strict=True))


def combined(columns):
    """For each row a number that says which texts it has in these columns together."""
    whole, size = np.zeros(len(columns[0].codes), np.intp), 1
    for column in columns:
        if size * len(column.values) > 2**62:
            whole, kinds = pd.factorize(whole)
            size = len(kinds)
        size *= len(column.values)
        whole *= len(column.values)
        whole += column.codes
    return whole


def doubled(numbers):
    """The numbers that stand more than once in an array."""
    ordered = np.sort(numbers)
    return ordered[1:][ordered[1:] == ordered[:-1]]


# --- the descriptor ------------------------------------------------------------------------


def schema(folder=DATA):
    """The Data Package descriptor of `folder`, as a dict. Raises TableError if it cannot be read, or asks for other tables than the bundle's."""
    text, faults = _text(Path(folder) / "datapackage.json", ended=False)
    if faults:
        raise TableError(faults)
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TableError(
            [
                Fault(
                    "datapackage.json",
                    getattr(error, "lineno", None),
                    None,
                    f"not JSON: {error}; restore the file",
                )
            ]
        ) from None
    try:
        described = {resource["name"]: resource["path"] for resource in package["resources"]}
        if described not in [
            {name: f"{name}.csv" for name in TABLES} | large for large in ({}, LARGE_FORM)
        ]:
            raise ValueError(
                f"its resources must be {', '.join(TABLES)}, each in a file of its name (observations.parquet may replace the .csv)"
            )
        found = _form(package)
        if Path(folder).resolve() != DATA:
            ours = schema()
            _compare(found, [_form(ours), _form(loosened(ours))])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        problem = f"not a description that this bundle can read ({type(error).__name__}: {error}); restore the file"
        raise TableError([Fault("datapackage.json", None, None, problem)]) from None
    return package


def _form(package):
    """What a descriptor asks of each field and of each table's keys, without titles and descriptions and the lists that may be extended."""
    form = {}
    for resource in package["resources"]:
        name, described = resource["name"], resource["schema"]
        form[name, "keys"] = described["primaryKey"], described.get("foreignKeys", [])
        form[name, "missing values"] = described["missingValues"]
        form[name, "columns"] = [field["name"] for field in described["fields"]]
        for each in described["fields"]:
            limits = dict(each.get("constraints", {}))
            listed = limits.pop("enum", None)
            if listed is not None and not (
                isinstance(listed, list) and all(isinstance(text, str) and text for text in listed)
            ):
                raise TypeError(f"the list of {each['name']} must be a list of texts")
            limits |= {"enum": listed is not None if each["name"] in MAY_DIFFER else listed}
            form[name, f"column {each['name']}"] = each["type"], each.get("format"), limits
    return form


def _compare(found, allowed):
    """Raise ValueError, naming the first difference, unless each part of a form is one of those allowed."""
    for part in {**found, **allowed[0]}:
        if part not in found or found[part] not in [form.get(part) for form in allowed]:
            raise ValueError(
                f"{' of '.join(reversed(part))} must be described as data.template() does"
            )


def loosened(package):
    """The descriptor for the table of someone else: whatever the language and the country, and not every key has to be used."""
    package = deepcopy(
        {
            key: value
            for key, value in package.items()
            if key not in ("closed", "licenses", "version")
        }
    )
    fields = {
        (resource["name"], field["name"]): field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    fields["observations", "as_printed"]["constraints"].pop("pattern", None)
    fields["places", "code"]["constraints"].pop("required", None)
    return package


def fits(field):
    """A function that says whether a text (not empty) is of the field's type, pattern and list of values."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        return set(limits["enum"]).__contains__
    if field["type"] == "number":
        return re.compile(NUMBER).fullmatch
    if field["type"] == "date":
        return _is_date
    if field.get("format") == "uri":
        return re.compile(r"https?://\S+", re.IGNORECASE).fullmatch
    return re.compile(limits["pattern"]).fullmatch if "pattern" in limits else bool


def _is_date(cell):
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


# --- a file as rows ------------------------------------------------------------------------


def _text(path, ended=True):
    """The text of a file, and the fault that keeps it from being read; `ended`: whether its last line must have an end."""
    try:
        if path.exists() and not path.is_file():
            return "", [
                Fault(
                    path.name,
                    None,
                    None,
                    "this is not a file that can be read; put the file in its place",
                )
            ]
        if row := _overlong(path):
            problem = f"the line is longer than {LONGEST:,} characters, so this is no table; restore the file"
            return "", [Fault(path.name, row, None, problem)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [
            Fault(
                path.name,
                None,
                None,
                f"the file is missing from the folder {path.absolute().parent.name!r}; put it back",
            )
        ]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        problem = f"the file cannot be read ({reason}); allow yourself to read it, or put a copy in its place"
        return "", [Fault(path.name, None, None, problem)]
    cure = "save it as a workbook (.xlsx) and load that, or save it as UTF-8 without byte-order mark in an editor"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [
            Fault(
                path.name,
                1,
                None,
                f"the text is UTF-16, not UTF-8 (it begins with a byte-order mark); {cure}",
            )
        ]
    if raw.startswith(b"\xef\xbb\xbf"):
        return "", [
            Fault(
                path.name,
                1,
                None,
                f"the file begins with a byte-order mark, as spreadsheets write it; {cure}",
            )
        ]
    try:
        text = raw.decode("utf-8")
        if ended and text.strip() and not text.endswith(("\n", "\r")):
            row = text.count("\n") + 1
            return "", [
                Fault(
                    path.name,
                    row,
                    None,
                    "the last line has no end, so the file may be cut off; restore it, or end the line",
                )
            ]
        return text, []
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        problem = f"the text is not UTF-8{_guess(raw)}; {cure}"
        return "", [Fault(path.name, row, None, problem)]


def _overlong(path):
    """The row of the first line that is too long for a table, or None; no more is read than what comes before it."""
    row, length = 1, 0
    with path.open("rb") as file:
        while path.stat().st_size > LONGEST and (block := file.read(LONGEST)):
            first = block.find(b"\n")
            if length + (len(block) if first < 0 else first) > LONGEST:
                return row
            row += block.count(b"\n")
            length = length + len(block) if first < 0 else len(block) - block.rfind(b"\n") - 1
    return None


def _guess(raw):
    """Say that text looks like GB18030 where it can be read as such."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (it looks like GB18030, as spreadsheets save Chinese text)"


def read_table(path, names):
    """The Table in a CSV file (None if its header is wrong) and what is wrong with its shape."""
    try:
        if path.is_file() and path.stat().st_size > LARGE:
            return _in_blocks(path, names), []
    except (OSError, ValueError):
        pass  # row by row it is said what is wrong
    return _row_by_row(path, names)


def _row_by_row(path, names):
    """The Table in a CSV file (None if its header is wrong) and what is wrong with its shape, read with the strictest reader."""
    text, faults = _text(path)
    if faults:
        return None, faults
    if not text.strip():
        return None, [
            Fault(
                path.name,
                None,
                None,
                f"the file is empty; its first row must be: {','.join(names)}",
            )
        ]
    reader, rows = csv.reader(io.StringIO(text, newline=""), strict=True), []
    try:
        faults = header_faults(path.name, next(reader), names)
        if faults:
            return None, faults
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        problem = f"not CSV from here on ({error}); look for an unbalanced quotation mark or a cell that is far too long"
        faults = [Fault(path.name, len(rows) + 2, None, problem)]
    numbers = range(2, len(rows) + 2)
    if empty := [number for number, row in zip(numbers, rows, strict=True) if not any(row)]:
        faults += [
            Fault(path.name, number, None, "the row is empty; remove it") for number in empty
        ]
        numbers = [number for number, row in zip(numbers, rows, strict=True) if any(row)]
        rows = [row for row in rows if any(row)]
    if set(map(len, rows)) - {len(names)}:
        faults = _shape_faults(path.name, numbers, rows, names) + faults
        numbers = [
            number for number, row in zip(numbers, rows, strict=True) if len(row) == len(names)
        ]
        rows = [row for row in rows if len(row) == len(names)]
    cells = zip(*rows, strict=True) if rows else [()] * len(names)
    return Table(path.name, numbers, dict(zip(names, map(Column.of, cells), strict=True))), faults


def _shape_faults(file, numbers, rows, names):
    """Name the rows with too many or too few cells."""
    problem = f"cells where {len(names)} are expected; look for a comma or quotation mark too many or missing"
    return [
        Fault(file, number, None, f"{len(row)} {problem}")
        for number, row in zip(numbers, rows, strict=True)
        if len(row) != len(names)
    ]


def header_faults(file, header, names):
    """Name the columns that are missing, unknown, doubled or out of order."""
    expected = f"expected: {','.join(names)}"
    if len(header) == 1 and (other := next((mark for mark in ";\t|" if mark in header[0]), None)):
        problem = f"the cells are separated by {other!r}; save the table with commas, or as a workbook (.xlsx)"
        return [Fault(file, 1, None, problem)]
    faults = [
        Fault(file, 1, name, f"the column is missing; {expected}")
        for name in names
        if name not in header
    ]
    for name in dict.fromkeys(header):
        if name not in names:
            faults.append(
                Fault(
                    file, 1, shown(name), f"the column is unknown{nearest(name, names)}; {expected}"
                )
            )
        elif header.count(name) > 1:
            faults.append(Fault(file, 1, name, "the column stands there more than once; keep one"))
    if not faults and header != names:
        faults = [Fault(file, 1, None, f"the columns stand in another order; {expected}")]
    return faults


# --- a large file, in blocks ----------------------------------------------------------------


def _in_blocks(path, names):
    """The Table in a large CSV file that has nothing wrong with its shape. Raises OSError or ValueError for any other."""
    texts, codes = [{} for _ in names], [[] for _ in names]
    with path.open("rb") as file:
        for block in _regular_blocks(file, names):
            frame = _as_text(block, names, [len(known) < FEW for known in texts])
            for (_, cells), known, parts in zip(frame.items(), texts, codes, strict=True):
                part, values = (
                    (cells.cat.codes.to_numpy(), cells.cat.categories)
                    if cells.dtype == "category"
                    else pd.factorize(cells.to_numpy())
                )
                places = [
                    known.setdefault(value, len(known)) if value != MARK else -1 for value in values
                ]
                parts.append(np.array(places, np.intp)[part[1:]])
    if not codes[0] or max(len(text) for known in texts for text in known) > csv.field_size_limit():
        raise ValueError("no row, or a cell that is too long")
    columns = {name: Column(list(texts.pop(0)), np.concatenate(codes.pop(0))) for name in names}
    return Table(path.name, range(2, len(columns[names[0]].codes) + 2), columns)


def _regular_blocks(file, names):
    """The lines beneath the header of a file, some at a time. Raises ValueError where a line is not regular."""
    if file.readline(LONGEST).replace(b"\r\n", b"\n") != ",".join(names).encode() + b"\n":
        raise ValueError("another header")
    while block := file.read(BLOCK) + file.readline(LONGEST):
        block = block.replace(b"\r\n", b"\n") if b"\r" in block else block
        if not _is_regular(block, len(names)):
            raise ValueError("an irregular line")
        yield block


def _is_regular(block, width):
    """Whether each line of a block is one row of `width` cells, which every reader of CSV reads alike.

    A quotation mark opens and closes a cell or is doubled in one, no quoted cell has a line end, and of each line without
    quoted cells and plain characters `width` - 1 commas and the line end are left.
    """
    pieces = block.split(
        b'"'
    )  # by turns out of a quoted cell and in one; where a mark is doubled, nothing is out
    outer, inner = pieces[::2], pieces[1::2]
    edges = {piece[:1] for piece in outer[1:]} | {piece[-1:] for piece in outer[:-1]}
    quoted_well = (
        len(pieces) % 2 == 1
        and edges <= {b"", b",", b"\n"}
        and not b"".join(inner).translate(None, PLAIN + b",")
    )
    bare, row = b"".join(outer).translate(None, PLAIN), b"," * (width - 1) + b"\n"
    return (
        quoted_well and width > 1 and block.endswith(b"\n") and bare == row * (len(bare) // width)
    )


def _as_text(block, names, few):
    """The cells of a block as text, categorical where a column has few texts, as that is faster."""
    marks = (
        ",".join([f'"{MARK}"'] * len(names)) + "\n"
    )  # a first row that keeps pandas from taking a column for numbers
    dtypes = {name: "category" if so else object for name, so in zip(names, few, strict=True)}
    return pd.read_csv(
        io.BytesIO(marks.encode() + block),
        header=None,
        names=names,
        dtype=dtypes,
        na_filter=False,
        low_memory=False,
    )


# --- words for messages --------------------------------------------------------------------


def shown(cell):
    """A cell as a message shows it: quoted, escaped, and not too long."""
    return repr(cell if len(cell) <= SHOWN_CELL else cell[:SHOWN_CELL] + "…")


def nearest(word, words):
    """Ask whether the word most like it was meant, if there is one."""
    near = difflib.get_close_matches(word, words, n=1) or difflib.get_close_matches(
        word.lower(), words, n=1
    )
    alike = near and unicodedata.normalize("NFKC", near[0]) == unicodedata.normalize("NFKC", word)
    return (
        f" (did you mean {near[0][:SHOWN_CELL]}{', which only looks the same: copy it' if alike else ''}?)"
        if near
        else ""
    )
