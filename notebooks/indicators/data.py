"""From the CSV files of a data folder to one checked, tidy DataFrame.

The rules stand in `data/datapackage.json` (a Data Package with a Table Schema for each file);
`load` enforces them on every call, and beside them those that no Table Schema can say
(`_rules`). A file that breaks a rule is refused whole.
"""

import csv
import difflib
import io
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "data"
SHOWN_FAULTS = 100
TABLES = ("observations", "indicators", "places", "scopes", "sources", "omissions", "benchmarks")
NUMBER = r"-?(?=[0-9.]{1,16}$)(0|[1-9][0-9]*)(\.[0-9]+)?"
SHOWN_CELL = 60  # characters of a cell that a message repeats
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

    def __reduce__(self):
        return type(self), (self.faults,)

    def _render_traceback_(self):
        """What a notebook shows: the faults, not the inside of this module."""
        return [f"{type(self).__name__}: {self}"]


def load(folder=DATA, place=None):
    """Return the observations of `folder`, each with its codebook entry and source, as one DataFrame.

    One row is one printed figure; `place` (a key of `places.csv`) keeps the rows of one place only. Beside the columns of
    `observations.csv` stand those of `indicators.csv` and `sources.csv` (the source's own note as
    `source_note`), the names of place and scope (`place_en`, `place_zh`, `scope_en`, `scope_zh`), and:
    `printed` (the value as text), `decimals` (how many were printed), `start` and `end` (first and last year of
    the period). `value` is a float in `unit`; columns with a fixed list of values are categorical;
    `published` is a date.

    Raises TableError, which lists every fault of every file, when a file is missing, unreadable
    or breaks the schema; ValueError when there is no such place.
    """
    tables = _sound(folder)
    known = list(tables["places"]["place"])
    if place is not None and place not in known:
        raise ValueError(f"unknown place {place!r}; choose from: {', '.join(known)}")
    table = tables["observations"]
    table = _joined(table if place is None else table[table["place"] == place], tables)
    years = table["period"].str.split("/")
    table["start"], table["end"] = years.str[0].astype(int), years.str[-1].astype(int)
    table["printed"] = table["value"]
    table["decimals"] = table["printed"].str.partition(".")[2].str.len()
    table["value"] = table["printed"].astype(float)
    table["published"] = pd.to_datetime(table["published"], format="%Y-%m-%d")
    return _categorised(table, tables, schema(Path(folder)))


def benchmarks(folder=DATA):
    """Limits and guideline values that others set: the rows of `benchmarks.csv`, `value` as a number in `unit`.

    Raises TableError as `load` does.
    """
    return _sound(folder)["benchmarks"].reset_index(drop=True).astype({"value": float})


def latest(table):
    """The drawn vintages: of several printings of one fact, the newest of the best tier.

    A fact is an indicator, place, measure, period, status and scope. An outcome printed as a number goes before one
    printed as a bound; an expected outcome is left out where the outcome is known. Rows of `table`.
    """
    fact = ["indicator", "place", "measure", "period", "status", "scope"]
    vague = table["status"].ne("target") & ~table["bound"].isin(["exact", "about"])
    ranked = table.assign(vague=vague).sort_values(["vague", "tier", "published"], ascending=[True, True, False], kind="stable")
    best = ranked.groupby(fact, observed=True, dropna=False, sort=False)["source"].transform("first")
    chosen = ranked[ranked["source"].astype("str") == best.astype("str")].drop(columns="vague")
    known = chosen.loc[chosen["status"] == "actual", ["indicator", "place", "measure", "period"]]
    superseded = chosen["status"].eq("estimate") & pd.MultiIndex.from_frame(chosen[known.columns]).isin(pd.MultiIndex.from_frame(known))
    return chosen[~superseded].sort_index()


def _sound(folder):
    """The tables of `folder` as `read` gives them. Raises TableError when there is any fault."""
    tables, faults = read(Path(folder))
    if faults:
        raise TableError(faults)
    return tables


