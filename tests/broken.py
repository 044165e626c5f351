"""Broken tables: copies of the data folder, each with one known fault.

Each knows where and how the fault must be told.
"""

import csv
import json
import os
import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from indicators import data

DATA = Path(__file__).resolve().parents[1] / "data"
OBSERVATIONS = "observations.csv"
PACKAGE = {
    resource["path"]: resource["schema"]["fields"] for resource in data.schema()["resources"]
}
FREE = [  # columns of free text
    (file, field["name"])
    for file, fields in PACKAGE.items()
    for field in fields
    if field["type"] == "string"
    and not {"enum", "pattern"} & set(field.get("constraints", {}))
    and field.get("format") != "uri"
    and field["name"] not in ("place", "scope", "source", "parent", "indicator")
] + [("indicators.csv", "name_zh"), (OBSERVATIONS, "as_printed")]
ENUMS = [
    (file, field["name"])
    for file, fields in PACKAGE.items()
    for field in fields
    if "enum" in field.get("constraints", {})
]
SAMPLE = (2, 57, 301, 500, 700)  # rows of the observations
NUMBERS = {
    "decimal comma": (["6001,0", "0,5"], "did you mean 6001.0|did you mean 0.5"),
    "thousands separator": (
        ["6,001", "6 001", "6'001", "6，001", "6,001.0", "1,006,001"],
        "did you mean [0-9.]+\\?",
    ),
    "full-width digits": (["６００１", "６００１．０", "6００1"], "did you mean 6001"),
    "Chinese numeral": (["六千零一", "六千", "〇", "陆仟", "6千", "两"], "a number such as 12"),
    "percent sign": (["6001%", "6001％", "6001 %", "6‰"], "did you mean [0-9]+\\?|spaces"),
    "not a number": (
        "NaN nan inf -inf Infinity None null N/A #N/A #REF! true - — … ?".split(),
        "a number such as 12",
    ),
    "other notation": (
        "1e3 6.001E+3 0x1A +6001 6001. .5 --5 6001亿 ¥6001 约6001 007 6001–6100 6_001".split(),
        "a number such as 12",
    ),
    "too many digits": (["6" * 17, "0." + "3" * 20], "at most 15 digits"),
}
PERIODS = [
    "2020-2016",
    "20",
    "2020/",
    "/2020",
    "2016/2020/2021",
    "2016–2020",
    "FY2020",
    "2020年",
    "1/2020",
    "1999",
    "2100",
    "十三五",
    "2020.0",
    "２０２０",
    "2020Q1",
    "2020-12-31",
    "last year",
    "2016 / 2020",
]
HIDDEN = {
    "right-to-left override": "\u202e",
    "control character": "\x07",
    "zero-width space": "\u200b",
    "line separator": "\u2028",
    "lost character": "\ufffd",
}
FORMULAS = ['=HYPERLINK("http://example.org","绍兴")', "+1+1", "-2+3", "@SUM(1)", "＝1+1"]
SCRIPTS = [
    "<script>window.__ran = 1</script>",
    "<img src=x onerror=alert(1)>",
    "<b>",
    "<!-- -->",
    "&lt;script&gt;",
]


@dataclass(frozen=True)
class Broken:
    """`spoil` breaks a folder; what must be said of it.

    Each fault must be in `file` (and `row`, `column` where given), and in one of them what the
    pattern `said` finds.
    """

    kind: str
    name: str
    spoil: object
    said: str
    file: str = OBSERVATIONS
    row: int | None = None
    column: str | None = None

    def judged(self, faults):
        """What is wrong with the faults told, or nothing."""
        if not faults:
            return "no fault was told"
        told = [fault for fault in faults if re.search(self.said, str(fault))]
        here = [
            fault
            for fault in faults
            if fault.file == self.file
            and self.row in (None, fault.row)
            and (not self.column or self.column in fault.columns)
        ]
        astray = [fault for fault in faults if fault not in here and fault not in told]
        if astray:
            return f"told elsewhere: {astray[0]}"
        return "" if set(here) & set(told) else f"told otherwise: {faults[0]}"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def on_rows(file, change):
    """Change the rows (header first) of a file."""

    def spoil(folder):
        rows = rows_of(folder / file)
        write(folder / file, change(rows) or rows)

    return spoil


