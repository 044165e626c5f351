"""Broken tables: copies of the data folder, each with one known fault, and where and how the fault must be told."""

import csv
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from indicators import data

ROOT = Path(__file__).resolve().parents[1]
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
    """`spoil` breaks a folder; each fault must be in `file` (and `row`, `column` where given) and one say what the pattern `said` finds."""

    kind: str
    name: str
    spoil: object
    file: str
    row: int | None
    column: str | None
    said: str

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
        csv.DictReader((ROOT / "data" / OBSERVATIONS).open(encoding="utf-8", newline="")), start=2
    ):
        if all(row[column] == cell for column, cell in cells.items()):
            return number
    raise LookupError(cells)


def headers():
    for file, fields in PACKAGE.items():
        names = [field["name"] for field in fields]
        for at, name in enumerate(names):
            without = on_rows(file, lambda rows, at=at: [row[:at] + row[at + 1 :] for row in rows])
            yield Broken(
                "missing column", f"{file} {name}", without, file, 1, name, "missing; expected: "
            )
        for name in names[:6]:
            yield Broken(
                "wrong column",
                f"{file} {name}",
                put(file, 1, **{name: name.upper()}),
                file,
                1,
                None,
                f"{name.upper()}.*unknown",
            )
        yield Broken(
            "doubled column",
            file,
            put(file, 1, **{names[0]: names[1]}),
            file,
            1,
            None,
            "more than once; keep one",
        )
        yield Broken(
            "wrong column",
            f"{file} in Chinese",
            put(file, 1, **{names[-1]: "备注"}),
            file,
            1,
            None,
            "备注.*unknown",
        )
        yield Broken(
            "wrong column",
            f"{file} one more",
            on_rows(file, lambda rows: [[*row, "x"] for row in rows]),
            file,
            1,
            "'x'",
            "unknown",
        )
        moved = on_rows(file, lambda rows: [[row[1], row[0], *row[2:]] for row in rows])
        yield Broken(
            "columns in another order", file, moved, file, 1, None, "another order; expected"
        )


def moved():
    names = [field["name"] for field in PACKAGE[OBSERVATIONS]]
    for one in range(len(names)):
        for other in range(one + 1, len(names)):

            def change(rows, one=one, other=other):
                for row in rows[1:]:
                    row[one], row[other] = row[other], row[one]

            name = f"{names[one]} and {names[other]}"
            yield Broken(
                "swapped columns",
                name,
                on_rows(OBSERVATIONS, change),
                OBSERVATIONS,
                1,
                names[one],
                "exchange the two columns",
            )
    for row in SAMPLE:
        for step, way in ((1, "right"), (-1, "left")):

            def change(rows, row=row, step=step):
                rows[row - 1] = rows[row - 1][-step:] + rows[row - 1][:-step]

            yield Broken(
                "shifted row",
                f"{row} to the {way}",
                on_rows(OBSERVATIONS, change),
                OBSERVATIONS,
                row,
                None,
                f"too far to the {way}; move them",
            )
    for at, name in enumerate(names):

        def change(rows, at=at):
            cells = [row[at] for row in rows[1:]]
            for row, cell in zip(rows[1:], [cells[-1], *cells[:-1]], strict=True):
                row[at] = cell

        yield Broken(
            "column shifted by a row",
            name,
            on_rows(OBSERVATIONS, change),
            OBSERVATIONS,
            None,
            None,
            "allowed|allows|has already|no such|found",
        )