def _joined(table, tables):
    """Observations with the columns of the tables that their keys point to."""
    codebook = tables["indicators"].set_index("indicator").drop(columns="unit")
    sources = tables["sources"].set_index("source").rename(columns={"note": "source_note"})
    names = {
        key: tables[f"{key}s"].set_index(key)[["name_en", "name_zh"]].rename(columns=lambda name, key=key: name.replace("name", key))
        for key in ("place", "scope")
    }
    table = table.reset_index(drop=True).join(codebook, on="indicator").join(sources, on="source")
    return table.join(names["place"], on="place").join(names["scope"], on="scope").fillna("")


def _categorised(table, tables, package):
    """The table with each column of keys or fixed values as a categorical, in the order of the codebook."""
    categories = {}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "enum" in field.get("constraints", {}) and field["name"] in table:
                categories.setdefault(field["name"], field["constraints"]["enum"])
    for key in ("indicator", "place", "scope", "source"):
        categories[key] = tables[f"{key}s"][key]
    dtypes = {name: pd.CategoricalDtype(list(values)) for name, values in categories.items()}
    empty = table[list(dtypes)] == ""
    return table.assign(**table[list(dtypes)].mask(empty).astype(dtypes))


def schema(folder=DATA):
    """The Data Package descriptor of `folder`, as a dict. Raises TableError if it cannot be read."""
    text, faults = _text(Path(folder) / "datapackage.json")
    if faults:
        raise TableError(faults)
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TableError([Fault("datapackage.json", getattr(error, "lineno", None), None, f"not JSON: {error}; restore the file")]) from None
    try:
        described = {resource["name"]: resource["path"] for resource in package["resources"]}
        if described != {name: f"{name}.csv" for name in TABLES}:
            raise ValueError(f"its resources must be {', '.join(TABLES)}, each in a file of its name")
        for resource in package["resources"]:
            for field in resource["schema"]["fields"]:
                _fits(pd.Series(["2020"], name=field["name"]), field)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, re.error) as error:
        problem = f"not a description that this bundle can read ({type(error).__name__}: {error}); restore the file"
        raise TableError([Fault("datapackage.json", None, None, problem)]) from None
    return package


def read(folder):
    """Return the tables of `folder` as text, by name (index: the row in the file), and all faults found.

    A table whose header is wrong is left out; a row of the wrong shape too, and what such rows or the rules between
    tables would say comes to light when they are mended.
    """
    package, tables, faults = schema(folder), {}, []
    for resource in package["resources"]:
        table, found = _rows(folder / resource["path"], resource["schema"])
        if table is not None:
            found += _field_faults(table, resource)
            tables[resource["name"]] = table
        faults += found
    faults += _key_faults(tables, package)
    if {"observations", "indicators", "sources"} <= set(tables):
        broken = {fault.row for fault in faults if fault.file == "observations.csv"}
        sound = tables["observations"].drop(index=broken, errors="ignore")
        faults += _rules(sound, tables["indicators"], tables["sources"])
    if not faults:
        faults = _unused(tables, package)
    return tables, faults


# --- a file as rows ------------------------------------------------------------------------


def _text(path):
    """The text of a file, and the fault that keeps it from being read."""
    try:
        if path.exists() and not path.is_file():
            return "", [Fault(path.name, None, None, "this is not a file that can be read; put the file in its place")]
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [Fault(path.name, None, None, f"the file is missing from the folder {path.parent.name!r}; put it back")]
    except (OSError, ValueError) as error:
        return "", [Fault(path.name, None, None, f"the file cannot be read ({getattr(error, 'strerror', None) or error})")]
    cure = "save it as UTF-8 without byte-order mark (in a spreadsheet: 'CSV UTF-8', then remove the mark in an editor)"
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return "", [Fault(path.name, 1, None, f"the file begins with a byte-order mark, as spreadsheets write it; {cure}")]
    try:
        text = raw.decode("utf-8")
        if text.strip() and not text.endswith("\n"):
            row = text.count("\n") + 1
            return "", [Fault(path.name, row, None, "the last line has no end, so the file may be cut off; restore it, or end the line")]
        return text, []
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
    reader, rows, numbers, number = csv.reader(io.StringIO(text, newline=""), strict=True), [], [], 1
    try:
        faults = _header_faults(path.name, next(reader), names)
        if faults:
            return None, faults
        for number, row in enumerate(reader, start=2):
            if len(row) == len(names):
                rows.append(row)
                numbers.append(number)
            else:
                problem = f"{len(row)} cells where {len(names)} are expected; look for a comma or quotation mark too many or missing"
                faults.append(Fault(path.name, number, None, problem))
    except csv.Error as error:
        problem = f"not CSV from here on ({error}); look for an unbalanced quotation mark or a cell that is far too long"
        faults.append(Fault(path.name, number + 1, None, problem))
    if not rows and not faults:
        faults.append(Fault(path.name, None, None, "the file has no rows beneath its header; restore it"))
    return pd.DataFrame(rows, index=numbers, columns=names, dtype="str"), faults