def on_bytes(file, change):
    def spoil(folder):
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return spoil


def put(file, row, **cells):
    """Write cells, or what functions of them return, into one row."""

    def change(rows):
        for column, new in cells.items():
            at = rows[0].index(column)
            rows[row - 1][at] = new(rows[row - 1][at]) if callable(new) else new

    return on_rows(file, change)


def found(**cells):
    """The first row of the observations with these cells."""
    for number, row in enumerate(
        csv.DictReader((DATA / OBSERVATIONS).open(encoding="utf-8", newline="")), start=2
    ):
        if all(row[column] == cell for column, cell in cells.items()):
            return number
    raise LookupError(cells)


def one_cell(kind, name, new, said, file=OBSERVATIONS, row=2, column="value"):
    """A table of which one cell is broken; `new`: its text, or a function of the old one."""
    return Broken(kind, name, put(file, row, **{column: new}), said, file, row, column)


def names_of(file):
    return [field["name"] for field in PACKAGE[file]]


def headers():
    for file in PACKAGE:
        for at, name in enumerate(names_of(file)):
            without = on_rows(file, lambda rows, at=at: [row[:at] + row[at + 1 :] for row in rows])
            said = "missing; expected: "
            yield Broken("missing column", f"{file} {name}", without, said, file, 1, name)
        yield from wrong_names(file)
        moved = on_rows(file, lambda rows: [[row[1], row[0], *row[2:]] for row in rows])
        said = "another order; expected"
        yield Broken("columns in another order", file, moved, said, file, 1)


def wrong_names(file):
    kind, names = "wrong column", names_of(file)
    for name in names[:6]:
        spoil, said = put(file, 1, **{name: name.upper()}), f"{name.upper()}.*unknown"
        yield Broken(kind, f"{file} {name}", spoil, said, file, 1)
    doubled = put(file, 1, **{names[0]: names[1]})
    yield Broken("doubled column", file, doubled, "more than once; keep one", file, 1)
    chinese = put(file, 1, **{names[-1]: "备注"})
    yield Broken(kind, f"{file} in Chinese", chinese, "备注.*unknown", file, 1)
    one_more = on_rows(file, lambda rows: [[*row, "x"] for row in rows])
    yield Broken(kind, f"{file} one more", one_more, "unknown", file, 1, "'x'")


def moved():
    yield from swapped()
    for row in SAMPLE:
        for step, way in ((1, "right"), (-1, "left")):

            def change(rows, row=row, step=step):
                rows[row - 1] = rows[row - 1][-step:] + rows[row - 1][:-step]

            name, said = f"{row} to the {way}", f"too far to the {way}; move them"
            yield Broken("shifted row", name, on_rows(OBSERVATIONS, change), said, row=row)
    for at, name in enumerate(names_of(OBSERVATIONS)):

        def change(rows, at=at):
            cells = [row[at] for row in rows[1:]]
            for row, cell in zip(rows[1:], [cells[-1], *cells[:-1]], strict=True):
                row[at] = cell

        said = "allowed|allows|has already|no such|found"
        yield Broken("column shifted by a row", name, on_rows(OBSERVATIONS, change), said)


def swapped():
    for (one, name), (other, second) in combinations(enumerate(names_of(OBSERVATIONS)), 2):

        def change(rows, one=one, other=other):
            for row in rows[1:]:
                row[one], row[other] = row[other], row[one]

        spoil, said = on_rows(OBSERVATIONS, change), "exchange the two columns"
        both = f"{name} and {second}"
        yield Broken("swapped columns", both, spoil, said, row=1, column=name)


