"""Check a report's text against the table: `python -m indicators.sources REPORT.txt SOURCE`, with `notebooks` on the PYTHONPATH.

Every row of the source must stand where its locator says, as printed; and every number of the text in digits must be accounted
for: claimed by a row, or listed in `omissions.csv` with the reason why it is no figure. Prints what is wrong and ends with
status 1; status 2 if the text cannot be read or is not that report. With `--rows` it prints all numbers that are not accounted
for yet as rows to fill in: for `observations.csv` where they are figures, and for `omissions.csv` where they are none.
"""

import argparse
import csv
import re
import sys
from pathlib import Path

from . import data
from .data import FORMULA_MARKS, nearest

SOURCE = "report-2021"
DIGITS = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
CLAUSE = re.compile(r"(?:[^，。；：、！？,;:!?\n]|(?<=[0-9]),(?=[0-9]{3})|(?<=[0-9]):(?=[0-9]))+")
DATE = re.compile(
    r"(?:20[0-9]{2}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月)(?:[0-9]{1,2}日)?[^0-9，。；：、！？,;!?\n]{0,4}|20[0-9]{2}(?:-[0-9]{1,2}){2}(?: [0-9:]+)?"
)
SPACE = re.compile(r"(?<![0-9.,\s])\s+|\s+(?![0-9\s])")  # all but what parts two numbers
NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
LINES = re.compile("[0-9]+(?:/[0-9]+)*")
FULL = 0.75  # of the longest line; shorter lines are headings, or the last of a paragraph
OTHER_REPORT, SEVERAL = (
    0.5,
    4,
)  # with more than this share of several rows not found, the text is taken for another report


class ReportError(ValueError):
    """A text that cannot be checked; the message says why and what to do."""


def closed(text):
    """A text without white space, but for one space between two numbers."""
    return re.sub(r"\s+", " ", SPACE.sub("", text)).translate(NARROW)