def _header_faults(file, header, names):
    """Name the columns that are missing, unknown, doubled or out of order."""
    expected = f"expected: {','.join(names)}"
    faults = [Fault(file, 1, name, f"the column is missing; {expected}") for name in names if name not in header]
    for name in dict.fromkeys(header):
        if name not in names:
            faults.append(Fault(file, 1, _shown(name), f"the column is unknown{_nearest(name, names)}; {expected}"))
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
        faults += _each(file, spaced, lambda cell: f"found {_shown(cell)}, with spaces around it; remove them")
        faults += _each(file, filled[filled.map(_invisible)], lambda cell: f"found {_shown(cell)}, with an invisible or broken character")
        faults += _each(file, filled[~_fits(filled, field)], lambda cell, field=field: _misfit(cell, field))
        if limits.get("unique"):
            faults += _each(file, filled[filled.duplicated()], lambda cell: f"found {_shown(cell)} a second time; it must be unique")
    key = resource["schema"]["primaryKey"]
    first = pd.Series(table.index, table.index).groupby([table[name] for name in key]).transform("first")
    for row in table.index[table.duplicated(key)]:
        found = ", ".join(_shown(cell) for cell in table.loc[row, key] if cell)
        faults.append(Fault(file, row, "+".join(key), f"found {found}, which row {first[row]} has already; a key stands once"))
    return faults


def _each(file, cells, problem):
    return [Fault(file, row, cells.name, problem(cell)) for row, cell in cells.items()]


def _shown(cell):
    """A cell as a message shows it: quoted, escaped, and not too long."""
    return repr(cell if len(cell) <= SHOWN_CELL else cell[:SHOWN_CELL] + "…")