def keys():
    last = len(rows_of(DATA / OBSERVATIONS))
    for row in SAMPLE:
        again = on_rows(OBSERVATIONS, lambda rows, row=row: [*rows, rows[row - 1]])
        said = f"row {row} has already; a key stands once|the two ends of a range"
        yield Broken("duplicate key", f"row {row}", again, said, row=last + 1)
    for file in PACKAGE:
        again, end = on_rows(file, lambda rows: [*rows, rows[1]]), len(rows_of(DATA / file))
        yield Broken("duplicate key", file, again, "row 2 has already|a second time", file, end + 1)
    yield from orphans()


def orphans():
    kind, own = "orphan key", ("indicator", "place", "scope", "source")
    of_others = {"omissions.csv": "source", "benchmarks.csv": "indicator", "places.csv": "parent"}
    for file, column in [*((OBSERVATIONS, name) for name in own), *of_others.items()]:
        cure = rf"{column}s?\.csv does not list|places\.csv does not list"
        new, name = "no-such" if column == "source" else "no_such", f"{file} {column}"
        yield one_cell(kind, name, new, cure, file, column=column)
        said = f"({cure}) \\(did you mean"
        yield one_cell(kind, f"{name} misspelt", "{}0".format, said, file, column=column)
    for column in own:
        file = f"{column}s.csv"
        drop = on_rows(file, lambda rows: rows[:-1])
        said = f"{file} does not list"
        yield Broken(kind, f"{column} taken away", drop, said, column=column)


def cells():
    misspelt = {
        "misspelt": lambda cell: cell[:-1] + "x",
        "Chinese": "实际",
        "upper case": lambda cell: cell.upper() + "!",
    }
    for file, column in ENUMS:
        for name, new in misspelt.items():
            said, name = "allowed is one of|codebook allows", f"{file} {column} {name}"
            yield one_cell("bad enum", name, new, said, file, column=column)
    for kind, (texts, said) in NUMBERS.items():
        for text in texts:
            yield one_cell(kind, text[:24], text, said)
    for file, fields in PACKAGE.items():
        for name in (
            each["name"] for each in fields if each.get("constraints", {}).get("required")
        ):
            said = "empty; a value is required"
            yield one_cell("empty cell", f"{file} {name}", "", said, file, column=name)
    for column in ("period", "value", "unit", "source"):
        said = "spaces around it; remove them"
        yield one_cell("spaces", column, " {}".format, said, column=column)
    for column, key, near in [("indicator", "GDP", "gdp"), ("place", "Shaoxing", "shaoxing")]:
        said = f"does not list .did you mean {near}.*; add a row"
        yield one_cell("key in capitals", key, key, said, column=column)
    yield from periods()
    yield from cells_of_sources()


def periods():
    kind = "bad period"
    for period in PERIODS:
        said = "a year \\(2020\\) or a span of years"
        yield one_cell(kind, period, period, said, column="period")
    for period, said in [
        ("2016/2020", "a level belongs to one year"),
        ("2020/2016", "must end after it begins"),
        ("2020/2020", "must end after"),
        ("2099", "well after"),
    ]:
        yield one_cell(kind, f"level of {period}", period, said, column="period")
    row = found(measure="average_growth_rate")
    yield one_cell(kind, "average of a year", "2020", "needs a span", row=row, column="period")