def keys():
    last = len(rows_of(ROOT / "data" / OBSERVATIONS))
    for row in SAMPLE:
        again = on_rows(OBSERVATIONS, lambda rows, row=row: [*rows, rows[row - 1]])
        yield Broken(
            "duplicate key",
            f"row {row}",
            again,
            OBSERVATIONS,
            last + 1,
            None,
            f"row {row} has already; a key stands once|the two ends of a range",
        )
    for file in PACKAGE:
        end = len(rows_of(ROOT / "data" / file))
        yield Broken(
            "duplicate key",
            file,
            on_rows(file, lambda rows: [*rows, rows[1]]),
            file,
            end + 1,
            None,
            "row 2 has already|a second time",
        )
    orphans = [(OBSERVATIONS, name) for name in ("indicator", "place", "scope", "source")]
    orphans += [
        ("omissions.csv", "source"),
        ("benchmarks.csv", "indicator"),
        ("places.csv", "parent"),
    ]
    for file, column in orphans:
        cure = rf"{column}s?\.csv does not list|places\.csv does not list"
        yield Broken(
            "orphan key",
            f"{file} {column}",
            put(file, 2, **{column: "no_such" if column != "source" else "no-such"}),
            file,
            2,
            column,
            cure,
        )
        slip = put(file, 2, **{column: lambda cell: cell + "0"})
        yield Broken(
            "orphan key",
            f"{file} {column} misspelt",
            slip,
            file,
            2,
            column,
            f"({cure}) \\(did you mean",
        )
    for file, column in [
        ("indicators.csv", "indicator"),
        ("places.csv", "place"),
        ("scopes.csv", "scope"),
        ("sources.csv", "source"),
    ]:
        drop = on_rows(file, lambda rows: rows[:-1])
        yield Broken(
            "orphan key",
            f"{column} taken away",
            drop,
            OBSERVATIONS,
            None,
            column,
            f"{file} does not list",
        )


def cells():
    for file, column in ENUMS:
        for name, new in (
            ("misspelt", lambda cell: cell[:-1] + "x"),
            ("Chinese", "实际"),
            ("upper case", lambda cell: cell.upper() + "!"),
        ):
            spoil, row = put(file, 2, **{column: new}), 2
            yield Broken(
                "bad enum",
                f"{file} {column} {name}",
                spoil,
                file,
                row,
                column,
                "allowed is one of|codebook allows",
            )
    for period in PERIODS:
        yield Broken(
            "bad period",
            period,
            put(OBSERVATIONS, 2, period=period),
            OBSERVATIONS,
            2,
            "period",
            "a year \\(2020\\) or a span of years",
        )
    for period, said in [
        ("2016/2020", "a level belongs to one year"),
        ("2020/2016", "must end after it begins"),
        ("2020/2020", "must end after"),
        ("2099", "well after"),
    ]:
        yield Broken(
            "bad period",
            f"level of {period}",
            put(OBSERVATIONS, 2, period=period),
            OBSERVATIONS,
            2,
            "period",
            said,
        )
    average = found(measure="average_growth_rate")
    yield Broken(
        "bad period",
        "average of a year",
        put(OBSERVATIONS, average, period="2020"),
        OBSERVATIONS,
        average,
        "period",
        "needs a span",
    )
    for kind, (texts, said) in NUMBERS.items():
        for text in texts:
            yield Broken(
                kind, text[:24], put(OBSERVATIONS, 2, value=text), OBSERVATIONS, 2, "value", said
            )
    for file, fields in PACKAGE.items():
        for field in fields:
            if field.get("constraints", {}).get("required"):
                yield Broken(
                    "empty cell",
                    f"{file} {field['name']}",
                    put(file, 2, **{field["name"]: ""}),
                    file,
                    2,
                    field["name"],
                    "empty; a value is required",
                )
    for column in ("period", "value", "unit", "source"):
        yield Broken(
            "spaces",
            column,
            put(OBSERVATIONS, 2, **{column: lambda cell: f" {cell}"}),
            OBSERVATIONS,
            2,
            column,
            "spaces around it; remove them",
        )
    for name, date in [
        ("other order", "02.02.2021"),
        ("no such day", "2021-02-30"),
        ("Chinese", "2021年2月2日"),
        ("slashes", "2021/02/02"),
    ]:
        yield Broken(
            "bad date",
            name,
            put("sources.csv", 2, published=date),
            "sources.csv",
            2,
            "published",
            "a date such as 2021-02-02",
        )
    for column, text in [
        ("published", "2021-03"),
        ("published", "2021年3月"),
        ("url", "www.sx.gov.cn"),
    ]:
        few = on_rows(
            "sources.csv",
            lambda rows, column=column, text=text: [
                [
                    text if name == column else "" if name == "note" else cell
                    for name, cell in zip(rows[0], row, strict=True)
                ]
                if row is not rows[0]
                else row
                for row in rows
            ],
        )
        yield Broken(
            "bad in every row, beside an empty column",
            text,
            few,
            "sources.csv",
            None,
            column,
            "a date such as|begins with http",
        )
    for key, near in [("GDP", "gdp"), ("Shaoxing", "shaoxing")]:
        column = "indicator" if near == "gdp" else "place"
        yield Broken(
            "key in capitals",
            key,
            put(OBSERVATIONS, 2, **{column: key}),
            OBSERVATIONS,
            2,
            column,
            f"does not list .did you mean {near}.*; add a row",
        )
    for address in [
        "javascript:alert(1)",
        "sx.gov.cn",
        "file:///etc/passwd",
        "data:text/html,1",
        "ftp://sx.gov.cn/",
    ]:
        yield Broken(
            "bad address",
            address,
            put("sources.csv", 2, url=address),
            "sources.csv",
            2,
            "url",
            "begins with http",
        )