def read_report(path):
    """The lines of a report's text, by number (from 1), `closed`. Raises ReportError."""
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise ReportError(
            f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error})"
        ) from None
    if raw.startswith(b"%PDF"):
        raise ReportError(
            f"{path}: this is a PDF; get its text first, with pdftotext -layout {path} report.txt"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{path}: the text is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from None
    if not text.strip():
        raise ReportError(
            f"{path}: there is no text, as in a PDF of scanned pages; have it recognised first, for example with ocrmypdf"
        )
    return {number: closed(line) for number, line in enumerate(text.split("\n"), start=1)}


def places(lines, locator, printed):
    """Where the pieces of `printed` (between …) stand, in order: the line and column of each of their characters, or None.

    Of several places, the shortest stretch that holds all pieces is taken. A `locator` such as 19/20 joins its lines.
    """
    where = [
        (number, column)
        for number in map(int, locator.split("/"))
        for column in range(len(lines.get(number, "")))
    ]
    text = "".join(lines[number][column] for number, column in where)
    pieces = [f"({re.escape(closed(piece))})" for piece in printed.split("…")]
    found = min(
        re.finditer(f"(?=({'.*?'.join(pieces)}))", text),
        key=lambda match: len(match[1]),
        default=None,
    )
    return found and [
        place for group in range(2, len(pieces) + 2) for place in where[slice(*found.span(group))]
    ]


def claims(lines, rows, omissions):
    """The places that rows and omissions claim, and a text for each of those whose words are not there."""
    claimed, astray = set(), []
    for file, table, printed in (
        ("observations.csv", rows, "as_printed"),
        ("omissions.csv", omissions, "text"),
    ):
        for row in table.to_dict("index").items():
            found = places(lines, row[1]["locator"], row[1][printed])
            claimed |= set(found or ())
            if found is None:
                astray.append(_astray(lines, file, *row, printed))
    return claimed, astray


def _astray(lines, file, at, row, printed):
    """Say that a row is not where it says, and where its words are."""
    named = " ".join(
        row[name] for name in ("indicator", "measure", "period", "status") if name in row
    )
    there = [str(number) for number in lines if places(lines, str(number), row[printed])]
    cure = (
        f"write {' or '.join(there[:3])} as its locator"
        if there
        else f"copy its words from the text into {printed}, with … for those left out"
    )
    return f"{file}, row {at}{': ' if named else ''}{named}: line {row['locator']} does not have {row[printed]!r}; {cure}"


def problems(lines, rows, omissions, source=SOURCE):
    """What is wrong between a report (lines by number), the rows of its source and the omissions. Raises ReportError for another report."""
    by_page = rows[~rows["locator"].str.fullmatch(LINES)]
    if len(by_page):
        kind = by_page["locator"].iloc[0]
        raise ReportError(
            f"{len(by_page)} figures of {source} are located by {kind}; write the line of this text as the locator of each"
        )
    claimed, astray = claims(lines, rows, omissions)
    lost = sum(problem.startswith("observations") for problem in astray)
    if len(rows) >= SEVERAL and lost > OTHER_REPORT * len(rows):
        why = "it is another report, or its lines are broken in another way"
        raise ReportError(f"most rows of {source} are not in this text: {why}; first {astray[0]}")
    cure = "add its row to observations.csv, or its words to omissions.csv"
    return astray + [
        f"line {number}: the number {digits[0]} is neither a figure nor an omission (…{line[max(0, digits.start() - 8) : digits.end() + 8]}…); {cure}"
        for number, line in lines.items()
        for digits in DIGITS.finditer(line)
        if not all((number, column) in claimed for column in range(*digits.span()))
    ]


def to_fill_in(lines, claimed, source):
    """The numbers of a text that nothing claims, as dictionaries: rows for observations.csv, dates left out, and rows for omissions.csv."""
    observations, omissions = [], {}
    for locator, clause, where in clauses(lines):
        said = {"source": source, "locator": locator}
        left = [
            digits for digits in DIGITS.finditer(clause) if where[digits.start()] not in claimed
        ]
        dates = [
            date
            for date in DATE.finditer(clause)
            if any(date.start() <= digits.start() < date.end() for digits in left)
        ]
        numbers = [
            digits
            for digits in left
            if not any(date.start() <= digits.start() < date.end() for date in dates)
        ]
        words = clause.lstrip(FORMULA_MARKS)
        observations += [
            said | {"value": digits[0].replace(",", ""), "as_printed": words} for digits in numbers
        ]
        for text, reason in [
            *((date[0], "date") for date in dates),
            *[(words, "")] * bool(numbers),
        ]:
            omissions.setdefault((locator, text), said | {"text": text, "reason": reason})
    return observations, list(omissions.values())


def clauses(lines):
    """All clauses of a text: the locator, the words, and the line and column of each character. A full line goes on in the next."""
    full, where, text = FULL * max(map(len, lines.values())), [], ""
    for number, line in lines.items():
        ended = line if len(line) >= full else line + "\n"
        text += ended
        where += [(number, column) for column in range(len(ended))]
    for clause in CLAUSE.finditer(text):
        place = where[slice(*clause.span())]
        yield "/".join(map(str, dict.fromkeys(number for number, _ in place))), clause[0], place


def main(arguments=None):
    """Check the report named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m indicators.sources", description="Check a report's text against the table."
    )
    parser.add_argument("report", help="the text of the report, UTF-8")
    parser.add_argument(
        "source", nargs="?", default=SOURCE, help=f"its key in sources.csv (default: {SOURCE})"
    )
    parser.add_argument(
        "--rows",
        action="store_true",
        help="print the numbers that are not accounted for as rows to fill in",
    )
    parser.add_argument(
        "--data", default=data.DATA, help="the data folder (default: that of the bundle)"
    )
    chosen = parser.parse_args(arguments)
    try:
        return _listed(chosen) if chosen.rows else _checked(chosen)
    except (ReportError, data.TableError) as error:
        print(error, file=sys.stderr)
        return 2


def _opened(chosen):
    """The lines of the text, the rows of its source, its omissions, and the faults of the table. Raises ReportError."""
    tables, faults = data.read(Path(chosen.data))
    missing = {"observations", "omissions", "sources"} - set(tables)
    if missing:
        raise data.TableError(faults)
    known = tables["sources"]["source"].tolist()
    if chosen.source not in known:
        raise ReportError(
            f"sources.csv does not list {chosen.source!r}{nearest(chosen.source, known)}; add a row there, or look at the key"
        )
    own = [
        tables[name][tables[name]["source"] == chosen.source]
        for name in ("observations", "omissions")
    ]
    return read_report(chosen.report), *own, faults


def _checked(chosen):
    lines, rows, omissions, faults = _opened(chosen)
    if faults:
        raise data.TableError(faults)
    found = problems(lines, rows, omissions, chosen.source)
    for problem in found or [
        f"{len(rows)} figures stand where they should, and every number of the text is accounted for."
    ]:
        print(f"{chosen.report}, {problem}" if problem.startswith("line") else problem)
    return 1 if found else 0


def _listed(chosen):
    lines, rows, omissions, _ = _opened(chosen)
    claimed, _ = claims(
        lines, *(table[table["locator"].str.fullmatch(LINES)] for table in (rows, omissions))
    )
    for table, left in zip(
        (rows, omissions), to_fill_in(lines, claimed, chosen.source), strict=True
    ):
        writer = csv.DictWriter(sys.stdout, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(left)
    return 0


if __name__ == "__main__":
    sys.exit(main())