def cells_of_sources():
    file = "sources.csv"
    for name, date in [
        ("other order", "02.02.2021"),
        ("no such day", "2021-02-30"),
        ("Chinese", "2021年2月2日"),
        ("slashes", "2021/02/02"),
    ]:
        said = "a date such as 2021-02-02"
        yield one_cell("bad date", name, date, said, file, column="published")
    addresses = "javascript:alert(1) sx.gov.cn file:///etc/passwd data:text/html,1 ftp://sx.gov.cn/"
    for address in addresses.split():
        yield one_cell("bad address", address, address, "begins with http", file, column="url")
    for column, text in [
        ("published", "2021-03"),
        ("published", "2021年3月"),
        ("url", "www.sx.gov.cn"),
    ]:

        def change(rows, column=column, text=text):
            at, note = rows[0].index(column), rows[0].index("note")
            for row in rows[1:]:
                row[at], row[note] = text, ""

        kind, said = "bad in every row, beside an empty column", "a date such as|begins with http"
        yield Broken(kind, text, on_rows(file, change), said, file, column=column)


def ranges():
    yield from amounts()
    for new in ("6002", "600.1", "60.01", "6010"):
        yield one_cell("not as printed", new, new, "no such number|ten times")
    yield from printed_otherwise()
    for row in SAMPLE:
        was = rows_of(DATA / OBSERVATIONS)[row - 1][7]
        for unit in (unit for unit in ("days", "CNY", "%", "ratio") if unit != was):
            name, said = f"row {row} {unit}", "the codebook allows"
            yield one_cell("unit of another indicator", name, unit, said, row=row, column="unit")
    kind, part = "measure of another kind", found(measure="share", indicator="good_air_days")
    yield one_cell(kind, "level called share", "share", "is not a share", column="measure")
    said = "must be share"
    yield one_cell(kind, "share called level", "level", said, row=part, column="measure")


def amounts():
    days, rank, gdp = found(unit="days"), found(unit="rank"), 2
    rate = found(measure="growth_rate", indicator="real_gdp")
    part = found(measure="share", indicator="good_air_days")
    pm25 = found(indicator="pm25", place="shaoxing", measure="level", period="2020")
    for row, new, said in [
        (gdp, "6001000", "ten times more or less"),
        (gdp, "60010000000", "can be like this"),
        (gdp, "60.01", "ten times more or less"),
        (gdp, "-6001", "cannot be below zero"),
        (pm25, "2800", "can be like this"),
        (pm25, "-28", "cannot be below zero"),
        (pm25, "1.1", "ten times more or less"),
        (rate, "-101", "less than nothing"),
        (rate, "6001", "can be like this"),
        (part, "907", "cannot be above 100"),
        (part, "-5", "cannot be below zero"),
        (days, "367", "can be like this"),
        (rank, "0", "can be like this"),
        (rank, "3.1", "whole number"),
    ]:
        spoil = put(OBSERVATIONS, row, value=new, as_printed=f"数字 {new.lstrip('-')}")
        name = f"row {row}: {new}"
        yield Broken("implausible value", name, spoil, said, row=row, column="value")


def printed_otherwise():
    rate, average = found(measure="growth_rate", indicator="real_gdp"), "average_growth_rate"
    year_in_it = {"value": "2020", "as_printed": "2020年生产总值6001亿元"}
    part_of_it = {"value": "11", "as_printed": "人均 1,11 万元"}
    fell = {"value": "3", "as_printed": "增速 -3 %"}
    yearly = {"measure": "growth_rate", "period": "2001"}
    no_limit = found(bound="at_most", indicator="pm25")
    for name, row, changes, column, said in [
        ("a year as a figure", 2, year_in_it, "value", "no such number"),
        ("a part of a number", 4, part_of_it, "value", "no such number"),
        ("a fall that was growth", rate, {"value": "-{}".format}, "value", "another sign"),
        ("growth that was a fall", rate, fell, "value", "another sign"),
        ("an average called yearly", found(measure=average), yearly, "measure", "an average"),
        ("a limit called exact", no_limit, {"bound": "exact"}, "bound", "a bound, or about"),
    ]:
        spoil = put(OBSERVATIONS, row, **changes)
        yield Broken("printed otherwise", name, spoil, said, row=row, column=column)