def ranges():
    def amount(row, new, said, **more):
        return Broken(
            "implausible value",
            f"row {row}: {new}",
            put(OBSERVATIONS, row, value=new, as_printed=f"数字 {new.lstrip('-')}", **more),
            OBSERVATIONS,
            row,
            "value",
            said,
        )

    gdp, pm25 = 2, found(indicator="pm25", place="shaoxing", measure="level", period="2020")
    rate, part = (
        found(measure="growth_rate", indicator="real_gdp"),
        found(measure="share", indicator="good_air_days"),
    )
    days, rank = found(unit="days"), found(unit="rank")
    yield amount(gdp, "6001000", "ten times more or less")
    yield amount(gdp, "60010000000", "can be like this")
    yield amount(gdp, "60.01", "ten times more or less")
    yield amount(gdp, "-6001", "cannot be below zero")
    yield amount(pm25, "2800", "can be like this")
    yield amount(pm25, "-28", "cannot be below zero")
    yield amount(pm25, "1.1", "ten times more or less")
    yield amount(rate, "-101", "less than nothing")
    yield amount(rate, "6001", "can be like this")
    yield amount(part, "907", "cannot be above 100")
    yield amount(part, "-5", "cannot be below zero")
    yield amount(days, "367", "can be like this")
    yield amount(rank, "0", "can be like this")
    yield amount(rank, "3.1", "whole number")
    for new in ("6002", "600.1", "60.01", "6010"):
        yield Broken(
            "not as printed",
            new,
            put(OBSERVATIONS, 2, value=new),
            OBSERVATIONS,
            2,
            "value",
            "no such number|ten times",
        )
    said_otherwise = [
        (
            "a year as a figure",
            2,
            {"value": "2020", "as_printed": "2020年生产总值6001亿元"},
            "value",
            "no such number",
        ),
        (
            "a part of a number",
            4,
            {"value": "11", "as_printed": "人均 1,11 万元"},
            "value",
            "no such number",
        ),
        (
            "a fall that was growth",
            rate,
            {"value": lambda cell: f"-{cell}"},
            "value",
            "another sign",
        ),
        (
            "growth that was a fall",
            rate,
            {"value": "3", "as_printed": "增速 -3 %"},
            "value",
            "another sign",
        ),
        (
            "an average called yearly",
            found(measure="average_growth_rate"),
            {"measure": "growth_rate", "period": "2001"},
            "measure",
            "an average",
        ),
        (
            "a limit called exact",
            found(bound="at_most", indicator="pm25"),
            {"bound": "exact"},
            "bound",
            "a bound, or about",
        ),
    ]
    for name, row, changes, column, said in said_otherwise:
        yield Broken(
            "printed otherwise",
            name,
            put(OBSERVATIONS, row, **changes),
            OBSERVATIONS,
            row,
            column,
            said,
        )
    for row in SAMPLE:
        was = rows_of(ROOT / "data" / OBSERVATIONS)[row - 1][7]
        for unit in ("days", "CNY", "%", "ratio"):
            if unit != was:
                said = "the codebook allows"
                yield Broken(
                    "unit of another indicator",
                    f"row {row} {unit}",
                    put(OBSERVATIONS, row, unit=unit),
                    OBSERVATIONS,
                    row,
                    "unit",
                    said,
                )
    yield Broken(
        "measure of another kind",
        "level called share",
        put(OBSERVATIONS, 2, measure="share"),
        OBSERVATIONS,
        2,
        "measure",
        "is not a share",
    )
    yield Broken(
        "measure of another kind",
        "share called level",
        put(OBSERVATIONS, part, measure="level"),
        OBSERVATIONS,
        part,
        "measure",
        "must be share",
    )


