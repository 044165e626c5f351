"""From the CSV files of a data folder to one checked, tidy DataFrame.

The rules stand in `data/datapackage.json` (a Data Package with a Table Schema for each file);
`load` enforces them on every call, and beside them those that no Table Schema can say
(`_rules`). A file that breaks a rule is refused whole.
"""

import csv
import difflib
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "data"
SHOWN_FAULTS = 100
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
SPANS = {"average_growth_rate", "cumulative"}
RATES = {"growth_rate", "average_growth_rate"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where it stands, what was found, what is allowed.

    `row` counts as a spreadsheet does (the header is row 1); None where the file as a whole is meant.
    """

    file: str
    row: int | None
    column: str | None
    problem: str

    def __str__(self):
        where = [self.file]
        where += [f"row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.problem}"


class TableError(ValueError):
    """A data folder that cannot be trusted; `faults` holds every Fault, the message lists them."""

    def __init__(self, faults):
        self.faults = list(faults)
        lines = [f" - {fault}" for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(f" … and {len(self.faults) - SHOWN_FAULTS} more; all stand in .faults")
        count = f"{len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}"
        super().__init__("\n".join([f"The table was not loaded: {count}.", *lines]))

    def _render_traceback_(self):
        """What a notebook shows: the faults, not the inside of this module."""
        return [f"{type(self).__name__}: {self}"]


def load(folder=DATA):
    """Return the observations of `folder`, each with its codebook entry and source, as one DataFrame.

    One row is one printed figure. Beside the columns of `observations.csv` stand those of
    `indicators.csv` and `sources.csv` (the source's own note as `source_note`), and:
    `printed` (the value as text), `decimals` (how many were printed), `start` and `end`
    (first and last year of the period). `value` is a float in `unit`; columns with a fixed list
    of values are categorical; `published` is a date.

    Raises TableError, which lists every fault of every file, when a file is missing, unreadable
    or breaks the schema.
    """
    tables, faults = read(Path(folder))
    if faults:
        raise TableError(faults)
    table = tables["observations"].reset_index(drop=True)
    codebook = tables["indicators"].set_index("indicator").drop(columns="unit")
    sources = tables["sources"].set_index("source").rename(columns={"note": "source_note"})
    table = table.join(codebook, on="indicator").join(sources, on="source")
    years = table["period"].str.split("/")
    table["start"], table["end"] = years.str[0].astype(int), years.str[-1].astype(int)
    table["printed"] = table["value"]
    table["decimals"] = table["printed"].str.partition(".")[2].str.len()
    table["value"] = table["printed"].astype(float)
    table["published"] = pd.to_datetime(table["published"], format="%Y-%m-%d")
    return _categorised(table, tables, schema(Path(folder)))


def _categorised(table, tables, package):
    """The table with each column of keys or fixed values as a categorical in the schema's order."""
    categories = {"indicator": tables["indicators"]["indicator"], "source": tables["sources"]["source"]}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "enum" in field.get("constraints", {}) and field["name"] not in categories:
                categories[field["name"]] = field["constraints"]["enum"]
    dtypes = {name: pd.CategoricalDtype(list(values)) for name, values in categories.items()}
    empty = table[list(dtypes)] == ""
    return table.assign(**table[list(dtypes)].mask(empty).astype(dtypes))


def schema(folder=DATA):
    """The Data Package descriptor of `folder`, as a dict. Raises TableError if it cannot be read."""
    text, faults = _text(Path(folder) / "datapackage.json")
    try:
        package = json.loads(text) if not faults else None
    except json.JSONDecodeError as error:
        faults = [Fault("datapackage.json", error.lineno, None, f"not JSON: {error.msg}; restore the file")]
    if faults:
        raise TableError(faults)
    return package


def read(folder):
    """Return the tables of `folder` as text, by name (index: the row in the file), and all faults."""
    package, tables, faults = schema(folder), {}, []
    for resource in package["resources"]:
        table, found = _rows(folder / resource["path"], resource["schema"])
        if table is not None and not found:
            found = _field_faults(table, resource)
            tables[resource["name"]] = table
        faults += found
    if len(tables) == len(package["resources"]):
        faults += _key_faults(tables, package)
        broken = {fault.row for fault in faults if fault.file == "observations.csv"}
        faults += _rules(tables["observations"].drop(index=broken), tables["indicators"])
    return tables, faults


# --- a file as rows ------------------------------------------------------------------------


def _text(path):
    """The text of a file, and the fault that keeps it from being read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [Fault(path.name, None, None, f"the file is missing from the folder {path.parent.name!r}; put it back")]
    except OSError as error:
        return "", [Fault(path.name, None, None, f"the file cannot be read: {error.strerror}")]
    cure = "save it as UTF-8 without byte-order mark (in a spreadsheet: 'CSV UTF-8', then remove the mark in an editor)"
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return "", [Fault(path.name, 1, None, f"the file begins with a byte-order mark, as spreadsheets write it; {cure}")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        problem = f"the text is not UTF-8{_guess(raw)}; {cure}"
        return "", [Fault(path.name, row, None, problem)]


def _guess(raw):
    """Say that text looks like GB18030 where it can be read as such."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (it looks like GB18030, as spreadsheets save Chinese text)"


def _rows(path, table_schema):
    """The cells of a CSV file as text, indexed by row, and what is wrong with its shape."""
    names = [field["name"] for field in table_schema["fields"]]
    text, faults = _text(path)
    if faults:
        return None, faults
    if not text.strip():
        return None, [Fault(path.name, None, None, f"the file is empty; its first row must be: {','.join(names)}")]
    reader, rows, numbers = csv.reader(io.StringIO(text, newline=""), strict=True), [], []
    try:
        faults = _header_faults(path.name, next(reader), names)
        for number, row in enumerate(reader, start=2):
            if len(row) == len(names):
                rows.append(row)
                numbers.append(number)
            else:
                problem = f"{len(row)} cells where {len(names)} are expected; look for a comma or quotation mark too many or missing"
                faults.append(Fault(path.name, number, None, problem))
    except csv.Error as error:
        problem = f"not CSV ({error}); look for an unbalanced quotation mark"
        faults.append(Fault(path.name, reader.line_num, None, problem))
    return pd.DataFrame(rows, index=numbers, columns=names, dtype="str"), faults


def _header_faults(file, header, names):
    """Name the columns that are missing, unknown, doubled or out of order."""
    expected = f"expected: {','.join(names)}"
    faults = [Fault(file, 1, name, f"the column is missing; {expected}") for name in names if name not in header]
    for name in dict.fromkeys(header):
        if name not in names:
            faults.append(Fault(file, 1, name or "(no name)", f"the column is unknown{_nearest(name, names)}; {expected}"))
        elif header.count(name) > 1:
            faults.append(Fault(file, 1, name, "the column stands there more than once; keep one"))
    if not faults and header != names:
        faults = [Fault(file, 1, None, f"the columns stand in another order; {expected}")]
    return faults


# --- what the schema says of each field ----------------------------------------------------


def _field_faults(table, resource):
    """All cells that break what the Table Schema says of their own field."""
    file, faults = resource["path"], []
    for field in resource["schema"]["fields"]:
        cells, limits = table[field["name"]], field.get("constraints", {})
        filled = cells[cells != ""]
        if limits.get("required"):
            faults += _each(file, cells[cells == ""], lambda _: "the cell is empty; a value is required")
        spaced = filled[filled != filled.str.strip()]
        faults += _each(file, spaced, lambda cell: f"found {cell!r}, with spaces around it; remove them")
        faults += _each(file, filled[~_fits(filled, field)], lambda cell, field=field: _misfit(cell, field))
        if limits.get("unique"):
            faults += _each(file, filled[filled.duplicated()], lambda cell: f"found {cell!r} a second time; it must be unique")
    key = resource["schema"]["primaryKey"]
    for row, cells in table[table.duplicated(key)].iterrows():
        first = table.index[(table[key] == cells[key]).all(axis=1)][0]
        found = ", ".join(cells[key])
        faults.append(Fault(file, row, "+".join(key), f"found {found}, which row {first} has already; a key stands once"))
    return faults


def _each(file, cells, problem):
    return [Fault(file, row, cells.name, problem(cell)) for row, cell in cells.items()]


def _fits(cells, field):
    """Which cells are of the field's type, pattern and list of values (cells: not empty)."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        return cells.isin(limits["enum"])
    if field["type"] == "number":
        return cells.str.fullmatch(NUMBER)
    if field["type"] == "date":
        return cells.map(_is_date).astype(bool)
    if field.get("format") == "uri":
        return cells.str.fullmatch(r"https?://\S+")
    return cells.str.fullmatch(limits.get("pattern", r"(?s:.)*"))


def _is_date(cell):
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _misfit(cell, field):
    """Say what was found and what is allowed."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        allowed = f"one of {', '.join(limits['enum'])}{_nearest(cell, limits['enum'])}"
    elif field["type"] == "number":
        allowed = "a number such as 12, 7.0 or -95.8, without separators, signs or units"
    elif field["name"] == "period":
        allowed = "a year (2020) or a span of years (2016/2020)"
    elif field["type"] == "date":
        allowed = "a date such as 2021-02-02"
    elif field.get("format") == "uri":
        allowed = "an address that begins with http:// or https://"
    else:
        allowed = f"a text of the form {limits['pattern']}"
    return f"found {cell!r}; allowed is {allowed}"


def _nearest(word, words):
    near = difflib.get_close_matches(word, words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


# --- what holds between fields and between tables ------------------------------------------


def _key_faults(tables, package):
    """All cells that point to a row that another table does not have."""
    faults = []
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            cells, other = tables[resource["name"]][key["fields"][0]], key["reference"]["resource"]
            known = tables[other][key["reference"]["fields"][0]]
            for row, cell in cells[~cells.isin(known)].items():
                problem = f"found {cell!r}, which {other}.csv does not list{_nearest(cell, list(known))}"
                faults.append(Fault(resource["path"], row, cells.name, problem))
    return faults


def _rules(table, codebook):
    """All observations whose cells contradict one another or the codebook."""
    unit = table["indicator"].map(codebook.drop_duplicates("indicator").set_index("indicator")["unit"])
    years = table["period"].str.split("/")
    start, end, spanned = years.str[0].astype(int), years.str[-1].astype(int), years.str.len() == 2
    measure, is_share = table["measure"], unit == "%"
    expected = unit.mask(measure.isin(RATES), "%").mask((measure == "change") & is_share, "percentage points")
    share = "is a share (unit % in indicators.csv)"
    broken = [
        ("period", spanned & (end <= start), "a span must end after it begins"),
        ("period", measure.isin(SPANS) & ~spanned, "a value of measure {measure} needs a span such as 2016/2020"),
        ("period", measure.eq("level") & spanned, "a level belongs to one year (a total over a span is cumulative)"),
        ("measure", measure.isin({"level", "cumulative"}) & is_share, f"{{indicator}} {share}: the measure must be share"),
        ("measure", measure.eq("share") & ~is_share, f"a share, but {{indicator}} {share.replace('is', 'is not', 1)}"),
        ("unit", table["unit"] != expected, "for a {measure} of {indicator} the codebook allows {expected!r}"),
    ]
    return [
        Fault("observations.csv", row, column, f"found {cells[column]!r}; {problem.format(**cells, expected=expected[row])}")
        for column, mask, problem in broken
        for row, cells in table[mask].iterrows()
    ]