def bytes_of_files():
    for file in PACKAGE:
        yield from encodings(file)
        yield from shapes(file)
        yield from no_files(file)
        for mark in ";\t":
            other = on_bytes(file, lambda raw, mark=mark: raw.replace(b",", mark.encode()))
            name, said = f"{file} {mark!r}", "separated by .*; save the table with commas"
            yield Broken("another separator", name, other, said, file, 1)
    yield from cut_off()
    yield from blank_rows()
    yield from descriptors()


def encodings(file):
    marked, said = on_bytes(file, lambda raw: b"\xef\xbb\xbf" + raw), "mark.*save it as UTF-8"
    yield Broken("byte-order mark", file, marked, f"byte-order {said}", file, 1)
    for code in ("utf-16", "utf-16-le", "utf-16-be"):
        recoded = on_bytes(file, lambda raw, code=code: raw.decode().encode(code))
        yield Broken("UTF-16", f"{file} {code}", recoded, "UTF-8|expected", file)
    gb = on_bytes(
        file, lambda raw: raw.decode().translate({0xB5: "u", 0xB2: "2"}).encode("gb18030")
    )
    yield Broken("GB18030", file, gb, "GB18030.*save it as UTF-8", file)


def shapes(file):
    first_row, in_quotes = "empty; its first row must be", "unbalanced quotation mark"
    for kind, name, change, said in [
        ("empty file", "", lambda raw: b"", first_row),
        ("empty file", " blank lines", lambda raw: b"\n \n", first_row),
        ("empty file", " header only", lambda raw: raw[: raw.index(b"\n") + 1], "no rows beneath"),
        ("truncated file", "", lambda raw: raw[:-7], "cut off|not UTF-8"),
        ("trailing comma", "", lambda raw: raw.replace(b"\n", b",\n", 2), "unknown|cells where"),
        (in_quotes, "", lambda raw: raw.replace(b"\n", b'\n"', 1), "quotation mark"),
        (in_quotes, " at the end", lambda raw: raw[:-1] + b'"\n', "quotation mark|no such|found"),
        (
            "zero bytes",
            "",
            lambda raw: raw[:-9] + b"\0" * 8 + b"\n",
            "invisible|cells where|found|not UTF-8|not CSV",
        ),
    ]:
        yield Broken(kind, f"{file}{name}", on_bytes(file, change), said, file)
    one = on_rows(file, lambda rows: [*rows[:2], [*rows[2], ""], *rows[3:]])
    said = "cells where [0-9]+ are expected; look for a comma"
    yield Broken("trailing comma", f"{file} row 3", one, said, file, 3)


def no_files(file):
    no_file, copy = "not a file that can be read; put the file", ".*a copy in its place"
    gone = on_file(file, Path.unlink)
    yield Broken("missing file", file, gone, "missing from the folder.*put it back", file)
    for kind, make, said in [
        ("directory in place of a file", Path.mkdir, no_file),
        ("pipe in place of a file", os.mkfifo, no_file),
        ("symlink loop", lambda path: path.symlink_to(path), f"levels of symbolic links{copy}"),
        (
            "unreadable file",
            lambda path: path.symlink_to("/proc/self/mem"),
            f"cannot be read {copy}",
        ),
    ]:
        yield Broken(kind, file, replaced(file, make), said, file)
    said = "longer than 1,000,000 characters.*restore"
    yield Broken("line of 2 GB", file, on_file(file, endless), said, file)


def cut_off():
    for cut in (301, 20_000, 60_000):
        spoil = on_bytes(OBSERVATIONS, lambda raw, cut=cut: raw[:cut])
        yield Broken("truncated file", f"after {cut} bytes", spoil, "cut off|not UTF-8")
    lines = on_bytes(OBSERVATIONS, lambda raw: b"".join(raw.splitlines(keepends=True)[:150]))
    said, file = "no row of observations.csv uses.*restore its rows", "indicators.csv"
    yield Broken("truncated file", "after 150 rows", lines, said, file, column="indicator")
    kept = on_file(OBSERVATIONS, lambda path: endless(path, keep=True))
    yield Broken("line of 2 GB", "in the midst", kept, "longer than 1,000,000")