def bytes_of_files():
    for file in PACKAGE:
        yield Broken(
            "byte-order mark",
            file,
            on_bytes(file, lambda raw: b"\xef\xbb\xbf" + raw),
            file,
            1,
            None,
            "byte-order mark.*save it as UTF-8",
        )
        for code in ("utf-16", "utf-16-le", "utf-16-be"):
            recoded = on_bytes(file, lambda raw, code=code: raw.decode().encode(code))
            yield Broken("UTF-16", f"{file} {code}", recoded, file, None, None, "UTF-8|expected")
        gb = on_bytes(
            file, lambda raw: raw.decode().replace("µ", "u").replace("²", "2").encode("gb18030")
        )
        yield Broken("GB18030", file, gb, file, None, None, "GB18030.*save it as UTF-8")
        yield Broken(
            "empty file",
            file,
            on_bytes(file, lambda raw: b""),
            file,
            None,
            None,
            "empty; its first row must be",
        )
        yield Broken(
            "empty file",
            f"{file} blank lines",
            on_bytes(file, lambda raw: b"\n \n"),
            file,
            None,
            None,
            "empty; its first row must be",
        )
        yield Broken(
            "empty file",
            f"{file} header only",
            on_bytes(file, lambda raw: raw[: raw.index(b"\n") + 1]),
            file,
            None,
            None,
            "no rows beneath",
        )
        yield Broken(
            "truncated file",
            file,
            on_bytes(file, lambda raw: raw[:-7]),
            file,
            None,
            None,
            "cut off|not UTF-8",
        )
        yield Broken(
            "trailing comma",
            file,
            on_bytes(file, lambda raw: raw.replace(b"\n", b",\n", 2)),
            file,
            None,
            None,
            "unknown|cells where",
        )
        one = on_rows(file, lambda rows: [*rows[:2], [*rows[2], ""], *rows[3:]])
        yield Broken(
            "trailing comma",
            f"{file} row 3",
            one,
            file,
            3,
            None,
            "cells where [0-9]+ are expected; look for a comma",
        )
        open_quote = on_bytes(file, lambda raw: raw.replace(b"\n", b'\n"', 1))
        yield Broken(
            "unbalanced quotation mark", file, open_quote, file, None, None, "quotation mark"
        )
        at_end = on_bytes(file, lambda raw: raw[:-1] + b'"\n')
        yield Broken(
            "unbalanced quotation mark",
            f"{file} at the end",
            at_end,
            file,
            None,
            None,
            "quotation mark|no such|found",
        )
        yield Broken(
            "missing file",
            file,
            lambda folder, file=file: (folder / file).unlink(),
            file,
            None,
            None,
            "missing from the folder.*put it back",
        )
        yield Broken(
            "directory in place of a file",
            file,
            replaced(file, Path.mkdir),
            file,
            None,
            None,
            "not a file that can be read; put the file",
        )
        yield Broken(
            "pipe in place of a file",
            file,
            replaced(file, os.mkfifo),
            file,
            None,
            None,
            "not a file that can be read; put the file",
        )
        yield Broken(
            "symlink loop",
            file,
            replaced(file, lambda path: path.symlink_to(path)),
            file,
            None,
            None,
            "levels of symbolic links.*a copy in its place",
        )
        yield Broken(
            "unreadable file",
            file,
            replaced(file, lambda path: path.symlink_to("/proc/self/mem")),
            file,
            None,
            None,
            "cannot be read .*a copy in its place",
        )
        yield Broken(
            "line of 2 GB",
            file,
            on_file(file, endless),
            file,
            None,
            None,
            "longer than 1,000,000 characters.*restore",
        )
        yield Broken(
            "zero bytes",
            file,
            on_bytes(file, lambda raw: raw[:-9] + b"\0" * 8 + b"\n"),
            file,
            None,
            None,
            "invisible|cells where|found|not UTF-8|not CSV",
        )
    for cut in (301, 20_000, 60_000):
        yield Broken(
            "truncated file",
            f"after {cut} bytes",
            on_bytes(OBSERVATIONS, lambda raw, cut=cut: raw[:cut]),
            OBSERVATIONS,
            None,
            None,
            "cut off|not UTF-8",
        )
    lines = on_bytes(OBSERVATIONS, lambda raw: b"".join(raw.splitlines(keepends=True)[:150]))
    yield Broken(
        "truncated file",
        "after 150 rows",
        lines,
        "indicators.csv",
        None,
        "indicator",
        "no row of observations.csv uses.*restore its rows",
    )
    yield Broken(
        "line of 2 GB",
        "in the midst",
        on_file(OBSERVATIONS, lambda path: endless(path, keep=True)),
        OBSERVATIONS,
        None,
        None,
        "longer than 1,000,000",
    )
    blank = on_bytes(
        OBSERVATIONS, lambda raw: raw.replace(b"\n", b"\n\n", 2).replace(b"\n\n", b"\n", 1)
    )
    commas = on_rows(OBSERVATIONS, lambda rows: [*rows, [""] * 13])
    yield Broken(
        "blank row",
        "of commas",
        commas,
        OBSERVATIONS,
        len(rows_of(ROOT / "data" / OBSERVATIONS)) + 1,
        None,
        "the row is empty; remove it",
    )
    for file in PACKAGE:
        for mark in ";\t":
            other = on_bytes(file, lambda raw, mark=mark: raw.replace(b",", mark.encode()))
            yield Broken(
                "another separator",
                f"{file} {mark!r}",
                other,
                file,
                1,
                None,
                "separated by .*; save the table with commas",
            )
    yield Broken(
        "blank row",
        "after row 2",
        blank,
        OBSERVATIONS,
        None,
        None,
        "row 3: the row is empty; remove it",
    )
    for name, text in {
        "not JSON": "{",
        "a list": "[]",
        "empty": "",
        "no resources": "{}",
        "a number": "1",
        "deep": "[" * 100_000,
    }.items():
        spoil = on_bytes("datapackage.json", lambda raw, text=text: text.encode())
        yield Broken(
            "broken descriptor", name, spoil, "datapackage.json", None, None, "restore the file"
        )

    for name, (table, change, said) in DESCRIBED.items():
        spoil = on_descriptor(table, change)
        yield Broken(
            "descriptor of another form",
            name,
            spoil,
            "datapackage.json",
            None,
            None,
            f"{said}.*must be described as.*restore the file",
        )


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
        for name, mark in HIDDEN.items():
            spoil = put(file, 2, **{column: lambda cell, mark=mark: f"绍兴{mark}{cell or 'x'}"})
            yield Broken(
                name,
                f"{file} {column}",
                spoil,
                file,
                2,
                column,
                "invisible or broken character; type it anew|spaces",
            )
        for formula in FORMULAS:
            spoil = put(file, 2, **{column: lambda cell, formula=formula: f"{formula} {cell}绍兴"})
            yield Broken(
                "formula",
                f"{file} {column} {formula[:6]}",
                spoil,
                file,
                2,
                column,
                "run as a formula; begin with a word",
            )
        for script in SCRIPTS:
            spoil = put(file, 2, **{column: lambda cell, script=script: f"绍兴{cell}{script}"})
            yield Broken(
                "markup",
                f"{file} {column} {script[:6]}",
                spoil,
                file,
                2,
                column,
                "markup of web pages in it; write it as plain text",
            )


IN_CELLS = [
    broken for part in (keys, cells, ranges, texts) for broken in part()
]  # these can be in a workbook as well
ALL = [*IN_CELLS, *(broken for part in (headers, moved, bytes_of_files) for broken in part())]