def _invisible(cell):
    """Whether a text has a control or format character, or one that stands for lost text."""
    return not cell.isprintable() and any(unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") for mark in cell) or "\ufffd" in cell


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
        allowed = "a number such as 12, 7.0 or -95.8, of at most 15 digits, without separators or units"
    elif field["name"] == "period":
        allowed = "a year (2020) or a span of years (2016/2020), from 2000 to 2099"
    elif field["type"] == "date":
        allowed = "a date such as 2021-02-02"
    elif field["name"] in ("name_zh", "as_printed"):
        allowed = "a text with Chinese characters"
    elif field.get("format") == "uri":
        allowed = "an address that begins with http:// or https://"
    else:
        allowed = f"a text of the form {limits['pattern']}"
    return f"found {_shown(cell)}; allowed is {allowed}"


def _nearest(word, words):
    near = difflib.get_close_matches(word, words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


# --- what holds between fields and between tables ------------------------------------------


def _key_faults(tables, package):
    """All cells that point to a row that another table does not have."""
    faults = []
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or resource["name"]
            if not {resource["name"], other} <= set(tables):
                continue
            cells = tables[resource["name"]][key["fields"][0]]
            known = tables[other][key["reference"]["fields"][0]]
            for row, cell in cells[(cells != "") & ~cells.isin(known)].items():
                problem = f"found {_shown(cell)}, which {other}.csv does not list{_nearest(cell, list(known))}"
                faults.append(Fault(resource["path"], row, cells.name, problem))
    return faults


def _unused(tables, package):
    """All entries of the other tables that no observation uses: a sign that observations were lost."""
    faults, used = [], tables["observations"]
    for key in next(resource["schema"]["foreignKeys"] for resource in package["resources"] if resource["name"] == "observations"):
        name, other = key["fields"][0], key["reference"]["resource"]
        entries = tables[other][name]
        problem = "no row of observations.csv uses {}; restore its rows, or remove the entry"
        faults += _each(f"{other}.csv", entries[~entries.isin(used[name])], lambda cell, problem=problem: problem.format(_shown(cell)))
    return faults


def _rules(table, codebook, sources):
    """All observations whose cells contradict one another, the codebook or their source."""
    entries = codebook.drop_duplicates("indicator").set_index("indicator")
    unit, basis = table["indicator"].map(entries["unit"]), table["indicator"].map(entries["price_basis"])
    printed = table["source"].map(sources.drop_duplicates("source").set_index("source")["published"]).fillna("")
    years = table["period"].str.split("/")
    start, end, spanned = years.str[0].astype(int), years.str[-1].astype(int), years.str.len() == 2
    measure, is_share, value = table["measure"], unit == "%", table["value"].astype(float)
    expected = unit.mask(measure.isin(RATES), "%").mask((measure == "change") & is_share, "percentage points")
    amount = measure.isin({"level", "cumulative", "share"})
    whole = amount & table["unit"].isin({"count", "rank"})
    early = table["status"].eq("actual") & (
        end > printed.str[:4].where(printed.str.match("[0-9]{4}-"), "9999").astype(int) + 1
    )  # a standard may be set a year ahead
    share = "is a share (unit % in indicators.csv)"
    broken = [
        ("period", spanned & (end <= start), "a span must end after it begins"),
        ("period", measure.isin(SPANS) & ~spanned, "a value of measure {measure} needs a span such as 2016/2020"),
        ("period", measure.eq("level") & spanned, "a level belongs to one year (a total over a span is cumulative)"),
        ("period", early, "an outcome of a year well after {source} was published; look at the year and the status"),
        ("measure", measure.isin({"level", "cumulative"}) & is_share, f"{{indicator}} {share}: the measure must be share"),
        ("measure", measure.eq("share") & ~is_share, f"a share, but {{indicator}} {share.replace('is', 'is not', 1)}"),
        ("measure", ~measure.isin(RATES) & basis.eq("real"), "{indicator} is at constant prices: only its rates of growth are printed"),
        ("bound", _not_a_range(table), "another row says the same with another bound; only the two ends of a range may stand together"),
        ("value", amount & (value < 0), "a {measure} cannot be below zero"),
        ("value", measure.eq("share") & (value > 100), "a share cannot be above 100"),
        ("value", whole & (value % 1 != 0), "a {unit} is a whole number"),
        ("value", _not_as_printed(table), "as_printed has no such number ({as_printed})"),
        ("unit", table["unit"] != expected, "for a {measure} of {indicator} the codebook allows {expected!r}"),
    ]
    return [
        Fault("observations.csv", row, column, f"found {_shown(cells[column])}; {problem.format(**cells, expected=expected[row])}")
        for column, mask, problem in broken
        for row, cells in table[mask].iterrows()
    ]


def _not_as_printed(table):
    """Which values do not stand in what was printed, unless the note says that it was printed in words or in another unit."""
    elsewhere = table["note"].str.contains("Printed in words|stored in", regex=True)
    numbers = [re.findall(r"[0-9]+(?:\.[0-9]+)?", printed) for printed in table["as_printed"]]
    stands = [value.lstrip("-") in found for value, found in zip(table["value"], numbers, strict=True)]
    return ~(elsewhere | pd.Series(stands, table.index, dtype=bool))


def _not_a_range(table):
    """Which rows say of one fact, in one source, two things that are not the ends of one range."""
    fact = ["indicator", "place", "measure", "period", "status", "scope", "source"]
    twice = table[table.duplicated(fact, keep=False)]
    value = twice["value"].astype(float)
    low, high = value.where(twice["bound"] == "at_least"), value.where(twice["bound"] == "at_most")
    ends = pd.DataFrame({"low": low, "high": high}).groupby([twice[name] for name in fact]).transform("max")
    wrong = twice.index[~twice["bound"].isin(["at_least", "at_most"]) | ~(ends["low"] < ends["high"])]
    return table.index.isin(wrong)