def blank_rows():
    kind, said = "blank row", "the row is empty; remove it"
    last = len(rows_of(DATA / OBSERVATIONS))
    commas = on_rows(OBSERVATIONS, lambda rows: [*rows, [""] * 13])
    yield Broken(kind, "of commas", commas, said, row=last + 1)

    def blank(raw):
        return raw.replace(b"\n", b"\n\n", 2).replace(b"\n\n", b"\n", 1)

    yield Broken(kind, "after row 2", on_bytes(OBSERVATIONS, blank), f"row 3: {said}")


def descriptors():
    file, cure = "datapackage.json", "restore the file"
    for name, text in {
        "not JSON": "{",
        "a list": "[]",
        "empty": "",
        "no resources": "{}",
        "a number": "1",
        "deep": "[" * 100_000,
    }.items():
        spoil = on_bytes(file, lambda raw, text=text: text.encode())
        yield Broken("broken descriptor", name, spoil, cure, file)
    for name, (table, change, part) in DESCRIBED.items():
        said = f"{part}.*must be described as.*{cure}"
        spoil = on_descriptor(table, change)
        yield Broken("descriptor of another form", name, spoil, said, file)


DESCRIBED = {
    "a column less": (
        "observations",
        lambda schema: schema["fields"].pop(),
        "columns of observations",
    ),
    "another pattern": (
        "observations",
        lambda schema: schema["fields"][3]["constraints"].pop("pattern"),
        "column period of observations",
    ),
    "another status": (
        "observations",
        lambda schema: schema["fields"][4]["constraints"]["enum"].append("hope"),
        "column status of observations",
    ),
    "text for numbers": (
        "observations",
        lambda schema: schema["fields"][6].update(type="string"),
        "column value of observations",
    ),
    "no key": ("places", lambda schema: schema.update(primaryKey=[]), "keys of places"),
    "no other keys": ("omissions", lambda schema: schema.pop("foreignKeys"), "keys of omissions"),
    "another empty cell": (
        "sources",
        lambda schema: schema.update(missingValues=["-"]),
        "missing values of sources",
    ),
}


def on_descriptor(table, change):
    def spoil(folder):
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        change(
            next(
                resource["schema"] for resource in package["resources"] if resource["name"] == table
            )
        )
        path.write_text(json.dumps(package), encoding="utf-8")

    return spoil


def on_file(file, change):
    return lambda folder: change(folder / file)


def replaced(file, make):
    def spoil(folder):
        (folder / file).unlink()
        make(folder / file)

    return spoil


def endless(path, keep=False):
    """Let a file end with a line of 2 GB, most of it a hole."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size if keep else 0)
        file.truncate(path.stat().st_size + 2_000_000_000)
        file.seek(0, os.SEEK_END)
        file.write(b"\n")


def texts():
    for file, column in FREE:
        name = f"{file} {column}"
        for kind, mark in HIDDEN.items():
            said = "invisible or broken character; type it anew|spaces"

            def hidden(cell, mark=mark):
                return f"绍兴{mark}{cell or 'x'}"

            yield one_cell(kind, name, hidden, said, file, column=column)
        for formula in FORMULAS:
            new, said = f"{formula} {{}}绍兴".format, "run as a formula; begin with a word"
            yield one_cell("formula", f"{name} {formula[:6]}", new, said, file, column=column)
        for script in SCRIPTS:
            new = f"绍兴{{}}{script}".format
            said = "markup of web pages in it; write it as plain text"
            yield one_cell("markup", f"{name} {script[:6]}", new, said, file, column=column)


# These can be in a workbook as well.
IN_CELLS = [broken for part in (keys, cells, ranges, texts) for broken in part()]
ALL = [*IN_CELLS, *(broken for part in (headers, moved, bytes_of_files) for broken in part())]
